//! All explanations of a link, and of any link.

use proptest::prelude::*;

use super::*;
use crate::requests::planted::shuffle;

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
