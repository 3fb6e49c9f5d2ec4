//! Settling records one by one, so that each is counted once and lost never.
//!
//! In: what comes of a record. Out: a count as read, or a reject with place and reason. Refused:
//! rows of a record that is rejected: a reader hands rows over only when it has all of them.

use faisceau_model::rows::Reject;
use faisceau_model::{ExhibitNo, Place, RowId, Sink};

use crate::json::Flaw;

/// Announces one record, reads it, and counts it as read or rejected. `raw` is its text, of which
/// the reject shows the start.
pub(crate) fn settle(
    exhibit: ExhibitNo,
    place: &Place,
    raw: &[u8],
    sink: &mut dyn Sink,
    read: impl FnOnce(&mut dyn Sink) -> Result<(), Flaw>,
) {
    settle_part(exhibit, (place, 0), raw, sink, read);
}

/// The same for one of several records that stand at one place, told apart by `part`.
pub(crate) fn settle_part(
    exhibit: ExhibitNo,
    (place, part): (&Place, u32),
    raw: &[u8],
    sink: &mut dyn Sink,
    read: impl FnOnce(&mut dyn Sink) -> Result<(), Flaw>,
) {
    sink.records(1);
    match read(sink) {
        Ok(()) => sink.read(1),
        Err((reason, detail)) => sink.reject(Reject {
            id: RowId::at("rej", exhibit, place, part),
            ..Reject::new(exhibit, place.clone(), reason, detail, raw)
        }),
    }
}

/// Announces one record and sets it aside with a reason: it was understood and gives no row.
pub(crate) fn set_aside(
    exhibit: ExhibitNo,
    place: &Place,
    raw: &[u8],
    detail: &str,
    sink: &mut dyn Sink,
) {
    settle(exhibit, place, raw, sink, |_| {
        Err((faisceau_model::RejectReason::SetAside, detail.to_owned()))
    });
}
