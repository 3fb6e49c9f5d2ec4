//! The words of an innocent explanation, and the sentence that says what was counted.
//!
//! In: the catalogue and `name=value` of a row. Out: clauses. A clause whose figure was not counted
//! is left out. `{name}` is the figure, `{name?}` says yes or no.

use faisceau_model::{Standing, excerpt};
use serde::Deserialize;

use crate::language::Language;

/// An explanation that leaves the accounts to different persons, or, of a link that favours H2,
/// to one.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Explanation {
    /// Its name.
    pub(crate) title: String,
    /// How it would produce the observations.
    pub(crate) text: String,
    /// What would confirm it.
    pub(crate) confirms: String,
    /// What would rule it out.
    pub(crate) refutes: String,
    /// What the rows hold when they speak for it.
    #[serde(default)]
    pub(super) supported: String,
    /// What they hold when they speak against it; empty where they never do.
    #[serde(default)]
    pub(super) contradicted: String,
    /// What they hold when they decide nothing.
    #[serde(default)]
    pub(super) open: String,
    /// Clauses with figures.
    #[serde(default)]
    pub(super) figures: Vec<String>,
}

impl Explanation {
    /// What the rows say of it: the clause of its standing, then the clauses with figures.
    pub(crate) fn said(
        &self,
        lang: Language,
        standing: Standing,
        counted: &[String],
    ) -> Vec<String> {
        let clause = match standing {
            Standing::Supported => &self.supported,
            Standing::Contradicted => &self.contradicted,
            Standing::Open => &self.open,
        };
        let figures = self.figures.iter().filter_map(|template| filled(lang, template, counted));
        let clause = (!clause.is_empty()).then(|| clause.clone());
        clause.into_iter().chain(figures).collect()
    }
}

/// A template with its figures; `None` where one of them was not counted.
fn filled(lang: Language, template: &str, counted: &[String]) -> Option<String> {
    let mut out = String::new();
    for (at, part) in template.split(['{', '}']).enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let (name, yes_or_no) = part.strip_suffix('?').map_or((part, false), |name| (name, true));
        let of = |pair: &String| {
            let (own, value) = pair.split_once('=')?;
            (own == name).then(|| value.to_owned())
        };
        let value = counted.iter().find_map(of)?;
        match (value.parse::<i64>(), yes_or_no) {
            (Ok(0), true) => out.push_str(lang.pick("non", "no")),
            (Ok(_), true) => out.push_str(lang.pick("oui", "yes")),
            (Ok(n), false) => out.push_str(&lang.count(n)),
            (Err(_), _) => out.push_str(&excerpt(&value, 24)),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    use faisceau_graph::explanations::{EXPLANATION_COUNTS, counts_of};

    use super::super::Catalogue;
    use super::*;

    #[test]
    fn every_explanation_says_what_would_settle_it() {
        for (code, e) in &Catalogue::french().innocent {
            let said = [&e.title, &e.text, &e.confirms, &e.refutes];
            assert!(said.iter().all(|text| text.len() > 10), "{code}");
        }
    }

    #[test]
    fn every_code_that_is_looked_into_has_its_sentences() {
        for (code, names) in EXPLANATION_COUNTS {
            let e = Catalogue::french().innocent.get(*code).expect(code);
            assert!(e.supported.len() > 10 && e.open.len() > 10, "{code}");
            let said =
                e.figures.iter().flat_map(|clause| clause.split(['{', '}']).skip(1).step_by(2));
            let said: BTreeSet<&str> = said.map(|name| name.trim_end_matches('?')).collect();
            assert_eq!(said, names.iter().copied().collect(), "{code}");
        }
        // Whatever has figures is looked into.
        for (code, e) in &Catalogue::french().innocent {
            assert!(e.figures.is_empty() || !counts_of(code).is_empty(), "{code}");
        }
    }

    #[test]
    fn the_sentences_of_every_standing() {
        let mut text = String::new();
        for (code, names) in EXPLANATION_COUNTS {
            let counted: Vec<String> =
                names.iter().enumerate().map(|(n, name)| format!("{name}={}", 1001 * n)).collect();
            for standing in Standing::ALL {
                let said =
                    Catalogue::french().innocent(code).said(Language::French, *standing, &counted);
                writeln!(text, "{code} {standing}: {}", said.join(" ; ")).expect("a string");
            }
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_clause_without_its_figure_is_left_out() {
        let counted = ["a=1200".to_owned(), "b=0".to_owned(), "c=\u{1b}[x".to_owned()];
        assert_eq!(
            filled(Language::French, "n : {a}, {b?}", &counted).as_deref(),
            Some("n : 1\u{202f}200, non")
        );
        assert_eq!(filled(Language::French, "n : {d}", &counted), None);
        assert_eq!(filled(Language::French, "{c}", &counted).as_deref(), Some("␛[x"));
        assert_eq!(filled(Language::French, "{a} {", &counted), None);
    }
}
