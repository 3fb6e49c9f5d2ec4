//! Messages that quote another account under examination.
//!
//! In: the messages. Out: each that holds a passage, marked as a quotation, which is a whole
//! message or a whole line of an earlier message of another account. Refuses: passages shorter than
//! thirty characters, which many write.

use std::collections::BTreeMap;

use faisceau_model::Moment;
use faisceau_model::rows::Post;

/// Shortest passage.
const LEAST: usize = 30;
/// Most passages looked at in one message.
const PASSAGES: usize = 50;
/// Most characters of a message that are looked at.
const READ: usize = 20_000;

const MARKS: [(char, char); 3] = [('«', '»'), ('“', '”'), ('"', '"')];

/// Each message that quotes, with the earliest message that holds the passage.
pub(super) fn quoting<'p>(posts: &[&'p Post]) -> Vec<(&'p Post, &'p Post)> {
    let mut sources: BTreeMap<String, Vec<(Moment, &Post)>> = BTreeMap::new();
    let dated = || posts.iter().filter_map(|post| Some((*post.at.known()?, *post)));
    for (at, post) in dated() {
        let mut lines = whole_lines(post);
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            sources.entry(line).or_default().push((at, post));
        }
    }
    for list in sources.values_mut() {
        list.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.id.cmp(&y.id)));
    }
    let source = |at: Moment, post: &Post| -> Option<&'p Post> {
        quoted(post).into_iter().find_map(|passage| {
            let earlier = sources.get(&passage)?.iter().take_while(|(then, _)| *then < at);
            earlier.map(|(_, other)| *other).find(|other| other.account != post.account)
        })
    };
    dated().filter_map(|(at, post)| Some((post, source(at, post)?))).collect()
}

fn text(post: &Post) -> String {
    post.text.known().map(|text| text.chars().take(READ).collect()).unwrap_or_default()
}

/// The message and its lines, without those that are themselves quotations.
fn whole_lines(post: &Post) -> Vec<String> {
    let text = text(post);
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('>'));
    lines.chain([text.as_str()]).filter_map(normal).collect()
}

/// The passages marked as quotations.
fn quoted(post: &Post) -> Vec<String> {
    let text = text(post);
    let mut out: Vec<String> = Vec::new();
    let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix('>'));
    out.extend(lines.filter_map(normal));
    for (open, close) in MARKS {
        let mut rest = text.as_str();
        while let Some((_, after)) = rest.split_once(open) {
            let Some((passage, after)) = after.split_once(close) else { break };
            out.extend(normal(passage));
            rest = after;
        }
    }
    out.truncate(PASSAGES);
    out
}

/// In lower case, with single spaces; nothing for what is too short.
fn normal(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ").to_lowercase();
    line.chars().nth(LEAST - 1).map(|_| line)
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Maybe, Place};

    use super::*;
    use crate::tests::sample::{at, key};

    fn post(n: u32, account: usize, time: &str, text: &str) -> Post {
        Post {
            at: Maybe::Known(at(time)),
            text: Maybe::Known(text.to_owned()),
            ..Post::new(ExhibitNo::top(1), &Place::Whole, n, key(account))
        }
    }

    const SAID: &str = "Ce commerce ferme toujours avant l'heure affichée";

    #[test]
    fn a_marked_passage_of_another_account_is_a_quotation() {
        let first = post(1, 0, "2026-05-01T10:00:00Z", SAID);
        let quotes = [
            post(2, 1, "2026-05-01T11:00:00Z", &format!("> {SAID}\nexact")),
            post(3, 2, "2026-05-01T11:00:00Z", &format!("il dit «\u{a0}{SAID}\u{a0}» encore")),
            post(4, 3, "2026-05-01T11:00:00Z", &format!("\"{}\"", SAID.to_uppercase())),
        ];
        let others = [
            post(5, 0, "2026-05-01T11:00:00Z", &format!("> {SAID}")),
            post(6, 1, "2026-05-01T09:00:00Z", &format!("> {SAID}")),
            post(7, 1, "2026-05-01T11:00:00Z", SAID),
            post(8, 1, "2026-05-01T11:00:00Z", "> trop court"),
        ];
        let all: Vec<&Post> = [&first].into_iter().chain(&quotes).chain(&others).collect();
        let found = quoting(&all);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|(_, source)| source.id == first.id));
        assert_eq!(found[0].0.id, quotes[0].id);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(texts in proptest::collection::vec(".{0,80}", 2..6)) {
            let posts: Vec<Post> = texts
                .iter()
                .enumerate()
                .map(|(n, text)| post(n as u32, n % 4, "2026-05-01T10:00:00Z", text))
                .collect();
            let posts: Vec<&Post> = posts.iter().collect();
            proptest::prop_assert!(quoting(&posts).len() <= posts.len());
        }
    }
}
