//! The tags that matter, by directory: who made a picture, with what, when, where, out of what.
//!
//! Names are `ExifTool`'s. Exposure, colour and the like are left out: they tell nobody apart.

use super::directory::Entry;
use super::{Order, value};

/// A tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag {
    pub(crate) id: u16,
    pub(crate) name: &'static str,
    how: How,
}

/// How the value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// As its type says.
    Plain,
    /// A comment with its encoding before it.
    Comment,
    /// UTF-16 in bytes (Windows).
    Windows,
    /// Hexadecimal.
    Hex,
}

impl Tag {
    /// The tag of an id.
    pub(crate) fn find(tags: &[Self], id: u16) -> Option<&Self> {
        tags.iter().find(|tag| tag.id == id)
    }

    /// The value of an entry of this tag.
    pub(crate) fn print(&self, entry: &Entry<'_>) -> String {
        match self.how {
            How::Plain => value::plain(entry),
            How::Comment => value::comment(entry),
            How::Windows => value::utf16(
                entry.data.bytes(),
                entry.order == Order::Big && {
                    // Windows writes little-endian whatever the file is; a NUL first says otherwise.
                    entry.data.bytes().first() == Some(&0)
                },
            ),
            How::Hex => crate::hex::hex(entry.data.bytes()),
        }
    }
}

/// A tag that is written as its type says.
pub(crate) const fn plain(id: u16, name: &'static str) -> Tag {
    Tag { id, name, how: How::Plain }
}

/// A tag that is written in hexadecimal.
pub(crate) const fn hex(id: u16, name: &'static str) -> Tag {
    Tag { id, name, how: How::Hex }
}

const fn comment(id: u16, name: &'static str) -> Tag {
    Tag { id, name, how: How::Comment }
}

const fn windows(id: u16, name: &'static str) -> Tag {
    Tag { id, name, how: How::Windows }
}

/// The main directory, and those of the chain after it.
pub(crate) const IFD0: &[Tag] = &[
    plain(0x000b, "ProcessingSoftware"),
    plain(0x0100, "ImageWidth"),
    plain(0x0101, "ImageHeight"),
    plain(0x010d, "DocumentName"),
    plain(0x010e, "ImageDescription"),
    plain(0x010f, "Make"),
    plain(0x0110, "Model"),
    plain(0x0112, "Orientation"),
    plain(0x0131, "Software"),
    plain(0x0132, "ModifyDate"),
    plain(0x013b, "Artist"),
    plain(0x013c, "HostComputer"),
    plain(0x800d, "ImageID"),
    plain(0x8298, "Copyright"),
    plain(0x9003, "DateTimeOriginal"),
    plain(0x9004, "CreateDate"),
    comment(0x9286, "UserComment"),
    windows(0x9c9b, "XPTitle"),
    windows(0x9c9c, "XPComment"),
    windows(0x9c9d, "XPAuthor"),
    windows(0x9c9e, "XPKeywords"),
    windows(0x9c9f, "XPSubject"),
    plain(0xa431, "SerialNumber"),
    plain(0xc614, "UniqueCameraModel"),
    plain(0xc62f, "CameraSerialNumber"),
    hex(0xc65d, "RawDataUniqueID"),
    plain(0xc68b, "OriginalRawFileName"),
    plain(0xfde8, "OwnerName"),
    plain(0xfde9, "SerialNumber"),
];

/// The directory of the photograph.
pub(crate) const EXIF: &[Tag] = &[
    plain(0x010e, "ImageDescription"),
    plain(0x0131, "Software"),
    plain(0x013b, "Artist"),
    plain(0x8298, "Copyright"),
    plain(0x882a, "TimeZoneOffset"),
    plain(0x9003, "DateTimeOriginal"),
    plain(0x9004, "CreateDate"),
    plain(0x9010, "OffsetTime"),
    plain(0x9011, "OffsetTimeOriginal"),
    plain(0x9012, "OffsetTimeDigitized"),
    comment(0x9286, "UserComment"),
    plain(0x9290, "SubSecTime"),
    plain(0x9291, "SubSecTimeOriginal"),
    plain(0x9292, "SubSecTimeDigitized"),
    plain(0xa420, "ImageUniqueID"),
    plain(0xa430, "OwnerName"),
    plain(0xa431, "SerialNumber"),
    plain(0xa433, "LensMake"),
    plain(0xa434, "LensModel"),
    plain(0xa435, "LensSerialNumber"),
    plain(0xa436, "ImageTitle"),
    plain(0xa437, "Photographer"),
    plain(0xa438, "ImageEditor"),
    plain(0xa439, "CameraFirmware"),
    plain(0xa43a, "RAWDevelopingSoftware"),
    plain(0xa43b, "ImageEditingSoftware"),
    plain(0xa43c, "MetadataEditingSoftware"),
    plain(0xfde8, "OwnerName"),
    plain(0xfde9, "SerialNumber"),
];
