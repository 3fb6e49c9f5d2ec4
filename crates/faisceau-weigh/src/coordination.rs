//! Acting together: what a score of coordination is worth.
//!
//! In: comparisons of the family coordination. Out: one log10 LR for the propositions that the
//! accounts act together (H1) or each for itself (H2). The scores are natural logarithms of a
//! ratio of laws, or chances under shifts, that were built to be too low rather than too high;
//! they are taken as they are, inside low caps. Nothing is fitted here: groups that act together
//! and are known to are too few for a calibration, and planted ones have the laws of whoever plants
//! them. Figures on planted and innocent worlds are in docs/coordination.md.

use faisceau_model::rows::Comparison;
use faisceau_model::{Cap, Family, Lr};

/// Highest log10 LR of objects shared on this many occasions within five minutes, or more. Of some
/// 32,500 innocent pairs that were scored none exceeds 2 (docs/coordination.md): 2 needs three
/// occasions. The steps below are a convention.
const OBJECT_CAPS: [(i64, f64); 3] = [(1, 0.5), (2, 1.5), (3, 2.0)];
/// Lowest: sharing the same objects at other times hardly speaks against acting together.
const OBJECT_LOW: f64 = -0.3;
/// Highest log10 LR of synchrony. Pairs are looked at because they have minutes in common, so that
/// their chance is low in innocent worlds too; in real shares pairs of planted groups reach the
/// lowest chance hardly more often than the others (docs/coordination.md).
const SYNCHRONY_CAP: f64 = 0.1;
/// Factors of the ends of the interval: a convention, not measured.
const LOW: f64 = 0.6;
const HIGH: f64 = 1.4;

/// The LR of the family: that of the objects where there is one, else that of synchrony. The
/// stronger of the two would be a choice by the result.
pub(crate) fn lr(comparisons: &[&Comparison]) -> Option<Lr> {
    let of = |signal: &'static str| {
        let own = comparisons.iter().filter(|one| one.family == Family::Coordination);
        own.filter(move |one| one.signal == signal)
    };
    let key = |lr: &Lr| [lr.log10(), lr.low(), lr.high(), lr.cap().high];
    let strongest = |best: Lr, lr: Lr| if key(&lr) > key(&best) { lr } else { best };
    let objects = of("shared_objects").filter_map(|one| shared_objects(one)).reduce(strongest);
    objects.or_else(|| of("synchrony").filter_map(|one| synchrony(one)).reduce(strongest))
}

fn shared_objects(comparison: &Comparison) -> Option<Lr> {
    let near = comparison.material_a.min(comparison.material_b);
    let cap = OBJECT_CAPS.iter().rev().find(|(least, _)| near >= *least)?.1;
    bounded(comparison.score / std::f64::consts::LN_10, OBJECT_LOW, cap)
}

/// Whatever the alternative, a chance p below 1/e supports it by 1 / (-e p ln p) at most (Sellke,
/// Bayarri and Berger, The American Statistician 2001). Half of its logarithm is taken.
fn synchrony(comparison: &Comparison) -> Option<Lr> {
    let p = libm::exp10(-comparison.score.max(0.0));
    let most = -std::f64::consts::E * p * libm::log(p);
    let bound = if p > 0.0 && p < 1.0 / std::f64::consts::E { -libm::log10(most) } else { 0.0 };
    bounded(bound / 2.0, 0.0, SYNCHRONY_CAP)
}

fn bounded(log10: f64, low: f64, high: f64) -> Option<Lr> {
    let (near, far) = (log10 * LOW, log10 * HIGH);
    Lr::calibrated(log10, near.min(far), near.max(far), Cap { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::{Absent, AccountKey, Maybe, RowId};

    fn comparison(signal: &str, score: f64, material: i64) -> Comparison {
        Comparison {
            id: RowId::derived("cmp", 1),
            a: AccountKey::by_id("x", "1"),
            b: AccountKey::by_id("x", "2"),
            signal: signal.into(),
            family: Family::Coordination,
            score,
            material_a: material,
            material_b: material,
            unit: "meetings".into(),
            access: Maybe::Missing(Absent::NotApplicable),
            shared: Maybe::Missing(Absent::NotApplicable),
            parts: Vec::new(),
            innocent: Vec::new(),
            rows: Vec::new(),
        }
    }

    #[test]
    fn one_occasion_is_capped_below_two_and_objects_come_first() {
        let of = |near| lr(&[&comparison("shared_objects", 40.0, near)]).unwrap().log10();
        assert_eq!((of(1), of(2), of(3), of(90)), (0.5, 1.5, 2.0, 2.0));
        assert_eq!(lr(&[&comparison("shared_objects", 40.0, 0)]), None);
        let both = [comparison("synchrony", 2.0, 50), comparison("shared_objects", -9.0, 2)];
        assert_eq!(lr(&both.iter().collect::<Vec<_>>()).unwrap().log10(), OBJECT_LOW);
    }

    #[test]
    fn a_chance_is_worth_less_than_its_bound() {
        let of = |score| lr(&[&comparison("synchrony", score, 50)]).unwrap().log10();
        assert_eq!((of(0.0), of(0.3)), (0.0, 0.0));
        assert!(of(0.7) > 0.02 && of(0.7) < 0.04, "{}", of(0.7));
        assert_eq!(of(9.0), SYNCHRONY_CAP);
    }

    #[test]
    fn what_is_not_a_number_has_no_lr() {
        for score in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let wild = lr(&[&comparison("shared_objects", score, 3)]);
            assert!(wild.is_none_or(|lr| lr.log10().is_finite()));
        }
        assert_eq!(lr(&[]), None);
    }
}
