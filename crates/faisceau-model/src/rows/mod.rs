//! One struct a table.
//!
//! `exhibits`, `accounts`, `posts`, `connections`, `media`, `media_fields`, `mail_hops`, `devices`, `subscribers`,
//! `signatures`, `unknown_fields` and `rejects` are read from exhibits and carry `exhibit` and
//! `place`; so are `names` and `mail_verdicts`. `addresses` adds what the datasets say of each
//! connection, `verdicts` what every source says of those that an account is tied to, `mail_origins`
//! where a mail came from, `sign_ins` how a use of the claimant's account differs from the others,
//! `clock_checks` what the clock inside an id says. `answers` ties an exhibit to the request that it answers. `comparisons`,
//! `links`, `identities`, `coordination_groups` and `requests` are derived and carry `rows`: the ids of the rows they
//! rest on, or selections such as `posts?account=x:123`.

mod answers;
mod derived;
mod enriched;
mod exhibit;
mod families;
mod imported;
mod mails;
mod media;
mod sign_ins;
mod verdicts;

pub use answers::{Answer, Sensitive, Subscriber};
pub use derived::{
    Comparison, Contribution, CoordinationGroup, Explanation, Identity, Link, Raid, Request,
};
pub use enriched::{Address, ClockCheck};
pub use exhibit::{ExhibitRow, Reject, Signature, UnknownField};
pub use families::FamilyPart;
pub use imported::{Account, Connection, Device, Post};
pub use mails::{MailHop, MailOrigin, MailVerdict};
pub use media::{Media, MediaField};
pub use sign_ins::SignIn;
pub use verdicts::{AddressVerdict, Name};

/// Goes over the tables without knowing their rows.
pub trait TableVisitor {
    /// What stops the walk.
    type Error;

    /// Meets the table of `R`.
    ///
    /// # Errors
    /// What the visitor cannot do; the walk ends there.
    fn table<R: crate::table::Row>(&mut self) -> Result<(), Self::Error>;
}

/// Meets every table of a case, in the order of the documentation page.
///
/// # Errors
/// The first of the visitor.
pub fn every_table<V: TableVisitor>(visitor: &mut V) -> Result<(), V::Error> {
    visitor.table::<ExhibitRow>()?;
    visitor.table::<Account>()?;
    visitor.table::<Post>()?;
    visitor.table::<Connection>()?;
    visitor.table::<Media>()?;
    visitor.table::<MediaField>()?;
    visitor.table::<MailHop>()?;
    visitor.table::<MailVerdict>()?;
    visitor.table::<MailOrigin>()?;
    visitor.table::<Name>()?;
    visitor.table::<Device>()?;
    visitor.table::<Subscriber>()?;
    visitor.table::<Signature>()?;
    visitor.table::<Address>()?;
    visitor.table::<AddressVerdict>()?;
    visitor.table::<SignIn>()?;
    visitor.table::<ClockCheck>()?;
    visitor.table::<Comparison>()?;
    visitor.table::<Link>()?;
    visitor.table::<Explanation>()?;
    visitor.table::<Contribution>()?;
    visitor.table::<Raid>()?;
    visitor.table::<Identity>()?;
    visitor.table::<CoordinationGroup>()?;
    visitor.table::<Request>()?;
    visitor.table::<Answer>()?;
    visitor.table::<UnknownField>()?;
    visitor.table::<Reject>()
}
