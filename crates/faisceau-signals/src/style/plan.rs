//! How much text a pair is compared on, and against whom.
//!
//! In: the number of words of the accounts of one language. Out: for each pair a rung of the
//! ladder, which cuts both texts and those of the impostors to one length, and the population.
//! A population of the case is preferred to more text: an author who writes elsewhere about
//! something else is no fair rival.

use super::cohort::LEAST_IMPOSTORS;

/// Lengths on which texts are compared, in words. The calibration has a bin for each.
pub(crate) const LADDER: [usize; 10] = [50, 70, 100, 140, 180, 250, 350, 500, 700, 1000];
/// Fewest words a side.
pub(crate) const LEAST_WORDS: usize = LADDER[0];
/// Other authors of the case from which impostors can be drawn without topping up.
const ENOUGH_LOCAL: usize = 12;

/// Where the impostors come from, from the best to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rivals {
    /// At least twelve other authors of the case.
    Local,
    /// Six to eleven other authors of the case.
    FewLocal,
    /// Authors of the bundled reference, and the others of the case if there are any.
    Reference,
}

impl Rivals {
    /// The innocent explanation that the choice raises, which also names the calibration.
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::Local => None,
            Self::FewLocal => Some("small_population"),
            Self::Reference => Some("foreign_population"),
        }
    }
}

/// The rung and the rivals for a pair that has `words` words on its shorter side. `local` gives,
/// for a rung, the accounts of the case that reach it, the pair among them; `reference`, the
/// bundled authors.
pub(crate) fn choose(
    words: usize,
    local: impl Fn(usize) -> usize,
    reference: impl Fn(usize) -> usize,
) -> Option<(usize, Rivals)> {
    let others = |rung| local(rung).saturating_sub(2);
    let highest = |enough: &dyn Fn(usize) -> bool| {
        LADDER.into_iter().rev().find(|&rung| rung <= words && enough(rung))
    };
    if let Some(rung) = highest(&|rung| others(rung) >= ENOUGH_LOCAL) {
        return Some((rung, Rivals::Local));
    }
    if let Some(rung) = highest(&|rung| others(rung) >= LEAST_IMPOSTORS) {
        return Some((rung, Rivals::FewLocal));
    }
    // Fewer reference authors than this make the calibration another one.
    let rung = highest(&|rung| reference(rung) >= 2 * ENOUGH_LOCAL)?;
    Some((rung, Rivals::Reference))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_comes_before_the_length() {
        let local = |rung| if rung <= 180 { 20 } else { 3 };
        assert_eq!(choose(600, local, |_| 80), Some((180, Rivals::Local)));
        assert_eq!(choose(49, local, |_| 80), None);
        assert_eq!(choose(600, |_| 2, |_| 80), Some((500, Rivals::Reference)));
        assert_eq!(choose(600, |_| 9, |_| 80), Some((500, Rivals::FewLocal)));
        assert_eq!(choose(600, |_| 2, |_| 0), None);
    }
}
