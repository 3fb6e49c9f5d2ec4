//! What the first page of a filed document says of itself.

use super::subjects::{Protected, Subject};
use crate::kind::DocumentKind;
use crate::language::{Language, said};
use crate::model::{Block, Document};
use crate::sentence::{Sentence, Statement, Support};
use crate::text::Text;

/// The document with the notice: below the card of a note, at the end of an act, which begins with
/// the court and the parties. The number of its sentence follows the last one: no other moves.
pub(super) fn added(mut document: Document, subjects: &[Subject]) -> Document {
    let number = document.sentences().count() + 1;
    let text = words(document.language, subjects);
    let sentence = Sentence::new(number, text, support(subjects));
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

fn words(lang: Language, subjects: &[Subject]) -> Text {
    let of = |what: Protected| subjects.iter().filter(|s| s.protected == what).count();
    let (others, minors) = (of(Protected::ThirdParty), of(Protected::Minor));
    let title = lang.pick("Version destinée à être produite. ", "Version intended to be filed. ");
    let text = Text::new().strong(title);
    if subjects.is_empty() {
        return text.plain(lang.pick(
            "Aucun tiers ni aucun mineur n'y est à protéger ; aucune position géographique n'y est imprimée.",
            "It contains no third party and no minor to protect; no geographical position is printed in it.",
        ));
    }
    let of_others = || lang.counted(others, ["tiers", "tiers"], ["third party", "third parties"]);
    let of_minors = || lang.counted(minors, ["mineur", "mineurs"], ["minor", "minors"]);
    let (other, minor) = lang.pick(("[Tiers 1]", "[Mineur 1]"), ("[Third party 1]", "[Minor 1]"));
    let (who, examples) = match (others, minors) {
        (_, 0) => (of_others(), other.to_owned()),
        (0, _) => (of_minors(), minor.to_owned()),
        _ => {
            let (others, minors) = (of_others(), of_minors());
            (
                said!(lang, "{others} et {minors}", "{others} and {minors}"),
                format!("{other}, {minor}"),
            )
        }
    };
    let verb = if others + minors == 1 {
        lang.pick("est désigné", "appears")
    } else {
        lang.pick("sont désignés", "appear")
    };
    text.plain(said!(
        lang,
        "{who} y {verb} par un pseudonyme entre crochets ({examples}), le même dans tous les documents \
         de l'affaire. Noms, pseudonymes, identifiants, adresses, numéros et liens sont remplacés, y \
         compris dans les passages cités et les noms de fichiers ; aucune position géographique n'est \
         imprimée. La clé est un fichier distinct, qui n'est pas joint à ce document.",
        "{who} {verb} in it under a pseudonym in square brackets ({examples}), whose number is the \
         same in all the documents of the case. Names, handles, identifiers, addresses, numbers and \
         web links are replaced, including in the passages quoted and in file names; no geographical \
         position is printed. The key is a separate file, which is not attached to this document.",
    ))
}

fn support(subjects: &[Subject]) -> Support {
    let listed = subjects.iter().any(|subject| !subject.listed.is_empty());
    let rows = Support::one("accounts?role=third_party");
    if listed { rows.and("set:redact.names").and("set:redact.minors") } else { rows }
}
