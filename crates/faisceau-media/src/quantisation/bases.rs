//! The tables of encoders other than libjpeg, from `datasets/media/tables.toml`.
//!
//! In: the file, embedded. Out: bases that are scaled as the standard ones are, fingerprints whose
//! encoder is known, and what recompresses with which quality. That the file is understood is
//! tested; a program built from another would know the standard tables alone.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Base;

const TEXT: &str = include_str!("../../../../datasets/media/tables.toml");

/// Tables that were seen, and what wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub(crate) fingerprint: String,
    /// What wrote them, as the files say.
    pub(crate) encoder: String,
    /// `original` where a camera writes them, `edited` where a program does.
    pub(crate) kind: String,
    /// `measured`, or where it was read.
    pub(crate) source: String,
    /// How many files of the measured sets name it.
    pub(crate) files: u32,
    /// How many devices or programs these are of.
    pub(crate) of: u32,
    /// How many files have the tables and do not name it.
    pub(crate) silent: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    date: String,
    base: Vec<Entry>,
    known: Vec<Known>,
    huffman: Vec<Known>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the file"))]
    source: String,
    luminance: Vec<u16>,
    chrominance: Vec<u16>,
}

#[derive(Debug, Default)]
struct All {
    bases: Vec<Base>,
    known: Vec<Known>,
    huffman: Vec<Known>,
}

fn parse(text: &str) -> Result<All, String> {
    let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
    let bases = file.base.into_iter().map(|entry| {
        let table = |values: Vec<u16>| {
            <[u16; 64]>::try_from(values).map_err(|_| format!("`{}` is not of 64 values", entry.id))
        };
        let (luminance, chrominance) = (table(entry.luminance)?, table(entry.chrominance)?);
        Ok(Base { id: entry.id, luminance, chrominance })
    });
    Ok(All {
        bases: bases.collect::<Result<_, String>>()?,
        known: file.known,
        huffman: file.huffman,
    })
}

fn all() -> &'static All {
    static ALL: OnceLock<All> = OnceLock::new();
    ALL.get_or_init(|| parse(TEXT).unwrap_or_default())
}

pub(super) fn bases() -> &'static [Base] {
    &all().bases
}

/// What is known of a fingerprint of Huffman tables.
pub(crate) fn known_huffman(fingerprint: &str) -> Option<&'static Known> {
    all().huffman.iter().find(|known| known.fingerprint == fingerprint)
}

/// What is known of a fingerprint of quantisation tables.
pub(crate) fn known(fingerprint: &str) -> Option<&'static Known> {
    all().known.iter().find(|known| known.fingerprint == fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_file_is_understood() {
        let file: File = toml::from_str(TEXT).unwrap();
        assert!(file.date.starts_with("20") && file.base.iter().all(|b| b.source.len() > 10));
        let all = parse(TEXT).unwrap();
        assert!(!all.bases.is_empty() && !all.known.is_empty());
        assert!(!all.huffman.is_empty());
        for known in all.known.iter().chain(&all.huffman) {
            assert_eq!(known.fingerprint.len(), super::super::DIGITS, "{known:?}");
            assert!(matches!(known.kind.as_str(), "original" | "edited"), "{known:?}");
            assert!(known.silent < 100, "{known:?}");
            let same = |k: &&Known| k.fingerprint == known.fingerprint;
            assert_eq!(all.known.iter().chain(&all.huffman).filter(same).count(), 1, "{known:?}");
            let seen = known.source == "measured" && known.files >= known.of && known.of >= 1;
            assert!(seen || known.source.len() > 10, "{known:?}");
        }
    }
}
