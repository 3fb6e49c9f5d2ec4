//! How the exhibits were gathered and by what they are dated.

use std::collections::BTreeSet;

use faisceau_model::ExhibitNo;
use jiff::Timestamp;

use crate::french::{counted, instant, list};
use crate::index::{Index, cut, exhibit_id};
use crate::model::Block;
use crate::provenance::{Collection, Intake, Package, Seal, Stamp, StampShows, StampedThing};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 20;
const NAMES: usize = 4;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let input = index.input.provenance;
    let mut blocks = vec![Block::Heading("Recueil et datation des pièces".into())];
    let mut paragraph: Vec<Statement> = intake(&input.intakes, w).into_iter().collect();
    paragraph.push(collected(&input.collections, w));
    paragraph.push(stamped(&input.stamps, w));
    paragraph.extend(prose(&index.words.prose.provenance));
    blocks.push(Block::Paragraph(paragraph));
    if !input.collections.is_empty() {
        blocks.push(collections(index, &input.collections, w));
    }
    if !input.packages.is_empty() {
        blocks.push(packages(index, &input.packages, w));
    }
    if !input.stamps.is_empty() {
        blocks.push(stamps(index, &input.stamps, w));
        blocks.push(Block::Paragraph(prose(&index.words.prose.stamps)));
    }
    blocks
}

/// An instant of the journal in words, to the second; the text as it stands if it is none.
fn said(at: &str) -> String {
    let moment = at.parse::<Timestamp>().ok();
    let moment = moment.and_then(|at| faisceau_model::Moment::from_unix_seconds(at.as_second()));
    moment.map_or_else(|| cut(at), instant)
}

fn line(seq: u64) -> String {
    format!("jrn:{seq}")
}

fn intake(rows: &[Intake], w: &mut Writer) -> Option<Statement> {
    let (first, last) = (
        rows.iter().min_by(|a, b| (&a.at, a.seq).cmp(&(&b.at, b.seq)))?,
        rows.iter().max_by(|a, b| (&a.at, a.seq).cmp(&(&b.at, b.seq)))?,
    );
    let who: BTreeSet<String> = rows
        .iter()
        .map(|row| if row.who == "unknown" { String::new() } else { cut(&row.who) })
        .collect();
    let mut text = Text::from(format!(
        "{} au dossier, d'après l'horloge de la machine, ",
        counted(rows.len(), "pièce est versée", "pièces sont versées"),
    ));
    text = if first.at == last.at {
        text.plain(format!("le {}", said(&first.at)))
    } else {
        text.plain(format!("entre le {} et le {}", said(&first.at), said(&last.at)))
    };
    let named: Vec<&String> = who.iter().filter(|name| !name.is_empty()).collect();
    if named.is_empty() {
        text = text.plain(", sans que le journal nomme qui l'a fait");
    } else {
        let names = named.iter().take(NAMES).map(|name| Text::new().quoted(name, 48));
        text = text.plain(", par ").then(Text::join(names, ", "));
        if named.len() > NAMES {
            text = text.plain(format!(" et {}", counted(named.len() - NAMES, "autre", "autres")));
        }
    }
    let support = Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal");
    Some(w.say(text.plain("."), support))
}

