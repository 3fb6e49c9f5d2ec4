//! Meta's answer to a request: `records.html`, `preservation-*.html` (Facebook, Instagram,
//! `WhatsApp`).
//!
//! Producer: Meta Platforms, "Business Record", 2021 to 2026. Sections, labels and the three
//! generations of mark-up as public readers describe them (RLEAPP's `fbig` modules for
//! `div_table`, readers of 2025 and 2026 for `t`, `i`, `m`), read on 2026-11-21.
//!
//! In: one page. Out: the account, connections with their port, data on the subscriber, devices,
//! messages, posts and comments. Refused: pages beyond the limits of `html`, rows without the
//! address or the author that they are about. Sections that are not read are set aside, one record
//! each; a section without responsive records gives none.
//!
//! Traps of the format:
//! - Classes have changed twice, the ids of sections (`property-ip_addresses`) have not.
//! - Pages were made to be printed: a break may part a label from its value, or a value in two.
//!   The second part has an empty label. A printed head may stand in the middle of a text.
//! - Newer returns write the port with the address, `192.0.2.1:22859`, `[2001:db8::1]:63629`.
//! - Facebook and Instagram write the address before its time, `WhatsApp` after it.
//! - Each section starts with its definition, which has the form of a record.

mod cells;
mod messages;
mod records;
mod sections;

use faisceau_model::Sink;

use self::cells::{Section, sections};
pub(super) use self::cells::{is_head, is_page};
pub(super) use self::records::{key, named};
use self::sections::Emit;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::html::{MAX_PAGE, Page};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "meta-records",
    title: "Meta's answer: records.html, preservation.html",
    group: Group::Answers,
    gives: &["connections", "accounts", "posts", "devices", "subscribers"],
    versions: "Business Records of 2021 to 2026, three generations of mark-up",
    checked: "2026-11-21",
    sample: "tests/fixtures/meta_records/records.html",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

fn sniff(head: &Head<'_>) -> bool {
    let text = head.text();
    let page = text.trim_start().starts_with('<');
    page && (text.contains("property-request_parameters")
        || text.contains("property-ip_addresses")
        || text.contains("property-") && text.contains("Business Record"))
}

/// Reads one page.
///
/// # Errors
/// When it is beyond the limits or cannot be had.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let page = Page::parse(&source.read_all(MAX_PAGE)?)?;
    let sections: Vec<Section> = sections(&page);
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let mut emit = Emit::new(source.exhibit, settings, &sections);
    for section in &sections {
        emit.section(section, sink);
    }
    emit.finish(sink);
    page.cut().map_or(Ok(()), |cut| Err(cut.into()))
}

#[cfg(test)]
mod tests;
