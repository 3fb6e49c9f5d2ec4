//! Explanations of small planted cases.

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Comparison, Connection, Explanation, Identity, Link, Media,
    Post,
};
use faisceau_model::{
    Absent, AccessKind, Family, Listing, Maybe, Moment, PostKind, Question, Relation, Role, RowId,
    Standing,
};
use proptest::prelude::*;

use super::{EXPLANATION_COUNTS, ExplanationInput, counts_of, explanations};
use crate::requests::planted::{account, address, key, link, media, post, shuffle};

#[derive(Default, Clone)]
struct Case {
    links: Vec<Link>,
    comparisons: Vec<Comparison>,
    posts: Vec<Post>,
    addresses: Vec<Address>,
    verdicts: Vec<AddressVerdict>,
    connections: Vec<Connection>,
    accounts: Vec<Account>,
    media: Vec<Media>,
    identities: Vec<Identity>,
}

impl Case {
    fn explanations(&self) -> Vec<Explanation> {
        explanations(&ExplanationInput {
            links: &self.links,
            comparisons: &self.comparisons,
            posts: &self.posts,
            addresses: &self.addresses,
            verdicts: &self.verdicts,
            connections: &self.connections,
            accounts: &self.accounts,
            media: &self.media,
            identities: &self.identities,
        })
    }

    /// The one explanation with this code.
    fn found(&self, code: &str) -> Explanation {
        let mut found = self.explanations();
        found.retain(|row| row.code == code);
        assert_eq!(found.len(), 1, "{code}");
        found.remove(0)
    }

    fn standing(&self, code: &str) -> Standing {
        self.found(code).standing
    }

    /// A use of an address with a user agent.
    fn used(
        &mut self,
        n: u64,
        who: &str,
        when: &str,
        port: Option<i64>,
        agent: &str,
    ) -> &mut Address {
        let kind = AccessKind::AccessLine;
        let row = address(n, Some(who), "203.0.113.7", port, when, kind);
        let mut connection = Connection::new(row.exhibit, &row.place, 0, row.ip.clone(), "forum");
        connection.user_agent = Maybe::text(agent, Absent::NotRecorded);
        self.connections.push(connection);
        self.addresses.push(row);
        self.addresses.last_mut().expect("a row")
    }

    /// A text of an account.
    fn wrote(&mut self, n: u64, who: &str, when: &str, text: &str) -> &mut Post {
        let mut row = post(n, who, when);
        row.text = Maybe::Known(text.to_owned());
        self.posts.push(row);
        self.posts.last_mut().expect("a row")
    }
}

fn comparison(n: usize, family: Family, signal: &str, innocent: &[&str]) -> Comparison {
    Comparison {
        id: RowId::derived("cmp", n),
        a: key("x:a"),
        b: key("x:b"),
        signal: signal.to_owned(),
        family,
        score: 2.0,
        material_a: 200,
        material_b: 200,
        unit: "words".to_owned(),
        access: Maybe::Missing(Absent::NotApplicable),
        shared: Maybe::Missing(Absent::NotApplicable),
        innocent: innocent.iter().map(ToString::to_string).collect(),
        rows: Vec::new(),
    }
}

/// One link between x:a and x:b with these comparisons. Each family has the LR of the total.
fn pair(total: f64, comparisons: Vec<Comparison>) -> Case {
    let mut row = link(1, "x:a", "x:b", total, total);
    for c in &comparisons {
        *match c.family {
            Family::Style => &mut row.style,
            Family::Time => &mut row.time,
            Family::Network => &mut row.network,
            Family::Media => &mut row.media,
            Family::Identifiers => &mut row.identifiers,
            Family::Objects => &mut row.objects,
            Family::Coordination => &mut row.coordination,
        } = Maybe::Known(total);
    }
    row.favours = Maybe::Known(if total > 0.0 { "H1" } else { "H2" }.to_owned());
    row.rows = comparisons.iter().map(|c| c.id.to_string()).collect();
    row.innocent = comparisons.iter().flat_map(|c| c.innocent.clone()).collect();
    row.innocent.sort();
    row.innocent.dedup();
    Case { links: vec![row], comparisons, ..Case::default() }
}

fn network(access: AccessKind, innocent: &[&str]) -> Case {
    let mut row = comparison(1, Family::Network, "shared_address", innocent);
    row.access = Maybe::Known(access);
    row.shared = Maybe::Known("203.0.113.7".to_owned());
    pair(2.0, vec![row])
}

