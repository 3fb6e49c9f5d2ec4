//! Tests of the second clocks, on ids whose time is public knowledge.

use faisceau_model::{Absent, ZoneSource};
use proptest::prelude::*;

use super::*;

fn post(platform: &str, id: &str, declared: &str) -> Post {
    let account = AccountKey::by_id(platform, "1");
    Post {
        content_id: Maybe::Known(id.to_owned()),
        at: Maybe::or_absent(Moment::from_rfc3339(declared), Absent::NotExported),
        ..Post::new(ExhibitNo::top(1), &Place::Whole, 0, account)
    }
}

fn check(platform: &str, id: &str, declared: &str) -> Option<ClockCheck> {
    clock_checks(&[post(platform, id, declared)], &[]).pop()
}

fn verdict(platform: &str, id: &str, declared: &str) -> Option<ClockVerdict> {
    check(platform, id, declared).map(|row| row.verdict)
}

#[test]
fn ids_of_known_posts_hold_their_time() {
    // Discord's own documentation takes this snowflake as its example: 2016-04-30 11:18:25.796.
    let row = check("discord", "175928847299117063", "2016-04-30T11:18:25.796Z").unwrap();
    assert_eq!((row.verdict, row.difference), (ClockVerdict::Agrees, Maybe::Known(0)));
    // The example of X's documentation of tweet objects.
    let row = check("x", "1050118621198921728", "2018-10-10T20:19:24Z").unwrap();
    assert_eq!((row.verdict, row.scheme.as_str()), (ClockVerdict::Agrees, "x-snowflake"));
    // The example of the AT Protocol's specification of record keys is of 2023-11.
    let row = check("bluesky", "3jzfcijpj2z2a", "2023-06-30T00:00:00Z").unwrap();
    assert!(row.client_made && row.implied.day_utc().starts_with("2023-"));
}

#[test]
fn a_declared_time_that_is_moved_shows() {
    for (declared, expected) in [
        ("2016-04-30T11:18:25Z", ClockVerdict::Agrees),
        ("2016-04-30T12:18:25Z", ClockVerdict::Disagrees),
        ("2016-04-30T11:18:20Z", ClockVerdict::Disagrees),
        ("", ClockVerdict::Alone),
    ] {
        assert_eq!(verdict("discord", "175928847299117063", declared), Some(expected));
    }
    let hour = check("discord", "175928847299117063", "2016-04-30T12:18:25.796Z").unwrap();
    assert_eq!(hour.difference, Maybe::Known(3_600_000));
}

#[test]
fn a_coarse_time_agrees_with_any_instant_in_it() {
    let day = Moment::from_rfc3339("2016-04-30T00:00:00Z").unwrap();
    let day = Moment::new(day.at_us(), Precision::Day, ZoneSource::Assumed).unwrap();
    let mut row = post("discord", "175928847299117063", "");
    row.at = Maybe::Known(day);
    assert_eq!(clock_checks(&[row.clone()], &[])[0].verdict, ClockVerdict::Agrees);
    row.until = Maybe::Known(Moment::from_rfc3339("2016-04-30T09:00:00Z").unwrap());
    assert_eq!(clock_checks(&[row], &[])[0].verdict, ClockVerdict::Disagrees);
}

#[test]
fn ids_that_no_clock_made_say_nothing() {
    for (platform, id) in [
        ("x", "20"),
        ("x", "29700859246"),
        ("forum", "175928847299117063"),
        ("discord", "99999999999999999999"),
        ("discord", "-175928847299117063"),
        ("bluesky", "self"),
        ("tiktok", "123456789012"),
        ("mastodon", "12345678901"),
    ] {
        assert_eq!(verdict(platform, id, "2020-01-01T00:00:00Z"), None, "{platform} {id}");
    }
}

#[test]
fn an_address_as_id_and_the_stamp_of_a_server_are_read() {
    let id = "https://example.social/users/ann/statuses/110000000000000000";
    let row = check("mastodon", id, "").unwrap();
    assert_eq!(row.implied.at_s(), (110_000_000_000_000_000_i64 >> 16) / 1000);
    let mut row = post("bluesky", "at://did:plc:x/app.bsky.feed.post/3jzfcijpj2z2a", "");
    row.at = Maybe::Known(Moment::from_rfc3339("2019-01-01T00:00:00Z").unwrap());
    row.stamped = Maybe::Known(Moment::from_rfc3339("2023-06-30T00:00:00Z").unwrap());
    let rows = clock_checks(&[row], &[]);
    let verdicts: Vec<_> = rows.iter().map(|r| (r.scheme.as_str(), r.verdict)).collect();
    let no = ClockVerdict::Disagrees;
    assert_eq!(verdicts, [("bluesky-tid", no), ("server-stamp", no)]);
    assert_ne!(rows[0].id, rows[1].id);
}

#[test]
fn an_account_says_when_it_was_made() {
    let key = AccountKey::by_id("discord", "175928847299117063");
    let account = Account::new(ExhibitNo::top(2), &Place::Whole, 0, key);
    let rows = clock_checks(&[], &[account]);
    assert_eq!(
        rows[0].implied.to_string(),
        check("discord", "175928847299117063", "").unwrap().implied.to_string()
    );
    assert_eq!(rows[0].verdict, ClockVerdict::Alone);
}

proptest! {
    #[test]
    fn any_id_is_read_or_not(platform in "x|discord|instagram|mastodon|tiktok|bluesky", id in "[0-9a-z_/]{0,22}") {
        clock_checks(&[post(&platform, &id, "2020-01-01T00:00:00Z")], &[]);
    }
}
