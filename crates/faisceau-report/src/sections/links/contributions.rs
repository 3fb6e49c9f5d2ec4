//! The habits and the words behind the style of a link: what a reader can check in the texts.
//!
//! In: the rows of `contributions` of the comparisons that a link rests on. Out: a sentence, a
//! table of habits with the counts of both accounts, and passages whose words carry what they
//! bring. Nothing for a link without such rows. The parts are shown and never added.

use faisceau_model::rows::{Contribution, Link};
use faisceau_model::{inert, selection};

use crate::index::Index;
use crate::language::{Language, said};
use crate::model::{Block, Word};
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Parts as the table names them.
const HABITS: &str = "writing_habits";
const WORDS: &str = "lambda_g";
/// Habits shown of a link.
const LISTED: usize = 12;
/// Alternatives shown of a habit; the others are counted together.
const ALTERNATIVES: usize = 4;
/// Passages shown of a link.
const PASSAGES: usize = 6;
/// Characters shown of a passage.
const LENGTH: usize = 320;
/// What a passage shows of a web link, a mention and a mail address, in French and in English.
const MASKED: [(char, [&str; 2]); 3] = [
    ('\u{1}', ["[lien]", "[web link]"]),
    ('\u{2}', ["[mention]", "[mention]"]),
    ('\u{3}', ["[courriel]", "[email]"]),
];

/// Whether any link has such rows.
pub(super) fn any(index: &Index<'_>) -> bool {
    !index.input.contributions.is_empty()
}

/// The blocks of one link.
pub(super) fn blocks(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Block> {
    let behind = || link.rows.iter().map(|id| index.contributions(id));
    behind().flat_map(|rows| of_comparison(index, link, rows, w)).collect()
}

fn of_comparison(
    index: &Index<'_>,
    link: &Link,
    rows: &[&Contribution],
    w: &mut Writer,
) -> Vec<Block> {
    let Some(first) = rows.first() else { return Vec::new() };
    let of = |part: &str| -> Vec<&Contribution> {
        rows.iter().filter(|row| row.part == part).copied().collect()
    };
    let (habits, passages) = (of(HABITS), of(WORDS));
    let select = |part: &str| {
        let comparison = ("comparison", first.comparison.as_str());
        selection("contributions", &[comparison, ("part", part)])
    };
    let lang = index.lang;
    let text = Text::from(said!(
        lang,
        "Manière d'écrire : {} et {} parmi ceux qui pèsent le plus, dans un sens ou dans l'autre, entre ",
        "Manner of writing: {} and {} among those that weigh most, in one direction or the other, between ",
        lang.counted(habits.len(), ["habitude", "habitudes"], ["habit", "habits"]),
        lang.counted(passages.len(), ["passage", "passages"], ["passage", "passages"]),
    ))
    .then(index.name(&link.a))
    .plain(lang.pick(" et ", " and "))
    .then(index.name(&link.b))
    .plain(".");
    let mut blocks =
        vec![Block::Paragraph(vec![w.say(text, Support::one(select(HABITS)).and(select(WORDS)))])];
    if !habits.is_empty() {
        blocks.push(table(index, link, &habits, &select(HABITS), w));
    }
    if !passages.is_empty() {
        let caption = Text::from(lang.pick(
            "Passages, chaque mot selon ce qu'il apporte, ",
            "Passages, each word by what it brings, ",
        ))
        .code(link.id.as_str());
        let row = |row: &&Contribution| {
            let account =
                row.account.known().map_or_else(|| "–".into(), |account| index.name(account));
            (account, words(lang, row), support(row))
        };
        blocks.push(w.passages(caption, passages.iter().take(PASSAGES).map(row)));
    }
    blocks
}

fn table(
    index: &Index<'_>,
    link: &Link,
    habits: &[&Contribution],
    selection: &str,
    w: &mut Writer,
) -> Block {
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Habitude", "Habit"), 7),
        column(lang.pick("Premier compte", "First account"), 7),
        column(lang.pick("Second compte", "Second account"), 7),
        numbers(lang.pick("log10 de l'habitude seule", "log10 of the habit alone"), 4),
    ];
    let rows = habits.iter().map(|row| {
        let [one, other] = counts(index, row);
        (vec![named(index, &row.item), one, other, lang.signed(row.value).into()], support(row))
    });
    let caption = Text::from(lang.pick(
        "Habitudes, fois comptées dans les textes comparés ; premier compte ",
        "Habits, times counted in the texts compared; first account ",
    ))
    .then(index.name(&link.a))
    .plain(lang.pick(", second compte ", ", second account "))
    .then(index.name(&link.b))
    .plain(", ")
    .code(link.id.as_str());
    let nouns = lang.pick(["habitude", "habitudes"], ["habit", "habits"]);
    let limit = Limit::of(LISTED, nouns, selection);
    w.table(caption, columns, rows, habits.len(), limit)
}

