//! Blocks of metadata that several containers hold: one call for each kind.

use crate::collector::Collector;
use crate::part::Part;
use crate::{exif, icc, iptc, photoshop, xmp};

/// A TIFF structure.
pub(crate) fn exif(part: &Part<'_>, out: &mut Collector) {
    exif::read(part, out);
}

/// An XMP packet.
pub(crate) fn xmp(part: &Part<'_>, out: &mut Collector) {
    xmp::read(part, out);
}

/// IPTC-IIM.
pub(crate) fn iptc(part: &Part<'_>, out: &mut Collector) {
    iptc::read(part, out);
}

/// Photoshop's resource blocks.
pub(crate) fn photoshop(part: &Part<'_>, out: &mut Collector) {
    photoshop::read(part, out);
}

/// A colour profile.
pub(crate) fn icc(part: &Part<'_>, out: &mut Collector) {
    icc::read(part, out);
}

/// A C2PA manifest store.
pub(crate) fn c2pa(_part: &Part<'_>, _out: &mut Collector) {}
