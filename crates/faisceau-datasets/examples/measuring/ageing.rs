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
