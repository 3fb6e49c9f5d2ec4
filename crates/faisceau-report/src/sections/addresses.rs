//! Section 6: the addresses that accounts used, and what the datasets say of each.

mod accounts;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use faisceau_model::rows::Address;
use faisceau_model::{AccessKind, AccountKey, AddressScope, Listing, Maybe, Role};

use super::figures::places;
use crate::french::paris;
use crate::index::{Index, cut, of_account};
use crate::language::{Language, said};
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
    let lang = index.lang;
    let mut blocks = Vec::new();
    let examined = of_examined(index);
    if examined.is_empty() {
        let text = lang.pick(
            "Aucune connexion n'est rattachée à un compte examiné.",
            "No connection is tied to an account under examination.",
        );
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one(OF_ACCOUNTS))]));
    }
    let groups: Vec<&[Bound<'_>]> = examined.chunk_by(|(a, _), (b, _)| a == b).collect();
    for group in groups.iter().take(ACCOUNTS) {
        blocks.push(table(index, group, w));
        blocks.extend(verdicts::table(index, group, w));
    }
    if groups.len() > ACCOUNTS {
        let text = Text::from(said!(
            lang,
            "Ces tableaux donnent {ACCOUNTS} comptes sur {} ; la table complète est ",
            "These tables give {ACCOUNTS} accounts out of {}; the whole table is ",
            lang.count(groups.len())
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
    let lang = index.lang;
    let uses = usize::try_from(index.input.uses).unwrap_or(0);
    if uses == 0 && bound.is_empty() {
        let text = lang.pick(
            "Aucune adresse de connexion ne figure dans les pièces.",
            "No connection address appears in the exhibits.",
        );
        return vec![w.say(text, Support::one("addresses"))];
    }
    let of_an_account = match bound.len() {
        0 => lang.pick("aucune n'est rattachée", "none is tied").to_owned(),
        n => lang.counted(n, ["est rattachée", "sont rattachées"], ["is tied", "are tied"]),
    };
    let text = said!(
        lang,
        "{} dans les pièces ; {of_an_account} par leur source à un compte.",
        "{} in the exhibits; {of_an_account} to an account by their source.",
        lang.counted(
            uses,
            ["connexion figure", "connexions figurent"],
            ["connection appears", "connections appear"]
        ),
    );
    let mut out = vec![w.say(text, Support::one("addresses").and(OF_ACCOUNTS))];
    let no_port = bound.iter().filter(|row| row.port.known().is_none()).count();
    let undated = bound.iter().filter(|row| row.at.known().is_none()).count();
    let lacking = [
        (lang.pick("Le port source", "The source port"), "port=", no_port),
        (lang.pick("L'instant", "The instant"), "at=", undated),
    ];
    for (what, condition, n) in lacking {
        if n > 0 {
            let text = said!(
                lang,
                "{what} manque pour {} de ces dernières.",
                "{what} is missing for {} of the latter.",
                lang.count(n)
            );
            out.push(w.say(text, Support::one(of_accounts(condition))));
        }
    }
    out
}

fn kinds(index: &Index<'_>, bound: &[&Address], w: &mut Writer) -> Block {
    let lang = index.lang;
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
            lang.count(uses).into(),
            lang.count(accounts.len()).into(),
        ];
        (cells, Support::one(of_accounts(&format!("access={kind}"))))
    });
    let columns = vec![
        column(lang.pick("Nature de l'accès", "Kind of access"), 8),
        numbers(lang.pick("Connexions", "Connections"), 3),
        numbers(lang.pick("Comptes", "Accounts"), 3),
    ];
    let limit = Limit::of(total, lang.pick(["nature", "natures"], ["kind", "kinds"]), OF_ACCOUNTS);
    let caption = lang.pick(
        "Connexions des comptes selon la nature de l'accès",
        "Connections of the accounts by kind of access",
    );
    w.table(caption, columns, rows, total, limit)
}

