//! What is wrong with a message, and why there is none.

/// Why bytes are no HTTP response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// They do not begin with a status line.
    #[error("this is no HTTP/1 response: it begins with {0}")]
    NotHttp(String),
    /// The head is beyond the limit.
    #[error("the head of the response is longer than {limit} bytes")]
    HeadTooLong {
        /// Bytes.
        limit: u64,
    },
    /// The head cannot be read.
    #[error("the head of the response cannot be read: {0}")]
    Head(String),
    /// The length of the body is not known, so neither is its end (RFC 9112, section 6.3).
    #[error("the response states a length that is none: {0}")]
    Length(String),
    /// A chunked body that is broken.
    #[error("the chunked body is broken at byte {at}: {why}")]
    Chunk {
        /// From the first byte of the response.
        at: u64,
        /// Why.
        why: &'static str,
    },
    /// The other end stopped before the end.
    #[error("the response is cut: {have} bytes came{}", want.map(|n| format!(" of {n}")).unwrap_or_default())]
    Cut {
        /// Bytes that came, head included.
        have: u64,
        /// Bytes that had to come, where that is known.
        want: Option<u64>,
    },
    /// The other end goes on with another protocol (status 101), which was not asked for.
    #[error("the other end changes to another protocol")]
    Upgraded,
    /// Interim responses without end.
    #[error("more than {limit} interim responses came before the response")]
    Interim {
        /// How many are read.
        limit: usize,
    },
}

/// What is wrong with a response that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Lines of the head that are no fields.
    #[error("{0} lines of the head are no fields and were left out")]
    Lines(usize),
    /// A field that goes on in the next line, as nobody may write any more.
    #[error("a field of the head is folded")]
    Folded,
    /// The head is wrong in a way that could be read over.
    #[error("the head is not well-formed: {0}")]
    Head(&'static str),
    /// Both a length and a transfer coding: what other programs read may differ.
    #[error("the response states both a length and a transfer coding; the length is not believed")]
    LengthAndCoding,
    /// A transfer coding in an answer of a version that has none.
    #[error("an HTTP/1.0 response states a transfer coding")]
    CodingInOld,
    /// A length that is none: the body goes to the end.
    #[error("the response states a length that is none: {0}")]
    Length(String),
    /// The body is shorter than the response states.
    #[error("the body is cut: {have} bytes came of {want}")]
    Cut {
        /// Bytes that came.
        have: u64,
        /// Bytes that had to come.
        want: u64,
    },
    /// A chunked body without its end.
    #[error("the chunked body is cut after {have} bytes")]
    ChunksCut {
        /// Bytes that came.
        have: u64,
    },
    /// A chunked body that is broken: what stands before the break is kept.
    #[error("the chunked body is broken at byte {at}: {why}")]
    Chunk {
        /// From the first byte of the body.
        at: u64,
        /// Why.
        why: &'static str,
    },
    /// The head states chunks, the body has none: it was recorded without them.
    #[error("the head states chunks, and the body was recorded without them")]
    NotChunked,
    /// Bytes after the end of the response.
    #[error("{0} bytes follow the response")]
    Trailing(u64),
    /// A coding that is not known; the body keeps it.
    #[error("the coding `{0}` is not known: the body is left in it")]
    UnknownCoding(String),
    /// A body that is not coded as the head states; it is left as it came.
    #[error("the body is not coded in `{0}` as stated: it is left as it came")]
    NotCoded(String),
    /// A coded body that breaks off; what could be decoded is kept.
    #[error("the body coded in `{coding}` breaks off after {have} decoded bytes: {why}")]
    Broken {
        /// The coding.
        coding: String,
        /// Bytes decoded.
        have: u64,
        /// Why.
        why: String,
    },
    /// More codings than are undone.
    #[error("the body has {0} codings, which is more than are undone")]
    TooManyCodings(usize),
    /// A body beyond the limit: its beginning is kept.
    #[error("the decoded body is longer than {0} bytes: the rest is left out")]
    TooLong(u64),
}

impl Flaw {
    /// Whether the body is not the one that was sent, decoded to its end.
    pub fn concerns_body(&self) -> bool {
        matches!(
            self,
            Self::Cut { .. }
                | Self::ChunksCut { .. }
                | Self::Chunk { .. }
                | Self::UnknownCoding(_)
                | Self::Broken { .. }
                | Self::TooManyCodings(_)
                | Self::TooLong(_)
        )
    }
}
