//! The whole call, on small planted cases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use faisceau_model::rows::{Account, Address, Comparison, Device, Media, Post};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place,
    PostKind, RowId,
};
use faisceau_signals::{Material, Pairs, Reference, SplitMix64, compare, compare_counted};

const AUTHORS: &[u8] = include_bytes!("../../../datasets/reference/authors.jsonl.zst");
const FUSION: &[u8] = include_bytes!("../../../datasets/reference/fusion.json");
const HOURS: &[u8] = include_bytes!("../../../datasets/reference/hours.json");

#[derive(Default)]
struct Case {
    accounts: Vec<Account>,
    devices: Vec<Device>,
    posts: Vec<Post>,
    addresses: Vec<Address>,
    media: Vec<Media>,
}

fn key(name: &str) -> AccountKey {
    AccountKey::by_id("x", name)
}

fn none<T>() -> Maybe<T> {
    Maybe::Missing(Absent::NotRecorded)
}

fn at(seconds: i64) -> Maybe<Moment> {
    Maybe::Known(Moment::from_unix_seconds(seconds).unwrap())
}

impl Case {
    fn post(&mut self, account: &str, seconds: i64, text: &str) {
        let place = Place::Line { number: self.posts.len() as u64 + 1, byte: 0 };
        self.posts.push(Post {
            at: at(seconds),
            text: Maybe::Known(text.to_owned()),
            ..Post::new(ExhibitNo::top(1), &place, 0, key(account))
        });
    }

    fn address(&mut self, account: &str, ip: &str, seconds: i64, access: AccessKind) {
        let place = Place::Line { number: self.addresses.len() as u64 + 1, byte: 0 };
        self.addresses.push(Address {
            id: RowId::at("adr", ExhibitNo::top(2), &place, 0),
            exhibit: ExhibitNo::top(2),
            connection: RowId::at("con", ExhibitNo::top(2), &place, 0),
            place,
            account: Maybe::Known(key(account)),
            ip: ip.to_owned(),
            port: none(),
            via: none(),
            at: at(seconds),
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
            access,
            access_basis: Arc::from("test"),
            declared: false,
        });
    }

    fn image(&mut self, account: &str, sha256: &str, serial: &str) {
        let place = Place::Bytes { start: self.media.len() as u64, len: 1 };
        self.media.push(Media {
            name: "a.jpg".to_owned(),
            make: Maybe::Known("Maker".to_owned()),
            model: Maybe::Known("M1".to_owned()),
            body_serial: Maybe::text(serial, Absent::NotRecorded),
            account: Maybe::Known(key(account)),
            ..Media::new(ExhibitNo::top(3), &place, 0, sha256.to_owned(), "image/jpeg")
        });
    }

    fn compare(&self, accounts: &[&str], reference: &Reference) -> Vec<Comparison> {
        let accounts: Vec<AccountKey> = accounts.iter().map(|name| key(name)).collect();
        compare(&Material {
            account_rows: &self.accounts,
            devices: &self.devices,
            accounts: &accounts,
            posts: &self.posts,
            addresses: &self.addresses,
            media: &self.media,
            reference,
        })
    }
}

fn reference() -> Reference {
    Reference::parse(&zstd::decode_all(AUTHORS).unwrap(), HOURS, FUSION).unwrap()
}

/// Fifteen blog readers, the first of them under two accounts.
fn blog(reference: &Reference) -> (Case, Vec<String>) {
    let mut case = Case::default();
    let mut names = Vec::new();
    let readers = reference.authors().iter().filter(|author| author.source == "blog");
    let long = |half: &[String]| half.iter().map(|t| t.split(' ').count()).sum::<usize>() > 420;
    for (number, author) in
        readers.filter(|a| a.halves.iter().all(|h| long(h))).take(15).enumerate()
    {
        for (half, texts) in author.halves.iter().enumerate().take(if number == 0 { 2 } else { 1 })
        {
            names.push(format!("{number:02}{}", ["a", "b"][half]));
            for (at, text) in texts.iter().enumerate() {
                case.post(&names[names.len() - 1], at as i64 * 100_000, text);
            }
        }
    }
    (case, names)
}

