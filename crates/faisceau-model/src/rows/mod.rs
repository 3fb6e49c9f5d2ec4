//! One struct a table.
//!
//! `exhibits`, `accounts`, `posts`, `connections`, `media`, `media_fields`, `mail_hops`, `devices`, `subscribers`,
//! `signatures`, `unknown_fields` and `rejects` are read from exhibits and carry `exhibit` and
//! `place`; so are `names` and `mail_verdicts`. `addresses` adds what the datasets say of each
//! connection, `verdicts` what every source says of those that an account is tied to, `mail_origins`
//! where a mail came from, `sign_ins` how a use of the claimant's account differs from the others,
//! `clock_checks` what the clock inside an id says. `answers` ties an exhibit to the request that it answers. `comparisons`,
//! `links`, `identities` and `requests` are derived and carry `rows`: the ids of the rows they
//! rest on, or selections such as `posts?account=x:123`.

mod answers;
mod derived;
mod enriched;
mod exhibit;
mod imported;
mod mails;
mod media;
mod sign_ins;
mod verdicts;

pub use answers::{Answer, Sensitive, Subscriber};
pub use derived::{Comparison, Contribution, Explanation, Identity, Link, Raid, Request};
pub use enriched::{Address, ClockCheck};
pub use exhibit::{ExhibitRow, Reject, Signature, UnknownField};
pub use imported::{Account, Connection, Device, Post};
pub use mails::{MailHop, MailOrigin, MailVerdict};
pub use media::{Media, MediaField};
pub use sign_ins::SignIn;
pub use verdicts::{AddressVerdict, Name};
