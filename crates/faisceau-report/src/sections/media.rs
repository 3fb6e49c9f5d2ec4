//! Section 6 ter: what images, videos and documents still say of themselves.
//!
//! In: the rows of `media`. Out: how many say anything, the files that name a device, a document or a
//! way that they came, and how many positions are kept back. A position is printed only of an
//! examined account: `position_protected` is obeyed here, and nowhere else is one printed.

use faisceau_model::rows::Media;
use faisceau_model::{Maybe, Precision, ZoneSource};

use crate::french::{counted, decimal};
use crate::index::Index;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::{Catalogue, prose};
use crate::writer::{Limit, Writer, column, numbers};

/// Files shown.
const SHOWN: usize = 20;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut paragraph = vec![counts(index, w)];
    paragraph.extend(silent(index, w));
    paragraph.extend(previews(index, w));
    paragraph.extend(clocks(index, w));
    paragraph.extend(protected(index, w));
    let mut blocks =
        vec![Block::Paragraph(paragraph), Block::Paragraph(prose(&index.words.prose.media))];
    blocks.extend(table(index, w));
    blocks.push(Block::Paragraph(prose(&index.words.prose.media_innocent)));
    blocks
}

/// Whether a file says who or what made it, or which way it came.
fn tells(row: &Media) -> bool {
    let texts = [
        &row.body_serial,
        &row.lens_serial,
        &row.unique_id,
        &row.document_id,
        &row.content_id,
        &row.owner,
        &row.computer,
        &row.credentials,
        &row.model,
    ];
    let traced = row.traces.iter().any(|trace| !trace.starts_with("stripped:"));
    texts.iter().any(|text| text.known().is_some()) || row.taken.known().is_some() || traced
}

fn counts(index: &Index<'_>, w: &mut Writer) -> Statement {
    let rows = index.input.media;
    let of = |has: fn(&Media) -> bool| rows.iter().filter(|row| has(row)).count();
    let text = format!(
        "Le dossier contient {}. {} un appareil par son numéro de série, {} l'identifiant d'un \
         document de logiciel (XMP), {} des mentions de provenance signées (C2PA).",
        counted(
            rows.len(),
            "ligne d'image, de vidéo ou de document",
            "lignes d'images, de vidéos ou de documents"
        ),
        counted(of(|row| row.body_serial.known().is_some()), "nomme", "nomment"),
        counted(of(|row| row.document_id.known().is_some()), "porte", "portent"),
        counted(of(|row| row.credentials.known().is_some()), "porte", "portent"),
    );
    let support = Support::one("media")
        .and("media?body_serial=*")
        .and("media?document_id=*")
        .and("media?credentials=*");
    w.say(text, support)
}

/// Absence is said, for it proves nothing.
fn silent(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| !tells(row)).collect();
    let text = format!(
        "{} rien de leur origine : les grandes plateformes effacent ces mentions, et leur absence \
         n'établit rien. L'original peut être demandé à la plateforme ou à celui qui l'a reçu.",
        counted(rows.len(), "fichier ne dit", "fichiers ne disent"),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media");
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn previews(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let differs = |row: &&Media| row.preview_differs == Maybe::Known(true);
    let rows: Vec<&Media> = index.input.media.iter().filter(differs).collect();
    let text = format!(
        "Dans {}, la vignette enregistrée montre autre chose que l'image : l'image peut avoir été recadrée \
         ou retouchée sans que la vignette le soit ; les deux sont à comparer à l'œil.",
        counted(rows.len(), "fichier", "fichiers"),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media");
    (!rows.is_empty()).then(|| w.say(text, support))
}

/// Whether the clock of the camera and that of its receiver cannot both be right: ten minutes, or,
/// where only the day is known, more than the farthest zones are apart.
fn clocks_disagree(row: &Media) -> bool {
    let (Maybe::Known(taken), Maybe::Known(receiver)) = (row.taken, row.receiver) else {
        return false;
    };
    let apart = (taken.at_s() - receiver.at_s()).abs();
    match (taken.precision() <= Precision::Second, taken.zone()) {
        (true, ZoneSource::Explicit | ZoneSource::Inferred) => apart > 600,
        (true, _) => apart > 26 * 3600,
        (false, _) => apart > 50 * 3600,
    }
}

fn clocks(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| clocks_disagree(row)).collect();
    let text = format!(
        "Dans {}, l'horloge de l'appareil et celle de son récepteur satellite se contredisent : l'une \
         est fausse, ou la position vient d'un autre moment.",
        counted(rows.len(), "fichier", "fichiers"),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media");
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn protected(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| row.position_protected).collect();
    let text = format!(
        "{} une position géographique qui n'est pas celle d'un compte examiné : elle n'est pas \
         imprimée ici, et doit être occultée avant toute communication de la pièce.",
        counted(rows.len(), "fichier porte", "fichiers portent"),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media?position_protected=true");
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn table(index: &Index<'_>, w: &mut Writer) -> Option<Block> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| tells(row)).collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        numbers("Pièce", 2),
        column("Compte", 9),
        column("Fichier", 8),
        column("Pris le (UTC)", 6),
        column("Appareil", 8),
        column("Logiciel, nom inscrit", 6),
        column("Identifiants", 8),
        column("Provenance supposée", 7),
    ];
    let cells = rows.iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            row.account.known().map_or("–".into(), |key| index.name(key)),
            Text::new().code(&row.name),
            row.taken.known().map_or("–".into(), |at| at.to_string().into()),
            device(row),
            program(row),
            ids(row),
            way(index.words, row),
        ];
        (cells, Support::one(&row.id))
    });
    let limit = Limit::of(SHOWN, ["fichier", "fichiers"], "media");
    Some(w.table("Ce que disent les fichiers d'eux-mêmes", columns, cells, rows.len(), limit))
}

