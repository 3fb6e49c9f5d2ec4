//! ln Γ and sums to the bit as `SciPy` and `NumPy` give them.
//!
//! Counts that share no hour have mathematically equal Bayes factors; in the published script the
//! rounding decides their order, and with it the third decimal of AUC. Sources: Moshier, Methods
//! and Programs for Mathematical Functions (1989), whose rational approximations `SciPy` uses;
//! Higham 1993 (pairwise summation).

use super::exact_log::log;

/// Above 13: powers of 1/x².
const STIRLING: [f64; 5] = [
    8.116_141_674_705_085e-4,
    -5.950_619_042_843_014e-4,
    7.936_503_404_577_169e-4,
    -2.777_777_777_300_997e-3,
    8.333_333_333_333_319e-2,
];
/// Between 2 and 3: above and below the line.
const ABOVE: [f64; 6] = [
    -1.378_251_525_691_208_6e3,
    -3.880_163_151_346_378_4e4,
    -3.316_129_927_388_712e5,
    -1.162_370_974_927_623e6,
    -1.721_737_008_208_396_6e6,
    -8.535_556_642_457_654e5,
];
const BELOW: [f64; 7] = [
    1.0,
    -3.518_157_014_365_234_5e2,
    -1.706_421_066_518_811_5e4,
    -2.205_285_905_538_544_5e5,
    -1.139_334_443_679_825_2e6,
    -2.532_523_071_775_829_4e6,
    -2.018_891_414_335_327_7e6,
];
/// ln √2π.
const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().skip(1).fold(coefficients[0], |sum, c| sum * x + c)
}

/// ln Γ of a positive number.
pub(super) fn lgamma(x: f64) -> f64 {
    if x < 13.0 && x > 0.0 {
        // Brought between 2 and 3.
        let (mut factor, mut shift, mut near) = (1.0, 0.0, x);
        while near >= 3.0 {
            shift -= 1.0;
            near = x + shift;
            factor *= near;
        }
        while near < 2.0 {
            factor /= near;
            shift += 1.0;
            near = x + shift;
        }
        if near == 2.0 {
            return log(factor);
        }
        let beyond = x + (shift - 2.0);
        return log(factor) + beyond * polynomial(beyond, &ABOVE) / polynomial(beyond, &BELOW);
    }
    let main = (x - 0.5) * log(x) - x + LN_SQRT_TAU;
    if x > 1e8 {
        return main;
    }
    let inverse = 1.0 / (x * x);
    let rest = if x >= 1000.0 {
        (7.936_507_936_507_937e-4 * inverse - 2.777_777_777_777_778e-3) * inverse
            + 0.083_333_333_333_333_33
    } else {
        polynomial(inverse, &STIRLING)
    };
    main + rest / x
}

/// Most numbers that are summed in one block.
const BLOCK: usize = 128;

/// The sum in the order of `NumPy`: eight running sums, halves above 128.
pub(super) fn sum(values: &[f64]) -> f64 {
    if values.len() > BLOCK {
        let half = values.len() / 2;
        let (first, second) = values.split_at(half - half % 8);
        return sum(first) + sum(second);
    }
    let (blocks, rest) = values.as_chunks::<8>();
    let Some((first, others)) = blocks.split_first() else { return rest.iter().sum() };
    let mut r = *first;
    for block in others {
        r.iter_mut().zip(block).for_each(|(sum, x)| *sum += x);
    }
    let whole = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    rest.iter().fold(whole, |sum, x| sum + x)
}

#[cfg(test)]
#[expect(clippy::unreadable_literal, reason = "numbers as they were recorded")]
mod tests {
    use super::*;

    #[test]
    fn scipy_and_numpy_gave_these() {
        // scipy 1.17.1: gammaln
        for (x, expected) in [
            (0.013, 4.335440242151058),
            (0.5, 0.5723649429247),
            (1.0, 0.0),
            (1.37, -0.11730545385898755),
            (2.0, 0.0),
            (2.5, 0.2846828704729192),
            (3.75, 1.4868155785934172),
            (7.125, 6.814541238336996),
            (12.9, 19.735015850713005),
            (13.0, 19.987214495661885),
            (48.3, 137.96189243584533),
            (135.01, 525.7280295527542),
            (999.9, 5904.5297026922835),
            (1000.5, 5908.674175848678),
            (20345.25, 181487.85170797224),
            (36.101866, 92.4999389900211),
            (23.028021, 48.558444908033344),
            (7.66781, 7.863041851756428),
            (35.180942, 89.2220157699177),
            (47.143815, 133.50497079879295),
            (52.117066, 152.87115258739686),
            (46.202836, 129.89875864479018),
            (27.048188, 61.41966745100034),
            (48.765123, 139.7627990620244),
            (57.549083, 174.57059665976337),
        ] {
            assert_eq!(lgamma(x), expected, "{x}");
        }
        // numpy 2.4.6: np.sqrt(np.arange(n)).sum()
        for (count, expected) in [
            (5, 6.146264369941973),
            (8, 13.477573401289531),
            (24, 75.7348007895118),
            (48, 218.03652956137984),
            (131, 993.6486803921488),
            (401, 5343.127530441527),
            (1000, 21065.833110879048),
        ] {
            let values: Vec<f64> = (0..count).map(|n| f64::from(n).sqrt()).collect();
            assert_eq!(sum(&values), expected, "{count}");
        }
    }
}
