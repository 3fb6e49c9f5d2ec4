//! The habits and the words behind the style of a link: what a reader can check in the texts.
//!
//! In: the rows of `contributions` of the comparisons that a link rests on. Out: a sentence, a
//! table of habits with the counts of both accounts, and passages whose words carry what they
//! bring. Nothing for a link without such rows. The parts are shown and never added.

use faisceau_model::rows::{Contribution, Link};
use faisceau_model::{inert, selection};

use crate::french::{count, counted, signed};
use crate::index::Index;
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
/// What a passage shows of a link, a mention and a mail address.
const MASKED: [(char, &str); 3] =
    [('\u{1}', "[lien]"), ('\u{2}', "[mention]"), ('\u{3}', "[courriel]")];

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
    let text = Text::from(format!(
        "Manière d'écrire : {} et {} parmi ceux qui pèsent le plus, dans un sens ou dans l'autre, entre ",
        counted(habits.len(), "habitude", "habitudes"),
        counted(passages.len(), "passage", "passages"),
    ))
    .then(index.name(&link.a))
    .plain(" et ")
    .then(index.name(&link.b))
    .plain(".");
    let mut blocks =
        vec![Block::Paragraph(vec![w.say(text, Support::one(select(HABITS)).and(select(WORDS)))])];
    if !habits.is_empty() {
        blocks.push(table(index, link, &habits, &select(HABITS), w));
    }
    if !passages.is_empty() {
        let caption =
            Text::from("Passages, chaque mot selon ce qu'il apporte, ").code(link.id.as_str());
        let row = |row: &&Contribution| {
            let account =
                row.account.known().map_or_else(|| "–".into(), |account| index.name(account));
            (account, words(row), support(row))
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
    let columns = vec![
        column("Habitude", 7),
        column("Premier compte", 7),
        column("Second compte", 7),
        numbers("log10 de l'habitude seule", 4),
    ];
    let rows = habits.iter().map(|row| {
        let [one, other] = counts(index, row);
        (vec![named(index, &row.item), one, other, signed(row.value).into()], support(row))
    });
    let caption = Text::from("Habitudes, fois comptées dans les textes comparés ; premier compte ")
        .then(index.name(&link.a))
        .plain(", second compte ")
        .then(index.name(&link.b))
        .plain(", ")
        .code(link.id.as_str());
    let limit = Limit::of(LISTED, ["habitude", "habitudes"], selection);
    w.table(caption, columns, rows, habits.len(), limit)
}

fn support(row: &Contribution) -> Support {
    Support::one(&row.id).and(&row.comparison).and_all(&row.rows)
}

fn named(index: &Index<'_>, habit: &str) -> Text {
    match index.words.habit(habit) {
        Some(words) => words.into(),
        None => Text::from("choix entre ").quoted(habit, 24).plain(" et d'autres formes"),
    }
}

/// What each account chose: the alternatives that both took most, then the others together.
fn counts(index: &Index<'_>, row: &Contribution) -> [Text; 2] {
    let mut all: Vec<(&str, u64, u64)> = row.detail.iter().filter_map(|e| counted_in(e)).collect();
    all.sort_by(|x, y| (y.1.saturating_add(y.2)).cmp(&x.1.saturating_add(x.2)).then(x.0.cmp(y.0)));
    let side = |of: fn(&(&str, u64, u64)) -> u64| {
        let shown = all.iter().take(ALTERNATIVES).map(|entry| {
            let name = match index.words.alternative(&row.item, entry.0) {
                Some(words) => Text::from(words),
                None => Text::new().quoted(entry.0, 24),
            };
            name.plain(format!(" : {}", count(of(entry))))
        });
        let rest: Vec<u64> = all.iter().skip(ALTERNATIVES).map(of).collect();
        let sum = rest.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
        let rest = (!rest.is_empty()).then(|| Text::from(format!("autres : {}", count(sum))));
        Text::join(shown.chain(rest), " ; ")
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
fn words(row: &Contribution) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut at, mut room) = (0, LENGTH);
    for entry in &row.detail {
        let Some((start, end, log10)) = weighed_in(entry) else { continue };
        let (Some(before), Some(word)) = (row.item.get(at..start), row.item.get(start..end)) else {
            continue;
        };
        push(&mut words, before, None, &mut room);
        push(&mut words, word, Some(log10), &mut room);
        at = end;
    }
    push(&mut words, row.item.get(at..).unwrap_or_default(), None, &mut room);
    words
}

fn push(words: &mut Vec<Word>, text: &str, log10: Option<f64>, room: &mut usize) {
    if text.is_empty() || *room == 0 {
        return;
    }
    let kept: String = text.chars().take(*room).collect();
    let cut = kept.len() < text.len();
    *room = room.saturating_sub(text.chars().count());
    let mut text = kept;
    for (mark, shown) in MASKED {
        text = text.replace(mark, shown);
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
