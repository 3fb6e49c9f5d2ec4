//! Archives of documents: gzip, xz, zstd, tar, and these in each other, read as a stream.
//!
//! In: a reader. Out: one text for each file in it, within [`Limits`]. Names of members are never
//! used as paths.

use std::io::{self, BufReader, Cursor, Read};

use liblzma::stream::{CONCATENATED, Stream};

use crate::error::Refused;

/// What one call may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one file.
    pub file: u64,
    /// Bytes of all files, unpacked.
    pub total: u64,
    /// Files of an archive.
    pub files: u64,
    /// Archives in each other.
    pub depth: u8,
    /// Memory of an xz decoder, in bytes.
    pub xz_memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 64 << 20, total: 64 << 30, files: 5_000_000, depth: 3, xz_memory: 128 << 20 }
    }
}

/// Takes each file: its name and its content.
pub(crate) type Take<'t> = dyn FnMut(&str, &[u8]) -> Result<(), Refused> + 't;

/// Hands each file on.
pub(crate) fn unpack(
    name: &str,
    reader: &mut dyn Read,
    limits: &Limits,
    take: &mut Take<'_>,
) -> Result<(), Refused> {
    let mut spent = Spent { limits, bytes: 0, files: 0 };
    spent.open(name, reader, 0, take)
}

struct Spent<'l> {
    limits: &'l Limits,
    bytes: u64,
    files: u64,
}

impl Spent<'_> {
    fn open(
        &mut self,
        name: &str,
        reader: &mut dyn Read,
        depth: u8,
        take: &mut Take<'_>,
    ) -> Result<(), Refused> {
        let mut head = Vec::new();
        (&mut *reader).take(512).read_to_end(&mut head)?;
        let magic = Magic::of(&head);
        let mut whole = Cursor::new(head).chain(reader);
        if magic != Magic::None && depth >= self.limits.depth {
            return Err(too_large(u64::from(self.limits.depth), "archives in each other"));
        }
        let buffered = |reader| BufReader::with_capacity(1 << 16, reader);
        match magic {
            Magic::None => self.read(name, &mut whole, take),
            Magic::Gzip => {
                let mut inner = flate2::bufread::MultiGzDecoder::new(buffered(&mut whole));
                self.open(name, &mut inner, depth + 1, take)
            }
            Magic::Xz => {
                let stream = Stream::new_stream_decoder(self.limits.xz_memory, CONCATENATED);
                let stream = stream.map_err(io::Error::other)?;
                let reader = buffered(&mut whole);
                let mut inner = liblzma::bufread::XzDecoder::new_stream(reader, stream);
                self.open(name, &mut inner, depth + 1, take)
            }
            Magic::Zstd => {
                let mut inner = zstd::Decoder::with_buffer(buffered(&mut whole))?;
                inner.window_log_max(27)?;
                self.open(name, &mut inner, depth + 1, take)
            }
            Magic::Tar => self.tar(&mut whole, depth, take),
        }
    }

    fn tar(
        &mut self,
        reader: &mut dyn Read,
        depth: u8,
        take: &mut Take<'_>,
    ) -> Result<(), Refused> {
        let mut archive = tar::Archive::new(reader);
        for entry in archive.entries()? {
            let mut entry = entry?;
            if entry.header().entry_type().is_file() {
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                self.open(&name, &mut entry, depth + 1, take)?;
            }
        }
        Ok(())
    }

    fn read(
        &mut self,
        name: &str,
        reader: &mut dyn Read,
        take: &mut Take<'_>,
    ) -> Result<(), Refused> {
        let mut text = Vec::new();
        reader.take(self.limits.file + 1).read_to_end(&mut text)?;
        self.bytes += text.len() as u64;
        self.files += 1;
        let Limits { file, total, files, .. } = *self.limits;
        for (spent, limit, what) in [
            (text.len() as u64, file, "bytes in one file"),
            (self.bytes, total, "bytes in all files"),
            (self.files, files, "files"),
        ] {
            if spent > limit {
                return Err(too_large(limit, what));
            }
        }
        take(name, &text)
    }
}

fn too_large(limit: u64, what: &'static str) -> Refused {
    Refused::TooLarge { limit, what }
}

#[derive(PartialEq, Eq)]
enum Magic {
    None,
    Gzip,
    Xz,
    Zstd,
    Tar,
}

impl Magic {
    fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ if head.get(257..262) == Some(b"ustar") => Self::Tar,
            _ => Self::None,
        }
    }
}
