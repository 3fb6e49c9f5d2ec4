//! Reads pictures ahead, several at a time.
//!
//! A picture is decoded to be looked at, which takes longer than all else that is read of it. In: the
//! exhibits that are due. Out: for the next pictures among them, what they gave, to be taken in their
//! turn: the order of rows does not depend on the number of threads.

use std::collections::BTreeMap;
use std::io::Read;

use faisceau_import::{ImportSettings, Imported, is_picture};
use faisceau_model::{Collected, ExhibitNo};
use faisceau_store::{Exhibit, Store, StoreError};
use rayon::prelude::*;

use crate::taken::read_exhibit;

/// Pictures that are read together.
const TOGETHER: usize = 32;
/// Bytes that they may have together.
const BYTES: u64 = 256 << 20;
/// Bytes by which a picture is told.
const HEAD: u64 = 64;

/// What an exhibit gave before its turn.
pub(crate) struct Ahead {
    /// Whether its bytes are those that were taken in.
    pub(crate) checked: Result<(), StoreError>,
    pub(crate) rows: Collected,
    pub(crate) imported: Imported,
}

/// Reads the first exhibit of these and the pictures behind it, if it is a picture.
pub(crate) fn read_ahead(
    store: &Store,
    due: &[&Exhibit],
    settings: &ImportSettings,
) -> BTreeMap<ExhibitNo, Ahead> {
    if !due.first().is_some_and(|exhibit| is_due(store, exhibit)) {
        return BTreeMap::new();
    }
    let mut room = BYTES;
    let mut fits = |exhibit: &Exhibit| {
        let fits = exhibit.bytes <= room;
        room = room.saturating_sub(exhibit.bytes);
        fits
    };
    let pictures = due.iter().take(TOGETHER).filter(|exhibit| is_due(store, exhibit));
    let pictures: Vec<&Exhibit> = pictures.copied().take_while(|exhibit| fits(exhibit)).collect();
    let read = |exhibit: &&Exhibit| {
        let mut rows = Collected::default();
        let imported = read_exhibit(store, exhibit, settings, &mut rows);
        let checked = store.check_exhibit(exhibit.no);
        (exhibit.no, Ahead { checked, rows, imported })
    };
    pictures.par_iter().map(read).collect()
}

/// Whether an exhibit is a picture that is read, and was not read under another number.
fn is_due(store: &Store, exhibit: &Exhibit) -> bool {
    let whole = exhibit.same_as.is_none() && !exhibit.kind.is_opened() && exhibit.bytes <= BYTES;
    let mut head = Vec::new();
    whole
        && store
            .open_exhibit(exhibit.no)
            .is_ok_and(|bytes| bytes.take(HEAD).read_to_end(&mut head).is_ok())
        && is_picture(&head)
}
