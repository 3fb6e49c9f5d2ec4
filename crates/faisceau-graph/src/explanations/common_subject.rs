//! `common_subject`: who speaks of the same thing uses the same words.
//!
//! Speaks for it: on either side most words stand in threads, or are said to persons, that both
//! have in common. Against: on both sides most words stand elsewhere, and they would be enough for
//! a comparison of their own.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;

/// Words a side below which style is not compared.
const LEAST_WORDS: usize = 100;

pub(super) const FAMILIES: &[Family] = &[Family::Style, Family::Objects];
pub(super) const COUNTS: &[&str] = &["subjects", "inside_a", "inside_b", "outside_a", "outside_b"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let style = pair.favours("H1") && pair.leans_near(Family::Style);
    if !pair.raises(code) && !style {
        return None;
    }
    let common = pair.a.names.intersection(&pair.b.names).copied().collect();
    let (inside_a, inside_b) = (pair.a.words_in(&common), pair.b.words_in(&common));
    let outside_a = pair.a.words.saturating_sub(inside_a);
    let outside_b = pair.b.words.saturating_sub(inside_b);
    let mut found = Found::new();
    found.count("subjects", common.len());
    found.count("inside_a", inside_a);
    found.count("inside_b", inside_b);
    found.count("outside_a", outside_a);
    found.count("outside_b", outside_b);
    let enough = outside_a.min(outside_b) >= LEAST_WORDS;
    found.judge(
        inside_a > outside_a || inside_b > outside_b,
        enough && outside_a > inside_a && outside_b > inside_b,
    );
    found.rest_on(pair.posts_of_both());
    Some(found)
}
