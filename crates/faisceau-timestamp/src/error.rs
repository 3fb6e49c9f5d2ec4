//! What is wrong with bytes that should be an answer or a token of RFC 3161.

use thiserror::Error;

/// Why there is no token to speak of.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TimestampError {
    /// More bytes than are read.
    #[error("{what}: {found} bytes, more than {limit} are not read")]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// How many.
        found: usize,
        /// How many are read.
        limit: usize,
    },
    /// More entries than are read.
    #[error("{what}: more than {limit} are not read")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// Not DER, or not the type that stands here.
    #[error("{what}: {problem}")]
    Malformed {
        /// The field.
        what: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// Well formed, and not what RFC 3161 has here.
    #[error("{what}: {found} instead of {expected}")]
    Unexpected {
        /// The field.
        what: &'static str,
        /// What stands there.
        found: String,
        /// What must.
        expected: &'static str,
    },
    /// The authority refused.
    #[error("the authority gave no time stamp: {status}{}", refusal(.failures, .text))]
    NotGranted {
        /// The word for its status.
        status: &'static str,
        /// The reasons it named.
        failures: Vec<Failure>,
        /// What it wrote, made inert.
        text: Vec<String>,
    },
    /// The authority says that it granted one, and sent none.
    #[error("the authority says granted and sent no token")]
    NoToken,
    /// The token answers another request.
    #[error("the token answers another request: its {field} is {found}, asked was {asked}")]
    OtherRequest {
        /// What differs.
        field: &'static str,
        /// What the token has.
        found: String,
        /// What was asked.
        asked: String,
    },
    /// The request asked for the certificate of the signer, and the token has none.
    #[error("the request asked for the certificate of the authority, and the token carries none")]
    NoCertificate,
}

impl TimestampError {
    #[expect(clippy::needless_pass_by_value, reason = "a literal or an error, as it comes")]
    pub(crate) fn malformed(what: &'static str, problem: impl ToString) -> Self {
        Self::Malformed { what, problem: problem.to_string() }
    }
}

fn refusal(failures: &[Failure], text: &[String]) -> String {
    let words = failures.iter().map(ToString::to_string);
    let all: Vec<_> = words.chain(text.iter().map(|text| format!("\"{text}\""))).collect();
    if all.is_empty() { String::new() } else { format!(": {}", all.join(", ")) }
}

/// A reason of a refusal: a bit of `PKIFailureInfo` (RFC 3161, 2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Failure {
    /// Bit 0.
    #[error("badAlg: the hash algorithm is not known to it")]
    BadAlg,
    /// Bit 2.
    #[error("badRequest: this request is not permitted")]
    BadRequest,
    /// Bit 5.
    #[error("badDataFormat: the request has a wrong format")]
    BadDataFormat,
    /// Bit 14.
    #[error("timeNotAvailable: its time source is not available")]
    TimeNotAvailable,
    /// Bit 15.
    #[error("unacceptedPolicy: it does not stamp under the policy asked for")]
    UnacceptedPolicy,
    /// Bit 16.
    #[error("unacceptedExtension: it does not support an extension asked for")]
    UnacceptedExtension,
    /// Bit 17.
    #[error("addInfoNotAvailable: information asked for is not available")]
    AddInfoNotAvailable,
    /// Bit 25.
    #[error("systemFailure: it failed")]
    SystemFailure,
    /// A bit that the RFC does not name.
    #[error("bit {0}, which RFC 3161 does not name")]
    Unnamed(u8),
}

impl Failure {
    pub(crate) const fn of_bit(bit: u8) -> Self {
        match bit {
            0 => Self::BadAlg,
            2 => Self::BadRequest,
            5 => Self::BadDataFormat,
            14 => Self::TimeNotAvailable,
            15 => Self::UnacceptedPolicy,
            16 => Self::UnacceptedExtension,
            17 => Self::AddInfoNotAvailable,
            25 => Self::SystemFailure,
            bit => Self::Unnamed(bit),
        }
    }
}
