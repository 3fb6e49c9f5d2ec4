//! Access operators: for each, the addresses with port and instant, the most urgent first; apart
//! from them, the addresses that lead to nobody, with the reason.

use std::collections::BTreeMap;

use faisceau_model::rows::Request;
use faisceau_model::{Maybe, ZoneSource};

use super::{expected, in_order, in_paris, last_day, planned, shared_ground};
use crate::index::{Index, cut};
use crate::language::{Language, said};
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
    let lang = index.lang;
    let title = lang.pick(
        "Opérateurs d'accès et hébergeurs (second degré)",
        "Access operators and hosting providers (second stage)",
    );
    let mut blocks =
        vec![Block::Heading(title.into()), Block::Paragraph(prose(&index.words.prose.second_hop))];
    let operators = by_operator(&asked);
    if let Some(first) = asked.first() {
        let support = Support::every(asked.iter().map(|row| &row.id), SELECTION);
        let sentences =
            vec![shared_ground(&asked, support, w), urgency(index, first, &operators, w)];
        blocks.push(Block::Paragraph(sentences));
    }
    if !operators.is_empty() {
        blocks.push(summed(index, &operators, w));
    }
    if !nowhere.is_empty() {
        let text = said!(
            lang,
            "{} à personne : elles sont à l'annexe I, avec la raison.",
            "{} to nobody: see annex I, which gives the reason.",
            lang.counted(
                nowhere.len(),
                ["adresse ne mène", "adresses ne mènent"],
                ["address leads", "addresses lead"],
            )
        );
        let support = Support::every(nowhere.iter().map(|row| &row.id), SELECTION);
        blocks.push(Block::Paragraph(vec![w.say(text, support)]));
    }
    blocks
}

/// One row an addressee.
fn summed(index: &Index<'_>, operators: &[(&str, Vec<&Request>)], w: &mut Writer) -> Block {
    let lang = index.lang;
    let leading = lang.pick(
        "Première adresse du plan, ou première",
        "First address of the plan, or else the first",
    );
    let columns = vec![
        column(lang.pick("Premier dernier jour conservé", "Earliest last day of retention"), 7),
        column(lang.pick("Destinataire", "Addressee"), 9),
        numbers(lang.pick("Demandes", "Requests"), 3),
        numbers(lang.pick("avec port et instant", "with port and instant"), 3),
        numbers(lang.pick("Plan minimal", "Minimal plan"), 3),
        column(leading, 12),
    ];
    let cells = operators.iter().filter_map(|(addressee, rows)| {
        let first = rows.first()?;
        let whole = |row: &&&Request| row.port.known().is_some() && row.at.known().is_some();
        let leading = rows.iter().find(|row| row.minimal).unwrap_or(first);
        let cells = vec![
            last_day(index, first),
            Text::new().data(addressee, 60),
            lang.count(rows.len()).into(),
            lang.count(rows.iter().filter(whole).count()).into(),
            lang.count(rows.iter().filter(|row| row.minimal).count()).into(),
            endpoint(lang, leading).plain(", ").then(when(lang, leading)),
        ];
        Some((cells, Support::every(rows.iter().map(|row| &row.id), SELECTION)))
    });
    let cells: Vec<(Vec<Text>, Support)> = cells.collect();
    let rows = operators.iter().flat_map(|(_, rows)| rows).map(|row| &row.id);
    let limit = Limit::listed(
        OPERATORS,
        lang.pick(["destinataire", "destinataires"], ["addressee", "addressees"]),
        Support::every(rows, SELECTION),
    );
    let caption = lang.pick(
        "Demandes aux opérateurs (C1) ; chacune est à l'annexe I",
        "Requests to operators (C1); each of them is in annex I",
    );
    w.table(caption, columns, cells, operators.len(), limit)
}

