//! The way of a mail, what authenticates it, and where it came from.

use crate::absent::Maybe;
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{MailMechanism, MailResult, MailVerdictBy, Trust};

table! {
    /// One Received line of a mail, from the sender up.
    MailHop = "mail_hops" / "hop" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// Message-ID of the mail.
        message: Maybe<String>;
        /// Position, 1 for the hop nearest the sender.
        hop: i64;
        /// Name that the sending side gave.
        from: Maybe<String>;
        /// Server that wrote the line.
        by: Maybe<String>;
        /// Address that the server saw.
        ip: Maybe<String>;
        /// Source port that the server saw.
        port: Maybe<i64>;
        /// When the server wrote it.
        at: Maybe<Moment>;
        /// Whether the line was written on the recipient's side of the trust boundary.
        trust: Trust;
        /// Clock of this hop minus clock of the hop before it; negative where time runs backwards.
        skew: Maybe<i64>, ["second"];
        /// The line as it stands, unfolded.
        raw: String;
    }
}

table! {
    /// What one mechanism says of a mail.
    MailVerdict = "mail_verdicts" / "mav" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place of the mail.
        place: Place;
        /// Message-ID of the mail.
        message: Maybe<String>;
        /// The mechanism.
        mechanism: MailMechanism;
        /// What it gave.
        result: MailResult;
        /// Who says so.
        by: MailVerdictBy;
        /// The server that reports it.
        reporter: Maybe<String>;
        /// The domain that it speaks for: `d=`, the envelope's, or that of `From`.
        domain: Maybe<String>;
        /// Selector of the key, or position in the chain.
        selector: Maybe<String>;
        /// Whether the domain is that of `From` or one above it.
        aligned: Maybe<bool>;
        /// Header fields that an intact signature covers, in order.
        covers: Vec<String>;
        /// When the signer says that it signed.
        signed: Maybe<Moment>;
        /// What was met, as a code of the catalogue or the words of the reporter.
        detail: Maybe<String>;
        /// Rows of `names` that gave keys and records, or the settings that did.
        rows: Vec<String>;
    }
}

table! {
    /// Where a mail came from, as far as trusted lines say, and who claims what lies beyond.
    MailOrigin = "mail_origins" / "mor" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place of the mail.
        place: Place;
        /// Message-ID of the mail.
        message: Maybe<String>;
        /// The account of `From`.
        account: AccountKey;
        /// The address that the last trusted line saw: the server that handed the mail over.
        handed_over_by: Maybe<String>;
        /// The address of origin, the deepest one that somebody names.
        ip: Maybe<String>;
        /// Its source port.
        port: Maybe<i64>;
        /// When.
        at: Maybe<Moment>;
        /// Who names it: `received`, or the name of the header such as `X-Originating-IP`.
        claimed_by: Maybe<String>;
        /// Whether a trusted server saw it, or somebody claims it.
        trust: Trust;
        /// The verdict in words, as a code of the catalogue.
        verdict: String;
        /// The provider to ask, where it hides or alone knows the address.
        provider: Maybe<String>;
        /// What a reader must know, as codes of the catalogue.
        notes: Vec<String>;
        /// The hops and verdicts behind it.
        rows: Vec<String>;
    }
}
