//! What the DNS and the registries said of an address, as the exhibits hold it.
//!
//! In: an address at an instant, and the rows of `names`. Out: its reverse names, each confirmed
//! forward or not; what such a name says of the line, where a reader of such names is given; and
//! what a registry declares of the network. Nobody is asked anything here.
//!
//! A reverse name is the word of whoever holds the address, on the day that it was asked. It counts
//! when the name leads back to the address (« forward-confirmed reverse DNS », RFC 8601, section
//! 2.7.3, `iprev`), and even then says no more than that.

mod index;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use faisceau_datasets::line_names;
use faisceau_model::rows::Name;
use faisceau_model::{Absent, Listing, Maybe, Moment, Question};

use super::{Answer, Asked};
use crate::answered::{is_an_answer, is_bogus};

pub(super) use index::Index;

const DAY_US: u64 = 86_400_000_000;

/// What a reverse name says of its line: a value, the rule that read it, and notes.
pub(super) type LineWord = (String, String, Vec<&'static str>);

/// Reads what a reverse name says of its line.
pub(super) type LineReader = fn(&str, IpAddr) -> Option<LineWord>;

/// The reader of line names that [`super::verdicts`] uses: the patterns of `faisceau-datasets`.
pub(super) const LINE_READER: Option<LineReader> = Some(bundled_patterns);

fn bundled_patterns(name: &str, ip: IpAddr) -> Option<LineWord> {
    let line = line_names::read(name, ip)?;
    Some((line.to_string(), line.basis.to_owned(), line.notes()))
}

/// Adds what the names say.
pub(super) fn add(
    asked: &Asked,
    index: &Index<'_>,
    line: Option<LineReader>,
    out: &mut Vec<Answer>,
) {
    reverse(asked, index, line, out);
    registration(asked, index, out);
}

/// The reverse names before and after the instant, nearest first; one of them where they agree.
fn reverse(asked: &Asked, index: &Index<'_>, line: Option<LineReader>, out: &mut Vec<Answer>) {
    let rows = index.pointers(asked.ip);
    let (first, second, notes) = sides(&rows, asked.at);
    let mut seen = Vec::new();
    for row in first.into_iter().chain(second) {
        if seen.contains(&(row.value.known(), row.asked)) {
            continue;
        }
        seen.push((row.value.known(), row.asked));
        out.push(reverse_answer(row, asked, index, notes));
        if let (Some(name), Some(line)) = (row.value.known(), line)
            && !is_bogus(row)
        {
            out.extend(line(name, asked.ip).map(|word| line_answer(row, asked, index, word)));
        }
    }
}

/// The rows that answer, nearest side first, and what both sides say together.
fn sides<'a>(
    rows: &[&'a Name],
    at: Maybe<Moment>,
) -> (Vec<&'a Name>, Vec<&'a Name>, &'static [&'static str]) {
    let (before, after) = nearest(rows, at);
    let (Some(last), Some(next)) = (before.first(), after.first()) else {
        return (before, after, &[]);
    };
    let same = values(&before) == values(&after);
    let (near, far) =
        if distance(last, at) <= distance(next, at) { (before, after) } else { (after, before) };
    if same {
        return (near, Vec::new(), &["same_before_and_after"]);
    }
    (near, far, &["differs_before_and_after"])
}

fn reverse_answer(row: &Name, asked: &Asked, index: &Index<'_>, notes: &[&'static str]) -> Answer {
    let mut answer = said(Question::ReverseName, row, asked);
    match (row.value.known(), is_an_answer(row)) {
        _ if is_bogus(row) => {
            answer.listing = Listing::NoData;
            answer.notes.push("not_as_signed");
        }
        (Some(name), _) => {
            answer.value = Maybe::Known(name.clone());
            answer.notes.push(forward(name, row, asked.ip, index).code());
        }
        (None, true) => {
            answer.listing = Listing::NotListed;
            answer.notes.push("no_reverse_name");
        }
        (None, false) => {
            answer.listing = Listing::NoData;
            answer.notes.push("server_did_not_answer");
        }
    }
    if row.authenticated == Maybe::Known(true) {
        answer.notes.push("resolver_checked_signatures");
    }
    if row.dnssec.known().is_some_and(|state| state == "secure") {
        answer.notes.push("signatures_checked");
    }
    answer.notes.extend(notes);
    answer
}

fn line_answer(row: &Name, asked: &Asked, index: &Index<'_>, word: LineWord) -> Answer {
    let (value, rule, notes) = word;
    let mut answer = said(Question::Line, row, asked).rule_of_thumb();
    answer.value = Maybe::Known(value);
    answer.source = format!("{}, {rule}", answer.source);
    if let Maybe::Known(name) = &row.value {
        answer.notes.push(forward(name, row, asked.ip, index).code());
    }
    answer.notes.extend(notes);
    answer
}

