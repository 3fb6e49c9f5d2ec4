//! The accounts under examination and when each was active.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Head, Maybe, Moment, Role, RowId};
use jiff::civil::Date;

use super::input::{RequestInput, RequestSettings, latest};
use crate::law::Deadline;

/// An account under examination.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations, not states")]
pub(super) struct Examined<'a> {
    /// Its rows in `accounts`, in order.
    pub(super) rows: Vec<&'a RowId>,
    /// Whether any row gives its immutable id.
    pub(super) has_id: bool,
    /// Whether it has posts.
    pub(super) posts: bool,
    /// Whether it has connections.
    pub(super) connections: bool,
    /// The most recent post or connection.
    pub(super) latest: Option<Event<'a>>,
    /// The oldest one whose connection data are still kept.
    pub(super) oldest_kept: Option<Event<'a>>,
    /// Whether older ones are past the retention.
    pub(super) some_expired: bool,
    /// Whether times after the day of the case were left out.
    pub(super) some_future: bool,
}

/// A post or a connection, ordered by time, then by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event<'a> {
    pub(super) at: Moment,
    pub(super) row: &'a RowId,
    /// Whether it is a post without a public address.
    pub(super) no_permalink: bool,
}

/// Accounts under examination, by key.
pub(super) type Accounts<'a> = BTreeMap<&'a AccountKey, Examined<'a>>;

pub(super) fn examined<'a>(input: &RequestInput<'a>) -> Accounts<'a> {
    let mut all: Accounts<'a> = BTreeMap::new();
    for row in input.accounts.iter().filter(|row| row.role == Role::Examined) {
        all.entry(&row.account).or_default();
    }
    for row in input.accounts {
        if let Some(account) = all.get_mut(&row.account) {
            account.rows.push(&row.id);
            account.has_id |= has_id(row);
        }
    }
    let mut clock = Clock::new(input);
    for post in input.posts {
        if let Some(account) = all.get_mut(&post.account) {
            account.posts = true;
            account.note(event_of(post), &mut clock);
        }
    }
    for row in input.addresses {
        let Some(account) = row.account.known().and_then(|key| all.get_mut(key)) else { continue };
        account.connections = true;
        let event =
            row.at.known().map(|at| Event { at: *at, row: &row.connection, no_permalink: false });
        account.note(event, &mut clock);
    }
    for account in all.values_mut() {
        account.rows.sort_unstable();
        account.rows.dedup();
    }
    all
}

fn has_id(row: &Account) -> bool {
    row.native_id.known().is_some() || !row.account.native().starts_with('@')
}

fn event_of(post: &Post) -> Option<Event<'_>> {
    let at = *post.at.known()?;
    Some(Event { at, row: &post.id, no_permalink: matches!(post.permalink, Maybe::Missing(_)) })
}

impl<'a> Examined<'a> {
    fn note(&mut self, event: Option<Event<'a>>, clock: &mut Clock<'_>) {
        let Some(event) = event else { return };
        match clock.day(event.at) {
            Day::Future => self.some_future = true,
            Day::Expired => self.some_expired = true,
            Day::Kept => {
                self.oldest_kept = Some(self.oldest_kept.map_or(event, |old| old.min(event)));
            }
        }
        if clock.day(event.at) != Day::Future {
            self.latest = Some(self.latest.map_or(event, |new| new.max(event)));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Day {
    Future,
    Kept,
    Expired,
}

/// Tells, for the UTC days of the earliest and the latest instant that a precision allows, what
/// became of the connection data. A million rows share few days.
struct Clock<'a> {
    settings: RequestSettings,
    deadline: Option<&'a Deadline>,
    days: BTreeMap<(i64, Option<i64>), Day>,
}

impl<'a> Clock<'a> {
    fn new(input: &RequestInput<'a>) -> Self {
        let deadline = input.law.deadline_of(Head::C3);
        Self { settings: input.settings, deadline, days: BTreeMap::new() }
    }

    fn day(&mut self, at: Moment) -> Day {
        let (settings, deadline) = (self.settings, self.deadline);
        let number = |at: Moment| at.at_us().div_euclid(86_400_000_000);
        *self.days.entry((number(at), latest(at).map(number))).or_insert_with(|| {
            let Some(today) = settings.as_of else { return Day::Kept };
            // A day of grace: an instant east of Greenwich may bear tomorrow's date.
            let tomorrow = today.tomorrow().unwrap_or(today);
            if at.day_utc().parse::<Date>().is_ok_and(|day| day > tomorrow) {
                return Day::Future;
            }
            if settings.is_past(deadline, at) { Day::Expired } else { Day::Kept }
        })
    }
}
