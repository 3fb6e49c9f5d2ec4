//! The accounts compared, the comparisons weighed, and what the weightiest of them are made of.

use faisceau_model::Maybe;
use faisceau_model::rows::{Comparison, Contribution, Link};
use faisceau_signals::blocking::{Builder, Candidates, Reason, Shared};
use faisceau_signals::{ALL_PAIRS_UP_TO, Material, Pairs, compare_counted};
use faisceau_weigh::{Calibration, Shift, Shifts, weigh};

use crate::contributions::contributions;
use crate::summary::Unsought;

/// What comes of comparing accounts.
pub(crate) struct Weighed {
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) links: Vec<Link>,
    pub(crate) contributions: Vec<Contribution>,
    /// What the calibration of style was found to be worth on the pairs of the case.
    pub(crate) shifts: Vec<Shift>,
    /// What was left out when pairs were sought.
    pub(crate) unsought: Unsought,
}

/// Compares and weighs; `stage` is told what begins and how many stages were done.
pub(crate) fn weighed(
    material: &Material<'_>,
    calibration: &Calibration,
    stage: &mut impl FnMut(&'static str, u64),
) -> Weighed {
    stage("signals", 0);
    let mut unsought = Unsought::default();
    let all_pairs = material.accounts.len() <= ALL_PAIRS_UP_TO;
    let compared = if all_pairs {
        compare_counted(material, Pairs::All)
    } else {
        let candidates = blocked(material);
        unsought = left_out(&candidates);
        compare_counted(material, Pairs::Listed(&candidates.pairs))
    };
    unsought.objects_narrowed = compared.objects.narrowed as u64;
    unsought.objects_silent = compared.objects.silent as u64;
    unsought.minutes = compared.crowded_minutes as u64;
    let comparisons = compared.comparisons;
    stage("weighing", 1);
    let count = material.accounts.len();
    let pairs = count * count.saturating_sub(1) / 2;
    let shifts = Shifts::of(&comparisons, calibration, all_pairs);
    let links = weigh(&comparisons, calibration, &shifts, pairs);
    let contributions = contributions(material, &comparisons, &links);
    let shifts = shifts.tables().to_vec();
    Weighed { comparisons, links, contributions, shifts, unsought }
}

/// What blocking did not look at.
fn left_out(candidates: &Candidates) -> Unsought {
    let counts = &candidates.counts;
    // Bands of sketches are no values: what they lose shows in the near copies.
    let values = Reason::ALL.into_iter().filter(|reason| *reason != Reason::NearCopy);
    Unsought {
        pairs: counts.possible.saturating_sub(counts.kept),
        values: values.map(|reason| counts.too_common[reason as usize]).sum(),
        near_copies: counts.near_copies_left_out,
        ..Unsought::default()
    }
}

/// The pairs of a crowd that are worth comparing. All were searched for them, so all count as
/// compared.
fn blocked(material: &Material<'_>) -> Candidates {
    let mut builder = Builder::new(material.accounts);
    for post in material.posts {
        builder.post(post);
    }
    for address in material.addresses {
        if let Maybe::Known(account) = &address.account {
            builder.value(account, Shared::Address, &address.ip);
        }
    }
    for media in material.media {
        if let Maybe::Known(account) = &media.account {
            builder.value(account, Shared::Media, &media.sha256);
        }
    }
    builder.finish()
}
