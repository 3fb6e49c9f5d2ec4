//! Makes `authors.jsonl.zst`, `hours.json` and `corpora.json` from corpora of messages.
//!
//! `cargo run --release -p faisceau-signals --example reference -- CORPORA datasets/reference`
//! where CORPORA holds the csv.gz files named below, with the columns `author`, `timestamp_utc`,
//! `text`, `lang`, `split` (A before the author's median message, B after) and, where there are
//! several sites or known zones, `source` and `tz_offset_min`.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use faisceau_signals::{Author, AuthorHours, Hours};
use faisceau_weigh::Corpus;
use flate2::read::GzDecoder;

/// Words of a half that are kept, nearest the cut: the highest rung of the ladder.
const WORDS: usize = 1000;
/// Hours of a half that are kept, nearest the cut.
const HOURS: usize = 120;

/// File, site if the file names none, whether its texts are kept, description, credit.
type Source = (&'static str, &'static str, bool, &'static str, &'static str);

const SOURCES: [Source; 3] = [
    (
        "fr_comments_dev.csv.gz",
        "",
        true,
        "French comments: readers of a programming blog, and the consultation for the law « pour \
         une République numérique » (2015)",
        "Sam & Max (sametmax.com), CC BY 3.0; République numérique, données publiques de l'État \
         (data.gouv.fr), from Lucas-C/republique-numerique-stats",
    ),
    (
        "en_irc_dev.csv.gz",
        "irc",
        true,
        "English chat of #ubuntu and other channels",
        "Kummerfeld et al. 2019, irc-disentanglement, CC BY 4.0; Ubuntu logs, public domain",
    ),
    (
        "en_commits_dev.csv.gz",
        "commits",
        false,
        "Hours of commits to free software repositories (no text kept)",
        "Commit times of ruff, uv, polars, rust-analyzer, tantivy, splink, hickory-dns, jj, typst; \
         MIT or Apache-2.0",
    ),
];

#[derive(Default)]
struct Read {
    lang: String,
    source: String,
    offsets: Vec<i64>,
    halves: [Vec<(i64, String)>; 2],
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let corpora = arguments.next().ok_or("the folder of the corpora is missing")?;
    let out = arguments.next().ok_or("the folder of the reference is missing")?;
    let (mut lines, mut hours, mut described) = (String::new(), Vec::new(), Vec::new());
    for (file, site, keeps_text, name, credit) in SOURCES {
        let authors = read(&Path::new(&corpora).join(file), site)?;
        let days = || authors.values().flat_map(|a| a.halves.iter().flatten().map(|(at, _)| *at));
        described.push(Corpus {
            name: name.to_owned(),
            credit: credit.to_owned(),
            authors: authors.len(),
            from: day(days().min().unwrap_or_default())?,
            to: day(days().max().unwrap_or_default())?,
        });
        for (author, read) in authors {
            hours.push(hours_of(&author, &read));
            if keeps_text {
                lines.push_str(&serde_json::to_string(&texts_of(author, read))?);
                lines.push('\n');
            }
        }
    }
    let hours = serde_json::to_string(&Hours { version: 1, authors: hours })?;
    let hours = hours.replace("{\"author\"", "\n{\"author\"") + "\n";
    let packed = zstd::encode_all(lines.as_bytes(), 22)?;
    println!("{} bytes of text in {}, {} of hours", lines.len(), packed.len(), hours.len());
    std::fs::write(Path::new(&out).join("authors.jsonl.zst"), packed)?;
    std::fs::write(Path::new(&out).join("hours.json"), hours)?;
    let described = serde_json::to_string_pretty(&described)? + "\n";
    std::fs::write(Path::new(&out).join("corpora.json"), described)?;
    Ok(())
}

fn read(path: &Path, site: &str) -> Result<BTreeMap<String, Read>, Box<dyn Error>> {
    let mut rows = csv::Reader::from_reader(GzDecoder::new(std::fs::File::open(path)?));
    let mut authors = BTreeMap::<String, Read>::new();
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row?;
        let column = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let at = column("timestamp_utc").parse::<jiff::Timestamp>()?.as_second();
        let author = authors.entry(column("author").to_owned()).or_default();
        column("lang").clone_into(&mut author.lang);
        let source = if site.is_empty() { column("source") } else { site };
        source.clone_into(&mut author.source);
        author.offsets.extend(column("tz_offset_min").parse::<i64>().ok());
        let half = usize::from(column("split") == "B");
        author.halves[half].push((at, column("text").to_owned()));
    }
    for author in authors.values_mut() {
        author.offsets.sort_unstable();
        author.halves.iter_mut().for_each(|half| half.sort());
    }
    Ok(authors)
}

fn hours_of(author: &str, read: &Read) -> AuthorHours {
    let hours = |half: usize| -> Vec<i64> {
        let all: BTreeSet<i64> =
            read.halves[half].iter().map(|(at, _)| at.div_euclid(3600)).collect();
        all.into_iter().collect()
    };
    let (first, second) = (hours(0), hours(1));
    let halves = [
        first[first.len().saturating_sub(HOURS)..].to_vec(),
        second[..second.len().min(HOURS)].to_vec(),
    ];
    let steps = |half: usize| {
        let minutes = read.halves[half].iter().map(|(at, _)| at.div_euclid(60));
        let kept: Vec<i64> =
            minutes.filter(|m| halves[half].binary_search(&m.div_euclid(60)).is_ok()).collect();
        AuthorHours::steps(&kept)
    };
    AuthorHours {
        author: author.to_owned(),
        source: read.source.clone(),
        offset_min: read.offsets.get(read.offsets.len() / 2).copied(),
        steps: [steps(0), steps(1)],
        halves,
    }
}

fn texts_of(author: String, read: Read) -> Author {
    let [first, second] = read.halves;
    let near = |texts: &mut dyn Iterator<Item = (i64, String)>| -> Vec<String> {
        let mut words = 0;
        let kept = texts.take_while(|(_, text)| {
            let goes_on = words < WORDS;
            words += text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).count();
            goes_on
        });
        kept.map(|(_, text)| text).collect()
    };
    let mut before = near(&mut first.into_iter().rev());
    before.reverse();
    let after = near(&mut second.into_iter());
    Author { author, lang: read.lang, source: read.source, halves: [before, after] }
}

fn day(second: i64) -> Result<String, Box<dyn Error>> {
    Ok(jiff::Timestamp::from_second(second)?.strftime("%Y-%m-%d").to_string())
}
