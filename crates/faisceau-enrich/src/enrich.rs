//! One address row for each connection.

use faisceau_datasets::Bundle;
use faisceau_model::rows::{Address, Connection};
use rayon::prelude::*;

use crate::access::Bases;
use crate::lookup::{Sources, address};
use crate::overlay::Overlay;
use crate::texts::Texts;

/// Rows that one task takes at least: below, sharing out and copying texts cost more than they
/// gain.
const AT_LEAST: usize = 8_192;

/// Looks up the address of each connection as it was at its instant.
///
/// The rows come in the order of the connections, whatever the number of threads. A connection
/// without a time is looked up in the newest data; the history of Tor then gives no data.
pub fn enrich(connections: &[Connection], bundle: &Bundle, overlay: &Overlay) -> Vec<Address> {
    let sources = Sources { bundle, overlay, bases: Bases::default() };
    connections
        .par_iter()
        .with_min_len(AT_LEAST)
        .map_init(Texts::new, |texts, connection| address(connection, &sources, texts))
        .collect()
}
