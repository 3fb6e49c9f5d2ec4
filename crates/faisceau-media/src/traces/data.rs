//! The rows of `datasets/media/traces.toml` and `datasets/media/screens.toml`.
//!
//! In: the files, embedded. Out: rows with their templates read. That the files are understood is
//! tested; a program built from others would find no trace.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Kind;
use super::clock::{Clock, Zone};
use super::template::Template;

pub(super) const TRACES: &str = include_str!("../../../../datasets/media/traces.toml");
pub(super) const SCREENS: &str = include_str!("../../../../datasets/media/screens.toml");

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(words: D) -> Result<Self, D::Error> {
        let word = String::deserialize(words)?;
        [
            Self::Copy,
            Self::Original,
            Self::Screenshot,
            Self::Edited,
            Self::Generated,
            Self::Stripped,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .ok_or_else(|| serde::de::Error::custom(format!("`{word}` is no kind")))
    }
}

/// The file of names, fields and recompressors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) date: String,
    pub(super) name: Vec<NameRow>,
    pub(super) field: Vec<FieldRow>,
    pub(super) recompressor: Vec<Recompressor>,
}

/// A shape of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameRow {
    pub(super) id: String,
    pub(super) platform: String,
    pub(super) kind: Kind,
    /// Templates of the name before its extension.
    pub(super) stems: Vec<Template>,
    /// Extensions, or `image`, `video`, `audio` for all of a kind; `""` for a name without one.
    pub(super) extensions: Vec<String>,
    pub(super) zone: Option<Zone>,
    /// How the identifier holds an instant.
    pub(super) clock: Option<Clock>,
    /// What the time is the time of.
    pub(super) means: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) checked: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    pub(super) examples: Vec<Example>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    pub(super) not: Vec<String>,
}

/// A name, or a value, and what is read in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
pub(super) struct Example {
    pub(super) is: String,
    pub(super) at: Option<String>,
    pub(super) id: Option<String>,
    pub(super) app: Option<String>,
    pub(super) sequence: Option<String>,
}

/// A shape of the value of a field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldRow {
    pub(super) id: String,
    /// `*` where the value itself names it.
    pub(super) platform: String,
    pub(super) kind: Kind,
    /// The groups, `*` for any.
    pub(super) groups: Vec<String>,
    /// The names; with a leading `*`, the end of one.
    pub(super) names: Vec<String>,
    pub(super) values: Vec<Template>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) checked: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    pub(super) examples: Vec<Example>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    pub(super) not: Vec<String>,
}

/// What saves JPEG anew with standard tables of one quality and a greatest side.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recompressor {
    pub(super) id: String,
    pub(super) platform: String,
    pub(super) quality: u8,
    /// The longer side of a picture that was made smaller.
    pub(super) sides: Vec<u32>,
    /// Whether it is coded in several passes, where that is known.
    pub(super) progressive: Option<bool>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) checked: String,
}

/// The file of screens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Screens {
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) date: String,
    pub(super) screen: Vec<Screen>,
}

/// A size of screens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Screen {
    pub(super) id: String,
    /// The shorter side first.
    pub(super) size: [u32; 2],
    pub(super) of: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    pub(super) checked: String,
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: serde::Deserializer<'de>>(text: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(text)?).map_err(serde::de::Error::custom)
    }
}

/// The rows of names, fields and recompressors.
pub(super) fn rows() -> &'static File {
    static ALL: OnceLock<File> = OnceLock::new();
    ALL.get_or_init(|| {
        toml::from_str(TRACES).unwrap_or_else(|_| File {
            date: String::new(),
            name: Vec::new(),
            field: Vec::new(),
            recompressor: Vec::new(),
        })
    })
}

/// The rows of screens.
pub(super) fn screens() -> &'static [Screen] {
    static ALL: OnceLock<Vec<Screen>> = OnceLock::new();
    ALL.get_or_init(|| {
        toml::from_str::<Screens>(SCREENS).map(|file| file.screen).unwrap_or_default()
    })
}
