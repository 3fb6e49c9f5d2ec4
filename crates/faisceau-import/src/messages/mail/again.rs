//! The bytes of a mail that was read before, as its sender's server signed them.
//!
//! In: what stands at the mail's place. Out: the same from its first header on; of a mail in a box,
//! with the `>` taken off that the box put before lines that start with `From `. Refused: nothing.

use faisceau_model::Place;

use super::head;

/// The bytes of a mail, given those at its place.
pub fn mail_again(bytes: &[u8], place: &Place) -> Vec<u8> {
    let letter = match place {
        Place::Bytes { .. } => unescaped(bytes),
        _ => bytes.to_vec(),
    };
    letter[head::start(&letter)..].to_vec()
}

fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let quotes = line.iter().position(|&b| b != b'>').unwrap_or(0);
        let escaped = quotes > 0 && line[quotes..].starts_with(b"From ");
        out.extend_from_slice(&line[usize::from(escaped)..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_escape_is_taken_off_in_a_box_only() {
        let raw = b"\nFrom: a@b\n\n>From x\n>>From y\n> From z\n";
        let place = Place::Bytes { start: 0, len: 1 };
        assert_eq!(mail_again(raw, &place), b"From: a@b\n\nFrom x\n>From y\n> From z\n");
        assert_eq!(mail_again(raw, &Place::Whole), &raw[1..]);
    }
}
