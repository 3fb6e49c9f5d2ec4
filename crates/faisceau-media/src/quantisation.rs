//! What the quantisation tables of a JPEG say of its encoder.
//!
//! In: [`Tables`]. Out: a fingerprint that is the same for the same tables, and the quality that
//! libjpeg would call them: exact where the tables are a known base scaled (ITU-T T.81, Annex K.1;
//! `datasets/media/tables.toml` for others), an estimate with its residual where they are not. A
//! quality is a setting of one family of encoders, not a measure: tables of a maker's own have none,
//! and the estimate says only which of the standard ones is nearest.

mod bases;
mod huffman;
mod standard;
mod standard_huffman;

use sha2::{Digest, Sha256};

use crate::hex::hex;
use crate::tables::Tables;
pub(crate) use bases::{known, known_huffman};
pub use huffman::{Coding, coding};
use standard::{BASELINE, CHROMINANCE, EXTENDED, LUMINANCE, scaled};

/// Hexadecimal digits of a fingerprint: 64 bits, enough to tell the tables of all encoders apart.
const DIGITS: usize = 16;

/// What the quantisation tables say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantisation {
    /// The first digits of the SHA-256 over the tables in force, in the order of their identifiers:
    /// of each the identifier and the 64 values in zigzag order, big-endian.
    pub fingerprint: String,
    /// What quality that is.
    pub quality: Quality,
}

/// The quality of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quality {
    /// The tables are those of a base, scaled as libjpeg does.
    Exact {
        /// `standard`, or the name of another base.
        base: &'static str,
        /// 1 to 100.
        quality: u8,
    },
    /// The tables are of no known base.
    Estimate {
        /// The quality whose standard tables are nearest, 1 to 100.
        quality: u8,
        /// How far away they are: the mean difference of a value, in hundredths.
        residual: u32,
    },
}

impl Quality {
    /// The number, be it exact or an estimate.
    pub fn value(&self) -> u8 {
        match self {
            Self::Exact { quality, .. } | Self::Estimate { quality, .. } => *quality,
        }
    }
}

/// What the tables say; `None` where there are none.
pub fn quantisation(tables: &Tables) -> Option<Quantisation> {
    let (luminance, chrominance) = tables.roles()?;
    let quality =
        exact(luminance, &chrominance).unwrap_or_else(|| nearest(luminance, &chrominance));
    Some(Quantisation { fingerprint: fingerprint(tables), quality })
}

/// A base of which libjpeg or another encoder makes its tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) id: String,
    pub(crate) luminance: [u16; 64],
    pub(crate) chrominance: [u16; 64],
}

fn exact(luminance: &[u16; 64], chrominance: &[&[u16; 64]]) -> Option<Quality> {
    let standard = ("standard", &LUMINANCE, &CHROMINANCE);
    let others = bases::bases().iter().map(|b| (b.id.as_str(), &b.luminance, &b.chrominance));
    std::iter::once(standard).chain(others).find_map(|(base, first, second)| {
        // The best quality first: at the least ones, many qualities give the same tables.
        (1..=100).rev().find_map(|quality| {
            let fits = |greatest| {
                scaled(first, quality, greatest) == *luminance
                    && chrominance.iter().all(|t| scaled(second, quality, greatest) == **t)
            };
            [BASELINE, EXTENDED].into_iter().any(fits).then_some(Quality::Exact { base, quality })
        })
    })
}

fn nearest(luminance: &[u16; 64], chrominance: &[&[u16; 64]]) -> Quality {
    let values = 64 * (1 + chrominance.len() as u32);
    let away = |quality: u8| {
        let first = distance(&scaled(&LUMINANCE, quality, BASELINE), luminance);
        let second = scaled(&CHROMINANCE, quality, BASELINE);
        chrominance.iter().fold(first, |sum, table| sum + distance(&second, table))
    };
    let (distance, quality) =
        (1..=100).map(|quality| (away(quality), quality)).min().unwrap_or((0, 100));
    Quality::Estimate { quality, residual: distance.saturating_mul(100) / values }
}

fn distance(one: &[u16; 64], other: &[u16; 64]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
}

fn fingerprint(tables: &Tables) -> String {
    let mut hash = Sha256::new();
    for (id, values) in tables.in_force() {
        hash.update([id]);
        for value in values {
            hash.update(value.to_be_bytes());
        }
    }
    short(&hash.finalize())
}

/// The first digits of a hash.
fn short(hash: &[u8]) -> String {
    hex(hash.get(..DIGITS / 2).unwrap_or(hash))
}

/// The tables that libjpeg writes for a picture in colour.
#[cfg(test)]
pub(crate) fn libjpeg(quality: u8) -> Tables {
    use crate::tables::{Component, Frame};
    let component = |table| Component { sampling: (1, 1), table };
    let tables = [LUMINANCE, CHROMINANCE].map(|base| scaled(&base, quality, BASELINE));
    Tables {
        quantisation: (0..).zip(tables).collect(),
        huffman: Vec::new(),
        frame: Some(Frame { process: 0xc0, components: [0, 1, 1].map(component).to_vec() }),
    }
}

#[cfg(test)]
mod tests;
