//! Foreign sessions that belong together.
//!
//! In: the sessions in order of account and time, and which are foreign. Out: the number of the
//! episode of each. Sessions of one account less than a day apart are of one episode when network
//! or device is the same. Episodes are numbered in order of their first session.

use std::collections::BTreeMap;

use super::session::{DAY_S, Session};

/// The episode of each session, from 1.
pub(super) fn number(sessions: &[Session<'_>], foreign: &[bool]) -> Vec<Option<i64>> {
    let mut episodes: Vec<Vec<usize>> = Vec::new();
    // By account and key: the last episode that used it.
    let mut open: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (i, session) in sessions.iter().enumerate().filter(|(i, _)| foreign[*i]) {
        let keys = [session.network.as_deref(), session.device.as_deref()];
        let keys = || keys.into_iter().flatten().map(|key| (session.account.as_str(), key));
        let joined = keys().filter_map(|key| open.get(&key).copied()).find(|episode| {
            let last = episodes[*episode].last().map(|last| &sessions[*last]);
            last.is_some_and(|last| is_near(last, session))
        });
        let episode = joined.unwrap_or(episodes.len());
        if joined.is_none() {
            episodes.push(Vec::new());
        }
        episodes[episode].push(i);
        open.extend(keys().map(|key| (key, episode)));
    }
    let first = |members: &Vec<usize>| members.first().and_then(|i| sessions[*i].at_s);
    episodes.sort_by_key(first);
    let mut numbers = vec![None; sessions.len()];
    for (number, members) in (1..).zip(&episodes) {
        for i in members {
            numbers[*i] = Some(number);
        }
    }
    numbers
}

fn is_near(last: &Session<'_>, next: &Session<'_>) -> bool {
    last.at_s.zip(next.at_s).is_some_and(|(last, next)| next - last < DAY_S)
}
