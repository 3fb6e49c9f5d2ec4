//! The box `moov`: what the movie is, and its tracks.
//!
//! In: its content. Out: times, length, tracks, texts.
//!
//! ISO/IEC 14496-12, section 8.2.

use super::{QUICKTIME, keys, time, track, track_group, user_data};
use crate::bmff::{self, atoms, number};
use crate::collector::Collector;
use crate::decimal::perl;
use crate::part::Part;

/// Reads the description of a movie.
pub(crate) fn movie(body: &Part<'_>, out: &mut Collector) {
    let mut tracks = 0;
    for atom in atoms(body, out) {
        match &atom.kind {
            b"mvhd" => header(&atom.body, out),
            b"trak" => {
                tracks += 1;
                match track_group(tracks) {
                    Some(group) => track::track(&atom.body, group, out),
                    None => out.flaw(atom.body.whole().start, "more tracks than are read"),
                }
            }
            b"udta" => user_data::user_data(&atom.body, None, out),
            b"meta" => keys::list(&bmff::meta(&atom.body, out), None, out),
            b"uuid" => bmff::uuid(&atom.body, out),
            b"cmov" => out.flaw(atom.body.whole().start, "a compressed movie header is not read"),
            _ => {}
        }
    }
}

/// Created, changed, units of time in a second, length in those units.
fn header(body: &Part<'_>, out: &mut Collector) {
    let times = times(body, ["CreateDate", "ModifyDate"], QUICKTIME, out);
    let (Some(rest), Some(version)) = (times, body.bytes().first()) else {
        return out.flaw(body.whole().start, "the header of the movie is too short");
    };
    let width = if *version == 0 { 4 } else { 8 };
    let Some((scale, after)) = number(rest.bytes(), 4) else { return };
    let Some((length, _)) = number(after, width) else { return };
    // All bits are set where the length is not known.
    let unknown = length == u64::MAX >> (64 - 8 * width);
    if scale > 0 && !unknown {
        let seconds = perl(length as f64 / scale as f64);
        out.add(QUICKTIME, "Duration", &seconds, rest.place(0..4 + width));
    }
}

/// The two times that the headers of movies, tracks and media begin with, behind version and flags; the
/// rest of the header.
pub(super) fn times<'a>(
    body: &Part<'a>,
    names: [&str; 2],
    group: &'static str,
    out: &mut Collector,
) -> Option<Part<'a>> {
    let width = if *body.bytes().first()? == 0 { 4 } else { 8 };
    let mut rest = body.from(4);
    for name in names {
        let (seconds, _) = number(rest.bytes(), width)?;
        if let Some((shown, patched)) = time::since_1904(seconds) {
            out.add(group, name, &shown, rest.place(0..width));
            if patched {
                out.flaw(rest.whole().start, "a time counts from 1970, not from 1904");
            }
        }
        rest = rest.from(width);
    }
    Some(rest)
}
