//! JSON objects, one after the other, into a file.
//!
//! Comes in: what opens the file, what stands between two objects, what closes it, and each object
//! when it is made. Goes out: one object a line, so that no more than one is ever in memory.
//! Characters that steer a terminal or turn the direction of writing are written as escapes, which
//! every reader of JSON undoes: the text stays what it was.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use faisceau_tables::TableError;
use serde::Serialize;
use serde_json::ser::Formatter;

use crate::error::ExportError;
use crate::written::create;

/// What stands around the objects.
pub(crate) struct Frame {
    /// Before the first.
    pub(crate) open: String,
    /// Between two.
    pub(crate) between: &'static str,
    /// After the last.
    pub(crate) close: &'static str,
}

/// A file that takes objects.
pub(crate) struct Objects<'a> {
    to: &'a mut BufWriter<File>,
    between: &'static str,
    written: u64,
}

impl Objects<'_> {
    /// Adds an object.
    pub(crate) fn put(&mut self, object: &impl Serialize) -> Result<(), Stop> {
        if self.written > 0 {
            self.to.write_all(self.between.as_bytes())?;
        }
        self.written += 1;
        let mut serializer = serde_json::Serializer::with_formatter(&mut *self.to, Harmless);
        object.serialize(&mut serializer).map_err(io::Error::from)?;
        Ok(())
    }

    /// Objects so far.
    pub(crate) const fn written(&self) -> u64 {
        self.written
    }
}

/// What ends the writing early.
pub(crate) enum Stop {
    /// The file system.
    Io(io::Error),
    /// Anything else.
    Other(ExportError),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<TableError> for Stop {
    fn from(error: TableError) -> Self {
        Self::Other(error.into())
    }
}

/// Makes a file out of objects.
pub(crate) fn write_objects<T>(
    folder: &Path,
    file: &str,
    frame: &Frame,
    body: impl FnOnce(&mut Objects<'_>) -> Result<T, Stop>,
) -> Result<T, ExportError> {
    let mut ended = None;
    create(folder, file, |to| {
        to.write_all(frame.open.as_bytes())?;
        let mut objects = Objects { to, between: frame.between, written: 0 };
        match body(&mut objects) {
            Err(Stop::Io(error)) => return Err(error),
            Err(Stop::Other(error)) => ended = Some(Err(error)),
            Ok(value) => ended = Some(Ok(value)),
        }
        to.write_all(frame.close.as_bytes())
    })?;
    ended.unwrap_or_else(|| {
        Err(ExportError::Writer { format: "json", message: "nothing was written".to_owned() })
    })
}

/// A text of JSON that can be shown on a terminal.
pub(crate) fn harmless(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Harmless);
    match value.serialize(&mut serializer) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        // A map of texts and numbers in memory always has a text.
        Err(_) => String::new(),
    }
}

/// Compact JSON without a character that steers.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| steers(*c)) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// C1 controls, bidirectional controls (Unicode TR 36), line separators, what is no character. JSON
/// escapes the other controls itself.
const fn steers(c: char) -> bool {
    matches!(
        c,
        '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'
            | '\u{ffff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_character_steers_a_terminal() {
        assert_eq!(
            harmless(&"a\u{1b}[31m\u{9b}31m\u{202e}b\u{2028}é"),
            r#""a\u001b[31m\u009b31m\u202eb\u2028é""#
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text: String, near in "[\u{0}-\u{20}\u{7e}-\u{a0}\u{2000}-\u{2070}\u{fff0}-\u{ffff}\"\\\\]{0,40}") {
            for text in [text, near] {
                let json = harmless(&text);
                prop_assert!(!json.contains(|c: char| c.is_control() || steers(c)));
                prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
            }
        }
    }
}
