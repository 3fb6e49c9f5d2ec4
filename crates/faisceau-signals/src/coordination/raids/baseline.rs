//! What the same corpus, period and hours would bring to a target.
//!
//! In: acts. Out: for a target and a window the accounts expected beside the one that opens it,
//! and the chance of so many. Two processes bring accounts: ordinary bursts (answers, news), as
//! other targets of the same kind see them after an act, and the rate of this target outside the
//! window; both at the activity of the corpus at that time. Most acts are followed by nobody, so
//! the law is a hurdle: the probability that somebody follows, and then a negative binomial, which
//! for bursts alone is geometric.

use std::collections::{BTreeMap, BTreeSet};

use super::acts::{Act, Acts, Target};
use super::{LENGTHS, windows};

/// Share of the targets of a kind with the strongest bursts that is left out of what is ordinary:
/// they may be raided.
const TRIMMED: f64 = 0.1;
/// By convention, for each length: how often somebody follows an act, and how many then do.
const PRIOR_FOLLOWED: [f64; LENGTHS.len()] = [0.1, 0.3, 0.5];
const PRIOR_FOLLOWERS: [f64; LENGTHS.len()] = [1.5, 1.7, 2.0];
/// Targets that the convention weighs as much as.
const PRIOR_TARGETS: f64 = 5.0;
/// Least accounts that follow when somebody does: no burst is known to end with the first.
const LEAST_FOLLOWERS: f64 = 1.2;
/// Spread of a target's own rate from day to day (variance = mean + spread × mean²).
const OWN_SPREAD: f64 = 0.25;
/// Share of other targets from which a burst is one that is seen elsewhere.
const ELSEWHERE: f64 = 0.01;
/// Farthest that the activity of the corpus moves a rate.
const MOST_BUSY: f64 = 20.0;
/// Activity, against what is usual, from which a time is called busy.
const BUSY: f64 = 2.0;

/// Of one kind of target and one length, sums over targets: targets, the share of windows that
/// hold another account, and the mean number of other accounts.
#[derive(Debug, Clone, Copy, Default)]
struct Bursts {
    targets: f64,
    followed: f64,
    mean: f64,
    /// Most accounts in one window.
    most: usize,
}

/// What is expected in a window beside the account that opens it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected {
    /// Probability that there is another account.
    followed: f64,
    /// Mean of further ones then, and its variance.
    further: f64,
    variance: f64,
}

impl Expected {
    /// The number of other accounts expected.
    pub(super) fn accounts(&self) -> f64 {
        self.followed * (1.0 + self.further)
    }

    /// log10 of the chance of at least `others` other accounts.
    pub(super) fn log10_chance(&self, others: usize) -> f64 {
        if others == 0 {
            return 0.0;
        }
        let spread = (self.variance - self.further) / (self.further * self.further);
        libm::log10(self.followed) + log10_tail(others - 1, self.further, spread)
    }
}

