//! Base64 (RFC 4648, with or without padding) and hexadecimal, as Tor documents write them.

use crate::Fingerprint;

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Decodes base64; line ends and padding are passed over, anything else is refused.
pub(crate) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.iter().filter(|byte| !matches!(byte, b'\n' | b'\r' | b'=')) {
        bits = bits << 6 | sextet(*byte)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

/// Decodes the 27 characters of a fingerprint or digest.
pub(crate) fn base64_fingerprint(text: &[u8]) -> Option<Fingerprint> {
    if text.len() != 27 {
        return None;
    }
    let mut out = [0; 20];
    let (mut bits, mut count, mut next) = (0_u32, 0, 0);
    for byte in text {
        bits = bits << 6 | sextet(*byte)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            *out.get_mut(next)? = (bits >> count) as u8;
            next += 1;
        }
    }
    (next == 20).then_some(out)
}

/// Decodes 40 hexadecimal digits; spaces are passed over.
pub(crate) fn hex_fingerprint(text: &[u8]) -> Option<Fingerprint> {
    let mut out = [0; 20];
    let mut digits = text.iter().filter(|byte| **byte != b' ');
    for byte in &mut out {
        let mut digit = || char::from(*digits.next()?).to_digit(16);
        *byte = (digit()? << 4 | digit()?) as u8;
    }
    digits.next().is_none().then_some(out)
}

/// Finds the first block between `-----BEGIN …` and `-----END …` and decodes it.
pub(crate) fn pem(text: &[u8]) -> Option<Vec<u8>> {
    let begin = memchr::memmem::find(text, b"-----BEGIN ")?;
    let body = begin + memchr::memchr(b'\n', &text[begin..])? + 1;
    let end = memchr::memmem::find(&text[body..], b"-----END ")?;
    base64(&text[body..body + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_fingerprint_are_read() {
        let hex = hex_fingerprint(b"000A10D43011EA4928A35F610405F92B4433B4DC");
        assert_eq!(hex, base64_fingerprint(b"AAoQ1DAR6kkoo19hBAX5K0QztNw"));
        assert!(hex.is_some());
        assert_eq!(hex_fingerprint(b"00"), None);
        assert_eq!(base64_fingerprint(b"AAoQ1DAR6kkoo19hBAX5K0QztN\xff"), None);
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        assert_eq!(base64(b"Zm9v\r\nYmE=").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(base64(b"Zm 9v"), None);
    }
}
