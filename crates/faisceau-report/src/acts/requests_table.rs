//! The table of requests: what is asked of whom, about what, by when.
//!
//! In: the rows of the requests, the addressees of the law files. Out: one row an account, or an
//! address with port and instant, all of them, the first to lapse first. Nothing without requests.

use std::collections::BTreeMap;

use faisceau_graph::law::Addressee;
use faisceau_model::rows::Request;
use faisceau_model::{Maybe, excerpt};

use super::attached::{said, texts};
use super::deadlines::when;
use super::desk::{Desk, section};
use crate::french::{count, counted, list, term};
use crate::index::cut;
use crate::kind::DocumentKind;
use crate::model::{Block, Document};
use crate::sections::requests::{in_order, is_past, last_day};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

const NAME: usize = 70;

pub(super) fn draft(desk: &Desk<'_>) -> Option<Document> {
    let rows = in_order(desk.index);
    if rows.is_empty() {
        return None;
    }
    let mut w = Writer::default();
    let w = &mut w;
    let mut sections = vec![
        section("", {
            let mut blocks = vec![Block::Paragraph(said(&texts().requests.intro))];
            blocks.push(Block::Paragraph(overview(desk, &rows, w)));
            blocks.push(Block::List(desk.grounds(w)));
            blocks
        }),
        section(
            "Destinataires, par urgence",
            vec![Block::Paragraph(said(&texts().requests.addressees)), addressees(desk, &rows, w)],
        ),
    ];
    let of = |keep: &dyn Fn(&Request) -> bool| -> Vec<&Request> {
        rows.iter().copied().filter(|row| keep(row)).collect()
    };
    let first = of(&|row| row.hop == 1);
    if !first.is_empty() {
        sections.push(section("Premier degré : plateformes", vec![accounts(desk, &first, w)]));
    }
    let second = of(&|row| row.hop != 1 && !row.leads_nowhere());
    let title = "Second degré : opérateurs d'accès et hébergeurs";
    if second.is_empty() {
        sections.push(section(title, vec![Block::Paragraph(said(&texts().requests.no_answer))]));
    } else {
        let intro = Block::Paragraph(said(&texts().requests.second));
        sections.push(section(title, vec![intro, addresses(desk, &second, false, w)]));
    }
    let nowhere = of(&Request::leads_nowhere);
    if !nowhere.is_empty() {
        let intro = Block::Paragraph(said(&texts().requests.nowhere));
        let table = addresses(desk, &nowhere, true, w);
        sections.push(section("Adresses qui ne mènent à personne", vec![intro, table]));
    }
    Some(desk.document(DocumentKind::Requests, sections))
}

fn overview(desk: &Desk<'_>, rows: &[&Request], w: &mut Writer) -> Vec<Statement> {
    let minimal = rows.iter().filter(|row| row.minimal).count();
    let text = format!(
        "{}, dont {} dans le plan minimal.",
        counted(rows.len(), "demande", "demandes"),
        count(minimal)
    );
    let mut out = vec![w.say(text, Support::one("requests").and("requests?minimal=true"))];
    let past: Vec<_> = rows.iter().filter(|row| is_past(desk.index, row)).collect();
    if !past.is_empty() {
        let text = format!(
            "Pour {}, le dernier jour conservé est dépassé au {} : les données peuvent encore être détenues, elles ne sont plus dues.",
            counted(past.len(), "demande", "demandes"),
            crate::french::day(desk.today())
        );
        out.push(w.say(text, Support::every(past.iter().map(|row| &row.id), "requests")));
    }
    let answered: Vec<_> = rows.iter().filter(|row| !row.answered_by.is_empty()).collect();
    if !answered.is_empty() {
        let text = counted(
            answered.len(),
            "demande a déjà une réponse au dossier.",
            "demandes ont déjà une réponse au dossier.",
        );
        out.push(w.say(text, Support::every(answered.iter().map(|row| &row.id), "requests")));
    }
    out
}

/// The addressees in the order in which their data lapse.
fn addressees(desk: &Desk<'_>, rows: &[&Request], w: &mut Writer) -> Block {
    let mut of: BTreeMap<&str, Vec<&Request>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.leads_nowhere()) {
        of.entry(row.addressee.as_str()).or_default().push(row);
    }
    // `rows` is in the order of the last days: of each addressee, the first still open counts.
    let urgent = |rows: &[&Request]| -> Option<usize> {
        let open = |row: &&&Request| row.last_day.known().is_some() && !is_past(desk.index, row);
        let first = rows.iter().find(open)?;
        rows.iter().position(|row| row.id == first.id)
    };
    let day = |rows: &[&Request]| -> Option<String> {
        urgent(rows).and_then(|at| rows.get(at)?.last_day.known().cloned())
    };
    let mut all: Vec<(&str, Vec<&Request>)> = of.into_iter().collect();
    all.sort_by_key(|(name, rows)| {
        let day = day(rows);
        (day.is_none(), day, *name)
    });
    let columns = vec![
        column("Destinataire", 8),
        column("Siège, registre et contact, à vérifier", 14),
        numbers("Demandes", 3),
        column("Chefs", 3),
        column("Première échéance encore ouverte", 6),
    ];
    let total = all.len();
    let cells = all.into_iter().map(|(name, rows)| {
        let entry = desk.input.law.addressees().iter().find(|to| to.legal_name == name);
        let mut heads: Vec<String> = rows.iter().map(|row| row.head.to_string()).collect();
        heads.sort_unstable();
        heads.dedup();
        let first = urgent(&rows).and_then(|at| rows.get(at).copied());
        let cells = vec![
            Text::new().data(name, NAME),
            seat(entry, name),
            count(rows.len()).into(),
            list(&heads, 5).into(),
            first.map_or_else(|| "aucune date calculable".into(), |row| last_day(desk.index, row)),
        ];
        let support = Support::every(rows.iter().map(|row| &row.id), "requests");
        (cells, support.and_all(entry.map(|_| "dat:law")))
    });
    let all = Support::one("requests");
    let limit = Limit::listed(total, ["destinataire", "destinataires"], all);
    w.table("Destinataires, le plus urgent d'abord", columns, cells, total, limit)
}

