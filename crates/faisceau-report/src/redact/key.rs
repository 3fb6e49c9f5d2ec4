//! The key: which pseudonym stands for whom. It never goes where the filed documents go.
//!
//! In: the subjects. Out: CSV for a reader, JSON for a machine, the same bytes for the same case, in
//! French for the documents of both languages: `Tiers 1` is the `[Third party 1]` of the English
//! edition.

use serde::Serialize;

use super::needles::{Needle, Needles, What};
use super::subjects::{Protected, Subject};

/// Names of a line that are printed as they stand somewhere.
const LISTED: usize = 200;
/// Characters shown of each.
const SHOWN: usize = 60;

/// The key of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PseudonymKey {
    /// Version of this structure.
    pub schema: u32,
    /// The subjects, in the order of their pseudonyms.
    pub subjects: Vec<Subject>,
    /// Names that accounts under examination, or the claimant's, bear too: `[nom masqué]`, or left
    /// to the claimant.
    pub shared: Vec<String>,
    /// Names too short or too common to be replaced wherever they stand, be it in one edition
    /// alone: read the document for these.
    pub limited: Vec<String>,
}

impl PseudonymKey {
    pub(super) fn of(subjects: &[Subject], needles: &Needles) -> Self {
        let listed = |wanted: fn(&Needle) -> bool| -> Vec<String> {
            let mut out: Vec<String> = needles
                .sorted
                .iter()
                .filter(|needle| needle.what == What::Name && wanted(needle))
                .map(|needle| faisceau_model::excerpt(&needle.written, SHOWN))
                .collect();
            out.sort();
            out.dedup();
            out.truncate(LISTED);
            out
        };
        Self {
            schema: 1,
            subjects: subjects.to_vec(),
            shared: listed(|needle| needle.shared),
            limited: listed(Needle::is_limited),
        }
    }

    /// The key as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain structs and texts: serde_json has nothing to refuse in them.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The key as CSV (RFC 4180), a byte order mark first so that a spreadsheet reads the accents.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let heads = [
            "pseudonyme",
            "qualité",
            "comptes",
            "pseudonymes_de_compte",
            "noms_affichés",
            "identifiants",
            "case.toml",
        ];
        let mut out = String::from("\u{feff}");
        line(&mut out, heads.iter().map(|head| (*head).to_owned()));
        for subject in &self.subjects {
            let of = |texts: &mut dyn Iterator<Item = &str>| texts.collect::<Vec<_>>().join(" | ");
            let protected = match subject.protected {
                Protected::ThirdParty => "tiers",
                Protected::Minor => "mineur",
            };
            let cells = [
                subject.pseudonym.clone(),
                protected.to_owned(),
                of(&mut subject.accounts.iter().map(faisceau_model::AccountKey::as_str)),
                of(&mut subject.handles.iter().map(String::as_str)),
                of(&mut subject.display_names.iter().map(String::as_str)),
                of(&mut subject.native_ids.iter().map(String::as_str)),
                of(&mut subject.listed.iter().map(String::as_str)),
            ];
            line(&mut out, cells.into_iter());
        }
        out
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(&inert(&cell).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// No cell begins as a formula (OWASP, "CSV Injection"), none holds a control character.
fn inert(cell: &str) -> String {
    let cell = faisceau_model::inert(cell).into_owned();
    let seen = |c: char| !c.is_whitespace() && !matches!(c, '\'' | '"' | '\u{200b}'..='\u{200f}');
    let first = cell.chars().find(|c| seen(*c));
    let runs = first.is_some_and(|c| "=+-@＝＋－＠".contains(c));
    if runs { format!("'{cell}") } else { cell }
}
