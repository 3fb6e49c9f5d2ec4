//! How many questions a second may leave.

use std::time::{Duration, Instant};

/// How far sending may catch up after a pause.
const LAG: Duration = Duration::from_millis(50);

/// Lets questions leave one by one.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    next: Instant,
}

impl Pace {
    /// `rate` questions a second; without it, as many as are answered.
    pub(crate) fn new(rate: Option<u32>, now: Instant) -> Self {
        let interval = rate.map_or(Duration::ZERO, |rate| Duration::from_secs(1) / rate.max(1));
        Self { interval, next: now }
    }

    /// Whether a question may leave now; it then counts as having left.
    pub(crate) fn allows(&mut self, now: Instant) -> bool {
        if now < self.next {
            return false;
        }
        let earliest = now.checked_sub(LAG).unwrap_or(now);
        self.next = (self.next + self.interval).max(earliest);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holds_no_more_than_the_rate_and_what_is_caught_up() {
        let start = Instant::now();
        let mut pace = Pace::new(Some(100), start);
        let sent = (0..1000).filter(|ms| pace.allows(start + Duration::from_millis(*ms))).count();
        assert_eq!(sent, 100);
        let later = start + Duration::from_secs(9);
        let burst = (0..1000).filter(|_| pace.allows(later)).count();
        assert!((1..=7).contains(&burst), "{burst}");
    }
}
