//! `different_genre`: a person writes otherwise on another platform, in private, or at length.
//!
//! Explains why one person looks like two: across genres no method tells persons apart (PAN 2022
//! and 2023). Speaks for it: another kind of message, or messages four times as long. Against: the
//! same platform and kind, and lengths within a factor of two.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;

pub(super) const FAMILIES: &[Family] = &[Family::Style];
pub(super) const COUNTS: &[&str] = &["same_platform", "same_kind", "median_a", "median_b"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let far = pair.favours("H2") && pair.leans_far(Family::Style);
    if !pair.raises(code) && !far {
        return None;
    }
    let platform = pair.link.a.platform() == pair.link.b.platform();
    let kinds = pair.a.usual_kind().zip(pair.b.usual_kind());
    let kind = kinds.map(|(one, other)| one == other);
    let lengths = pair.a.median_words.zip(pair.b.median_words);
    let within = |factor: usize| {
        lengths.is_none_or(|(one, other)| one.max(other) < factor * one.min(other).max(1))
    };
    let mut found = Found::new();
    found.count("same_platform", i64::from(platform));
    found.count_known("same_kind", kind.map(i64::from));
    if let Some((one, other)) = lengths {
        found.count("median_a", one);
        found.count("median_b", other);
    }
    let known = kinds.is_some() && lengths.is_some();
    found.judge(kind == Some(false) || !within(4), known && platform && within(2));
    found.rest_on(pair.posts_of_both());
    Some(found)
}
