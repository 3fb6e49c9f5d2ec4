//! Blocks of metadata that several containers hold: one call for each kind.

use crate::collector::Collector;
use crate::exif;
use crate::part::Part;

/// A TIFF structure.
pub(crate) fn exif(part: &Part<'_>, out: &mut Collector) {
    exif::read(part, out);
}

/// An XMP packet.
pub(crate) fn xmp(_part: &Part<'_>, _out: &mut Collector) {}

/// IPTC-IIM.
pub(crate) fn iptc(_part: &Part<'_>, _out: &mut Collector) {}

/// Photoshop's resource blocks.
pub(crate) fn photoshop(_part: &Part<'_>, _out: &mut Collector) {}

/// A colour profile.
pub(crate) fn icc(_part: &Part<'_>, _out: &mut Collector) {}

/// A C2PA manifest store.
pub(crate) fn c2pa(_part: &Part<'_>, _out: &mut Collector) {}
