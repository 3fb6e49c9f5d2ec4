//! `copied_link`: one account found the link where the other had posted it.
//!
//! Speaks for it: one had posted it publicly before the other. Against: the earlier post was
//! private, so that nobody else could take it.

use std::collections::BTreeSet;

use faisceau_model::PostKind;
use faisceau_model::rows::Post;

use super::copied_image::is_closed;
use super::found::Found;
use super::history::History;
use super::pair::Pair;

const MINUTE_S: i64 = 60;

pub(super) const COUNTS: &[&str] = &["posts_a", "posts_b", "public_first", "gap_minutes"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let behind: BTreeSet<&str> = raised.iter().flat_map(|c| &c.rows).map(String::as_str).collect();
    let of = |history: &History<'_>| {
        let own = history.posts.iter().filter(|post| behind.contains(post.id.as_str()));
        own.map(|post| (post.at.known().map(|at| at.at_s()), post.kind)).collect::<Vec<_>>()
    };
    let (by_a, by_b) = (of(pair.a), of(pair.b));
    let first = |posts: &[(Option<i64>, PostKind)]| {
        posts.iter().filter_map(|(at, kind)| Some(((*at)?, *kind))).min()
    };
    let mut found = Found::new();
    found.count("posts_a", by_a.len());
    found.count("posts_b", by_b.len());
    if let Some((x, y)) = first(&by_a).zip(first(&by_b)) {
        let (earlier, later) = if x.0 <= y.0 { (x, y) } else { (y, x) };
        let public = earlier.1 == PostKind::Public;
        found.count("public_first", i64::from(public));
        found.count("gap_minutes", (later.0 - earlier.0) / MINUTE_S);
        let before = earlier.0 < later.0;
        found.judge(public && before, is_closed(earlier.1) && before);
    }
    let rows = |posts: &[&Post]| -> Vec<String> {
        let own = posts.iter().filter(|post| behind.contains(post.id.as_str()));
        own.take(4).map(|post| post.id.to_string()).collect()
    };
    found.rest_on(rows(&pair.a.posts).into_iter().chain(rows(&pair.b.posts)));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
