//! Section 10: what was checked of the exhibits themselves: second clocks, signatures, and the
//! answers that the case holds.

use faisceau_model::rows::{ClockCheck, Signature};
use faisceau_model::{ClockVerdict, Maybe, SignatureState};

use crate::index::{Index, cut, exhibit_id};
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let mut blocks = vec![Block::Heading(lang.pick("Horloges", "Clocks").into())];
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
    blocks.push(Block::Heading(lang.pick("Réponses reçues", "Answers received").into()));
    blocks.push(Block::Paragraph(answers_said(index, w)));
    if !index.input.answers.is_empty() {
        blocks.push(answer_table(index, w));
    }
    blocks
}

fn clocks_said(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let rows = index.input.clocks;
    let of = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    if rows.is_empty() {
        let text = lang.pick(
            "Aucune pièce ne porte de seconde horloge.",
            "No exhibit carries a second clock.",
        );
        return vec![w.say(text, Support::one("clock_checks"))];
    }
    let text = said!(
        lang,
        "{} : {} avec l'heure déclarée, {} avec elle, {} sans heure déclarée.",
        "{}: {} with the declared time, {} with it, {} without a declared time.",
        lang.counted(
            rows.len(),
            ["seconde horloge a été lue", "secondes horloges ont été lues"],
            ["reading of a second clock was made", "readings of a second clock were made"]
        ),
        lang.counted(of(ClockVerdict::Agrees), ["concorde", "concordent"], ["agrees", "agree"]),
        lang.counted(
            of(ClockVerdict::Disagrees),
            ["ne concorde pas", "ne concordent pas"],
            ["does not agree", "do not agree"]
        ),
        lang.counted(of(ClockVerdict::Alone), ["reste", "restent"], ["remains", "remain"]),
    );
    let support = Support::one("clock_checks")
        .and("clock_checks?verdict=agrees")
        .and("clock_checks?verdict=disagrees")
        .and("clock_checks?verdict=alone");
    vec![w.say(text, support)]
}

fn clock_table(index: &Index<'_>, rows: &[&ClockCheck], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("Compte", "Account"), 6),
        column(lang.pick("Horloge", "Clock"), 5),
        column(lang.pick("Heure déclarée", "Declared time"), 6),
        column(lang.pick("Heure de l'horloge", "Time by the clock"), 6),
        column(lang.pick("Écart", "Difference"), 4),
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
        let made = lang.pick(", posée par l'appareil", ", set by the device");
        let clock = if row.client_made { clock.plain(made) } else { clock };
        let cells = vec![
            row.exhibit.to_string().into(),
            index.name_and_key(&row.account),
            clock,
            row.declared.known().map_or("–".into(), |at| lang.instant(*at).into()),
            lang.instant(row.implied).into(),
            row.difference.known().map_or("–".into(), |ms| duration(lang, *ms).into()),
        ];
        (cells, Support::one(&row.id).and(row.row.as_str()))
    });
    let selection = "clock_checks?verdict=disagrees";
    let nouns = lang.pick(["discordance", "discordances"], ["discrepancy", "discrepancies"]);
    let limit = Limit::of(SHOWN, nouns, selection);
    let caption = lang.pick(
        "Heures déclarées que contredit une seconde horloge",
        "Declared times that a second clock contradicts",
    );
    w.table(caption, columns, cells, total, limit)
}

/// A signed length of time in its two largest units.
fn duration(lang: Language, ms: i64) -> String {
    let day = lang.pick("j", "d");
    let sign = if ms < 0 { "−" } else { "+" };
    let seconds = ms.unsigned_abs() / 1000;
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{sign}{rest}\u{a0}s"),
        (0, 0, _) => format!("{sign}{minutes}\u{a0}min {rest}\u{a0}s"),
        (0, ..) => format!("{sign}{hours}\u{a0}h {minutes}\u{a0}min"),
        _ => format!("{sign}{days}\u{a0}{day} {hours}\u{a0}h"),
    }
}

