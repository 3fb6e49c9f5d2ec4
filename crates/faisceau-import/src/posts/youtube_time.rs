//! Times that `YouTube` shows as an age: "2 years ago".
//!
//! In: the words, and the time that a tool computed from them when it read the page. Out: the
//! interval in which the comment was written. Refused: taking the computed time for a time.
//!
//! `YouTube` rounds ages down to whole units: "2 years ago" is any instant of the third year
//! before. Tools subtract the two years from their clock and round to the unit or to the day. The
//! interval therefore starts one unit before the computed time, and one more unit of rounding is
//! left on both sides: a day for weeks and more, and for each month or year another day, because
//! these are not all of the same length.

use faisceau_model::{Absent, Maybe, Moment, Precision, ZoneSource};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// An age in words: how many of which unit, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Age {
    count: i64,
    unit: i64,
}

/// The interval of a comment: its start and its end.
pub(super) struct Interval {
    /// The earliest instant.
    pub(super) at: Maybe<Moment>,
    /// The latest.
    pub(super) until: Maybe<Moment>,
}

/// The interval that an age leaves. `computed` is the time that the tool computed, in seconds;
/// `read` the time at which the page was read, for where there is no computed time.
pub(super) fn interval(words: &str, computed: Option<i64>, read: Option<i64>) -> Interval {
    let age = age(words);
    let newest = computed.or_else(|| {
        let age = age?;
        read?.checked_sub(age.count.checked_mul(age.unit)?)
    });
    let bounds = age.zip(newest).and_then(|(age, newest)| {
        let rounding = match age.unit {
            unit if unit <= DAY => unit,
            unit if unit == 7 * DAY => DAY,
            _ => DAY.checked_mul(age.count.checked_add(2)?)?,
        };
        let from = newest.checked_sub(age.unit)?.checked_sub(rounding)?;
        Some((moment(from)?, moment(newest.checked_add(rounding)?)?))
    });
    if let Some((at, until)) = bounds {
        return Interval { at: Maybe::Known(at), until: Maybe::Known(until) };
    }
    let until = Maybe::Missing(Absent::NotApplicable);
    Interval { at: Maybe::Missing(Absent::Unreadable), until }
}

fn moment(seconds: i64) -> Option<Moment> {
    Moment::new(seconds.checked_mul(1_000_000)?, Precision::Interval, ZoneSource::Unix)
}

/// Reads "2 years ago (edited)", "il y a 3 jours (modifié)", "8 yr ago", "yesterday".
fn age(words: &str) -> Option<Age> {
    let words = words.to_lowercase();
    let mut parts = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(count) = parts.by_ref().find_map(|word| word.parse::<u16>().ok()) else {
        let named = |names: &[&str]| names.iter().any(|name| words.contains(name));
        return if named(&["yesterday", "hier"]) {
            Some(Age { count: 1, unit: DAY })
        } else if named(&["today", "now", "aujourd", "instant"]) {
            Some(Age { count: 0, unit: DAY })
        } else {
            None
        };
    };
    let unit = match parts.next()? {
        "s" | "sec" | "second" | "seconds" | "seconde" | "secondes" => 1,
        "min" | "minute" | "minutes" => MINUTE,
        "h" | "hr" | "hour" | "hours" | "heure" | "heures" => HOUR,
        "d" | "day" | "days" | "j" | "jour" | "jours" => DAY,
        "w" | "wk" | "week" | "weeks" | "sem" | "semaine" | "semaines" => 7 * DAY,
        "mo" | "month" | "months" | "mois" => 31 * DAY,
        "y" | "yr" | "year" | "years" | "an" | "ans" | "année" | "années" => 366 * DAY,
        _ => return None,
    };
    Some(Age { count: i64::from(count), unit })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(words: &str, computed: Option<i64>, read: Option<i64>) -> String {
        let interval = interval(words, computed, read);
        match (interval.at, interval.until) {
            (Maybe::Known(at), Maybe::Known(until)) => {
                assert!(!at.feeds_timing() && !until.feeds_timing());
                format!("{at} to {until}")
            }
            _ => "unreadable".to_owned(),
        }
    }

    #[test]
    fn an_age_is_an_interval_that_holds_the_true_instant() {
        // 2026-03-01 12:00:00 UTC, less the age.
        let read = 1_772_366_400;
        for (words, computed, expected) in [
            (
                "2 years ago (edited)",
                Some(1_709_251_200),
                "2023-02-25 00:00:00 UTC to 2024-03-05 00:00:00 UTC",
            ),
            (
                "il y a 2 ans (modifié)",
                Some(1_709_251_200),
                "2023-02-25 00:00:00 UTC to 2024-03-05 00:00:00 UTC",
            ),
            (
                "3 weeks ago",
                Some(1_770_508_800),
                "2026-01-31 00:00:00 UTC to 2026-02-09 00:00:00 UTC",
            ),
            ("5 hours ago", None, "2026-03-01 05:00:00 UTC to 2026-03-01 08:00:00 UTC"),
            ("yesterday", None, "2026-02-26 12:00:00 UTC to 2026-03-01 12:00:00 UTC"),
            ("just now", None, "2026-02-27 12:00:00 UTC to 2026-03-02 12:00:00 UTC"),
            ("vor 2 Jahren", Some(1_709_251_200), "unreadable"),
            ("", Some(1_709_251_200), "unreadable"),
        ] {
            assert_eq!(shown(words, computed, Some(read)), expected, "{words}");
        }
        assert_eq!(shown("2 years ago", None, None), "unreadable");
        assert_eq!(shown("2 years ago", Some(i64::MIN), None), "unreadable");
    }

    proptest! {
        #[test]
        fn the_true_instant_is_inside(age in 0..20_i64 * 365 * DAY) {
            // What YouTube shows and a tool computes of a comment of this age.
            let read = 1_772_366_400;
            let (unit, word) = [(365 * DAY, "year"), (30 * DAY, "month"), (7 * DAY, "week"), (DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")]
                .into_iter().find(|(unit, _)| age >= *unit).unwrap_or((1, "second"));
            let count = age / unit;
            let computed = (read - count * unit).div_euclid(unit.min(DAY)) * unit.min(DAY);
            let interval = interval(&format!("{count} {word}s ago"), Some(computed), None);
            let (at, until) = (interval.at.into_known().unwrap(), interval.until.into_known().unwrap());
            prop_assert!(at.at_s() <= read - age && read - age <= until.at_s());
        }

        #[test]
        fn never_panics(words in "[0-9]{0,6} ?(years|mois)?.{0,20}", computed in any::<Option<i64>>()) {
            shown(&words, computed, computed);
        }
    }
}
