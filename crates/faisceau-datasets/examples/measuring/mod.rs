//! Parts of the example `measure_lists`.

pub(crate) mod ageing;
pub(crate) mod alarms;
pub(crate) mod lists;
pub(crate) mod set;

/// A share in per cent; two digits, more where it is small.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let share = part as f64 * 100.0 / whole as f64;
    if share > 0.0 && share < 0.1 { format!("{share:.4} %") } else { format!("{share:.1} %") }
}
