//! When each account was active, and what is still kept of it.
//!
//! In: posts one by one, in any order, so that a caller need not hold them all. Out: for each
//! account its latest event, the oldest one whose connection data are still kept, and what lies
//! outside. Refused: events after the day of the case.

use std::collections::BTreeMap;

use faisceau_model::rows::{Address, Post};
use faisceau_model::{AccountKey, Head, Maybe, Moment, RowId};
use jiff::civil::Date;

use super::input::{RequestSettings, latest};
use crate::law::{Deadline, Law};

/// The activity of all accounts.
#[derive(Debug, Clone)]
pub struct Activity {
    clock: Clock,
    accounts: BTreeMap<AccountKey, Active>,
}

/// The activity of one account.
#[derive(Debug, Clone, Default)]
pub(super) struct Active {
    /// Whether it has posts.
    pub(super) posts: bool,
    /// The most recent post or connection.
    pub(super) latest: Option<Event>,
    /// The oldest one whose connection data are still kept.
    pub(super) oldest_kept: Option<Event>,
    /// Whether older ones are past the retention.
    pub(super) some_expired: bool,
    /// Whether times after the day of the case were left out.
    pub(super) some_future: bool,
}

/// A post or a connection, ordered by time, then by row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) at: Moment,
    pub(super) row: RowId,
    /// Whether it is a post without a public address.
    pub(super) no_permalink: bool,
}

impl Activity {
    /// Nobody's activity yet.
    pub fn new(law: &Law, settings: RequestSettings) -> Self {
        let deadline = law.deadline_of(Head::C3).cloned();
        let clock = Clock { settings, deadline, days: BTreeMap::new() };
        Self { clock, accounts: BTreeMap::new() }
    }

    /// Takes a post into account.
    pub fn add(&mut self, post: &Post) {
        if !self.accounts.contains_key(&post.account) {
            self.accounts.insert(post.account.clone(), Active::default());
        }
        let Some(account) = self.accounts.get_mut(&post.account) else { return };
        account.posts = true;
        if let Maybe::Known(at) = post.at {
            let no_permalink = matches!(post.permalink, Maybe::Missing(_));
            account.note(at, &post.id, no_permalink, &mut self.clock);
        }
    }

    /// The activity of an account with the uses of its addresses.
    pub(super) fn with<'r>(
        &self,
        account: &AccountKey,
        uses: impl Iterator<Item = &'r Address>,
    ) -> Active {
        let mut active = self.accounts.get(account).cloned().unwrap_or_default();
        let mut uses = uses.peekable();
        if uses.peek().is_none() {
            return active;
        }
        let mut clock = self.clock.clone();
        for row in uses {
            if let Maybe::Known(at) = row.at {
                active.note(at, &row.connection, false, &mut clock);
            }
        }
        active
    }
}

impl Active {
    fn note(&mut self, at: Moment, row: &RowId, no_permalink: bool, clock: &mut Clock) {
        let day = clock.day(at);
        match day {
            Day::Future => self.some_future = true,
            Day::Expired => self.some_expired = true,
            Day::Kept => {}
        }
        let before = |old: &Event| (at, row) < (old.at, &old.row);
        let event = || Event { at, row: row.clone(), no_permalink };
        if day == Day::Kept && self.oldest_kept.as_ref().is_none_or(before) {
            self.oldest_kept = Some(event());
        }
        if day != Day::Future && self.latest.as_ref().is_none_or(|old| !before(old)) {
            self.latest = Some(event());
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Future,
    Kept,
    Expired,
}

/// Tells, for the UTC days of the earliest and the latest instant that a precision allows, what
/// became of the connection data. A million rows share few days.
#[derive(Debug, Clone)]
struct Clock {
    settings: RequestSettings,
    deadline: Option<Deadline>,
    days: BTreeMap<(i64, Option<i64>), Day>,
}

impl Clock {
    fn day(&mut self, at: Moment) -> Day {
        let (settings, deadline) = (self.settings, self.deadline.as_ref());
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
