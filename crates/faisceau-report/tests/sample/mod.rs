//! A made-up case, large enough to fill every section. All names, addresses and ids are invented;
//! addresses come from the documentation ranges.

mod checks;
mod contributions;
mod explained;
mod mails;
mod raids;

use std::sync::Arc;

use checks::{answers, clocks, sign_ins, signatures, unknown_fields, verdicts};
use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Contribution, ExhibitRow,
    Explanation, Identity, Link, MailHop, MailOrigin, MailVerdict, Media, Name, Post, Raid, Reject,
    Request, SignIn, Signature, UnknownField,
};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, Band, ExhibitNo, Family, Head, Listing, Maybe,
    Moment, Place, Precision, RejectReason, Relation, Role, RowId, ZoneSource,
};
use faisceau_report::{
    CaseFacts, DatasetLine, NoteInput, Refused, TippettPoint, Unsought, ValidationLine,
};

/// Owns the rows that a [`NoteInput`] borrows.
pub(crate) struct Sample {
    pub(crate) case: CaseFacts,
    pub(crate) exhibits: Vec<ExhibitRow>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) posts: Vec<Post>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) uses: i64,
    pub(crate) media: Vec<Media>,
    pub(crate) mail_hops: Vec<MailHop>,
    pub(crate) mail_verdicts: Vec<MailVerdict>,
    pub(crate) mail_origins: Vec<MailOrigin>,
    pub(crate) names: Vec<Name>,
    pub(crate) verdicts: Vec<AddressVerdict>,
    pub(crate) sign_ins: Vec<SignIn>,
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) contributions: Vec<Contribution>,
    pub(crate) links: Vec<Link>,
    pub(crate) explanations: Vec<Explanation>,
    pub(crate) raids: Vec<Raid>,
    pub(crate) identities: Vec<Identity>,
    pub(crate) requests: Vec<Request>,
    pub(crate) clocks: Vec<ClockCheck>,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) subscribers: i64,
    pub(crate) unknown_fields: Vec<UnknownField>,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) refused: Vec<Refused>,
    pub(crate) datasets: Vec<DatasetLine>,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) validation: Vec<ValidationLine>,
    pub(crate) unsought: Unsought,
}

impl Sample {
    pub(crate) fn input(&self) -> NoteInput<'_> {
        NoteInput {
            case: &self.case,
            exhibits: &self.exhibits,
            accounts: &self.accounts,
            posts: &self.posts,
            addresses: &self.addresses,
            uses: self.uses,
            media: &self.media,
            mail_hops: &self.mail_hops,
            mail_verdicts: &self.mail_verdicts,
            mail_origins: &self.mail_origins,
            names: &self.names,
            verdicts: &self.verdicts,
            sign_ins: &self.sign_ins,
            comparisons: &self.comparisons,
            contributions: &self.contributions,
            links: &self.links,
            explanations: &self.explanations,
            raids: &self.raids,
            identities: &self.identities,
            requests: &self.requests,
            clocks: &self.clocks,
            signatures: &self.signatures,
            answers: &self.answers,
            subscribers: self.subscribers,
            unknown_fields: &self.unknown_fields,
            rejects: &self.rejects,
            refused: &self.refused,
            datasets: &self.datasets,
            settings: &self.settings,
            validation: &self.validation,
            unsought: self.unsought,
            tool_version: "0.1.0",
        }
    }
}

const NOT_RECORDED: Absent = Absent::NotRecorded;

pub(crate) fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).expect("a valid time")
}

fn line(n: u64) -> Place {
    Place::Line { number: n, byte: n * 120 }
}

