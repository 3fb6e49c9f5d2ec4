//! DNS records among the exhibits, nearest in time to a mail.
//!
//! In: the rows of `names`. Out: for a name and a type, the values of the answer asked nearest to
//! the instant, and its rows. Refused: any resolver. What nobody asked is unknown, not empty.

use std::collections::BTreeMap;

use faisceau_model::rows::Name;
use faisceau_model::{Maybe, Moment};

use crate::answered::is_an_answer;

/// Aliases followed from one name.
const MAX_ALIASES: usize = 8;
/// Microseconds in a day.
const DAY_US: i64 = 86_400_000_000;

/// The records, by name and type.
#[derive(Debug, Default)]
pub struct Records<'a>(BTreeMap<(String, String), Vec<&'a Name>>);

/// What is known of a name.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// The values; none where the domain has none.
    pub(super) values: Vec<&'a str>,
    /// The rows.
    pub(super) rows: Vec<String>,
    /// Days from the instant to the question; negative where it was asked before.
    pub(super) days: Option<i64>,
}

impl<'a> Records<'a> {
    /// Indexes the DNS answers.
    pub fn of(names: &'a [Name]) -> Self {
        let mut all: BTreeMap<_, Vec<&Name>> = BTreeMap::new();
        for row in names.iter().filter(|row| row.service == "dns" && is_an_answer(row)) {
            let key = (normal(&row.name), row.kind.to_ascii_uppercase());
            all.entry(key).or_default().push(row);
        }
        Self(all)
    }

    /// The answer nearest to an instant; `None` where nobody asked.
    pub(super) fn find(&self, name: &str, kind: &str, at: Maybe<Moment>) -> Option<Found<'a>> {
        let mut name = normal(name);
        let mut aliases = Vec::new();
        for _ in 0..MAX_ALIASES {
            if let Some(rows) = self.0.get(&(name.clone(), kind.to_owned())) {
                let mut found = nearest(rows, at);
                found.rows.extend(aliases);
                return Some(found);
            }
            let alias = nearest(self.0.get(&(name, "CNAME".to_owned()))?, at);
            name = normal(alias.values.first()?);
            aliases.extend(alias.rows);
        }
        None
    }
}

fn normal(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn nearest<'a>(rows: &[&'a Name], at: Maybe<Moment>) -> Found<'a> {
    let asked = |row: &Name| row.asked.known().map(|asked| asked.at_us());
    let wanted = at.known().map(|at| at.at_us());
    let distance = |row: &Name| match (asked(row), wanted) {
        (Some(asked), Some(wanted)) => asked.abs_diff(wanted),
        _ => u64::MAX,
    };
    let best = rows.iter().min_by_key(|row| (distance(row), asked(row)));
    let best = best.map(|row| (row.exhibit, asked(row)));
    let same = rows.iter().filter(|row| Some((row.exhibit, asked(row))) == best);
    let days = best.and_then(|(_, asked)| Some((asked? - wanted?).div_euclid(DAY_US)));
    let mut found = Found { values: Vec::new(), rows: Vec::new(), days };
    for row in same {
        found.values.extend(row.value.known().map(String::as_str));
        found.rows.push(row.id.to_string());
    }
    found
}

/// The text of a TXT record, its strings joined where the tool left them quoted.
pub(super) fn joined(value: &str) -> String {
    let value = value.trim();
    if !value.starts_with('"') {
        return value.to_owned();
    }
    value.split('"').skip(1).step_by(2).collect()
}
