//! When the history of Tor exits says anything at all.
//!
//! The list changes almost every hour. A period of more than [`FROZEN`] minutes without a single
//! arrival or departure is therefore a feed that stood still, or that nobody fetched: nothing is
//! known inside it, whether or not the source declares it as a gap.

use crate::span::Span;

/// The longest silence, in minutes, that still counts as an unchanged list: the threshold at which
/// the source itself declares a gap.
const FROZEN: u32 = 7 * 60;

/// A minute since the Unix epoch.
pub(crate) type Minute = u32;

/// The instants at which the list changed, and the periods in which it is known.
#[derive(Debug)]
pub(crate) struct Coverage {
    /// Minutes with an arrival or a departure, sorted, each once.
    changes: Vec<Minute>,
    /// Periods that are known, sorted, both ends included.
    known: Vec<(Minute, Minute)>,
}

impl Coverage {
    /// Derives the periods from the changes (sorted, each once) and the declared gaps.
    pub(crate) fn new(changes: Vec<Minute>, gaps: &[(Minute, Minute)]) -> Self {
        let mut known = Vec::new();
        let mut start = changes.first().copied();
        for (&from, &to) in changes.iter().zip(changes.iter().skip(1)) {
            let gap = |gap: &(Minute, Minute)| gap.0 < to && from < gap.1;
            if to - from > FROZEN || gaps.iter().any(gap) {
                known.extend(start.map(|start| (start, from)));
                start = Some(to);
            }
        }
        known.extend(start.zip(changes.last().copied()));
        Self { changes, known }
    }

    /// The first and the last minute known.
    #[cfg(test)]
    pub(crate) fn bounds(&self) -> Option<(Minute, Minute)> {
        Some((self.known.first()?.0, self.known.last()?.1))
    }

    /// The periods inside the bounds of which nothing is known.
    #[cfg(test)]
    pub(crate) fn gaps(&self) -> usize {
        self.known.len().saturating_sub(1)
    }

    /// The known parts of a span, in order.
    pub(crate) fn parts(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.known.partition_point(|(_, end)| seconds(*end) < span.from_s);
        self.known[first..].iter().take_while(move |(start, _)| seconds(*start) <= span.to_s).map(
            move |(start, end)| Span {
                from_s: span.from_s.max(seconds(*start)),
                to_s: span.to_s.min(seconds(*end)),
            },
        )
    }

    /// The last second at which a snapshot that was the last to list an address still stood: one
    /// before the next change, or its own instant where a gap follows.
    pub(crate) fn stands_until(&self, last_listed: Minute) -> i64 {
        let period = self.known.partition_point(|(_, end)| *end < last_listed);
        let ends = self.known.get(period).is_some_and(|(_, end)| *end == last_listed);
        let next = self.changes.partition_point(|change| *change <= last_listed);
        match self.changes.get(next) {
            Some(next) if !ends => seconds(*next) - 1,
            _ => seconds(last_listed),
        }
    }

    /// The known second nearest to a span.
    pub(crate) fn nearest(&self, span: Span) -> Option<i64> {
        let after = self.known.partition_point(|(_, end)| seconds(*end) < span.from_s);
        let before = after.checked_sub(1).map(|index| seconds(self.known[index].1));
        let after = self.known.get(after).map(|(start, _)| seconds(*start).max(span.from_s));
        before.into_iter().chain(after).min_by_key(|second| {
            if *second < span.from_s { span.from_s - second } else { second - span.from_s }
        })
    }
}

/// The first second of a minute.
pub(crate) fn seconds(minute: Minute) -> i64 {
    i64::from(minute) * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage() -> Coverage {
        // A change each hour, frozen from 600 to 1200, a declared gap from 1320 to 1380.
        let hours = |from: u32, to: u32| (from / 60..=to / 60).map(|hour| hour * 60);
        let changes = hours(60, 600).chain(hours(1200, 1500)).collect();
        Coverage::new(changes, &[(1320, 1380)])
    }

    #[test]
    fn silence_and_declared_gaps_both_cut() {
        let coverage = coverage();
        assert_eq!(coverage.known, [(60, 600), (1200, 1320), (1380, 1500)]);
        assert_eq!((coverage.bounds(), coverage.gaps()), (Some((60, 1500)), 2));
    }

    #[test]
    fn a_snapshot_stands_until_the_next_change_but_not_into_a_gap() {
        assert_eq!(coverage().stands_until(120), 180 * 60 - 1);
        assert_eq!(coverage().stands_until(600), 600 * 60);
        assert_eq!(coverage().stands_until(1320), 1320 * 60);
        assert_eq!(coverage().stands_until(1500), 1500 * 60);
    }

    #[test]
    fn the_nearest_known_second() {
        let near = |minute: i64| {
            coverage().nearest(Span { from_s: minute * 60, to_s: minute * 60 }).unwrap() / 60
        };
        assert_eq!(
            [near(0), near(300), near(700), near(1100), near(2000)],
            [60, 300, 600, 1200, 1500]
        );
        assert_eq!(Coverage::new(Vec::new(), &[]).nearest(Span { from_s: 0, to_s: 0 }), None);
    }

    #[test]
    fn a_span_is_cut_to_what_is_known() {
        let span = Span { from_s: 500 * 60, to_s: 1250 * 60 };
        let parts: Vec<_> = coverage().parts(span).map(|s| (s.from_s / 60, s.to_s / 60)).collect();
        assert_eq!(parts, [(500, 600), (1200, 1250)]);
    }
}
