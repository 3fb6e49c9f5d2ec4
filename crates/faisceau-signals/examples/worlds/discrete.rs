//! Links, mail addresses and IP addresses of a made world, some of them shared.

use std::sync::Arc;

use faisceau_model::rows::{Address, Post};
use faisceau_model::{
    Absent, AccessKind, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place, RowId,
};

use super::account;

/// Adds a link to one post in ten and a mail address to one in a hundred: one of a hundred pages,
/// and a box of two accounts.
pub(crate) fn write(posts: &mut [Post]) {
    for (number, post) in posts.iter_mut().enumerate() {
        let Maybe::Known(text) = &mut post.text else { continue };
        if number % 10 == 0 {
            text.push_str(" https://pages.example/");
            text.push_str(&(number * 7 % 1000).to_string());
        }
        if number % 100 == 5 {
            text.push_str(" box");
            text.push_str(&(number / 4000).to_string());
            text.push_str("@mail.example");
        }
    }
}

/// Three connections of each account: two of its own address, one of an address of two accounts.
pub(crate) fn addresses(count: usize) -> Vec<Address> {
    (0..count * 3)
        .map(|number| {
            let (own, kind) = (number / 3, number % 3);
            let ip = if kind == 0 { own / 2 } else { own + (1 << 20) };
            let ip = format!("2.{}.{}.{}", ip >> 16, ip >> 8 & 255, ip & 255);
            address(own, number, ip, 1_700_000_000 + number as i64 * 977 % 5_000_000)
        })
        .collect()
}

fn address(owner: usize, number: usize, ip: String, second: i64) -> Address {
    fn none<T>() -> Maybe<T> {
        Maybe::Missing(Absent::NotRecorded)
    }
    let exhibit = ExhibitNo::top(2);
    let place = Place::Line { number: number as u64 + 1, byte: 0 };
    Address {
        id: RowId::at("adr", exhibit, &place, 0),
        connection: RowId::at("con", exhibit, &place, 0),
        exhibit,
        place,
        account: Maybe::Known(account(owner)),
        ip,
        port: none(),
        via: none(),
        at: Maybe::or_absent(Moment::from_unix_seconds(second), Absent::Unreadable),
        scope: AddressScope::Global,
        country: none(),
        country_source: none(),
        country_days: none(),
        asn: none(),
        operator: none(),
        operator_source: none(),
        operator_days: none(),
        tor: Listing::NoData,
        tor_source: none(),
        tor_days: none(),
        vpn: Listing::NoData,
        vpn_source: none(),
        vpn_days: none(),
        hosting: Listing::NoData,
        hosting_source: none(),
        hosting_days: none(),
        relay: Listing::NoData,
        relay_source: none(),
        relay_days: none(),
        access: AccessKind::AccessLine,
        access_basis: Arc::from("made"),
        declared: false,
    }
}
