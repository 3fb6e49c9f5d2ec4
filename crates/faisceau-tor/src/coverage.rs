//! Which consensuses stood within a span of time, and whether they leave any of it out.
//!
//! A consensus answers from valid-after to fresh-until, more weakly until valid-until, and only
//! until the next one of its flavour.

use std::ops::Range;

use faisceau_datasets::Span;
use faisceau_model::{Absent, Maybe};

use crate::index::{Covering, TorIndex};

/// How a span is covered by consensuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Each instant by one that was the one to use.
    Fresh,
    /// Each instant, but some only by one that was no longer fresh.
    Stale,
    /// Some instants by none.
    Partial,
    /// No instant; the nearest consensus stands this many seconds away.
    None(Option<i64>),
}

impl TorIndex {
    /// Whole days from the span to the nearest consensus.
    pub fn days_away(&self, span: Span) -> Maybe<i64> {
        match self.ask_coverage(span) {
            Coverage::None(Some(seconds)) => Maybe::Known(seconds / 86_400),
            Coverage::None(None) => Maybe::Missing(Absent::NoData),
            _ => Maybe::Known(0),
        }
    }

    /// How a span is covered.
    pub fn ask_coverage(&self, span: Span) -> Coverage {
        self.coverage(&self.windows(span), span)
    }

    /// The places of the documents that stood within the span, for each flavour.
    pub(crate) fn windows(&self, span: Span) -> [Range<usize>; 2] {
        let within = |range: Range<usize>| {
            let (start, documents) = (range.start, &self.documents[range.clone()]);
            let until = &self.stands_until[range];
            let from = until.partition_point(|until| i64::from(*until) <= span.from_s);
            let end = documents.partition_point(|d| i64::from(d.valid_after_s) <= span.to_s);
            start + from..start + end.max(from)
        };
        [within(0..self.microdesc_from), within(self.microdesc_from..self.documents.len())]
    }

    pub(crate) fn coverage(&self, windows: &[Range<usize>; 2], span: Span) -> Coverage {
        if windows.iter().all(Range::is_empty) {
            return Coverage::None(self.nearest(span));
        }
        let fresh =
            |ordinal: usize| self.documents[ordinal].fresh_until_s.min(self.stands_until[ordinal]);
        if self.is_whole(windows, span, &fresh) {
            Coverage::Fresh
        } else if self.is_whole(windows, span, &|ordinal| self.stands_until[ordinal]) {
            Coverage::Stale
        } else {
            Coverage::Partial
        }
    }

    /// Whether the documents, each until its end, leave no instant of the span out.
    fn is_whole(
        &self,
        windows: &[Range<usize>; 2],
        span: Span,
        end: &dyn Fn(usize) -> u32,
    ) -> bool {
        let (mut plain, mut micro) = (windows[0].clone(), windows[1].clone());
        let mut reached = span.from_s;
        loop {
            let begins = |range: &Range<usize>| {
                range.clone().next().map(|o| i64::from(self.documents[o].valid_after_s))
            };
            let next = match (begins(&plain), begins(&micro)) {
                (None, None) => return reached > span.to_s,
                (Some(a), Some(b)) if b < a => micro.next(),
                (Some(_), _) => plain.next(),
                (None, Some(_)) => micro.next(),
            };
            let Some(ordinal) = next else { return reached > span.to_s };
            if i64::from(self.documents[ordinal].valid_after_s) > reached {
                return reached > span.to_s;
            }
            reached = reached.max(i64::from(end(ordinal)));
        }
    }

    fn nearest(&self, span: Span) -> Option<i64> {
        let away = |(document, until): (&Covering, &u32)| {
            let (from, until) = (i64::from(document.valid_after_s), i64::from(*until));
            if from > span.to_s { from - span.to_s } else { (span.from_s - until).max(0) }
        };
        self.documents.iter().zip(&self.stands_until).map(away).min()
    }
}
