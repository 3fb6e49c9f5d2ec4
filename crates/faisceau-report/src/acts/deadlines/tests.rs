use faisceau_graph::law::Law;
use faisceau_model::Precision::{Month, Second};
use faisceau_model::{AccountKey, ExhibitNo, Place};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};
use proptest::prelude::*;

use super::*;
use crate::tests::attached::law;

const CODES: [&str; 5] = ["press", "press_discriminatory", "c3", "delit", "civil"];

fn post(at: Moment) -> Post {
    let key = AccountKey::by_id("x", "1");
    Post { at: Maybe::Known(at), ..Post::new(ExhibitNo::top(1), &Place::Whole, 0, key) }
}

/// What a source writes of an instant: the clock of `zone` cut to `precision`, then read in `read`.
fn written(
    us: i64,
    precision: Precision,
    zone: &TimeZone,
    read: &TimeZone,
    from: ZoneSource,
) -> Moment {
    let at = Timestamp::from_microsecond(us).unwrap().to_zoned(zone.clone()).datetime();
    let (date, time) = (at.date(), at.time());
    let first = |m, d| Date::new(date.year(), m, d).unwrap();
    let cut = match precision {
        Precision::Micro | Precision::Interval => date.to_datetime(time),
        Precision::Milli => {
            let ms = time.subsec_nanosecond() / 1_000_000 * 1_000_000;
            date.at(time.hour(), time.minute(), time.second(), ms)
        }
        Precision::Second => date.at(time.hour(), time.minute(), time.second(), 0),
        Precision::Minute => date.at(time.hour(), time.minute(), 0, 0),
        Precision::Hour => date.at(time.hour(), 0, 0, 0),
        Precision::Day => date.at(0, 0, 0, 0),
        Precision::Month => first(date.month(), 1).at(0, 0, 0, 0),
        Precision::Year => first(1, 1).at(0, 0, 0, 0),
    };
    let us = cut.to_zoned(read.clone()).unwrap().timestamp().as_microsecond();
    Moment::new(us, precision, from).unwrap()
}

/// The eve of the anniversary on the clocks of Paris: the last day that no court counts as late.
fn true_day(law: &Law, code: &str, us: i64) -> Date {
    let deadline = law.deadline(code).unwrap();
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let day = Timestamp::from_microsecond(us).unwrap().to_zoned(paris).date();
    let length = Span::new().years(deadline.years).months(deadline.months);
    day.checked_add(length).unwrap().checked_sub(1.day()).unwrap()
}

fn day_of(last: Last) -> Option<Date> {
    match last {
        Last::Open(day) | Last::MayBePast(day) | Last::Past(day) => Some(day),
        Last::Unknown => None,
    }
}

/// 1970 to 2099: leap years, 2000 and not 1900 or 2100, every change of the clocks.
const YEARS: std::ops::Range<i64> = 0..4_100_000_000_000_000;

fn precision() -> impl Strategy<Value = Precision> {
    prop::sample::select(Precision::ALL)
}

proptest! {
    #[test]
    fn a_day_is_never_later_than_the_true_one(us in YEARS, precision in precision(), utc in any::<bool>()) {
        let law = law();
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let zone = if utc { TimeZone::UTC } else { paris };
        let at = written(us, precision, &zone, &zone, ZoneSource::Explicit);
        let today = Date::new(2026, 11, 21).unwrap();
        for code in CODES {
            let last = Last::of(law.deadline(code), Window::of(&post(at), None), today);
            let truth = true_day(&law, code, us);
            prop_assert!(day_of(last).unwrap() <= truth, "{code}: {last:?}, truly {truth}");
            if let Last::Past(_) = last {
                prop_assert!(truth < today, "{code}: {last:?}, truly {truth}");
            }
            if last.open().is_some() {
                prop_assert!(truth >= today);
            }
        }
    }

    #[test]
    fn nor_where_the_zone_was_only_supposed(us in YEARS, precision in precision(), hours in -12i8..=14) {
        let law = law();
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let there = TimeZone::fixed(Offset::from_hours(hours).unwrap());
        let at = written(us, precision, &there, &paris, ZoneSource::Assumed);
        let today = Date::new(2026, 11, 21).unwrap();
        for code in CODES {
            let last = Last::of(law.deadline(code), Window::of(&post(at), None), today);
            let truth = true_day(&law, code, us);
            prop_assert!(day_of(last).unwrap() <= truth, "{code}: {last:?}, truly {truth}");
            if let Last::Past(_) = last {
                prop_assert!(truth < today, "{code}: {last:?}, truly {truth}");
            }
        }
    }

    #[test]
    fn another_clock_only_brings_the_day_forward(us in YEARS, other in YEARS) {
        let law = law();
        let at = |us| Moment::new(us, Precision::Milli, ZoneSource::Unix).unwrap();
        let today = Date::new(2026, 11, 21).unwrap();
        let of = |post: &Post, clock| day_of(Last::of(law.deadline("press"), Window::of(post, clock), today));
        let alone = of(&post(at(us)), None);
        let stamped = Post { stamped: Maybe::Known(at(other)), ..post(at(us)) };
        prop_assert!(of(&post(at(us)), Some(at(other))) <= alone);
        prop_assert_eq!(of(&stamped, None), of(&post(at(us)), Some(at(other))));
    }
}

#[test]
fn a_message_without_a_time_has_no_day() {
    let law = law();
    let key = AccountKey::by_id("x", "1");
    let nothing = Post::new(ExhibitNo::top(1), &Place::Whole, 0, key);
    let clock = Moment::from_rfc3339("2026-11-01T10:00:00Z");
    let today = Date::new(2026, 11, 21).unwrap();
    let last = Last::of(law.deadline("press"), Window::of(&nothing, clock), today);
    assert_eq!(last, Last::Unknown);
    assert_eq!(last.text().to_plain(), "date inconnue");
    assert_eq!(when(&nothing.at).to_plain(), "date inconnue");
}

#[test]
fn the_words_follow_the_day() {
    let law = law();
    let today = Date::new(2026, 11, 21).unwrap();
    let of = |at: &str, precision: Precision| {
        let at = Moment::from_rfc3339(at).unwrap();
        let at = Moment::new(at.at_us(), precision, ZoneSource::Explicit).unwrap();
        Last::of(law.deadline("press"), Window::of(&post(at), None), today).text().to_plain()
    };
    assert_eq!(of("2026-08-22T10:00:00Z", Second), "21\u{a0}novembre\u{a0}2026");
    assert_eq!(of("2026-08-20T09:00:00Z", Second), "dépassé (19\u{a0}novembre\u{a0}2026)");
    assert_eq!(
        of("2026-08-21T23:00:00Z", Second),
        "peut-être dépassé (20\u{a0}novembre\u{a0}2026)"
    );
    assert_eq!(of("2026-08-01T00:00:00Z", Month), "peut-être dépassé (31\u{a0}octobre\u{a0}2026)");
    assert_eq!(of("2026-11-30T10:00:00Z", Second), "27\u{a0}février\u{a0}2027");
    assert_eq!(of("2027-11-29T23:30:00Z", Second), "28\u{a0}février\u{a0}2028");
}
