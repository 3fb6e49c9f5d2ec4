//! Any text signed in clear with OpenPGP (RFC 9580 § 7) that no other format knows.
//!
//! In: signed blocks, and what stands around them. Out: a row for each signature. Refused: what
//! is inside, set aside, so that it is read by eye; and what stands outside of the blocks, which
//! nobody signed and which is told as such.

use std::ops::Range;

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink};

use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json;
use crate::messages::mail;
use crate::openpgp::cleartext::{Piece, begins, pieces};
use crate::openpgp::{check, keys};
use crate::records::{set_aside, settle};
use crate::settings::ImportSettings;

/// A block begins in the first bytes, so that a long text that quotes one is not taken for one.
const START: usize = 4096;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "openpgp-clear-signed",
    title: "Text signed in clear with OpenPGP, whose inside is not read",
    group: Group::Answers,
    gives: &["signatures"],
    versions: "RFC 4880 and RFC 9580",
    checked: "2026-11-21",
    sample: "tests/fixtures/openpgp/letter.txt",
    origin: Origin::Synthetic,
    rank: Rank::Lines,
    sniff,
    parse,
    owner: None,
};

/// Whether a signed block begins near the start of what is no mail.
pub(crate) fn sniff(head: &Head<'_>) -> bool {
    let start = head.bytes.get(..START).unwrap_or(head.bytes);
    begins(start) && !(mail::FORMAT.sniff)(head)
}

/// Checks the signatures.
///
/// # Errors
/// When the exhibit is too large.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let ring = keys::keyring(&settings.keys);
    for piece in pieces(&bytes) {
        match piece {
            Piece::Outside(range) => unsigned(source.exhibit, &bytes, range, sink),
            Piece::Signed(block) => {
                for row in check::rows(source.exhibit, &bytes, &block, &ring) {
                    sink.signature(row);
                }
                let text = bytes.get(block.text.clone()).unwrap_or_default();
                let detail = "a signed text, whose inside is not read";
                set_aside(source.exhibit, &place(&block.text), text, detail, sink);
            }
        }
    }
    Ok(())
}

/// Tells of bytes that no signature covers.
pub(crate) fn unsigned(exhibit: ExhibitNo, bytes: &[u8], range: Range<usize>, sink: &mut dyn Sink) {
    let place = place(&range);
    let text = bytes.get(range).unwrap_or_default();
    settle(exhibit, &place, text, sink, |_| {
        Err((RejectReason::Syntax, "outside of the signed text: nobody signed this".to_owned()))
    });
}

/// The place of a run of bytes.
fn place(range: &Range<usize>) -> Place {
    Place::Bytes { start: range.start as u64, len: range.len() as u64 }
}