#[test]
fn one_hand_stands_out_and_order_and_threads_do_not_matter() {
    let reference = reference();
    let (mut case, names) = blog(&reference);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = case.compare(&names, &reference);
    let style: Vec<&Comparison> = found.iter().filter(|c| c.signal == "writing_style").collect();
    assert_eq!(style.len(), names.len() * (names.len() - 1) / 2);
    let best = style.iter().max_by(|one, other| one.score.total_cmp(&other.score)).unwrap();
    assert_eq!((best.a.native(), best.b.native()), ("00a", "00b"), "{best:?}");
    assert_eq!((best.material_a, best.unit.as_str()), (500, "words"));
    assert!(!best.innocent.contains(&"foreign_population".to_owned()));

    case.posts.reverse();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = pool.install(|| case.compare(&names, &reference));
    assert_eq!(found, again);
    assert_eq!(found[0].id.as_str(), "cmp:1");
}

#[test]
fn two_accounts_alone_get_rivals_from_elsewhere_and_little_text_gets_nothing() {
    let reference = reference();
    let (mut case, _) = blog(&reference);
    case.posts.retain(|post| post.account.native().starts_with("00"));
    case.post("02", 0, "trop court pour dire quoi que ce soit");
    let found = case.compare(&["00a", "00b", "02"], &reference);
    let style: Vec<&Comparison> = found.iter().filter(|c| c.signal == "writing_style").collect();
    assert_eq!(style.len(), 1);
    assert_eq!(style[0].innocent, ["foreign_population", "same_client"]);
    let empty = case.compare(&["00a", "00b"], &Reference::empty());
    assert!(empty.iter().all(|c| c.signal != "writing_style"));
}

