//! The hard binding: a hash over the file without the manifest. In: the active manifest and the file.
//! Out: whether the file is the one that was signed.
//!
//! C2PA 2.2, "Hard bindings", "Data hash" (`c2pa.hash.data`); for files of boxes see
//! [`box_binding`]. Not read: `c2pa.hash.boxes`.

use std::ops::Range;

use super::box_binding;
use super::cbor::Item;
use super::manifest::{Manifest, hash_of};

/// Most ranges that are left out of the hash.
const RANGES: usize = 100;
/// How far an excluded range may reach beyond the manifest: heads of segments, checksums.
const AROUND: u64 = 64;

/// What the check of the hash over the file gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binding {
    /// Every byte outside the manifest is as it was signed.
    Holds,
    /// The hash fits, but leaves out bytes outside the manifest, which may be anything.
    HoldsInPart,
    /// The file was changed since, or the manifest was taken from another file.
    Broken,
    /// No binding of the kind that is read here.
    Unsupported,
}

impl Binding {
    /// The value of the field `BindingState`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::HoldsInPart => "holds_in_part",
            Self::Broken => "broken",
            Self::Unsupported => "unsupported",
        }
    }
}

/// Checks the binding; `own` is where the manifest lies in the file.
pub(super) fn check(manifest: &Manifest<'_>, own: &Range<u64>, file: &[u8]) -> Binding {
    const LABELS: [&str; 3] = ["c2pa.hash.data", "c2pa.hash.bmff.v2", "c2pa.hash.bmff.v3"];
    let is_binding = |label: &str| LABELS.contains(&label);
    let Some(assertion) = manifest.assertions.iter().find(|of| is_binding(&of.label)) else {
        return Binding::Unsupported;
    };
    let content = assertion.content(*b"cbor").and_then(|part| Item::read(part.bytes()));
    let Some(content) = &content else { return Binding::Broken };
    let claim = manifest.claim();
    let of_claim = claim.as_ref().and_then(|(claim, _)| claim.get("alg"));
    let algorithm = content.get("alg").or(of_claim).and_then(Item::text);
    if assertion.label != "c2pa.hash.data" {
        return box_binding::check(content, algorithm, file);
    }
    let Some(expected) = content.get("hash").and_then(Item::bytes) else { return Binding::Broken };
    let exclusions = content.get("exclusions").map(Item::array).unwrap_or_default();
    let range = |item: &Item<'_>| {
        let number =
            |key| item.get(key).and_then(Item::integer).and_then(|of| usize::try_from(of).ok());
        let start = number("start")?;
        Some(start..start.checked_add(number("length")?)?)
    };
    let Some(mut ranges): Option<Vec<Range<usize>>> =
        exclusions.iter().take(RANGES + 1).map(range).collect()
    else {
        return Binding::Broken;
    };
    if ranges.len() > RANGES {
        return Binding::Unsupported;
    }
    ranges.sort_by_key(|range| range.start);
    let (mut kept, mut at) = (Vec::new(), 0);
    for range in &ranges {
        let Some(before) = file.get(at..range.start) else { return Binding::Broken };
        kept.push(before);
        at = range.end;
    }
    let Some(rest) = file.get(at..) else { return Binding::Broken };
    kept.push(rest);
    let only_own = ranges.iter().all(|range| {
        range.is_empty()
            || (own.start.saturating_sub(AROUND) <= range.start as u64
                && range.end as u64 <= own.end.saturating_add(AROUND))
    });
    match hash_of(algorithm, kept) {
        None => Binding::Unsupported,
        Some(found) if found != expected => Binding::Broken,
        Some(_) if only_own => Binding::Holds,
        Some(_) => Binding::HoldsInPart,
    }
}
