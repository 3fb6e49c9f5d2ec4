//! `scheduled_posts`: a program posts.
//!
//! Speaks for it, on either side: most posts on the first second of a multiple of five minutes, a
//! declared client that schedules, or texts sent faster than anybody types. Against, on both sides:
//! enough posts precise to the second, at most one in twenty on the clock, and nothing of the rest.

use std::collections::BTreeMap;

use faisceau_model::rows::Post;
use faisceau_model::{Family, PostKind, Precision};

use super::found::Found;
use super::pair::Pair;

/// Posts precise to the second from which a rhythm is looked at.
const LEAST_POSTS: usize = 10;
/// Characters a second that nobody types: the fastest ever measured is about 18.
const TYPED_PER_S: i64 = 20;
/// Characters below which a text may be a stock phrase.
const LEAST_CHARACTERS: i64 = 80;
/// Fast texts below which a pasted one explains them.
const LEAST_FAST: usize = 5;
/// Names of clients that post at set times, in lower case.
const SCHEDULERS: [&str; 16] = [
    "agorapulse",
    "buffer",
    "crowdfire",
    "dlvr.it",
    "fedica",
    "hootsuite",
    "hypefury",
    "ifttt",
    "later",
    "metricool",
    "socialbee",
    "socialoomph",
    "sprout social",
    "swat.io",
    "twitterfeed",
    "zapier",
];

pub(super) const FAMILIES: &[Family] = &[Family::Time];
pub(super) const COUNTS: &[&str] = &[
    "precise_a",
    "precise_b",
    "on_clock_a",
    "on_clock_b",
    "fast_a",
    "fast_b",
    "tools_a",
    "tools_b",
];

/// The rhythm of one account.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Rhythm {
    precise: usize,
    on_clock: usize,
    fast: usize,
    tools: usize,
}

impl Rhythm {
    /// Counts. `posts` are in the order of time.
    pub(super) fn of(posts: &[&Post], clients: &BTreeMap<&str, usize>) -> Self {
        let mut rhythm = Self::default();
        let mut before: Option<i64> = None;
        for post in posts {
            let Some(at) = post.at.known().filter(|at| at.precision() <= Precision::Second) else {
                continue;
            };
            let at = at.at_s();
            rhythm.precise += 1;
            rhythm.on_clock += usize::from(at.rem_euclid(300) == 0);
            rhythm.fast += usize::from(before.is_some_and(|before| too_fast(post, at - before)));
            before = Some(at);
        }
        let tool = |client: &str| {
            let client = client.to_lowercase();
            SCHEDULERS.iter().any(|name| client.contains(name))
        };
        let tools = clients.iter().filter(|(client, _)| tool(client));
        rhythm.tools = tools.map(|(_, posts)| posts).sum();
        rhythm
    }

    const fn of_a_program(self, posts: usize) -> bool {
        let clock = self.precise >= LEAST_POSTS && self.on_clock * 2 > self.precise;
        let fast = self.fast >= LEAST_FAST && self.fast * 10 >= self.precise;
        clock || fast || self.tools * 2 > posts
    }

    const fn of_a_hand(self) -> bool {
        let free = self.on_clock * 20 <= self.precise;
        self.precise >= LEAST_POSTS && free && self.fast == 0 && self.tools == 0
    }
}

/// Whether a text is longer than anybody types in the seconds since the post before.
fn too_fast(post: &Post, seconds: i64) -> bool {
    if post.kind == PostKind::Forwarded {
        return false;
    }
    let most = LEAST_CHARACTERS.max(TYPED_PER_S.saturating_mul(seconds.saturating_add(1)));
    let characters = post.text.known().map_or(0, |text| text.chars().count());
    i64::try_from(characters).is_ok_and(|characters| characters > most)
}

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let near = pair.leans_near(Family::Time) || pair.leans_near(Family::Coordination);
    let timed = code == "scheduled_posts" && pair.favours("H1") && near;
    if !pair.raises(code) && !timed {
        return None;
    }
    let (a, b) = (pair.a.rhythm, pair.b.rhythm);
    let mut found = Found::new();
    found.count("precise_a", a.precise);
    found.count("precise_b", b.precise);
    found.count("on_clock_a", a.on_clock);
    found.count("on_clock_b", b.on_clock);
    found.count("fast_a", a.fast);
    found.count("fast_b", b.fast);
    found.count("tools_a", a.tools);
    found.count("tools_b", b.tools);
    let program = a.of_a_program(pair.a.posts.len()) || b.of_a_program(pair.b.posts.len());
    found.judge(program, a.of_a_hand() && b.of_a_hand());
    found.rest_on(pair.posts_of_both());
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hand_types_a_page_in_a_second() {
        use crate::requests::planted::post;
        let mut post = post(1, "x:1", "2026-06-10T10:00:00Z");
        post.text = faisceau_model::Maybe::Known("a".repeat(200));
        assert!(too_fast(&post, 2));
        assert!(!too_fast(&post, 30));
        post.text = faisceau_model::Maybe::Known("ok".into());
        assert!(!too_fast(&post, 0));
    }
}
