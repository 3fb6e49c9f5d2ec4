//! Every entry of the law files with its source, its status and the day on which it was checked.
//!
//! In: [`Law`]. Out: entries, in the order of the files, and why one of them asks to be read again
//! before it is relied on. Nothing is read from a clock: the day comes from the caller.

use jiff::civil::Date;

use super::parse::{Law, Status};

/// Days after which a check is called old. Half a year: an ordinary session of Parliament.
pub const OLD_AFTER_DAYS: i32 = 180;

/// An entry of a law file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LawEntry<'a> {
    /// The file.
    pub file: &'static str,
    /// What names the entry in its file: a code, an article, what is asked.
    pub name: &'a str,
    /// How far it was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: &'a str,
    /// Where it comes from.
    pub source: &'a str,
}

impl LawEntry<'_> {
    /// Days since the last check; nothing before it, or where the day is no day.
    pub fn age_days(&self, today: Date) -> Option<i32> {
        let checked: Date = self.checked.parse().ok()?;
        let days = (today - checked).get_days();
        (days >= 0).then_some(days)
    }

    /// Whether the last check is old on that day.
    pub fn is_old(&self, today: Date) -> bool {
        self.age_days(today).is_some_and(|days| days > OLD_AFTER_DAYS)
    }

    /// Whether the text itself was not read.
    pub fn is_unverified(&self) -> bool {
        self.status != Status::Verified
    }
}

impl Law {
    /// Every entry, in the order of the files.
    pub fn entries(&self) -> Vec<LawEntry<'_>> {
        let mut all = Vec::new();
        macro_rules! add {
            ($file:literal, $list:expr, $name:ident) => {
                all.extend($list.iter().map(|e| LawEntry {
                    file: $file,
                    name: &e.$name,
                    status: e.status,
                    checked: &e.checked,
                    source: &e.source,
                }));
            };
        }
        add!("addressees.toml", self.addressees, code);
        add!("categories.toml", self.categories, code);
        add!("deadlines.toml", self.deadlines, code);
        add!("gravity.toml", self.gravity, basis);
        add!("heads.toml", self.heads, ask);
        add!("offences.toml", self.motives, article);
        add!("offences.toml", self.offences, article);
        add!("offences.toml", self.press, code);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::parse::tests::law;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn every_entry_is_there_with_its_source() {
        let law = law();
        let entries = law.entries();
        let of = |file| entries.iter().filter(|e| e.file == file).count();
        assert_eq!(of("addressees.toml"), law.addressees().len());
        assert_eq!(of("deadlines.toml"), law.deadlines().len());
        assert!(Law::FILES.iter().all(|file| of(file) > 0));
        assert!(entries.iter().all(|e| !e.source.is_empty() && !e.name.is_empty()));
        assert!(entries.iter().any(LawEntry::is_unverified));
        assert!(entries.iter().any(|e| !e.is_unverified()));
    }

    #[test]
    fn a_check_grows_old_after_half_a_year() {
        let law = law();
        let entry = LawEntry { checked: "2026-11-21", ..law.entries()[0] };
        assert_eq!(entry.age_days(day("2026-11-21")), Some(0));
        assert!(!entry.is_old(day("2027-05-20")));
        assert!(entry.is_old(day("2027-05-21")));
        assert_eq!(entry.age_days(day("2026-11-20")), None);
        assert!(!LawEntry { checked: "soon", ..entry }.is_old(day("2030-01-01")));
    }
}
