//! Numbers as `exiftool -n` writes them.
//!
//! In: a floating-point number. Out: its significant digits, without trailing zeros, with an exponent
//! where it is below -5 or beyond the digits: the `%g` of C, which Perl prints numbers with.

/// The digits that Perl writes a number with.
pub(crate) const PERL: usize = 15;

/// The number as Perl writes it.
pub(crate) fn perl(value: f64) -> String {
    general(value, PERL)
}

/// The number with at most so many significant digits.
pub(crate) fn general(value: f64, digits: usize) -> String {
    let digits = digits.saturating_sub(1);
    if value == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{value:.digits$e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        // Infinite, or not a number.
        return scientific.to_lowercase();
    };
    let Ok(exponent) = exponent.parse::<i32>() else { return scientific };
    if (-4..=digits as i32).contains(&exponent) {
        let places = (digits as i32 - exponent) as usize;
        trimmed(&format!("{value:.places$}")).to_owned()
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{}e{sign}{:02}", trimmed(mantissa), exponent.unsigned_abs())
    }
}

/// Without zeros after the point, and without a point that nothing follows.
fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[cfg(test)]
mod tests {
    use super::{PERL, general};

    #[test]
    fn numbers_are_written_as_perl_writes_them() {
        // Each checked with `perl -e 'print 1/3'` and the like.
        for (value, text) in [
            (0.0, "0"),
            (1.0 / 3.0, "0.333333333333333"),
            (-48.858_398_333_333_335, "-48.8583983333333"),
            (100.0, "100"),
            (1e15, "1e+15"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.0001, "0.0001"),
            (0.000_012_5, "1.25e-05"),
            (0.1 + 0.2, "0.3"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(general(value, PERL), text);
        }
    }
}