#[test]
fn only_languages_of_the_reference_are_compared() {
    let reference = reference();
    let styles = |language: Option<&str>, text: &dyn Fn(usize) -> String| {
        let mut case = Case::default();
        // Enough others for rivals of the case itself.
        let names: Vec<String> = (0..16).map(|n| format!("{n:02}")).collect();
        for (number, name) in names.iter().enumerate() {
            for at in 0..30 {
                case.post(name, at, &text(number * 100 + at as usize));
            }
        }
        for post in &mut case.posts {
            post.lang = Maybe::or_absent(language.map(str::to_owned), Absent::NotRecorded);
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = case.compare(&names, &reference);
        found.iter().filter(|c| c.signal == "writing_style").count()
    };
    let french = |n: usize| format!("je ne vous dis pas que mot{n} est dans la tête");
    let german = |n: usize| format!("ich sage nicht dass wort{n} auch für die anderen ist");
    let none = |n: usize| format!("lol mdr xx{n} zz{n} kk wq brr zut hop pfff grr");
    assert!(styles(None, &french) > 0);
    assert_eq!(styles(None, &german), 0);
    assert_eq!(styles(None, &none), 0);
    assert_eq!(styles(Some("und"), &none), 0);
    assert_eq!(styles(Some("tr"), &none), 0);
    assert!(styles(Some("fr"), &none) > 0);
}

#[test]
fn copied_lines_and_forwarded_posts_are_not_compared() {
    let reference = reference();
    let mut case = Case::default();
    let copied = "voici un texte que tout le monde recopie sans en changer un seul mot, et il est \
        long, pour que la copie compte dans la mesure";
    for at in 0..10 {
        case.post("a", at, copied);
        case.post("b", at, copied);
    }
    assert!(case.compare(&["a", "b"], &reference).is_empty());
    let (blog, _) = blog(&reference);
    for post in blog.posts.iter().filter(|post| post.account.native().starts_with("00")) {
        let name = if post.account.native() == "00a" { "a" } else { "b" };
        let Maybe::Known(text) = &post.text else { continue };
        case.post(name, 100, text);
    }
    let found = case.compare(&["a", "b"], &reference);
    assert_eq!(found[0].innocent, ["copied_text", "foreign_population", "same_client"]);
    for post in &mut case.posts {
        post.kind = PostKind::Forwarded;
    }
    assert!(case.compare(&["a", "b"], &reference).iter().all(|c| c.signal != "writing_style"));
}

#[test]
fn hours_need_two_and_a_trusted_clock() {
    let mut case = Case::default();
    for day in 0..20 {
        case.post("owl", day * 86_400 + 2 * 3600 + 100, "a");
        case.post("owl2", (day + 3) * 86_400 + 2 * 3600 + 1700, "b");
        case.post("lark", day * 86_400 + 9 * 3600 + 50, "c");
        if day < 1 {
            case.post("rare", day * 86_400 + 2 * 3600 + 7, "d");
        }
    }
    let names = ["lark", "owl", "owl2", "rare"];
    let found = case.compare(&names, &Reference::empty());
    let pairs: Vec<(&str, &str)> = found.iter().map(|c| (c.a.native(), c.b.native())).collect();
    assert_eq!(pairs, [("lark", "owl"), ("lark", "owl2"), ("owl", "owl2")]);
    assert!(found[2].score > 1.0 && found[0].score < -1.0);
    assert_eq!((found[0].material_a, found[0].unit.as_str()), (20, "active hours"));
    for post in &mut case.posts {
        let Maybe::Known(moment) = post.at else { continue };
        let assumed = faisceau_model::ZoneSource::Assumed;
        post.at = Maybe::Known(Moment::new(moment.at_us(), moment.precision(), assumed).unwrap());
    }
    assert!(case.compare(&names, &Reference::empty()).is_empty());
}

#[test]
fn gaps_need_minutes_and_a_population_of_the_platform() {
    let mut case = Case::default();
    // Five who write in bursts, five who write at long intervals, all in the same hours.
    for person in 0..10 {
        let (name, step) = (format!("p{person}"), if person < 5 { 40 } else { 1200 });
        for day in 0..12 {
            for n in 0..3 {
                let second = day * 86_400 + 20 * 3600 + person * 7 + n * step;
                case.post(&name, second, &format!("{day} {n}"));
            }
        }
    }
    let names = ["p0", "p1", "p9"];
    let found = case.compare(&names, &Reference::empty());
    let of = |signal: &str| -> Vec<(String, f64, i64, String)> {
        let own = found.iter().filter(|c| c.signal == signal);
        let pair = |c: &Comparison| format!("{} {}", c.a.native(), c.b.native());
        own.map(|c| (pair(c), c.score, c.material_a, c.unit.clone())).collect()
    };
    let both = of("posting_times");
    assert_eq!(both.len(), 3);
    assert_eq!((both[0].0.as_str(), both[0].3.as_str()), ("p0 p1", "active hours"));
    let parts: Vec<Vec<f64>> = found
        .iter()
        .filter(|c| c.signal == "posting_times")
        .map(|c| c.parts.iter().map(|p| p.split_once('=').unwrap().1.parse().unwrap()).collect())
        .collect();
    // Hours, then gaps, of which a quarter counts.
    for (both, parts) in both.iter().zip(&parts) {
        assert!((parts[0] + parts[1] / 4.0 - both.1).abs() < 1e-3, "{both:?} {parts:?}");
    }
    assert!(parts[0][1] > 0.0 && parts[1][1] < 0.0, "{parts:?}");
    // Nine accounts do not say what is usual; a message seen twice is one message.
    let mut twice = Case { posts: case.posts.clone(), ..Case::default() };
    twice.posts.extend(case.posts.iter().cloned());
    assert_eq!(twice.compare(&names, &Reference::empty()), found);
    case.posts.retain(|post| post.account != key("p4"));
    let fewer = case.compare(&names, &Reference::empty());
    assert!(fewer.iter().all(|c| c.signal == "hour_of_week") && fewer.len() == 3);
}

#[test]
fn hands_that_are_never_in_two_places_are_said_with_their_counts() {
    let mut case = Case::default();
    let mut chance = SplitMix64::new(1);
    for day in 0..7 * 30 {
        // Each minute of the hour is the one account's, the other's, or nobody's.
        for (n, minute) in chance.sample(60, 24).into_iter().enumerate() {
            let account = if chance.below(2) == 0 { "a" } else { "b" };
            let second = day * 86_400 + 20 * 3600 + minute as i64 * 60 + 3;
            case.post(account, second, &format!("{day} {n}"));
        }
    }
    let found = case.compare(&["a", "b"], &Reference::empty());
    let hands = found.iter().find(|c| c.signal == "shared_hands").unwrap();
    assert!(hands.score > 3.0 && hands.material_a >= 3, "{hands:?}");
    let said = hands.shared.known().unwrap();
    assert!(said.starts_with("common minutes 0, expected "), "{said}");
    assert_eq!(hands.innocent, ["common_schedule"]);
}

#[test]
fn a_shared_address_carries_its_kind_rarity_and_explanations() {
    let day = 86_400;
    let mut case = Case::default();
    case.address("a", "92.0.2.1", 0, AccessKind::AccessLine);
    case.address("b", "92.0.2.1", 3600, AccessKind::AccessLine);
    case.address("c", "92.0.2.1", 40 * day, AccessKind::AccessLine);
    case.address("a", "2a01:db8:1:2::1", 0, AccessKind::Cgnat);
    case.address("c", "2a01:db8:1:2:ffff::2", 9 * day, AccessKind::AccessLine);
    case.address("third", "92.0.2.77", day, AccessKind::AccessLine);
    let found = case.compare(&["a", "b", "c"], &Reference::empty());
    let brief: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|c| (c.a.native(), c.b.native(), c.shared.known().unwrap().as_str()))
        .collect();
    assert_eq!(
        brief,
        [
            ("a", "b", "92.0.2.1"),
            ("a", "c", "2a01:db8:1:2::/64"),
            ("a", "c", "92.0.2.1"),
            ("b", "c", "92.0.2.1"),
        ]
    );
    assert_eq!(found[0].innocent, ["same_household"]);
    assert_eq!(found[0].access, Maybe::Known(AccessKind::AccessLine));
    assert_eq!(found[0].rows[0], "adr:2:l1@0");
    assert!(found[0].rows.contains(&"addresses?account=x:a&ip=92.0.2.1".to_owned()));
    // The weaker of both kinds, and nine days apart.
    assert_eq!(found[1].access, Maybe::Known(AccessKind::Cgnat));
    assert_eq!(found[1].innocent, ["carrier_nat", "reassigned_address"]);
    // In the window of a and b there is `third` and the use of c of the /64, but not the address.
    assert_eq!(found[0].material_a, 2);
    assert!((found[0].score - libm::log10(6.0)).abs() < 1e-12, "{}", found[0].score);
    // Everybody else in the window of a and c holds it or not: b does, `third` does not.
    assert!((found[2].score - libm::log10(2.0)).abs() < 1e-12, "{}", found[2].score);
}

