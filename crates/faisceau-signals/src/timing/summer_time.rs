//! The laws of summer time, by date.
//!
//! In: a day since the Unix epoch. Out: whether clocks under a law are put forward on that day.
//! Whole days: the change itself falls in the night. Source: directive 2000/84/EC (Europe); Energy
//! Policy Act of 2005 and the Uniform Time Act before it (United States); the dates of south-east
//! Australia since 2008 (south). Other countries and years have had other dates.

/// A law of summer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockLaw {
    /// The clock is never changed.
    Unchanged,
    /// Last Sunday of March to last Sunday of October.
    Europe,
    /// Second Sunday of March to first Sunday of November; before 2007, first Sunday of April to
    /// last Sunday of October.
    UnitedStates,
    /// First Sunday of October to first Sunday of April.
    South,
}

impl ClockLaw {
    /// Every law.
    pub const ALL: [Self; 4] = [Self::Unchanged, Self::Europe, Self::UnitedStates, Self::South];

    /// Hours by which clocks are put forward on a day since the Unix epoch: 0 or 1.
    pub fn forward(self, day: i64) -> i64 {
        let year = year(day);
        let from_to = |from: i64, to: i64| from <= day && day < to;
        let forward = match self {
            Self::Unchanged => false,
            Self::Europe => from_to(last_sunday(year, 3), last_sunday(year, 10)),
            Self::UnitedStates if year < 2007 => from_to(sunday(year, 4, 0), last_sunday(year, 10)),
            Self::UnitedStates => from_to(sunday(year, 3, 1), sunday(year, 11, 0)),
            Self::South => !from_to(sunday(year, 4, 0), sunday(year, 10, 0)),
        };
        i64::from(forward)
    }
}

/// The first Sunday of a month and `weeks` weeks, as a day since the Unix epoch.
fn sunday(year: i64, month: i64, weeks: i64) -> i64 {
    let first = day_of(year, month, 1);
    // Day 0 of the Unix epoch was a Thursday, day 3 a Sunday.
    first + (3 - first).rem_euclid(7) + 7 * weeks
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i64, month: i64) -> i64 {
    let last = day_of(year, month, 31);
    last - (last - 3).rem_euclid(7)
}

/// Day since the Unix epoch of a date (Howard Hinnant's algorithm for the civil calendar).
fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The year of a day since the Unix epoch.
fn year(day: i64) -> i64 {
    let day = day.saturating_add(719_468);
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let of_cycle = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_cycle + of_cycle / 4 - of_cycle / 100);
    // The year of the algorithm starts in March.
    of_cycle + era * 400 + i64::from(of_year >= 306)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days on which the clock of a law goes from 0 to 1 and from 1 to 0 in a year.
    fn changes(law: ClockLaw, year: i64) -> Vec<i64> {
        let days = day_of(year, 1, 2)..day_of(year + 1, 1, 1);
        days.filter(|&day| law.forward(day) != law.forward(day - 1)).collect()
    }

    #[test]
    fn the_clocks_change_on_the_published_days() {
        let (eu, us) = (ClockLaw::Europe, ClockLaw::UnitedStates);
        assert_eq!(changes(eu, 2024), [day_of(2024, 3, 31), day_of(2024, 10, 27)]);
        assert_eq!(changes(us, 2024), [day_of(2024, 3, 10), day_of(2024, 11, 3)]);
        assert_eq!(changes(us, 2005), [day_of(2005, 4, 3), day_of(2005, 10, 30)]);
        let south = [day_of(2024, 4, 7), day_of(2024, 10, 6)];
        assert_eq!(changes(ClockLaw::South, 2024), south);
        assert!(changes(ClockLaw::Unchanged, 2024).is_empty());
    }

    #[test]
    fn years_and_days_agree_with_a_library() {
        let epoch = jiff::civil::date(1970, 1, 1);
        for (y, m, d) in [(1969, 12, 31), (1970, 1, 1), (2000, 2, 29), (2024, 3, 1), (1900, 2, 28)]
        {
            let date = jiff::civil::date(y, m, d);
            let days = i64::from(epoch.until(date).unwrap().get_days());
            assert_eq!(day_of(i64::from(y), i64::from(m), i64::from(d)), days);
            assert_eq!(year(days), i64::from(y));
        }
    }
}
