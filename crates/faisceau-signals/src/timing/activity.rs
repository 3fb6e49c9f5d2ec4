//! The trusted times of each account, read once for all signals of time.
//!
//! In: posts. Out: active hours, minutes of posts, period, and whether a program keeps the clock.
//! Refused: times that were guessed or are not precise enough. One message that two exhibits hold
//! counts once.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Maybe, Moment, Precision};

use super::{Gaps, Profile};

/// Posts from which a regular clock is looked for.
const LEAST_FOR_CLOCK: usize = 10;

/// When one account was active.
#[derive(Debug, Clone)]
pub(crate) struct Activity {
    /// Distinct active hours.
    pub(crate) profile: Profile,
    /// Gaps between the posts that are precise to the minute.
    pub(crate) gaps: Gaps,
    /// Minutes since the epoch of the posts that are precise to the minute, ascending.
    pub(crate) minutes: Vec<i64>,
    /// First active hour since the epoch.
    pub(crate) first: i64,
    /// Last active hour since the epoch.
    pub(crate) last: i64,
    /// Whether most posts fall on the clock.
    pub(crate) scheduled: bool,
}

/// The activity of each account with at least one trusted time.
pub(crate) fn activities(posts: &[Post]) -> BTreeMap<&AccountKey, Activity> {
    // Two exhibits may hold one message: its id, or its text at that instant, tells.
    let mut seen = BTreeMap::<&AccountKey, BTreeSet<(Moment, &str)>>::new();
    for post in posts {
        if let Maybe::Known(at) = post.at
            && at.feeds_timing()
        {
            let message = post.content_id.known().or(post.text.known());
            let message = message.map(String::as_str).unwrap_or_default();
            seen.entry(&post.account).or_default().insert((at, message));
        }
    }
    let activity = |(account, posts): (_, BTreeSet<(Moment, &str)>)| {
        let moments: Vec<Moment> = posts.into_iter().map(|(at, _)| at).collect();
        Some((account, Activity::of(&moments)?))
    };
    seen.into_iter().filter_map(activity).collect()
}

impl Activity {
    fn of(moments: &[Moment]) -> Option<Self> {
        let hours: BTreeSet<i64> = moments.iter().map(|at| at.at_s().div_euclid(3600)).collect();
        let precise = moments.iter().filter(|at| at.precision() <= Precision::Minute);
        let mut minutes: Vec<i64> = precise.map(|at| at.at_s().div_euclid(60)).collect();
        minutes.sort_unstable();
        Some(Self {
            profile: Profile::new(hours.iter().copied()),
            gaps: Gaps::new(&minutes),
            minutes,
            first: *hours.first()?,
            last: *hours.last()?,
            scheduled: on_the_clock(moments),
        })
    }
}

/// Whether most posts fall on the first second of a multiple of five minutes: a program posts.
fn on_the_clock(moments: &[Moment]) -> bool {
    let precise = moments.iter().filter(|at| at.precision() <= Precision::Second);
    let (all, on) = precise.fold((0_usize, 0_usize), |(all, on), at| {
        (all + 1, on + usize::from(at.at_s().rem_euclid(300) == 0))
    });
    all >= LEAST_FOR_CLOCK && on * 2 > all
}

#[cfg(test)]
mod tests {
    use faisceau_model::ZoneSource;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_instants_make_an_activity_in_any_order(
            mut at_us in prop::collection::vec(any::<i64>(), 1..40),
            hourly in any::<bool>(),
        ) {
            let precision = if hourly { Precision::Hour } else { Precision::Micro };
            let of = |at_us: &[i64]| {
                let all = at_us.iter().filter_map(|&at| {
                    Moment::new(at / 16, precision, ZoneSource::Explicit)
                });
                let moments: Vec<Moment> = all.collect();
                Activity::of(&moments).map(|own| (moments.len(), own))
            };
            let one = of(&at_us);
            at_us.reverse();
            let other = of(&at_us);
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some((posts, one)), Some((_, other))) = (one, other) {
                prop_assert_eq!(one.gaps.count(), if hourly { 0 } else { posts - 1 });
                prop_assert!(one.profile.hours() <= posts && one.first <= one.last);
                prop_assert_eq!(one.minutes, other.minutes);
                prop_assert_eq!(one.gaps, other.gaps);
            }
        }
    }

    #[test]
    fn a_program_keeps_to_the_clock() {
        let at = |second: i64| Moment::from_unix_seconds(second).unwrap();
        let regular: Vec<Moment> = (0..12).map(|n| at(n * 3600)).collect();
        let human: Vec<Moment> = (0..12).map(|n| at(n * 3671 + 17)).collect();
        assert!(on_the_clock(&regular));
        assert!(!on_the_clock(&human));
        assert!(!on_the_clock(&regular[..5]));
    }

    #[test]
    fn an_hour_has_no_minute() {
        let at = |hour: i64, precision| {
            Moment::new(hour * 3_600_000_000, precision, ZoneSource::Unix).unwrap()
        };
        let moments = [at(1, Precision::Hour), at(2, Precision::Minute), at(3, Precision::Hour)];
        let activity = Activity::of(&moments).unwrap();
        assert_eq!((activity.profile.hours(), activity.minutes), (3, vec![120]));
        assert_eq!(activity.gaps.count(), 0);
    }
}
