//! The files of a reference from corpora.
//!
//! In: corpora with their names and credits. Out: `authors.jsonl` (the text nearest each author's
//! cut), `hours.json` (active hours nearest the cut) and `corpora.json`. The same bytes for the
//! same rows in any order.

use std::collections::BTreeSet;

use faisceau_signals::{Author, AuthorHours, Hours};
use faisceau_weigh::Corpus as Credit;

use crate::corpus::{Corpus, CorpusAuthor, CorpusPost};
use crate::protocol::{Cut, sides};

/// Words of a half that are kept, nearest the cut: the highest rung of the ladder.
const WORDS_KEPT: usize = 1000;
/// Hours of a half that are kept, nearest the cut.
const HOURS_KEPT: usize = 120;
/// The version of `hours.json`.
const VERSION: u32 = 1;

/// A corpus that goes into a reference.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The corpus.
    pub corpus: &'a Corpus,
    /// The site of all its authors, where the corpus names none.
    pub site: Option<&'a str>,
    /// Whether texts are kept; hours always are.
    pub keeps_text: bool,
    /// What it is.
    pub name: &'a str,
    /// Who is to be credited, under which licence.
    pub credit: &'a str,
}

/// The files of a reference, before compression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceFiles {
    /// One author a line.
    pub authors_jsonl: String,
    /// All active hours.
    pub hours_json: String,
    /// Names, credits and periods.
    pub corpora_json: String,
}

/// Makes the files of a reference, corpora in the order given.
pub fn build_reference(sources: &[Source<'_>]) -> Result<ReferenceFiles, serde_json::Error> {
    let (mut authors_jsonl, mut hours, mut credits) = (String::new(), Vec::new(), Vec::new());
    for source in sources {
        let posts = || source.corpus.authors.iter().flat_map(|author| &author.posts);
        credits.push(Credit {
            name: source.name.to_owned(),
            credit: source.credit.to_owned(),
            authors: source.corpus.authors.len(),
            from: day(posts().map(|post| post.at_s).min().unwrap_or_default()),
            to: day(posts().map(|post| post.at_s).max().unwrap_or_default()),
        });
        for author in &source.corpus.authors {
            let site = source.site.unwrap_or(&author.source);
            hours.push(hours_of(author, site));
            if source.keeps_text {
                authors_jsonl += &serde_json::to_string(&texts_of(author, site))?;
                authors_jsonl.push('\n');
            }
        }
    }
    let hours = serde_json::to_string(&Hours { version: VERSION, authors: hours })?;
    Ok(ReferenceFiles {
        authors_jsonl,
        // One author a line, so that versions can be compared.
        hours_json: hours.replace("{\"author\"", "\n{\"author\"") + "\n",
        corpora_json: serde_json::to_string_pretty(&credits)? + "\n",
    })
}

fn hours_of(author: &CorpusAuthor, site: &str) -> AuthorHours {
    let both = sides(author, Cut::Halves);
    let [first, second] = both.each_ref().map(|posts| -> Vec<i64> {
        let all: BTreeSet<i64> = posts.iter().map(|post| post.at_s.div_euclid(3600)).collect();
        all.into_iter().collect()
    });
    let halves = [
        first[first.len().saturating_sub(HOURS_KEPT)..].to_vec(),
        second[..second.len().min(HOURS_KEPT)].to_vec(),
    ];
    let steps = [0, 1].map(|half| {
        let minutes: Vec<i64> = both[half]
            .iter()
            .filter(|post| halves[half].binary_search(&post.at_s.div_euclid(3600)).is_ok())
            .map(|post| post.at_s.div_euclid(60))
            .collect();
        AuthorHours::steps(&minutes)
    });
    AuthorHours {
        author: author.name.clone(),
        source: site.to_owned(),
        offset_min: author.offset_min,
        halves,
        steps,
    }
}

fn texts_of(author: &CorpusAuthor, site: &str) -> Author {
    let [first, second] = sides(author, Cut::Halves);
    let mut before = near(first.iter().rev());
    before.reverse();
    Author {
        author: author.name.clone(),
        lang: author.lang.clone(),
        source: site.to_owned(),
        halves: [before, near(second.iter())],
    }
}

/// Texts up to the words that are kept, the last one whole.
fn near<'a>(posts: impl Iterator<Item = &'a &'a CorpusPost>) -> Vec<String> {
    let mut words = 0;
    let kept = posts.take_while(|post| {
        let goes_on = words < WORDS_KEPT;
        let runs = post.text.split(|c: char| !c.is_alphabetic());
        words += runs.filter(|word| !word.is_empty()).count();
        goes_on
    });
    kept.map(|post| post.text.clone()).collect()
}

/// The day of a second; the first day of 1970 for one that no calendar has.
fn day(second: i64) -> String {
    let at = jiff::Timestamp::from_second(second).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use faisceau_signals::Reference;

    use super::*;
    use crate::corpus::Limits;

    #[test]
    fn a_corpus_becomes_a_reference_that_can_be_read() {
        let row = |n: usize| {
            format!("a,2020-01-0{}T10:00:00Z,mots {n},fr,{}\n", n + 1, ["A", "B"][n / 3])
        };
        let rows = (0..6).fold(String::new(), |rows, n| rows + &row(n));
        let text = format!("author,timestamp_utc,text,lang,split\n{rows}");
        let corpus = Corpus::read(text.as_bytes(), &Limits::default()).unwrap();
        let source = Source {
            corpus: &corpus,
            site: Some("forum"),
            keeps_text: true,
            name: "Forum",
            credit: "us",
        };
        let files = build_reference(&[source, Source { keeps_text: false, ..source }]).unwrap();
        let (authors, hours) = (files.authors_jsonl.as_bytes(), files.hours_json.as_bytes());
        let plain = br#"{"version":1,"ground":"","signals":[]}"#;
        let reference = Reference::parse(authors, hours, plain).unwrap();
        assert_eq!((reference.authors().len(), reference.hours().len()), (1, 2));
        assert_eq!(reference.authors()[0].halves[1], ["mots 3", "mots 4", "mots 5"]);
        assert_eq!(reference.hours()[0].halves[0].len(), 3);
        assert!(files.corpora_json.contains("\"from\": \"2020-01-01\""), "{}", files.corpora_json);
    }
}
