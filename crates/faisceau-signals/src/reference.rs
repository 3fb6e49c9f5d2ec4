//! The bundled reference: texts and active hours of authors, each history cut in two halves.
//!
//! In: the decompressed bytes of `authors.jsonl`, of `hours.json` and of `fusion.json`
//! (`datasets/reference`). Out:
//! authors who top up the population of a case, and on whom the calibration is made. Refuses a
//! file that is not of the version it knows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::fusion::{self, Fusion};
use crate::style::{Passage, Writing};
use crate::timing::{Base, Profile};

/// The version of `hours.json`.
const VERSION: u32 = 1;

/// A reference that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// A line of the authors' texts is not what it should be.
    #[error("line {line} of the reference authors cannot be read: {source}")]
    Author {
        /// The line, from 1.
        line: usize,
        /// What was wrong.
        source: serde_json::Error,
    },
    /// The hours are not what they should be.
    #[error("the reference hours cannot be read: {0}")]
    Hours(serde_json::Error),
    /// The weights are not what they should be.
    #[error("the weights of the parts cannot be read: {0}")]
    Fusion(serde_json::Error),
    /// The file is of another version.
    #[error("the reference is of version {0}, version {VERSION} was expected")]
    Version(u32),
}

/// One line of `authors.jsonl`: the messages of an author.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// Pseudonym.
    pub author: String,
    /// Two-letter code of the language.
    pub lang: String,
    /// The site: authors of one site are each other's population.
    pub source: String,
    /// Messages before and after the median message, each half in order of time.
    pub halves: [Vec<String>; 2],
}

/// The active hours of an author.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorHours {
    /// Pseudonym.
    pub author: String,
    /// The site.
    pub source: String,
    /// Offset of the author's clock from UTC in minutes, where it is known.
    pub offset_min: Option<i64>,
    /// Hours since the Unix epoch with at least one message, ascending, of each half.
    pub halves: [Vec<i64>; 2],
    /// The minutes of the messages in those hours: in each half first the minute since the Unix
    /// epoch, then the steps to the next message. Empty where only hours are known.
    #[serde(default)]
    pub steps: [Vec<i64>; 2],
}

impl AuthorHours {
    /// Minutes in ascending order, written as steps.
    pub fn steps(minutes: &[i64]) -> Vec<i64> {
        let before = std::iter::once(0).chain(minutes.iter().copied());
        minutes.iter().zip(before).map(|(minute, before)| minute - before).collect()
    }

    /// The minutes of the messages of each half.
    pub(crate) fn minutes(&self) -> [Vec<i64>; 2] {
        self.steps.each_ref().map(|steps| {
            let add = |minute: &mut i64, step: &i64| {
                *minute = minute.saturating_add(*step);
                Some(*minute)
            };
            steps.iter().scan(0, add).collect()
        })
    }
}

/// The file `hours.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The version of the file.
    pub version: u32,
    /// The authors.
    pub authors: Vec<AuthorHours>,
}

/// Reference authors, ready to be compared with.
#[derive(Debug, Clone)]
pub struct Reference {
    authors: Vec<Author>,
    hours: Vec<AuthorHours>,
    writings: Vec<Writing>,
    fusion: Fusion,
}

impl Reference {
    /// Reads the decompressed `authors.jsonl`, `hours.json` and `fusion.json`.
    pub fn parse(authors: &[u8], hours: &[u8], fusion: &[u8]) -> Result<Self, ReferenceError> {
        let lines = authors.split(|&byte| byte == b'\n').enumerate();
        let authors: Vec<Author> = lines
            .filter(|(_, line)| !line.is_empty())
            .map(|(at, line)| {
                serde_json::from_slice(line)
                    .map_err(|source| ReferenceError::Author { line: at + 1, source })
            })
            .collect::<Result<_, _>>()?;
        let hours: Hours = serde_json::from_slice(hours).map_err(ReferenceError::Hours)?;
        if hours.version != VERSION {
            return Err(ReferenceError::Version(hours.version));
        }
        let fusion: Fusion = serde_json::from_slice(fusion).map_err(ReferenceError::Fusion)?;
        if fusion.version != fusion::VERSION {
            return Err(ReferenceError::Version(fusion.version));
        }
        Ok(Self::new(authors, hours.authors, fusion))
    }

    /// A reference of authors whose parts have these weights.
    pub fn new(authors: Vec<Author>, hours: Vec<AuthorHours>, fusion: Fusion) -> Self {
        let writings = authors.iter().map(whole).collect();
        Self { authors, hours, writings, fusion }
    }

    /// The same reference with other weights.
    #[must_use]
    pub fn with_fusion(self, fusion: Fusion) -> Self {
        Self { fusion, ..self }
    }

    /// The weights of the parts.
    pub fn fusion(&self) -> &Fusion {
        &self.fusion
    }

    /// A reference without authors.
    pub fn empty() -> Self {
        Self::new(Vec::new(), Vec::new(), Fusion::plain())
    }

    /// The score of a fused signal: the sum of its parts with their weights.
    pub fn fused(&self, signal: &str, names: &[&str], parts: &[f64]) -> f64 {
        let weighed = names.iter().zip(parts);
        weighed.map(|(name, part)| self.fusion.weight(signal, name) * part).sum()
    }

    /// The authors' texts.
    pub fn authors(&self) -> &[Author] {
        &self.authors
    }

    /// The authors' active hours.
    pub fn hours(&self) -> &[AuthorHours] {
        &self.hours
    }

    pub(crate) fn writings(&self) -> &[Writing] {
        &self.writings
    }

    /// The profile of the reference with the weight of `hours` active hours, every author alike.
    pub(crate) fn base(&self, hours: f64) -> Base {
        let mut base = Base::flat();
        let weight = hours / self.hours.len().max(1) as f64;
        for author in &self.hours {
            let all: BTreeSet<i64> = author.halves.iter().flatten().copied().collect();
            let profile = Profile::new(all.iter().copied());
            base.add(&profile, weight / profile.hours().max(1) as f64);
        }
        base
    }
}

fn whole(author: &Author) -> Writing {
    let passages = author.halves.iter().flatten().map(|text| Passage::of_text(text)).collect();
    Writing::new(author.author.clone(), author.lang.clone(), passages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named() {
        let hours = br#"{"version":1,"authors":[]}"#;
        let fusion = br#"{"version":1,"ground":"","signals":[]}"#;
        let good = br#"{"author":"a","lang":"fr","source":"s","halves":[["x"],[]]}"#;
        assert_eq!(Reference::parse(good, hours, fusion).unwrap().authors().len(), 1);
        let error = Reference::parse(b"\n{}", hours, fusion).unwrap_err();
        assert!(error.to_string().starts_with("line 2 of the reference authors"), "{error}");
        let error = Reference::parse(good, br#"{"version":2,"authors":[]}"#, fusion).unwrap_err();
        assert_eq!(error.to_string(), "the reference is of version 2, version 1 was expected");
    }
}
