//! Access operators: for each, the addresses with port and instant, the most urgent first; apart
//! from them, the addresses that lead to nobody, with the reason.

use std::collections::BTreeMap;

use faisceau_model::rows::Request;
use faisceau_model::{Maybe, ZoneSource};

use super::{expected, in_order, last_day, shared_ground};
use crate::french::{count, counted, instant, paris};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

/// Operators that get a table.
const OPERATORS: usize = 12;
/// Requests shown to one operator.
const SHOWN: usize = 20;
const SELECTION: &str = "requests?hop=2";

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let all: Vec<&Request> = in_order(index).into_iter().filter(|row| row.hop == 2).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let (nowhere, asked): (Vec<&Request>, Vec<&Request>) =
        all.iter().copied().partition(|row| row.leads_nowhere());
    let mut blocks = vec![
        Block::Heading("Opérateurs d'accès et hébergeurs (second degré)".into()),
        Block::Paragraph(prose(&index.words.prose.second_hop)),
    ];
    let operators = by_operator(&asked);
    if let Some(first) = asked.first() {
        let support = Support::every(asked.iter().map(|row| &row.id), SELECTION);
        let said = vec![shared_ground(&asked, support, w), urgency(index, first, &operators, w)];
        blocks.push(Block::Paragraph(said));
    }
    if !operators.is_empty() {
        blocks.push(summed(index, &operators, w));
    }
    if !nowhere.is_empty() {
        let text = format!(
            "{} à personne : elles sont à l'annexe I, avec la raison.",
            counted(nowhere.len(), "adresse ne mène", "adresses ne mènent")
        );
        let support = Support::every(nowhere.iter().map(|row| &row.id), SELECTION);
        blocks.push(Block::Paragraph(vec![w.say(text, support)]));
    }
    blocks
}

/// One row an addressee.
fn summed(index: &Index<'_>, operators: &[(&str, Vec<&Request>)], w: &mut Writer) -> Block {
    let columns = vec![
        column("Premier dernier jour conservé", 7),
        column("Destinataire", 9),
        numbers("Demandes", 3),
        numbers("avec port et instant", 3),
        numbers("Plan minimal", 3),
        column("Première adresse du plan, ou première", 12),
    ];
    let cells = operators.iter().filter_map(|(addressee, rows)| {
        let first = rows.first()?;
        let whole = |row: &&&Request| row.port.known().is_some() && row.at.known().is_some();
        let leading = rows.iter().find(|row| row.minimal).unwrap_or(first);
        let cells = vec![
            last_day(index, first),
            Text::new().data(addressee, 60),
            count(rows.len()).into(),
            count(rows.iter().filter(whole).count()).into(),
            count(rows.iter().filter(|row| row.minimal).count()).into(),
            endpoint(leading).plain(", ").then(when(leading)),
        ];
        Some((cells, Support::every(rows.iter().map(|row| &row.id), SELECTION)))
    });
    let cells: Vec<(Vec<Text>, Support)> = cells.collect();
    let rows = operators.iter().flat_map(|(_, rows)| rows).map(|row| &row.id);
    let limit = Limit::listed(
        OPERATORS,
        ["destinataire", "destinataires"],
        Support::every(rows, SELECTION),
    );
    let caption = "Demandes aux opérateurs (C1) ; chacune est à l'annexe I";
    w.table(caption, columns, cells, operators.len(), limit)
}

/// The requests one by one.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let all: Vec<&Request> = in_order(index).into_iter().filter(|row| row.hop == 2).collect();
    let (nowhere, asked): (Vec<&Request>, Vec<&Request>) =
        all.iter().copied().partition(|row| row.leads_nowhere());
    let operators = by_operator(&asked);
    let mut blocks: Vec<Block> = operators
        .iter()
        .take(OPERATORS)
        .map(|(addressee, rows)| operator(index, addressee, rows, w))
        .collect();
    if operators.len() > OPERATORS {
        let text = Text::from(format!(
            "Ces tableaux donnent {OPERATORS} destinataires sur {} ; la table complète est ",
            count(operators.len())
        ));
        let text = text.code("tables/requests.parquet").plain(".");
        let rest = operators.iter().flat_map(|(_, rows)| rows).map(|row| &row.id);
        blocks.push(Block::Paragraph(vec![w.say(text, Support::every(rest, SELECTION))]));
    }
    if !nowhere.is_empty() {
        blocks.push(Block::Heading("Adresses qui ne mènent à personne".into()));
        blocks.push(Block::Paragraph(prose(&index.words.prose.dead_ends)));
        blocks.push(dead_ends(index, &nowhere, w));
    }
    blocks
}

