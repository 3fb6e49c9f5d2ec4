//! A small made case: two accounts that share an address, a threat, a claimant.

mod derived;

use std::path::Path;
use std::sync::Arc;

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection, Contribution,
    CoordinationGroup, Device, ExhibitRow, MailHop, MailOrigin, MailVerdict, Media, MediaField,
    Name, Post, Raid, Reject, SignIn, Signature, Subscriber, UnknownField,
};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, Decision, ExhibitNo, Listing, Maybe, Moment,
    Place, Precision, RejectReason, Review, Role, RowId, ZoneSource,
};
use faisceau_query::{ExtraTable, Session, View};
use faisceau_tables::write;
use tempfile::TempDir;

const NONE: Absent = Absent::NotRecorded;

/// The case in a folder that lives as long as the first part.
pub(crate) fn case() -> (TempDir, Session) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    tables(folder.path());
    let mut session = Session::open(folder.path(), View::ALL).expect("a session");
    session.register(&reviews()).expect("registered");
    (folder, session)
}

pub(crate) fn account(name: &str) -> AccountKey {
    let (platform, handle) = name.split_once(':').expect("platform:handle");
    AccountKey::by_handle(platform, handle)
}

fn exhibit() -> ExhibitNo {
    ExhibitNo::top(1)
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).expect("an instant")
}

fn line(number: u64) -> Place {
    Place::Line { number, byte: number * 100 }
}

pub(crate) fn row_id(prefix: &str, number: u64) -> RowId {
    RowId::at(prefix, exhibit(), &line(number), 0)
}

macro_rules! empty {
    ($folder:expr, $($row:ty),+) => { $( write::<$row>($folder, Vec::new()).expect("a table"); )+ };
}

fn tables(folder: &Path) {
    write(folder, exhibits()).expect("a table");
    write(folder, accounts()).expect("a table");
    write(folder, posts()).expect("a table");
    write(folder, connections()).expect("a table");
    write(folder, addresses()).expect("a table");
    write(folder, media()).expect("a table");
    write(folder, media_fields()).expect("a table");
    write(folder, rejects()).expect("a table");
    derived::tables(folder);
    empty!(
        folder,
        MailHop,
        MailVerdict,
        MailOrigin,
        Name,
        Device,
        Subscriber,
        Signature,
        AddressVerdict,
        SignIn,
        ClockCheck,
        Comparison,
        Contribution,
        CoordinationGroup,
        Raid,
        Answer,
        UnknownField
    );
}

fn exhibits() -> Vec<ExhibitRow> {
    vec![ExhibitRow {
        exhibit: exhibit(),
        sha256: "ab".repeat(32),
        name: "forum.csv".to_owned(),
        bytes: 4_096,
        parent: Maybe::Missing(Absent::NotApplicable),
        format: Maybe::Known("forum-csv".to_owned()),
        records: 14,
        read: 12,
        rejected: 2,
        set_aside: 0,
        first: Maybe::Known(at("2026-03-01T08:00:00Z")),
        last: Maybe::Known(at("2026-03-04T23:30:00Z")),
        problem: Maybe::Missing(Absent::NotApplicable),
    }]
}

fn accounts() -> Vec<Account> {
    let all = [
        ("forum:corbeau", Role::Examined),
        ("forum:ombre", Role::Examined),
        ("forum:merle", Role::Examined),
        ("forum:victime", Role::Claimant),
    ];
    (1..)
        .zip(all)
        .map(|(number, (name, role))| {
            let mut row = Account::new(exhibit(), &line(number), 0, account(name));
            row.role = role;
            row
        })
        .collect()
}

fn posts() -> Vec<Post> {
    let all = [
        ("forum:corbeau", "2026-03-02T21:10:00Z", "t1", "Je sais où tu habites", "@victime"),
        ("forum:ombre", "2026-03-02T21:14:30Z", "t1", "Elle devrait avoir peur", "@victime"),
        ("forum:corbeau", "2026-03-03T22:05:00Z", "t1", "=HYPERLINK(\"x\")\u{1b}[31m", "@victime"),
        ("forum:merle", "2026-03-03T09:00:00Z", "t2", "Belle journée à tous", "@tous"),
        ("forum:victime", "2026-03-03T10:00:00Z", "t1", "Laissez-moi tranquille", "@corbeau"),
        ("forum:ombre", "2026-03-04T23:30:00Z", "t3", "Dernier avertissement", "@victime"),
    ];
    let mut posts: Vec<Post> = (10..)
        .zip(all)
        .map(|(number, (name, when, thread, text, target))| {
            let mut row = Post::new(exhibit(), &line(number), 0, account(name));
            row.at = Maybe::Known(at(when));
            row.thread = Maybe::Known(thread.to_owned());
            row.text = Maybe::Known(text.to_owned());
            row.target = Maybe::Known(target.to_owned());
            row
        })
        .collect();
    // A message of which only the day is known, and one of which no time is.
    let mut day = Post::new(exhibit(), &line(20), 0, account("forum:corbeau"));
    let midnight = at("2026-03-01T00:00:00Z").at_us();
    day.at =
        Moment::new(midnight, Precision::Day, ZoneSource::Assumed).map_or(day.at, Maybe::Known);
    day.text = Maybe::Known("Un message d'archive".to_owned());
    posts.push(day);
    let mut unknown = Post::new(exhibit(), &line(21), 0, account("forum:ombre"));
    unknown.text = Maybe::Missing(Absent::Deleted);
    posts.push(unknown);
    posts
}

