//! How a list ages: a later list is taken for the truth, an earlier one is asked.

use jiff::civil::Date;

use crate::measuring::lists::Lists;
use crate::measuring::percent;

/// Months between the two lists, and the days that count as such.
const AGES: [(&str, std::ops::RangeInclusive<i32>); 4] =
    [("0", 0..=0), ("6", 120..=250), ("12", 300..=430), ("24", 660..=800)];

/// The confusion table: for each kind and truth, the list of each age.
pub(crate) fn table(lists: &Lists) -> Vec<String> {
    let mut out = vec![
        "| kind | truth | asked | age, days | both | only asked | only truth | precision | recall |"
            .to_owned(),
        "|---|---|---|---|---|---|---|---|---|".to_owned(),
    ];
    for (kind, dates) in lists {
        for (truth_date, truth) in dates {
            for (asked_date, asked) in dates {
                let Some(days) = days(asked_date, truth_date) else { continue };
                if !AGES.iter().any(|(_, range)| range.contains(&days)) {
                    continue;
                }
                let both = asked.shared(truth).size();
                let (asked, truth) = (asked.size(), truth.size());
                out.push(format!(
                    "| {kind} | {truth_date} | {asked_date} | {days} | {both} | {} | {} | {} | {} |",
                    asked - both,
                    truth - both,
                    percent(both, asked),
                    percent(both, truth)
                ));
            }
        }
    }
    out
}

/// The same, all pairs of one kind and age together, with the worst of them.
pub(crate) fn by_age(lists: &Lists) -> Vec<String> {
    let mut out = vec![
        "| kind | age, months | pairs | precision | worst | recall | worst |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    for (kind, dates) in lists {
        for (age, range) in AGES {
            let pairs: Vec<Pair> = dates
                .iter()
                .flat_map(|truth| dates.iter().map(move |asked| (truth, asked)))
                .filter(|(truth, asked)| {
                    days(asked.0, truth.0).is_some_and(|days| range.contains(&days))
                })
                .map(|(truth, asked)| Pair {
                    both: asked.1.shared(truth.1).size(),
                    asked: asked.1.size(),
                    truth: truth.1.size(),
                })
                .collect();
            if !pairs.is_empty() {
                out.push(summary(kind, age, &pairs));
            }
        }
    }
    out
}

/// Addresses of two lists of one kind.
#[derive(Debug, Clone, Copy)]
struct Pair {
    both: u64,
    asked: u64,
    truth: u64,
}

fn summary(kind: &str, age: &str, pairs: &[Pair]) -> String {
    let sum = |part: fn(&Pair) -> u64| pairs.iter().map(part).sum::<u64>();
    let worst = |whole: fn(&Pair) -> u64| {
        // Per ten thousand, so that the worst is found without floats.
        let worst = pairs.iter().min_by_key(|pair| pair.both * 10_000 / whole(pair).max(1));
        worst.map_or_else(String::new, |pair| percent(pair.both, whole(pair)))
    };
    format!(
        "| {kind} | {age} | {} | {} | {} | {} | {} |",
        pairs.len(),
        percent(sum(|pair| pair.both), sum(|pair| pair.asked)),
        worst(|pair| pair.asked),
        percent(sum(|pair| pair.both), sum(|pair| pair.truth)),
        worst(|pair| pair.truth)
    )
}

/// What the newest list says of the days of the older ones.
pub(crate) fn newest_for_old_events(lists: &Lists) -> Vec<String> {
    let mut out = vec![
        "| kind | day of the event | list asked | listed then, missed today | listed today, not then |"
            .to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    for (kind, dates) in lists {
        let Some((newest_date, newest)) = dates.last_key_value() else { continue };
        for (date, then) in dates.iter().filter(|(date, _)| *date != newest_date) {
            let both = newest.shared(then).size();
            out.push(format!(
                "| {kind} | {date} | {newest_date} | {} | {} |",
                percent(then.size() - both, then.size()),
                percent(newest.size() - both, newest.size())
            ));
        }
    }
    out
}

fn days(earlier: &str, later: &str) -> Option<i32> {
    let (earlier, later): (Date, Date) = (earlier.parse().ok()?, later.parse().ok()?);
    Some((later - earlier).get_days())
}