fn collected(rows: &[Collection], w: &mut Writer) -> Statement {
    if rows.is_empty() {
        let text = "Aucune n'a été recueillie en ligne par le programme : toutes lui ont été remises sous forme de fichiers.";
        return w.say(text, Support::one("set:case.journal"));
    }
    let exhibits: BTreeSet<ExhibitNo> = rows.iter().flat_map(|row| row.exhibits.clone()).collect();
    let text = format!(
        "{} en ligne par le programme, en {}.",
        counted(exhibits.len(), "pièce a été recueillie", "pièces ont été recueillies"),
        counted(rows.len(), "collecte", "collectes"),
    );
    w.say(text, Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal"))
}

fn stamped(rows: &[Stamp], w: &mut Writer) -> Statement {
    if rows.is_empty() {
        let text = "Aucune n'est horodatée par un tiers.";
        return w.say(text, Support::one("set:case.journal"));
    }
    let of = |exhibits: bool| {
        let own = |row: &&Stamp| matches!(row.over, StampedThing::Exhibit(_)) == exhibits;
        rows.iter().filter(own).count()
    };
    let text = format!(
        "{} d'un tiers, {} sur des pièces et {} sur le journal.",
        counted(rows.len(), "horodatage a été obtenu", "horodatages ont été obtenus"),
        crate::french::count(of(true)),
        crate::french::count(of(false)),
    );
    w.say(text, Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal"))
}

fn exhibit_list(numbers: &[ExhibitNo]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    if texts.is_empty() { "–".to_owned() } else { list(&texts, 6) }
}

fn collections(index: &Index<'_>, rows: &[Collection], w: &mut Writer) -> Block {
    let columns = vec![
        column("Pièces", 3),
        column("Ce qui a été demandé", 5),
        column("Début ; fin (horloge de la machine)", 9),
        column("Par", 3),
        column("Navigateur ; images de pages ; sans réponse", 7),
    ];
    let cells = rows.iter().map(|row| {
        let mut how = Text::new();
        if !row.browser.is_empty() {
            how = how.data(&row.browser, 40).plain(" ; ");
        }
        let how = how.plain(format!(
            "{} ; {}",
            counted(usize::try_from(row.captures).unwrap_or(0), "image", "images"),
            counted(
                usize::try_from(row.without_answer).unwrap_or(0),
                "demande sans réponse",
                "demandes sans réponse"
            ),
        ));
        let cells = vec![
            exhibit_list(&row.exhibits).into(),
            index.words.collected(&cut(&row.source)).into(),
            format!("{} ; {}", said(&row.began), said(&row.ended)).into(),
            if row.who == "unknown" { "–".into() } else { Text::new().data(&row.who, 40) },
            how,
        ];
        let support =
            Support::one(line(row.seq)).and_all(row.exhibits.iter().map(|no| exhibit_id(*no)));
        (cells, support)
    });
    let all = Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal");
    let limit = Limit::listed(SHOWN, ["collecte", "collectes"], all);
    w.table("Collectes en ligne, d'après le journal", columns, cells, rows.len(), limit)
}

fn stamps(index: &Index<'_>, rows: &[Stamp], w: &mut Writer) -> Block {
    let columns = vec![
        column("Sur quoi", 5),
        column("Instant déclaré par le tiers", 8),
        column("Tiers interrogé", 8),
        column("Ce que le jeton montre", 9),
        column("Se dit qualifié", 3),
    ];
    let cells = rows.iter().map(|row| {
        let (over, support) = match row.over {
            StampedThing::Exhibit(no) => {
                (format!("pièce {no}"), Support::one(line(row.seq)).and(exhibit_id(no)))
            }
            StampedThing::Journal(at) => {
                (format!("journal, ligne {at}"), Support::one(line(row.seq)).and(line(at)))
            }
        };
        let shows = match &row.shows {
            StampShows::Holds => Text::from(index.words.stamp("holds")),
            StampShows::NoRoot => Text::from(index.words.stamp("no_root")),
            StampShows::Broken(why) => {
                Text::from(index.words.stamp("broken")).plain(" : ").quoted(why, 120)
            }
        };
        let cells = vec![
            over.into(),
            if row.at.is_empty() { "illisible".into() } else { said(&row.at).into() },
            Text::new().data(&row.asked, 60),
            shows,
            if row.states_qualified { "oui" } else { "non" }.into(),
        ];
        (cells, support)
    });
    let all = Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal");
    let limit = Limit::listed(SHOWN, ["horodatage", "horodatages"], all);
    w.table("Horodatages obtenus de tiers (RFC 3161)", columns, cells, rows.len(), limit)
}

fn packages(index: &Index<'_>, rows: &[Package], w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Pièce", 2),
        numbers("Pages", 2),
        column("Contenu conforme à sa liste et à son sceau", 6),
        column("Créée le, selon elle-même", 6),
        column("Scellée par, selon elle-même", 8),
    ];
    let cells = rows.iter().map(|row| {
        let seal = match &row.seal {
            Seal::None => Text::from(index.words.stamp("seal_none")),
            Seal::Digest => Text::from(index.words.stamp("seal_digest")),
            Seal::Key(sum) => Text::from(index.words.stamp("seal_key")).plain(" ").code(cut(sum)),
            Seal::Domain(domain) => {
                Text::from(index.words.stamp("seal_domain")).plain(" ").data(domain, 60)
            }
        };
        let cells = vec![
            row.exhibit.to_string().into(),
            crate::french::count(row.pages).into(),
            if row.intact { "oui".into() } else { Text::new().strong("non") },
            if row.created.is_empty() {
                "–".into()
            } else {
                Text::new().data(&said(&row.created), 60)
            },
            seal,
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let all = Support::every(rows.iter().map(|row| exhibit_id(row.exhibit)), "exhibits");
    let limit = Limit::listed(SHOWN, ["archive de pages", "archives de pages"], all);
    w.table("Archives de pages (WACZ)", columns, cells, rows.len(), limit)
}
