//! Blocks of metadata that several containers hold: one call for each kind.

use crate::collector::Collector;
use crate::part::Part;
use crate::{c2pa, exif, icc, iptc, photoshop, xmp};

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
pub(crate) fn c2pa(part: &Part<'_>, out: &mut Collector) {
    c2pa::read(part, out);
    if out.manifest.is_none() {
        out.manifest = Some((part.bytes().to_vec(), part.whole()));
    }
}

/// Whether the file is the one that its manifest was made for, once it was read whole.
pub(crate) fn binding(file: &[u8], out: &mut Collector) {
    if let Some((manifest, place)) = out.manifest.take() {
        let state = c2pa::binding(&Part::unpacked(&manifest, place.clone()), file);
        out.add("C2PA", "BindingState", state.name(), place);
    }
}
