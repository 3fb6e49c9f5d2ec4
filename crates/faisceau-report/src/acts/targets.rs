//! Who an act is drawn up against: each addressee of the requests, with what is asked of it.
//!
//! In: the rows of `requests`. Out: platforms and mail providers first, then the operators behind
//! addresses, each list by what lapses first. Left out, and counted: what an exhibit already
//! answers, what leads to nobody, an address without an instant.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_graph::law::Addressee;
use faisceau_model::rows::Request;
use faisceau_model::{AccessKind, AccountKey, Head};

use super::drafting::Drafting;
use crate::text::Text;

/// Operators that an act is drafted against; the others stand in the table of requests.
pub(super) const OPERATORS: usize = 40;
/// Longest code of an addressee that stands in no law file.
const CODE: usize = 40;

/// An addressee and what is asked of it.
pub(super) struct Target<'a> {
    /// The name, as the rows have it.
    pub(super) name: &'a str,
    /// The entry of the law files.
    pub(super) known: Option<&'a Addressee>,
    /// What names it in the name of a file.
    pub(super) code: String,
    /// Whether it stands behind an address rather than an account.
    pub(super) operator: bool,
    /// What is asked.
    pub(super) requests: Vec<&'a Request>,
    /// What an exhibit already answers.
    pub(super) answered: Vec<&'a Request>,
    /// Addresses without an instant, which nobody can answer.
    pub(super) undated: Vec<&'a Request>,
    /// Operators after the last one that gets an act.
    pub(super) operators_left_out: usize,
}

impl<'a> Target<'a> {
    /// What is asked under a head.
    pub(super) fn of_head(&self, head: Head) -> Vec<&'a Request> {
        self.requests.iter().copied().filter(|row| row.head == head).collect()
    }

    /// The accounts asked about, in the order of their keys.
    pub(super) fn accounts(&self) -> Vec<&'a AccountKey> {
        let keys: BTreeSet<_> =
            self.requests.iter().filter_map(|row| row.account.known()).collect();
        keys.into_iter().collect()
    }

    /// Its name in a sentence; a blank where no register was read: a platform is no legal person.
    pub(super) fn named(&self) -> Text {
        let blank = Text::new().blank("dénomination sociale du défendeur");
        if self.nameless() {
            blank
        } else if self.known.is_none() {
            Text::new().data(self.name, 80).plain(" (").then(blank).plain(")")
        } else {
            Text::new().data(self.name, 80)
        }
    }

    /// Its name in a title, or nothing.
    pub(super) fn name_for_title(&self) -> &'a str {
        if self.nameless() { "" } else { self.name }
    }

    /// Whether the rows name nobody.
    pub(super) fn nameless(&self) -> bool {
        self.name == "unknown" || self.name.trim().is_empty()
    }
}

/// The addressees.
pub(super) fn targets<'a>(d: &Drafting<'a>) -> Vec<Target<'a>> {
    let rows = d.input.note.requests;
    let mut out = grouped(d, rows.iter().filter(|row| row.hop == 1), false);
    // Behind a school or a company stands a site that is known: its user is sought there.
    let site = |row: &Request| row.access.known() == Some(&AccessKind::SharedSite);
    let reachable = rows.iter().filter(|row| row.hop == 2 && !row.leads_nowhere() && !site(row));
    let mut operators = grouped(d, reachable, true);
    let left_out = operators.len().saturating_sub(OPERATORS);
    operators.truncate(OPERATORS);
    for target in &mut operators {
        target.operators_left_out = left_out;
    }
    out.extend(operators);
    name_apart(&mut out);
    out
}

fn grouped<'a>(
    d: &Drafting<'a>,
    rows: impl Iterator<Item = &'a Request>,
    operator: bool,
) -> Vec<Target<'a>> {
    let mut by_name: BTreeMap<&str, Vec<&Request>> = BTreeMap::new();
    for row in rows {
        by_name.entry(row.addressee.as_str()).or_default().push(row);
    }
    let of = |(name, mut rows): (&'a str, Vec<&'a Request>)| {
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        let known = d.input.law.addressees().iter().find(|to| to.legal_name == name);
        let code = known.map_or_else(|| code_of(name), |to| code_of(&to.code));
        let code = if operator { format!("{code}-acces") } else { code };
        let (answered, open): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| !row.answered_by.is_empty());
        let (undated, requests): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|row| operator && row.at.known().is_none());
        Target { name, known, code, operator, requests, answered, undated, operators_left_out: 0 }
    };
    let mut targets: Vec<Target<'_>> = by_name.into_iter().map(of).collect();
    targets.retain(|target| !target.requests.is_empty());
    targets.sort_by(|a, b| urgency(d, a).cmp(&urgency(d, b)));
    targets
}

fn order(row: &Request) -> impl Ord + '_ {
    ((&row.account, row.head, &row.ip, &row.at), (&row.port, &row.key, &row.id))
}

/// What is still kept and lapses first comes first, then what has no day, then what is past.
fn urgency<'t>(d: &Drafting<'_>, target: &'t Target<'_>) -> (u8, Option<&'t str>, &'t str) {
    let days = || target.requests.iter().filter_map(|row| row.last_day.known()).map(String::as_str);
    let open = days().filter(|day| !d.index.is_past(day)).min();
    let class = match (open, days().next()) {
        (Some(_), _) => 0,
        (None, None) => 1,
        (None, Some(_)) => 2,
    };
    (class, open, target.name)
}

/// A code of `a-z`, `0-9` and `-` from any name.
pub(crate) fn code_of(name: &str) -> String {
    let mut code = String::new();
    for c in name.to_lowercase().chars().map(unaccented) {
        if c.is_ascii_alphanumeric() {
            code.push(c);
        } else if !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
        if code.len() >= CODE {
            break;
        }
    }
    let code = code.trim_end_matches('-');
    if code.is_empty() { "inconnu".to_owned() } else { code.to_owned() }
}

/// A letter of French without its accent.
fn unaccented(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' | 'œ' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        c => c,
    }
}

/// Two addressees whose names give one code are told apart by a number.
fn name_apart(targets: &mut [Target<'_>]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for target in targets {
        let numbered = |n: usize| match n {
            1 => target.code.clone(),
            n => format!("{}-{n}", target.code),
        };
        let code = (1..=taken.len() + 1).map(numbered).find(|code| !taken.contains(code));
        target.code = code.unwrap_or_default();
        taken.insert(target.code.clone());
    }
}

/// Whether an account is a mailbox, asked of the provider of its domain.
pub(super) fn is_mailbox(key: &AccountKey) -> bool {
    matches!(key.platform(), "mail" | "email")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_says_the_name_and_nothing_of_a_path() {
        assert_eq!(code_of("Opérateur d'Exemple SA"), "operateur-d-exemple-sa");
        assert_eq!(code_of("../../etc/passwd"), "etc-passwd");
        assert_eq!(code_of("日本"), "inconnu");
        assert!(code_of(&"a".repeat(500)).len() <= CODE);
    }

    proptest! {
        #[test]
        fn any_name_makes_a_code_for_a_file(name in ".*") {
            let code = code_of(&name);
            prop_assert!(!code.is_empty() && code.len() <= CODE);
            prop_assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!code.starts_with('-') && !code.ends_with('-'));
        }
    }
}
