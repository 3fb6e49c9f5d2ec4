//! HTML pages that no other format reads, as documents.
//!
//! In: any page: what was collected, what a person saved. Out: a row of `media` and the fields of the
//! page: metadata, text, links, identifiers. Refused: pages of which a recipe finds posts and exports
//! that are pages, whose own formats come first; a page of more than 64 MiB.
//!
//! Traps: what a page says of itself is what its author chose to write. A time of publication is a
//! claim. Identifiers of audience accounts are copied along with a page that is copied.

use faisceau_media::Kind;

use super::record;
use crate::format::{Format, Group, Origin, Rank};

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "web-page",
    title: "Web page (HTML) that no other format reads",
    group: Group::Media,
    gives: &["media", "media_fields"],
    versions: "HTML; meta, links, JSON-LD, microdata, comments of tools, identifiers of audience accounts",
    checked: "2026-11-28",
    sample: "../faisceau-media/tests/fixtures/pages/news.html",
    origin: Origin::Synthetic,
    rank: Rank::Any,
    sniff: |head| faisceau_media::kind(head.bytes) == Some(Kind::Html),
    parse: |source, settings, sink| record::alone(source, settings, sink, Kind::Html),
    owner: None,
};
