//! The log of an identity of Bluesky: its handles and servers since it was created.
//!
//! `GET /:did/log/audit` of a directory of `did:plc` identities (web.plc.directory, "PLC server").
//! The directory orders operations and gives them its own time; each is signed by a key of the
//! account. Other kinds of DID have no such log.

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::json::{self, Text};
use super::origin;
use super::outcome::Stopped;
use super::pager::{Halt, Pager};

#[derive(Deserialize)]
struct Operation {
    #[serde(rename = "createdAt")]
    created_at: Option<Text>,
}

/// The address of the log.
pub(super) fn log(plc: &Url, did: &str) -> Url {
    origin::below(plc, &[did, "log", "audit"], &[])
}

/// Asks for the log. That there is none to be had is a note: the posts are still asked for.
pub(super) fn ask(plc: &Url, did: &str, pager: &mut Pager<'_>) -> Result<(), Halt> {
    if !did.starts_with("did:plc:") {
        pager.note("the identity is no did:plc: there is no log of its handles".to_owned());
        return Ok(());
    }
    let read = pager.text(&log(plc, did), "application/json").and_then(|text| {
        let operations: Vec<&RawValue> = json::read(&text)?;
        Ok(json::each::<Operation>(&operations).0)
    });
    match read {
        Ok(operations) => {
            let since =
                operations.iter().find_map(|operation| json::time(operation.created_at.as_ref()));
            let since = since.map_or(String::new(), |at| format!(", the first of {at}"));
            let count = operations.len();
            pager.note(format!("the log of the identity has {count} operations{since}"));
            Ok(())
        }
        Err(Halt::Stop(Stopped::RateLimited { retry_after })) => {
            Err(Stopped::RateLimited { retry_after }.into())
        }
        Err(Halt::Stop(stopped)) => {
            pager.note(format!("the log of the identity was not to be had: {stopped}"));
            Ok(())
        }
        Err(halt) => Err(halt),
    }
}
