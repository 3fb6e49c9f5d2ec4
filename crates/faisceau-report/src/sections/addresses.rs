//! Section 6: the addresses that accounts used, and what the datasets say of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use faisceau_model::rows::Address;
use faisceau_model::{AccessKind, AccountKey, AddressScope, Listing, Maybe, Role};

use crate::french::{count, counted, paris};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 60;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.addresses))];
    if index.input.addresses.is_empty() {
        let text = "Aucune adresse de connexion ne figure dans les pièces.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("addresses"))]));
        return blocks;
    }
    let bound = of_examined(index);
    blocks.push(Block::Paragraph(overview(index, bound.len(), w)));
    blocks.push(kinds(index, w));
    if !bound.is_empty() {
        blocks.push(table(index, &bound, w));
    }
    blocks
}

/// The addresses bound to an account that is neither the claimant's nor a third party's.
fn of_examined<'a>(index: &Index<'a>) -> Vec<(&'a AccountKey, &'a Address)> {
    let input: &'a [Address] = index.input.addresses;
    let mut bound: Vec<(&AccountKey, &Address)> = input
        .iter()
        .filter_map(|row| Some((row.account.known()?, row)))
        .filter(|(key, _)| !matches!(index.role(key), Some(Role::Claimant | Role::ThirdParty)))
        .collect();
    bound.sort_by(|(a, x), (b, y)| {
        let at = |row: &Address| row.at.known().copied();
        a.cmp(b).then_with(|| at(x).cmp(&at(y))).then_with(|| x.id.cmp(&y.id))
    });
    bound
}

fn overview(index: &Index<'_>, bound: usize, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.addresses;
    let no_port = rows.iter().filter(|row| row.port.known().is_none()).count();
    let undated = rows.iter().filter(|row| row.at.known().is_none()).count();
    let mut out = vec![w.say(
        format!(
            "{}, dont {} rattachées par leur source à un compte examiné.",
            counted(rows.len(), "connexion est relevée", "connexions sont relevées"),
            count(bound),
        ),
        Support::one("addresses"),
    )];
    if no_port > 0 {
        let text = format!("Le port source manque pour {} d'entre elles.", count(no_port));
        out.push(w.say(text, Support::one("addresses?port=")));
    }
    if undated > 0 {
        let text = format!("L'instant manque pour {} d'entre elles.", count(undated));
        out.push(w.say(text, Support::one("addresses?at=")));
    }
    out
}

fn kinds(index: &Index<'_>, w: &mut Writer) -> Block {
    let mut counts: BTreeMap<AccessKind, (usize, usize)> = BTreeMap::new();
    for row in index.input.addresses {
        let (all, bound) = counts.entry(row.access).or_default();
        *all += 1;
        *bound += usize::from(row.account.known().is_some());
    }
    let total = counts.len();
    let rows = counts.into_iter().map(|(kind, (all, bound))| {
        let cells =
            vec![index.words.access(kind.as_str()).into(), count(all).into(), count(bound).into()];
        (cells, Support::one(format!("addresses?access={kind}")))
    });
    let columns = vec![
        column("Nature de l'accès", 8),
        numbers("Connexions", 3),
        numbers("dont rattachées à un compte", 5),
    ];
    let limit = Limit { rows: total, nouns: ["nature", "natures"], file: "addresses" };
    w.table("Connexions selon la nature de l'accès", columns, rows, total, limit)
}

fn table(index: &Index<'_>, bound: &[(&AccountKey, &Address)], w: &mut Writer) -> Block {
    let columns = vec![
        column("Compte", 6),
        column("Adresse et port source", 7),
        column("Instant (UTC, puis Paris)", 8),
        column("Opérateur, pays", 7),
        column("Nature de l'accès", 6),
        column("Tor ; VPN (source, écart)", 9),
    ];
    let rows = bound.iter().map(|(key, row)| {
        let cells = vec![
            Text::new().code(cut(key.as_str())),
            endpoint(row),
            instant(index, row),
            operator(index, row),
            access(index, row),
            verdicts(index, row),
        ];
        (cells, Support::one(&row.id).and(&row.connection))
    });
    let limit = Limit { rows: SHOWN, nouns: ["connexion", "connexions"], file: "addresses" };
    w.table("Connexions rattachées aux comptes examinés", columns, rows, bound.len(), limit)
}

fn endpoint(row: &Address) -> Text {
    let text = Text::new().code(cut(&row.ip));
    match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        None => text.plain(", ").strong("port absent"),
    }
}

fn instant(index: &Index<'_>, row: &Address) -> Text {
    match &row.at {
        Maybe::Known(at) => {
            let local = paris(*at).map_or_else(String::new, |local| format!(" ; {local}"));
            let zone = if at.feeds_timing() { "" } else { " (heure peu sûre)" };
            format!("{at}{local}{zone}").into()
        }
        Maybe::Missing(reason) => index.words.absent(reason.as_str()).into(),
    }
}

fn operator(index: &Index<'_>, row: &Address) -> Text {
    if row.scope != AddressScope::Global {
        return index.words.scope(row.scope.as_str()).into();
    }
    let text = match &row.operator {
        Maybe::Known(name) => Text::new().data(name, 40),
        Maybe::Missing(_) => "opérateur inconnu".into(),
    };
    let text = match row.asn.known() {
        Some(asn) => text.plain(format!(" (AS{asn})")),
        None => text,
    };
    let text = match &row.country {
        Maybe::Known(country) => text.plain(", ").data(country, 8),
        Maybe::Missing(_) => text.plain(", pays inconnu"),
    };
    sourced(text, &row.operator_source, &row.operator_days)
}

fn access(index: &Index<'_>, row: &Address) -> Text {
    let text = Text::from(index.words.access(row.access.as_str()));
    text.plain(" (").data(&row.access_basis, 40).plain(")")
}

fn verdicts(index: &Index<'_>, row: &Address) -> Text {
    let verdict = |name: &str, listing: Listing, source, days| {
        let text = Text::from(format!("{name} : {}", index.words.listing(listing.as_str())));
        sourced(text, source, days)
    };
    let tor = verdict("Tor", row.tor, &row.tor_source, &row.tor_days);
    tor.plain(" ; ").then(verdict("VPN", row.vpn, &row.vpn_source, &row.vpn_days))
}

/// The source of a verdict and its distance from the event.
fn sourced(text: Text, source: &Maybe<Arc<str>>, days: &Maybe<i64>) -> Text {
    let Maybe::Known(source) = source else { return text };
    let text = text.plain(" (").data(source, 40);
    match days.known() {
        Some(days) => text.plain(format!(", {}\u{a0}j)", count(*days))),
        None => text.plain(")"),
    }
}
