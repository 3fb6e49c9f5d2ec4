//! The prose of the acts: law and set phrases, no fact of a case.
//!
//! In: `wording/acts.toml`, which a lawyer can edit. Out: paragraphs. What was not read in the text
//! or the decision itself says « (à vérifier) » in its own words.

use std::sync::LazyLock;

use serde::Deserialize;

static FRENCH: LazyLock<ActWords> =
    LazyLock::new(|| toml::from_str(include_str!("../wording/acts.toml")).unwrap_or_default());

/// Declares the paragraphs, all of one shape.
macro_rules! paragraphs {
    ($($name:ident)+) => {
        /// The paragraphs.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct ActWords {
            $(pub(super) $name: Vec<String>,)+
        }

        #[cfg(test)]
        impl ActWords {
            /// Every paragraph.
            pub(super) fn all(&self) -> Vec<&str> {
                [$(&self.$name),+].into_iter().flatten().map(String::as_str).collect()
            }
        }
    };
}

paragraphs! {
    draft appearance object_platform object_operator competence no_trial cause
    usefulness_platform usefulness_operator measure measure_operator c3_reasons c3_absent
    proportionality_platform proportionality_operator proportionality delay delay_connections delay_ex_parte
    delay_notice ex_parte
    notes_summons notes_messages notes_c3 notes_operator notes_ex_parte notes_press
    complaint_draft complaint_opening complaint_qualification complaint_preservation
    complaint_requisitions_serious complaint_requisitions_network complaint_requisitions_none
    complaint_afterwards notes_complaint
}

impl ActWords {
    /// The French words.
    pub(super) fn french() -> &'static Self {
        &FRENCH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_no_paragraph_is_empty() {
        let words: ActWords = toml::from_str(include_str!("../wording/acts.toml")).unwrap();
        assert!(words.all().len() > 40);
        assert!(
            words
                .all()
                .iter()
                .all(|text| text.trim().len() > 20 && text.ends_with('.') || text.ends_with('»'))
        );
    }

    #[test]
    fn nothing_of_the_lcen_is_quoted() {
        for text in ActWords::french().all() {
            if text.contains("LCEN") || text.contains("2004-575") || text.contains("6-3") {
                assert!(!text.contains(['«', '»']), "{text}");
            }
        }
    }
}