/// The connections of one account.
fn table(index: &Index<'_>, bound: &[Bound<'_>], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Adresse et port source", "Address and source port"), 7),
        column(lang.pick("Instant, UTC puis Paris", "Instant, UTC then Paris"), 8),
        column(lang.pick("Opérateur, pays (source, écart)", "Operator, country (source, gap)"), 8),
        column(lang.pick("Nature de l'accès (source)", "Kind of access (source)"), 7),
        column(lang.pick("Tor, VPN (source, écart)", "Tor, VPN (source, gap)"), 13),
    ];
    let rows = bound.iter().map(|(_, row)| {
        let cells = vec![
            endpoint(lang, row),
            instant(index, row),
            operator(index, row),
            access(index, row),
            verdicts(index, row),
        ];
        (cells, Support::one(&row.id).and(&row.connection))
    });
    let selection = of_account("addresses", bound[0].0);
    let nouns = lang.pick(["connexion", "connexions"], ["connection", "connections"]);
    let limit = Limit::of(SHOWN, nouns, &selection);
    let caption = Text::from(lang.pick("Connexions du compte ", "Connections of the account "))
        .then(index.name_and_key(bound[0].0));
    w.table(caption, columns, rows, bound.len(), limit)
}

fn endpoint(lang: Language, row: &Address) -> Text {
    let text = Text::new().code(cut(&row.ip));
    let text = if row.declared {
        text.plain(lang.pick(" (déclarée, non vérifiée)", " (declared, not verified)"))
    } else {
        text
    };
    match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        None => text.plain(", ").strong("port absent"),
    }
}

fn instant(index: &Index<'_>, row: &Address) -> Text {
    match &row.at {
        Maybe::Known(at) => {
            let local = paris(*at).map_or_else(String::new, |local| format!(", {local}"));
            let unsure = index.lang.pick(" (heure peu sûre)", " (doubtful time)");
            let zone = if at.feeds_timing() { "" } else { unsure };
            format!("{at}{local}{zone}").into()
        }
        Maybe::Missing(reason) => index.words.absent(reason.as_str()).into(),
    }
}

fn operator(index: &Index<'_>, row: &Address) -> Text {
    let lang = index.lang;
    if row.scope != AddressScope::Global && row.operator.known().is_none() {
        return index.words.scope(row.scope.as_str()).into();
    }
    let text = match &row.operator {
        Maybe::Known(name) => Text::new().data(name, 40),
        Maybe::Missing(_) => lang.pick("opérateur inconnu", "unknown operator").into(),
    };
    let text = match row.asn.known() {
        Some(asn) => text.plain(format!(" (AS{asn})")),
        None => text,
    };
    let text = match &row.country {
        Maybe::Known(country) => text.plain(", ").data(country, 8),
        Maybe::Missing(_) => text.plain(lang.pick(", pays inconnu", ", unknown country")),
    };
    sourced(lang, text, &row.operator_source, &row.operator_days)
}

fn access(index: &Index<'_>, row: &Address) -> Text {
    let text = Text::from(index.words.access(row.access.as_str()));
    text.plain(" (").data(&row.access_basis, 40).plain(")")
}

fn verdicts(index: &Index<'_>, row: &Address) -> Text {
    let lang = index.lang;
    let verdict = |name: &str, listing: Listing, source, days| {
        let says = index.words.listing(listing.as_str());
        sourced(lang, said!(lang, "{name} : {says}", "{name}: {says}").into(), source, days)
    };
    let tor = verdict("Tor", row.tor, &row.tor_source, &row.tor_days);
    tor.plain(lang.pick(" ; ", "; ")).then(verdict("VPN", row.vpn, &row.vpn_source, &row.vpn_days))
}

/// The source of a verdict and its distance from the event.
fn sourced(lang: Language, text: Text, source: &Maybe<Arc<str>>, days: &Maybe<i64>) -> Text {
    let Maybe::Known(source) = source else { return text };
    let text = text.plain(" (").data(source, 40);
    match days.known() {
        Some(days) => {
            let days = lang.count(*days);
            text.plain(said!(lang, ", {days}\u{a0}j)", ", {days}\u{a0}d)"))
        }
        None => text.plain(")"),
    }
}
