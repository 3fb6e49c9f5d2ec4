//! One LR a family: the comparisons of a family share their causes and are never multiplied.

use faisceau_model::rows::Comparison;
use faisceau_model::{Absent, Family, Lr, Maybe};

use crate::calibration::{Calibration, Fitted};
use crate::unsupervised::Shifts;

/// The LR of a family from its comparisons.
///
/// Fitted families take the signal that told authors apart best on the reference (lowest Cllr),
/// whatever its LR here: taking the highest would choose by the result. Traces of network and
/// media take the strongest.
pub(crate) fn lr(
    family: Family,
    comparisons: &[&Comparison],
    calibration: &Calibration,
    shifts: &Shifts,
) -> Maybe<Lr> {
    let own = comparisons.iter().filter(|comparison| comparison.family == family);
    match family {
        Family::Style | Family::Time => {
            let fitted = own.filter_map(|one| {
                let material = one.material_a.min(one.material_b);
                let table = calibration.table(one)?;
                let fitted = table.lr(material, one.score)?;
                Some(Fitted { lr: shifts.lowered(table, fitted.lr), ..fitted })
            });
            let best = fitted.min_by(|one, other| one.cllr.total_cmp(&other.cllr));
            Maybe::or_absent(best.map(|fitted| fitted.lr), Absent::TooLittle)
        }
        Family::Coordination => {
            let lr = crate::coordination::lr(comparisons);
            Maybe::or_absent(lr, Absent::NoData)
        }
        Family::Network | Family::Media | Family::Identifiers | Family::Objects => {
            let lrs = own.filter_map(|one| calibration.discrete().lr(one));
            let key = |lr: &Lr| [lr.log10(), lr.low(), lr.high(), lr.cap().high];
            let best = lrs.reduce(|best, lr| if key(&lr) > key(&best) { lr } else { best });
            Maybe::or_absent(best, Absent::NoData)
        }
    }
}
