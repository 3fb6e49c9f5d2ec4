//! What was posted: copies, rhythm, places, imitation.

use super::*;

const LONG: &str = "tu ne sais pas encore ce qui va se passer lundi devant le portail quand tout le \
    monde sera là pour te voir pleurer comme tous les autres jours de la semaine";

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
