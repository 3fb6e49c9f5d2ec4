//! `copied_text`, `quotation`: what is alike was copied, from one another or from one source.
//!
//! Common lines are already left out of what is compared for style; a near copy is not. Speaks for
//! the explanation: near copies, or a tenth of the words of a side in common lines. Against: no
//! common passage at all.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;

/// One word in so many, standing in common lines, from which copying is a habit of the pair.
const TENTH: usize = 10;

pub(super) const FAMILIES: &[Family] = &[Family::Style];
pub(super) const COUNTS: &[&str] = &[
    "lines", "words_a", "words_b", "common_a", "common_b", "near_a", "near_b", "after_a", "after_b",
];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let style = code == "copied_text" && pair.favours("H1") && pair.leans_near(Family::Style);
    if !pair.raises(code) && !style {
        return None;
    }
    let common = pair.case.passages.common(&pair.link.a, &pair.link.b);
    let mut found = Found::new();
    found.count("lines", common.lines);
    found.count("words_a", pair.a.words);
    found.count("words_b", pair.b.words);
    found.count("common_a", common.words[0]);
    found.count("common_b", common.words[1]);
    found.count("near_a", common.near[0]);
    found.count("near_b", common.near[1]);
    found.count("after_a", common.after[0]);
    found.count("after_b", common.after[1]);
    let near = common.near[0] + common.near[1];
    let much = |of: usize, all: usize| of > 0 && of * TENTH >= all;
    let habit = much(common.words[0], pair.a.words) || much(common.words[1], pair.b.words);
    found.judge(near > 0 || habit, near == 0 && common.lines == 0 && !pair.raises(code));
    found.rest_on(common.posts.iter().map(|post| &post.id));
    if found.rows.is_empty() {
        found.rest_on(pair.posts_of_both());
    }
    Some(found)
}
