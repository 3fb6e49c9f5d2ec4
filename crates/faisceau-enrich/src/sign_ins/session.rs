//! One use of a claimant's account, with the keys by which it is compared.

use faisceau_model::rows::{Address, Connection};
use faisceau_model::{AccountKey, Maybe, Precision};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::actions::{self, Act};
use super::{device, network};

/// Seconds of a day.
pub(super) const DAY_S: i64 = 86_400;

/// One use of an account.
#[derive(Debug, Clone)]
pub(super) struct Session<'a> {
    pub(super) connection: &'a Connection,
    pub(super) address: &'a Address,
    pub(super) account: &'a AccountKey,
    /// Seconds since 1970, where the time is known.
    pub(super) at_s: Option<i64>,
    /// Hour of the local day, where the time is known to the minute.
    pub(super) hour: Option<usize>,
    /// The network, where the address is routed.
    pub(super) network: Option<String>,
    /// The device, without versions.
    pub(super) device: Option<String>,
    /// What was done to the safety of the account.
    pub(super) act: Option<Act>,
}

impl Session<'_> {
    /// The day, UTC, counted from 1970.
    pub(super) fn day(&self) -> Option<i64> {
        self.at_s.map(|at| at.div_euclid(DAY_S))
    }

    /// The country as a code.
    pub(super) fn country(&self) -> Option<&str> {
        self.address.country.known().map(|code| &**code)
    }
}

/// The sessions in order of account, time and row.
pub(super) fn sessions<'a>(uses: &'a [(Connection, Address)], zone: &TimeZone) -> Vec<Session<'a>> {
    let mut all: Vec<Session<'a>> = uses
        .iter()
        .filter_map(|(connection, address)| session(connection, address, zone))
        .collect();
    all.sort_by(|x, y| {
        let key = |s: &Session<'a>| (s.account, s.at_s, s.connection.exhibit);
        key(x).cmp(&key(y)).then_with(|| x.connection.id.cmp(&y.connection.id))
    });
    all
}

fn session<'a>(
    connection: &'a Connection,
    address: &'a Address,
    zone: &TimeZone,
) -> Option<Session<'a>> {
    let account = connection.account.known().filter(|_| !connection.declared)?;
    let fine = connection.at.known().filter(|at| at.precision() <= Precision::Minute);
    Some(Session {
        connection,
        address,
        account,
        at_s: connection.at.known().map(|at| at.at_s()),
        hour: fine.and_then(|at| hour(at.at_s(), zone)),
        network: network::key(address),
        device: connection.user_agent.known().and_then(|text| device::family(text)),
        act: match &connection.request {
            Maybe::Known(text) => actions::recognise(text),
            Maybe::Missing(_) => None,
        },
    })
}

fn hour(at_s: i64, zone: &TimeZone) -> Option<usize> {
    let at = Timestamp::from_second(at_s).ok()?;
    usize::try_from(zone.to_datetime(at).hour()).ok()
}
