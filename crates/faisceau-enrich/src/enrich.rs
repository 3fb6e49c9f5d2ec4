//! One address row for each connection.

use faisceau_datasets::Bundle;
use faisceau_model::rows::{Address, Connection};
use rayon::prelude::*;

use crate::access::Bases;
use crate::forwarded::Proxies;
use crate::lookup::{Sources, address};
use crate::overlay::Overlay;
use crate::texts::Texts;
use crate::tor_pin::PinnedTor;

/// What connections are looked up in.
#[derive(Debug, Clone, Copy)]
pub struct Enrichment<'a> {
    /// The datasets.
    pub bundle: &'a Bundle,
    /// The investigator's ranges.
    pub overlay: &'a Overlay,
    /// The proxies that the case trusts.
    pub proxies: &'a Proxies,
    /// The Tor documents that the case pins.
    pub tor: Option<&'a PinnedTor>,
}

/// Looks up the address of each connection as it was at its instant, batches side by side.
///
/// The rows come in the order of the connections, whatever the number of threads. A connection
/// without a time is looked up in the newest data; the history of Tor then gives no data.
pub fn enrich(batches: &[Vec<Connection>], with: &Enrichment<'_>) -> Vec<Vec<Address>> {
    let sources = Sources { with: *with, bases: Bases::default() };
    let of = |texts: &mut Texts, batch: &Vec<Connection>| {
        batch.iter().map(|connection| address(connection, &sources, texts)).collect()
    };
    batches.par_iter().map_init(Texts::new, of).collect()
}
