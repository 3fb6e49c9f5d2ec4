//! The closed world in which the template is set: four virtual files, embedded fonts, no disk, no
//! network, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::ReportError;

const TEMPLATE: &str = include_str!("note.typ");
/// What the template imports.
const PARTS: [(&str, &str); 2] =
    [("figures.typ", include_str!("figures.typ")), ("drawn.typ", include_str!("drawn.typ"))];
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    typst_assets::fonts()
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Whether the embedded fonts hold a character that may stand in an archived PDF.
pub(super) fn covered(c: char) -> bool {
    let private = matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..);
    !private && FONTS.iter().any(|font| font.info().coverage.contains(u32::from(c)))
}

/// The template and its data.
pub(super) struct NoteWorld {
    template: Source,
    parts: Vec<Source>,
    data_id: FileId,
    data: Bytes,
}

impl NoteWorld {
    pub(super) fn new(data: Vec<u8>) -> Result<Self, ReportError> {
        let part = |(name, text): (&'static str, &str)| -> Result<Source, ReportError> {
            Ok(Source::new(file(name)?, text.to_owned()))
        };
        Ok(Self {
            parts: PARTS.into_iter().map(part).collect::<Result<_, _>>()?,
            template: Source::new(file("note.typ")?, TEMPLATE.to_owned()),
            data_id: file("note.json")?,
            data: Bytes::new(data),
        })
    }
}

fn file(path: &'static str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(path).map_err(|_| ReportError::Path(path))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for NoteWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut all = std::iter::once(&self.template).chain(&self.parts);
        all.find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
