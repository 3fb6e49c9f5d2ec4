//! What every source says of the addresses that accounts used.

use faisceau_enrich::{Knowledge, Overlay};
use faisceau_model::rows::{Address, AddressVerdict, Name};

use crate::bundled::Bundled;

/// The rows of `verdicts`.
pub(crate) fn verdicts(
    bound: &[Address],
    bundled: &Bundled,
    overlay: &Overlay,
    names: &[Name],
) -> Vec<AddressVerdict> {
    let bundle = bundled.datasets();
    let tor = bundled.tor.as_ref().map(|pinned| &pinned.index);
    faisceau_enrich::verdicts(bound, &Knowledge { bundle, overlay, names, tor })
}
