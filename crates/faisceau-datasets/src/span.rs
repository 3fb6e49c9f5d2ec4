//! The instants that a time of limited precision allows.

use faisceau_model::{Moment, Precision};

/// From the first to the last second at which an event may have happened, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First second since the Unix epoch.
    pub from_s: i64,
    /// Last second since the Unix epoch.
    pub to_s: i64,
}

impl Span {
    /// The span of a moment, or `None` where its interval has no known length. A month counts 31
    /// days and a year 366, so that the span never leaves out the true instant.
    pub fn of(moment: Moment) -> Option<Self> {
        let seconds = match moment.precision() {
            Precision::Micro | Precision::Milli | Precision::Second => 1,
            Precision::Minute => 60,
            Precision::Hour => 3_600,
            Precision::Day => 86_400,
            Precision::Month => 31 * 86_400,
            Precision::Year => 366 * 86_400,
            Precision::Interval => return None,
        };
        let from_s = moment.at_s();
        Some(Self { from_s, to_s: from_s + seconds - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::ZoneSource;

    #[test]
    fn the_precision_is_the_length_of_the_span() {
        let at = |precision| Moment::new(86_400_000_000, precision, ZoneSource::Unix).unwrap();
        let span = Span::of(at(Precision::Day)).unwrap();
        assert_eq!((span.from_s, span.to_s), (86_400, 2 * 86_400 - 1));
        let second = Span::of(at(Precision::Micro)).unwrap();
        assert_eq!(second.from_s, second.to_s);
        assert_eq!(Span::of(at(Precision::Interval)), None);
    }
}
