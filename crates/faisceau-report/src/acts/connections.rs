//! The addresses that an operator is asked about: one row for each address, port and instant.
//!
//! In: requests of the second hop. Out: a table with the instant in UTC and Paris, its precision,
//! the exhibit that it comes from, until when the operator keeps it, and what the designation lacks.

use std::collections::BTreeSet;

use faisceau_model::rows::Request;
use faisceau_model::{ExhibitNo, Maybe, RowId};

use super::chronology::{local, precision, utc};
use super::drafting::Drafting;
use super::pieces::cite;
use super::targets::Target;
use crate::french::counted;
use crate::index::cut;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Addresses shown in one act.
const SHOWN: usize = 1000;

/// The table.
pub(super) fn table(d: &Drafting<'_>, target: &Target<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        column("Adresse IP et port source", 8),
        column("UTC", 5),
        column("Paris", 5),
        column("Source et précision", 6),
        column("Compte", 7),
        column("Conservé jusqu'au", 7),
    ];
    let rows = target.requests.iter().map(|row| {
        let cells = vec![
            endpoint(d, row),
            utc(d, &row.at),
            local(&row.at),
            source(d, row),
            row.account.known().map_or("–".into(), |key| d.index.name_and_key(key)),
            d.kept(&row.at).text(),
        ];
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let all = Support::every(target.requests.iter().map(|row| &row.id), "requests?hop=2");
    let limit = Limit::listed(SHOWN, ["adresse", "adresses"], all);
    let total = target.requests.len();
    w.table("Adresses, ports et instants désignés", columns, rows, total, limit)
}

/// How many there are and where they come from.
pub(super) fn overview(target: &Target<'_>, w: &mut Writer) -> Statement {
    let rows = &target.requests;
    let from: BTreeSet<ExhibitNo> = rows.iter().flat_map(|row| exhibits(row)).collect();
    let text = Text::from(format!(
        "Les connexions relevées dans les pièces conduisent à {} à cet opérateur (",
        counted(
            rows.len(),
            "désignation d'adresse attribuée",
            "désignations d'adresses attribuées"
        ),
    ));
    let support = Support::every(rows.iter().map(|row| &row.id), "requests?hop=2");
    w.say(text.then(cite(&from)).plain(")."), support)
}

/// What is said of those whose data are no longer due.
pub(super) fn past(d: &Drafting<'_>, target: &Target<'_>, w: &mut Writer) -> Option<Statement> {
    let today = d.input.note.case.as_of;
    let past: Vec<&&Request> =
        target.requests.iter().filter(|row| d.kept(&row.at).is_past()).collect();
    (!past.is_empty()).then(|| {
        let text = format!(
            "Pour {}, le délai d'un an de conservation est dépassé au {} : l'attribution n'est demandée que si elle est encore connue de l'opérateur.",
            counted(past.len(), "désignation", "désignations"),
            crate::french::day(today),
        );
        w.say(text, Support::every(past.iter().map(|row| &row.id), "requests?hop=2"))
    })
}

/// The exhibits that a request rests on.
pub(super) fn exhibits(row: &Request) -> BTreeSet<ExhibitNo> {
    let of = |id: &String| Some(id.parse::<RowId>().ok()?.locus()?.0);
    row.rows.iter().filter_map(of).collect()
}

fn endpoint(d: &Drafting<'_>, row: &Request) -> Text {
    let Maybe::Known(ip) = &row.ip else { return "adresse absente".into() };
    let text = Text::new().code(cut(ip));
    match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        // The prefix of an IPv6 address is the subscriber's own.
        None if ip.contains(':') => text.plain(" (IPv6, sans port nécessaire)"),
        None => {
            let costs = row.missing.iter().find(|code| code.starts_with("no_port"));
            let words = costs.map_or("port source absent", |code| d.index.words.missing(code));
            text.plain(", ").strong(words)
        }
    }
}

/// The exhibit that recorded the connection, and how precise its instant is.
fn source(d: &Drafting<'_>, row: &Request) -> Text {
    let text = cite(&exhibits(row));
    match row.at.known() {
        Some(at) => text.plain(", ").then(precision(d, *at)),
        None => text,
    }
}
