//! The signal `posting_times`: hours and gaps fused.
//!
//! In: active hours and gaps. Out: one score for each pair that both can be measured on. The two
//! follow from the same sittings, so they are fused by one weight and calibrated together, never
//! multiplied.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, Family};

use super::activity::Activity;
use super::hour_of_week::{self, finding, hours, prior};
use super::posting_gaps::{self, pairs};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::reference::Reference;

/// Weight of the gaps beside the hours. Of 1/4, 1/2 and 1, chosen on the development corpora, each
/// calibrated on the two others: more suits chat and commits alone, and carries less well.
pub(crate) const GAPS_WEIGHT: f64 = 0.25;
/// Fewest active hours a side.
const LEAST_HOURS: usize = 2;

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

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    activities: &BTreeMap<&AccountKey, Activity>,
    reference: &Reference,
) -> Vec<Finding> {
    let prior = prior(activities, reference);
    let alone: BTreeMap<&AccountKey, _> = accounts
        .iter()
        .filter_map(|account| Some((account, activities.get(account)?)))
        .filter(|(_, activity)| activity.profile.hours() >= LEAST_HOURS)
        .map(|(account, activity)| (account, prior.alone(&activity.profile)))
        .collect();
    pairs(accounts, activities, |gaps, (a, x, gaps_x), (b, y, gaps_y)| {
        let of_hours = prior.score((&x.profile, alone.get(a)?), (&y.profile, alone.get(b)?));
        let of_gaps = gaps.score((&x.gaps, gaps_x), (&y.gaps, gaps_y));
        let score = of_hours + GAPS_WEIGHT * of_gaps;
        let parts = vec![(hour_of_week::CARD.name, of_hours), (posting_gaps::CARD.name, of_gaps)];
        let finding = finding(&CARD, (a, x), (b, y), score, hours(x, y), Unit::ActiveHours);
        Some(Finding { parts, ..finding })
    })
}
