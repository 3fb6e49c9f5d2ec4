//! The habits of the claimant's accounts: which networks and devices are established.
//!
//! In: the sessions. Out: for a session, what of it is established by evidence that lies away from
//! it. Habits are pooled over the claimant's accounts: the same line and telephone serve several.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::AccountKey;

use super::session::Session;

/// Days on either side of a session that say nothing about it: 48 hours and the day itself, since
/// days are whole. Most stays of an intruder are shorter.
pub(super) const GUARD_DAYS: i64 = 2;
/// Distinct days that make a habit: once a week for a month.
pub(super) const MIN_DAYS: usize = 5;
/// Days between the first and the last of them: a stay of two or three weeks, a holiday or an
/// intrusion, stays below.
pub(super) const MIN_SPAN_DAYS: i64 = 30;
/// Days from an account's first session in which habits are taken as they come: nothing earlier
/// could speak against them.
pub(super) const FOUNDING_DAYS: i64 = 60;
/// Days on which a new key was used with an established one of the other kind. Two, for one
/// session may be a spoofed or shared device.
const CORROBORATING_DAYS: usize = 2;
/// From here on a pair that nothing corroborates is somebody's daily life: no longer foreign, never
/// usual.
const LONG: (usize, i64) = (10, 60);
/// Sessions, days, and days from first to last below which an account has no habits.
const LEAST: (usize, usize, i64) = (10, 5, MIN_SPAN_DAYS);
/// How far trust spreads: each round is a move or a new device after the first months.
const ROUNDS: usize = 64;
/// Sessions below which hours say nothing.
const LEAST_HOURS: usize = 30;

/// Sorted distinct days, counted from 1970.
#[derive(Debug, Default)]
pub(super) struct Days(BTreeSet<i64>);

impl Days {
    /// How many lie away from `day`, and how far apart the outermost of them are.
    fn away(&self, day: i64) -> (usize, i64) {
        let near = self.0.range(day - GUARD_DAYS..=day + GUARD_DAYS).count();
        let first = self.0.first().copied().filter(|d| *d < day - GUARD_DAYS);
        let first = first.or_else(|| self.0.range(day + GUARD_DAYS + 1..).next().copied());
        let last = self.0.last().copied().filter(|d| *d > day + GUARD_DAYS);
        let last = last.or_else(|| self.0.range(..day - GUARD_DAYS).next_back().copied());
        let span = first.zip(last).map_or(0, |(first, last)| last - first);
        (self.0.len() - near, span)
    }

    fn span(&self) -> i64 {
        self.0.first().zip(self.0.last()).map_or(0, |(first, last)| last - first)
    }

    fn last(&self, least: (usize, i64)) -> bool {
        self.0.len() >= least.0 && self.span() >= least.1
    }
}

/// What is known of a network or device.
#[derive(Debug, Default)]
struct Key {
    days: Days,
    founding: bool,
    established: bool,
    /// Days on which it was used with an established key of the other kind.
    vouched: Days,
}

/// How well a key of a session is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Established by other days.
    Known,
    /// Seen on other days with an established key of the other kind, too seldom for a habit.
    Seen,
    /// Nothing else vouches for it.
    New,
    /// The source does not say.
    Unsaid,
}

type Pair<'a> = (&'a str, &'a str);

/// The habits.
#[derive(Debug, Default)]
pub(super) struct Habits<'a> {
    networks: BTreeMap<&'a str, Key>,
    devices: BTreeMap<&'a str, Key>,
    pairs: BTreeMap<Pair<'a>, Days>,
    /// By account and key: the days.
    own: BTreeMap<(&'a AccountKey, &'a str), Days>,
    /// By country and day: the network, or none where there were several.
    countries: BTreeMap<&'a str, BTreeMap<i64, Option<&'a str>>>,
    /// By country and network: days on which it was the only one there.
    alone: BTreeMap<Pair<'a>, usize>,
    accounts: BTreeMap<&'a AccountKey, AccountUse>,
    operators: BTreeSet<i64>,
}

