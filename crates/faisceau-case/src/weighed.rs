//! The accounts compared, the comparisons weighed, and what the weightiest of them are made of.

use faisceau_model::rows::{Comparison, Contribution, Link};
use faisceau_signals::{Material, compare};
use faisceau_weigh::{Calibration, weigh};

use crate::contributions::contributions;

/// What comes of comparing accounts.
pub(crate) struct Weighed {
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) links: Vec<Link>,
    pub(crate) contributions: Vec<Contribution>,
}

/// Compares and weighs; `stage` is told what begins and how many stages were done.
pub(crate) fn weighed(
    material: &Material<'_>,
    calibration: &Calibration,
    stage: &mut impl FnMut(&'static str, u64),
) -> Weighed {
    stage("signals", 0);
    let comparisons = compare(material);
    stage("weighing", 1);
    let count = material.accounts.len();
    let pairs = count * count.saturating_sub(1) / 2;
    let links = weigh(&comparisons, calibration, pairs);
    let contributions = contributions(material, &comparisons, &links);
    Weighed { comparisons, links, contributions }
}
