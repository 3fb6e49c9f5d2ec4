//! How the exhibits were gathered and by what they are dated.

use std::collections::BTreeSet;

use faisceau_model::ExhibitNo;
use jiff::Timestamp;

use crate::index::{Index, cut, exhibit_id};
use crate::language::{Language, said};
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
    let heading =
        index.lang.pick("Recueil et datation des pièces", "Collection and dating of the exhibits");
    let mut blocks = vec![Block::Heading(heading.into())];
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
fn instant(lang: Language, at: &str) -> String {
    let moment = at.parse::<Timestamp>().ok();
    let moment = moment.and_then(|at| faisceau_model::Moment::from_unix_seconds(at.as_second()));
    moment.map_or_else(|| cut(at), |moment| lang.instant(moment))
}

fn line(seq: u64) -> String {
    format!("jrn:{seq}")
}

fn intake(rows: &[Intake], w: &mut Writer) -> Option<Statement> {
    let lang = w.lang;
    let (first, last) = (
        rows.iter().min_by(|a, b| (&a.at, a.seq).cmp(&(&b.at, b.seq)))?,
        rows.iter().max_by(|a, b| (&a.at, a.seq).cmp(&(&b.at, b.seq)))?,
    );
    let who: BTreeSet<String> = rows
        .iter()
        .map(|row| if row.who == "unknown" { String::new() } else { cut(&row.who) })
        .collect();
    let mut text = Text::from(said!(
        lang,
        "{} au dossier, d'après l'horloge de la machine, ",
        "{} into the case, according to the clock of the machine, ",
        lang.counted(
            rows.len(),
            ["pièce est versée", "pièces sont versées"],
            ["exhibit was entered", "exhibits were entered"]
        ),
    ));
    let (began, ended) = (instant(lang, &first.at), instant(lang, &last.at));
    text = if first.at == last.at {
        text.plain(said!(lang, "le {began}", "on {began}"))
    } else {
        text.plain(said!(lang, "entre le {began} et le {ended}", "between {began} and {ended}"))
    };
    let named: Vec<&String> = who.iter().filter(|name| !name.is_empty()).collect();
    if named.is_empty() {
        text = text.plain(lang.pick(
            ", sans que le journal nomme qui l'a fait",
            ", without the journal naming who did so",
        ));
    } else {
        let names = named.iter().take(NAMES).map(|name| Text::new().quoted(lang, name, 48));
        text = text.plain(lang.pick(", par ", ", by ")).then(Text::join(names, ", "));
        if named.len() > NAMES {
            let others = lang.others(named.len() - NAMES);
            text = text.plain(said!(lang, " et {others}", " and {others}"));
        }
    }
    let support = Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal");
    Some(w.say(text.plain("."), support))
}

