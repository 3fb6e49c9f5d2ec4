//! The kinds of file, each a format of its own.

use faisceau_media::Kind;
use faisceau_model::Sink;

use super::record;
use super::web_page::FORMAT as WEB_PAGE;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;
use crate::tables::workbook::is_workbook;

/// A kind of file, told by its first bytes.
macro_rules! kind {
    ($static:ident, $kind:ident, $name:literal, $title:literal, $versions:literal,
     $sample:literal, $origin:ident) => {
        static $static: Format = Format {
            name: $name,
            title: $title,
            group: Group::Media,
            gives: &["media", "media_fields"],
            versions: $versions,
            checked: "2026-11-28",
            sample: concat!("../faisceau-media/tests/fixtures/", $sample),
            origin: Origin::$origin,
            rank: Rank::Signature,
            sniff: |head| {
                faisceau_media::kind(head.bytes) == Some(Kind::$kind) && !is_workbook(head.bytes)
            },
            parse: |source: &Source<'_>, settings: &ImportSettings, sink: &mut dyn Sink| {
                read(source, settings, sink, Kind::$kind)
            },
            owner: None,
        };
    };
}

kind!(
    JPEG,
    Jpeg,
    "jpeg",
    "JPEG image",
    "JFIF, Exif 2.x and 3.0, XMP, IPTC, ICC, C2PA, maker notes",
    "exif/Canon_PowerShot_S330.jpg",
    Real
);
kind!(PNG, Png, "png", "PNG image", "PNG third edition", "exif/blue.png", Synthetic);
kind!(WEBP, Webp, "webp", "WebP image", "RFC 9649", "made/made.webp", Synthetic);
kind!(GIF, Gif, "gif", "GIF image", "GIF87a, GIF89a", "made/made.gif", Synthetic);
kind!(
    TIFF,
    Tiff,
    "tiff",
    "TIFF image, raw file of a camera",
    "TIFF 6.0 and what is laid out like it",
    "made/made.tif",
    Synthetic
);
kind!(
    HEIF,
    Heif,
    "heif",
    "HEIC, HEIF or AVIF image",
    "ISO/IEC 23008-12",
    "exif/IMG_5195.HEIC",
    Real
);
kind!(
    QUICKTIME,
    QuickTime,
    "quicktime",
    "MP4, MOV or 3GP video",
    "ISO/IEC 14496-12, QuickTime",
    "made/made.mov",
    Synthetic
);
kind!(
    MATROSKA,
    Matroska,
    "matroska",
    "WebM or Matroska video",
    "RFC 9559",
    "made/made.webm",
    Synthetic
);
kind!(AVI, Avi, "avi", "AVI video", "AVI 1.0, OpenDML", "made/made.avi", Synthetic);

kind!(
    PDF,
    Pdf,
    "pdf",
    "PDF document",
    "PDF 1.0 to 2.0 (ISO 32000), all revisions",
    "made/made.pdf",
    Synthetic
);
kind!(
    OFFICE,
    Office,
    "office",
    "Office document (DOCX, PPTX, ODT, ODP)",
    "ECMA-376, OpenDocument 1.x; workbooks are read as tables",
    "made/made.docx",
    Synthetic
);
kind!(
    OLE,
    Ole,
    "ole",
    "Office document of before 2007 (DOC, PPT)",
    "MS-CFB, MS-OLEPS",
    "made/made.doc",
    Synthetic
);

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &JPEG, &PNG, &WEBP, &GIF, &TIFF, &HEIF, &QUICKTIME, &MATROSKA, &AVI, &PDF, &OFFICE, &OLE,
    &WEB_PAGE,
];

fn read(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
    kind: Kind,
) -> Result<(), ImportError> {
    record::alone(source, settings, sink, kind)
}
