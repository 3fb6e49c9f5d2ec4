//! A field of metadata, and all that is said of a file.

use std::ops::Range;

use crate::tables::Tables;

/// Names of groups (`ExifTool`'s family 1), so that none is written twice in two ways.
pub mod group {
    /// The main directory of EXIF.
    pub const IFD0: &str = "IFD0";
    /// The directory of the thumbnail.
    pub const IFD1: &str = "IFD1";
    /// The directory of the photograph.
    pub const EXIF: &str = "ExifIFD";
    /// Position and time of the receiver.
    pub const GPS: &str = "GPS";
    /// What the file itself shows: sizes, tables.
    pub const FILE: &str = "File";
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The group, as `ExifTool` calls it: `ExifIFD`, `Nikon`, `XMP-xmpMM`, `IPTC`, `PNG`, `QuickTime`.
    pub group: &'static str,
    /// The name, as `ExifTool` calls it: `BodySerialNumber`.
    pub name: String,
    /// The value, inert and cut, as `exiftool -n` writes it.
    pub value: String,
    /// Where the value lies: bytes of the file. Of a value that was unpacked, where it was packed.
    pub at: Range<u64>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The byte of the file.
    pub at: u64,
    /// What is wrong with it.
    pub detail: &'static str,
}

/// All that a file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// Media type by content.
    pub mime: &'static str,
    /// Width of the picture, pixels, as it is stored (not turned).
    pub width: Option<u32>,
    /// Height of the picture, pixels.
    pub height: Option<u32>,
    /// SHA-256 of the coded picture alone, which survives a change of metadata; `None` where the file
    /// does not hold all of it, or has no picture.
    pub coded: Option<[u8; 32]>,
    /// The fields, in the order of the file.
    pub fields: Vec<Field>,
    /// Fields beyond the limit, which were counted and not kept.
    pub left_out: u64,
    /// What is broken.
    pub flaws: Vec<Flaw>,
    /// The bytes of an embedded preview that is a file of its own (a JPEG).
    pub thumbnail: Option<Range<u64>>,
    /// The tables of a JPEG.
    pub tables: Option<Tables>,
}

impl Description {
    /// Whether the file shows no picture and says nothing.
    pub fn is_empty(&self) -> bool {
        self.height.is_none() && self.coded.is_none() && self.fields.is_empty()
    }

    /// The value of the first field of that name, in the first of these groups that has one.
    pub fn value(&self, groups: &[&str], name: &str) -> Option<&str> {
        groups.iter().find_map(|group| {
            let of_name = |field: &&Field| field.group == *group && field.name == name;
            self.fields.iter().find(of_name).map(|field| field.value.as_str())
        })
    }
}
