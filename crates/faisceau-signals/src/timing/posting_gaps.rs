//! The signal `posting_gaps`: how an account follows one post with the next.
//!
//! In: minutes of posts. Out: a score for each pair of accounts of one platform with enough gaps,
//! where enough accounts of that platform say what is usual there. Refused: pairs across
//! platforms, for a forum and a chat have other gaps whoever writes.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, Family};

use super::activity::Activity;
use super::gaps::GapPrior;
use crate::card::Card;

/// Fewest gaps a side.
pub(super) const LEAST_GAPS: usize = 2;
/// Fewest accounts with gaps on a platform that say what is usual there.
const LEAST_POPULATION: usize = 10;

/// The card.
pub const CARD: Card = Card {
    name: "posting_gaps",
    family: Family::Time,
    measures: "Whether two accounts follow one post with the next in the same way: the gaps \
        between consecutive posts in minutes (0, 1, 2, 3-4, 5-8, 9-15, 16-30, 31-60, more). The \
        score is the natural logarithm of the ratio between the probability of both counts under \
        one habit and under two (Dirichlet-multinomial around the habit of the platform). 0 says \
        nothing, higher is nearer. Gaps of more than an hour are one cell: they follow the \
        activity of the season.",
    source: "posts whose time is precise to the minute and whose zone is not assumed; a message \
        that two exhibits hold counts once",
    needs: "2 gaps a side, and 10 accounts with gaps on the same platform",
    innocent: &["common_schedule", "different_period", "scheduled_posts"],
    depends_on: "hour_of_week: both follow from when a person sits down. Fused with it in \
        posting_times, never multiplied. Gaps come also from the thread: two people who answer \
        each other have gaps alike.",
    validation: "Alter ego, as hour_of_week. Alone it does not carry from one kind of site to \
        another (comments say almost nothing), so it is weighed only inside posting_times.",
    reference: "Malmgren, Stouffer, Campanharo and Amaral, Science 2009 (gaps of e-mails as a \
        habit of a person); Minka 2000 (Dirichlet-multinomial)",
};

/// What is usual on each platform with enough accounts.
pub(super) fn priors<'a>(
    activities: &BTreeMap<&'a AccountKey, Activity>,
) -> BTreeMap<&'a str, GapPrior> {
    let mut platforms = BTreeMap::<&str, Vec<&super::Gaps>>::new();
    for (account, activity) in activities {
        if activity.gaps.count() >= LEAST_GAPS {
            platforms.entry(account.platform()).or_default().push(&activity.gaps);
        }
    }
    let enough = platforms.into_iter().filter(|(_, gaps)| gaps.len() >= LEAST_POPULATION);
    enough.map(|(platform, gaps)| (platform, GapPrior::of(gaps.into_iter()))).collect()
}