fn collected(rows: &[Collection], w: &mut Writer) -> Statement {
    let lang = w.lang;
    if rows.is_empty() {
        let text = lang.pick(
            "Aucune n'a été recueillie en ligne par le programme : toutes lui ont été remises sous forme de fichiers.",
            "None was collected online by the program: all were handed to it as files.",
        );
        return w.say(text, Support::one("set:case.journal"));
    }
    let exhibits: BTreeSet<ExhibitNo> = rows.iter().flat_map(|row| row.exhibits.clone()).collect();
    let text = said!(
        lang,
        "{} en ligne par le programme, en {}.",
        "{} online by the program, in {}.",
        lang.counted(
            exhibits.len(),
            ["pièce a été recueillie", "pièces ont été recueillies"],
            ["exhibit was collected", "exhibits were collected"]
        ),
        lang.counted(rows.len(), ["collecte", "collectes"], ["collection", "collections"]),
    );
    w.say(text, Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal"))
}

fn stamped(rows: &[Stamp], w: &mut Writer) -> Statement {
    let lang = w.lang;
    if rows.is_empty() {
        let text = lang
            .pick("Aucune n'est horodatée par un tiers.", "None is time-stamped by a third party.");
        return w.say(text, Support::one("set:case.journal"));
    }
    let of = |exhibits: bool| {
        let own = |row: &&Stamp| matches!(row.over, StampedThing::Exhibit(_)) == exhibits;
        rows.iter().filter(own).count()
    };
    let text = said!(
        lang,
        "{} d'un tiers, {} sur des pièces et {} sur le journal.",
        "{} from a third party, {} over exhibits and {} over the journal.",
        lang.counted(
            rows.len(),
            ["horodatage a été obtenu", "horodatages ont été obtenus"],
            ["time stamp was obtained", "time stamps were obtained"]
        ),
        lang.count(of(true)),
        lang.count(of(false)),
    );
    w.say(text, Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal"))
}

fn exhibit_list(lang: Language, numbers: &[ExhibitNo]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    if texts.is_empty() { "–".to_owned() } else { lang.list(&texts, 6) }
}

fn collections(index: &Index<'_>, rows: &[Collection], w: &mut Writer) -> Block {
    let lang = index.lang;
    let times =
        lang.pick("Début ; fin (horloge de la machine)", "Beginning; end (clock of the machine)");
    let browser = lang
        .pick("Navigateur ; images de pages ; sans réponse", "Browser; page images; unanswered");
    let columns = vec![
        column(lang.pick("Pièces", "Exhibits"), 3),
        column(lang.pick("Ce qui a été demandé", "What was asked for"), 5),
        column(times, 9),
        column(lang.pick("Par", "By"), 3),
        column(browser, 7),
    ];
    let between = lang.pick(" ; ", "; ");
    let cells = rows.iter().map(|row| {
        let mut how = Text::new();
        if !row.browser.is_empty() {
            how = how.data(&row.browser, 40).plain(between);
        }
        let images = usize::try_from(row.captures).unwrap_or(0);
        let images = lang.agreed(images, ["image", "images"]);
        let unanswered = lang.counted(
            usize::try_from(row.without_answer).unwrap_or(0),
            ["demande sans réponse", "demandes sans réponse"],
            ["unanswered request", "unanswered requests"],
        );
        let how = how.plain(format!("{images}{between}{unanswered}"));
        let (began, ended) = (instant(lang, &row.began), instant(lang, &row.ended));
        let cells = vec![
            exhibit_list(lang, &row.exhibits).into(),
            index.words.collected(&cut(&row.source)).into(),
            format!("{began}{between}{ended}").into(),
            if row.who == "unknown" { "–".into() } else { Text::new().data(&row.who, 40) },
            how,
        ];
        let support =
            Support::one(line(row.seq)).and_all(row.exhibits.iter().map(|no| exhibit_id(*no)));
        (cells, support)
    });
    let all = Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal");
    let nouns = lang.pick(["collecte", "collectes"], ["collection", "collections"]);
    let limit = Limit::listed(SHOWN, nouns, all);
    let caption = lang.pick(
        "Collectes en ligne, d'après le journal",
        "Online collections, according to the journal",
    );
    w.table(caption, columns, cells, rows.len(), limit)
}

fn stamps(index: &Index<'_>, rows: &[Stamp], w: &mut Writer) -> Block {
    let lang = index.lang;
    let stated = lang.pick("Instant déclaré par le tiers", "Instant declared by the third party");
    let columns = vec![
        column(lang.pick("Sur quoi", "Over what"), 5),
        column(stated, 8),
        column(lang.pick("Tiers interrogé", "Third party asked"), 8),
        column(lang.pick("Ce que le jeton montre", "What the token shows"), 9),
        column(lang.pick("Se dit qualifié", "Says it is qualified"), 3),
    ];
    let cells = rows.iter().map(|row| {
        let (over, support) = match row.over {
            StampedThing::Exhibit(no) => {
                let over = said!(lang, "pièce {no}", "exhibit {no}");
                (over, Support::one(line(row.seq)).and(exhibit_id(no)))
            }
            StampedThing::Journal(at) => {
                let over = said!(lang, "journal, ligne {at}", "journal, line {at}");
                (over, Support::one(line(row.seq)).and(line(at)))
            }
        };
        let shows = match &row.shows {
            StampShows::Holds => Text::from(index.words.stamp("holds")),
            StampShows::NoRoot => Text::from(index.words.stamp("no_root")),
            StampShows::Broken(why) => {
                let broken = Text::from(index.words.stamp("broken"));
                broken.plain(lang.pick(" : ", ": ")).quoted(lang, why, 120)
            }
        };
        let at = if row.at.is_empty() {
            Text::from(lang.pick("illisible", "could not be read"))
        } else {
            Text::from(instant(lang, &row.at))
        };
        let cells = vec![
            over.into(),
            at,
            Text::new().data(&row.asked, 60),
            shows,
            if row.states_qualified { lang.pick("oui", "yes") } else { lang.pick("non", "no") }
                .into(),
        ];
        (cells, support)
    });
    let all = Support::every(rows.iter().map(|row| line(row.seq)), "set:case.journal");
    let nouns = lang.pick(["horodatage", "horodatages"], ["time stamp", "time stamps"]);
    let limit = Limit::listed(SHOWN, nouns, all);
    let caption = lang.pick(
        "Horodatages obtenus de tiers (RFC 3161)",
        "Time stamps obtained from third parties (RFC 3161)",
    );
    w.table(caption, columns, cells, rows.len(), limit)
}

fn packages(index: &Index<'_>, rows: &[Package], w: &mut Writer) -> Block {
    let lang = index.lang;
    let intact = lang.pick(
        "Contenu conforme à sa liste et à son sceau",
        "Content matches its list and its seal",
    );
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        numbers("Pages", 2),
        column(intact, 6),
        column(lang.pick("Créée le, selon elle-même", "Created on, as it states"), 6),
        column(lang.pick("Scellée par, selon elle-même", "Sealed by, as it states"), 8),
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
            lang.count(row.pages).into(),
            if row.intact {
                lang.pick("oui", "yes").into()
            } else {
                Text::new().strong(lang.pick("non", "no"))
            },
            if row.created.is_empty() {
                "–".into()
            } else {
                Text::new().data(&instant(lang, &row.created), 60)
            },
            seal,
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let all = Support::every(rows.iter().map(|row| exhibit_id(row.exhibit)), "exhibits");
    let nouns =
        lang.pick(["archive de pages", "archives de pages"], ["page archive", "page archives"]);
    let limit = Limit::listed(SHOWN, nouns, all);
    let caption = lang.pick("Archives de pages (WACZ)", "Page archives (WACZ)");
    w.table(caption, columns, cells, rows.len(), limit)
}
