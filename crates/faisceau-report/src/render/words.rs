//! The words that renderings set themselves, in the language of the document.
//!
//! In: a language. Out: what stands on a page without standing in the model: labels, keys of
//! drawings, what leads a list of supports. The template of the PDF reads the same words as data.

use serde::Serialize;

use crate::drawing::{days, hour};
use crate::language::Language;

/// The words of a language.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    /// The region whose habits the language follows, ISO 3166.
    pub(super) region: &'static str,
    /// Over the list of what is left to fill in.
    pub(super) blanks: &'static str,
    /// Before the letter of an annex.
    pub(super) annex: &'static str,
    /// Before the id of a table.
    pub(super) table: &'static str,
    /// Over the numbers of rows.
    pub(super) number: &'static str,
    /// Over accounts.
    pub(super) account: &'static str,
    /// Before the ids that something rests on.
    pub(super) rests_on: &'static str,
    /// What lists the sections or the tables.
    pub(super) contents: &'static str,
    /// Over the values of a drawing.
    pub(super) values: &'static str,
    /// Before words that bring two accounts together.
    pub(super) together: &'static str,
    /// Before words that set them apart.
    pub(super) apart: &'static str,
    /// Before how much a word brings.
    pub(super) factor: &'static str,
    /// After the least of what it brings.
    pub(super) or_more: &'static str,
    /// The curve of pairs of one person.
    pub(super) same: &'static str,
    /// The curve of pairs of different persons.
    pub(super) different: &'static str,
    /// Under the scale of the curves.
    pub(super) scale: &'static str,
    /// After a share in hundredths.
    pub(super) percent: &'static str,
    /// Before a value, with its spaces.
    pub(super) colon: &'static str,
    /// Between two values, with its spaces.
    pub(super) semicolon: &'static str,
}

static FRENCH: Words = Words {
    region: "FR",
    blanks: "À compléter avant usage",
    annex: "Annexe",
    table: "Tableau",
    number: "N°",
    account: "Compte",
    rests_on: "Repose sur",
    contents: "Sommaire",
    values: "Valeurs",
    together: "rapproche",
    apart: "éloigne",
    factor: "facteur",
    or_more: "et plus",
    same: "même personne",
    different: "personnes différentes",
    scale: "log10 du rapport de vraisemblance",
    percent: "\u{202f}%",
    colon: "\u{a0}: ",
    semicolon: "\u{202f}; ",
};

static ENGLISH: Words = Words {
    region: "GB",
    blanks: "To be completed before use",
    annex: "Annex",
    table: "Table",
    number: "No.",
    account: "Account",
    rests_on: "Rests on",
    contents: "Contents",
    values: "Values",
    together: "brings together",
    apart: "sets apart",
    factor: "factor",
    or_more: "or more",
    same: "same person",
    different: "different persons",
    scale: "log10 of the likelihood ratio",
    percent: "%",
    colon: ": ",
    semicolon: "; ",
};

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Language) -> &'static Self {
        lang.pick(&FRENCH, &ENGLISH)
    }

    /// `Tableau T3`, `Table T3`.
    pub(super) fn numbered(&self, id: &str) -> String {
        format!("{}\u{a0}{id}", self.table)
    }
}

/// The tag of a language with its region: `fr-FR`, `en-GB`.
pub(super) fn tag(lang: Language) -> String {
    format!("{lang}-{}", Words::of(lang).region)
}

/// The initials of the days of the week, Monday first, for a drawing.
pub(super) fn initials(lang: Language) -> [String; 7] {
    days(lang).map(|day| day.chars().take(1).collect::<String>().to_uppercase())
}

/// An hour of the day under a drawing.
pub(super) fn tick(lang: Language, at: usize) -> String {
    hour(lang, at).replace('\u{a0}', "\u{202f}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_region() {
        assert_eq!(Language::ALL.map(tag), ["fr-FR", "en-GB"]);
    }

    #[test]
    fn a_week_is_labelled_shortly() {
        let week = Language::ALL.map(|lang| (initials(lang).concat(), tick(lang, 6)));
        let labels = |days: &str, hour: &str| (days.to_owned(), hour.to_owned());
        assert_eq!(week, [labels("LMMJVSD", "6\u{202f}h"), labels("MTWTFSS", "06h")]);
    }

    #[test]
    fn no_word_is_missing_and_no_sign_of_french_is_left_in_english() {
        let values = |lang: Language| -> Vec<String> {
            let words = serde_json::to_value(Words::of(lang)).unwrap();
            let words = words.as_object().unwrap().values().cloned();
            words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
        };
        assert!(Language::ALL.map(values).iter().flatten().all(|word| !word.is_empty()));
        assert!(values(Language::English).iter().all(|word| word.is_ascii()));
    }
}
