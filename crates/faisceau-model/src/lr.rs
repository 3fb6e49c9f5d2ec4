//! Likelihood ratios, on the base-10 logarithmic scale.

use std::fmt;

/// The bounds that the validation supports: an LR outside them is reported at the bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap {
    /// Lowest log10 LR that may be reported.
    pub low: f64,
    /// Highest log10 LR that may be reported.
    pub high: f64,
}

/// A calibrated likelihood ratio with its interval and its cap, all as log10.
///
/// Only `faisceau-weigh` builds one: the workspace lint forbids [`Lr::calibrated`] elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lr {
    log10: f64,
    low: f64,
    high: f64,
    cap: Cap,
}

impl Lr {
    /// Builds an LR and brings it inside its cap. `None` if a value is not finite or the bounds
    /// are not in order.
    pub fn calibrated(log10: f64, low: f64, high: f64, cap: Cap) -> Option<Self> {
        let finite = [log10, low, high, cap.low, cap.high].iter().all(|x| x.is_finite());
        if !finite || low > log10 || log10 > high || cap.low > cap.high {
            return None;
        }
        let within = |x: f64| x.clamp(cap.low, cap.high);
        Some(Self { log10: within(log10), low: within(low), high: within(high), cap })
    }

    /// The log10 LR.
    pub const fn log10(self) -> f64 {
        self.log10
    }

    /// The lower end of its interval.
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The upper end of its interval.
    pub const fn high(self) -> f64 {
        self.high
    }

    /// The cap.
    pub const fn cap(self) -> Cap {
        self.cap
    }

    /// Its verbal band. The lower end of the interval decides, so that wording never outruns it.
    pub fn band(self) -> Band {
        if self.log10 >= 0.0 { Band::of(self.low.max(0.0)) } else { Band::of(self.high.min(0.0)) }
    }
}

/// A step of the verbal scale of ENFSI (2015), edges in the lower band.
///
/// No published French rendering exists: the French words are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band(i8);

impl Band {
    const EDGES: [f64; 6] = [std::f64::consts::LOG10_2, 1.0, 2.0, 3.0, 4.0, 6.0];
    const FR: [&'static str; 7] = [
        "aucun soutien",
        "soutien faible",
        "soutien modéré",
        "soutien modérément fort",
        "soutien fort",
        "soutien très fort",
        "soutien extrêmement fort",
    ];
    const EN: [&'static str; 7] = [
        "no support",
        "weak support",
        "moderate support",
        "moderately strong support",
        "strong support",
        "very strong support",
        "extremely strong support",
    ];

    /// The band of a log10 LR.
    pub fn of(log10: f64) -> Self {
        let size = Self::EDGES.iter().filter(|&&edge| log10.abs() > edge).count() as i8;
        Self(if log10 < 0.0 { -size } else { size })
    }

    /// The words in French; the proposition supported stands in [`Band::favours`].
    pub fn fr(self) -> &'static str {
        Self::FR[usize::from(self.0.unsigned_abs())]
    }

    /// The words in English.
    pub fn en(self) -> &'static str {
        Self::EN[usize::from(self.0.unsigned_abs())]
    }

    /// The English words of a band that is named in French.
    pub fn english_of(fr: &str) -> Option<&'static str> {
        let at = Self::FR.iter().position(|words| *words == fr)?;
        Self::EN.get(at).copied()
    }

    /// The proposition supported: `H1`, `H2`, or neither.
    pub fn favours(self) -> Option<&'static str> {
        match self.0 {
            0 => None,
            n if n > 0 => Some("H1"),
            _ => Some("H2"),
        }
    }
}

impl fmt::Display for Lr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+.2} [{:+.2}; {:+.2}]", self.log10, self.low, self.high)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the constructor is what is tested")]
mod tests {
    use super::*;

    const CAP: Cap = Cap { low: -2.0, high: 2.0 };

    #[test]
    fn the_cap_binds_and_the_lower_end_speaks() {
        let lr = Lr::calibrated(3.5, 0.8, 4.0, CAP).unwrap();
        assert_eq!((lr.log10(), lr.low(), lr.high()), (2.0, 0.8, 2.0));
        assert_eq!(lr.band().fr(), "soutien faible");
        assert!(Lr::calibrated(f64::NAN, 0.0, 1.0, CAP).is_none());
        assert!(Lr::calibrated(0.0, 1.0, 2.0, CAP).is_none());
    }

    #[test]
    fn edges_belong_to_the_lower_band() {
        assert_eq!(Band::of(2.0).fr(), "soutien modéré");
        assert_eq!(Band::of(2.000_1).fr(), "soutien modérément fort");
        assert_eq!(Band::of(-3.5).favours(), Some("H2"));
        assert_eq!(Band::of(0.2).favours(), None);
    }

    #[test]
    fn an_interval_across_zero_says_nothing() {
        let lr = Lr::calibrated(0.9, -0.3, 1.8, CAP).unwrap();
        assert_eq!(lr.band().favours(), None);
    }
}
