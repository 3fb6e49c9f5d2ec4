//! Section 6: the addresses that accounts used, and what the datasets say of each.

use std::collections::{BTreeMap, BTreeSet};
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

const ACCOUNTS: usize = 12;
const SHOWN: usize = 8;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.addresses))];
    if index.input.addresses.is_empty() {
        let text = "Aucune adresse de connexion ne figure dans les pièces.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("addresses"))]));
        return blocks;
    }
    let bound = of_examined(index);
    blocks.push(Block::Paragraph(overview(&bound, w)));
    if !bound.is_empty() {
        blocks.push(kinds(index, &bound, w));
    }
    let groups: Vec<&[Bound<'_>]> = bound.chunk_by(|(a, _), (b, _)| a == b).collect();
    for group in groups.iter().take(ACCOUNTS) {
        blocks.push(table(index, group, w));
    }
    if groups.len() > ACCOUNTS {
        let text = Text::from(format!(
            "{} ici ; la table complète est ",
            counted(
                groups.len() - ACCOUNTS,
                "autre compte n'est pas repris",
                "autres comptes ne sont pas repris"
            )
        ));
        let text = text.code("tables/addresses.parquet").plain(".");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("addresses"))]));
    }
    blocks
}

/// An address and the account that used it.
type Bound<'a> = (&'a AccountKey, &'a Address);

/// The addresses bound to an account that is neither the claimant's nor a third party's.
fn of_examined<'a>(index: &Index<'a>) -> Vec<Bound<'a>> {
    let input: &'a [Address] = index.input.addresses;
    let mut bound: Vec<Bound<'a>> = input
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

fn overview(bound: &[Bound<'_>], w: &mut Writer) -> Vec<Statement> {
    let no_port = bound.iter().filter(|(_, row)| row.port.known().is_none()).count();
    let undated = bound.iter().filter(|(_, row)| row.at.known().is_none()).count();
    let text = format!(
        "{} par leur source à un compte examiné.",
        counted(bound.len(), "connexion est rattachée", "connexions sont rattachées"),
    );
    let mut out = vec![w.say(text, Support::one("addresses"))];
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

fn kinds(index: &Index<'_>, bound: &[Bound<'_>], w: &mut Writer) -> Block {
    let mut counts: BTreeMap<AccessKind, (usize, BTreeSet<&AccountKey>)> = BTreeMap::new();
    for (key, row) in bound {
        let (uses, accounts) = counts.entry(row.access).or_default();
        *uses += 1;
        accounts.insert(key);
    }
    let total = counts.len();
    let rows = counts.into_iter().map(|(kind, (uses, accounts))| {
        let cells = vec![
            index.words.access(kind.as_str()).into(),
            count(uses).into(),
            count(accounts.len()).into(),
        ];
        (cells, Support::one(format!("addresses?access={kind}")))
    });
    let columns =
        vec![column("Nature de l'accès", 8), numbers("Connexions", 3), numbers("Comptes", 3)];
    let limit = Limit { rows: total, nouns: ["nature", "natures"], file: "addresses" };
    w.table("Connexions des comptes selon la nature de l'accès", columns, rows, total, limit)
}

/// The connections of one account.
fn table(index: &Index<'_>, bound: &[Bound<'_>], w: &mut Writer) -> Block {
    let columns = vec![
        column("Adresse et port source", 7),
        column("Instant, UTC puis Paris", 8),
        column("Opérateur, pays (source, écart)", 8),
        column("Nature de l'accès (source)", 7),
        column("Tor, VPN (source, écart)", 13),
    ];
    let rows = bound.iter().map(|(_, row)| {
        let cells = vec![
            endpoint(row),
            instant(index, row),
            operator(index, row),
            access(index, row),
            verdicts(index, row),
        ];
        (cells, Support::one(&row.id).and(&row.connection))
    });
    let limit = Limit { rows: SHOWN, nouns: ["connexion", "connexions"], file: "addresses" };
    let caption = Text::from("Connexions du compte ").then(index.name_and_key(bound[0].0));
    w.table(caption, columns, rows, bound.len(), limit)
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
            let local = paris(*at).map_or_else(String::new, |local| format!(", {local}"));
            let zone = if at.feeds_timing() { "" } else { " (heure peu sûre)" };
            format!("{at}{local}{zone}").into()
        }
        Maybe::Missing(reason) => index.words.absent(reason.as_str()).into(),
    }
}

fn operator(index: &Index<'_>, row: &Address) -> Text {
    if row.scope != AddressScope::Global && row.operator.known().is_none() {
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
