//! Time stamps of RFC 3161: writes requests, reads answers, verifies tokens. Opens no socket, reads
//! no clock.
//!
//! In: a digest to be stamped, an answer or a token from an authority, the data it is over, the
//! roots that the user trusts. Out: the bytes of a request; what a token says; a [`Verdict`] that
//! names every check. Refused: what is not DER (its envelope may be BER), tokens with no signer or several, SHA-1 in a
//! signature, roots that nobody handed in: none is built in.
//!
//! RFC 3161 (<https://www.rfc-editor.org/rfc/rfc3161>), RFC 5816 (`signingCertificateV2`), RFC 5652
//! (CMS), RFC 5280 (certificates), RFC 3739 and ETSI EN 319 422 (what is called qualified).
//!
//! An answer comes from the network and a token from whoever hands in a case: both are hostile.
//! Lengths and counts are bounded below; nothing recurses but the search for a chain, eight levels deep.

mod ber;
mod certificate;
mod chain;
mod element;
mod error;
mod finding;
mod hash;
mod instant;
mod name;
mod names;
mod oid;
mod qualified;
mod request;
mod response;
mod roots;
mod signature;
mod signed_data;
mod token;
mod tst_info;
mod usage;
mod verdict;
mod verify;

pub use certificate::CertificateFacts;
pub use error::{Failure, TimestampError};
pub use finding::{Finding, Note, Open};
pub use hash::HashAlgorithm;
pub use instant::Accuracy;
pub use qualified::{Place, Qualification, Qualified, Statement};
pub use request::{Request, request};
pub use response::{read_response, token_of_response};
pub use roots::{Roots, certificates};
pub use token::{Signer, Token};
pub use verdict::{ChainLink, Check, CheckResult, Outcome, Verdict};
pub use verify::{Over, verify};

/// An object identifier: the name of a policy.
pub type Oid = der::asn1::ObjectIdentifier;

/// Media types of a request and an answer over HTTP (RFC 3161, 3.4).
pub const QUERY_MEDIA_TYPE: &str = "application/timestamp-query";
/// See [`QUERY_MEDIA_TYPE`].
pub const REPLY_MEDIA_TYPE: &str = "application/timestamp-reply";

/// Bytes of an answer or a token. A token is 1.5 to 12 KiB; one with revocation lists is more.
pub const TOKEN_LIMIT: usize = 1 << 20;
/// Certificates in a token, and again those handed in beside it.
pub const CERTIFICATES_LIMIT: usize = 32;
/// Bytes of one certificate.
pub const CERTIFICATE_LIMIT: usize = 1 << 16;
/// Elements of DER in one certificate: sets are sorted when they are read.
pub const ELEMENTS_LIMIT: usize = 4096;
/// Attributes of a signer, algorithms of a token, extensions and statements.
pub const ENTRIES_LIMIT: usize = 64;
/// Bytes of a bundle of roots.
pub const ROOTS_BYTES_LIMIT: usize = 8 << 20;
/// Roots in a bundle.
pub const ROOTS_LIMIT: usize = 4096;
/// Characters of a name or a message of an authority; the rest is cut and marked.
pub const TEXT_LIMIT: usize = 1024;
