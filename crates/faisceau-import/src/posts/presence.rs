//! What sites say of a handle, as faisceau collected it: `docs/presence-format.md`.
//!
//! Producer: faisceau, version `presence/1`. In: an object a line. Out: an account for each site that
//! knows the handle and denied a name that nobody has, known by its handle there. Refused: lines of
//! every other verdict, set aside one by one with that verdict: they are no account.
//!
//! Such an account is a third party's until somebody says otherwise: the same handle elsewhere may be
//! anybody's, and nothing of the page was read.

use faisceau_model::rows::Account;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink, excerpt};

use super::paths;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{self, Flaw, Object, ndjson};
use crate::rows::repeated::repeated;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "faisceau-presence",
    title: "Presence of a handle on sites that faisceau collected",
    group: Group::Posts,
    gives: &["accounts"],
    versions: "presence/1",
    checked: "2026-11-28",
    sample: "tests/fixtures/presence/presence.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| head.text().trim_start().starts_with("{\"faisceau\":\"presence/"),
    parse,
    owner: None,
};

#[rustfmt::skip]
const KEYS: [&str; 10] = [
    "asked", "category", "control", "faisceau", "file", "handle", "reason", "show", "site", "verdict",
];

/// Reads the lines.
///
/// # Errors
/// When the source cannot be read further; the lines before are kept.
fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    ndjson::read(source, sink, &|object, place, fields: &mut Fields, sink| {
        let version = json::required(object, "faisceau")?;
        if version != "presence/1" {
            let detail = format!("not `presence/1` but `{}`", excerpt(&version, 40));
            return Err((RejectReason::Syntax, detail));
        }
        fields.object("", object, &KEYS, place);
        sink.account(account(exhibit, place, object)?);
        Ok(())
    })
}

fn account(exhibit: ExhibitNo, place: &Place, object: &Object) -> Result<Account, Flaw> {
    let site = json::required(object, "site")?;
    let verdict = json::required(object, "verdict")?;
    if verdict != "present" {
        let reason = json::field(object, "reason").unwrap_or_default();
        let detail = format!(
            "{}: {} ({})",
            excerpt(&site, 80),
            excerpt(&verdict, 30),
            excerpt(&reason, 200)
        );
        return Err((RejectReason::SetAside, detail));
    }
    // As the site writes it, which may have lost characters.
    let name = paths::text(object, &["asked", "name"]);
    let name =
        name.ok_or_else(|| (RejectReason::MissingField, "`asked.name` is missing".to_owned()))?;
    let denied = paths::text(object, &["control", "name"]).is_some();
    if !denied {
        let detail = "no name that the site denied: `control.name` is missing".to_owned();
        return Err((RejectReason::MissingField, detail));
    }
    let key = AccountKey::by_handle(&repeated(site), &name);
    if key.native().trim_start_matches('@').is_empty() {
        return Err((RejectReason::MissingField, "`asked.name` is no handle".to_owned()));
    }
    Ok(Account { handle: Maybe::Known(repeated(name)), ..Account::new(exhibit, place, 0, key) })
}

#[cfg(test)]
mod tests {
    use faisceau_model::Role;
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const LINES: &[u8] = include_bytes!("../../tests/fixtures/presence/presence.ndjson");

    #[test]
    fn a_presence_is_the_account_of_a_third_party() {
        let (imported, sink) = read(LINES);
        assert_eq!((imported.name(), imported.problem), (Some("faisceau-presence"), None));
        insta::assert_snapshot!(format!("{}\n{}", dump(&sink.accounts), reasons(&sink).join("\n")));
        assert!(sink.accounts.iter().all(|account| account.role == Role::ThirdParty));
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(bytes in mutated(LINES)) {
            read(&bytes);
        }
    }
}
