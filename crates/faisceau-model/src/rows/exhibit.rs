//! What became of each exhibit: what it was taken for, what was not read, who signed it.

use crate::absent::Maybe;
use crate::ids::{ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{RejectReason, SignatureState};

table! {
    /// An exhibit, what it was taken for, and what came of its records.
    ExhibitRow = "exhibits" / "exh" {
        /// Number of the exhibit.
        exhibit: ExhibitNo;
        /// SHA-256 of its bytes, lower-case hexadecimal.
        sha256: String;
        /// File name when it was added, made inert.
        name: String;
        /// Size.
        bytes: i64, ["byte"];
        /// The archive that it is a member of.
        parent: Maybe<ExhibitNo>;
        /// The format that its content shows, or missing for an exhibit that nobody recognises.
        format: Maybe<String>;
        /// Records met.
        records: i64;
        /// Records that gave rows.
        read: i64;
        /// Records that gave none.
        rejected: i64;
        /// Those of the rejected that were understood and set aside.
        set_aside: i64;
        /// Earliest time of its posts and connections.
        first: Maybe<Moment>;
        /// Latest time of its posts and connections.
        last: Maybe<Moment>;
        /// What could not be done with the exhibit as a whole, in one sentence.
        problem: Maybe<String>;
    }
}

table! {
    /// A field of an exhibit that its format does not know: a platform that changes its export
    /// shows here first.
    UnknownField = "unknown_fields" / "fld" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// The first record that has it.
        place: Place;
        /// The name: a header, or keys with a dot between levels, made inert.
        field: String;
        /// Records that have it.
        records: i64;
    }
}

table! {
    /// A signature that an exhibit carries, and what checking it gave.
    Signature = "signatures" / "sig" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// What is signed.
        place: Place;
        /// The kind of signature, such as `openpgp-cleartext` (RFC 9580 § 7).
        scheme: String;
        /// What checking it gave.
        state: SignatureState;
        /// Fingerprint of the key that made it, or its key id where the signature says no more.
        key: Maybe<String>;
        /// The name that the key gives itself: a claim of whoever made the key.
        signer: Maybe<String>;
        /// The exhibit that holds the key.
        key_exhibit: Maybe<ExhibitNo>;
        /// When it was made, as the signature says.
        signed: Maybe<Moment>;
        /// What was found, in a few words.
        detail: String;
    }
}

table! {
    /// A record that gave no row.
    Reject = "rejects" / "rej" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The reason.
        reason: RejectReason;
        /// What was expected, in a few words.
        detail: String;
        /// The start of the record, made inert.
        excerpt: String;
    }
}

/// Most characters of the detail of a reject.
const DETAIL: usize = 1000;

impl Reject {
    /// A reject with its id and an inert excerpt of at most 120 characters. The detail, which may
    /// quote the exhibit, is made inert too and cut after 1000 characters.
    pub fn new(
        exhibit: ExhibitNo,
        place: Place,
        reason: RejectReason,
        detail: impl Into<String>,
        record: &[u8],
    ) -> Self {
        let head = &record[..record.len().min(600)];
        Self {
            id: RowId::at("rej", exhibit, &place, 0),
            exhibit,
            place,
            reason,
            detail: crate::excerpt(&detail.into(), DETAIL),
            excerpt: crate::excerpt(&String::from_utf8_lossy(head), 120),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_that_quotes_the_exhibit_is_inert_and_short() {
        let quoted = format!("`\u{1b}[2J\u{202e}{}` is empty", "x".repeat(2000));
        let exhibit = ExhibitNo::top(1);
        let reject = Reject::new(exhibit, Place::Whole, RejectReason::Syntax, quoted, b"\x1b");
        assert!(reject.detail.starts_with("`␛[2Jxxx"), "{}", reject.detail);
        assert!(reject.detail.chars().count() <= DETAIL + 1);
        assert_eq!(reject.excerpt, "␛");
    }
}
