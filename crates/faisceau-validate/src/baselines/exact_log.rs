//! The natural logarithm, rounded correctly but for one case in many millions.
//!
//! In: a positive number. Out: its logarithm, as the C library of the published script gives it
//! nearly always (its error is below 0.52 of the last place). Needed where counts tie and the last
//! bit decides their order. Worked out with two numbers for one (Dekker 1971), by the series of
//! the inverse hyperbolic tangent.

/// A sum of two numbers, the second below the last place of the first.
#[derive(Debug, Clone, Copy)]
struct Double(f64, f64);

/// ln 2.
const LN_2: Double = Double(core::f64::consts::LN_2, 2.319_046_813_846_299_6e-17);
/// Terms of the series: (0.1716²)²⁴ is below 2⁻¹²⁰.
const TERMS: u32 = 24;

impl Double {
    /// The exact sum of two numbers.
    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let back = sum - a;
        Self(sum, (a - (sum - back)) + (b - back))
    }

    fn plus(self, other: Self) -> Self {
        let Self(high, low) = Self::sum(self.0, other.0);
        Self::sum(high, low + self.1 + other.1)
    }

    fn times(self, other: Self) -> Self {
        let high = self.0 * other.0;
        let low = libm::fma(self.0, other.0, -high) + self.0 * other.1 + self.1 * other.0;
        Self::sum(high, low)
    }

    fn over(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let rest = self.plus(other.times(Self(-first, 0.0)));
        let second = rest.0 / other.0;
        let rest = rest.plus(other.times(Self(-second, 0.0)));
        Self::sum(first, second).plus(Self(rest.0 / other.0, 0.0))
    }
}

/// ln of a positive number; what is not positive and finite is left to `libm`.
pub(super) fn log(x: f64) -> f64 {
    if !x.is_normal() || x < 0.0 {
        return libm::log(x);
    }
    let (mut fraction, mut exponent) = libm::frexp(x);
    if fraction < core::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        exponent -= 1;
    }
    let share = Double::sum(fraction, -1.0).over(Double::sum(fraction, 1.0));
    let square = share.times(share);
    let mut series = Double(0.0, 0.0);
    for term in (0..TERMS).rev() {
        let odd = Double(f64::from(2 * term + 1), 0.0);
        series = series.times(square).plus(Double(1.0, 0.0).over(odd));
    }
    let whole = LN_2.times(Double(f64::from(exponent), 0.0));
    let Double(high, low) = whole.plus(share.times(series).times(Double(2.0, 0.0)));
    high + low
}

#[cfg(test)]
#[expect(clippy::unreadable_literal, reason = "numbers as they were recorded")]
mod tests {
    use super::*;

    #[test]
    fn the_last_bit_is_right() {
        // mpmath 1.4.1 with 60 digits, rounded to the nearest double.
        for (x, expected) in [
            (0.1, -2.3025850929940455),
            (0.7, -0.35667494393873245),
            (1.5, 0.4054651081081644),
            (2.25, 0.8109302162163288),
            (3.0, 1.0986122886681098),
            (9.99, 2.301584592660462),
            (123.456, 4.815884817283264),
            (0.75, -0.2876820724517809),
            (5e-09, -19.11382792451231),
            (1000000000000000.0, 34.538776394910684),
            (7.855748, 2.061245493144599),
            (8.961749, 2.1929654088304806),
            (24.42863, 3.195755805105291),
            (2.766559, 1.017604309714558),
            (18.007015, 2.8907614041964065),
            (21.85953, 3.0846369820597976),
        ] {
            assert_eq!(log(x), expected, "{x}");
        }
        assert_eq!((log(1.0), log(0.0)), (0.0, f64::NEG_INFINITY));
    }
}
