//! Attached mails under an encoding that they must not have.
//!
//! In: the bytes of a mail. Out: the same number of bytes, in which no attached mail is decoded:
//! the name of its encoding is spoilt. RFC 2046, section 5.2.1 forbids that encoding, and what it
//! hides can be a mail inside a mail, thousands of times, which no stack holds. Refused: nothing;
//! every other part is left as it is.

use std::borrow::Cow;
use std::ops::Range;

/// What the headers of one part say.
#[derive(Default)]
struct Block {
    /// Whether there is a media type.
    typed: bool,
    /// Whether the media type is that of a mail.
    mail: bool,
    /// Where the names of encodings start.
    encodings: Vec<usize>,
}

/// The mail without encodings of attached mails.
pub(super) fn disarmed(raw: &[u8]) -> Cow<'_, [u8]> {
    let lower = raw.to_ascii_lowercase();
    if !["rfc822", "global", "digest"].iter().any(|word| find(&lower, word).is_some()) {
        return Cow::Borrowed(raw);
    }
    let (blocks, digest) = blocks(&lower);
    let mut out = Cow::Borrowed(raw);
    for block in blocks {
        // The parts of a digest are mails unless they say otherwise.
        if block.mail || (digest && !block.typed) {
            for at in block.encodings {
                out.to_mut()[at] = b'x';
            }
        }
    }
    out
}

/// The header blocks that name an encoding, and whether any block is of a digest.
fn blocks(lower: &[u8]) -> (Vec<Block>, bool) {
    let (mut blocks, mut digest) = (Vec::new(), false);
    let mut block = Block::default();
    let mut at = 0;
    while at < lower.len() {
        let header = header_at(lower, at);
        at = header.end;
        let text = &lower[header.clone()];
        let named = text.trim_ascii_start();
        if named.is_empty() {
            blocks.extend(Some(std::mem::take(&mut block)).filter(|b| !b.encodings.is_empty()));
        } else if named.starts_with(b"content-type") {
            let kind = text.split(|&b| b == b';').next().unwrap_or_default();
            block.typed = true;
            block.mail |= find(kind, "rfc822").or_else(|| find(kind, "global")).is_some();
            digest |= find(kind, "digest").is_some();
        } else if named.starts_with(b"content-transfer-encoding") {
            let names = ["base64", "quoted-printable"].iter().filter_map(|name| find(text, name));
            block.encodings.extend(names.map(|within| header.start + within));
        }
    }
    blocks.extend(Some(block).filter(|b| !b.encodings.is_empty()));
    (blocks, digest)
}

/// The line at `at`, with the lines that continue it.
fn header_at(lower: &[u8], at: usize) -> Range<usize> {
    let mut end = line_end(lower, at);
    let blank = lower[at..end].trim_ascii().is_empty();
    while !blank && matches!(lower.get(end), Some(b' ' | b'\t')) {
        end = line_end(lower, end);
    }
    at..end
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |step| at + step + 1)
}

fn find(text: &[u8], word: &str) -> Option<usize> {
    memchr::memmem::find(text, word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::disarmed;

    fn shown(text: &str) -> String {
        String::from_utf8_lossy(&disarmed(text.as_bytes())).into_owned()
    }

    #[test]
    fn only_attached_mails_lose_their_encoding() {
        let mail =
            "Content-Type: Message/RFC822; x=y\r\nContent-Transfer-Encoding:\r\n Base64\r\n\r\nx";
        assert_eq!(shown(mail), mail.replace("Base64", "xase64"));
        let image = "Content-Type: image/png; name=\"rfc822.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx";
        assert_eq!(shown(image), image);
        let folded = "Content-Type:\n \n message/rfc822\nContent-Transfer-Encoding: base64\n\nx";
        assert_eq!(shown(folded), folded.replace("base64", "xase64"));
        let two = format!("{image}\r\n{mail}");
        assert_eq!(shown(&two), two.replace("Base64", "xase64"));
    }

    #[test]
    fn a_part_of_a_digest_is_a_mail_unless_it_says_otherwise() {
        let text = "Content-Type: multipart/digest; boundary=d\n\n--d\nContent-Transfer-Encoding: quoted-printable\n\nx";
        assert_eq!(shown(text), text.replace("quoted", "xuoted"));
        let text = "Content-Type: multipart/digest; boundary=d\n\n--d\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nx";
        assert_eq!(shown(text), text);
        let text = "Content-Transfer-Encoding: base64\n\na digest";
        assert_eq!(shown(text), text);
    }
}
