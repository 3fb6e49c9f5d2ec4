//! Compressed files (gzip, xz, zstd): a file comes in, its content goes out as one member, or as
//! those of the tar archive that it holds. It refuses what needs more than 128 MiB to be opened.
//!
//! Rotated logs are often several compressed members one after another: they are one content.
//! What follows the last member of a gzip file and is none is not read, and is said; xz and zstd
//! take it for damage.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use super::receiver::{Counted, Receiver};
use super::tar;
use crate::error::StoreError;
use crate::exhibit::{Label, Reason};
use crate::intake::CHUNK;

/// What an xz decoder may take, in bytes: the largest preset (`-9`) takes 65 MiB.
const XZ_MEMORY: u64 = 128 << 20;
/// Base-2 logarithm of the largest window of a zstd frame: that of `--ultra -22`.
const ZSTD_WINDOW: u32 = 27;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// RFC 1952.
    Gzip,
    /// The xz file format 1.2.
    Xz,
    /// RFC 8878.
    Zstd,
}

impl Method {
    /// The suffixes that the files of this kind bear, with what stands for them inside.
    const fn suffixes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Gzip => &[(".gz", ""), (".tgz", ".tar")],
            Self::Xz => &[(".xz", ""), (".txz", ".tar")],
            Self::Zstd => &[(".zst", ""), (".zstd", ""), (".tzst", ".tar")],
        }
    }
}

/// The content of a compressed file.
pub(crate) enum Content<R: BufRead> {
    /// All members in order.
    Gzip(Box<GzipChain<R>>),
    /// All streams in order.
    Xz(Box<XzDecoder<R>>),
    /// All frames in order.
    Zstd(Box<zstd::Decoder<'static, R>>),
}

impl<R: BufRead> Content<R> {
    /// Starts at the first byte.
    ///
    /// # Errors
    /// When the decoder cannot be had.
    pub(crate) fn new(method: Method, reader: R) -> io::Result<Self> {
        Ok(match method {
            Method::Gzip => Self::Gzip(Box::new(GzipChain::new(reader))),
            Method::Xz => {
                let stream = Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED)?;
                Self::Xz(Box::new(XzDecoder::new_stream(reader, stream)))
            }
            Method::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(reader)?;
                decoder.window_log_max(ZSTD_WINDOW)?;
                Self::Zstd(Box::new(decoder))
            }
        })
    }

    /// The name that the file gives its content.
    fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Gzip(chain) => chain.name.as_deref().filter(|name| !name.is_empty()),
            Self::Xz(_) | Self::Zstd(_) => None,
        }
    }

    fn is_trailed(&self) -> bool {
        matches!(self, Self::Gzip(chain) if chain.trailing)
    }
}

impl<R: BufRead> Read for Content<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(chain) => chain.read(buffer),
            Self::Xz(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
        }
    }
}

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

/// Reads a file with one content.
pub(crate) fn read_one(
    method: Method,
    file: Counted,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let mut content = match Content::new(method, BufReader::with_capacity(CHUNK, file)) {
        Ok(content) => content,
        Err(e) => return receiver.damaged(Reason::Corrupt, &e.to_string()),
    };
    let label = match content.name() {
        Some(name) => Label::bytes(name),
        None => Label::new(&without_suffix(method, receiver.archive_name())),
    };
    let _one = receiver.member(&label, None, None, Some(0), &mut content)?;
    say_trailing(&content, receiver)
}

/// Reads a compressed tar archive.
pub(crate) fn read_tar(
    method: Method,
    file: Counted,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let mut content = match Content::new(method, BufReader::with_capacity(CHUNK, file)) {
        Ok(content) => content,
        Err(e) => return receiver.damaged(Reason::Corrupt, &e.to_string()),
    };
    tar::read(&mut content, receiver)?;
    say_trailing(&content, receiver)
}

fn say_trailing<R: BufRead>(
    content: &Content<R>,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    if content.is_trailed() {
        receiver.damaged(Reason::Corrupt, "what follows the compressed content was not read")?;
    }
    Ok(())
}

fn without_suffix(method: Method, name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let cut = method.suffixes().iter().find_map(|(suffix, inside)| {
        let stem = name.get(..lower.strip_suffix(suffix)?.len())?;
        (!stem.is_empty()).then(|| format!("{stem}{inside}"))
    });
    cut.unwrap_or_else(|| name.to_owned())
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
        assert_eq!(without_suffix(Method::Gzip, "access.log.GZ"), "access.log");
        assert_eq!(without_suffix(Method::Gzip, ".gz"), ".gz");
        assert_eq!(without_suffix(Method::Xz, "dump"), "dump");
        assert_eq!(without_suffix(Method::Zstd, "a.tzst"), "a.tar");
        assert_eq!(without_suffix(Method::Xz, "İ.xz"), "İ");
    }

    fn xz(content: &[u8]) -> Vec<u8> {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 6);
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zst(content: &[u8]) -> Vec<u8> {
        zstd::encode_all(content, 3).unwrap()
    }

    fn content(method: Method, bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Content::new(method, bytes)?.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn xz_and_zstd_are_read_to_their_end_and_damage_is_an_error() {
        for (method, pack) in
            [(Method::Xz, xz as fn(&[u8]) -> Vec<u8>), (Method::Zstd, zst as fn(&[u8]) -> Vec<u8>)]
        {
            let both = [pack(b"one "), pack(b""), pack(b"two")].concat();
            assert_eq!(content(method, &both).unwrap(), "one two");
            let whole = pack(b"one one one one");
            assert!(content(method, &whole[..whole.len() - 3]).is_err(), "{method:?}");
            assert!(content(method, &[whole.clone(), b"junk".to_vec()].concat()).is_err());
            let mut flipped = whole.clone();
            flipped[whole.len() / 2] ^= 0x55;
            assert!(content(method, &flipped).is_err() || method == Method::Zstd);
        }
    }
}
