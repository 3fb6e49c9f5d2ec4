//! The chunked transfer coding (RFC 9112, section 7.1), read as it arrives: each byte is looked at
//! once. Taken: a line that ends with LF alone. Refused: sizes beyond 2^60, lines without end.

/// The longest line of a chunk's size, extensions included, in bytes.
const MAX_LINE: usize = 4 << 10;
/// The longest section of trailers, in bytes.
const MAX_TRAILERS: usize = 64 << 10;
/// The most hexadecimal digits of a size, without leading noughts.
const MAX_DIGITS: u32 = 15;

/// Where the reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In the digits of a size.
    Size,
    /// After them, in an extension.
    Extension,
    /// In the content of a chunk.
    Data,
    /// After it, before the end of its line.
    DataEnd,
    /// After the last chunk, in the fields that may follow.
    Trailers,
    /// After the empty line.
    Done,
}

/// A broken body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken {
    /// From the first byte of the body.
    pub(super) at: usize,
    /// Why.
    pub(super) why: &'static str,
}

/// A chunked body that is being read.
#[derive(Debug, Clone)]
pub(super) struct Chunked {
    state: State,
    /// Bytes of the body that were read.
    at: usize,
    /// The size of the chunk, then what is left of it.
    left: u64,
    /// Digits of the size, without leading noughts, and whether there was any.
    digits: u32,
    any: bool,
    /// Bytes of the line or of the trailers.
    line: usize,
    /// Where the trailers begin.
    trailers: usize,
    /// Where the line that is being read begins.
    line_start: usize,
}

impl Chunked {
    pub(super) fn new() -> Self {
        Self {
            state: State::Size,
            at: 0,
            left: 0,
            digits: 0,
            any: false,
            line: 0,
            trailers: 0,
            line_start: 0,
        }
    }

    /// Bytes of the body that were read.
    pub(super) fn read_to(&self) -> usize {
        self.at
    }

    /// The place of the trailers, once the body is whole.
    pub(super) fn trailers(&self) -> std::ops::Range<usize> {
        self.trailers..self.at
    }

    /// Whether a first size was read.
    pub(super) fn has_begun(&self) -> bool {
        self.line_start > 0 || !matches!(self.state, State::Size | State::Extension)
    }

    /// Reads on in a body of which `body` came so far. Gives whether it is whole; `content` takes
    /// what the chunks hold.
    pub(super) fn advance(
        &mut self,
        body: &[u8],
        content: &mut dyn FnMut(&[u8]),
    ) -> Result<bool, Broken> {
        while self.state != State::Done {
            let Some(rest) = body.get(self.at..) else { return Ok(false) };
            let Some(byte) = rest.first() else { return Ok(false) };
            if self.state == State::Data {
                let take = usize::try_from(self.left).unwrap_or(usize::MAX).min(rest.len());
                content(rest.get(..take).unwrap_or_default());
                self.at += take;
                self.left -= take as u64;
                if self.left == 0 {
                    self.start(State::DataEnd);
                }
                continue;
            }
            self.step(*byte, body)?;
            self.at += 1;
            if self.state == State::Data && self.left == 0 {
                self.start(State::Trailers);
                self.trailers = self.at;
                self.line_start = self.at;
            }
        }
        Ok(true)
    }

    fn start(&mut self, state: State) {
        self.state = state;
        self.line = 0;
    }

    fn step(&mut self, byte: u8, body: &[u8]) -> Result<(), Broken> {
        self.line += 1;
        match self.state {
            State::Size => self.size(byte)?,
            State::Extension if byte == b'\n' => self.start(State::Data),
            State::Extension if self.line > MAX_LINE => {
                return Err(self.broken("a size is too long"));
            }
            State::DataEnd => match byte {
                b'\r' if self.line == 1 => {}
                b'\n' => {
                    self.start(State::Size);
                    self.line_start = self.at + 1;
                    (self.left, self.digits, self.any) = (0, 0, false);
                }
                _ => return Err(self.broken("a chunk is longer than its size")),
            },
            State::Trailers => {
                let bare = matches!(body.get(self.line_start..self.at), Some([] | [b'\r']));
                if byte == b'\n' && bare {
                    self.state = State::Done;
                } else if byte == b'\n' {
                    self.line_start = self.at + 1;
                }
                if self.line > MAX_TRAILERS {
                    return Err(self.broken("the trailers are too long"));
                }
            }
            State::Extension | State::Data | State::Done => {}
        }
        Ok(())
    }

    fn size(&mut self, byte: u8) -> Result<(), Broken> {
        if let Some(digit) = char::from(byte).to_digit(16) {
            self.any = true;
            self.digits += u32::from(self.digits > 0 || digit > 0);
            if self.digits > MAX_DIGITS || self.line > MAX_LINE {
                return Err(self.broken("a size is too large"));
            }
            self.left = (self.left << 4) | u64::from(digit);
            return Ok(());
        }
        match byte {
            _ if !self.any => Err(self.broken("a size is missing")),
            b'\n' => {
                self.start(State::Data);
                Ok(())
            }
            b'\r' | b';' | b' ' | b'\t' => {
                self.state = State::Extension;
                Ok(())
            }
            _ => Err(self.broken("a size is no hexadecimal number")),
        }
    }

    fn broken(&self, why: &'static str) -> Broken {
        Broken { at: self.at, why }
    }
}
