//! Whether an answer is what its zone signed, checked here (RFC 4033 to 4035, RFC 5155, RFC 6840).
//!
//! In: answers with their signatures, a trust anchor, whoever asks for the keys on the way. Out: a
//! state for each answer and how it was found. The resolver's own claim, the AD flag, plays no part.
//!
//! Refused: more work than an honest zone causes. What an adversary signs is limited in keys,
//! signatures, digests, hashes and questions (`KeyTrap`, CVE-2023-50387; NSEC3, CVE-2023-50868).

mod anchor;
mod chain;
mod check;
mod denial;
mod judge;
mod nsec3;
mod sets;
mod signature;

pub use anchor::{AnchorError, Anchors};
pub(crate) use check::check;

/// What is known of an answer (RFC 4033, section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Signed, from the trust anchor to the answer.
    Secure,
    /// A signed zone above says that nothing is signed here.
    Insecure,
    /// Neither anchor nor limit nor answer allows a statement.
    Indeterminate,
    /// It should be signed, and is not, or wrongly.
    Bogus,
}

impl State {
    /// Its word in RFC 4033.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "secure",
            Self::Insecure => "insecure",
            Self::Indeterminate => "indeterminate",
            Self::Bogus => "bogus",
        }
    }
}

/// A state, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// How it was found.
    pub how: String,
}

impl Verdict {
    pub(crate) fn new(state: State, how: impl Into<String>) -> Self {
        Self { state, how: how.into() }
    }

    /// The worse of two: an answer is as good as its worst part.
    fn and(self, other: Self) -> Self {
        if other.state > self.state { other } else { self }
    }
}

/// How many answers are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct States {
    /// Signed, from the trust anchor on.
    pub secure: u64,
    /// Proven to be unsigned.
    pub insecure: u64,
    /// Should be signed, and is not, or wrongly.
    pub bogus: u64,
    /// No statement is possible.
    pub indeterminate: u64,
}

impl States {
    pub(crate) fn add(&mut self, state: State) {
        match state {
            State::Secure => self.secure += 1,
            State::Insecure => self.insecure += 1,
            State::Bogus => self.bogus += 1,
            State::Indeterminate => self.indeterminate += 1,
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.secure += other.secure;
        self.insecure += other.insecure;
        self.bogus += other.bogus;
        self.indeterminate += other.indeterminate;
    }
}

#[cfg(test)]
mod tests;
