//! The rows of a small case: accounts, addresses, a picture, links, what is said of them.

use faisceau_model::rows::{
    Account, Address, ExhibitRow, Explanation, Identity, Link, Media, Post,
};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place,
    Relation, Role, RowId, Standing,
};

const NONE: Absent = Absent::NotExported;
pub(crate) const A: &str = "x:1001";
pub(crate) const B: &str = "forum:@PasDupe";
pub(crate) const C: &str = "mail:@un.client@postale.example";

/// What is planted, with a text of the adversary wherever one can stand.
pub(crate) struct Rows {
    pub(crate) accounts: Vec<Account>,
    pub(crate) posts: Vec<Post>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) media: Vec<Media>,
    pub(crate) links: Vec<Link>,
    pub(crate) explanations: Vec<Explanation>,
    pub(crate) identities: Vec<Identity>,
    pub(crate) exhibits: Vec<ExhibitRow>,
}

pub(crate) fn key(account: &str) -> AccountKey {
    account.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).unwrap()
}

pub(crate) fn locus(n: u64) -> (ExhibitNo, Place) {
    (ExhibitNo::top(1), Place::Line { number: n, byte: n * 100 })
}

fn account(n: u64, name: &str, role: Role, text: &str) -> Account {
    let (exhibit, place) = locus(n);
    Account {
        role,
        handle: Maybe::Known(format!("h{n}{text}")),
        display_name: Maybe::Known(format!("Nom {n}{text}")),
        bio: Maybe::Known(format!("Bio {n}{text}")),
        created: Maybe::Known(at("2024-05-01T00:00:00Z")),
        ..Account::new(exhibit, &place, 0, key(name))
    }
}

fn post(n: u64, account: &str, text: &str) -> Post {
    let (exhibit, place) = locus(n);
    Post {
        at: Maybe::Known(at("2026-03-01T14:05:12Z")),
        text: Maybe::Known(format!("Texte {n}\n{text}")),
        thread: Maybe::Known(format!("fil{text}")),
        target: Maybe::Known(format!("cible{text}")),
        permalink: Maybe::Known(format!("https://forum.example/{n}")),
        content_id: Maybe::Known(format!("{n}")),
        ..Post::new(exhibit, &place, 0, key(account))
    }
}

fn address(n: u64, account: &str, ip: &str, when: &str) -> Address {
    let (exhibit, place) = locus(n);
    Address {
        id: RowId::at("adr", exhibit, &place, 0),
        connection: RowId::at("con", exhibit, &place, 0),
        exhibit,
        place,
        account: Maybe::Known(key(account)),
        ip: ip.to_owned(),
        port: Maybe::Known(40_000),
        via: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::or_absent(Moment::from_rfc3339(when), NONE),
        scope: AddressScope::Documentation,
        country: Maybe::Missing(NONE),
        country_source: Maybe::Missing(NONE),
        country_days: Maybe::Missing(NONE),
        asn: Maybe::Known(64_500),
        operator: Maybe::Known("Opérateur fictif".into()),
        operator_source: Maybe::Missing(NONE),
        operator_days: Maybe::Missing(NONE),
        tor: Listing::NoData,
        tor_source: Maybe::Missing(NONE),
        tor_days: Maybe::Missing(NONE),
        vpn: Listing::NoData,
        vpn_source: Maybe::Missing(NONE),
        vpn_days: Maybe::Missing(NONE),
        hosting: Listing::NoData,
        hosting_source: Maybe::Missing(NONE),
        hosting_days: Maybe::Missing(NONE),
        relay: Listing::NoData,
        relay_source: Maybe::Missing(NONE),
        relay_days: Maybe::Missing(NONE),
        access: AccessKind::AccessLine,
        access_basis: "overlay:1".into(),
        declared: false,
    }
}

fn picture(n: u64, account: &str, text: &str) -> Media {
    let (exhibit, place) = locus(n);
    Media {
        picture_sha256: Maybe::Known("bb".repeat(32)),
        name: format!("bol{text}.jpg"),
        width: Maybe::Known(640),
        height: Maybe::Known(480),
        make: Maybe::Known("Fictif".into()),
        model: Maybe::Known("F1".into()),
        body_serial: Maybe::Known(format!("S123{text}")),
        taken: Maybe::Known(at("2026-02-01T10:00:00Z")),
        latitude: Maybe::Known(48.123_456),
        longitude: Maybe::Known(2.654_321),
        position_protected: true,
        owner: Maybe::Known(format!("Propriétaire{text}")),
        account: Maybe::Known(key(account)),
        ..Media::new(exhibit, &place, 0, "aa".repeat(32), "image/jpeg")
    }
}