/// Seat, registry and contact, or a blank.
fn seat(entry: Option<&Addressee>, name: &str) -> Text {
    let Some(to) = entry else {
        return Text::new()
            .blank(&format!("dénomination exacte et siège : {}", excerpt(name, NAME)));
    };
    let more = [&to.registry, &to.dsa_contact, &to.note];
    more.into_iter()
        .flatten()
        .fold(Text::from(to.seat.as_str()), |text, part| text.plain(format!(" ; {part}")))
        .plain(" – ")
        .strong("à vérifier")
}

fn accounts(desk: &Desk<'_>, rows: &[&Request], w: &mut Writer) -> Block {
    let columns = vec![
        column("Dernier jour conservé", 9),
        column("Destinataire", 7),
        column("Chef", 2),
        column("Compte", 9),
        column("Susceptible de relever de (maximum)", 6),
        column("Réponse attendue", 7),
        column("Ce qui manque ; à noter", 8),
        column("Plan", 2),
    ];
    let cells = rows.iter().map(|row| {
        let account = row.account.known();
        let cells = vec![
            last_day(desk.index, row),
            Text::new().data(&row.addressee, NAME),
            row.head.to_string().into(),
            account.map_or("–".into(), |key| desk.index.name_and_key(key)),
            ground(row),
            desk.index.words.expected(&cut(&row.expected)).into(),
            missing(desk, row),
            plan(row),
        ];
        (cells, support(row))
    });
    let limit = Limit::of(rows.len(), ["demande", "demandes"], "requests?hop=1");
    w.table("Demandes par compte et par chef", columns, cells, rows.len(), limit)
}

fn addresses(desk: &Desk<'_>, rows: &[&Request], nowhere: bool, w: &mut Writer) -> Block {
    let mut columns = vec![
        column("Dernier jour conservé", 8),
        column("Destinataire", 6),
        column("Adresse IP", 6),
        numbers("Port source", 3),
        column("Instant (UTC ; Paris)", 8),
        column("Susceptible de relever de (maximum)", 6),
        column("Réponse attendue", 6),
        column("Ce qui manque ; à noter", 7),
        column("Plan", 2),
    ];
    if nowhere {
        columns.pop();
    }
    let cells = rows.iter().map(|row| {
        let mut cells = vec![
            last_day(desk.index, row),
            Text::new().data(&row.addressee, NAME),
            row.ip.known().map_or("absente".into(), |ip| Text::new().code(cut(ip))),
            row.port.known().map_or_else(|| Text::new().strong("absent"), |p| p.to_string().into()),
            when(&row.at),
            ground(row),
            desk.index.words.expected(&cut(&row.expected)).into(),
            missing(desk, row),
        ];
        if !nowhere {
            cells.push(plan(row));
        }
        (cells, support(row))
    });
    let ids = Support::every(rows.iter().map(|row| &row.id), "requests?hop=2");
    let limit = Limit::listed(rows.len(), ["demande", "demandes"], ids);
    let caption = if nowhere {
        "Adresses pour lesquelles rien n'est demandé"
    } else {
        "Demandes par adresse, port et instant : titulaire de l'accès"
    };
    w.table(caption, columns, cells, rows.len(), limit)
}

fn support(row: &Request) -> Support {
    Support::one(&row.id).and_all(row.rows.iter().take(24))
}

fn plan(row: &Request) -> Text {
    if row.minimal { Text::new().strong("oui") } else { "non".into() }
}

/// The article and its maximum; a blank where the case states no fact.
fn ground(row: &Request) -> Text {
    let text = match &row.ground {
        Maybe::Known(article) => Text::new().data(article, 60),
        Maybe::Missing(_) => return Text::new().blank("fondement des demandes"),
    };
    match row.max_penalty.known() {
        Some(years) => text.plain(format!(" ({})", term(*years))),
        None => text,
    }
}

/// What is missing, and the exhibits that answer already.
fn missing(desk: &Desk<'_>, row: &Request) -> Text {
    let codes = row.missing.iter().map(|code| desk.index.words.missing(&cut(code)).to_owned());
    let answers = row.answered_by.iter().map(|no| format!("réponse : pièce n° {}", cut(no)));
    let all: Vec<String> = codes.chain(answers).collect();
    if all.is_empty() { "–".into() } else { all.join(" ; ").into() }
}
