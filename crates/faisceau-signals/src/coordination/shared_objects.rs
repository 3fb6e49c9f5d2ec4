//! The signal `shared_objects`.
//!
//! In: posts and images. Out: a score for each pair of accounts that shared the same objects at
//! nearly the same time on several occasions.

use std::collections::BTreeSet;

use faisceau_model::rows::{Media, Post};
use faisceau_model::{AccountKey, Family, selection};

use super::objects::Objects;
use super::pairs::{Coverage, Together, together};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::media::Copies;

/// Sharers from which an object may be what everybody spoke of.
const COMMON: u32 = 10;
/// Most row ids listed one by one.
const MOST_ROWS: usize = 40;

/// The card.
pub const CARD: Card = Card {
    name: "shared_objects",
    family: Family::Coordination,
    measures: "Whether two accounts share the same objects (links, pictures, near-copies of \
        texts, accounts addressed, hashtags of one day) nearer in time than two random sharers of \
        the same object. Each account's first share counts; the delay falls in a cell (10 s, \
        1 min, 5 min, 1 h, more) as its precision allows. The score is the sum of natural \
        logarithms of the ratio between the law of accounts acting together and that of the \
        object, plus a part of the object's rarity; objects of one act count as one, acts within \
        an hour of each other as the root of their number. 0 says nothing, higher is nearer.",
    source: "posts whose time is precise to the hour and whose zone is not assumed; media for \
        their pictures",
    needs: "two occasions, one of them within five minutes",
    innocent: &["common_audience", "common_event", "scheduled_posts"],
    depends_on: "Synchrony of the same accounts: one of the family is kept, they are never \
        multiplied. Never added to signals of one hand: those who act together are mostly \
        different persons.",
    validation: "Groups planted in real shares, seeded, beside CooRTweet and \
        coordination-network-toolkit on the same file, and a world without groups. Figures in \
        docs/coordination.md.",
    reference: "Giglietto et al., Information, Communication and Society 2020 (rapid sharing); \
        Righetti and Balluff 2023 (CooRTweet); Fellegi and Sunter, JASA 1969 (rarity)",
};

/// Compares the accounts, and says what was looked at.
pub(crate) fn findings(
    accounts: &[AccountKey],
    posts: &[Post],
    media: &[Media],
    copies: &Copies<'_>,
) -> (Vec<Finding>, Coverage) {
    let objects = Objects::of(posts, media, copies);
    let examined = examined(accounts, &objects);
    let outcome = together(&objects.shares, |number| examined[number as usize]);
    let key = |number: u32| {
        let name = objects.shares.accounts().get(number as usize)?;
        let at = accounts.binary_search_by(|key| key.as_str().cmp(name)).ok()?;
        accounts.get(at)
    };
    let finding = |pair: &Together| Some(finding(key(pair.a)?, key(pair.b)?, pair, &objects));
    (outcome.pairs.iter().filter_map(finding).collect(), outcome.coverage)
}

/// What a comparison of the accounts looks at, and which objects were too popular to nominate
/// all of their pairs. `accounts` is sorted.
pub fn coverage(accounts: &[AccountKey], posts: &[Post], media: &[Media]) -> Coverage {
    let objects = Objects::of(posts, media, &Copies::of(media));
    let examined = examined(accounts, &objects);
    together(&objects.shares, |number| examined[number as usize]).coverage
}

fn examined(accounts: &[AccountKey], objects: &Objects<'_>) -> Vec<bool> {
    let known = |name: &String| accounts.binary_search_by(|key| key.as_str().cmp(name)).is_ok();
    objects.shares.accounts().iter().map(known).collect()
}

fn finding(a: &AccountKey, b: &AccountKey, pair: &Together, objects: &Objects<'_>) -> Finding {
    let mut innocent = BTreeSet::from(["common_audience"]);
    if pair.most_sharers >= COMMON {
        innocent.insert("common_event");
    }
    let on_the_clock = |at: i64| at.rem_euclid(300) == 0;
    let exact = || pair.shares.iter().filter(|(x, y)| x.width == 0 && y.width == 0);
    let scheduled = exact().filter(|(x, y)| on_the_clock(x.at) || on_the_clock(y.at)).count();
    if scheduled * 2 > exact().count() {
        innocent.insert("scheduled_posts");
    }
    let mut rows: Vec<String> = Vec::new();
    for (x, y) in &pair.shares {
        let both = [objects.row(x), objects.row(y)];
        for row in both.into_iter().flatten().map(ToString::to_string) {
            if rows.len() < MOST_ROWS && !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    rows.extend([a, b].map(|key| selection("posts", &[("account", key.as_str())])));
    Finding {
        innocent,
        rows,
        ..Finding::new(&CARD, a, b, pair.score, (pair.near, pair.near), Unit::Meetings)
    }
}