#[test]
fn two_devices_in_one_minute_speak_for_a_household() {
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "Firefox/126 Linux");
    case.used(2, "x:b", "2026-05-02T20:00:40Z", None, "Safari iPhone");
    let found = case.found("same_household");
    assert_eq!(found.standing, Standing::Supported);
    assert!(found.counted.contains(&"apart_minutes=1".to_owned()), "{:?}", found.counted);
    assert_eq!(found.explains, ["cmp:1"]);
    // The same device on both: nothing is said by two uses.
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "Firefox/126 Linux");
    case.used(2, "x:b", "2026-05-02T20:00:40Z", None, "Firefox/126 Linux");
    assert_eq!(case.standing("same_household"), Standing::Open);
}

#[test]
fn one_device_never_in_one_minute_speaks_against_a_household() {
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    for n in 0..6 {
        case.used(n, "x:a", &format!("2026-05-0{}T20:00:10Z", n + 1), None, "Firefox/126 Linux");
        case.used(
            n + 9,
            "x:b",
            &format!("2026-05-0{}T20:15:10Z", n + 1),
            None,
            "Firefox/126 Linux",
        );
    }
    assert_eq!(case.standing("same_household"), Standing::Contradicted);
    // Somebody else on the line speaks for it all the same, unless one hand may hold all three.
    case.used(30, "x:c", "2026-05-03T20:00:10Z", None, "Opera");
    assert_eq!(case.standing("same_household"), Standing::Supported);
    case.identities = vec![identity(&["x:a", "x:b", "x:c"])];
    assert_eq!(case.standing("same_household"), Standing::Contradicted);
}

fn identity(members: &[&str]) -> Identity {
    Identity {
        id: RowId::derived("idt", 1),
        members: members.iter().map(ToString::to_string).collect(),
        weakest_link: RowId::derived("lnk", 1),
        weakest: 3.0,
        cohesion: 3.0,
        would_split: Vec::new(),
        rows: Vec::new(),
    }
}

fn port_share(address: &Address, ports: &str) -> AddressVerdict {
    AddressVerdict {
        id: address.id.with_prefix("vdt"),
        exhibit: address.exhibit,
        place: address.place.clone(),
        address: address.id.clone(),
        account: address.account.clone(),
        ip: address.ip.clone(),
        port: address.port,
        at: address.at,
        question: Question::PortShare,
        listing: Listing::Listed,
        value: Maybe::Known(ports.to_owned()),
        source: "planted".to_owned(),
        dated: Maybe::Missing(Absent::NoData),
        days: Maybe::Missing(Absent::NoData),
        heuristic: true,
        notes: Vec::new(),
    }
}

#[test]
fn ports_decide_behind_a_shared_address() {
    let mut case = network(AccessKind::Cgnat, &["carrier_nat"]);
    let a = case.used(1, "x:a", "2026-05-02T20:00:10Z", Some(20_000), "").clone();
    let b = case.used(2, "x:b", "2026-05-02T21:00:40Z", Some(50_000), "").clone();
    assert_eq!(case.standing("carrier_nat"), Standing::Open);
    case.verdicts = vec![port_share(&a, "16384-32767"), port_share(&b, "49152-65535")];
    assert_eq!(case.standing("carrier_nat"), Standing::Supported);
    case.verdicts = vec![port_share(&a, "16384-32767"), port_share(&b, "16384-32767")];
    assert_eq!(case.standing("carrier_nat"), Standing::Contradicted);
    // The same port in the same minute is one subscriber's.
    case.verdicts.clear();
    case.used(3, "x:b", "2026-05-02T20:00:40Z", Some(20_000), "");
    assert_eq!(case.standing("carrier_nat"), Standing::Contradicted);
    case.used(4, "x:c", "2026-05-02T20:00:40Z", Some(20_001), "");
    assert_eq!(case.standing("carrier_nat"), Standing::Supported);
}

#[test]
fn a_common_home_line_makes_a_vpn_unneeded() {
    let mut case = network(AccessKind::Vpn, &["vpn_exit"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "").vpn = Listing::Listed;
    case.used(2, "x:b", "2026-05-02T21:00:10Z", None, "").vpn = Listing::NoData;
    let found = case.found("vpn_exit");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted[2..4], ["listed=1", "not_covered=1"]);
    let mut home = comparison(2, Family::Network, "shared_address", &["same_household"]);
    home.access = Maybe::Known(AccessKind::AccessLine);
    home.shared = Maybe::Known("192.0.2.9".to_owned());
    case.links[0].rows.push("cmp:2".to_owned());
    case.comparisons.push(home);
    assert_eq!(case.standing("vpn_exit"), Standing::Contradicted);
}

