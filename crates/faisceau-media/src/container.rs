//! Which kind of file it is, by content, and who reads it.

use std::io;

use crate::collector::Collector;
use crate::field::Description;
use crate::part::Part;
use crate::{
    blocks, bmff, gif, heif, html, jpeg, matroska, office, ole, pdf, png, quicktime, riff_avi,
    tiff, webp,
};

/// How a file is read: videos are longer than memory.
enum Read {
    Whole(fn(&Part<'_>, &mut Collector)),
    Stream(fn(&mut dyn io::Read, &mut Collector) -> io::Result<()>),
}

/// A container: its name, how it is told by its first bytes, and who reads it.
struct Container {
    kind: Kind,
    sniff: fn(&[u8]) -> bool,
    read: Read,
}

/// The kinds of file that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// TIFF, and raw files that are laid out like it.
    Tiff,
    /// HEIC, HEIF, AVIF.
    Heif,
    /// MP4, MOV, M4V, 3GP.
    QuickTime,
    /// Matroska, `WebM`.
    Matroska,
    /// AVI.
    Avi,
    /// PDF.
    Pdf,
    /// A document in a ZIP archive: Office Open XML, `OpenDocument`.
    Office,
    /// A document of Microsoft Office of before 2007.
    Ole,
    /// An HTML page.
    Html,
}

static CONTAINERS: &[Container] = &[
    Container { kind: Kind::Jpeg, sniff: jpeg::sniff, read: Read::Whole(jpeg::read) },
    Container { kind: Kind::Png, sniff: png::sniff, read: Read::Whole(png::read) },
    Container { kind: Kind::Webp, sniff: webp::sniff, read: Read::Whole(webp::read) },
    Container { kind: Kind::Gif, sniff: gif::sniff, read: Read::Whole(gif::read) },
    Container { kind: Kind::Tiff, sniff: tiff::sniff, read: Read::Whole(tiff::read) },
    Container { kind: Kind::Heif, sniff: bmff::is_still, read: Read::Whole(heif::read) },
    Container { kind: Kind::QuickTime, sniff: bmff::is_movie, read: Read::Stream(quicktime::read) },
    Container { kind: Kind::Matroska, sniff: matroska::sniff, read: Read::Stream(matroska::read) },
    // A page that holds the mark of a PDF is a page to a browser; it says so.
    Container { kind: Kind::Html, sniff: html::sniff, read: Read::Whole(html::read) },
    Container { kind: Kind::Pdf, sniff: pdf::sniff, read: Read::Whole(pdf::read) },
    Container { kind: Kind::Office, sniff: office::sniff, read: Read::Whole(office::read) },
    Container { kind: Kind::Ole, sniff: ole::sniff, read: Read::Whole(ole::read) },
    Container { kind: Kind::Avi, sniff: riff_avi::sniff, read: Read::Stream(riff_avi::read) },
];

fn container(head: &[u8]) -> Option<&'static Container> {
    CONTAINERS.iter().find(|container| (container.sniff)(head))
}

/// The kind that the first bytes of a file show, if it is one that is read.
pub fn kind(head: &[u8]) -> Option<Kind> {
    container(head).map(|container| container.kind)
}

impl Kind {
    /// Whether a file of this kind is read as a stream, by [`describe_stream`].
    pub fn is_stream(self) -> bool {
        let of = |container: &&Container| container.kind == self;
        CONTAINERS.iter().find(of).is_some_and(|found| matches!(found.read, Read::Stream(_)))
    }
}

/// Reads a file that is in memory, if it is of a kind that is known.
pub fn describe(bytes: &[u8]) -> Option<Description> {
    let mut out = Collector::default();
    match container(bytes)?.read {
        Read::Whole(read) => {
            read(&Part::file(bytes), &mut out);
            blocks::binding(bytes, &mut out);
        }
        // Memory does not fail.
        Read::Stream(read) => read(&mut &*bytes, &mut out).ok()?,
    }
    Some(out.found)
}

/// Reads a file as a stream, if it is of a kind that is read so.
///
/// # Errors
/// When the stream fails.
pub fn describe_stream(kind: Kind, stream: &mut dyn io::Read) -> io::Result<Option<Description>> {
    let mut out = Collector::default();
    let of = |container: &&Container| container.kind == kind;
    match CONTAINERS.iter().find(of).map(|container| &container.read) {
        Some(Read::Stream(read)) => read(stream, &mut out)?,
        _ => return Ok(None),
    }
    Ok(Some(out.found))
}