fn link(n: usize, a: &str, b: &str, relation: Relation, total: f64, text: &str) -> Link {
    Link {
        style: Maybe::Known(total),
        style_low: Maybe::Known(total - 1.0),
        style_high: Maybe::Known(total + 1.0),
        style_cap: Maybe::Known(3.0),
        total,
        total_low: total - 1.0,
        total_high: total + 1.0,
        total_cap: 4.0,
        band_fr: "soutien modéré".into(),
        band_en: "moderate support".into(),
        favours: Maybe::Known("H1".into()),
        pairs_compared: 3,
        innocent: vec![format!("copied_text{text}")],
        rows: vec!["cmp:1".into()],
        ..Link::new(n, key(a), key(b), relation)
    }
}

fn explanation(
    (n, link): (usize, usize),
    code: &str,
    standing: Standing,
    b: &str,
    text: &str,
) -> Explanation {
    Explanation {
        id: RowId::derived("exp", n),
        link: RowId::derived("lnk", link),
        a: key(b),
        b: key(A),
        code: code.to_owned(),
        standing,
        counted: vec![format!("posts=2{text}")],
        explains: vec!["cmp:1".into()],
        rows: vec!["post:1:l4@400".into()],
    }
}

fn exhibit(no: &str, name: &str, parent: Option<&str>) -> ExhibitRow {
    ExhibitRow {
        exhibit: no.parse().unwrap(),
        sha256: "cc".repeat(32),
        name: name.to_owned(),
        bytes: 1234,
        parent: Maybe::or_absent(parent.map(|no| no.parse().unwrap()), Absent::NotApplicable),
        format: Maybe::Known("forum csv".into()),
        records: 3,
        read: 2,
        rejected: 1,
        set_aside: 0,
        first: Maybe::Missing(NONE),
        last: Maybe::Missing(NONE),
        problem: Maybe::Missing(Absent::NotApplicable),
    }
}

/// The rows, each text of the adversary ending in `text`.
pub(crate) fn rows(text: &str) -> Rows {
    let b = &format!("{B}{text}");
    Rows {
        accounts: vec![
            account(1, A, Role::Examined, text),
            account(2, b, Role::Examined, text),
            account(3, C, Role::Claimant, ""),
            account(4, A, Role::Examined, "bis"),
        ],
        posts: vec![post(4, A, text), post(5, b, text), post(6, C, text)],
        addresses: vec![
            address(7, A, "192.0.2.7", "2026-03-01T10:00:00Z"),
            address(8, A, "192.0.2.7", "2026-03-02T10:00:00.123Z"),
            address(9, b, "2001:db8::7", ""),
            address(10, b, &format!("not an address{text}"), "2026-03-02T11:00:00Z"),
        ],
        media: vec![picture(11, A, text), picture(12, b, "")],
        links: vec![
            link(1, b, A, Relation::SameHand, 2.31, text),
            link(2, b, A, Relation::Coordination, -0.5, text),
        ],
        explanations: vec![
            explanation((1, 1), "copied_text", Standing::Open, b, text),
            explanation((2, 1), "common_event", Standing::Supported, b, ""),
            explanation((3, 9), "copied_text", Standing::Open, b, ""),
        ],
        identities: vec![Identity {
            id: RowId::derived("idt", 1),
            members: vec![b.clone(), A.into()],
            weakest_link: RowId::derived("lnk", 1),
            weakest: 2.31,
            cohesion: 2.31,
            would_split: vec!["one_link".into()],
            would_join: Vec::new(),
            rows: vec!["lnk:1".into()],
        }],
        exhibits: vec![
            exhibit("1", "forum.csv", None),
            exhibit("2", "archive.zip", None),
            exhibit("2.1", &format!("data{text}.js"), Some("2")),
        ],
    }
}

impl Rows {
    /// The same rows, the last first.
    pub(crate) fn reversed(mut self) -> Self {
        self.accounts.reverse();
        self.addresses.reverse();
        self.media.reverse();
        self.links.reverse();
        self.explanations.reverse();
        self.exhibits.reverse();
        self
    }
}
