//! What each source says of an address, and the DNS and registry answers among the exhibits.

use crate::absent::Maybe;
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{Listing, Question};

table! {
    /// What one source says to one question about an address that an account used, at the instant
    /// of that use. Several may hold at once; none of them hides another.
    AddressVerdict = "verdicts" / "vdt" {
        /// Row id.
        id: RowId;
        /// Exhibit of the connection.
        exhibit: ExhibitNo;
        /// Place of the connection.
        place: Place;
        /// The row of `addresses` that it speaks of.
        address: RowId;
        /// The account that used the address.
        account: Maybe<AccountKey>;
        /// The address.
        ip: String;
        /// Source port.
        port: Maybe<i64>;
        /// When.
        at: Maybe<Moment>;
        /// What is asked.
        question: Question;
        /// The answer: yes, no, or no data. A question for a value is answered *listed* with it.
        listing: Listing;
        /// The value, where the question asks for one: a name, a prefix, a range of ports.
        value: Maybe<String>;
        /// Who answers: `dataset-id@date`, a rule of a bundled table, or the id of a row of `names`.
        source: String;
        /// The day of the data that answered, ISO 8601.
        dated: Maybe<String>;
        /// Whole days between the data and the use, either way.
        days: Maybe<i64>, ["day"];
        /// Whether it is a rule of thumb rather than a record.
        heuristic: bool;
        /// What a reader must know of this answer, as codes of the catalogue.
        notes: Vec<String>;
    }
}

table! {
    /// One DNS or registry (RDAP) answer, as an exhibit holds it.
    Name = "names" / "nam" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// Who was asked what kind of thing: `dns` or `rdap`.
        service: String;
        /// The name, address or network that was asked about, in lower case and without final dot.
        name: String;
        /// Type of the record: `A`, `AAAA`, `PTR`, `TXT`…; for RDAP `ip network`, `autnum`,
        /// `domain`.
        kind: String;
        /// The value: an address, a name, a text; for RDAP the holder or name.
        value: Maybe<String>;
        /// For RDAP, the first and last address or number of the object.
        range: Maybe<String>;
        /// Country that the registry declares, ISO 3166-1 alpha-2.
        country: Maybe<String>;
        /// Last change that the registry declares.
        changed: Maybe<Moment>;
        /// How long the answer may be kept, as the server says.
        ttl: Maybe<i64>, ["second"];
        /// The answer's code: `NOERROR`, `NXDOMAIN`, or the HTTP status of RDAP.
        status: Maybe<String>;
        /// Whether the resolver says that it checked the signatures (AD flag, RFC 4035).
        authenticated: Maybe<bool>;
        /// What whoever collected the answer found of its signatures: `secure`, `insecure`, `bogus`,
        /// `indeterminate` (RFC 4033, section 5). A bogus answer is not what its zone signed.
        dnssec: Maybe<String>;
        /// Who answered: the resolver or server.
        resolver: Maybe<String>;
        /// When it was asked. DNS is of that instant, not of the event.
        asked: Maybe<Moment>;
        /// `asked` as the exhibit writes it.
        asked_raw: Maybe<String>;
    }
}
