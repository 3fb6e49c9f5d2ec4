//! What the rows of one site have in common: accounts, addresses, times.
//!
//! In: cells of a row. Out: values of our tables; each account and each e-mail address once.
//! Refused: a time that is written and cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

use faisceau_model::rows::{Account, Connection, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory,
};
use jiff::tz::TimeZone;

use crate::fields::Fields;
use crate::json::Flaw;
use crate::logs::stamp;
use crate::tables::cells::Cells;
use crate::text::address::{differing, endpoint};
use crate::time::civil;

/// Names that mean nobody in particular: they would make one account of many people.
const NOBODY: [&str; 8] =
    ["anonymous", "anonyme", "guest", "invité", "visiteur", "visitor", "admin", "user"];
/// Most accounts and e-mail addresses that are remembered as shown.
const SHOWN: usize = 1_000_000;
/// Longest value that is remembered; longer ones are shown each time.
const SHOWN_LEN: usize = 500;

/// One site.
pub(super) struct Site<'s> {
    /// The exhibit.
    pub(super) exhibit: ExhibitNo,
    /// Its name, which is the platform of its accounts.
    pub(super) service: &'s str,
    zone: Option<&'s TimeZone>,
    shown: BTreeSet<(AccountKey, &'static str, String)>,
    no_address: BTreeMap<&'static str, (Place, i64)>,
}

/// A time, and how it is written.
pub(super) type Dated = (Maybe<Moment>, Maybe<String>);

impl<'s> Site<'s> {
    pub(super) fn new(exhibit: ExhibitNo, service: &'s str, zone: Option<&'s TimeZone>) -> Self {
        Self { exhibit, service, zone, shown: BTreeSet::new(), no_address: BTreeMap::new() }
    }

    /// Lists the columns whose addresses were none.
    pub(super) fn finish(self, fields: &mut Fields) {
        for (column, (place, rows)) in self.no_address {
            fields.note("", &format!("{column}: no address"), rows, &place);
        }
    }

    /// The account of a member.
    pub(super) fn member(&self, id: &str) -> AccountKey {
        AccountKey::by_id(self.service, id)
    }

    /// The account of a guest, by the name that he chose, else by what he wrote.
    pub(super) fn guest(&self, name: Option<&str>, written: &str) -> AccountKey {
        let named = name.filter(|name| {
            !NOBODY.contains(&name.trim().to_lowercase().as_str())
                && name.chars().any(char::is_alphanumeric)
        });
        match named {
            Some(name) => AccountKey::by_handle(self.service, &format!("guest:{name}")),
            None => AccountKey::by_id(self.service, &format!("guest:{written}")),
        }
    }

    /// Hands an account over the first time that it is shown under these names.
    pub(super) fn show(&mut self, account: Account, sink: &mut dyn Sink) {
        let names = format!("{:?} {:?}", account.handle.known(), account.display_name.known());
        if self.first("account", &account.account, names) {
            sink.account(account);
        }
    }

    fn first(&mut self, what: &'static str, account: &AccountKey, value: String) -> bool {
        if value.len() > SHOWN_LEN {
            return true;
        }
        let entry = (account.clone(), what, value);
        if self.shown.len() >= SHOWN {
            return !self.shown.contains(&entry);
        }
        self.shown.insert(entry)
    }

    /// Hands over what the site declares of an account, each datum once.
    pub(super) fn declare(
        &mut self,
        account: &AccountKey,
        place: &Place,
        part: u32,
        (category, label, value): (SubscriberCategory, &'static str, Option<String>),
        sink: &mut dyn Sink,
    ) {
        let Some(value) = value else { return };
        if !self.first(label, account, value.clone()) {
            return;
        }
        sink.subscriber(Subscriber {
            account: Maybe::Known(account.clone()),
            ..Subscriber::new(self.exhibit, place, part, self.service, (category, label, &value))
        });
    }

    /// The use of an address; none if the cell is empty. A text that is no address is counted and
    /// costs nothing but itself.
    pub(super) fn used(
        &mut self,
        address: Option<String>,
        column: &'static str,
        place: &Place,
        part: u32,
    ) -> Option<Connection> {
        let written = address?;
        let Some(ip) = address_of(&written) else {
            self.no_address.entry(column).or_insert_with(|| (place.clone(), 0)).1 += 1;
            return None;
        };
        Some(Connection {
            ip_raw: differing(&written, ip),
            ..Connection::new(self.exhibit, place, part, ip.to_string(), self.service)
        })
    }

    /// A date and time in UTC, `2026-03-01 14:05:12`; zeros mean none.
    pub(super) fn utc(text: Option<String>) -> Result<Dated, Flaw> {
        dated(text, |text| stamp::iso(&format!("{text}Z"), None))
    }

    /// A date and time in the zone of the site.
    pub(super) fn local(&self, text: Option<String>) -> Result<Dated, Flaw> {
        dated(text, |text| {
            let (civil, precision) = stamp::local(text)?;
            civil::assumed(civil, precision, self.zone)
        })
    }

    /// Seconds since the epoch; 0 means none.
    pub(super) fn unix(text: Option<String>) -> Result<Dated, Flaw> {
        dated(text.filter(|text| text != "0"), |text| {
            Moment::from_unix_seconds(text.parse().ok()?).filter(|at| at.at_us() > 0)
        })
    }
}

fn dated(text: Option<String>, read: impl Fn(&str) -> Option<Moment>) -> Result<Dated, Flaw> {
    let Some(text) = text.filter(|text| !text.starts_with("0000-00-00")) else {
        return Ok((Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported)));
    };
    match read(&text) {
        Some(at) => Ok((Maybe::Known(at), Maybe::Known(text))),
        None => Err((RejectReason::Time, "the time does not exist".to_owned())),
    }
}

/// An address, or the eight hexadecimal digits that old forums write for one.
fn address_of(text: &str) -> Option<IpAddr> {
    if let Some((ip, _)) = endpoint(text) {
        return Some(ip);
    }
    let hex = text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let number = u32::from_str_radix(text, 16).ok().filter(|_| hex)?;
    Some(IpAddr::V4(Ipv4Addr::from(number)))
}

/// The text of a cell, trimmed, unless it is empty.
pub(super) fn text(cells: &dyn Cells, column: &str) -> Option<String> {
    let text = maybe(cells, column).into_known()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The text of a cell as it stands, or the reason why there is none.
pub(super) fn maybe(cells: &dyn Cells, column: &str) -> Maybe<String> {
    cells.cell(column).text()
}

/// An id: 0 means none.
pub(super) fn id(cells: &dyn Cells, column: &str) -> Option<String> {
    text(cells, column).filter(|id| id != "0")
}

/// A text that must be there.
pub(super) fn required(cells: &dyn Cells, column: &str) -> Result<String, Flaw> {
    text(cells, column)
        .ok_or_else(|| (RejectReason::MissingField, format!("`{column}` is missing")))
}
