//! `third_party_identifier`, `shared_identifier`, `mail_alias`, `masked_fragment`: the mailbox or
//! number that both name is somebody else's, several people's, or not the same.
//!
//! Where it is named tells: a profile speaks of its holder, a post of anybody. Speaks for somebody
//! else's: a side names it in posts alone. Against: both have it in their profiles. The other three
//! stay open: the rows do not say how many people read a mailbox, nor what a mask hides.

use std::collections::BTreeSet;

use faisceau_model::rows::Comparison;

use super::found::Found;
use super::history::History;
use super::pair::Pair;

pub(super) const COUNTS: &[&str] = &["profiles_a", "profiles_b", "posts_a", "posts_b"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let (profiles_a, posts_a) = naming(pair.a, &raised);
    let (profiles_b, posts_b) = naming(pair.b, &raised);
    let mut found = Found::new();
    found.count("profiles_a", profiles_a);
    found.count("profiles_b", profiles_b);
    found.count("posts_a", posts_a);
    found.count("posts_b", posts_b);
    if code == "third_party_identifier" {
        let posts_alone = |profiles, posts| profiles == 0 && posts > 0;
        found.judge(
            posts_alone(profiles_a, posts_a) || posts_alone(profiles_b, posts_b),
            profiles_a > 0 && profiles_b > 0,
        );
    }
    found.rest_on(raised.iter().flat_map(|c| &c.rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}

/// Rows of the account's profile, and posts of it, that comparisons rest on.
fn naming(history: &History<'_>, raised: &[&Comparison]) -> (usize, usize) {
    let behind: BTreeSet<&str> = raised.iter().flat_map(|c| &c.rows).map(String::as_str).collect();
    let profiles = history.rows.iter().filter(|row| behind.contains(row.id.as_str()));
    let posts = history.posts.iter().filter(|post| behind.contains(post.id.as_str()));
    (profiles.count(), posts.count())
}
