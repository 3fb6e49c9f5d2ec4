//! What the datasets say of an address at the instant it was used.

use std::sync::Arc;

use crate::absent::Maybe;
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{AccessKind, AddressScope, ClockVerdict, Listing};

table! {
    /// An address at an instant: one row for each connection, each verdict with its source and
    /// the distance from the source's date to the event.
    ///
    /// A source reads `dataset-id@date`, or `overlay:LINE` for the investigator's own ranges. A
    /// distance of 0 means that the source covers the day of the event.
    Address = "addresses" / "adr" {
        /// Row id.
        id: RowId;
        /// Exhibit of the connection.
        exhibit: ExhibitNo;
        /// Place of the connection.
        place: Place;
        /// The connection.
        connection: RowId;
        /// The account that used it, where the source says.
        account: Maybe<AccountKey>;
        /// The address of the client: the peer of the connection or, behind proxies that the case
        /// trusts, the one that they forward.
        ip: String;
        /// Source port of the client.
        port: Maybe<i64>;
        /// The trusted proxies it was forwarded by, the nearest to the client first.
        via: Maybe<String>;
        /// When.
        at: Maybe<Moment>;
        /// Special-purpose registry (RFC 6890).
        scope: AddressScope;
        /// Country, ISO 3166-1 alpha-2.
        country: Maybe<Arc<str>>;
        /// Source of the country.
        country_source: Maybe<Arc<str>>;
        /// Days from the source's date to the event.
        country_days: Maybe<i64>, ["day"];
        /// Autonomous system number.
        asn: Maybe<i64>;
        /// Operator: the name of the autonomous system, or the overlay's.
        operator: Maybe<Arc<str>>;
        /// Source of the AS and operator.
        operator_source: Maybe<Arc<str>>;
        /// Days from the source's date to the event.
        operator_days: Maybe<i64>, ["day"];
        /// Tor exit list at that instant.
        tor: Listing;
        /// Source of the Tor verdict.
        tor_source: Maybe<Arc<str>>;
        /// Days from the nearest date of the list to the event.
        tor_days: Maybe<i64>, ["day"];
        /// VPN ranges.
        vpn: Listing;
        /// Source of the VPN verdict.
        vpn_source: Maybe<Arc<str>>;
        /// Days from the source's date to the event.
        vpn_days: Maybe<i64>, ["day"];
        /// Hosting ranges.
        hosting: Listing;
        /// Source of the hosting verdict.
        hosting_source: Maybe<Arc<str>>;
        /// Days from the source's date to the event.
        hosting_days: Maybe<i64>, ["day"];
        /// Privacy relay ranges.
        relay: Listing;
        /// Source of the relay verdict.
        relay_source: Maybe<Arc<str>>;
        /// Days from the source's date to the event.
        relay_days: Maybe<i64>, ["day"];
        /// The kind of access that follows from all verdicts.
        access: AccessKind;
        /// The verdict, overlay line or rule that decided the kind.
        access_basis: Arc<str>;
        /// The address, or the account that it is said of, is what the sender's side claims, not
        /// what a server saw: anyone can write it.
        declared: bool;
    }
}

impl Address {
    /// Whether the address leads to an operator: routed on the Internet, or placed by the ranges
    /// that the investigator supplied.
    pub fn leads_somewhere(&self) -> bool {
        self.scope == AddressScope::Global || self.access_basis.starts_with("overlay:")
    }
}

table! {
    /// What a second clock says beside the declared time: the clock inside an id, for platforms
    /// number posts and accounts by time, or the stamp of the server. A disagreement is a finding.
    ClockCheck = "clock_checks" / "clk" {
        /// Row id.
        id: RowId;
        /// Exhibit of the post or account.
        exhibit: ExhibitNo;
        /// Place of the post or account.
        place: Place;
        /// The post or account concerned.
        row: RowId;
        /// The account concerned.
        account: AccountKey;
        /// Which clock it is: how the id holds the time, such as `x-snowflake`, or `server-stamp`.
        scheme: String;
        /// The id, where the clock is in it.
        native_id: Maybe<String>;
        /// The time that the clock says.
        implied: Moment;
        /// The declared time of the post, or of the creation of the account.
        declared: Maybe<Moment>;
        /// Declared minus implied.
        difference: Maybe<i64>, ["millisecond"];
        /// The largest difference that the service makes on its own.
        tolerance: i64, ["millisecond"];
        /// Whether they agree.
        verdict: ClockVerdict;
        /// Whether the sender's own software sets the clock: it then proves nothing by itself.
        client_made: bool;
    }
}