/// The requests of each addressee, the one whose data lapse first before the others.
fn by_operator<'a>(rows: &[&'a Request]) -> Vec<(&'a str, Vec<&'a Request>)> {
    let mut of: BTreeMap<&str, Vec<&Request>> = BTreeMap::new();
    for row in rows {
        of.entry(row.addressee.as_str()).or_default().push(row);
    }
    let mut operators: Vec<_> = of.into_iter().collect();
    operators.sort_by_key(|(addressee, rows)| {
        let day = rows[0].last_day.known();
        (day.is_none(), day, *addressee)
    });
    operators
}

fn urgency(
    index: &Index<'_>,
    first: &Request,
    operators: &[(&str, Vec<&Request>)],
    w: &mut Writer,
) -> crate::sentence::Statement {
    let text = Text::from(format!(
        "{} ; échéance la plus proche : ",
        counted(operators.len(), "destinataire est à saisir", "destinataires sont à saisir")
    ));
    let text = text.data(&first.addressee, 60).plain(", ").then(last_day(index, first)).plain(".");
    let rows = operators.iter().flat_map(|(_, rows)| rows).map(|row| &row.id);
    w.say(text, Support::every(rows, SELECTION))
}

fn operator(index: &Index<'_>, addressee: &str, rows: &[&Request], w: &mut Writer) -> Block {
    let columns = vec![
        column("Dernier jour conservé", 6),
        column("Adresse et port source", 8),
        column("Instant, UTC puis Paris", 9),
        column("Précision", 3),
        column("Accès", 5),
        column("Réponse attendue ; ce qui manque", 18),
        column("Plan", 2),
    ];
    let cells = rows.iter().map(|row| {
        let cells = vec![
            last_day(index, row),
            endpoint(row),
            when(row),
            precision(index, row),
            access(index, row).into(),
            expected(index, row),
            if row.minimal { Text::new().strong("oui") } else { "–".into() },
        ];
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let caption =
        Text::from("Demandes à ").data(addressee, 70).plain(" : titulaire de l'accès (C1)");
    let limit = Limit::listed(
        SHOWN,
        ["demande", "demandes"],
        Support::every(rows.iter().map(|row| &row.id), SELECTION),
    );
    w.table(caption, columns, cells, rows.len(), limit)
}

fn endpoint(row: &Request) -> Text {
    let text = match row.ip.known() {
        Some(ip) => Text::new().code(cut(ip)),
        None => return "adresse absente".into(),
    };
    match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        None => text.plain(", ").strong("port absent"),
    }
}

/// The instant in UTC, and in Paris with its offset.
fn when(row: &Request) -> Text {
    let Maybe::Known(at) = &row.at else { return Text::new().strong("instant absent") };
    let local = paris(*at).map_or_else(String::new, |local| format!(" ; {local}"));
    format!("{at}{local}").into()
}

/// How precise the instant is, and its zone where the source does not say it.
fn precision(index: &Index<'_>, row: &Request) -> Text {
    let Maybe::Known(at) = &row.at else { return "–".into() };
    let text = Text::from(index.words.precision(at.precision().as_str()));
    match at.zone() {
        ZoneSource::Explicit | ZoneSource::Unix => text,
        zone => text.plain(", ").strong(index.words.zone(zone.as_str())),
    }
}

fn access<'a>(index: &Index<'a>, row: &Request) -> &'a str {
    row.access.known().map_or("–", |access| index.words.access(access.as_str()))
}

fn dead_ends(index: &Index<'_>, rows: &[&Request], w: &mut Writer) -> Block {
    let columns = vec![
        column("Compte", 8),
        column("Adresse et instant", 9),
        column("Nature de l'accès", 6),
        column("Pourquoi rien n'est demandé ; à noter", 12),
    ];
    let cells = rows.iter().map(|row| {
        let account = row.account.known().map_or("–".into(), |key| index.name_and_key(key));
        let at = row.at.known().map_or_else(String::new, |at| format!(", le {}", instant(*at)));
        let cells = vec![
            account,
            endpoint_without_port(row).plain(at),
            access(index, row).into(),
            expected(index, row),
        ];
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let limit = Limit::listed(
        SHOWN,
        ["ligne", "lignes"],
        Support::every(rows.iter().map(|row| &row.id), SELECTION),
    );
    w.table("Adresses pour lesquelles rien n'est demandé", columns, cells, rows.len(), limit)
}

fn endpoint_without_port(row: &Request) -> Text {
    row.ip.known().map_or("adresse absente".into(), |ip| Text::new().code(cut(ip)))
}