#[test]
fn a_forged_header_binds_nobody() {
    let mut case = Case::default();
    case.address("a", "92.0.2.1", 0, AccessKind::AccessLine);
    case.address("b", "92.0.2.1", 3600, AccessKind::AccessLine);
    assert_eq!(case.compare(&["a", "b"], &Reference::empty()).len(), 1);
    case.addresses[1].declared = true;
    assert!(case.compare(&["a", "b"], &Reference::empty()).is_empty());
    // Nor does it make an address look rarer or commoner.
    case.address("b", "92.0.2.1", 3600, AccessKind::AccessLine);
    let seen = case.compare(&["a", "b"], &Reference::empty());
    case.address("third", "92.0.2.9", 3600, AccessKind::AccessLine);
    case.addresses[3].declared = true;
    assert_eq!(case.compare(&["a", "b"], &Reference::empty()), seen);
}

#[test]
fn the_posts_that_tell_the_account_of_an_image_are_cited() {
    let mut case = Case::default();
    case.image("a", "p1", "0001234");
    case.image("b", "p1", "0001234");
    case.media[1].posted_in = vec!["post:1:l9@0".to_owned()];
    let found = case.compare(&["a", "b"], &Reference::empty());
    assert_eq!(found[0].signal, "same_image");
    assert_eq!(found[0].rows, ["med:3:b0+1", "med:3:b1+1", "post:1:l9@0"]);
}

#[test]
fn pictures_and_cameras_are_told_apart() {
    let mut case = Case::default();
    case.image("a", "p1", "0001234");
    case.image("b", "p1", "0001234");
    case.image("c", "p2", "0001234");
    case.image("d", "p3", "0000000");
    case.image("e", "p4", "0000000");
    let found = case.compare(&["a", "b", "c", "d", "e"], &Reference::empty());
    let (models, found): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|comparison| comparison.signal == "same_device");
    // All have one model: everybody but the pair itself that shares a picture, and weighing little.
    assert_eq!(models.len(), 9);
    assert!(models.iter().all(|comparison| comparison.score < 0.3), "{models:?}");
    let brief: Vec<(&str, &str, &str)> =
        found.iter().map(|c| (c.a.native(), c.b.native(), c.signal.as_str())).collect();
    // The camera of the copy says nothing of a and b; a filler is no serial number.
    assert_eq!(
        brief,
        [("a", "b", "same_image"), ("a", "c", "same_camera"), ("b", "c", "same_camera")]
    );
    assert_eq!(found[0].innocent, ["copied_image"]);
}

