//! The signal `shared_hands`: common minutes against shifted weeks.
//!
//! In: minutes of posts. Out: a score for each pair whose weeks let expect at least three common
//! minutes. Refused: every other pair, for there nothing can be said, and most pairs are such.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, Family, Maybe};
use rayon::prelude::*;

use super::activity::Activity;
use super::hour_of_week::finding;
use super::presence::{Minutes, Presence, compare};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::pairs::Pairs;

/// Fewest common minutes that are expected of two strangers with these weeks: with fewer, none at
/// all has a chance of more than one in twenty.
pub(super) const LEAST_EXPECTED: f64 = 3.0;

/// The card.
pub const CARD: Card = Card {
    name: "shared_hands",
    family: Family::Time,
    measures: "Whether two accounts are never, or too often, used in the same minute. Minutes in \
        which both posted are counted, and expected from the same two histories shifted against \
        each other by whole weeks (16 shifts or more). The score is (expected - observed) / \
        sqrt(expected + variance + 1/2): above 0, fewer common minutes than expected, as one pair \
        of hands would leave; below 0, more, as a program or people who act together would. The \
        counts and both tails over the shifts are written in the column `shared`.",
    source: "posts whose time is precise to the minute and whose zone is not assumed",
    needs: "17 weeks in which both accounts were in use, and 3 expected common minutes",
    innocent: &["common_event", "common_schedule", "scheduled_posts"],
    depends_on: "hour_of_week and posting_gaps, from which the expectation follows. Not weighed: \
        it has no calibration, and is shown beside the LR of the family.",
    validation: "No error rate: on the development corpora no pair of chat (4095) or of commits \
        (1770) reaches an expectation of 3 (the highest are 0.4 and 1.3), so none of them is \
        compared. Tested on made histories.",
    reference: "Theiler, Eubank, Longtin, Galdrikian and Farmer, Physica D 1992 (surrogate data)",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    pairs: Pairs<'_>,
    activities: &BTreeMap<&AccountKey, Activity>,
) -> Vec<Finding> {
    let examine = |account| {
        let activity = activities.get(account)?;
        Some((account, activity, Minutes::new(&activity.minutes)))
    };
    let examined: Vec<Option<(&AccountKey, &Activity, Minutes)>> =
        accounts.iter().map(examine).collect();
    let both = |(a, b): (usize, usize)| Some((examined[a].as_ref()?, examined[b].as_ref()?));
    let pairs: Vec<_> = pairs.among(examined.len()).filter_map(both).collect();
    let found = pairs.into_par_iter().filter_map(|((a, own, minutes), (b, other, theirs))| {
        let presence = compare(minutes, theirs)?;
        Some(of_pair((a, own), (b, other), &presence))
    });
    found.collect()
}

fn of_pair(
    a: (&AccountKey, &Activity),
    b: (&AccountKey, &Activity),
    presence: &Presence,
) -> Finding {
    // Zero has one sign, so that the same rows give the same bytes.
    let score = 0.0 - presence.z();
    let expected = presence.expected as usize;
    let mut found = finding(&CARD, a, b, score, (expected, expected), Unit::Coincidences);
    let scheduled = found.innocent.contains("scheduled_posts");
    found.innocent = BTreeSet::from([if score < 0.0 { "common_event" } else { "common_schedule" }]);
    if scheduled {
        found.innocent.insert("scheduled_posts");
    }
    found.shared = Maybe::Known(format!(
        "common minutes {}, expected {:.1}, shifts {}, p fewer {:.3}, p more {:.3}",
        presence.observed, presence.expected, presence.shifts, presence.p_fewer, presence.p_more
    ));
    found
}
