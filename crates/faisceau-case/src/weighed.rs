//! The accounts compared, the comparisons weighed, and what the weightiest of them are made of.

use faisceau_model::Maybe;
use faisceau_model::rows::{Comparison, Contribution, Link};
use faisceau_signals::blocking::{Builder, Candidates, Shared};
use faisceau_signals::{ALL_PAIRS_UP_TO, Material, Pairs, compare, compare_pairs};
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
    let comparisons = if material.accounts.len() > ALL_PAIRS_UP_TO {
        compare_pairs(material, Pairs::Listed(&blocked(material).pairs))
    } else {
        compare(material)
    };
    stage("weighing", 1);
    let count = material.accounts.len();
    let pairs = count * count.saturating_sub(1) / 2;
    let links = weigh(&comparisons, calibration, pairs);
    let contributions = contributions(material, &comparisons, &links);
    Weighed { comparisons, links, contributions }
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
