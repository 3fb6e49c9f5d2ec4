//! How a collection of posts ended.

use std::fmt;

use jiff::Timestamp;

/// Counts, and why nothing more was asked. What came is kept whatever the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Requests, answered or not.
    pub requests: u64,
    /// Pages of posts.
    pub pages: u64,
    /// Posts within the period, those of others that the account forwarded among them.
    pub posts: u64,
    /// Of these, forwarded ones, where the service says so.
    pub reposts: u64,
    /// Of these, those whose time is missing or cannot be read.
    pub undated: u64,
    /// Posts before or after the period: their pages came all the same.
    pub outside: u64,
    /// Elements of pages that cannot be read as a post.
    pub unreadable: u64,
    /// What the service calls the account: a number, a DID, an address.
    pub account: Option<String>,
    /// The earliest time of a post, as the service says.
    pub oldest: Option<Timestamp>,
    /// The latest time of a post, as the service says.
    pub newest: Option<Timestamp>,
    /// What whoever reads the counts must know, in sentences.
    pub notes: Vec<String>,
    /// The address that was asked last.
    pub last: Option<String>,
    /// Why nothing more was asked.
    pub stopped: Stopped,
}

impl Outcome {
    /// Whether all that was wanted came, as far as the service shows it.
    pub fn is_complete(&self) -> bool {
        matches!(self.stopped, Stopped::End | Stopped::Limit | Stopped::Since)
    }
}

/// Why nothing more was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// The service has no more.
    End,
    /// The limit of posts was reached.
    Limit,
    /// All posts of a page were older than the period.
    Since,
    /// The service knows no such account, thread or feed.
    NotFound {
        /// What it said.
        why: String,
    },
    /// The service does not answer that to us: log-in, ban, legal reasons, `robots.txt`, or a target
    /// that is not asked.
    Refused {
        /// What it said.
        why: String,
    },
    /// The service wants fewer requests.
    RateLimited {
        /// `Retry-After`, as the service writes it.
        retry_after: Option<String>,
    },
    /// The service failed.
    Failed {
        /// The status of RFC 9110.
        status: u16,
    },
    /// What comes next would be asked of another host.
    Elsewhere {
        /// The address, made inert.
        to: String,
    },
    /// A page or the sign of the next one came a second time.
    Loop,
    /// Page after page without a post.
    Empty,
    /// The most pages of one collection.
    TooManyPages,
    /// The answer is not what the interface is documented to give.
    Unreadable {
        /// Why.
        why: String,
    },
    /// Nobody answered.
    NoAnswer {
        /// Why.
        why: String,
    },
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("the service has no more"),
            Self::Limit => f.write_str("the limit of posts was reached"),
            Self::Since => f.write_str("what follows is older than the period"),
            Self::NotFound { why } => write!(f, "the service does not know it: {why}"),
            Self::Refused { why } => write!(f, "refused: {why}"),
            Self::RateLimited { retry_after: Some(after) } => {
                write!(f, "the service wants fewer requests (Retry-After: {after})")
            }
            Self::RateLimited { retry_after: None } => {
                f.write_str("the service wants fewer requests")
            }
            Self::Failed { status } => write!(f, "the service failed (status {status})"),
            Self::Elsewhere { to } => {
                write!(f, "what follows stands on another host, which is not asked: {to}")
            }
            Self::Loop => f.write_str("the service gave a page, or the sign of one, a second time"),
            Self::Empty => f.write_str("the service gave page after page without a post"),
            Self::TooManyPages => f.write_str("the most pages of one collection were reached"),
            Self::Unreadable { why } => write!(f, "the answer cannot be read: {why}"),
            Self::NoAnswer { why } => write!(f, "no answer: {why}"),
        }
    }
}
