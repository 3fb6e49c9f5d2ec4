use faisceau_model::ZoneSource;
use proptest::prelude::*;

use super::*;

/// Posts on each of `days` days at the local hours given, on a clock `offset` hours east of UTC
/// that a law puts forward.
fn posts(days: i64, hours: &[i64], offset: i64, law: ClockLaw) -> Vec<Moment> {
    // 2023-01-02.
    let from = 19_359;
    let at = |day: i64, hour: i64| {
        let second = (from + day) * 86_400 + (hour - offset - law.forward(from + day)) * 3600 + 60;
        Moment::from_unix_seconds(second).unwrap()
    };
    (0..days).flat_map(|day| hours.iter().map(move |&hour| at(day, hour + day % 2))).collect()
}

#[test]
fn office_hours_of_three_continents_are_told_apart() {
    for offset in [-7, 1, 9] {
        let moments = posts(60, &[9, 11, 14, 16, 20, 22], offset, ClockLaw::Unchanged);
        let estimate = estimate(&moments).unwrap();
        let holds = |hours: i64| estimate.set.iter().any(|(min, _)| i64::from(*min) == hours * 60);
        assert!(holds(offset), "{offset}: {estimate:?}");
        assert!(!holds(offset + 8) && !holds(offset - 8), "{offset}: {estimate:?}");
        assert_eq!((estimate.half_hours, estimate.days > 50), (360, true));
        assert!(estimate.mass >= NOMINAL && estimate.set.len() > 3, "a set, not a point");
    }
}

#[test]
fn a_clock_that_jumps_is_seen_in_a_year_of_narrow_hours() {
    let of = |days, law| {
        let moments = posts(days, &[9, 21], 1, law);
        estimate(&moments).unwrap()
    };
    let jumps = of(365, ClockLaw::Europe);
    assert!(matches!(jumps.jumps(), ClockJumps::Yes(_)), "{:?}", jumps.laws);
    assert!(jumps.laws[1] > jumps.laws[2] && jumps.laws[1] > jumps.laws[3]);
    assert_eq!(of(365, ClockLaw::Unchanged).jumps(), ClockJumps::No);
    // One winter says nothing of the summer.
    assert_eq!(of(40, ClockLaw::Europe).jumps(), ClockJumps::Undecided);
}

#[test]
fn sets_of_near_clocks_agree_and_far_ones_do_not() {
    let hours = [9, 10, 11, 14, 15, 16, 20, 21, 22];
    let of = |offset| estimate(&posts(90, &hours, offset, ClockLaw::Unchanged)).unwrap();
    assert!(of(1).agrees_with(&of(2)));
    assert!(!of(-8).agrees_with(&of(6)));
}

#[test]
fn hours_without_minutes_and_guesses_are_not_read() {
    let good = posts(10, &[9, 14], 0, ClockLaw::Unchanged);
    assert!(estimate(&good).is_some());
    for (precision, zone) in
        [(Precision::Hour, ZoneSource::Unix), (Precision::Second, ZoneSource::Assumed)]
    {
        let remade = good.iter().map(|m| Moment::new(m.at_us(), precision, zone).unwrap());
        assert_eq!(estimate(&remade.collect::<Vec<_>>()), None);
    }
    assert_eq!(estimate(&good[..5]), None);
}

proptest! {
    #[test]
    fn any_times_give_weights_in_any_order(
        mut seconds in prop::collection::vec(-300_000_000_000_i64..200_000_000_000, 0..80)
    ) {
        let of = |seconds: &[i64]| {
            let moments = seconds.iter().filter_map(|&s| Moment::from_unix_seconds(s));
            estimate(&moments.collect::<Vec<_>>())
        };
        let one = of(&seconds);
        seconds.reverse();
        prop_assert_eq!(&one, &of(&seconds));
        if let Some(one) = one {
            prop_assert!(one.mass >= 0.95 && one.mass <= 1.0);
            let laws: f64 = one.laws.iter().sum();
            prop_assert!((laws - 1.0).abs() < 1e-9);
        }
    }
}