#[test]
fn turns_on_an_address_speak_against_a_change_of_subscriber() {
    let mut case = network(AccessKind::AccessLine, &["reassigned_address"]);
    case.used(1, "x:a", "2026-01-02T20:00:10Z", None, "");
    case.used(2, "x:b", "2026-05-02T20:00:10Z", None, "");
    let found = case.found("reassigned_address");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted, ["addresses=1", "undated=0", "gap_days=120", "changes=1"]);
    case.used(3, "x:a", "2026-05-12T20:00:10Z", None, "");
    assert_eq!(case.standing("reassigned_address"), Standing::Open);
    case.used(4, "x:b", "2026-05-22T20:00:10Z", None, "");
    assert_eq!(case.standing("reassigned_address"), Standing::Contradicted);
}

const LONG: &str = "tu ne sais pas encore ce qui va se passer lundi devant le portail quand tout le \
    monde sera là pour te voir pleurer comme tous les autres jours de la semaine";

fn style(total: f64, innocent: &[&str]) -> Case {
    pair(total, vec![comparison(1, Family::Style, "char_impostors", innocent)])
}

#[test]
fn a_near_copy_is_found_with_who_had_it_first() {
    let mut case = style(2.0, &[]);
    case.wrote(1, "x:a", "2026-05-02T20:00:10Z", LONG);
    case.wrote(
        2,
        "x:b",
        "2026-05-03T20:00:10Z",
        "rien à voir avec tout cela, je parle d'autre chose ici",
    );
    assert_eq!(case.standing("copied_text"), Standing::Contradicted);
    case.wrote(3, "x:b", "2026-05-04T20:00:10Z", &LONG.replace("portail", "lycée"));
    let found = case.found("copied_text");
    assert_eq!(found.standing, Standing::Supported);
    assert!(found.counted.ends_with(&[
        "near_a=1".into(),
        "near_b=1".into(),
        "after_a=0".into(),
        "after_b=1".into()
    ]));
    // Word for word, the signals see it: it is counted as lines.
    case.posts.pop();
    case.wrote(3, "x:b", "2026-05-04T20:00:10Z", LONG);
    let found = case.found("copied_text");
    assert_eq!(found.counted[0], "lines=1");
    assert!(found.counted.contains(&"near_b=0".to_owned()));
    // Somebody else's words, forwarded, are no copy.
    case.posts.last_mut().unwrap().kind = PostKind::Forwarded;
    assert_eq!(case.found("copied_text").counted[0], "lines=0");
}

#[test]
fn a_program_and_a_hand_post_otherwise() {
    let mut case =
        pair(2.0, vec![comparison(1, Family::Time, "hour_of_week", &["scheduled_posts"])]);
    for n in 0..12 {
        case.wrote(n, "x:a", &format!("2026-05-02T{:02}:13:17Z", n + 1), "oui");
        case.wrote(n + 50, "x:b", &format!("2026-05-03T{:02}:41:09Z", n + 1), "non");
    }
    assert_eq!(case.standing("scheduled_posts"), Standing::Contradicted);
    for n in 0..14 {
        case.wrote(n + 100, "x:b", &format!("2026-05-04T{:02}:15:00Z", n + 1), "non");
    }
    let found = case.found("scheduled_posts");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(
        found.counted[..4],
        ["precise_a=12", "precise_b=26", "on_clock_a=0", "on_clock_b=14"]
    );
}

#[test]
fn a_crowd_makes_an_event() {
    let mut case =
        pair(2.0, vec![comparison(1, Family::Coordination, "synchrony", &["common_event"])]);
    for hour in 0..4 {
        for (n, who) in ["x:a", "x:b"].into_iter().enumerate() {
            let at = format!("2026-05-02T{:02}:1{n}:17Z", hour + 10);
            case.wrote(hour * 10 + n as u64, who, &at, "#Lycée oui");
        }
    }
    assert_eq!(case.standing("common_event"), Standing::Contradicted);
    for hour in 0..4 {
        for (n, who) in ["x:c", "x:d", "x:e"].into_iter().enumerate() {
            let at = format!("2026-05-02T{:02}:2{n}:17Z", hour + 10);
            case.wrote(100 + hour * 10 + n as u64, who, &at, "encore #lycée");
        }
    }
    let found = case.found("common_event");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted, ["meetings=4", "crowded=4", "most_others=3"]);
}

