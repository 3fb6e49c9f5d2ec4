//! `common_event`: a public event makes strangers write at the same place in the same hour.
//!
//! Speaks for it: in half of the hours in which the two meet, three other accounts are there.
//! Against: they meet in three hours or more, and hardly ever with three others.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;

/// Other accounts that make a crowd.
const CROWD: usize = 3;
/// Hours from which meeting without a crowd says something.
const LEAST_HOURS: usize = 3;

pub(super) const FAMILIES: &[Family] = &[Family::Time, Family::Coordination, Family::Objects];
pub(super) const COUNTS: &[&str] = &["meetings", "crowded", "most_others"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let near = FAMILIES.iter().any(|family| pair.leans_near(*family));
    let raised = pair.raises(code);
    let concerned = raised || (pair.favours("H1") && near);
    if !concerned {
        return None;
    }
    let meetings = pair.case.events.meetings(&pair.link.a, &pair.link.b);
    if meetings.is_empty() && !raised {
        return None;
    }
    let crowded = meetings.iter().filter(|meeting| meeting.others >= CROWD).count();
    let mut found = Found::new();
    found.count("meetings", meetings.len());
    found.count("crowded", crowded);
    found.count("most_others", meetings.iter().map(|meeting| meeting.others).max().unwrap_or(0));
    found.judge(
        crowded > 0 && crowded * 2 >= meetings.len(),
        meetings.len() >= LEAST_HOURS && crowded * 5 <= meetings.len(),
    );
    let shown = meetings.iter().filter(|m| m.others >= CROWD).chain(&meetings).take(4);
    found.rest_on(shown.flat_map(|meeting| meeting.posts).map(|post| &post.id));
    if found.rows.is_empty() {
        found.rest_on(pair.posts_of_both());
    }
    Some(found)
}
