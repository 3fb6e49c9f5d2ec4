//! What came of a site, as a line of the form `presence/1` (`docs/presence-format.md`).

use data_encoding::HEXLOWER;
use serde::Serialize;

use super::check::{Checked, Heard};

#[derive(Serialize)]
struct Line<'l> {
    faisceau: &'static str,
    file: &'l str,
    site: &'l str,
    #[serde(skip_serializing_if = "str::is_empty")]
    category: &'l str,
    handle: &'l str,
    verdict: &'static str,
    reason: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    show: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<Answered<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control: Option<Answered<'l>>,
}

#[derive(Serialize)]
struct Answered<'l> {
    name: &'l str,
    url: &'l str,
    #[serde(rename = "answered_by", skip_serializing_if = "Option::is_none")]
    end: Option<&'l str>,
    at: String,
    status: u16,
    rule: &'static str,
    bytes: u64,
    sha256: String,
}

/// What a line is about.
pub(super) struct About<'l> {
    /// SHA-256 of the file of sites.
    pub(super) file: &'l str,
    pub(super) site: &'l str,
    pub(super) category: &'l str,
    pub(super) handle: &'l str,
    pub(super) show: Option<&'l str>,
}

/// Appends a line.
pub(super) fn append(
    out: &mut Vec<u8>,
    about: &About<'_>,
    checked: &Checked,
) -> Result<(), serde_json::Error> {
    let line = Line {
        faisceau: "presence/1",
        file: about.file,
        site: about.site,
        category: about.category,
        handle: about.handle,
        verdict: checked.verdict.as_str(),
        reason: &checked.reason,
        show: about.show,
        asked: checked.handle.as_ref().map(answered),
        control: checked.control.as_ref().map(answered),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}

fn answered(heard: &Heard) -> Answered<'_> {
    Answered {
        name: &heard.name,
        url: &heard.url,
        end: heard.answered_by.as_deref(),
        at: format!("{:.3}", heard.at),
        status: heard.status,
        rule: heard.rule,
        bytes: heard.bytes,
        sha256: HEXLOWER.encode(&heard.sha256),
    }
}
