//! The `ftyp` box: for what kind of reader the file was written.
//!
//! In: the content of the box. Out: the media type, and the brands as fields: their choice and order
//! differ between the programs that write files, so they hint at the one that wrote this.
//!
//! ISO/IEC 14496-12, section 4.3; registered brands: <https://mp4ra.org/registered-types/brands>.

use super::Kind;
use crate::collector::Collector;
use crate::part::Part;
use crate::quicktime::QUICKTIME;

/// Most compatible brands that are shown.
const BRANDS: usize = 32;

/// The media type of a major brand, as `ExifTool` names it; `None` if the brand does not say.
fn by_major(brand: Kind) -> Option<&'static str> {
    Some(match &brand {
        b"heic" | b"heix" | b"heim" | b"heis" => "image/heic",
        b"hevc" | b"hevx" | b"hevm" | b"hevs" => "image/heic-sequence",
        b"mif1" | b"mif2" | b"miaf" => "image/heif",
        b"msf1" => "image/heif-sequence",
        b"avif" | b"avis" => "image/avif",
        b"crx " => "image/x-canon-cr3",
        b"qt  " | b"mqt " => "video/quicktime",
        b"M4A " | b"M4B " | b"M4P " | b"F4A " | b"F4B " => "audio/mp4",
        [b'M', b'4', b'V', _] => "video/x-m4v",
        [b'3', b'g', b'2', _] | b"KDDI" => "video/3gpp2",
        [b'3', b'g', ..] => "video/3gpp",
        _ => return None,
    })
}

/// Whether the head is of a file of still pictures, by its major brand.
pub(crate) fn is_still(head: &[u8]) -> bool {
    major(head).and_then(by_major).is_some_and(
        |mime| matches!(mime.strip_prefix("image/"), Some(kind) if kind != "x-canon-cr3"),
    )
}

/// Whether the head is of a movie: a brand, or a box that older ones begin with.
pub(crate) fn is_movie(head: &[u8]) -> bool {
    let first = head.get(4..8);
    let old = [&b"moov"[..], b"mdat", b"wide", b"pnot"].iter().any(|kind| first == Some(kind));
    (major(head).is_some() || old) && !is_still(head)
}

fn major(head: &[u8]) -> Option<Kind> {
    (head.get(4..8)? == b"ftyp").then(|| head.get(8..)?.first_chunk().copied())?
}

/// The media type; `video/mp4` where no brand says otherwise. The brands become fields.
pub(crate) fn brands(body: &Part<'_>, out: &mut Collector) -> &'static str {
    let (Some(major), Some(minor)) = (brand(body, 0), brand(body, 4)) else {
        out.flaw(body.whole().start, "no brand");
        return "video/mp4";
    };
    out.add(QUICKTIME, "MajorBrand", &String::from_utf8_lossy(&major), body.place(0..4));
    let version =
        format!("{:x}.{:x}.{:x}", u16::from_be_bytes([minor[0], minor[1]]), minor[2], minor[3]);
    out.add(QUICKTIME, "MinorVersion", &version, body.place(4..8));
    let compatible: Vec<Kind> = body
        .from(8)
        .bytes()
        .chunks_exact(4)
        .take(BRANDS)
        .filter_map(|kind| kind.first_chunk().copied())
        .collect();
    let shown: Vec<_> = compatible
        .iter()
        .filter(|kind| **kind != [0; 4])
        .map(|kind| String::from_utf8_lossy(kind).into_owned())
        .collect();
    out.add(QUICKTIME, "CompatibleBrands", &shown.join(", "), body.from(8).whole());
    let quicktime = || compatible.contains(b"qt  ").then_some("video/quicktime");
    by_major(major).or_else(quicktime).unwrap_or("video/mp4")
}

fn brand(body: &Part<'_>, at: usize) -> Option<Kind> {
    body.bytes().get(at..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (&'static str, Vec<String>, usize) {
        let mut out = Collector::default();
        let mime = brands(&Part::file(bytes), &mut out);
        (
            mime,
            out.found.fields.into_iter().map(|field| field.value).collect(),
            out.found.flaws.len(),
        )
    }

    #[test]
    fn the_major_brand_gives_the_media_type() {
        let values = |values: &[&str]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            read(b"heic\0\0\0\0mif1heic"),
            ("image/heic", values(&["heic", "0.0.0", "mif1, heic"]), 0)
        );
        assert_eq!(
            read(b"qt  \x20\x05\x03\0qt  \0\0\0\0").1,
            values(&["qt", "2005.3.0", "qt  "].map(str::trim))
        );
        assert_eq!(read(b"isom\0\0\x02\0isomqt  ").0, "video/quicktime");
        assert_eq!(read(b"isom\0\0\x02\0isommp41").0, "video/mp4");
        assert_eq!(read(b"3g2a\0\0\0\0").0, "video/3gpp2");
        assert_eq!(read(b"3gp5\0\0\0\0").0, "video/3gpp");
        assert_eq!(read(b"mp4"), ("video/mp4", vec![], 1));
    }
}
