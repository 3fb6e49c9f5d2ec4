//! What the journal says of an exhibit and of what was refused.

use std::fmt;
use std::str::FromStr;

use faisceau_model::{ExhibitNo, excerpt, inert};
use jiff::Timestamp;

use crate::digest::Sha256Sum;

/// The longest name that is kept, in characters.
const MAX_NAME: usize = 500;

/// Declares a closed vocabulary of the journal.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// The word that stands for this value in the journal.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(UnknownWord(excerpt(text, 60))),
                }
            }
        }
    };
}

/// A word that the journal's vocabulary does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a word of the journal")]
pub struct UnknownWord(String);

words! {
    /// What the first bytes of an exhibit show, as far as the store looks.
    Kind {
        /// Anything that is not an archive.
        Plain = "plain",
        /// A zip archive, whose members are exhibits of their own.
        Zip = "zip",
        /// A tar archive, whose members are exhibits of their own.
        Tar = "tar",
        /// A gzip file, whose content is an exhibit of its own.
        Gzip = "gzip",
        /// A gzipped tar archive, whose members are exhibits of their own.
        TarGzip = "tar_gzip",
        /// An xz file with one content.
        Xz = "xz",
        /// A tar archive in xz, whose members are exhibits of their own.
        TarXz = "tar_xz",
        /// A zstd file with one content.
        Zstd = "zstd",
        /// A tar archive in zstd, whose members are exhibits of their own.
        TarZstd = "tar_zstd",
        /// A WARC file, whose recorded bodies are exhibits of their own.
        Warc = "warc",
        /// The same, compressed, as one or as a gzip member for each record.
        WarcGzip = "warc_gzip",
        /// A document or program in a zip envelope (docx, odt, epub, jar): one exhibit.
        Document = "document",
        /// An archive of a kind that is not opened (7z, rar, bzip2).
        OtherArchive = "other_archive",
    }
}

impl Kind {
    /// Whether the store takes its members out.
    pub const fn is_opened(self) -> bool {
        !matches!(self, Self::Plain | Self::Document | Self::OtherArchive)
    }
}

words! {
    /// Why a file or a member was not taken.
    Reason {
        /// A symbolic or hard link: it has no content of its own.
        Link = "link",
        /// A device, a pipe, or another thing that is not a file.
        Special = "special",
        /// It needs a password.
        Encrypted = "encrypted",
        /// It cannot be read to its end, or its check sum is wrong.
        Corrupt = "corrupt",
        /// Compressed in a way that is not supported.
        Method = "method",
        /// Larger than one member may be.
        TooLarge = "too_large",
        /// What was taken out of the exhibit has reached the total that is allowed.
        Total = "total",
        /// It grows out of all proportion to what is stored: a decompression bomb.
        Ratio = "ratio",
        /// The exhibit has more members than are taken.
        TooMany = "too_many",
        /// An archive in archives, deeper than they are opened.
        Depth = "depth",
        /// An archive of a kind that is not opened; it is an exhibit itself.
        Unsupported = "unsupported",
        /// The system does not let it be read.
        Unreadable = "unreadable",
        /// The folder of the case itself.
        Case = "case",
    }
}

impl Reason {
    /// Whether higher [`Limits`](crate::Limits) could let it in.
    pub const fn is_limit(self) -> bool {
        matches!(self, Self::TooLarge | Self::Total | Self::Ratio | Self::TooMany | Self::Depth)
    }
}

/// An original, as the journal names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// Its number.
    pub no: ExhibitNo,
    /// SHA-256 of its bytes, which is also its file name.
    pub sha256: Sha256Sum,
    /// Its name when it was added, made inert. A label, never a path.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// What its first bytes show.
    pub kind: Kind,
    /// The archive that it is a member of.
    pub parent: Option<ExhibitNo>,
    /// The first exhibit with the same bytes, if it is another one.
    pub same_as: Option<ExhibitNo>,
    /// Whether its name in the archive is absolute or climbs out of it with `..`.
    pub odd_name: bool,
    /// When it was added.
    pub added_at: Timestamp,
    /// Who added it.
    pub who: String,
    /// The line of the journal that says so, from 1.
    pub line: u64,
}

/// A file or member that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The archive, or `None` for a file outside any.
    pub parent: Option<ExhibitNo>,
    /// The number that the member would have had. `None` for files, and for what concerns the
    /// archive as a whole.
    pub no: Option<ExhibitNo>,
    /// Its name, made inert; of the archive when it is the archive as a whole.
    pub name: String,
    /// Why.
    pub reason: Reason,
    /// The particulars, one sentence without full stop, made inert.
    pub detail: String,
    /// The line of the journal that says so, from 1.
    pub line: u64,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.no, self.parent) {
            (Some(no), _) => write!(f, "member {no} (`{}`): {}", self.name, self.detail),
            (None, Some(no)) => write!(f, "exhibit {no} (`{}`): {}", self.name, self.detail),
            (None, None) => write!(f, "`{}`: {}", self.name, self.detail),
        }
    }
}

/// A hostile name as a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) odd: bool,
}

impl Label {
    pub(crate) fn new(name: &str) -> Self {
        Self { text: excerpt(name, MAX_NAME), odd: leaves_its_folder(name) }
    }

    pub(crate) fn bytes(name: &[u8]) -> Self {
        Self::new(&String::from_utf8_lossy(name))
    }
}

/// The particulars of a refusal, made inert and short.
pub(crate) fn detail(text: &str) -> String {
    excerpt(inert(text).trim(), 300)
}

/// Whether a name would escape a folder that it was unpacked in, on some system.
fn leaves_its_folder(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    drive || name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_and_odd_ones_are_marked() {
        for odd in ["../x", "a/../../b", "/etc/passwd", "C:\\x", "\\\\host\\x", "a\\..\\b"] {
            assert!(Label::new(odd).odd, "{odd}");
        }
        for plain in ["a/b..c", "été.json", "...", "12:30.txt", ""] {
            assert!(!Label::new(plain).odd, "{plain}");
        }
        assert_eq!(Label::new("a\u{1b}[2J\n").text, "a␛[2J␊");
        assert_eq!(Label::bytes(b"a\xff").text, "a\u{fffd}");
        assert_eq!(Label::new(&"x".repeat(9000)).text.chars().count(), MAX_NAME + 1);
    }
}
