//! Digests of records: what a field states comes in, and whether bytes have it goes out. Read:
//! SHA-1, SHA-256 and SHA-512, in hexadecimal, base 32 and base 64, as writers use them.

use sha1::Digest as _;

/// Whether bytes have the digest that is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// None is stated.
    Absent,
    /// It is that of the bytes as recorded.
    Right,
    /// It is that of the payload without the chunks of its transfer.
    RightDecoded,
    /// It is that of other bytes.
    Wrong,
    /// It cannot be checked here: the payload is in another record.
    Elsewhere,
    /// The algorithm or the form is not known.
    Unknown(String),
}

impl Checked {
    /// Whether the bytes are other than stated.
    pub fn is_wrong(&self) -> bool {
        *self == Self::Wrong
    }
}

/// A digest as it is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    algorithm: Algorithm,
    value: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Sha1,
    Sha256,
    Sha512,
}

impl Algorithm {
    fn read(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "sha1" | "sha-1" => Some(Self::Sha1),
            "sha256" | "sha-256" => Some(Self::Sha256),
            "sha512" | "sha-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => sha1::Sha1::digest(bytes).to_vec(),
            Self::Sha256 => <sha2::Sha256 as sha2::Digest>::digest(bytes).to_vec(),
            Self::Sha512 => <sha2::Sha512 as sha2::Digest>::digest(bytes).to_vec(),
        }
    }
}

impl Stated {
    /// Reads `algorithm:value`. The error is what is stated, shortened.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let unknown = || text.chars().take(100).flat_map(char::escape_default).collect::<String>();
        let (name, value) = text.split_once(':').ok_or_else(unknown)?;
        let algorithm = Algorithm::read(name.trim()).ok_or_else(unknown)?;
        let value = decode(value.trim(), algorithm.length()).ok_or_else(unknown)?;
        Ok(Self { algorithm, value })
    }

    /// Whether bytes have this digest.
    pub(super) fn is_of(&self, bytes: &[u8]) -> bool {
        self.algorithm.of(bytes) == self.value
    }
}

/// Whether bytes have the digest that is stated, if one is.
pub(super) fn check(stated: Option<&str>, bytes: &[u8]) -> Checked {
    match stated.map(Stated::read) {
        None => Checked::Absent,
        Some(Err(text)) => Checked::Unknown(text),
        Some(Ok(stated)) if stated.is_of(bytes) => Checked::Right,
        Some(Ok(_)) => Checked::Wrong,
    }
}

/// SHA-256 as writers state it: warcio takes hexadecimal, and base 32 with its padding.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Algorithm::Sha256.of(bytes)))
}

/// Digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// Decodes a value of a known number of bytes: its length tells the form.
fn decode(text: &str, length: usize) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    let out = if bare.len() == 2 * length {
        unbase(bare, 4, hex_digit)
    } else if bare.len() == (8 * length).div_ceil(5) {
        unbase(bare, 5, base32_digit)
    } else if bare.len() == (8 * length).div_ceil(6) {
        unbase(bare, 6, base64_digit)
    } else {
        None
    };
    out.filter(|bytes| bytes.len() == length)
}

/// Decodes digits of `bits` bits each; what is left at the end must be nought (RFC 4648).
fn unbase(text: &str, bits: u32, digit: fn(u8) -> Option<u8>) -> Option<Vec<u8>> {
    let (mut out, mut pool, mut have) = (Vec::new(), 0_u32, 0_u32);
    for byte in text.bytes() {
        pool = (pool << bits) | u32::from(digit(byte)?);
        have += bits;
        if have >= 8 {
            have -= 8;
            out.push((pool >> have) as u8);
            pool &= (1 << have) - 1;
        }
    }
    (pool == 0).then_some(out)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|d| d as u8)
}

fn base32_digit(byte: u8) -> Option<u8> {
    match byte.to_ascii_uppercase() {
        b @ b'A'..=b'Z' => Some(b - b'A'),
        b @ b'2'..=b'7' => Some(b - b'2' + 26),
        _ => None,
    }
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_digest_is_read() {
        // SHA-1 and SHA-256 of "abc" (FIPS 180-4, examples).
        for stated in [
            "sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
            "SHA-1:A9993E364706816ABA3E25717850C26C9CD0D89D",
            "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
            "sha1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0",
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====",
        ] {
            assert_eq!(check(Some(stated), b"abc"), Checked::Right, "{stated}");
            assert_eq!(check(Some(stated), b"abd"), Checked::Wrong, "{stated}");
        }
        for unknown in ["md5:900150983cd24fb0d6963f7d28e17f72", "abc", "sha1:", "sha1:zz", ""] {
            assert!(matches!(check(Some(unknown), b"abc"), Checked::Unknown(_)), "{unknown}");
        }
        assert_eq!(check(Some(&sha256(b"abc")), b"abc"), Checked::Right);
    }
}
