//! What the first page of a filed document says of itself.

use super::subjects::{Protected, Subject};
use crate::french::counted;
use crate::kind::DocumentKind;
use crate::model::{Block, Document};
use crate::sentence::{Sentence, Statement, Support};
use crate::text::Text;

/// The document with the notice: below the card of a note, at the end of an act, which begins with
/// the court and the parties. The number of its sentence follows the last one: no other moves.
pub(super) fn added(mut document: Document, subjects: &[Subject]) -> Document {
    let number = document.sentences().count() + 1;
    let sentence = Sentence::new(number, words(subjects), support(subjects));
    let block = Block::Paragraph(vec![Statement::Fact(sentence)]);
    let note = document.kind == DocumentKind::Note;
    let section = if note { document.sections.first_mut() } else { document.sections.last_mut() };
    if let Some(section) = section {
        let card = matches!(section.blocks.first(), Some(Block::Card(_)));
        let at = if note { usize::from(card) } else { section.blocks.len() };
        section.blocks.insert(at, block);
    }
    document
}

fn words(subjects: &[Subject]) -> Text {
    let of = |what: Protected| subjects.iter().filter(|s| s.protected == what).count();
    let (others, minors) = (of(Protected::ThirdParty), of(Protected::Minor));
    let text = Text::new().strong("Version destinée à être produite. ");
    if subjects.is_empty() {
        return text.plain(
            "Aucun tiers ni aucun mineur n'y est à protéger ; aucune position géographique n'y est imprimée.",
        );
    }
    let (who, examples) = match (others, minors) {
        (_, 0) => (counted(others, "tiers", "tiers"), "[Tiers 1]"),
        (0, _) => (counted(minors, "mineur", "mineurs"), "[Mineur 1]"),
        _ => {
            let others = counted(others, "tiers", "tiers");
            let minors = counted(minors, "mineur", "mineurs");
            (format!("{others} et {minors}"), "[Tiers 1], [Mineur 1]")
        }
    };
    let verb = if others + minors == 1 { "est désigné" } else { "sont désignés" };
    text.plain(format!(
        "{who} y {verb} par un pseudonyme entre crochets ({examples}), le même dans tous les documents \
         de l'affaire. Noms, pseudonymes, identifiants, adresses, numéros et liens sont remplacés, y \
         compris dans les passages cités et les noms de fichiers ; aucune position géographique n'est \
         imprimée. La clé est un fichier distinct, qui n'est pas joint à ce document.",
    ))
}

fn support(subjects: &[Subject]) -> Support {
    let listed = subjects.iter().any(|subject| !subject.listed.is_empty());
    let rows = Support::one("accounts?role=third_party");
    if listed { rows.and("set:redact.names").and("set:redact.minors") } else { rows }
}