#[test]
fn words_outside_the_common_threads_are_counted() {
    let mut case = style(2.0, &["common_subject"]);
    let words = "mot ".repeat(60);
    for (n, who) in ["x:a", "x:b"].into_iter().enumerate() {
        let when = format!("2026-05-02T20:0{n}:10Z");
        case.wrote(n as u64, who, &when, &words).thread = Maybe::Known("fil".into());
    }
    assert_eq!(case.standing("common_subject"), Standing::Supported);
    for (n, who) in ["x:a", "x:b"].into_iter().enumerate() {
        let when = format!("2026-05-03T20:0{n}:10Z");
        case.wrote(10 + n as u64, who, &when, &words.repeat(2)).thread =
            Maybe::Known(format!("autre {who}"));
    }
    let found = case.found("common_subject");
    assert_eq!(found.standing, Standing::Contradicted);
    assert_eq!(
        found.counted,
        ["subjects=1", "inside_a=60", "inside_b=60", "outside_a=120", "outside_b=120"]
    );
}

#[test]
fn a_younger_account_of_the_same_name_may_imitate() {
    let mut case = style(2.0, &[]);
    let named = |n, who: &str, handle: &str, created: &str| {
        let mut row = account(n, who, Role::Examined);
        row.handle = Maybe::Known(handle.into());
        row.created = Maybe::or_absent(Moment::from_rfc3339(created), Absent::NotExported);
        row
    };
    case.accounts = vec![
        named(1, "x:a", "corbeau_92", "2024-01-01T00:00:00Z"),
        named(2, "x:b", "c0rbeau92", "2026-05-10T00:00:00Z"),
    ];
    assert_eq!(case.standing("impersonation"), Standing::Open);
    case.wrote(1, "x:a", "2026-05-02T20:00:10Z", "bonjour");
    let found = case.found("impersonation");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted[..3], ["names_alike=1", "apart_days=860", "public_before=1"]);
    // A picture taken over afterwards is enough without the name.
    case.accounts[1].handle = Maybe::Known("tout-autre".into());
    assert_eq!(case.standing("impersonation"), Standing::Open);
    let late = case.wrote(2, "x:b", "2026-05-12T20:00:10Z", "moi").id.to_string();
    let early = case.posts[0].id.to_string();
    case.media = vec![media(5, "aa", Some("x:a"), None), media(6, "aa", Some("x:b"), None)];
    case.media[0].posted_in = vec![early];
    case.media[1].posted_in = vec![late];
    assert_eq!(case.standing("impersonation"), Standing::Supported);
}

#[test]
fn links_that_favour_h2_have_theirs() {
    let mut case = style(-2.0, &["small_population"]);
    case.wrote(1, "x:a", "2025-05-02T20:00:10Z", "un deux trois quatre");
    case.wrote(2, "x:b", "2026-05-02T20:00:10Z", "un").kind = PostKind::Private;
    let codes: Vec<(String, Standing)> =
        case.explanations().into_iter().map(|row| (row.code, row.standing)).collect();
    assert_eq!(
        codes,
        [
            ("different_genre".to_owned(), Standing::Supported),
            ("different_period".to_owned(), Standing::Supported),
            ("small_population".to_owned(), Standing::Open),
        ]
    );
}

#[test]
fn chance_is_bounded_by_the_pairs_searched() {
    let mut case = style(2.0, &[]);
    case.links[0].pairs_compared = 100;
    let found = case.found("selected_pair");
    assert_eq!((found.standing, &*found.counted[1]), (Standing::Supported, "per_thousand=1000"));
    case.links[0].pairs_compared = 1;
    assert_eq!(case.standing("selected_pair"), Standing::Contradicted);
    case.links[0].total_low = f64::NAN;
    assert_eq!(case.standing("selected_pair"), Standing::Open);
}

#[test]
fn a_silent_link_has_none_outside_a_group() {
    let mut case = style(2.0, &["common_subject"]);
    case.links[0].favours = Maybe::Missing(Absent::TooLittle);
    assert!(case.explanations().is_empty());
    case.identities = vec![identity(&["x:a", "x:b", "x:c"])];
    assert!(!case.explanations().is_empty());
}

#[test]
fn the_rank_leaves_out_the_pair_itself() {
    let mut case =
        pair(2.0, vec![comparison(1, Family::Time, "hour_of_week", &["common_schedule"])]);
    for n in 2..202 {
        let mut other = comparison(n, Family::Time, "hour_of_week", &[]);
        other.a = key(&format!("x:{n}"));
        other.score = if n < 12 { 3.0 } else { 1.0 };
        case.comparisons.push(other);
    }
    let found = case.found("common_schedule");
    assert_eq!(
        (found.standing, found.counted),
        (Standing::Supported, vec!["as_near=10".into(), "pairs=200".into()])
    );
    case.comparisons[0].score = 4.0;
    assert_eq!(case.standing("common_schedule"), Standing::Contradicted);
}