#[test]
fn a_document_is_told_from_a_filler_and_from_its_copy() {
    let mut case = Case::default();
    let id = "xmp.did:9c1f2d3e-4b5a-6978-8796-a5b4c3d2e1f0";
    for (account, picture, document, original) in [
        ("a", "p1", id, ""),
        ("b", "p2", "xmp.did:0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", id),
        ("c", "p1", id, ""),
        ("d", "p3", "xmp.did:0000000000000000", ""),
        ("e", "p4", "xmp.did:0000000000000000", ""),
    ] {
        case.image(account, picture, "0");
        let image = case.media.last_mut().unwrap();
        image.document_id = Maybe::text(document, Absent::NotExported);
        image.original_document_id = Maybe::text(original, Absent::NotExported);
    }
    let found = case.compare(&["a", "b", "c", "d", "e"], &Reference::empty());
    let documents = found.iter().filter(|comparison| comparison.signal == "same_document");
    let brief: Vec<_> = documents.map(|c| (c.a.native(), c.b.native(), c.shared.clone())).collect();
    let shared = || Maybe::Known(id.to_owned());
    assert_eq!(brief, [("a", "b", shared()), ("b", "c", shared())]);
}

#[test]
fn copies_that_are_not_the_same_file_are_found() {
    let bytes = |quality: u8| {
        let picture = image::RgbImage::from_fn(96, 64, |x, y| {
            let wave = |n: u32| u8::try_from((n * 7 + x * y / 9) % 251).unwrap();
            image::Rgb([wave(x), wave(y * 3), wave(x + y)])
        });
        let mut out = std::io::Cursor::new(Vec::new());
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality);
        picture.write_with_encoder(encoder).unwrap();
        out.into_inner()
    };
    let look = |quality| {
        faisceau_media::alike::look(&bytes(quality), 1, &faisceau_media::alike::Limits::default())
    };
    let mut case = Case::default();
    for (account, picture, quality) in [("a", "p1", 90), ("b", "p2", 40), ("c", "p1", 90)] {
        case.image(account, picture, "0");
        let image = case.media.last_mut().unwrap();
        image.look = Maybe::Known(look(quality).unwrap().to_string());
        // The copies keep the camera of their source, which says nothing of who posted them.
        image.body_serial = Maybe::Known("0042107".to_owned());
    }
    let found = case.compare(&["a", "b", "c"], &Reference::empty());
    let brief: Vec<_> =
        found.iter().map(|c| (c.a.native(), c.b.native(), c.signal.as_str())).collect();
    assert_eq!(
        brief,
        [("a", "b", "near_image"), ("a", "c", "same_image"), ("b", "c", "near_image")]
    );
    assert_eq!(found[0].innocent, ["common_image", "copied_image", "same_scene"]);
}

#[test]
fn the_most_sold_telephone_says_little_however_rare_it_is_in_the_case() {
    let mut case = Case::default();
    for (account, make) in [("a", "Apple"), ("b", "Apple"), ("c", "Lumica"), ("d", "Lumica")] {
        case.image(account, account, "0");
        case.media.last_mut().unwrap().make = Maybe::Known(make.to_owned());
    }
    // Twenty others have other devices.
    for n in 0..20 {
        case.image(&format!("other{n}"), &format!("other{n}"), "0");
        case.media.last_mut().unwrap().make = Maybe::Known(format!("Maker {n}"));
    }
    let found = case.compare(&["a", "b", "c", "d"], &Reference::empty());
    let scores: Vec<(&str, f64)> = found.iter().map(|c| (c.a.native(), c.score)).collect();
    let [("a", apple), ("c", other)] = scores[..] else { panic!("{scores:?}") };
    assert!((apple - 0.456).abs() < 0.001, "{apple}");
    assert!(other > 1.3, "{other}");
}

#[test]
fn what_was_too_crowded_to_look_at_is_counted() {
    let mut case = Case::default();
    let names: Vec<String> = (0..203).map(|n| format!("{n:03}")).collect();
    for name in &names {
        case.post(name, 0, "https://un.example/page");
    }
    let accounts: Vec<AccountKey> = names.iter().map(|name| AccountKey::by_id("x", name)).collect();
    let material = Material {
        account_rows: &[],
        devices: &[],
        accounts: &accounts,
        posts: &case.posts,
        addresses: &[],
        media: &[],
        reference: &Reference::empty(),
    };
    let counted = compare_counted(&material, Pairs::All);
    assert_eq!(counted.crowded_minutes, 1);
    assert_eq!((counted.objects.objects, counted.objects.narrowed), (1, 0));
    assert_eq!(counted.comparisons, compare(&material));
}
