//! Gzip files: a file comes in, its content goes out as one member, or as those of the tar
//! archive that it holds. It refuses nothing of its own.
//!
//! Rotated logs are often several gzip members one after another: they are one content. What
//! follows the last of them and is no gzip member is not read, and is said.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::receiver::{Counted, Receiver};
use super::tar;
use crate::error::StoreError;
use crate::exhibit::{Label, Reason};
use crate::intake::CHUNK;

/// The content of all gzip members of a file, in order.
pub(crate) struct GzipChain<R> {
    /// The member that is being read; none at the end.
    member: Option<GzDecoder<R>>,
    /// The name that the first member gives its content.
    name: Option<Vec<u8>>,
    /// Whether something follows that is no gzip member.
    trailing: bool,
}

impl<R: BufRead> GzipChain<R> {
    pub(crate) fn new(reader: R) -> Self {
        let decoder = GzDecoder::new(reader);
        let name = decoder.header().and_then(|h| h.filename()).map(<[u8]>::to_vec);
        Self { member: Some(decoder), name, trailing: false }
    }

    /// Goes to the next gzip member, if there is one.
    fn next_member(&mut self) -> io::Result<()> {
        let Some(decoder) = self.member.take() else { return Ok(()) };
        let mut reader = decoder.into_inner();
        let rest = reader.fill_buf()?;
        match rest.first() {
            None => {}
            Some(0x1f) if rest.get(1).is_none_or(|b| *b == 0x8b) => {
                self.member = Some(GzDecoder::new(reader));
            }
            Some(_) => self.trailing = true,
        }
        Ok(())
    }
}

impl<R: BufRead> Read for GzipChain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.member {
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.next_member()?;
        }
        Ok(0)
    }
}

/// Reads a gzip file with one content.
pub(crate) fn read_one(
    file: Counted,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let mut content = GzipChain::new(BufReader::with_capacity(CHUNK, file));
    let label = match &content.name {
        Some(name) if !name.is_empty() => Label::bytes(name),
        _ => Label::new(without_suffix(receiver.archive_name())),
    };
    let _one = receiver.member(&label, None, None, Some(0), &mut content)?;
    say_trailing(&content, receiver)
}

/// Reads a gzipped tar archive.
pub(crate) fn read_tar(
    file: Counted,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let mut content = GzipChain::new(BufReader::with_capacity(CHUNK, file));
    tar::read(&mut content, receiver)?;
    say_trailing(&content, receiver)
}

fn say_trailing<R>(
    content: &GzipChain<R>,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    if content.trailing {
        receiver.damaged(Reason::Corrupt, "what follows the compressed content was not read")?;
    }
    Ok(())
}

fn without_suffix(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, suffix)) if !stem.is_empty() && suffix.eq_ignore_ascii_case("gz") => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gz(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8], buffer: usize) -> (io::Result<String>, bool) {
        let mut chain = GzipChain::new(BufReader::with_capacity(buffer, bytes));
        let mut text = String::new();
        let result = chain.read_to_string(&mut text).map(|_| text);
        (result, chain.trailing)
    }

    #[test]
    fn members_in_a_row_are_one_content() {
        let both = [gz(b"one "), gz(b""), gz(b"two")].concat();
        for buffer in [1, 7, 4096] {
            let (text, trailing) = read(&both, buffer);
            assert_eq!((text.unwrap().as_str(), trailing), ("one two", false));
        }
    }

    #[test]
    fn what_follows_is_said_and_what_is_cut_is_an_error() {
        let (text, trailing) = read(&[gz(b"one"), b"\0\0\0".to_vec()].concat(), 64);
        assert_eq!((text.unwrap().as_str(), trailing), ("one", true));
        let whole = gz(b"one one one");
        assert!(read(&whole[..whole.len() - 3], 64).0.is_err());
        assert!(read(&[whole.clone(), vec![0x1f, 0x8b]].concat(), 64).0.is_err());
    }

    #[test]
    fn the_name_loses_its_suffix() {
        assert_eq!(without_suffix("access.log.GZ"), "access.log");
        assert_eq!(without_suffix(".gz"), ".gz");
        assert_eq!(without_suffix("dump"), "dump");
    }
}
