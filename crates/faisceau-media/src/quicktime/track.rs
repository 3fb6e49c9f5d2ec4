//! The box `trak`: a track, its times, who handled it, and the size of its picture.
//!
//! In: its content. Out: its fields, in the group of the track. The size of the first video track is
//! that of the movie: the one of `tkhd`, before the matrix turns it, or that of the sample description.
//!
//! ISO/IEC 14496-12, sections 8.3 to 8.5;
//! <https://developer.apple.com/documentation/quicktime-file-format/track_atoms>.

use super::{keys, movie, text, user_data};
use crate::bmff::{self, Atom, atoms, first, inside, number};
use crate::collector::Collector;
use crate::decimal::perl;
use crate::part::Part;

/// Reads a track.
pub(super) fn track(body: &Part<'_>, group: &'static str, out: &mut Collector) {
    let parts = atoms(body, out);
    let media = inside(&parts, *b"mdia", out);
    let video =
        first(&media, *b"hdlr").and_then(|atom| atom.body.bytes().get(8..12)) == Some(b"vide");
    let header = first(&parts, *b"tkhd").and_then(|atom| header(&atom.body, group, out));
    if let Some(atom) = first(&media, *b"mdhd") {
        movie::times(&atom.body, ["MediaCreateDate", "MediaModifyDate"], group, out);
    }
    if let Some(atom) = first(&media, *b"hdlr") {
        handler(&atom.body, group, out);
    }
    let information = inside(&media, *b"minf", out);
    if let Some(atom) = first(&information, *b"hdlr") {
        handler(&atom.body, group, out);
    }
    let described = if video { description(&information, group, out) } else { None };
    if let Some(size) = header.filter(|_| video).or(described)
        && out.found.width.is_none()
    {
        (out.found.width, out.found.height) = (Some(size.0), Some(size.1));
    }
    if let Some(atom) = first(&parts, *b"udta") {
        user_data::user_data(&atom.body, Some(group), out);
    }
    if let Some(atom) = first(&parts, *b"meta") {
        keys::list(&bmff::meta(&atom.body, out), Some(group), out);
    }
}

/// The times, and the size if there is one.
fn header(body: &Part<'_>, group: &'static str, out: &mut Collector) -> Option<(u32, u32)> {
    let times = ["TrackCreateDate", "TrackModifyDate"];
    let rest = movie::times(body, times, group, out)?;
    // Number, length, layer, volume and matrix stand before the size.
    let before = if *body.bytes().first()? == 0 { 64 } else { 68 };
    let size = rest.from(before);
    let (width, after) = number(size.bytes(), 4)?;
    let (height, _) = number(after, 4)?;
    let (width, height) = (whole(width), whole(height));
    if width == 0 || height == 0 {
        return None;
    }
    out.add(group, "ImageWidth", &perl(f64::from(width)), size.place(0..4));
    out.add(group, "ImageHeight", &perl(f64::from(height)), size.place(4..8));
    Some((width, height))
}

/// The part before the point of a number of 16 and 16 bits; some programs write no point.
fn whole(number: u64) -> u32 {
    let number = number as u32;
    if number & 0xfff0_0000 == 0 { number } else { number >> 16 }
}

/// Who wrote, and who reads: the maker of the component, and its name, which programs set freely.
pub(super) fn handler(body: &Part<'_>, group: &'static str, out: &mut Collector) {
    if let Some(vendor) = body.get(12..16) {
        out.add(group, "HandlerVendorID", &text::any(vendor.bytes()), vendor.whole());
    }
    let name = body.from(24);
    out.add(group, "HandlerDescription", &text::counted(name.bytes()), name.whole());
}

/// The size in the first description of samples; the name of the compressor, and its maker.
fn description(
    information: &[Atom<'_>],
    group: &'static str,
    out: &mut Collector,
) -> Option<(u32, u32)> {
    let table = inside(information, *b"stbl", out);
    let (_, body) = first(&table, *b"stsd").and_then(Atom::full)?;
    let samples = atoms(&body.from(4), out);
    let entry = &samples.first()?.body;
    let vendor = entry.get(12..16)?;
    out.add(group, "VendorID", &text::any(vendor.bytes()), vendor.whole());
    if let Some(name) = entry.get(42..74) {
        out.add(group, "CompressorName", &text::counted(name.bytes()), name.whole());
    }
    let (width, after) = number(entry.get(24..28)?.bytes(), 2)?;
    let (height, _) = number(after, 2)?;
    (width > 0 && height > 0).then_some((width as u32, height as u32))
}
