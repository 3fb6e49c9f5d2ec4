//! The addresses of the examined accounts, a row an account.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Address;

use super::Bound;
use crate::index::{Index, of_account};
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 30;
const OPERATORS: usize = 3;

/// The table, or nothing where no address is bound to an examined account.
pub(super) fn table(index: &Index<'_>, bound: &[Bound<'_>], w: &mut Writer) -> Option<Block> {
    let lang = index.lang;
    let groups: Vec<&[Bound<'_>]> = bound.chunk_by(|(a, _), (b, _)| a == b).collect();
    let columns = vec![
        column(lang.pick("Compte", "Account"), 9),
        numbers(lang.pick("Connexions", "Connections"), 3),
        numbers(lang.pick("Adresses", "Addresses"), 3),
        numbers(lang.pick("sans port", "no port"), 2),
        column(lang.pick("Première ; dernière (UTC)", "First; last (UTC)"), 9),
        column(
            lang.pick(
                "Opérateurs, par nombre de connexions",
                "Operators, by number of connections",
            ),
            11,
        ),
    ];
    let total = groups.len();
    let rows = groups.iter().filter_map(|group| {
        let (key, _) = group.first()?;
        let ips: BTreeSet<&str> = group.iter().map(|(_, row)| row.ip.as_str()).collect();
        let no_port = group.iter().filter(|(_, row)| row.port.known().is_none()).count();
        let cells = vec![
            index.name_and_key(key),
            lang.count(group.len()).into(),
            lang.count(ips.len()).into(),
            lang.count(no_port).into(),
            period(lang, group),
            operators(lang, group),
        ];
        Some((cells, Support::one(of_account("addresses", key))))
    });
    let rows: Vec<(Vec<Text>, Support)> = rows.collect();
    let all = groups.iter().filter_map(|group| group.first());
    let all = Support::every(all.map(|(key, _)| of_account("addresses", key)), "addresses");
    let nouns = lang.pick(["compte", "comptes"], ["account", "accounts"]);
    let limit = Limit::of(SHOWN, nouns, "addresses").resting_on(all);
    let caption = lang.pick(
        "Connexions des comptes examinés ; chacune est à l'annexe H",
        "Connections of the accounts under examination; each is in annex H",
    );
    (total > 0).then(|| w.table(caption, columns, rows, total, limit))
}

/// Those without an instant come last or first alike: only known instants count.
fn period(lang: Language, group: &[Bound<'_>]) -> Text {
    let times = || group.iter().filter_map(|(_, row)| row.at.known().copied());
    match times().min().zip(times().max()) {
        Some((first, last)) if first == last => first.to_string().into(),
        Some((first, last)) => said!(lang, "{first} ; {last}", "{first}; {last}").into(),
        None => lang.pick("instants inconnus", "unknown instants").into(),
    }
}

fn operators(lang: Language, group: &[Bound<'_>]) -> Text {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, row) in group {
        *uses.entry(name(row)).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = uses.into_iter().collect();
    sorted.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    let shown = sorted.iter().take(OPERATORS).map(|(name, n)| {
        let text = match *name {
            "" => Text::from(lang.pick("opérateur inconnu", "unknown operator")),
            name => Text::new().data(name, 36),
        };
        text.plain(format!(" ({})", lang.count(*n)))
    });
    let text = Text::join(shown, ", ");
    match sorted.len().saturating_sub(OPERATORS) {
        0 => text,
        rest => {
            let others = lang.others(rest);
            text.plain(said!(lang, " et {others}", " and {others}"))
        }
    }
}

fn name(row: &Address) -> &str {
    row.operator.known().map_or("", AsRef::as_ref)
}
