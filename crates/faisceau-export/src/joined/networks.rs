//! The autonomous systems that announced addresses, as the datasets say for the days of their use.

use std::collections::BTreeMap;
use std::path::Path;

use faisceau_model::rows::Address;
use faisceau_tables::{TableError, read_batches};

use crate::plain::PlainGraph;

/// By address, the numbers and names of its autonomous systems.
pub(crate) type Networks = BTreeMap<String, BTreeMap<i64, Option<String>>>;

/// The autonomous systems of the addresses that are nodes of the graph.
pub(crate) fn networks(tables: &Path, graph: &PlainGraph) -> Result<Networks, TableError> {
    let addresses = graph.nodes.iter().filter(|node| node.kind == "address");
    let mut networks: Networks =
        addresses.map(|node| (node.value().to_owned(), BTreeMap::new())).collect();
    read_batches::<Address>(tables, |rows| {
        for row in rows {
            let Some(asn) = row.asn.known().filter(|asn| u32::try_from(**asn).is_ok()) else {
                continue;
            };
            if row.declared || row.account.known().is_none() {
                continue;
            }
            let Some(seen) = networks.get_mut(&row.ip) else { continue };
            let name = row.operator.known().map(|name| name.as_ref().to_owned());
            let kept = seen.entry(*asn).or_insert(None);
            // The smaller of two names, whatever the order of the rows.
            *kept = match (kept.take(), name) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        true
    })?;
    Ok(networks)
}
