//! Until when connection data of an event are kept, as an act says it.
//!
//! In: an instant with its precision, the law, the day of the act. Out: the last day, counted from
//! the earliest instant that the precision allows, and whether it is past whatever the true instant.

use faisceau_graph::law::Law;
use faisceau_model::{Head, Maybe, Moment, Precision};
use jiff::civil::Date;

use crate::french::iso_day;
use crate::text::Text;

/// What is known of the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kept {
    /// Kept until that day at least.
    Until(Date),
    /// Past whatever the true instant.
    Past(Date),
    /// Past for the earliest instant that the precision allows, and not for the latest.
    Perhaps(Date),
    /// The instant is unknown.
    Unknown,
}

impl Kept {
    /// How long the data of an event are kept, seen from `today`.
    pub(super) fn of(law: &Law, at: &Maybe<Moment>, today: Date) -> Self {
        let last = |moment: Moment| -> Option<Date> {
            law.deadline_of(Head::C3)?.last_day(moment)?.parse().ok()
        };
        let Some((at, first)) = at.known().and_then(|at| Some((*at, last(*at)?))) else {
            return Self::Unknown;
        };
        if first >= today {
            return Self::Until(first);
        }
        match latest(at).and_then(last) {
            Some(end) if end < today => Self::Past(first),
            _ => Self::Perhaps(first),
        }
    }

    /// The same in a cell.
    pub(super) fn cell(self) -> Text {
        match self {
            Self::Until(day) => crate::french::day(day).into(),
            Self::Past(day) => {
                Text::new().strong("dépassé").plain(format!(" ({})", iso_day(&day.to_string())))
            }
            Self::Perhaps(day) => Text::new()
                .strong("peut-être dépassé")
                .plain(format!(" (au plus tôt le {})", crate::french::day(day))),
            Self::Unknown => "date inconnue".into(),
        }
    }
}

/// The latest instant that the precision allows; nothing where nothing bounds it.
fn latest(at: Moment) -> Option<Moment> {
    const DAY_US: i64 = 86_400_000_000;
    let length = match at.precision() {
        Precision::Micro => 1,
        Precision::Milli => 1000,
        Precision::Second => 1_000_000,
        Precision::Minute => 60_000_000,
        Precision::Hour => 3_600_000_000,
        Precision::Day => DAY_US,
        Precision::Month => 31 * DAY_US,
        Precision::Year => 366 * DAY_US,
        Precision::Interval => return None,
    };
    Moment::new(at.at_us().checked_add(length - 1)?, Precision::Micro, at.zone())
}

#[cfg(test)]
mod tests {
    use faisceau_model::ZoneSource;
    use proptest::prelude::*;

    use super::*;
    use crate::acts::tests::law;

    const PRECISIONS: [Precision; 9] = [
        Precision::Micro,
        Precision::Milli,
        Precision::Second,
        Precision::Minute,
        Precision::Hour,
        Precision::Day,
        Precision::Month,
        Precision::Year,
        Precision::Interval,
    ];

    fn kept(at: &str, precision: Precision, today: &str) -> Kept {
        let at = Moment::from_rfc3339(at).unwrap();
        let at = Moment::new(at.at_us(), precision, at.zone()).unwrap();
        Kept::of(law(), &Maybe::Known(at), today.parse().unwrap())
    }

    #[test]
    fn a_year_that_begins_before_and_ends_after_is_perhaps_past() {
        let today = "2026-11-21";
        assert!(matches!(kept("2026-01-02T00:00:00Z", Precision::Second, today), Kept::Until(_)));
        assert!(matches!(kept("2025-11-21T10:00:00Z", Precision::Second, today), Kept::Past(_)));
        assert!(matches!(kept("2025-11-22T10:00:00Z", Precision::Second, today), Kept::Until(_)));
        assert!(matches!(kept("2025-01-01T00:00:00Z", Precision::Year, today), Kept::Perhaps(_)));
        assert!(matches!(
            kept("2025-01-01T00:00:00Z", Precision::Interval, today),
            Kept::Perhaps(_)
        ));
        assert!(matches!(kept("2024-01-01T00:00:00Z", Precision::Year, today), Kept::Past(_)));
        let unknown = Maybe::Missing(faisceau_model::Absent::NotExported);
        assert_eq!(Kept::of(law(), &unknown, today.parse().unwrap()), Kept::Unknown);
    }

    proptest! {
        #[test]
        fn the_day_shown_is_never_after_the_true_one(
            start in 0i64..4_000_000_000, inside in 0i64..31_622_400, which in 0usize..8, today in 0i32..40_000,
        ) {
            let precision = PRECISIONS[which];
            let at = Moment::new(start * 1_000_000, precision, ZoneSource::Unix).unwrap();
            let length = latest(at).unwrap().at_us() - at.at_us();
            let truth = Moment::new(at.at_us() + (inside * 1_000_000).min(length), Precision::Micro, ZoneSource::Unix).unwrap();
            let today = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(today)).unwrap();
            let of = |at| Kept::of(law(), &Maybe::Known(at), today);
            let day = |kept| match kept {
                Kept::Until(day) | Kept::Past(day) | Kept::Perhaps(day) => Some(day),
                Kept::Unknown => None,
            };
            prop_assert!(day(of(at)).unwrap() <= day(of(truth)).unwrap());
            if let Kept::Past(_) = of(at) {
                prop_assert!(matches!(of(truth), Kept::Past(_)), "called past, and was not");
            }
            if let Kept::Until(_) = of(at) {
                prop_assert!(matches!(of(truth), Kept::Until(_)), "called kept, and was not");
            }
        }
    }
}
