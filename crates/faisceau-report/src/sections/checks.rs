//! Section 10: what was checked of the exhibits themselves: second clocks, signatures, and the
//! answers that the case holds.

use faisceau_model::rows::{ClockCheck, Signature};
use faisceau_model::{ClockVerdict, Maybe, SignatureState};

use crate::french::{count, counted, instant};
use crate::index::{Index, cut, exhibit_id};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("Horloges".into())];
    let mut paragraph = prose(&index.words.prose.clocks);
    paragraph.extend(clocks_said(index, w));
    blocks.push(Block::Paragraph(paragraph));
    let disagreeing: Vec<&ClockCheck> =
        index.input.clocks.iter().filter(|row| row.verdict == ClockVerdict::Disagrees).collect();
    if !disagreeing.is_empty() {
        blocks.push(clock_table(index, &disagreeing, w));
    }
    blocks.push(Block::Heading("Signatures".into()));
    blocks.push(Block::Paragraph(signatures_said(index, w)));
    if !index.input.signatures.is_empty() {
        blocks.push(signature_table(index, w));
    }
    blocks.push(Block::Heading("Réponses reçues".into()));
    blocks.push(Block::Paragraph(answers_said(index, w)));
    if !index.input.answers.is_empty() {
        blocks.push(answer_table(index, w));
    }
    blocks
}

fn clocks_said(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.clocks;
    let of = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    if rows.is_empty() {
        let text = "Aucune pièce ne porte de seconde horloge.";
        return vec![w.say(text, Support::one("clock_checks"))];
    }
    let text = Text::from(format!(
        "{} : {} avec l'heure déclarée, {} avec elle, {} sans heure déclarée.",
        counted(rows.len(), "seconde horloge a été lue", "secondes horloges ont été lues"),
        counted(of(ClockVerdict::Agrees), "concorde", "concordent"),
        counted(of(ClockVerdict::Disagrees), "ne concorde pas", "ne concordent pas"),
        counted(of(ClockVerdict::Alone), "reste", "restent"),
    ));
    let support = Support::one("clock_checks")
        .and("clock_checks?verdict=agrees")
        .and("clock_checks?verdict=disagrees")
        .and("clock_checks?verdict=alone");
    vec![w.say(text, support)]
}

fn clock_table(index: &Index<'_>, rows: &[&ClockCheck], w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Pièce", 2),
        column("Compte", 6),
        column("Horloge", 5),
        column("Heure déclarée", 6),
        column("Heure de l'horloge", 6),
        column("Écart", 4),
    ];
    let total = rows.len();
    // The widest differences first: they are what a reader looks for.
    let mut sorted: Vec<&ClockCheck> = rows.to_vec();
    sorted.sort_by_key(|row| {
        let width = row.difference.known().map_or(0, |ms| ms.unsigned_abs());
        (std::cmp::Reverse(width), row.exhibit, &row.id)
    });
    let cells = sorted.into_iter().map(|row| {
        let clock = Text::from(index.words.clock(&row.scheme));
        let clock = if row.client_made { clock.plain(", posée par l'appareil") } else { clock };
        let cells = vec![
            row.exhibit.to_string().into(),
            index.name_and_key(&row.account),
            clock,
            row.declared.known().map_or("–".into(), |at| instant(*at).into()),
            instant(row.implied).into(),
            row.difference.known().map_or("–".into(), |ms| duration(*ms).into()),
        ];
        (cells, Support::one(&row.id).and(row.row.as_str()))
    });
    let selection = "clock_checks?verdict=disagrees";
    let limit = Limit::of(SHOWN, ["discordance", "discordances"], selection);
    w.table("Heures déclarées que contredit une seconde horloge", columns, cells, total, limit)
}

/// A signed length of time in its two largest units.
fn duration(ms: i64) -> String {
    let sign = if ms < 0 { "−" } else { "+" };
    let seconds = ms.unsigned_abs() / 1000;
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{sign}{rest}\u{a0}s"),
        (0, 0, _) => format!("{sign}{minutes}\u{a0}min {rest}\u{a0}s"),
        (0, ..) => format!("{sign}{hours}\u{a0}h {minutes}\u{a0}min"),
        _ => format!("{sign}{days}\u{a0}j {hours}\u{a0}h"),
    }
}