fn support(row: &Contribution) -> Support {
    Support::one(&row.id).and(&row.comparison).and_all(&row.rows)
}

fn named(index: &Index<'_>, habit: &str) -> Text {
    let lang = index.lang;
    match index.words.habit(habit) {
        Some(words) => words.into(),
        None => Text::from(lang.pick("choix entre ", "choice between "))
            .quoted(lang, habit, 24)
            .plain(lang.pick(" et d'autres formes", " and other forms")),
    }
}

/// What each account chose: the alternatives that both took most, then the others together.
fn counts(index: &Index<'_>, row: &Contribution) -> [Text; 2] {
    let lang = index.lang;
    let mut all: Vec<(&str, u64, u64)> = row.detail.iter().filter_map(|e| counted_in(e)).collect();
    all.sort_by(|x, y| (y.1.saturating_add(y.2)).cmp(&x.1.saturating_add(x.2)).then(x.0.cmp(y.0)));
    let side = |of: fn(&(&str, u64, u64)) -> u64| {
        let shown = all.iter().take(ALTERNATIVES).map(|entry| {
            let name = match index.words.alternative(&row.item, entry.0) {
                Some(words) => Text::from(words),
                None => Text::new().quoted(lang, entry.0, 24),
            };
            name.plain(said!(lang, " : {}", ": {}", lang.count(of(entry))))
        });
        let rest: Vec<u64> = all.iter().skip(ALTERNATIVES).map(of).collect();
        let sum = rest.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
        let others = || said!(lang, "autres : {}", "others: {}", lang.count(sum));
        let rest = (!rest.is_empty()).then(|| Text::from(others()));
        Text::join(shown.chain(rest), lang.pick(" ; ", "; "))
    };
    [side(|entry| entry.1), side(|entry| entry.2)]
}

/// `alternative=a/b`.
fn counted_in(entry: &str) -> Option<(&str, u64, u64)> {
    let (name, both) = entry.rsplit_once('=')?;
    let (a, b) = both.split_once('/')?;
    Some((name, a.parse().ok()?, b.parse().ok()?))
}

/// The words of a passage; an entry that is none of its stretches in order is left out.
fn words(lang: Language, row: &Contribution) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut at, mut room) = (0, LENGTH);
    for entry in &row.detail {
        let Some((start, end, log10)) = weighed_in(entry) else { continue };
        let (Some(before), Some(word)) = (row.item.get(at..start), row.item.get(start..end)) else {
            continue;
        };
        push(lang, &mut words, before, None, &mut room);
        push(lang, &mut words, word, Some(log10), &mut room);
        at = end;
    }
    push(lang, &mut words, row.item.get(at..).unwrap_or_default(), None, &mut room);
    words
}

fn push(lang: Language, words: &mut Vec<Word>, text: &str, log10: Option<f64>, room: &mut usize) {
    if text.is_empty() || *room == 0 {
        return;
    }
    let kept: String = text.chars().take(*room).collect();
    let cut = kept.len() < text.len();
    *room = room.saturating_sub(text.chars().count());
    let mut text = kept;
    for (mark, [fr, en]) in MASKED {
        text = text.replace(mark, lang.pick(fr, en));
    }
    let mut text = inert(&text).into_owned();
    if cut {
        text.push('…');
    }
    if !text.is_empty() {
        words.push(Word { text, log10 });
    }
}

/// `start-end=+0.310`, and what the grammar saw.
fn weighed_in(entry: &str) -> Option<(usize, usize, f64)> {
    let (bytes, said) = entry.split_once('=')?;
    let (start, end) = bytes.split_once('-')?;
    let log10: f64 = said.split(' ').next()?.parse().ok()?;
    log10.is_finite().then_some((start.parse().ok()?, end.parse().ok()?, log10))
}

#[cfg(test)]
mod tests;
