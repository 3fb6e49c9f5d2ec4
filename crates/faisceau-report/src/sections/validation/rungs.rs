//! Which lines of the validation the comparisons of a case fall under.
//!
//! In: lines, comparisons. Out: the lines used and their neighbours in amount of material, in the
//! order of the lines. A comparison falls under the largest amount that its poorer account reaches,
//! under the condition that it carries where the signal has lines for it, as it was weighed.

use std::collections::BTreeMap;

use faisceau_model::rows::Comparison;

use crate::input::ValidationLine;

/// A line, and how many comparisons of the case fall under it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rung<'a> {
    pub(super) line: &'a ValidationLine,
    pub(super) used: usize,
}

/// The lines used, with the one below and the one above each.
pub(super) fn shown<'a>(lines: &'a [ValidationLine], comparisons: &[Comparison]) -> Vec<Rung<'a>> {
    let mut scales: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let of_signal = scales.entry(&line.signal).or_default();
        of_signal.entry(&line.condition).or_default().push(at);
    }
    for scale in scales.values_mut().flat_map(BTreeMap::values_mut) {
        scale.sort_by_key(|&at| lines.get(at).map(|line| line.material));
    }
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    for comparison in comparisons {
        let Some(scale) = scale(lines, &scales, comparison) else { continue };
        let material = comparison.material_a.min(comparison.material_b);
        let reached =
            scale.partition_point(|&at| lines.get(at).is_some_and(|l| l.material <= material));
        let Some(own) = reached.checked_sub(1) else { continue };
        let neighbours = [own.checked_sub(1), Some(own + 1)].into_iter().flatten();
        for at in neighbours.filter_map(|place| scale.get(place)) {
            used.entry(*at).or_default();
        }
        if let Some(at) = scale.get(own) {
            *used.entry(*at).or_default() += 1;
        }
    }
    let rung = |(at, used)| Some(Rung { line: lines.get(at)?, used });
    used.into_iter().filter_map(rung).collect()
}

/// The lines for a comparison: those of its condition, the first where it has several, else the
/// plain ones.
fn scale<'s>(
    lines: &[ValidationLine],
    scales: &'s BTreeMap<&str, BTreeMap<&str, Vec<usize>>>,
    comparison: &Comparison,
) -> Option<&'s Vec<usize>> {
    let of_signal = scales.get(comparison.signal.as_str())?;
    let first = |scale: &Vec<usize>| scale.iter().min().copied();
    let special = of_signal.iter().filter(|(condition, _)| {
        !condition.is_empty() && comparison.innocent.iter().any(|code| code == *condition)
    });
    let special = special.min_by_key(|(_, scale)| first(scale).unwrap_or(lines.len()));
    special.map(|(_, scale)| scale).or_else(|| of_signal.get(""))
}