fn signatures_said(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.signatures;
    if rows.is_empty() {
        return vec![w.say("Aucune pièce ne porte de signature.", Support::one("signatures"))];
    }
    let of = |state| rows.iter().filter(|row| row.state == state).count();
    let text = Text::from(format!(
        "{} : {}, {}, {}, {}.",
        counted(rows.len(), "signature a été lue", "signatures ont été lues"),
        counted(of(SignatureState::Good), "vérifiée", "vérifiées"),
        counted(of(SignatureState::Bad), "fausse", "fausses"),
        counted(
            of(SignatureState::NoKey),
            "sans clé pour la vérifier",
            "sans clé pour les vérifier"
        ),
        counted(of(SignatureState::Malformed), "illisible", "illisibles"),
    ));
    let support = Support::one("signatures")
        .and("signatures?state=good")
        .and("signatures?state=bad")
        .and("signatures?state=no_key")
        .and("signatures?state=malformed");
    let mut out = vec![w.say(text, support)];
    out.extend(prose(&index.words.prose.signatures));
    out
}

fn signature_table(index: &Index<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Pièce", 2),
        column("État", 4),
        column("Clé", 8),
        column("Nom que la clé se donne", 6),
        column("Constat", 8),
    ];
    let rows = index.input.signatures;
    let cells = rows.iter().map(|row: &Signature| {
        let key = match (&row.key, &row.key_exhibit) {
            (Maybe::Known(key), Maybe::Known(exhibit)) => {
                Text::new().code(cut(key)).plain(format!(" (pièce {exhibit})"))
            }
            (Maybe::Known(key), Maybe::Missing(_)) => Text::new().code(cut(key)),
            (Maybe::Missing(_), _) => "–".into(),
        };
        let cells = vec![
            row.exhibit.to_string().into(),
            index.words.signature(row.state.as_str()).into(),
            key,
            row.signer.known().map_or("–".into(), |name| Text::new().quoted(name, 60)),
            Text::new().quoted(&row.detail, 120),
        ];
        (cells, Support::one(&row.id))
    });
    let limit = Limit::of(SHOWN, ["signature", "signatures"], "signatures");
    w.table("Signatures que portent les pièces", columns, cells, rows.len(), limit)
}

fn answers_said(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.answers;
    let mut out = Vec::new();
    if rows.is_empty() {
        let text = "Aucune pièce n'est désignée comme la réponse à une demande.";
        out.push(w.say(text, Support::one("answers")));
    } else {
        let text = format!(
            "Le dossier désigne {}.",
            counted(rows.len(), "réponse à une demande", "réponses à des demandes")
        );
        out.push(w.say(text, Support::one("answers")));
    }
    if index.input.subscribers > 0 {
        let text = format!(
            "{} dans la table subscribers, comptes de la partie compris, que cette note ne reproduit pas.",
            counted(
                index.input.subscribers as usize,
                "donnée d'abonné déclarée par un destinataire figure",
                "données d'abonné déclarées par des destinataires figurent",
            )
        );
        out.push(w.say(text, Support::one("subscribers")));
        out.extend(prose(&index.words.prose.subscribers));
    }
    out
}

fn answer_table(index: &Index<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Pièce", 2),
        column("Demande", 10),
        numbers("Enregis\u{ad}trements lus", 4),
        numbers("Connexions", 4),
        numbers("avec port et seconde", 4),
        numbers("Données d'abonné", 4),
    ];
    let rows = index.input.answers;
    let cells = rows.iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&row.request, 120),
            count(row.read).into(),
            count(row.connections).into(),
            count(row.usable).into(),
            count(row.subscribers).into(),
        ];
        (cells, Support::one(&row.id).and(exhibit_id(row.exhibit)))
    });
    let limit = Limit::of(SHOWN, ["réponse", "réponses"], "answers");
    w.table("Réponses, et ce que chacune a donné", columns, cells, rows.len(), limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_said_in_two_units() {
        assert_eq!(duration(3_600_000), "+1\u{a0}h 0\u{a0}min");
        assert_eq!(duration(-59_999), "−59\u{a0}s");
        assert_eq!(duration(i64::MIN), "−106751991167\u{a0}j 7\u{a0}h");
        assert_eq!(duration(61_000), "+1\u{a0}min 1\u{a0}s");
    }
}