#[test]
fn an_unknown_code_stays_open_and_codes_are_in_order() {
    let found = style(2.0, &["of_tomorrow"]).found("of_tomorrow");
    assert_eq!((found.standing, found.explains), (Standing::Open, vec!["cmp:1".to_owned()]));
    assert!(EXPLANATION_COUNTS.windows(2).all(|two| two[0].0 < two[1].0));
    assert_eq!(counts_of("common_event"), ["meetings", "crowded", "most_others"]);
}

const CODES: [&str; 9] = [
    "same_household",
    "carrier_nat",
    "vpn_exit",
    "copied_text",
    "common_event",
    "same_client",
    "scheduled_posts",
    "of_tomorrow",
    "copied_image",
];

fn any_case() -> impl Strategy<Value = Case> {
    let who = || prop::sample::select(vec!["x:a", "x:b", "x:c", "mail:d"]);
    let posts = prop::collection::vec((who(), 0i64..40_000_000, ".{0,200}", 0u8..4), 0..24);
    let uses = prop::collection::vec((who(), 0i64..4000, 0u8..3, prop::option::of(0i64..4)), 0..24);
    let compared =
        prop::collection::vec((0usize..7, prop::sample::subsequence(CODES.to_vec(), 0..4)), 1..6);
    (posts, uses, compared, -3.0f64..3.0).prop_map(|(posts, uses, compared, total)| {
        let comparisons = compared.into_iter().enumerate().map(|(n, (family, codes))| {
            let mut row = comparison(n + 1, Family::ALL[family], "any", &codes);
            row.shared = Maybe::Known("203.0.113.7".into());
            row.rows = vec!["med:1:l3@300".into(), "med:1:l4@400".into()];
            row
        });
        let mut case = pair(total, comparisons.collect());
        case.links[0].relation =
            if total > 2.0 { Relation::Coordination } else { Relation::SameHand };
        let time = |s| Moment::from_unix_seconds(1_700_000_000 + s).unwrap().to_string();
        for (n, (who, at, text, kind)) in posts.into_iter().enumerate() {
            let row = case.wrote(n as u64, who, "", &text);
            row.at = Maybe::or_absent(Moment::from_unix_seconds(at), Absent::NotExported);
            row.kind = PostKind::ALL[usize::from(kind)];
            row.thread = Maybe::Known(format!("{}", at % 3));
            row.client = Maybe::Known(format!("{}", at % 2));
        }
        for (n, (who, at, agent, port)) in uses.into_iter().enumerate() {
            let agent = ["", "Firefox", "Safari"][usize::from(agent)];
            let row = case.used(500 + n as u64, who, &time(at), port, agent);
            row.at = Maybe::or_absent(Moment::from_unix_seconds(at), Absent::NotExported);
        }
        case.media =
            vec![media(3, "aa", Some("x:a"), Some("1")), media(4, "aa", Some("x:b"), Some("1"))];
        case.media[0].posted_in =
            case.posts.iter().take(3).map(|post| post.id.to_string()).collect();
        case
    })
}

proptest! {
    #[test]
    fn every_code_is_looked_into_once_in_any_order(case in any_case(), seed in any::<u64>()) {
        let found = case.explanations();
        let mut shuffled = case.clone();
        shuffle(&mut shuffled.comparisons, seed);
        shuffle(&mut shuffled.posts, seed);
        shuffle(&mut shuffled.addresses, seed ^ 7);
        shuffle(&mut shuffled.connections, seed ^ 9);
        shuffle(&mut shuffled.media, seed);
        prop_assert_eq!(&found, &shuffled.explanations());
        let codes: Vec<&String> = found.iter().map(|row| &row.code).collect();
        prop_assert!(codes.windows(2).all(|two| two[0] < two[1]), "{:?}", codes);
        if case.links[0].favours.known().is_some() {
            for code in &case.links[0].innocent {
                prop_assert!(codes.contains(&code), "{} is lost", code);
            }
        }
        for row in &found {
            let names: Vec<&str> = row.counted.iter().map(|c| c.split_once('=').unwrap().0).collect();
            let mut known = counts_of(&row.code).iter();
            prop_assert!(names.iter().all(|name| known.any(|own| own == name)), "{:?}", row);
            prop_assert!(row.rows.len() <= 12 && (!row.rows.is_empty() || row.code == "of_tomorrow"));
        }
    }
}
