//! `law check`: which entries of the law files are old, or were not read in the text itself.
//!
//! In: the bundled law and a day. Out: what a lawyer should read again before filing. It changes
//! nothing and fails nothing.

use faisceau_graph::law::OLD_AFTER_DAYS;
use jiff::civil::Date;
use serde::Serialize;

use crate::bundled::law;
use crate::error::CaseError;

/// Characters of what names an entry.
const NAME: usize = 100;

/// An entry to read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawFlag {
    /// The file of `datasets/law/`.
    pub file: String,
    /// What names the entry in its file.
    pub entry: String,
    /// How far it was checked: `vérifié`, `seconde main`, `à vérifier`.
    pub status: String,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Days since then.
    pub age_days: Option<i32>,
    /// Whether that is longer ago than [`LawCheck::old_after_days`].
    pub old: bool,
    /// Where it comes from.
    pub source: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawCheck {
    /// The day of the check, ISO 8601.
    pub today: String,
    /// The month after which nothing is verified.
    pub known_until: String,
    /// Days after which a check is called old.
    pub old_after_days: i32,
    /// Entries in all.
    pub entries: usize,
    /// Those to read again, in the order of the files.
    pub flags: Vec<LawFlag>,
}

/// Lists the entries of the law that are old or unverified on a day.
pub fn law_check(today: Date) -> Result<LawCheck, CaseError> {
    let law = law()?;
    let entries = law.entries();
    let flags = entries
        .iter()
        .filter(|entry| entry.is_unverified() || entry.is_old(today))
        .map(|entry| LawFlag {
            file: entry.file.to_owned(),
            entry: faisceau_model::excerpt(entry.name, NAME),
            status: entry.status.fr().to_owned(),
            checked: entry.checked.to_owned(),
            age_days: entry.age_days(today),
            old: entry.is_old(today),
            source: entry.source.to_owned(),
        })
        .collect();
    Ok(LawCheck {
        today: today.to_string(),
        known_until: law.known_until().to_owned(),
        old_after_days: OLD_AFTER_DAYS,
        entries: entries.len(),
        flags,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unverified_is_listed_and_all_of_it_grows_old() {
        let now = law_check("2026-11-22".parse().unwrap()).unwrap();
        assert!(now.flags.iter().all(|flag| !flag.old && flag.status != "vérifié"));
        assert!(!now.flags.is_empty() && now.flags.len() < now.entries);
        let later = law_check("2028-01-01".parse().unwrap()).unwrap();
        assert_eq!(later.flags.len(), later.entries);
    }
}
