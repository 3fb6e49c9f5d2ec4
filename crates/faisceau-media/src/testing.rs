//! What tests of readers share.

use proptest::prelude::*;

use crate::collector::Collector;
use crate::field::Description;
use crate::part::Part;

/// What a reader makes of a file.
pub(crate) fn described(read: fn(&Part<'_>, &mut Collector), bytes: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&Part::file(bytes), &mut out);
    out.found
}

/// The fields, as `group:name=value`.
pub(crate) fn lines(found: &Description) -> Vec<String> {
    let line = |field: &crate::Field| format!("{}:{}={}", field.group, field.name, field.value);
    found.fields.iter().map(line).collect()
}

/// The flaws, without their places.
pub(crate) fn flaws(found: &Description) -> Vec<&'static str> {
    found.flaws.iter().map(|flaw| flaw.detail).collect()
}

/// Reads, and holds the description to what every reader promises: places lie in the file.
pub(crate) fn sound(read: fn(&Part<'_>, &mut Collector), bytes: &[u8]) {
    let found = described(read, bytes);
    let end = bytes.len() as u64;
    for field in &found.fields {
        assert!(field.at.start <= field.at.end && field.at.end <= end, "{field:?}");
    }
    assert!(found.flaws.iter().all(|flaw| flaw.at <= end), "{:?}", found.flaws);
    assert!(found.thumbnail.is_none_or(|at| at.start < at.end && at.end <= end));
}

/// A sample with bytes overwritten, taken out, put in or repeated, and cut.
pub(crate) fn mutated(sample: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..12);
    let cut = prop::option::weighted(0.3, any::<prop::sample::Index>());
    (edits, cut).prop_map(move |(edits, cut)| {
        let mut bytes = sample.clone();
        for (index, byte, kind) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
            }
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len() + 1)));
        bytes
    })
}
