//! Which kind of file it is, by content, and who reads it.

use crate::collector::Collector;
use crate::field::Description;
use crate::part::Part;
use crate::{gif, jpeg, png, tiff, webp};

type Read = fn(&Part<'_>, &mut Collector);

/// A container: how it is told, and who reads it.
struct Container {
    sniff: fn(&[u8]) -> bool,
    read: Read,
}

static CONTAINERS: &[Container] = &[
    Container { sniff: jpeg::sniff, read: jpeg::read },
    Container { sniff: png::sniff, read: png::read },
    Container { sniff: webp::sniff, read: webp::read },
    Container { sniff: gif::sniff, read: gif::read },
    Container { sniff: tiff::sniff, read: tiff::read },
];

/// Reads a file, if it is of a kind that is known.
pub fn describe(bytes: &[u8]) -> Option<Description> {
    let container = CONTAINERS.iter().find(|container| (container.sniff)(bytes))?;
    let mut out = Collector::default();
    (container.read)(&Part::file(bytes), &mut out);
    Some(out.found)
}