/// Whether a name leads back to its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forward {
    Confirmed,
    Contradicted,
    NotAsked,
}

impl Forward {
    const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "forward_confirmed",
            Self::Contradicted => "forward_contradicted",
            Self::NotAsked => "forward_not_asked",
        }
    }
}

/// What the answers nearest in time to the reverse name say.
fn forward(name: &str, pointer: &Name, ip: IpAddr, index: &Index<'_>) -> Forward {
    let rows = index.addresses(name, ip);
    let Some(least) = rows.iter().map(|row| distance(row, pointer.asked)).min() else {
        return Forward::NotAsked;
    };
    let holds = |row: &&Name| row.value.known().is_some_and(|value| value.parse() == Ok(ip));
    let mut nearest = rows.iter().filter(|row| distance(row, pointer.asked) == least);
    if nearest.any(holds) { Forward::Confirmed } else { Forward::Contradicted }
}

/// The word of the registry on the smallest network that holds the address, nearest in time.
fn registration(asked: &Asked, index: &Index<'_>, out: &mut Vec<Answer>) {
    let rows = index.networks(asked.ip);
    let Some(row) = rows.into_iter().min_by_key(|row| distance(row, asked.at)) else { return };
    let mut answer = said(Question::Registration, row, asked);
    answer.notes.clear();
    answer.notes.push("word_of_the_registry");
    answer.notes.extend(when(row, asked));
    let changed = row.changed.known().map(|at| format!("changed {}", at.day_utc()));
    let parts: Vec<&str> = [row.value.known(), row.range.known(), row.country.known()]
        .into_iter()
        .flatten()
        .chain(changed.as_ref())
        .map(String::as_str)
        .collect();
    if let (Maybe::Known(changed), Maybe::Known(at)) = (row.changed, asked.at)
        && changed > at
    {
        answer.notes.push("registered_after_the_event");
    }
    out.push(answer.with(Maybe::Known(parts.join("; "))));
}

/// An answer that rests on a row of `names`.
fn said(question: Question, row: &Name, asked: &Asked) -> Answer {
    let days = match (row.asked, asked.at) {
        (Maybe::Known(then), Maybe::Known(at)) => Maybe::Known(whole_days(then, at)),
        _ => Maybe::Missing(Absent::NotRecorded),
    };
    let mut answer = Answer::of(question, Listing::Listed, row.id.as_str(), days);
    answer.dated = row.asked.map(Moment::day_utc);
    answer.notes.push("word_of_the_holder");
    answer.notes.extend(when(row, asked));
    answer
}

/// On which side of the event it was asked.
fn when(row: &Name, asked: &Asked) -> Option<&'static str> {
    match (row.asked, asked.at) {
        (Maybe::Known(then), Maybe::Known(at)) if then.at_us() > at.at_us() => {
            Some("asked_after_the_event")
        }
        (Maybe::Known(then), Maybe::Known(at)) if then.at_us() < at.at_us() => {
            Some("asked_before_the_event")
        }
        (Maybe::Missing(_), _) => Some("not_said_when_asked"),
        _ => None,
    }
}

/// The rows asked last before the instant (or at it), and first after it. Rows without time, or
/// all rows where the instant is not known, count only where there is nothing better: the latest.
fn nearest<'a>(rows: &[&'a Name], at: Maybe<Moment>) -> (Vec<&'a Name>, Vec<&'a Name>) {
    let time = |row: &&&Name| row.asked.known().map(|asked| asked.at_us());
    let at = at.known().map(|at| at.at_us());
    let side = |wanted: Option<i64>| -> Vec<&'a Name> {
        wanted.map_or_else(Vec::new, |wanted| {
            rows.iter().filter(|row| time(row) == Some(wanted)).copied().collect()
        })
    };
    let times = || rows.iter().filter_map(|row| time(&row));
    let before = side(times().filter(|asked| at.is_none_or(|at| *asked <= at)).max());
    let after = side(times().filter(|asked| at.is_some_and(|at| *asked > at)).min());
    if before.is_empty() && after.is_empty() {
        return (rows.to_vec(), Vec::new());
    }
    (before, after)
}

fn values<'a>(rows: &[&'a Name]) -> Vec<Option<&'a String>> {
    let mut values: Vec<_> = rows.iter().map(|row| row.value.known()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// How far a row is from an instant, in microseconds; the farthest where either is not known.
fn distance(row: &Name, at: Maybe<Moment>) -> u64 {
    match (row.asked, at) {
        (Maybe::Known(asked), Maybe::Known(at)) => asked.at_us().abs_diff(at.at_us()),
        _ => u64::MAX,
    }
}

fn whole_days(one: Moment, other: Moment) -> i64 {
    i64::try_from(one.at_us().abs_diff(other.at_us()) / DAY_US).unwrap_or(i64::MAX)
}
