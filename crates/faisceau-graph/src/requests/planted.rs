//! Rows for tests, with everything that a test does not name left missing.

use std::sync::Arc;

use faisceau_model::rows::{Account, Address, Link, Media, Post};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place,
    Relation, Role, RowId,
};

const NONE: Absent = Absent::NotExported;

pub(crate) fn key(account: &str) -> AccountKey {
    account.parse().unwrap()
}

fn at(text: &str) -> Maybe<Moment> {
    Maybe::or_absent(Moment::from_rfc3339(text), NONE)
}

fn locus(n: u64) -> (ExhibitNo, Place) {
    (ExhibitNo::top(1), Place::Line { number: n, byte: n * 100 })
}

pub(crate) fn account(n: u64, account: &str, role: Role) -> Account {
    let (exhibit, place) = locus(n);
    Account { role, ..Account::new(exhibit, &place, 0, key(account)) }
}

pub(crate) fn post(n: u64, account: &str, when: &str) -> Post {
    let (exhibit, place) = locus(n);
    Post {
        at: at(when),
        permalink: Maybe::Known(format!("https://example.org/{n}")),
        ..Post::new(exhibit, &place, 0, key(account))
    }
}

pub(crate) fn address(
    n: u64,
    account: Option<&str>,
    ip: &str,
    port: Option<i64>,
    when: &str,
    access: AccessKind,
) -> Address {
    let (exhibit, place) = locus(n);
    let source = || Maybe::Missing(Absent::NoData);
    let days = || Maybe::Missing(Absent::NoData);
    Address {
        id: RowId::at("adr", exhibit, &place, 0),
        connection: RowId::at("con", exhibit, &place, 0),
        exhibit,
        place,
        account: Maybe::or_absent(account.map(key), NONE),
        ip: ip.to_owned(),
        port: Maybe::or_absent(port, NONE),
        via: Maybe::Missing(Absent::NotApplicable),
        at: at(when),
        scope: AddressScope::Global,
        country: source(),
        country_source: source(),
        country_days: days(),
        asn: Maybe::Known(match access {
            AccessKind::AccessLine | AccessKind::Cgnat => 12322,
            AccessKind::Mobile => 51207,
            AccessKind::Hosting => 16276,
            _ => 64496,
        }),
        operator: Maybe::Known(Arc::from("EXAMPLE-AS")),
        operator_source: source(),
        operator_days: days(),
        tor: Listing::NotListed,
        tor_source: source(),
        tor_days: days(),
        vpn: Listing::NotListed,
        vpn_source: source(),
        vpn_days: days(),
        hosting: Listing::NotListed,
        hosting_source: source(),
        hosting_days: days(),
        relay: Listing::NotListed,
        relay_source: source(),
        relay_days: days(),
        access,
        access_basis: Arc::from("planted"),
        declared: false,
    }
}

pub(crate) fn media(n: u64, hash: &str, account: Option<&str>, serial: Option<&str>) -> Media {
    let (exhibit, place) = locus(n);
    let text = |value: Option<&str>| Maybe::or_absent(value.map(str::to_owned), NONE);
    Media {
        name: format!("{hash}.jpg"),
        make: text(Some("Canon")),
        body_serial: text(serial),
        account: Maybe::or_absent(account.map(key), NONE),
        ..Media::new(exhibit, &place, 0, hash.to_owned(), "image/jpeg")
    }
}

/// A link whose interval reaches as far above its total as below.
pub(crate) fn link(n: usize, a: &str, b: &str, total: f64, low: f64) -> Link {
    Link {
        total,
        total_low: low,
        total_high: total + (total - low),
        total_cap: 9.0,
        ..Link::new(n, key(a), key(b), Relation::SameHand)
    }
}

/// An order that depends on the seed alone (xorshift).
pub(crate) fn shuffle<T>(rows: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for n in (1..rows.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        rows.swap(n, (state % (n as u64 + 1)) as usize);
    }
}
