//! What the tables and the size of a picture say of where it passed.
//!
//! In: a [`Description`]. Out: traces of known tables, of recompressors whose quality and greatest
//! side it has, and of a screen whose size it has and which no camera claims.

use super::data::{Recompressor, Screen, rows, screens};
use super::fields::has_camera;
use super::{Basis, Kind, Trace};
use crate::field::Description;
use crate::quantisation::{Quality, coding, known, known_huffman, quantisation};
use crate::tables::Tables;

/// Kinds of files in which a screen is saved.
const OF_SCREENS: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/heic"];

pub(super) fn read(description: &Description) -> Vec<Trace> {
    let mut traces = Vec::new();
    if let Some(tables) = &description.tables {
        of_tables(tables, description, &mut traces);
    }
    let size = size(description);
    if OF_SCREENS.contains(&description.mime) && !has_camera(description) {
        let of_size = |screen: &&Screen| size.is_some_and(|size| size == screen.size);
        let trace = |screen: &'static Screen| {
            Trace::new(&screen.of, Kind::Screenshot, Basis::Size, &screen.id)
        };
        traces.extend(screens().iter().filter(of_size).map(trace));
    }
    traces
}

/// The shorter side and the longer one.
fn size(description: &Description) -> Option<[u32; 2]> {
    let (width, height) = (description.width?, description.height?);
    Some([width.min(height), width.max(height)])
}

fn of_tables(tables: &Tables, description: &Description, traces: &mut Vec<Trace>) {
    let Some(found) = quantisation(tables) else { return };
    let huffman = coding(tables).and_then(|(_, fingerprint)| known_huffman(&fingerprint));
    for known in [known(&found.fingerprint), huffman].into_iter().flatten() {
        let kind = if known.kind == "edited" { Kind::Edited } else { Kind::Original };
        traces.push(Trace::new(&known.encoder, kind, Basis::Tables, &known.fingerprint));
    }
    // A platform that encodes a picture anew does not keep its camera.
    if let Quality::Exact { base: "standard", quality } = found.quality
        && !has_camera(description)
    {
        let longer = size(description).map(|[_, longer]| longer);
        let fits = |row: &&Recompressor| {
            row.quality == quality
                && longer.is_some_and(|side| row.sides.contains(&side))
                && row.progressive.is_none_or(|passes| passes == tables.progressive())
        };
        let rows = rows().recompressor.iter().filter(fits);
        traces
            .extend(rows.map(|row| Trace::new(&row.platform, Kind::Copy, Basis::Tables, &row.id)));
    }
}
