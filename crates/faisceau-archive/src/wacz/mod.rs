//! WACZ 1.1.1 and wacz-auth 0.1.0: a package of web archives comes in, and out goes what each of
//! its digests, its index and its seal say; archives and pages come in, a package goes out.
//!
//! A seal says who packed, and when; it cannot say what a server sent (wacz-auth, "Proof of
//! Authenticity"). Refused: to believe a chain that ends at no root that was handed in, a time
//! stamp that nobody checked, and a package that two programs may read differently.

mod cdxj;
mod certificates;
mod domain;
mod error;
mod package;
mod read;
mod seal;
mod sign;
mod stamp;
#[cfg(test)]
mod tests;
mod write;

pub use cdxj::{IndexCheck, IndexFlaw};
pub use domain::{DomainKey, Prepared, prepare};
pub use error::{PackageFlaw, SealFlaw, WaczError};
pub use package::Page;
pub use read::{FileCheck, FileState, Limits, Report, verify};
pub use seal::{Seal, SealKind, StampCheck, StampSays, Trust};
pub use sign::SigningKey;
pub use stamp::stamp_check;
pub use write::{Contents, write};