/// The rates.
pub(super) struct Baseline<'a> {
    times: &'a [i64],
    /// Acts of the corpus at each hour of the day, and the seconds that each was there.
    hours: [f64; 24],
    days: f64,
    kinds: BTreeMap<(&'static str, usize), Bursts>,
    /// By the number of the target; nothing where it was left out.
    own: Vec<[Bursts; LENGTHS.len()]>,
    /// Of each kind and length the most accounts in a window, target by target, in order.
    most: BTreeMap<(&'static str, usize), Vec<usize>>,
}

impl<'a> Baseline<'a> {
    pub(super) fn of(acts: &'a Acts) -> Self {
        let mut hours = [0.0; 24];
        for at in &acts.times {
            hours[hour(*at)] += 1.0;
        }
        let days: BTreeSet<i64> = acts.times.iter().map(|at| at.div_euclid(86_400)).collect();
        let measured = |target: &Target| -> [Bursts; LENGTHS.len()] {
            let all: Vec<&Act> = target.acts.iter().collect();
            std::array::from_fn(|length| bursts(&all, LENGTHS[length]))
        };
        let mut own: Vec<_> = acts.targets.iter().map(measured).collect();
        let mut most = BTreeMap::<(&'static str, usize), Vec<usize>>::new();
        for target in &acts.targets {
            for (length, bursts) in own[target.number].iter().enumerate() {
                most.entry((target.kind, length)).or_default().push(bursts.most);
            }
        }
        for most in most.values_mut() {
            most.sort_unstable();
        }
        let mut of_kind = BTreeMap::<&'static str, Vec<usize>>::new();
        for target in &acts.targets {
            of_kind.entry(target.kind).or_default().push(target.number);
        }
        let mut kinds = BTreeMap::<(&'static str, usize), Bursts>::new();
        for (kind, mut numbers) in of_kind {
            for (length, _) in LENGTHS.iter().enumerate() {
                let mean = |number: usize| own[number][length].mean;
                numbers.sort_by(|x, y| mean(*x).total_cmp(&mean(*y)).then(x.cmp(y)));
                let kept = numbers.len() - (numbers.len() as f64 * TRIMMED) as usize;
                let sum = kinds.entry((kind, length)).or_default();
                for &number in &numbers[..kept] {
                    sum.targets += own[number][length].targets;
                    sum.mean += own[number][length].mean;
                    sum.followed += own[number][length].followed;
                }
                for &number in &numbers[kept..] {
                    own[number][length] = Bursts::default();
                }
            }
        }
        Self { times: &acts.times, hours, days: days.len().max(1) as f64, kinds, own, most }
    }

    /// What is expected in a window that opens at `start`.
    pub(super) fn expected(&self, target: &Target, length: usize, start: i64) -> Expected {
        let end = start.saturating_add(LENGTHS[length]);
        let within = between_acts(&target.acts, start, end);
        let outside = (target.acts.len() - within) as f64;
        let elsewhere = (self.times.len() as f64 - within as f64).max(1.0);
        let activity = self.activity(length, start, within);
        // Of the acts of the corpus this target has this share outside the window.
        let own = outside / elsewhere * activity;
        let (followed, followers) = self.others(target, length);
        let busy = (activity / self.usual(length)).clamp(1.0, MOST_BUSY);
        let burst = (followers - 1.0) * busy;
        Expected {
            followed: (followed * busy + own).min(1.0),
            further: burst + own,
            variance: burst * (burst + 1.0) + own + OWN_SPREAD * own * own,
        }
    }

    /// Whether the whole corpus is busier in a window than such hours usually are.
    pub(super) fn busy(&self, target: &Target, length: usize, start: i64) -> bool {
        let within = between_acts(&target.acts, start, start.saturating_add(LENGTHS[length]));
        let now = self.seen(length, start).saturating_sub(within) as f64;
        now > BUSY * self.by_the_hour(length, start).max(1.0)
    }

    /// Whether other targets of the kind see as many accounts in such a window, one in a hundred
    /// at least.
    pub(super) fn seen_elsewhere(&self, target: &Target, length: usize, accounts: usize) -> bool {
        let most = self.most.get(&(target.kind, length)).map_or(&[][..], Vec::as_slice);
        // The target itself is one of them.
        let others = (most.len() - most.partition_point(|one| *one < accounts)).saturating_sub(1);
        others as f64 >= ELSEWHERE * most.len().saturating_sub(1) as f64 && others > 0
    }

    /// Acts of the corpus in a window: those usual at that hour of the day, or those seen beside
    /// the target's own, less two standard deviations, whichever are more.
    fn activity(&self, length: usize, start: i64, within: usize) -> f64 {
        let seen = self.seen(length, start).saturating_sub(within) as f64;
        // Two acts in a quiet window are chance, and no busy hour.
        (seen - 2.0 * seen.sqrt()).max(self.by_the_hour(length, start))
    }

    fn seen(&self, length: usize, start: i64) -> usize {
        let end = start.saturating_add(LENGTHS[length]);
        let before = |limit: i64| self.times.partition_point(|at| *at < limit);
        before(end) - before(start)
    }

    /// Acts in such a window at that hour of the day, over the days on which there are any.
    fn by_the_hour(&self, length: usize, start: i64) -> f64 {
        let seconds = LENGTHS[length] as f64;
        if LENGTHS[length] >= 86_400 {
            return self.usual(length);
        }
        self.hours[hour(start)] / self.days * seconds / 3600.0
    }

    /// Acts in such a window at any hour.
    fn usual(&self, length: usize) -> f64 {
        let all = self.times.len() as f64;
        (all / self.days * LENGTHS[length] as f64 / 86_400.0).max(0.01)
    }

    /// How often somebody follows an act on the other targets of the kind, and how many then do.
    fn others(&self, target: &Target, length: usize) -> (f64, f64) {
        let sum = self.kinds.get(&(target.kind, length)).copied().unwrap_or_default();
        let own = self.own.get(target.number).map_or_else(Bursts::default, |own| own[length]);
        let less = |all: f64, own: f64| (all - own).max(0.0);
        let weight = less(sum.targets, own.targets) + PRIOR_TARGETS;
        let prior = PRIOR_TARGETS * PRIOR_FOLLOWED[length];
        let followed = (less(sum.followed, own.followed) + prior) / weight;
        let mean = (less(sum.mean, own.mean) + prior * PRIOR_FOLLOWERS[length]) / weight;
        (followed, (mean / followed).max(LEAST_FOLLOWERS))
    }
}

fn hour(at: i64) -> usize {
    (at.rem_euclid(86_400) / 3600) as usize
}

/// Acts of a target from `start` to before `end`.
fn between_acts(acts: &[Act], start: i64, end: i64) -> usize {
    let before = |limit: i64| acts.partition_point(|act| act.at < limit);
    before(end) - before(start)
}

/// Means over the windows of a target, each opened by an act.
fn bursts(acts: &[&Act], length: i64) -> Bursts {
    let (mut count, mut followed, mut sum, mut most) = (0.0, 0.0, 0.0, 0);
    for (_, _, accounts) in windows(acts, length) {
        let others = (accounts.max(1) - 1) as f64;
        most = most.max(accounts);
        count += 1.0;
        followed += others.min(1.0);
        sum += others;
    }
    if count == 0.0 {
        return Bursts::default();
    }
    Bursts { targets: 1.0, followed: followed / count, mean: sum / count, most }
}

/// log10 of P(X >= k) of the negative binomial with this mean and spread, or what bounds it from
/// above: terms beyond the mean fall at least geometrically.
fn log10_tail(k: usize, mean: f64, spread: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let size = 1.0 / spread;
    let k = k as f64;
    let odds = mean / (mean + size);
    let ln_term = libm::lgamma(k + size) - libm::lgamma(size) - libm::lgamma(k + 1.0)
        + size * libm::log(size / (mean + size))
        + k * libm::log(odds);
    // The ratio of the next term to this one falls with k if size > 1 and rises to `odds` if not.
    let ratio = (odds * (k + size) / (k + 1.0)).max(odds);
    let ln_tail = if ratio < 1.0 { ln_term - libm::log(1.0 - ratio) } else { 0.0 };
    (ln_tail / std::f64::consts::LN_10).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_bounds_the_sum_from_above_and_is_near() {
        for (mean, spread) in [(0.3, 0.5), (1.0, 2.0), (4.0, 0.5), (0.05, 10.0)] {
            let size: f64 = 1.0 / spread;
            let term = |k: f64| {
                libm::exp(
                    libm::lgamma(k + size) - libm::lgamma(size) - libm::lgamma(k + 1.0)
                        + size * libm::log(size / (mean + size))
                        + k * libm::log(mean / (mean + size)),
                )
            };
            for k in [1_u32, 3, 10, 25] {
                let sum: f64 = (k..3000).map(|n| term(f64::from(n))).sum();
                let tail = log10_tail(k as usize, mean, spread);
                assert!(tail >= libm::log10(sum) - 1e-9, "{mean} {spread} {k}");
                if f64::from(k) > 2.0 * mean {
                    assert!(tail < libm::log10(sum) + 0.5, "{mean} {spread} {k}");
                }
            }
        }
        assert_eq!(log10_tail(0, 1.0, 1.0), 0.0);
    }
}
