//! The words of the domain, shared by every crate.
//!
//! What is here: ids, exhibit numbers, places inside an exhibit, instants that know their
//! precision, values that say why they are missing, likelihood ratios, and one struct for each
//! table. What is deliberately absent: I/O, polars, clocks, randomness, and any type that
//! says who is behind an account. What a file says of its owner is kept as what the file says.
//!
//! A table is declared once, with [`table!`](crate::table!): the Rust struct, the Parquet schema,
//! the documentation page and the checks all derive from that declaration.

mod absent;
mod decode;
mod ids;
mod inert;
mod locus;
mod lr;
mod moment;
mod protected;
mod review;
pub mod rows;
mod scope;
mod selection;
mod sink;
pub mod table;
mod words;

pub use absent::{Absent, Maybe};
pub use decode::{decode, windows_1252};
pub use ids::{AccountKey, ExhibitNo, IdError, RowId};
pub use inert::{excerpt, inert};
pub use locus::{Locus, Place};
pub use lr::{Band, Cap, Lr};
pub use moment::{Moment, Precision, ZoneSource};
pub use protected::{NO_PLACES, PLACE_WORDS, tells_place};
pub use review::Review;
pub use scope::scope;
pub use selection::selection;
pub use sink::{Collected, Sink, Tally};
pub use words::{
    AccessKind, AddressScope, ClockVerdict, Decision, Family, Head, Listing, MailMechanism,
    MailResult, MailVerdictBy, PostKind, Question, RejectReason, Relation, Role, SignInVerdict,
    SignatureState, Standing, SubscriberCategory, Trust,
};