fn signatures_said(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let rows = index.input.signatures;
    if rows.is_empty() {
        let text =
            lang.pick("Aucune pièce ne porte de signature.", "No exhibit carries a signature.");
        return vec![w.say(text, Support::one("signatures"))];
    }
    let of = |state| rows.iter().filter(|row| row.state == state).count();
    let text = said!(
        lang,
        "{} : {}, {}, {}, {}.",
        "{}: {}, {}, {}, {}.",
        lang.counted(
            rows.len(),
            ["signature a été lue", "signatures ont été lues"],
            ["signature was read", "signatures were read"]
        ),
        lang.counted(of(SignatureState::Good), ["vérifiée", "vérifiées"], ["verified", "verified"]),
        lang.counted(of(SignatureState::Bad), ["fausse", "fausses"], ["false", "false"]),
        lang.counted(
            of(SignatureState::NoKey),
            ["sans clé pour la vérifier", "sans clé pour les vérifier"],
            ["without a key to verify it", "without a key to verify them"]
        ),
        lang.counted(
            of(SignatureState::Malformed),
            ["illisible", "illisibles"],
            ["that could not be read", "that could not be read"]
        ),
    );
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
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("État", "State"), 4),
        column(lang.pick("Clé", "Key"), 8),
        column(lang.pick("Nom que la clé se donne", "Name the key gives itself"), 6),
        column(lang.pick("Constat", "Finding"), 8),
    ];
    let rows = index.input.signatures;
    let cells = rows.iter().map(|row: &Signature| {
        let key = match (&row.key, &row.key_exhibit) {
            (Maybe::Known(key), Maybe::Known(exhibit)) => {
                let held = said!(lang, " (pièce {exhibit})", " (exhibit {exhibit})");
                Text::new().code(cut(key)).plain(held)
            }
            (Maybe::Known(key), Maybe::Missing(_)) => Text::new().code(cut(key)),
            (Maybe::Missing(_), _) => "–".into(),
        };
        let cells = vec![
            row.exhibit.to_string().into(),
            index.words.signature(row.state.as_str()).into(),
            key,
            row.signer.known().map_or("–".into(), |name| Text::new().quoted(lang, name, 60)),
            Text::new().quoted(lang, &row.detail, 120),
        ];
        (cells, Support::one(&row.id))
    });
    let limit = Limit::of(SHOWN, ["signature", "signatures"], "signatures");
    let caption =
        lang.pick("Signatures que portent les pièces", "Signatures that the exhibits carry");
    w.table(caption, columns, cells, rows.len(), limit)
}

fn answers_said(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let rows = index.input.answers;
    let mut out = Vec::new();
    if rows.is_empty() {
        let text = lang.pick(
            "Aucune pièce n'est désignée comme la réponse à une demande.",
            "No exhibit is designated as the answer to a request.",
        );
        out.push(w.say(text, Support::one("answers")));
    } else {
        let text = said!(
            lang,
            "Le dossier désigne {}.",
            "The case names {}.",
            lang.counted(
                rows.len(),
                ["réponse à une demande", "réponses à des demandes"],
                ["answer to a request", "answers to requests"]
            )
        );
        out.push(w.say(text, Support::one("answers")));
    }
    if index.input.subscribers > 0 {
        let text = said!(
            lang,
            "{} dans la table subscribers, comptes de la partie compris, que cette note ne reproduit pas.",
            "{} in the table subscribers, accounts of the party included; this note does not reproduce that table.",
            lang.counted(
                index.input.subscribers as usize,
                [
                    "donnée d'abonné déclarée par un destinataire figure",
                    "données d'abonné déclarées par des destinataires figurent",
                ],
                [
                    "item of subscriber data declared by an addressee appears",
                    "items of subscriber data declared by addressees appear",
                ],
            )
        );
        out.push(w.say(text, Support::one("subscribers")));
        out.extend(prose(&index.words.prose.subscribers));
    }
    out
}

fn answer_table(index: &Index<'_>, w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("Demande", "Request"), 10),
        numbers(lang.pick("Enregis\u{ad}trements lus", "Records read"), 4),
        numbers(lang.pick("Connexions", "Connec\u{ad}tions"), 4),
        numbers(lang.pick("avec port et seconde", "with port and second"), 4),
        numbers(lang.pick("Données d'abonné", "Subscriber data"), 4),
    ];
    let rows = index.input.answers;
    let cells = rows.iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&row.request, 120),
            lang.count(row.read).into(),
            lang.count(row.connections).into(),
            lang.count(row.usable).into(),
            lang.count(row.subscribers).into(),
        ];
        (cells, Support::one(&row.id).and(exhibit_id(row.exhibit)))
    });
    let nouns = lang.pick(["réponse", "réponses"], ["answer", "answers"]);
    let limit = Limit::of(SHOWN, nouns, "answers");
    let caption =
        lang.pick("Réponses, et ce que chacune a donné", "Answers, and what each of them gave");
    w.table(caption, columns, cells, rows.len(), limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_said_in_two_units() {
        let french = |ms| duration(Language::French, ms);
        assert_eq!(french(3_600_000), "+1\u{a0}h 0\u{a0}min");
        assert_eq!(french(-59_999), "−59\u{a0}s");
        assert_eq!(french(i64::MIN), "−106751991167\u{a0}j 7\u{a0}h");
        assert_eq!(french(61_000), "+1\u{a0}min 1\u{a0}s");
        assert_eq!(duration(Language::English, 90_000_000), "+1\u{a0}d 1\u{a0}h");
    }
}
