//! The cleartext signature framework (RFC 9580 § 7): finding the signed blocks of an exhibit.
//!
//! In: bytes. Out: blocks in their order, and the runs of bytes between them that no signature
//! covers. Refused: nothing; a block that breaks the rules is given with its flaw.
//!
//! What an attacker may try, and what comes of it:
//! - text before, between or after the blocks is a piece of its own, never part of a block;
//! - a header other than `Hash:` is not signed, though it stands inside the frame: the headers
//!   from the first odd one on are a piece outside, and the block is flawed;
//! - a second beginning inside a block ends the first one, which then has no signature.

use std::ops::Range;

/// The line that starts a signed block.
const BEGIN_MESSAGE: &[u8] = b"-----BEGIN PGP SIGNED MESSAGE-----";
/// The line that ends the text and starts the signature.
const BEGIN_SIGNATURE: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
/// The line that ends the block.
const END_SIGNATURE: &[u8] = b"-----END PGP SIGNATURE-----";

/// A run of bytes of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A signed block.
    Signed(Block),
    /// Bytes that no signature covers, not all of them white space.
    Outside(Range<usize>),
}

/// A signed block. All ranges are in bytes of the exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The text, still escaped, without the line end before the signature.
    pub(crate) text: Range<usize>,
    /// The armour of the signature, from its first line to its last.
    pub(crate) signature: Option<Range<usize>>,
    /// Why the block is not what the framework allows.
    pub(crate) flaw: Option<&'static str>,
    /// Whether a line of the text starts with a dash that is not escaped.
    pub(crate) bare_dashes: bool,
}

/// Whether a signed block begins at a line of the first bytes.
pub(crate) fn begins(head: &[u8]) -> bool {
    lines(head).any(|line| is(head, &line, BEGIN_MESSAGE))
}

/// The blocks of an exhibit and what stands between them.
pub(crate) fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut frame = Frame { bytes, pieces: Vec::new(), state: State::Outside { from: 0 } };
    for line in lines(bytes) {
        frame.line(&line);
    }
    frame.end(bytes.len());
    frame.pieces
}

/// The lines, each with its end.
fn lines(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        at = memchr::memchr(b'\n', rest).map_or(bytes.len(), |end| start + end + 1);
        Some(start..at)
    })
}

/// Whether a line is this marker; white space after it does not count.
fn is(bytes: &[u8], line: &Range<usize>, marker: &[u8]) -> bool {
    let text = bytes.get(line.clone()).unwrap_or_default().trim_ascii_end();
    let text =
        if line.start == 0 { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text };
    text == marker
}

enum State {
    Outside { from: usize },
    Headers { odd: Option<usize> },
    Text { block: Block },
    Armour { block: Block, from: usize },
}

struct Frame<'b> {
    bytes: &'b [u8],
    pieces: Vec<Piece>,
    state: State,
}

impl Frame<'_> {
    fn line(&mut self, line: &Range<usize>) {
        if is(self.bytes, line, BEGIN_MESSAGE) {
            self.end(line.start);
            self.state = State::Headers { odd: None };
            return;
        }
        let starts_signature = is(self.bytes, line, BEGIN_SIGNATURE);
        let content = self.bytes.get(line.clone()).unwrap_or_default();
        match &mut self.state {
            State::Outside { .. } => {}
            State::Headers { odd } => {
                if starts_signature || content.trim_ascii().is_empty() {
                    let odd = *odd;
                    self.headers_end(odd, line, starts_signature);
                } else if !content.starts_with(b"Hash:") {
                    odd.get_or_insert(line.start);
                }
            }
            State::Text { block } => {
                if starts_signature {
                    block.text.end = without_line_end(self.bytes, block.text.start, line.start);
                    let block = block.clone();
                    self.state = State::Armour { block, from: line.start };
                } else {
                    block.text.end = line.end;
                    block.bare_dashes |= content.starts_with(b"-") && !content.starts_with(b"- ");
                }
            }
            State::Armour { block, from } => {
                if is(self.bytes, line, END_SIGNATURE) {
                    block.signature = Some(*from..line.end);
                    self.pieces.push(Piece::Signed(block.clone()));
                    self.state = State::Outside { from: line.end };
                }
            }
        }
    }

    /// The empty line after the headers, or a signature that follows them at once.
    fn headers_end(&mut self, odd: Option<usize>, line: &Range<usize>, starts_signature: bool) {
        let flaw = odd.map(|from| {
            self.outside(from..line.start);
            "a header other than `Hash:` stands before the text, where nothing is signed"
        });
        let from = if starts_signature { line.start } else { line.end };
        let block = Block { text: from..from, signature: None, flaw, bare_dashes: false };
        self.state =
            if starts_signature { State::Armour { block, from } } else { State::Text { block } };
    }

    /// What is open ends at this byte.
    fn end(&mut self, at: usize) {
        match std::mem::replace(&mut self.state, State::Outside { from: at }) {
            State::Outside { from } => self.outside(from..at),
            State::Headers { odd } => {
                if let Some(from) = odd {
                    self.outside(from..at);
                }
                let flaw = Some("the signed text does not begin");
                let text = at..at;
                self.pieces.push(Piece::Signed(Block {
                    text,
                    signature: None,
                    flaw,
                    bare_dashes: false,
                }));
            }
            State::Text { mut block } => {
                block.flaw = block.flaw.or(Some("the signed text has no signature"));
                self.pieces.push(Piece::Signed(block));
            }
            State::Armour { mut block, from } => {
                block.flaw = block.flaw.or(Some("the signature does not end"));
                block.signature = Some(from..at);
                self.pieces.push(Piece::Signed(block));
            }
        }
    }

    fn outside(&mut self, range: Range<usize>) {
        let run = self.bytes.get(range.clone()).unwrap_or_default();
        let run =
            if range.start == 0 { run.strip_prefix(b"\xef\xbb\xbf").unwrap_or(run) } else { run };
        if !run.trim_ascii().is_empty() {
            self.pieces.push(Piece::Outside(range));
        }
    }
}

