//! The language of an edition: French, which is filed, or English, for whoever reads no French.
//!
//! Both editions are written by one pass over the same rows: the same sentences with the same
//! numbers and supports, in other words. The words of both stand side by side where a sentence is
//! made, and in `wording/fr.toml` and `wording/en.toml` for codes and prose.

use std::fmt;
use std::str::FromStr;

use faisceau_model::{Band, Moment, excerpt};
use jiff::civil::Date;
use serde::Serialize;

use crate::{english, french};

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub enum Language {
    /// French: the edition that a French court reads.
    #[default]
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// A text with figures, in the language of the edition: the French words, then the English ones.
macro_rules! said {
    ($lang:expr, $fr:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        match $lang {
            $crate::language::Language::French => format!($fr $(, $arg)*),
            $crate::language::Language::English => format!($en $(, $arg)*),
        }
    };
}
pub(crate) use said;

impl Language {
    /// All languages, French first.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// Its ISO 639-1 code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The French words or the English ones.
    pub(crate) fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Self::French => fr,
            Self::English => en,
        }
    }

    /// A count with its thousands apart: `12 345`, `12,345`.
    pub(crate) fn count(self, n: impl TryInto<i64>) -> String {
        match self {
            Self::French => french::count(n),
            Self::English => english::count(n),
        }
    }

    /// A count with its noun and what agrees with it: `[one, many]` in French, then in English.
    pub(crate) fn counted(self, n: usize, fr: [&str; 2], en: [&str; 2]) -> String {
        self.agreed(n, self.pick(fr, en))
    }

    /// How many more there are: `4 autres`, `4 others`.
    pub(crate) fn others(self, n: usize) -> String {
        self.counted(n, ["autre", "autres"], ["other", "others"])
    }

    /// A count with words of this language.
    pub(crate) fn agreed(self, n: usize, [one, many]: [&str; 2]) -> String {
        match self {
            Self::French => french::counted(n, one, many),
            Self::English => english::counted(n, one, many),
        }
    }

    /// A decimal: `0,42`, `0.42`.
    pub(crate) fn decimal(self, x: f64, digits: usize) -> String {
        match self {
            Self::French => french::decimal(x, digits),
            Self::English => english::decimal(x, digits),
        }
    }

    /// A log10 LR with its sign: `+1,42`, `+1.42`.
    pub(crate) fn signed(self, x: f64) -> String {
        let text = self.decimal(x, 2);
        if x > 0.0 { format!("+{text}") } else { text }
    }

    /// A share as the rate it is: `0,4 %`, `0.4%`.
    pub(crate) fn rate(self, x: f64) -> String {
        match self {
            Self::French => french::rate(x),
            Self::English => english::rate(x),
        }
    }

    /// A term in words: `6 mois`, `2 years`.
    pub(crate) fn term(self, years: f64) -> String {
        match self {
            Self::French => french::term(years),
            Self::English => english::term(years),
        }
    }

    /// A day: `1er octobre 2026`, `1 October 2026`.
    pub(crate) fn day(self, date: Date) -> String {
        match self {
            Self::French => french::day(date),
            Self::English => english::day(date),
        }
    }

    /// An ISO 8601 day in words, or the text as it stands if it is not one.
    pub(crate) fn iso_day(self, text: &str) -> String {
        text.parse::<Date>().map_or_else(|_| text.to_owned(), |date| self.day(date))
    }

    /// An instant in words, in UTC and cut to its precision.
    pub(crate) fn instant(self, moment: Moment) -> String {
        match self {
            Self::French => french::instant(moment),
            Self::English => english::instant(moment),
        }
    }

    /// A list in words, which counts what is beyond `max`: `a, b et 4 autres`, `a, b and 4 others`.
    pub(crate) fn list(self, items: &[String], max: usize) -> String {
        match self {
            Self::French => french::list(items, max),
            Self::English => english::list(items, max),
        }
    }

    /// The words of a band that a row gives in French.
    pub(crate) fn band(self, fr: &str) -> &str {
        self.pick(fr, Band::english_of(fr).unwrap_or(fr))
    }

    /// The signs around a quotation, with their spaces.
    pub(crate) fn quotes(self) -> [&'static str; 2] {
        self.pick(["«\u{a0}", "\u{a0}»"], ["“", "”"])
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|language| language.as_str() == text).ok_or_else(|| {
            format!("no edition is written in `{}`; there are: fr, en", excerpt(text, 20))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_agrees_in_its_own_way() {
        let exhibits = |lang: Language, n| {
            lang.counted(n, ["pièce", "pièces"], ["exhibit", "exhibits"]).replace('\u{a0}', " ")
        };
        assert_eq!(
            [0, 1, 2].map(|n| exhibits(Language::French, n)),
            ["0 pièce", "1 pièce", "2 pièces"]
        );
        assert_eq!(
            [0, 1, 2].map(|n| exhibits(Language::English, n)),
            ["0 exhibits", "1 exhibit", "2 exhibits"]
        );
        assert_eq!(Language::ALL.map(|lang| lang.signed(1.421)), ["+1,42", "+1.42"]);
        assert_eq!(Language::ALL.map(|lang| lang.signed(-0.001)), ["0,00", "0.00"]);
        let n = 3;
        assert_eq!(said!(Language::French, "{n} et {}", "{n} and {}", 4), "3 et 4");
        assert_eq!(said!(Language::English, "{n} et {}", "{n} and {}", 4), "3 and 4");
    }

    #[test]
    fn a_language_is_read_by_its_code() {
        assert_eq!("en".parse(), Ok(Language::English));
        let refused = "e\u{1b}n".parse::<Language>().expect_err("no language");
        assert_eq!(refused, "no edition is written in `e␛n`; there are: fr, en");
    }

    #[test]
    fn a_band_keeps_its_step() {
        for log10 in [0.0, 0.5, 1.5, 2.5, 3.5, 5.0, 7.0] {
            let band = Band::of(log10);
            assert_eq!(Language::English.band(band.fr()), band.en());
            assert_eq!(Language::French.band(band.fr()), band.fr());
        }
        assert_eq!(Language::English.band("?"), "?");
    }
}