fn device(row: &Media) -> Text {
    let named = [(&row.make, ""), (&row.model, ""), (&row.body_serial, "n° "), (&row.computer, "")];
    let mut parts = said(named.into_iter());
    if !row.position_protected
        && let (Maybe::Known(latitude), Maybe::Known(longitude)) = (row.latitude, row.longitude)
    {
        parts.push(format!("{} / {}", decimal(latitude, 4), decimal(longitude, 4)).into());
    }
    joined(parts)
}

fn program(row: &Media) -> Text {
    joined(said([(&row.software, ""), (&row.owner, "nom inscrit ")].into_iter()))
}

fn ids(row: &Media) -> Text {
    joined(said(
        [
            (&row.unique_id, "image "),
            (&row.document_id, "document "),
            (&row.original_document_id, "issu de "),
            (&row.content_id, "prise "),
        ]
        .into_iter(),
    ))
}

fn said<'a>(values: impl Iterator<Item = (&'a Maybe<String>, &'a str)>) -> Vec<Text> {
    let known = values.filter_map(|(value, label)| Some((value.known()?, label)));
    known.map(|(value, label)| Text::from(label).data(value, 48)).collect()
}

fn joined(parts: Vec<Text>) -> Text {
    if parts.is_empty() { "–".into() } else { Text::join(parts, " ; ") }
}

/// The traces in words, and what checking signed statements gave.
fn way(words: &Catalogue, row: &Media) -> Text {
    let traces = row.traces.iter().map(|trace| {
        let (kind, of) = trace.split_once(':').unwrap_or((trace.as_str(), ""));
        let text = Text::from(words.trace(kind));
        if of == "unknown" { text } else { text.plain(" ").data(of, 30) }
    });
    let credentials = row
        .credentials
        .known()
        .map(|state| Text::from(format!("mentions C2PA : {}", words.credentials(state))));
    joined(traces.chain(credentials).collect())
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Moment, Place};

    use super::*;

    #[test]
    fn clocks_disagree_where_no_zone_explains_it() {
        let row = |taken: &str, precision, zone, receiver: &str| {
            let at = |text: &str| Moment::from_rfc3339(text).unwrap();
            let taken = Moment::new(at(taken).at_us(), precision, zone).unwrap();
            Media {
                taken: Maybe::Known(taken),
                receiver: Maybe::Known(at(receiver)),
                ..Media::new(ExhibitNo::top(1), &Place::Whole, 0, String::new(), "image/jpeg")
            }
        };
        let noon = "2024-03-12T12:00:00Z";
        let disagree = |taken, precision, zone| clocks_disagree(&row(taken, precision, zone, noon));
        assert!(!disagree("2024-03-12T12:04:00Z", Precision::Second, ZoneSource::Explicit));
        assert!(disagree("2024-03-12T13:00:00Z", Precision::Second, ZoneSource::Explicit));
        assert!(!disagree("2024-03-12T23:00:00Z", Precision::Second, ZoneSource::Assumed));
        assert!(disagree("2024-03-14T23:00:00Z", Precision::Second, ZoneSource::Assumed));
        assert!(!disagree("2024-03-11T00:00:00Z", Precision::Day, ZoneSource::Assumed));
        assert!(disagree("2024-03-09T00:00:00Z", Precision::Day, ZoneSource::Assumed));
    }
}
