//! What the exhibits of the made-up case gave: accounts, messages, addresses, images.

use std::sync::Arc;

use faisceau_model::rows::{Account, Address, ExhibitRow, Media, Post};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place,
    Precision, Role, RowId, ZoneSource,
};

pub(super) const NOT_RECORDED: Absent = Absent::NotRecorded;

pub(crate) fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).expect("a valid time")
}

pub(super) fn line(n: u64) -> Place {
    Place::Line { number: n, byte: n * 120 }
}

/// The accounts: platform, id, handle, role.
pub(super) const ACCOUNTS: [(&str, &str, &str, Role); 8] = [
    ("x", "1712345678901", "corbeau_92", Role::Examined),
    ("x", "1798765432109", "VoixDuLycee", Role::Examined),
    ("telegram", "user5566778899", "Corneille", Role::Examined),
    ("instagram", "44556677", "la.verite.nue", Role::Examined),
    ("forum", "", "anonyme77", Role::Examined),
    ("x", "1600000000001", "classe_2nde4", Role::Examined),
    ("x", "1500000000002", "compte_de_a", Role::Claimant),
    ("x", "1400000000003", "temoin", Role::ThirdParty),
];

pub(crate) fn key(i: usize) -> AccountKey {
    let (platform, id, handle, _) = ACCOUNTS[i];
    if id.is_empty() {
        AccountKey::by_handle(platform, handle)
    } else {
        AccountKey::by_id(platform, id)
    }
}

pub(crate) fn account(i: usize) -> Account {
    let (platform, id, handle, role) = ACCOUNTS[i];
    let exhibit = ExhibitNo::top(if platform == "telegram" { 3 } else { 1 });
    let place = Place::Pointer(format!("/accounts/{i}"));
    Account {
        native_id: Maybe::text(id, NOT_RECORDED),
        handle: Maybe::Known(handle.to_owned()),
        created: Maybe::Missing(Absent::NotExported),
        bio: Maybe::Missing(Absent::NotExported),
        role,
        ..Account::new(exhibit, &place, 0, key(i))
    }
}

pub(super) fn post(n: u64, i: usize) -> Post {
    let exhibit = ExhibitNo::top(1);
    let place = Place::Pointer(format!("/posts/{n}"));
    let day = 1 + (n % 27);
    let time = format!("2026-0{}-{day:02}T{:02}:05:12Z", 3 + n % 4, 7 + n % 15);
    let at = match n % 40 {
        0 => Maybe::Missing(Absent::NotExported),
        1 => Maybe::Known(
            Moment::new(at(&time).at_us(), Precision::Minute, ZoneSource::Assumed)
                .expect("in range"),
        ),
        _ => Maybe::Known(at(&time)),
    };
    Post {
        at,
        text: Maybe::Known(format!("message {n}")),
        content_id: Maybe::Known(n.to_string()),
        lang: Maybe::Known("fr".into()),
        ..Post::new(exhibit, &place, 0, key(i))
    }
}

pub(super) fn exhibit(no: &str, name: &str, format: Maybe<String>, counts: [i64; 4]) -> ExhibitRow {
    let exhibit: ExhibitNo = no.parse().expect("a number");
    let [records, read, rejected, set_aside] = counts;
    let digit = no.bytes().next().unwrap_or(b'0') as char;
    ExhibitRow {
        exhibit,
        sha256: format!("{digit}7c4e9d05b8a").chars().cycle().take(64).collect(),
        name: name.to_owned(),
        bytes: 1_234_567 + records,
        parent: exhibit.parent().map_or(Maybe::Missing(Absent::NotApplicable), Maybe::Known),
        format,
        records,
        read,
        rejected,
        set_aside,
        first: Maybe::Missing(Absent::NotRecorded),
        last: Maybe::Missing(Absent::NotRecorded),
        problem: Maybe::Missing(Absent::NotApplicable),
    }
}

pub(crate) fn address(
    n: u64,
    i: usize,
    ip: &str,
    port: Option<i64>,
    access: AccessKind,
) -> Address {
    let exhibit = ExhibitNo::top(5);
    let id = RowId::at("adr", exhibit, &line(n), 0);
    let source = |name: &str| Maybe::Known(Arc::from(name));
    let tor = access == AccessKind::TorExit;
    let vpn = access == AccessKind::Vpn;
    let listing = |on| if on { Listing::Listed } else { Listing::NotListed };
    Address {
        connection: id.with_prefix("con"),
        id,
        exhibit,
        place: line(n),
        account: Maybe::Known(key(i)),
        ip: ip.to_owned(),
        port: Maybe::or_absent(port, NOT_RECORDED),
        via: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::Known(at(&format!("2026-05-{:02}T{:02}:15:42Z", 1 + n % 28, n % 24))),
        scope: if n.is_multiple_of(18) { AddressScope::Private } else { AddressScope::Global },
        country: source("FR"),
        country_source: source("dbip-country@2026-05-01"),
        country_days: Maybe::Known(3),
        asn: Maybe::Known(64_500),
        operator: source("Opérateur d'Exemple SA"),
        operator_source: source("asn@2026-05-01"),
        operator_days: Maybe::Known(3),
        tor: if n.is_multiple_of(9) { Listing::NoData } else { listing(tor) },
        tor_source: source("tor-exits@2026-05-01"),
        tor_days: Maybe::Known(0),
        vpn: listing(vpn),
        vpn_source: source("vpn-ranges@2026-02-11"),
        vpn_days: Maybe::Known(81),
        hosting: Listing::NotListed,
        hosting_source: source("hosting@2026-03-01"),
        hosting_days: Maybe::Known(62),
        relay: Listing::NotListed,
        relay_source: source("relay@2026-03-01"),
        relay_days: Maybe::Known(62),
        access,
        access_basis: Arc::from(if tor { "tor-exits@2026-05-01" } else { "overlay:4" }),
        declared: false,
    }
}

/// An image, with a row for each account that posted it.
pub(super) fn image(n: u64, i: usize) -> Media {
    let exhibit = ExhibitNo::top(6);
    let place = Place::Bytes { start: n * 4096, len: 4096 };
    let part = u32::try_from(i).unwrap_or(0);
    Media {
        name: format!("IMG_{n}.JPG"),
        width: Maybe::Known(640),
        height: Maybe::Known(480),
        account: Maybe::Known(key(i)),
        posted_in: vec![format!("post:1:/posts/{}", 7 + i)],
        ..Media::new(exhibit, &place, part, "5e".repeat(32), "image/jpeg")
    }
}