/// What is known of an account.
#[derive(Debug, Default)]
struct AccountUse {
    sessions: usize,
    days: Days,
    /// Sessions by day and hour.
    hours: BTreeMap<i64, [u32; 24]>,
    hour_totals: [u32; 24],
}

impl<'a> Habits<'a> {
    /// The habits that the sessions show.
    pub(super) fn of(sessions: &'a [Session<'_>]) -> Self {
        let mut habits = Self::default();
        // The first day of an account must be known before its founding days are.
        for session in sessions {
            habits.count(session);
        }
        for session in sessions {
            habits.found(session);
        }
        habits.establish();
        habits.vouch();
        habits.stand_alone();
        habits.name_operators(sessions);
        habits
    }

    fn count(&mut self, session: &'a Session<'_>) {
        let account = self.accounts.entry(session.account).or_default();
        let Some(day) = session.day() else { return };
        account.sessions += 1;
        account.days.0.insert(day);
        if let Some(hour) = session.hour.filter(|hour| *hour < 24) {
            account.hours.entry(day).or_default()[hour] += 1;
            account.hour_totals[hour] += 1;
        }
    }

    fn found(&mut self, session: &'a Session<'_>) {
        let Some(day) = session.day() else { return };
        let founding = self.is_founding(session);
        let (network, device) = (session.network.as_deref(), session.device.as_deref());
        for (keys, key) in [(&mut self.networks, network), (&mut self.devices, device)] {
            let Some(key) = key else { continue };
            let known = keys.entry(key).or_default();
            known.days.0.insert(day);
            known.founding |= founding;
            self.own.entry((session.account, key)).or_default().0.insert(day);
        }
        if let (Some(network), Some(device)) = (network, device) {
            self.pairs.entry((network, device)).or_default().0.insert(day);
        }
        if let (Some(country), Some(network)) = (session.country(), network) {
            let days = self.countries.entry(country).or_default();
            let only = days.entry(day).or_insert(Some(network));
            *only = only.filter(|only| *only == network);
        }
    }

    /// Whether the session lies in the first months of its account.
    pub(super) fn is_founding(&self, session: &Session<'_>) -> bool {
        let first = self.accounts.get(session.account).and_then(|a| a.days.0.first().copied());
        first.zip(session.day()).is_some_and(|(first, day)| day - first < FOUNDING_DAYS)
    }

    /// Spreads from the founding keys to those that are used with them, until nothing changes.
    fn establish(&mut self) {
        let lasting = |key: &Key| key.days.last((MIN_DAYS, MIN_SPAN_DAYS));
        for key in self.networks.values_mut().chain(self.devices.values_mut()) {
            key.established = key.founding && lasting(key);
        }
        for _ in 0..ROUNDS {
            let mut changed = false;
            for ((network, device), days) in &self.pairs {
                let (Some(n), Some(d)) =
                    (self.networks.get_mut(network), self.devices.get_mut(device))
                else {
                    continue;
                };
                if days.0.len() < CORROBORATING_DAYS || n.established == d.established {
                    continue;
                }
                let fresh = if n.established { d } else { n };
                if lasting(fresh) {
                    fresh.established = true;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Notes the days on which each key was used with an established one.
    fn vouch(&mut self) {
        for ((network, device), days) in &self.pairs {
            let (Some(n), Some(d)) = (self.networks.get_mut(network), self.devices.get_mut(device))
            else {
                continue;
            };
            if d.established {
                n.vouched.0.extend(&days.0);
            }
            if n.established {
                d.vouched.0.extend(&days.0);
            }
        }
    }

    fn stand_alone(&mut self) {
        for (country, days) in &self.countries {
            for network in days.values().flatten() {
                *self.alone.entry((country, network)).or_default() += 1;
            }
        }
    }

    fn name_operators(&mut self, sessions: &[Session<'_>]) {
        for session in sessions {
            let known = session.network.as_deref().and_then(|key| self.networks.get(key));
            if let Some(asn) = session.address.asn.known()
                && known.is_some_and(|key| key.established)
            {
                self.operators.insert(*asn);
            }
        }
    }

    /// Whether enough is known of the account to call anything unlike it.
    pub(super) fn knows(&self, account: &AccountKey) -> bool {
        self.accounts
            .get(account)
            .is_some_and(|known| known.sessions >= LEAST.0 && known.days.last((LEAST.1, LEAST.2)))
    }

    /// How well the network of a session is known.
    pub(super) fn network(&self, session: &Session<'_>) -> Standing {
        standing(&self.networks, session.network.as_deref(), session.day())
    }

    /// How well the device of a session is known.
    pub(super) fn device(&self, session: &Session<'_>) -> Standing {
        standing(&self.devices, session.device.as_deref(), session.day())
    }

    /// Whether network and device of a session were used together so long that they are
    /// somebody's daily life.
    pub(super) fn is_long(&self, session: &Session<'_>) -> bool {
        let (Some(network), Some(device)) = (session.network.as_deref(), session.device.as_deref())
        else {
            return false;
        };
        self.pairs.get(&(network, device)).is_some_and(|days| days.last(LONG))
    }

    /// Whether another network of the same operator is established.
    pub(super) fn knows_operator(&self, session: &Session<'_>) -> bool {
        session.address.asn.known().is_some_and(|asn| self.operators.contains(asn))
    }

    /// Whether no other network was ever used in the country of a session, away from its day.
    pub(super) fn country_is_new(&self, session: &Session<'_>) -> bool {
        let (Some(country), Some(day)) = (session.country(), session.day()) else { return false };
        let Some(days) = self.countries.get(country) else { return true };
        let network = session.network.as_deref().unwrap_or_default();
        let alone = self.alone.get(&(country, network)).copied().unwrap_or_default();
        let near = days.range(day - GUARD_DAYS..=day + GUARD_DAYS);
        let near_others = near.filter(|(_, only)| **only != Some(network)).count();
        days.len() - alone == near_others
    }

    /// Days other than the session's own on which its account used a key.
    pub(super) fn other_days(&self, session: &Session<'_>, key: Option<&str>) -> i64 {
        let Some(days) = key.and_then(|key| self.own.get(&(session.account, key))) else {
            return 0;
        };
        let own = session.day().is_some_and(|day| days.0.contains(&day));
        days.0.len() as i64 - i64::from(own)
    }

    /// The share of the account's sessions away from this one that fall in its hour and the two
    /// beside it.
    pub(super) fn hour_share(&self, session: &Session<'_>) -> Option<f64> {
        let (hour, day) = (session.hour?, session.day()?);
        let account = self.accounts.get(session.account)?;
        let mut counts = account.hour_totals;
        for near in account.hours.range(day - GUARD_DAYS..=day + GUARD_DAYS).map(|(_, n)| n) {
            counts.iter_mut().zip(near).for_each(|(all, n)| *all -= n);
        }
        let total: u32 = counts.iter().sum();
        let here: u32 = [23, 0, 1].iter().map(|step| counts[(hour + step) % 24]).sum();
        (total as usize >= LEAST_HOURS).then(|| f64::from(here) / f64::from(total))
    }
}

fn standing(keys: &BTreeMap<&str, Key>, key: Option<&str>, day: Option<i64>) -> Standing {
    let (Some(key), Some(day)) = (key, day) else { return Standing::Unsaid };
    let Some(known) = keys.get(key) else { return Standing::New };
    let (count, span) = known.days.away(day);
    if known.established && count >= MIN_DAYS && span >= MIN_SPAN_DAYS {
        return Standing::Known;
    }
    // An established partner beside it, on another day: seldom used, not a stranger's.
    if known.vouched.away(day).0 > 0 { Standing::Seen } else { Standing::New }
}
