//! Section 6 ter: what images, videos and documents still say of themselves.
//!
//! In: the rows of `media`. Out: how many say anything, the files that name a device, a document or a
//! way that they came, and how many positions are kept back. A position is printed only of an
//! examined account: `position_protected` is obeyed here, and nowhere else is one printed.

use faisceau_model::rows::Media;
use faisceau_model::{Maybe, Precision, ZoneSource};

use crate::index::Index;
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
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
    let lang = index.lang;
    let carry = |n| lang.counted(n, ["porte", "portent"], ["carries", "carry"]);
    let text = said!(
        lang,
        "Le dossier contient {}. {} un appareil par son numéro de série, {} l'identifiant d'un \
         document de logiciel (XMP), {} des mentions de provenance signées (C2PA).",
        "The case contains {}. {} a device by its serial number, {} the identifier of a software \
         document (XMP), {} signed provenance metadata (C2PA).",
        lang.counted(
            rows.len(),
            [
                "ligne d'image, de vidéo ou de document",
                "lignes d'images, de vidéos ou de documents"
            ],
            ["row of an image, a video or a document", "rows of images, videos or documents"]
        ),
        lang.counted(
            of(|row| row.body_serial.known().is_some()),
            ["nomme", "nomment"],
            ["names", "name"]
        ),
        carry(of(|row| row.document_id.known().is_some())),
        carry(of(|row| row.credentials.known().is_some())),
    );
    let support = Support::one("media")
        .and("media?body_serial=*")
        .and("media?document_id=*")
        .and("media?credentials=*");
    w.say(text, support)
}

/// Absence is said, for it establishes nothing.
fn silent(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| !tells(row)).collect();
    let lang = index.lang;
    let text = said!(
        lang,
        "{} rien de leur origine : les grandes plateformes effacent ces mentions, et leur absence \
         n'établit rien. L'original peut être demandé à la plateforme ou à celui qui l'a reçu.",
        "{}: the large platforms remove such metadata, and their absence establishes nothing. \
         The original may be requested from the platform or from whoever received it.",
        lang.counted(
            rows.len(),
            ["fichier ne dit", "fichiers ne disent"],
            ["file says nothing of its origin", "files say nothing of their origin"]
        ),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media");
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn files(lang: Language, n: usize) -> String {
    lang.counted(n, ["fichier", "fichiers"], ["file", "files"])
}

fn previews(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let differs = |row: &&Media| row.preview_differs == Maybe::Known(true);
    let rows: Vec<&Media> = index.input.media.iter().filter(differs).collect();
    let text = said!(
        index.lang,
        "Dans {}, la vignette enregistrée montre autre chose que l'image : l'image peut avoir été recadrée \
         ou retouchée sans que la vignette le soit ; les deux sont à comparer à l'œil.",
        "In {}, the recorded thumbnail shows something other than the image: the image may have \
         been cropped or retouched without the thumbnail being changed; the two are to be compared by \
         eye.",
        files(index.lang, rows.len()),
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
    let text = said!(
        index.lang,
        "Dans {}, l'horloge de l'appareil et celle de son récepteur satellite se contredisent : l'une \
         est fausse, ou la position vient d'un autre moment.",
        "In {}, the clock of the device and that of its satellite receiver contradict each other: \
         one of them is wrong, or the position comes from another moment.",
        files(index.lang, rows.len()),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media");
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn protected(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| row.position_protected).collect();
    let lang = index.lang;
    let text = said!(
        lang,
        "{} une position géographique qui n'est pas celle d'un compte examiné : elle n'est pas \
         imprimée ici, et doit être occultée avant toute communication de la pièce.",
        "{} a geographical position that is not that of an account under examination: it is not \
         printed here, and must be redacted before any disclosure of the exhibit.",
        lang.counted(
            rows.len(),
            ["fichier porte", "fichiers portent"],
            ["file carries", "files carry"]
        ),
    );
    let support = Support::every(rows.iter().map(|row| &row.id), "media?position_protected=true");
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn table(index: &Index<'_>, w: &mut Writer) -> Option<Block> {
    let rows: Vec<&Media> = index.input.media.iter().filter(|row| tells(row)).collect();
    if rows.is_empty() {
        return None;
    }
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("Compte", "Account"), 9),
        column(lang.pick("Fichier", "File"), 8),
        column(lang.pick("Pris le (UTC)", "Taken on (UTC)"), 6),
        column(lang.pick("Appareil", "Device"), 8),
        column(lang.pick("Logiciel, nom inscrit", "Software, name entered"), 6),
        column(lang.pick("Identifiants", "Identifiers"), 8),
        column(lang.pick("Provenance supposée", "Assumed provenance"), 7),
    ];
    let cells = rows.iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            row.account.known().map_or("–".into(), |key| index.name(key)),
            Text::new().code(&row.name),
            row.taken.known().map_or("–".into(), |at| at.to_string().into()),
            device(lang, row),
            program(lang, row),
            ids(lang, row),
            way(index, row),
        ];
        (cells, Support::one(&row.id))
    });
    let limit = Limit::of(SHOWN, lang.pick(["fichier", "fichiers"], ["file", "files"]), "media");
    let caption =
        lang.pick("Ce que disent les fichiers d'eux-mêmes", "What the files say of themselves");
    Some(w.table(caption, columns, cells, rows.len(), limit))
}

fn device(lang: Language, row: &Media) -> Text {
    let serial = lang.pick("n° ", "no. ");
    let named =
        [(&row.make, ""), (&row.model, ""), (&row.body_serial, serial), (&row.computer, "")];
    let mut parts = labelled(named.into_iter());
    if !row.position_protected
        && let (Maybe::Known(latitude), Maybe::Known(longitude)) = (row.latitude, row.longitude)
    {
        parts
            .push(format!("{} / {}", lang.decimal(latitude, 4), lang.decimal(longitude, 4)).into());
    }
    joined(lang, parts)
}

fn program(lang: Language, row: &Media) -> Text {
    let entered = lang.pick("nom inscrit ", "name entered ");
    joined(lang, labelled([(&row.software, ""), (&row.owner, entered)].into_iter()))
}

fn ids(lang: Language, row: &Media) -> Text {
    let named = [
        (&row.unique_id, "image "),
        (&row.document_id, "document "),
        (&row.original_document_id, lang.pick("issu de ", "derived from ")),
        (&row.content_id, lang.pick("prise ", "shot ")),
    ];
    joined(lang, labelled(named.into_iter()))
}

fn labelled<'a>(values: impl Iterator<Item = (&'a Maybe<String>, &'a str)>) -> Vec<Text> {
    let known = values.filter_map(|(value, label)| Some((value.known()?, label)));
    known.map(|(value, label)| Text::from(label).data(value, 48)).collect()
}

fn joined(lang: Language, parts: Vec<Text>) -> Text {
    if parts.is_empty() { "–".into() } else { Text::join(parts, lang.pick(" ; ", "; ")) }
}

/// The traces in words, and what checking signed statements gave.
fn way(index: &Index<'_>, row: &Media) -> Text {
    let (lang, words) = (index.lang, index.words);
    let traces = row.traces.iter().map(|trace| {
        let (kind, of) = trace.split_once(':').unwrap_or((trace.as_str(), ""));
        let text = Text::from(words.trace(kind));
        if of == "unknown" { text } else { text.plain(" ").data(of, 30) }
    });
    let credentials = row.credentials.known().map(|state| {
        let state = words.credentials(state);
        Text::from(said!(lang, "mentions C2PA : {state}", "C2PA metadata: {state}"))
    });
    joined(lang, traces.chain(credentials).collect())
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
