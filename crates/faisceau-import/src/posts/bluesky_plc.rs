//! The log of an identity of Bluesky, as a directory of `did:plc` identities gives it.
//!
//! Specification: web.plc.directory ("DID PLC method", audit log). In: the list of operations
//! (`/:did/log/audit`), or JSON lines of them (`/export`). Out: the account with its newest handle
//! and the time of its first operation; each handle that it had, and each server, as a datum with the
//! time since when. Refused: operations that were annulled later, set aside; signatures are not
//! checked.
//!
//! Traps:
//! - `createdAt` is the directory's clock, not the author's.
//! - A handle in the log is what the account claims (`at://…`): whether the domain agreed is not said.
//! - The first operation of 2022 and 2023 has the type `create` and its own keys.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory,
    excerpt,
};
use serde_json::Value;

use super::bluesky_record::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::lines_or_lists::in_lines;
use crate::json::listing::Listing;
use crate::json::{self, Flaw, Object, ndjson};
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::text::decode::read_limited;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "bluesky-plc-log",
    title: "Log of a did:plc identity: handles and servers (JSON)",
    group: Group::Posts,
    gives: &["accounts", "subscribers"],
    versions: "did:plc of 2022 to 2026",
    checked: "2026-11-28",
    sample: "tests/fixtures/bluesky/plc_log.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys that tell an operation.
const TOLD_BY: [&str; 4] = ["did", "operation.type", "cid", "createdAt"];
const ENTRY: [&str; 6] = ["did", "operation", "cid", "nullified", "createdAt", "seq"];
#[rustfmt::skip]
const OPERATION: [&str; 11] = [
    "alsoKnownAs", "handle", "prev", "recoveryKey", "rotationKeys", "service", "services", "sig",
    "signingKey", "type", "verificationMethods",
];

fn sniff(head: &Head<'_>) -> bool {
    ["", "[]."].into_iter().any(|prefix| head.has_keys_at(prefix, &TOLD_BY))
}

/// Reads the operations.
///
/// # Errors
/// When the JSON breaks or ends too early; the operations before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let bytes = source.head()?;
    let mut log = Log { exhibit, accounts: BTreeMap::new() };
    let mut fields = Fields::default();
    let lines = in_lines(&Head::new(&bytes, settings), &TOLD_BY);
    let bytes = if lines {
        // Lines become one list: an export is read as far as an exhibit may be held.
        read_limited(&mut (source.open)()?, json::MAX_EXHIBIT)?
    } else {
        source.read_all(json::MAX_EXHIBIT)?
    };
    let mut read = |object: &Object, place: &Place, sink: &mut dyn Sink| {
        fields.object("", object, &ENTRY, place);
        log.operation(object, place, &mut fields, sink)
    };
    let mut error = None;
    if lines {
        let mut start = 0_u64;
        for (line, number) in bytes.split(|b| *b == b'\n').zip(1..) {
            let place = Place::Line { number, byte: start };
            start += line.len() as u64 + 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            settle(exhibit, &place, line, sink, |sink| {
                read(&json::object(ndjson::text(line)?)?, &place, sink)
            });
        }
    } else {
        let listing = Listing::of(&bytes, &|_| false);
        listing.each(exhibit, sink, &mut read);
        listing.whole((exhibit, &bytes), sink, &mut read);
        error = listing.error;
    }
    fields.finish(exhibit, sink);
    log.finish(sink);
    error.map_or(Ok(()), Err)
}

/// What was read so far.
struct Log {
    exhibit: ExhibitNo,
    accounts: BTreeMap<AccountKey, Account>,
}