const USES: [(Option<&str>, &str, &str, Option<i64>); 8] = [
    (Some("forum:corbeau"), "2026-03-01T08:00:00Z", "198.51.100.7", Some(40_001)),
    (Some("forum:ombre"), "2026-03-01T09:30:00Z", "198.51.100.7", Some(40_002)),
    (Some("forum:merle"), "2026-03-03T08:59:00Z", "203.0.113.9", None),
    (Some("forum:corbeau"), "2026-03-02T21:09:00Z", "198.51.100.7", Some(40_003)),
    (Some("forum:ombre"), "2026-03-02T21:12:00Z", "192.0.2.44", None),
    (Some("forum:merle"), "2026-03-04T12:00:00Z", "192.0.2.44", Some(40_005)),
    (None, "2026-03-04T12:30:00Z", "192.0.2.45", None),
    (Some("forum:victime"), "2026-03-03T09:55:00Z", "203.0.113.20", Some(40_006)),
];

fn connections() -> Vec<Connection> {
    (30..)
        .zip(USES)
        .map(|(number, (name, when, ip, port))| {
            let mut row = Connection::new(exhibit(), &line(number), 0, ip.to_owned(), "forum");
            row.account = Maybe::or_absent(name.map(account), NONE);
            row.at = Maybe::Known(at(when));
            row.port = Maybe::or_absent(port, NONE);
            row
        })
        .collect()
}

fn addresses() -> Vec<Address> {
    let source: Arc<str> = Arc::from("as-names@2026-03-01");
    (30..)
        .zip(USES)
        .map(|(number, (name, when, ip, port))| {
            let vpn = ip == "192.0.2.44";
            Address {
                id: row_id("adr", number),
                exhibit: exhibit(),
                place: line(number),
                connection: row_id("con", number),
                account: Maybe::or_absent(name.map(account), NONE),
                ip: ip.to_owned(),
                port: Maybe::or_absent(port, NONE),
                via: Maybe::Missing(Absent::NotApplicable),
                at: Maybe::Known(at(when)),
                scope: AddressScope::Global,
                country: Maybe::Known(Arc::from("FR")),
                country_source: Maybe::Known(source.clone()),
                country_days: Maybe::Known(0),
                asn: Maybe::Known(64_500),
                operator: Maybe::Known(Arc::from(if vpn { "Tunnel SA" } else { "Ligne SA" })),
                operator_source: Maybe::Known(source.clone()),
                operator_days: Maybe::Known(1),
                tor: Listing::NotListed,
                tor_source: Maybe::Missing(Absent::NoData),
                tor_days: Maybe::Missing(Absent::NoData),
                vpn: if vpn { Listing::Listed } else { Listing::NotListed },
                vpn_source: Maybe::Known(source.clone()),
                vpn_days: Maybe::Known(2),
                hosting: Listing::NoData,
                hosting_source: Maybe::Missing(Absent::NoData),
                hosting_days: Maybe::Missing(Absent::NoData),
                relay: Listing::NoData,
                relay_source: Maybe::Missing(Absent::NoData),
                relay_days: Maybe::Missing(Absent::NoData),
                access: if vpn { AccessKind::Vpn } else { AccessKind::AccessLine },
                access_basis: Arc::from("rule"),
                declared: false,
            }
        })
        .collect()
}

fn media() -> Vec<Media> {
    let all = [("forum:corbeau", "a.jpg", true), ("forum:ombre", "b.jpg", false)];
    (40..)
        .zip(all)
        .map(|(number, (name, file, protected))| {
            let mut row = Media::new(exhibit(), &line(number), 0, "cd".repeat(32), "image/jpeg");
            file.clone_into(&mut row.name);
            row.account = Maybe::Known(account(name));
            row.latitude = Maybe::Known(48.85);
            row.longitude = Maybe::Known(2.35);
            row.position_protected = protected;
            row.taken = Maybe::Known(at("2026-03-01T15:00:00+01:00"));
            row
        })
        .collect()
}

fn media_fields() -> Vec<MediaField> {
    let names = ["GPSLatitude", "GPSLongitude", "LocationCreated", "Model"];
    [40, 41]
        .into_iter()
        .flat_map(|number| names.into_iter().map(move |name| (number, name)))
        .map(|(number, name)| MediaField {
            id: row_id("mfd", number),
            exhibit: exhibit(),
            place: line(number),
            media: row_id("med", number),
            group: "EXIF".to_owned(),
            name: name.to_owned(),
            value: "48.85".to_owned(),
            byte: 12,
            length: 5,
        })
        .collect()
}

fn rejects() -> Vec<Reject> {
    let reject = |number, reason| {
        Reject::new(exhibit(), line(number), reason, "a time was expected", b"x;y")
    };
    vec![reject(50, RejectReason::Time), reject(51, RejectReason::Syntax)]
}

fn reviews() -> ExtraTable {
    ExtraTable::reviews(&[Review {
        a: account("forum:corbeau"),
        b: account("forum:merle"),
        decision: Decision::Dismiss,
        because: "Un café partagé".to_owned(),
        who: "Me Durand".to_owned(),
        at: "2026-03-10T10:00:00Z".to_owned(),
        seq: 17,
        figures: String::new(),
        earlier: 0,
    }])
}
