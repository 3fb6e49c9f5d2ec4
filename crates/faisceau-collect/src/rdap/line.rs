//! One answer of a registry as a line of the form `rdap/1` (`docs/names-format.md`).

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use url::Url;

#[derive(Serialize)]
struct Line<'l> {
    faisceau: &'static str,
    asked_at: String,
    url: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'l RawValue>,
}

/// Appends a line; without a status nobody answered.
pub(super) fn append(
    out: &mut Vec<u8>,
    at: Timestamp,
    url: &Url,
    status: Option<u16>,
    body: Option<&RawValue>,
) -> Result<(), serde_json::Error> {
    let asked_at = format!("{at:.6}");
    let line = Line { faisceau: "rdap/1", asked_at, url: url.as_str(), status, body };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}
