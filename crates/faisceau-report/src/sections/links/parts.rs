//! What stands beside the weights of a link: the parts of fused scores, and common minutes.
//!
//! In: comparisons with `parts`, and those of `shared_hands`, which are not weighed. Out: a row
//! under the family, and a sentence. Parts that are not `name=number` are left out.

use faisceau_model::rows::{Comparison, Link};
use faisceau_model::{Maybe, RowId};

use crate::index::{Index, cut};
use crate::language::{Language, said};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// The signal whose counts are shown and not weighed.
pub(super) const SHOWN_ONLY: &str = "shared_hands";
/// Most parts of one score.
const PARTS: usize = 12;

/// The parts of the fused scores among the comparisons of a family, as a row of its table.
pub(super) fn row(index: &Index<'_>, behind: &[&Comparison]) -> Option<(Vec<Text>, Support)> {
    let lang = index.lang;
    let fused: Vec<&&Comparison> = behind.iter().filter(|c| !c.parts.is_empty()).collect();
    let parts: Vec<String> = fused
        .iter()
        .flat_map(|c| &c.parts)
        .take(PARTS)
        .filter_map(|part| {
            let (signal, score) = part.split_once('=')?;
            let score: f64 = score.parse().ok().filter(|score: &f64| score.is_finite())?;
            Some(format!("{} ({})", index.words.signal(&cut(signal)), lang.decimal(score, 2)))
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    let said = said!(
        lang,
        "Parties d'un même score, jamais additionnées ni multipliées comme des rapports distincts : {}",
        "Parts of one score, never added up or multiplied as separate ratios: {}",
        parts.join(lang.pick(" ; ", "; "))
    );
    let cells = vec![Text::new(), said.into(), Text::new(), Text::new(), Text::new()];
    let ids: Vec<&RowId> = fused.iter().map(|c| &c.id).collect();
    Some((cells, Support::rows(ids, "comparisons")))
}

/// The common minutes of the two accounts, where their histories let them be judged.
pub(super) fn common_minutes(index: &Index<'_>, link: &Link, w: &mut Writer) -> Option<Statement> {
    let lang = index.lang;
    let rows = &index.input.comparisons;
    let row = rows.iter().find(|c| c.signal == SHOWN_ONLY && c.a == link.a && c.b == link.b)?;
    let Maybe::Known(shared) = &row.shared else { return None };
    let [observed, expected, shifts, fewer, more] = counts(lang, shared)?;
    let reading = if row.score > 0.0 {
        lang.pick(
            "moins qu'attendu, comme en laisserait une seule paire de mains",
            "fewer than expected, as a single pair of hands would leave",
        )
    } else {
        lang.pick(
            "pas moins qu'attendu ; davantage, ce serait ce que laissent un programme ou des personnes qui agissent ensemble",
            "no fewer than expected; more would be what a program, or persons acting together, leave",
        )
    };
    let text = said!(
        lang,
        "Minutes où les deux comptes publient : {observed}, pour {expected} attendues d'après les mêmes historiques décalés de semaines entières ({shifts} décalages) ; {reading}. Part des décalages qui en donnent aussi peu : {fewer} ; autant : {more}. Ces chiffres sont montrés et n'entrent dans aucune valeur ci-dessus.",
        "Minutes in which both accounts publish: {observed}, against {expected} expected from the same histories shifted by whole weeks ({shifts} shifts); {reading}. Share of the shifts that give as few: {fewer}; as many: {more}. These figures are shown and enter into none of the values above."
    );
    Some(w.say(text, Support::one(&row.id)))
}

/// `common minutes 3, expected 4.2, shifts 23, p fewer 0.043, p more 1.000`, each as the language
/// writes it.
fn counts(lang: Language, text: &str) -> Option<[String; 5]> {
    let mut parts = text.split(", ");
    let mut next = |name: &str| -> Option<String> {
        let value = parts.next()?.strip_prefix(name)?;
        value.parse::<f64>().ok().filter(|value| value.is_finite())?;
        Some(value.replace('.', lang.pick(",", ".")))
    };
    Some([
        next("common minutes ")?,
        next("expected ")?,
        next("shifts ")?,
        next("p fewer ")?,
        next("p more ")?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_and_anything_else_is_not() {
        let text = "common minutes 0, expected 4.2, shifts 23, p fewer 0.043, p more 1.000";
        let read = |lang| counts(lang, text);
        let french = ["0", "4,2", "23", "0,043", "1,000"].map(String::from);
        let english = ["0", "4.2", "23", "0.043", "1.000"].map(String::from);
        assert_eq!(read(Language::French), Some(french));
        assert_eq!(read(Language::English), Some(english));
        assert_eq!(counts(Language::French, "common minutes #panic(), expected 4"), None);
        assert_eq!(counts(Language::French, ""), None);
    }
}
