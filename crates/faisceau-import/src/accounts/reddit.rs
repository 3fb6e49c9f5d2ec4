//! Reddit, export of one's own data and answer to a legal request: one CSV for each sort of record.
//!
//! Headers are those that RLEAPP and other readers of these exports use, read on 2026-11-21. No
//! file of posts says whose export it is: `statistics.csv` does, in its line `account name`, which
//! is known from the format's own documentation of its keys only, not from a public sample.

pub(crate) mod account;
pub(crate) mod chat;
pub(crate) mod ip_logs;
pub(crate) mod messages;
pub(crate) mod posts;

use faisceau_model::rows::{Connection, Post};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink};

use crate::json::Flaw;
use crate::records::settle;
use crate::rows::sign_in::sign_in;
use crate::tables::headed::Entry;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "reddit";

/// A text of a post; Reddit writes these words where there is none any more.
fn body(text: Option<&str>, column: Absent) -> Maybe<String> {
    match text {
        Some("[deleted]" | "[removed]") => Maybe::Missing(Absent::Deleted),
        Some(text) => Maybe::Known(text.to_owned()),
        None => Maybe::Missing(column),
    }
}

/// The account that a name is of.
fn named(name: &str) -> Option<AccountKey> {
    let name = name.trim().trim_start_matches("u/");
    (!name.is_empty() && name != "[deleted]").then(|| AccountKey::by_handle(PLATFORM, name))
}

/// The address that a record was sent from, where the export has it.
fn sent_from(
    exhibit: ExhibitNo,
    place: &Place,
    entry: &Entry,
    account: &AccountKey,
    (at, at_raw): (Maybe<Moment>, &Maybe<String>),
    what: &str,
) -> Result<Option<Connection>, Flaw> {
    let Some(written) = entry.value("ip") else { return Ok(None) };
    Ok(Some(Connection {
        account: Maybe::Known(account.clone()),
        at,
        at_raw: at_raw.clone(),
        request: Maybe::Known(what.to_owned()),
        ..sign_in(exhibit, place, 0, PLATFORM, ("ip", written))?
    }))
}

/// Hands a post over, and the use of an address that it shows. An address that cannot be read costs
/// the use and not the post: it is counted and rejected as a record of its own.
fn hand_over(post: Post, from: Result<Option<Connection>, Flaw>, sink: &mut dyn Sink) {
    let (exhibit, place) = (post.exhibit, post.place.clone());
    sink.post(post);
    match from {
        Ok(Some(row)) => sink.connections(vec![row]),
        Ok(None) => {}
        Err(flaw) => settle(exhibit, &place, b"", sink, |_| Err(flaw)),
    }
}

/// The refusal of a post of an export whose owner is not known.
fn nobody() -> Flaw {
    let detail = "a post does not say its author: name the owner of the export in the settings";
    (RejectReason::MissingField, detail.to_owned())
}
