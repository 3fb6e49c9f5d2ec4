//! Sign-ins of the claimant's own accounts beside the account's habits.

use crate::absent::Maybe;
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::SignInVerdict;

table! {
    /// One use of the claimant's own account, against the usual networks, devices and hours.
    SignIn = "sign_ins" / "sgn" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place of the connection.
        place: Place;
        /// The connection.
        connection: RowId;
        /// The row of `addresses`.
        address: RowId;
        /// The claimant's account.
        account: AccountKey;
        /// When.
        at: Maybe<Moment>;
        /// The address.
        ip: String;
        /// Source port.
        port: Maybe<i64>;
        /// Operator and country, for reading.
        operator: Maybe<String>;
        /// Country, ISO 3166-1 alpha-2.
        country: Maybe<String>;
        /// User agent or device, as the platform writes it.
        device: Maybe<String>;
        /// What was done, as the platform writes it.
        action: Maybe<String>;
        /// Other days on which the account used this network.
        network_days: i64, ["day"];
        /// Other days on which the account used this device.
        device_days: i64, ["day"];
        /// Sessions of the account in this hour of the local day and its two neighbours, of all
        /// others; missing below 30.
        hour_share: Maybe<f64>;
        /// The verdict.
        verdict: SignInVerdict;
        /// What differs and what explains it innocently, as codes of the catalogue.
        reasons: Vec<String>;
        /// What to do about it, as codes of the catalogue.
        steps: Vec<String>;
        /// Number of the episode of foreign use that it belongs to.
        episode: Maybe<i64>;
    }
}
