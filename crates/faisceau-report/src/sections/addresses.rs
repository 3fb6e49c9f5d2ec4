//! Section 6: the addresses that accounts used, and what the datasets say of each.

mod accounts;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use faisceau_model::rows::Address;
use faisceau_model::{AccessKind, AccountKey, AddressScope, Listing, Maybe, Role};

use super::figures::places;
use crate::french::{count, counted, paris};
use crate::index::{Index, cut, of_account};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const ACCOUNTS: usize = 12;
const SHOWN: usize = 8;

/// The uses of an address that their source binds to an account.
pub(super) const OF_ACCOUNTS: &str = "addresses?account=*";

/// Those of them that fulfil more conditions: `port=`, `access=vpn`.
pub(super) fn of_accounts(conditions: &str) -> String {
    format!("{OF_ACCOUNTS}&{conditions}")
}

/// The rows of [`OF_ACCOUNTS`].
pub(super) fn bound<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Address> + use<'a> {
    let rows: &'a [Address] = index.input.addresses;
    rows.iter().filter(|row| row.account.known().is_some())
}

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.addresses))];
    let all: Vec<&Address> = bound(index).collect();
    blocks.push(Block::Paragraph(overview(index, &all, w)));
    if !all.is_empty() {
        blocks.push(kinds(index, &all, w));
        blocks.extend(places::block(index, &all, w));
    }
    blocks.extend(accounts::table(index, &of_examined(index), w));
    blocks
}

/// Annex H: the connections of the examined accounts, and what the sources say of each address.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = Vec::new();
    let examined = of_examined(index);
    if examined.is_empty() {
        let text = "Aucune connexion n'est rattachée à un compte examiné.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one(OF_ACCOUNTS))]));
    }
    let groups: Vec<&[Bound<'_>]> = examined.chunk_by(|(a, _), (b, _)| a == b).collect();
    for group in groups.iter().take(ACCOUNTS) {
        blocks.push(table(index, group, w));
        blocks.extend(verdicts::table(index, group, w));
    }
    if groups.len() > ACCOUNTS {
        let text = Text::from(format!(
            "Ces tableaux donnent {ACCOUNTS} comptes sur {} ; la table complète est ",
            count(groups.len())
        ));
        let text = text.code("tables/addresses.parquet").plain(".");
        let each = groups.iter().map(|group| of_account("addresses", group[0].0));
        blocks.push(Block::Paragraph(vec![w.say(text, Support::every(each, OF_ACCOUNTS))]));
    }
    blocks
}

/// An address and the account that used it.
type Bound<'a> = (&'a AccountKey, &'a Address);

/// The addresses bound to an account that is neither the claimant's nor a third party's.
fn of_examined<'a>(index: &Index<'a>) -> Vec<Bound<'a>> {
    let mut bound: Vec<Bound<'a>> = bound(index)
        .filter_map(|row| Some((row.account.known()?, row)))
        .filter(|(key, _)| !matches!(index.role(key), Some(Role::Claimant | Role::ThirdParty)))
        .collect();
    bound.sort_by(|(a, x), (b, y)| {
        let at = |row: &Address| row.at.known().copied();
        a.cmp(b).then_with(|| at(x).cmp(&at(y))).then_with(|| x.id.cmp(&y.id))
    });
    bound
}

fn overview(index: &Index<'_>, bound: &[&Address], w: &mut Writer) -> Vec<Statement> {
    let uses = usize::try_from(index.input.uses).unwrap_or(0);
    if uses == 0 && bound.is_empty() {
        let text = "Aucune adresse de connexion ne figure dans les pièces.";
        return vec![w.say(text, Support::one("addresses"))];
    }
    let text = format!(
        "{} dans les pièces ; {} par leur source à un compte.",
        counted(uses, "connexion figure", "connexions figurent"),
        match bound.len() {
            0 => "aucune n'est rattachée".to_owned(),
            n => counted(n, "est rattachée", "sont rattachées"),
        }
    );
    let mut out = vec![w.say(text, Support::one("addresses").and(OF_ACCOUNTS))];
    let no_port = bound.iter().filter(|row| row.port.known().is_none()).count();
    let undated = bound.iter().filter(|row| row.at.known().is_none()).count();
    let lacking = [("Le port source", "port=", no_port), ("L'instant", "at=", undated)];
    for (what, condition, n) in lacking {
        if n > 0 {
            let text = format!("{what} manque pour {} de ces dernières.", count(n));
            out.push(w.say(text, Support::one(of_accounts(condition))));
        }
    }
    out
}

fn kinds(index: &Index<'_>, bound: &[&Address], w: &mut Writer) -> Block {
    let mut counts: BTreeMap<AccessKind, (usize, BTreeSet<&AccountKey>)> = BTreeMap::new();
    for row in bound {
        let (uses, accounts) = counts.entry(row.access).or_default();
        *uses += 1;
        accounts.extend(row.account.known());
    }
    let total = counts.len();
    let rows = counts.into_iter().map(|(kind, (uses, accounts))| {
        let cells = vec![
            index.words.access(kind.as_str()).into(),
            count(uses).into(),
            count(accounts.len()).into(),
        ];
        (cells, Support::one(of_accounts(&format!("access={kind}"))))
    });
    let columns =
        vec![column("Nature de l'accès", 8), numbers("Connexions", 3), numbers("Comptes", 3)];
    let limit = Limit::of(total, ["nature", "natures"], OF_ACCOUNTS);
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
    let selection = of_account("addresses", bound[0].0);
    let limit = Limit::of(SHOWN, ["connexion", "connexions"], &selection);
    let caption = Text::from("Connexions du compte ").then(index.name_and_key(bound[0].0));
    w.table(caption, columns, rows, bound.len(), limit)
}

fn endpoint(row: &Address) -> Text {
    let text = Text::new().code(cut(&row.ip));
    let text = if row.declared { text.plain(" (déclarée, non vérifiée)") } else { text };
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
