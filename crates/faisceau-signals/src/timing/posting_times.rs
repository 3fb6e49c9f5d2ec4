//! The signal `posting_times`: hours and gaps fused.
//!
//! In: active hours and gaps. Out: one score for each pair that both can be measured on. The two
//! follow from the same sittings, so they are fused by one weight and calibrated together, never
//! multiplied.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, Family};
use rayon::prelude::*;

use super::GapPrior;
use super::activity::Activity;
use super::hour_of_week::{self, LEAST_HOURS, finding, hours, prior};
use super::posting_gaps::{self, LEAST_GAPS, priors};
use super::profile::{HoursAlone, Prior};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::pairs::Pairs;
use crate::reference::Reference;

/// Weight of the gaps beside the hours. Of 1/4, 1/2 and 1, chosen on the development corpora, each
/// calibrated on the two others: more suits chat and commits alone, and carries less well.
pub(crate) const GAPS_WEIGHT: f64 = 0.25;

/// The card.
pub const CARD: Card = Card {
    name: "posting_times",
    family: Family::Time,
    measures: "Whether two accounts of one platform are active at the same times of the week and \
        follow one post with the next in the same way. The score is that of hour_of_week plus a \
        quarter of that of posting_gaps. 0 says nothing, higher is nearer.",
    source: "posts whose time is precise to the minute and whose zone is not assumed",
    needs: "2 active hours and 2 gaps a side, and 10 accounts with gaps on the same platform",
    innocent: &["common_schedule", "different_period", "scheduled_posts"],
    depends_on: "hour_of_week and posting_gaps, which it fuses: of the three one is weighed. \
        Beside style: the product of both, calibrated again on the reference, has a slope of 0.6 \
        to 0.9, as that of style and hour_of_week; the gaps bring no further overlap above 4 \
        hundredths, but for the 24 chat authors with 15 hours (a tenth).",
    validation: "Alter ego, as hour_of_week: the posts of the same number of active hours on both \
        sides. Figures in the calibration file, printed with each report.",
    reference: "As hour_of_week and posting_gaps; fusion as in Brümmer and du Preez, Computer \
        Speech and Language 2006",
};

/// What is known of an account before it is compared.
struct Examined<'a> {
    account: &'a AccountKey,
    activity: &'a Activity,
    /// ln of the probability of its hours.
    hours: HoursAlone,
    /// What is usual on its platform, and ln of the probability of its gaps.
    gaps: Option<(&'a GapPrior, f64)>,
}

/// Compares the accounts: under this signal where the gaps of both can be compared, else under
/// `hour_of_week`.
pub(crate) fn findings(
    accounts: &[AccountKey],
    pairs: Pairs<'_>,
    activities: &BTreeMap<&AccountKey, Activity>,
    reference: &Reference,
) -> Vec<Finding> {
    let prior = prior(activities, reference);
    let of_gaps = priors(activities);
    let examine = |account| {
        let activity = activities.get(account)?;
        let usual = of_gaps.get(AccountKey::platform(account));
        let usual = usual.filter(|_| activity.gaps.count() >= LEAST_GAPS);
        (activity.profile.hours() >= LEAST_HOURS).then(|| Examined {
            account,
            activity,
            hours: prior.alone(&activity.profile),
            gaps: usual.map(|usual| (usual, usual.alone(&activity.gaps))),
        })
    };
    let examined: Vec<Option<Examined<'_>>> = accounts.iter().map(examine).collect();
    let both = |(a, b): (usize, usize)| Some((examined[a].as_ref()?, examined[b].as_ref()?));
    let pairs: Vec<_> = pairs.among(examined.len()).filter_map(both).collect();
    pairs.into_par_iter().map(|(a, b)| compare(&prior, a, b)).collect()
}

fn compare(prior: &Prior, a: &Examined<'_>, b: &Examined<'_>) -> Finding {
    let (x, y) = (a.activity, b.activity);
    let of_hours = prior.score((&x.profile, &a.hours), (&y.profile, &b.hours));
    let gaps = a.gaps.zip(b.gaps).filter(|_| a.account.platform() == b.account.platform());
    let of = |card, score| {
        finding(card, (a.account, x), (b.account, y), score, hours(x, y), Unit::ActiveHours)
    };
    let Some(((usual, gaps_a), (_, gaps_b))) = gaps else {
        return of(&hour_of_week::CARD, of_hours);
    };
    let of_gaps = usual.score((&x.gaps, gaps_a), (&y.gaps, gaps_b));
    let parts = vec![(hour_of_week::CARD.name, of_hours), (posting_gaps::CARD.name, of_gaps)];
    Finding { parts, ..of(&CARD, of_hours + GAPS_WEIGHT * of_gaps) }
}