/// The end of a text whose last line end belongs to the frame.
fn without_line_end(bytes: &[u8], start: usize, end: usize) -> usize {
    let text = bytes.get(start..end).unwrap_or_default();
    let text = text.strip_suffix(b"\n").map_or(text, |t| t.strip_suffix(b"\r").unwrap_or(t));
    start + text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |range: &Range<usize>| text[range.clone()].to_owned();
        pieces(text.as_bytes())
            .iter()
            .map(|piece| match piece {
                Piece::Outside(range) => format!("outside {:?}", show(range)),
                Piece::Signed(block) => format!(
                    "signed {:?} {} {}{}",
                    show(&block.text),
                    block.signature.as_ref().map_or(0, |armour| show(armour).lines().count()),
                    block.flaw.unwrap_or("fine"),
                    if block.bare_dashes { ", bare dashes" } else { "" },
                ),
            })
            .collect()
    }

    const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----\n\nAA==\n-----END PGP SIGNATURE-----\n";

    #[test]
    fn blocks_and_what_stands_around_them() {
        let text = format!(
            "\u{feff}\nhello\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\na\r\n- -b\r\n{SIGNATURE}\n \nbye\n"
        );
        assert_eq!(
            shown(&text),
            [
                "outside \"\\u{feff}\\nhello\\n\"",
                "signed \"a\\r\\n- -b\" 4 fine",
                "outside \"\\n \\nbye\\n\"",
            ]
        );
    }

    #[test]
    fn a_text_hidden_in_the_headers_is_outside() {
        let text =
            format!("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n[{{}}]\n\na\n{SIGNATURE}");
        let found = shown(&text);
        assert_eq!(found[0], "outside \"[{}]\\n\"");
        assert!(found[1].contains("a header other than `Hash:`"), "{found:?}");
        let escaped =
            format!("-----BEGIN PGP SIGNED MESSAGE-----\nNotDashEscaped: yes\n\n-a\n{SIGNATURE}");
        assert!(shown(&escaped)[1].ends_with("nothing is signed, bare dashes"));
    }

    #[test]
    fn two_blocks_and_blocks_that_are_cut() {
        let begin = "-----BEGIN PGP SIGNED MESSAGE-----\n\n";
        assert_eq!(
            shown(&format!("{begin}a\n{SIGNATURE}{begin}\nb\n\n{SIGNATURE}")),
            ["signed \"a\" 4 fine", "signed \"\\nb\\n\" 4 fine"]
        );
        assert_eq!(
            shown(&format!("{begin}a\n{begin}b\n{SIGNATURE}")),
            ["signed \"a\\n\" 0 the signed text has no signature", "signed \"b\" 4 fine"]
        );
        assert_eq!(shown(&format!("{begin}{SIGNATURE}")), ["signed \"\" 4 fine"]);
        assert_eq!(
            shown("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512"),
            ["signed \"\" 0 the signed text does not begin"]
        );
        assert_eq!(
            shown(&format!("{begin}a\n{}", &SIGNATURE[..38])),
            ["signed \"a\" 4 the signature does not end"]
        );
        assert_eq!(shown(SIGNATURE), [format!("outside {SIGNATURE:?}")]);
        assert!(!begins(SIGNATURE.as_bytes()) && begins(begin.as_bytes()));
    }

    proptest! {
        #[test]
        fn pieces_follow_each_other(parts in prop::collection::vec(0..7_usize, 0..30)) {
            let lines = ["-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----",
                "-----END PGP SIGNATURE-----", "", "Hash: SHA1", "- x", "\u{e9}y"];
            let text: Vec<&str> = parts.iter().map(|&part| lines[part]).collect();
            let text = text.join("\r\n");
            let mut at = 0;
            for piece in pieces(text.as_bytes()) {
                let ranges = match piece {
                    Piece::Outside(range) => vec![range],
                    Piece::Signed(block) => {
                        std::iter::once(block.text).chain(block.signature).collect()
                    }
                };
                for range in ranges {
                    prop_assert!(at <= range.start && range.start <= range.end && range.end <= text.len());
                    at = range.end;
                }
            }
        }
    }
}
