//! The addresses of the examined accounts, a row an account.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Address;

use super::Bound;
use crate::french::count;
use crate::index::{Index, of_account};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 30;
const OPERATORS: usize = 3;

/// The table, or nothing where no address is bound to an examined account.
pub(super) fn table(index: &Index<'_>, bound: &[Bound<'_>], w: &mut Writer) -> Option<Block> {
    let groups: Vec<&[Bound<'_>]> = bound.chunk_by(|(a, _), (b, _)| a == b).collect();
    let columns = vec![
        column("Compte", 9),
        numbers("Connexions", 3),
        numbers("Adresses", 3),
        numbers("sans port", 2),
        column("Première ; dernière (UTC)", 9),
        column("Opérateurs, par nombre de connexions", 11),
    ];
    let total = groups.len();
    let rows = groups.iter().filter_map(|group| {
        let (key, _) = group.first()?;
        let ips: BTreeSet<&str> = group.iter().map(|(_, row)| row.ip.as_str()).collect();
        let no_port = group.iter().filter(|(_, row)| row.port.known().is_none()).count();
        let cells = vec![
            index.name_and_key(key),
            count(group.len()).into(),
            count(ips.len()).into(),
            count(no_port).into(),
            period(group),
            operators(group),
        ];
        Some((cells, Support::one(of_account("addresses", key))))
    });
    let rows: Vec<(Vec<Text>, Support)> = rows.collect();
    let all = groups.iter().filter_map(|group| group.first());
    let all = Support::every(all.map(|(key, _)| of_account("addresses", key)), "addresses");
    let limit = Limit::of(SHOWN, ["compte", "comptes"], "addresses").resting_on(all);
    let caption = "Connexions des comptes examinés ; chacune est à l'annexe H";
    (total > 0).then(|| w.table(caption, columns, rows, total, limit))
}

/// Those without an instant come last or first alike: only known instants count.
fn period(group: &[Bound<'_>]) -> Text {
    let times = || group.iter().filter_map(|(_, row)| row.at.known().copied());
    match times().min().zip(times().max()) {
        Some((first, last)) if first == last => first.to_string().into(),
        Some((first, last)) => format!("{first} ; {last}").into(),
        None => "instants inconnus".into(),
    }
}

fn operators(group: &[Bound<'_>]) -> Text {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, row) in group {
        *uses.entry(name(row)).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = uses.into_iter().collect();
    sorted.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    let shown = sorted.iter().take(OPERATORS).map(|(name, n)| {
        let text = match *name {
            "" => Text::from("opérateur inconnu"),
            name => Text::new().data(name, 36),
        };
        text.plain(format!(" ({})", count(*n)))
    });
    let text = Text::join(shown, ", ");
    match sorted.len().saturating_sub(OPERATORS) {
        0 => text,
        rest => text.plain(format!(" et {}", crate::french::counted(rest, "autre", "autres"))),
    }
}

fn name(row: &Address) -> &str {
    row.operator.known().map_or("", AsRef::as_ref)
}
