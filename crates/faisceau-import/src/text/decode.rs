//! Reading with a limit, and bytes to text.
//!
//! In: a source or a record. Out: bounded bytes, or text. Refused: believing the size or the
//! encoding that a source announces.

use std::io::{self, Read};

pub(crate) use faisceau_model::{decode, windows_1252};

/// Reads at most `limit` bytes, whatever the source says its size is.
pub(crate) fn read_limited(source: &mut dyn Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_never_gives_more_than_the_limit() {
        assert_eq!(read_limited(&mut io::repeat(1), 10).unwrap().len(), 10);
        assert_eq!(read_limited(&mut &b"abc"[..], 10).unwrap(), b"abc");
    }
}
