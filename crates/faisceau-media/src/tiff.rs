//! TIFF files: scans, faxes, raw files of cameras. The whole file is one structure.
//!
//! The coded picture is not told apart: its strips lie between the metadata.

use crate::blocks;
use crate::collector::Collector;
use crate::field::group;
use crate::part::Part;

/// Whether the head is of a TIFF file.
pub(crate) fn sniff(head: &[u8]) -> bool {
    [&b"II\x2a\0"[..], b"MM\0\x2a", b"IIU\0", b"IIRO"].iter().any(|mark| head.starts_with(mark))
}

/// Reads a file.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "image/tiff";
    blocks::exif(file, out);
    let number = |name| out.found.value(&[group::IFD0], name)?.split(' ').next()?.parse().ok();
    let (width, height) = (number("ImageWidth"), number("ImageHeight"));
    (out.found.width, out.found.height) = (width, height);
}
