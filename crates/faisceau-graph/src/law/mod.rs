//! The law as data: categories, deadlines, offences, gravity, heads, addressees.
//!
//! Comes in: the texts of the six TOML files of `datasets/law/`, which a lawyer edits. Goes out:
//! [`Law`], checked as a whole, and the maximum penalty that the facts stated by a case carry.
//! Refuses: an entry without source, date or status; a reference to nothing; guillemets around the
//! wording of the LCEN, which no stored copy holds; a fact that the case does not state.

mod addressees;
mod categories;
mod check;
mod deadlines;
mod entries;
mod facts;
mod gravity;
mod heads;
mod offences;
mod parse;
mod penalty;

pub use addressees::{Addressee, AddresseeKind};
pub use categories::Category;
pub use deadlines::{Clock, Deadline};
pub use entries::{LawEntry, OLD_AFTER_DAYS};
pub use facts::{CaseFacts, Fact};
pub use gravity::{Gravity, GravityLevel};
pub use heads::{HeadStep, HeadText};
pub use offences::{Circumstance, Motive, MotiveStep, Offence, Press, Proof, Tier};
pub(crate) use parse::mail_domain;
pub use parse::{Law, LawError, Status};
pub use penalty::Qualification;

#[cfg(test)]
pub(crate) mod parsed {
    //! The law of the project, for the tests of the other modules.
    pub(crate) use super::parse::tests::law;
}