/// The requests one by one.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let all: Vec<&Request> = in_order(index).into_iter().filter(|row| row.hop == 2).collect();
    let (nowhere, asked): (Vec<&Request>, Vec<&Request>) =
        all.iter().copied().partition(|row| row.leads_nowhere());
    let lang = index.lang;
    let operators = by_operator(&asked);
    let mut blocks: Vec<Block> = operators
        .iter()
        .take(OPERATORS)
        .map(|(addressee, rows)| operator(index, addressee, rows, w))
        .collect();
    if operators.len() > OPERATORS {
        let text = Text::from(said!(
            lang,
            "Ces tableaux donnent {} destinataires sur {} ; la table complète est ",
            "These tables give {} addressees out of {}; the whole table is ",
            OPERATORS,
            lang.count(operators.len())
        ));
        let text = text.code("tables/requests.parquet").plain(".");
        let rest = operators.iter().flat_map(|(_, rows)| rows).map(|row| &row.id);
        blocks.push(Block::Paragraph(vec![w.say(text, Support::every(rest, SELECTION))]));
    }
    if !nowhere.is_empty() {
        let title = lang.pick("Adresses qui ne mènent à personne", "Addresses that lead to nobody");
        blocks.push(Block::Heading(title.into()));
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
    let lang = index.lang;
    let text = Text::from(said!(
        lang,
        "{} ; échéance la plus proche : ",
        "Requests are to be made to {}; nearest deadline: ",
        lang.counted(
            operators.len(),
            ["destinataire est à saisir", "destinataires sont à saisir"],
            ["addressee", "addressees"],
        )
    ));
    let text = text.data(&first.addressee, 60).plain(", ").then(last_day(index, first)).plain(".");
    let rows = operators.iter().flat_map(|(_, rows)| rows).map(|row| &row.id);
    w.say(text, Support::every(rows, SELECTION))
}

fn operator(index: &Index<'_>, addressee: &str, rows: &[&Request], w: &mut Writer) -> Block {
    let lang = index.lang;
    let answer = lang.pick("Réponse attendue ; ce qui manque", "Expected answer; what is missing");
    let columns = vec![
        column(lang.pick("Dernier jour conservé", "Last day of retention"), 6),
        column(lang.pick("Adresse et port source", "Address and source port"), 8),
        column(lang.pick("Instant, UTC puis Paris", "Instant, UTC then Paris"), 9),
        column(lang.pick("Précision", "Precision"), 3),
        column(lang.pick("Accès", "Access"), 5),
        column(answer, 18),
        column("Plan", 2),
    ];
    let cells = rows.iter().map(|row| {
        let cells = vec![
            last_day(index, row),
            endpoint(lang, row),
            when(lang, row),
            precision(index, row),
            access(index, row).into(),
            expected(index, row),
            planned(lang, row),
        ];
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let caption = Text::from(lang.pick("Demandes à ", "Requests to "))
        .data(addressee, 70)
        .plain(lang.pick(" : titulaire de l'accès (C1)", ": holder of the access (C1)"));
    let limit = Limit::listed(
        SHOWN,
        lang.pick(["demande", "demandes"], ["request", "requests"]),
        Support::every(rows.iter().map(|row| &row.id), SELECTION),
    );
    w.table(caption, columns, cells, rows.len(), limit)
}

fn endpoint(lang: Language, row: &Request) -> Text {
    let text = match row.ip.known() {
        Some(ip) => Text::new().code(cut(ip)),
        None => return no_address(lang),
    };
    // These words are the same in both languages.
    match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        None => text.plain(", ").strong("port absent"),
    }
}

/// The instant in UTC, and in Paris with its offset.
fn when(lang: Language, row: &Request) -> Text {
    let Maybe::Known(at) = &row.at else { return Text::new().strong("instant absent") };
    format!("{at}{}", in_paris(lang, *at)).into()
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
    let lang = index.lang;
    let why = lang.pick("Pourquoi rien n'est demandé ; à noter", "Why nothing is requested; notes");
    let columns = vec![
        column(lang.pick("Compte", "Account"), 8),
        column(lang.pick("Adresse et instant", "Address and instant"), 9),
        column(lang.pick("Nature de l'accès", "Nature of the access"), 6),
        column(why, 12),
    ];
    let cells = rows.iter().map(|row| {
        let account = row.account.known().map_or("–".into(), |key| index.name_and_key(key));
        let at = row
            .at
            .known()
            .map_or_else(String::new, |at| said!(lang, ", le {}", ", on {}", lang.instant(*at)));
        let cells = vec![
            account,
            endpoint_without_port(lang, row).plain(at),
            access(index, row).into(),
            expected(index, row),
        ];
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let limit = Limit::listed(
        SHOWN,
        lang.pick(["ligne", "lignes"], ["row", "rows"]),
        Support::every(rows.iter().map(|row| &row.id), SELECTION),
    );
    let caption = lang.pick(
        "Adresses pour lesquelles rien n'est demandé",
        "Addresses for which nothing is requested",
    );
    w.table(caption, columns, cells, rows.len(), limit)
}

fn endpoint_without_port(lang: Language, row: &Request) -> Text {
    row.ip.known().map_or_else(|| no_address(lang), |ip| Text::new().code(cut(ip)))
}

fn no_address(lang: Language) -> Text {
    lang.pick("adresse absente", "address absent").into()
}
