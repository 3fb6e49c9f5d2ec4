//! The tokens of a dump: names and words, literals, comments, the end of a statement.
//!
//! In: bytes. Out: what stands next, passed over. Refused: nothing; the end of the source ends
//! whatever it stands in.

use super::super::scan::Scan;
use crate::contract::ImportError;

/// Bytes of a name or a word that are kept.
pub(super) const NAME: usize = 256;

/// Takes the parts of statements from a scan.
pub(super) struct Parts<'s>(pub(super) &'s mut Scan);

impl Parts<'_> {
    /// Passes what stands in quotes.
    pub(super) fn quoted(
        &mut self,
        quote: u8,
        keep: Option<(&mut Vec<u8>, usize)>,
    ) -> Result<(), ImportError> {
        self.quoted_to_its_end(quote, keep).map(|_| ())
    }

    /// Passes what stands in quotes and keeps as many bytes of it, escapes undone; false if the
    /// source ends before the closing quote.
    pub(super) fn quoted_to_its_end(
        &mut self,
        quote: u8,
        mut keep: Option<(&mut Vec<u8>, usize)>,
    ) -> Result<bool, ImportError> {
        let mut push = |bytes: &[u8]| {
            if let Some((out, limit)) = &mut keep {
                let room = limit.saturating_sub(out.len());
                out.extend_from_slice(bytes.get(..bytes.len().min(room)).unwrap_or_default());
            }
        };
        // Names in backticks have no escapes but the doubled backtick.
        let escape = if quote == b'`' { quote } else { b'\\' };
        self.0.next()?;
        loop {
            self.0.run([quote, escape, quote], &mut push)?;
            match self.0.next()? {
                None => return Ok(false),
                Some(byte) if byte == quote => {
                    if self.0.peek()? != Some(quote) {
                        return Ok(true);
                    }
                    self.0.next()?;
                    push(&[quote]);
                }
                Some(_) => match self.0.next()? {
                    None => return Ok(false),
                    Some(escaped) => push(&[unescaped(escaped)]),
                },
            }
        }
    }

    /// Passes to the end of the statement.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn pass_to_end(&mut self) -> Result<(), ImportError> {
        loop {
            match self.peek_after_blank()? {
                None => return Ok(()),
                Some(quote @ (b'\'' | b'"' | b'`')) => self.quoted(quote, None)?,
                Some(byte) => {
                    self.0.next()?;
                    if byte == b';' {
                        return Ok(());
                    }
                }
            }
        }
    }

    pub(super) fn peek_after_blank(&mut self) -> Result<Option<u8>, ImportError> {
        self.blank()?;
        self.0.peek()
    }

    /// Passes white space and comments.
    pub(super) fn blank(&mut self) -> Result<(), ImportError> {
        loop {
            match self.0.peek()? {
                Some(byte) if byte.is_ascii_whitespace() => {
                    self.0.next()?;
                }
                Some(b'#') => self.line_comment()?,
                Some(b'-') => {
                    // `--` starts a comment, `-` a number: two bytes must be seen.
                    if !self.0.starts_with(*b"--")? {
                        return Ok(());
                    }
                    self.line_comment()?;
                }
                Some(b'/') if self.0.starts_with(*b"/*")? => self.block_comment()?,
                // A byte order mark.
                Some(0xef | 0xbb | 0xbf) if self.0.byte() < 3 => {
                    self.0.next()?;
                }
                _ => return Ok(()),
            }
        }
    }

    fn line_comment(&mut self) -> Result<(), ImportError> {
        self.0.run([b'\n'; 3], &mut |_| {})
    }

    fn block_comment(&mut self) -> Result<(), ImportError> {
        self.0.next()?;
        self.0.next()?;
        loop {
            self.0.run([b'*'; 3], &mut |_| {})?;
            if self.0.next()?.is_none() {
                return Ok(());
            }
            if self.0.peek()? == Some(b'/') {
                self.0.next()?;
                return Ok(());
            }
        }
    }

    /// Letters, digits and the signs of numbers; of a long word the start.
    pub(super) fn word(&mut self) -> Result<String, ImportError> {
        let mut word = String::new();
        while let Some(byte) = self.0.peek()? {
            if !(byte.is_ascii_alphanumeric()
                || b"_+-$@".contains(&byte)
                || byte == b'.' && starts_number(&word))
            {
                break;
            }
            self.0.next()?;
            if word.len() < NAME {
                word.push(char::from(byte));
            }
        }
        Ok(word)
    }
}

/// Whether a point after it belongs to a number and not to `base.table`.
fn starts_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+'))
}

/// What a backslash and this byte stand for.
const fn unescaped(byte: u8) -> u8 {
    match byte {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'0' => 0,
        b'Z' => 0x1a,
        b'b' => 0x08,
        other => other,
    }
}
