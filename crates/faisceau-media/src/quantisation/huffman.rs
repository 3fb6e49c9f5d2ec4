//! What the Huffman tables of a JPEG say of its encoder.
//!
//! In: [`Tables`]. Out: one word for all of them, and a fingerprint. An encoder either writes fixed
//! tables, mostly the standard ones, or makes tables for that one picture; the latter lack the
//! symbols that the picture does not use.

use sha2::{Digest, Sha256};

use super::standard_huffman::{
    AC_CHROMINANCE, AC_LUMINANCE, DC_CHROMINANCE, DC_LUMINANCE, Standard,
};
use super::{known_huffman, short};
use crate::tables::{Huffman, Tables};

/// Symbols of a table that can code any picture of 8 bits: DC, AC (ITU-T T.81, F.1.2).
const COMPLETE: [usize; 2] = [12, 162];

/// How the coefficients are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// The standard tables (ITU-T T.81, Annex K.3), or none written, which means the same.
    Standard,
    /// Tables made for that one picture: symbols that it does not use are left out.
    Optimised,
    /// An encoder's own tables: complete and not the standard ones, or known to be shared by files.
    Own,
}

impl Coding {
    /// The word that stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Optimised => "optimised",
            Self::Own => "own",
        }
    }
}

/// The word for the Huffman tables and their fingerprint; `None` where there is no table.
pub fn coding(tables: &Tables) -> Option<(Coding, String)> {
    if tables.huffman.is_empty() {
        return None;
    }
    let mut hash = Sha256::new();
    for table in &tables.huffman {
        hash.update([table.class, table.id]);
        hash.update(table.counts);
        hash.update(&table.symbols);
    }
    let fingerprint = short(&hash.finalize());
    let all = |test: fn(&Huffman) -> bool| tables.huffman.iter().all(test);
    let coding = match () {
        () if all(standard) => Coding::Standard,
        () if all(complete) || known_huffman(&fingerprint).is_some() => Coding::Own,
        () => Coding::Optimised,
    };
    Some((coding, fingerprint))
}

fn standard(table: &Huffman) -> bool {
    let of_class: &[Standard] = match table.class {
        0 => &[DC_LUMINANCE, DC_CHROMINANCE],
        _ => &[AC_LUMINANCE, AC_CHROMINANCE],
    };
    of_class.iter().any(|(counts, symbols)| table.counts == *counts && table.symbols == *symbols)
}

fn complete(table: &Huffman) -> bool {
    let [dc, ac] = COMPLETE;
    table.symbols.len() >= if table.class == 0 { dc } else { ac }
}
