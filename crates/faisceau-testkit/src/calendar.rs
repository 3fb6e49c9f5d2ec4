//! Local time in Paris and the habits of the clock.
//!
//! In: days of the season and weights per hour. Out: instants in Unix seconds, and their texts.
//! The rule of summer time is written out for the years of the world, so that the machine's zone
//! files have no say. Refused: the clock.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::random::Rng;

/// Monday 20 July 2026, 00:00 UTC: first day of the season in which the accounts write.
pub(crate) const SEASON: i64 = 1_784_505_600;
/// Days in the season: eleven weeks, to Sunday 4 October 2026.
pub(crate) const SEASON_DAYS: i64 = 77;
pub(crate) const DAY: i64 = 86_400;
const HOUR: i64 = 3600;

/// When the offset of Paris changes, with the offset from then on, in hours.
const CHANGES: &[(i64, i64)] = &[
    (1_743_296_400, 2), // 2025-03-30 01:00 UTC
    (1_761_440_400, 1), // 2025-10-26 01:00 UTC
    (1_774_746_000, 2), // 2026-03-29 01:00 UTC
    (1_792_890_000, 1), // 2026-10-25 01:00 UTC
];

/// Offset of Paris from UTC at an instant, in seconds.
pub(crate) fn offset(at: i64) -> i64 {
    CHANGES.iter().rev().find(|(from, _)| at >= *from).map_or(HOUR, |(_, hours)| hours * HOUR)
}

/// The instant of a wall-clock time in Paris, given as seconds since the epoch "as if UTC".
pub(crate) fn from_wall(wall: i64) -> i64 {
    wall - offset(wall - 2 * HOUR)
}

/// Writes an instant in UTC with a `strftime` format.
pub(crate) fn utc(at: i64, format: &str) -> String {
    stamp(at).strftime(format).to_string()
}

/// Writes an instant in the local time of Paris with a `strftime` format.
pub(crate) fn paris(at: i64, format: &str) -> String {
    let offset = Offset::from_seconds(offset(at) as i32).unwrap_or(Offset::UTC);
    stamp(at).to_zoned(offset.to_time_zone()).strftime(format).to_string()
}

fn stamp(at: i64) -> Timestamp {
    Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// When a person is up and writing: weights per local hour.
#[derive(Debug, Clone)]
pub(crate) struct Hours {
    week: [u32; 24],
    weekend: [u32; 24],
}

impl Hours {
    /// Habits from lists of `(first hour, last hour, weight)`, for weekdays and for weekends.
    pub(crate) fn new(week: &[(usize, usize, u32)], weekend: &[(usize, usize, u32)]) -> Self {
        Self { week: spread(week), weekend: spread(weekend) }
    }

    /// Habits drawn at random: two spells a day, another two at the weekend.
    pub(crate) fn random(rng: &mut Rng) -> Self {
        let mut spell = |weight| {
            let first = rng.between(6, 21) as usize;
            (first, (first + 2).min(23), weight)
        };
        Self::new(&[spell(8), spell(5), (8, 22, 1)], &[spell(7), spell(5), (9, 22, 1)])
    }

    /// An instant on a day of the season (0 is the first), by these habits.
    pub(crate) fn on_day(&self, day: i64, rng: &mut Rng) -> i64 {
        let weights = if day % 7 >= 5 { &self.weekend } else { &self.week };
        let hour = rng.weighted(weights) as i64;
        from_wall(SEASON + day * DAY + hour * HOUR + rng.between(0, HOUR - 1))
    }
}

fn spread(spells: &[(usize, usize, u32)]) -> [u32; 24] {
    let mut weights = [0; 24];
    for &(first, last, weight) in spells {
        for slot in weights.iter_mut().take(last + 1).skip(first) {
            *slot += weight;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_out_rule_is_that_of_the_zone_database() {
        let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
        for at in (1_743_000_000..1_798_000_000).step_by(1800) {
            let expected = zone.to_offset(stamp(at)).seconds();
            assert_eq!(offset(at), i64::from(expected), "{}", stamp(at));
        }
    }

    #[test]
    fn the_season_starts_on_a_monday() {
        assert_eq!(utc(SEASON, "%A %Y-%m-%d %H:%M"), "Monday 2026-07-20 00:00");
        assert_eq!(paris(SEASON, "%H:%M %z"), "02:00 +0200");
        assert_eq!(from_wall(SEASON), SEASON - 7200);
    }

    #[test]
    fn habits_are_kept() {
        let hours = Hours::new(&[(6, 7, 1)], &[(22, 22, 1)]);
        let mut rng = Rng::new(3);
        for day in 0..SEASON_DAYS {
            let hour: u32 = paris(hours.on_day(day, &mut rng), "%H").parse().unwrap();
            assert!(if day % 7 >= 5 { hour == 22 } else { hour == 6 || hour == 7 });
        }
    }
}