impl Log {
    fn operation(
        &mut self,
        entry: &Object,
        place: &Place,
        fields: &mut Fields,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let did = json::required(entry, "did")?;
        if !did.starts_with("did:") {
            let detail = format!("`did` is none: `{}`", excerpt(&did, 60));
            return Err((RejectReason::Syntax, detail));
        }
        let operation = entry.get("operation").and_then(Value::as_object);
        let operation = operation
            .ok_or_else(|| (RejectReason::MissingField, "`operation` is missing".to_owned()))?;
        fields.object("operation.", operation, &OPERATION, place);
        let written = json::required(entry, "createdAt")?;
        let at = Moment::from_rfc3339(&written).ok_or_else(|| {
            (RejectReason::Time, format!("`createdAt` is no time: `{}`", excerpt(&written, 40)))
        })?;
        if entry.get("nullified").and_then(Value::as_bool) == Some(true) {
            let detail = "an operation that was annulled later".to_owned();
            return Err((RejectReason::SetAside, detail));
        }
        let key = AccountKey::by_id(PLATFORM, &did);
        let handles = handles(operation);
        let exhibit = self.exhibit;
        let row = self.accounts.entry(key.clone()).or_insert_with(|| Account {
            native_id: Maybe::Known(did),
            display_name: Maybe::Missing(Absent::NotRecorded),
            created: Maybe::Known(at),
            created_raw: Maybe::Known(written),
            ..Account::new(exhibit, place, 0, key.clone())
        });
        row.handle = Maybe::or_absent(handles.first().cloned(), Absent::NotExported);
        let data = handles.iter().map(|handle| ("handle", handle.clone()));
        let data = data.chain(server(operation).map(|server| ("server", server)));
        for ((label, value), part) in data.zip(0_u32..) {
            let datum = (SubscriberCategory::Identifier, label, value.as_str());
            sink.subscriber(Subscriber {
                account: Maybe::Known(key.clone()),
                since: Maybe::Known(at),
                ..Subscriber::new(exhibit, place, part, PLATFORM, datum)
            });
        }
        Ok(())
    }

    fn finish(self, sink: &mut dyn Sink) {
        for row in self.accounts.into_values() {
            sink.account(row);
        }
    }
}

/// Most handles of one operation.
const MAX_HANDLES: usize = 20;

/// The handles that the account claims, the first one first.
fn handles(operation: &Object) -> Vec<String> {
    let known = operation.get("alsoKnownAs").and_then(Value::as_array).map(Vec::as_slice);
    let known = known.unwrap_or_default().iter().filter_map(Value::as_str);
    let known = known.filter_map(|name| name.strip_prefix("at://")).map(str::to_owned);
    // The first operations named one handle as such.
    known.chain(json::field(operation, "handle")).take(MAX_HANDLES).collect()
}

/// The server that holds the repository.
fn server(operation: &Object) -> Option<String> {
    let services = operation.get("services").and_then(Value::as_object);
    let server = services.and_then(|all| all.get("atproto_pds")).and_then(Value::as_object);
    server
        .and_then(|server| json::field(server, "endpoint"))
        .or_else(|| json::field(operation, "service"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const LOG: &[u8] = include_bytes!("../../tests/fixtures/bluesky/plc_log.json");

    #[test]
    fn a_log_gives_the_handles_with_their_times() {
        let (imported, sink) = read(LOG);
        assert_eq!((imported.name(), imported.problem), (Some("bluesky-plc-log"), None));
        insta::assert_snapshot!(format!("{}\n{}", dump(&sink.accounts), dump(&sink.subscribers)));
        assert_eq!(
            reasons(&sink),
            [
                "/2 set_aside: an operation that was annulled later",
                "/4 time: `createdAt` is no time: `hier`",
                "/5 syntax: an object was expected"
            ]
        );
    }

    #[test]
    fn lines_read_the_same() {
        let list: Vec<serde_json::Value> = serde_json::from_slice(LOG).unwrap();
        let lines: Vec<String> = list[..4].iter().map(ToString::to_string).collect();
        let (imported, sink) = read(lines.join("\n").as_bytes());
        assert_eq!(imported.name(), Some("bluesky-plc-log"));
        let (_, whole) = read(LOG);
        assert_eq!(sink.subscribers.len(), whole.subscribers.len());
        assert_eq!(sink.accounts[0].handle, whole.accounts[0].handle);
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(bytes in mutated(LOG)) {
            read(&bytes);
        }
    }
}
