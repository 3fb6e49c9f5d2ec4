//! Connections of accounts by country and operator, without a map: no outside drawing is needed.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Address;
use faisceau_model::{AccountKey, selection};

use super::told;
use crate::drawing::{Count, Counts, Drawing};
use crate::index::Index;
use crate::language::Language;
use crate::model::Block;
use crate::sections::addresses::OF_ACCOUNTS;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::Writer;

const BARS: usize = 14;

/// Connections, their accounts, their addresses.
#[derive(Default)]
struct Tally<'a> {
    uses: u64,
    accounts: BTreeSet<&'a AccountKey>,
    ips: BTreeSet<&'a str>,
}

/// The figure, or nothing where no address is bound to an account.
pub(in crate::sections) fn block(
    index: &Index<'_>,
    bound: &[&Address],
    w: &mut Writer,
) -> Option<Block> {
    type Key<'a> = (Option<&'a str>, Option<&'a str>);
    let lang = index.lang;
    let mut of: BTreeMap<Key<'_>, Tally<'_>> = BTreeMap::new();
    for row in bound {
        let key = (row.country.known().map(AsRef::as_ref), row.operator.known().map(AsRef::as_ref));
        let tally = of.entry(key).or_default();
        tally.uses += 1;
        tally.accounts.extend(row.account.known());
        tally.ips.insert(&row.ip);
    }
    if of.is_empty() {
        return None;
    }
    let mut sorted: Vec<(Key<'_>, Tally<'_>)> = of.into_iter().collect();
    sorted.sort_by(|(a, x), (b, y)| y.uses.cmp(&x.uses).then_with(|| a.cmp(b)));
    let rest = sorted.split_off(sorted.len().min(BARS));
    let mut support = Support::one(OF_ACCOUNTS);
    let mut rows: Vec<Count> = Vec::new();
    for ((country, operator), tally) in &sorted {
        let (country, operator) = (country.unwrap_or(""), operator.unwrap_or(""));
        let columns = [("account", "*"), ("country", country), ("operator", operator)];
        support = support.and(selection("addresses", &columns));
        let name = match country {
            "" => lang.pick("pays inconnu", "unknown country"),
            code => index.words.country(code),
        };
        let label = Text::new().data(name, 30).plain(" – ");
        let label = match operator {
            "" => label.plain(lang.pick("opérateur inconnu", "unknown operator")),
            name => label.data(name, 36),
        };
        rows.push(Count { label, value: tally.uses, beside: beside(lang, tally) });
    }
    if !rest.is_empty() {
        let mut sum = Tally::default();
        let pairs = lang.counted(
            rest.len(),
            ["autre pays et opérateur", "autres pays et opérateurs"],
            ["other pair of country and operator", "other pairs of country and operator"],
        );
        for (_, tally) in rest {
            sum.uses += tally.uses;
            sum.accounts.extend(tally.accounts);
            sum.ips.extend(tally.ips);
        }
        rows.push(Count { label: pairs.into(), value: sum.uses, beside: beside(lang, &sum) });
    }
    let alt = told(
        lang,
        rows.iter().map(|row| {
            let value = format!("{} ({})", lang.count(row.value), row.beside.to_plain());
            (row.label.clone(), value)
        }),
    );
    let caption = lang.pick(
        "Connexions des comptes par pays et opérateur de l'adresse, selon les jeux de données ; à droite, comptes et adresses distincts",
        "Connections of the accounts by country and operator of the address, according to the datasets; on the right, distinct accounts and addresses",
    );
    let drawing = Counts { unit: lang.pick("Connexions", "Connections").to_owned(), rows };
    Some(w.figure(caption, alt, Drawing::Counts(drawing), support))
}

fn beside(lang: Language, tally: &Tally<'_>) -> Text {
    format!(
        "{}, {}",
        lang.counted(tally.accounts.len(), ["compte", "comptes"], ["account", "accounts"]),
        lang.counted(tally.ips.len(), ["adresse", "adresses"], ["address", "addresses"])
    )
    .into()
}