/// The accounts: platform, id, handle, role.
const ACCOUNTS: [(&str, &str, &str, Role); 8] = [
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

fn post(n: u64, i: usize) -> Post {
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

fn exhibit(no: &str, name: &str, format: Maybe<String>, counts: [i64; 4]) -> ExhibitRow {
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
fn image(n: u64, i: usize) -> Media {
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

/// One family: value, low, high, cap.
type Part = Option<(f64, f64, f64, f64)>;

pub(crate) fn link(
    n: usize,
    a: usize,
    b: usize,
    parts: [Part; 4],
    total: [f64; 4],
    innocent: &[&str],
) -> Link {
    let [style, time, network, media] = parts;
    let known = |part: Part, pick: fn((f64, f64, f64, f64)) -> f64| {
        Maybe::or_absent(part.map(pick), Absent::TooLittle)
    };
    let [sum, low, high, cap] = total;
    let band = Band::of(if sum >= 0.0 { low.max(0.0) } else { high.min(0.0) });
    let rows: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.is_some())
        .map(|(i, _)| RowId::derived("cmp", n * 4 + i - 3).to_string())
        .collect();
    Link {
        id: RowId::derived("lnk", n),
        a: key(a),
        b: key(b),
        relation: Relation::SameHand,
        style: known(style, |p| p.0),
        style_low: known(style, |p| p.1),
        style_high: known(style, |p| p.2),
        style_cap: known(style, |p| p.3),
        time: known(time, |p| p.0),
        time_low: known(time, |p| p.1),
        time_high: known(time, |p| p.2),
        time_cap: known(time, |p| p.3),
        network: known(network, |p| p.0),
        network_low: known(network, |p| p.1),
        network_high: known(network, |p| p.2),
        network_cap: known(network, |p| p.3),
        media: known(media, |p| p.0),
        media_low: known(media, |p| p.1),
        media_high: known(media, |p| p.2),
        media_cap: known(media, |p| p.3),
        identifiers: Maybe::Missing(Absent::NotApplicable),
        identifiers_low: Maybe::Missing(Absent::NotApplicable),
        identifiers_high: Maybe::Missing(Absent::NotApplicable),
        identifiers_cap: Maybe::Missing(Absent::NotApplicable),
        objects: Maybe::Missing(Absent::NotApplicable),
        objects_low: Maybe::Missing(Absent::NotApplicable),
        objects_high: Maybe::Missing(Absent::NotApplicable),
        objects_cap: Maybe::Missing(Absent::NotApplicable),
        coordination: Maybe::Missing(Absent::NotApplicable),
        coordination_low: Maybe::Missing(Absent::NotApplicable),
        coordination_high: Maybe::Missing(Absent::NotApplicable),
        coordination_cap: Maybe::Missing(Absent::NotApplicable),
        total: sum,
        total_low: low,
        total_high: high,
        total_cap: cap,
        band_fr: band.fr().to_owned(),
        band_en: band.en().to_owned(),
        favours: Maybe::or_absent(band.favours().map(str::to_owned), Absent::NotApplicable),
        pairs_compared: 15,
        innocent: innocent.iter().map(ToString::to_string).collect(),
        rows,
    }
}

fn comparisons(links: &[Link]) -> Vec<Comparison> {
    let signals = [
        (Family::Style, "writing_style", 0.712, "words"),
        (Family::Time, "posting_times", 4.31, "active hours"),
        (Family::Network, "shared_address", 1.0, "accounts"),
        (Family::Media, "same_camera", 1.0, "accounts"),
    ];
    let mut out = Vec::new();
    for link in links {
        for id in &link.rows {
            let number: usize = id.trim_start_matches("cmp:").parse().expect("a number");
            let (family, signal, score, unit) = signals[(number - 1) % 4];
            let network = family == Family::Network;
            out.push(Comparison {
                id: id.parse().expect("an id"),
                a: link.a.clone(),
                b: link.b.clone(),
                signal: signal.to_owned(),
                family,
                score,
                material_a: 1250,
                material_b: 840,
                unit: unit.to_owned(),
                access: Maybe::or_absent(
                    network.then_some(AccessKind::AccessLine),
                    Absent::NotApplicable,
                ),
                shared: Maybe::or_absent(
                    network.then(|| "192.0.2.17".to_owned()),
                    Absent::NotApplicable,
                ),
                parts: match family {
                    Family::Style => {
                        ["char_impostors=1.2300", "lambda_g=0.4120"].map(Into::into).into()
                    }
                    Family::Time => {
                        ["hour_of_week=4.1000", "posting_gaps=0.8400"].map(Into::into).into()
                    }
                    _ => Vec::new(),
                },
                innocent: link.innocent.clone(),
                rows: vec![format!("posts?account={}", link.a)],
            });
        }
    }
    out
}

pub(crate) fn request(
    n: usize,
    head: Head,
    addressee: &str,
    on: usize,
    last_day: Option<&str>,
    minimal: bool,
) -> Request {
    Request {
        id: RowId::derived("req", n),
        hop: 1,
        addressee: addressee.to_owned(),
        head,
        account: Maybe::Known(key(on)),
        ip: Maybe::Missing(Absent::NotApplicable),
        port: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::Missing(Absent::NotApplicable),
        access: Maybe::Missing(Absent::NotApplicable),
        ground: Maybe::Known("222-33-2-2".into()),
        max_penalty: Maybe::Known(2.0),
        last_day: Maybe::or_absent(last_day.map(str::to_owned), Absent::NoData),
        expected: match head {
            Head::C1 => "subscriber_identity",
            Head::C2 => "subscription_data",
            Head::C3 => "connection_source",
        }
        .to_owned(),
        minimal,
        missing: if on == 4 { vec!["handle_only".into()] } else { Vec::new() },
        rows: vec![format!("posts?account={}", key(on))],
        key: format!("{head} {n}"),
        answered_by: Vec::new(),
    }
}

fn second_hop(
    n: usize,
    ip: &str,
    port: Option<i64>,
    access: AccessKind,
    expected: &str,
) -> Request {
    Request {
        hop: 2,
        account: Maybe::Missing(Absent::NotApplicable),
        ip: Maybe::Known(ip.to_owned()),
        port: Maybe::or_absent(port, NOT_RECORDED),
        at: Maybe::Known(at("2026-05-10T19:15:42Z")),
        access: Maybe::Known(access),
        expected: expected.to_owned(),
        missing: if port.is_none() { vec!["no_port".into()] } else { Vec::new() },
        ..request(n, Head::C1, "Opérateur d'Exemple SA", 0, Some("2027-05-09"), port.is_some())
    }
}

fn requests() -> Vec<Request> {
    let mut out = Vec::new();
    for (i, (addressee, on, day)) in [
        ("X Internet Unlimited Company", 0, "2026-12-03"),
        ("X Internet Unlimited Company", 1, "2026-12-03"),
        ("Telegram Messenger Inc.", 2, "2026-12-19"),
        ("Meta Platforms Ireland Ltd", 3, "2027-01-08"),
        ("Hébergeur du forum (à déterminer)", 4, "2026-11-02"),
    ]
    .into_iter()
    .enumerate()
    {
        out.push(request(3 * i + 1, Head::C1, addressee, on, None, true));
        out.push(request(3 * i + 2, Head::C2, addressee, on, None, i < 3));
        out.push(request(3 * i + 3, Head::C3, addressee, on, Some(day), i < 4));
    }
    out.push(second_hop(16, "192.0.2.17", Some(51_544), AccessKind::AccessLine, "line_subscriber"));
    out.push(second_hop(17, "198.51.100.9", None, AccessKind::Cgnat, "shared_by_many"));
    out.push(second_hop(18, "203.0.113.200", None, AccessKind::TorExit, "dead_end_tor"));
    out
}

fn links() -> Vec<Link> {
    vec![
        link(
            1,
            0,
            1,
            [
                Some((1.42, 1.02, 1.80, 2.0)),
                Some((0.61, 0.22, 0.95, 1.0)),
                Some((1.50, 1.10, 1.50, 1.5)),
                None,
            ],
            [3.53, 2.34, 4.25, 4.5],
            &["same_household", "reassigned_address"],
        ),
        link(
            2,
            0,
            2,
            [Some((1.10, 0.70, 1.52, 2.0)), Some((-0.35, -0.80, 0.10, 1.0)), None, None],
            [0.75, 0.32, 1.62, 3.0],
            &["copied_text"],
        ),
        link(
            3,
            1,
            2,
            [
                Some((0.95, 0.50, 1.40, 2.0)),
                Some((0.40, 0.05, 0.75, 1.0)),
                None,
                Some((1.2, 0.9, 1.2, 1.2)),
            ],
            [2.55, 1.45, 3.35, 4.2],
            &[],
        ),
        link(
            4,
            0,
            3,
            [Some((-1.30, -1.70, -0.90, 2.0)), None, None, None],
            [-1.30, -1.70, -0.90, 2.0],
            &["impersonation"],
        ),
        link(
            5,
            1,
            3,
            [Some((0.10, -0.40, 0.60, 2.0)), None, None, None],
            [0.10, -0.40, 0.60, 2.0],
            &["shared_site", "vpn_exit"],
        ),
        link(
            6,
            2,
            3,
            [Some((0.05, -0.45, 0.55, 2.0)), None, None, None],
            [0.05, -0.45, 0.55, 2.0],
            &[],
        ),
        link(
            7,
            3,
            5,
            [None, None, Some((0.70, 0.40, 0.70, 0.7)), None],
            [0.70, 0.40, 0.70, 0.7],
            &["shared_site"],
        ),
    ]
}

/// A common mail address, which adds a family to the link.
fn identifiers(link: &mut Link) {
    link.identifiers = Maybe::Known(0.5);
    link.identifiers_low = Maybe::Known(0.3);
    link.identifiers_high = Maybe::Known(0.7);
    link.identifiers_cap = Maybe::Known(1.0);
    (link.total, link.total_low, link.total_high, link.total_cap) = (4.03, 2.64, 4.95, 5.5);
    link.rows.push("cmp:111".to_owned());
}

fn rejects() -> Vec<Reject> {
    let new = |no: u32, n: u64, reason, excerpt: &[u8]| {
        Reject::new(ExhibitNo::top(no), line(n), reason, "a log line", excerpt)
    };
    let mut out: Vec<Reject> = (1..=7)
        .map(|n| {
            new(
                5,
                n * 31,
                RejectReason::Syntax,
                b"\x1b[31m192.0.2.1 - - [bad \"#panic(1)\" $x$ *b* @ref",
            )
        })
        .collect();
    out.push(new(5, 400, RejectReason::Truncated, b"192.0.2.4 - - [12/May/2026:10"));
    out.push(new(3, 12, RejectReason::Time, b"{\"date\": \"2026-02-30T00:00:00\"}"));
    out.extend((20..33).map(|n| new(3, n, RejectReason::SetAside, b"{\"type\": \"service\"}")));
    out
}

fn datasets() -> Vec<DatasetLine> {
    let new =
        |id: &str, title: &str, date: &str, days: Option<(i64, i64)>, gaps: &[&str]| DatasetLine {
            id: id.to_owned(),
            title: title.to_owned(),
            date: date.to_owned(),
            licence: "CC BY 4.0".to_owned(),
            credit: "Données d'exemple".to_owned(),
            sha256: "9f".repeat(32),
            covers: "adresses IPv4 et IPv6".to_owned(),
            days_min: days.map(|d| d.0),
            days_max: days.map(|d| d.1),
            gaps: gaps.iter().map(ToString::to_string).collect(),
        };
    vec![
        new(
            "tor-exits",
            "Relais de sortie Tor",
            "2026-03 à 2026-06",
            Some((0, 2)),
            &["53 périodes, 288 jours en tout"],
        ),
        new("dbip-country", "Pays des adresses", "2026-05-01", Some((0, 62)), &[]),
        new("vpn-ranges", "Plages de VPN commerciaux", "2026-02-11", Some((20, 140)), &[]),
        new("style-fr-ref", "Population de référence, français court", "2026-01-15", None, &[]),
    ]
}

fn validation() -> Vec<ValidationLine> {
    let tippett = |steep: f64| -> Vec<TippettPoint> {
        (-12..=12_i32)
            .map(|n| {
                let x = f64::from(n) / 4.0;
                let share = |at: f64| {
                    let t = (x - at) * steep;
                    0.5 - t / (2.0 * (1.0 + t * t).sqrt())
                };
                TippettPoint { log10_lr: x, same: share(1.0), different: share(-1.0) }
            })
            .collect()
    };
    let new = |signal: &str, condition: &str, unit: &str, material: i64, figures: [f64; 5]| {
        ValidationLine {
            signal: signal.to_owned(),
            condition: condition.to_owned(),
            corpus: "style-fr-ref".to_owned(),
            material,
            unit: unit.to_owned(),
            pairs_same: 88,
            pairs_diff: 7656,
            auc: Some(figures[0]),
            eer: figures[1],
            cllr: figures[2],
            cllr_min: figures[3],
            misleading_10: figures[4],
            misleading_100: 0.0021,
            floor: Some(-1.21),
            cap: Some(1.94),
            tippett: tippett(2.5),
        }
    };
    let mut out = Vec::new();
    for condition in ["", "small_population", "foreign_population"] {
        for words in [100, 140, 180, 250, 350, 500, 700, 1000] {
            let figures = [0.861, 0.22, 0.65, 0.62, 0.011];
            out.push(new("writing_style", condition, "words", words, figures));
        }
    }
    for signal in ["hour_of_week", "posting_times"] {
        for hours in [2, 4, 8, 15, 30, 60, 120] {
            let figures = [0.712, 0.31, 0.91, 0.88, 0.004];
            out.push(new(signal, "", "active hours", hours, figures));
        }
    }
    out
}

/// The case.
pub(crate) fn sample() -> Sample {
    let known = |text: &str| Maybe::Known(text.to_owned());
    let mut broken = exhibit("7", "capture(1).bin", Maybe::Missing(Absent::NoData), [0; 4]);
    broken.problem = known("no format is recognised");
    let mut partial = exhibit("9", "courriels.mbox", known("mbox"), [12, 12, 0, 0]);
    partial.problem = known("the file ends before its last message does");
    let mut links = links();
    let mut comparisons = comparisons(&links);
    comparisons.extend(raids::comparisons(&comparisons[0]));
    identifiers(&mut links[0]);
    links.extend(raids::links());
    let kinds = [
        ("192.0.2.17", Some(51_544), AccessKind::AccessLine),
        ("198.51.100.9", None, AccessKind::Cgnat),
        ("203.0.113.200", None, AccessKind::TorExit),
        ("2001:db8:4f3a:12::1", None, AccessKind::Vpn),
        ("192.0.2.80", Some(40_112), AccessKind::SharedSite),
    ];
    let addresses: Vec<Address> = (0..90)
        .map(|n| {
            let (ip, port, access) = kinds[(n % 5) as usize];
            address(n, (n % 4) as usize, ip, port, access)
        })
        .collect();
    let verdicts = verdicts(&addresses);
    Sample {
        case: CaseFacts {
            title: "Mme A. – messages de mars à juin 2026".into(),
            claimant: "Mme B.".into(),
            capacity: "en qualité de représentante légale de sa fille mineure A.".into(),
            access_place: "Nantes (44)".into(),
            as_of: "2026-11-21".parse().expect("a date"),
            mission: "dire, d'après les pièces, quels comptes peuvent être rapprochés, avec quelle force, et ce qu'il faut demander, à qui et avant quelle date".into(),
            journal: Some("4be1".repeat(16)),
        },
        exhibits: vec![
            exhibit("1", "archive-x.zip", known("archive"), [14, 12, 2, 0]),
            exhibit("1.1", "data/tweets.js", known("x-archive"), [812, 812, 0, 0]),
            exhibit("1.2", "data/ip-audit.js", known("x-archive"), [96, 96, 0, 0]),
            exhibit("2", "captures instagram.pdf", Maybe::Missing(Absent::NoData), [0; 4]),
            exhibit("3", "result.json", known("telegram-json"), [1422, 1408, 14, 13]),
            exhibit("4", "forum.sql", known("mapped-csv"), [20_411, 20_411, 0, 0]),
            exhibit("5", "access.log.1", known("access-log"), [81_220, 81_212, 8, 0]),
            exhibit("6", "IMG_2031.JPG", known("jpeg"), [1, 1, 0, 0]),
            broken,
            exhibit("8", "access (copie).log", Maybe::Missing(Absent::NotApplicable), [0; 4]),
            partial,
        ],
        accounts: (0..ACCOUNTS.len()).map(account).collect(),
        posts: (0..640).map(|n| post(n, (n % 7) as usize)).collect(),
        addresses,
        uses: 81_308,
        media: vec![image(1, 0), image(1, 1), image(2, 0)],
        mail_hops: Vec::new(),
        mail_verdicts: mails::verdicts(),
        mail_origins: mails::origins(),
        names: Vec::new(),
        verdicts,
        sign_ins: sign_ins(),
        comparisons,
        contributions: contributions::contributions(),
        explanations: explained::explanations(&links),
        raids: raids::raids(),
        identities: vec![Identity {
            id: RowId::derived("idt", 1),
            members: vec![key(0).to_string(), key(1).to_string(), key(2).to_string()],
            weakest_link: RowId::derived("lnk", 2),
            weakest: 0.75,
            cohesion: 1.65,
            would_split: vec!["one_link".into(), "without_style".into(), "innocent_open".into()],
            rows: vec!["lnk:1".into(), "lnk:2".into(), "lnk:3".into()],
        }],
        links,
        requests: requests(),
        clocks: clocks(),
        signatures: signatures(),
        answers: answers(),
        subscribers: 7,
        unknown_fields: unknown_fields(),
        rejects: rejects(),
        refused: vec![
            Refused {
                archive: Some(ExhibitNo::top(1)),
                member: "../../etc/passwd".into(),
                reason: "the name leaves the archive".into(),
            },
            Refused {
                archive: None,
                member: "captures/latest".into(),
                reason: "a symbolic link is not followed".into(),
            },
        ],
        datasets: datasets(),
        settings: vec![
            ("case.zone".into(), "Europe/Paris".into()),
            ("weigh.cluster_floor".into(), "0,30".into()),
            ("enrich.overlay_sha256".into(), "a1".repeat(32)),
        ],
        unsought: Unsought::default(),
        validation: validation(),
    }
}
