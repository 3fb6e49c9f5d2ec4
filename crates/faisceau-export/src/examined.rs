//! The messages that leave: those of examined accounts, as many as a reader can take.

use std::collections::BTreeSet;
use std::path::Path;

use faisceau_model::rows::Post;
use faisceau_tables::read_batches;

use crate::attributes;
use crate::json::Stop;
use crate::plain::PlainGraph;

/// Messages in one export. Readers of JSON-LD hold all of it in memory.
pub(crate) const MESSAGES: u64 = 100_000;

/// What left and what stayed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Messages {
    /// Written.
    pub(crate) written: u64,
    /// Of examined accounts, without a text or beyond [`MESSAGES`].
    pub(crate) left_out: u64,
    /// Of accounts that are not examined.
    pub(crate) of_others: u64,
}

/// Hands the messages of examined accounts over, in the order of the table.
pub(crate) fn messages(
    tables: &Path,
    graph: &PlainGraph,
    most: u64,
    mut take: impl FnMut(&Post) -> Result<(), Stop>,
) -> Result<Messages, Stop> {
    let examined: BTreeSet<&str> = graph
        .nodes
        .iter()
        .filter(|node| attributes::text(&node.attributes, "role") == Some("examined"))
        .map(crate::plain::PlainNode::value)
        .collect();
    let (mut done, mut stopped) = (Messages::default(), None);
    read_batches::<Post>(tables, |posts| {
        for post in &posts {
            if !examined.contains(post.account.as_str()) {
                done.of_others += 1;
            } else if post.text.known().is_none() || done.written >= most {
                done.left_out += 1;
            } else if let Err(stop) = take(post) {
                stopped = Some(stop);
                return false;
            } else {
                done.written += 1;
            }
        }
        true
    })?;
    stopped.map_or(Ok(done), Err)
}

#[cfg(test)]
mod tests {
    use faisceau_model::{Absent, ExhibitNo, Maybe, Place};

    use super::*;
    use crate::plain::{PlainNode, Value};

    fn post(n: u64, account: &str, text: Option<&str>) -> Post {
        let place = Place::Line { number: n, byte: n };
        let text = Maybe::or_absent(text.map(str::to_owned), Absent::Deleted);
        Post { text, ..Post::new(ExhibitNo::top(1), &place, 0, account.parse().unwrap()) }
    }

    fn node(account: &str, role: &str) -> PlainNode {
        PlainNode {
            id: format!("account:{account}"),
            kind: "account",
            label: account.to_owned(),
            attributes: vec![("role".into(), Value::Text(role.to_owned()))],
        }
    }

    #[test]
    fn what_is_beyond_the_bound_without_text_or_of_others_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let posts = vec![
            post(1, "x:1", None),
            post(2, "x:1", Some("a")),
            post(3, "x:2", Some("b")),
            post(4, "x:1", Some("c")),
            post(5, "x:1", Some("d")),
        ];
        faisceau_tables::write(folder.path(), posts).unwrap();
        let graph = PlainGraph {
            nodes: vec![node("x:1", "examined"), node("x:2", "claimant")],
            edges: Vec::new(),
        };
        let mut taken = Vec::new();
        let done = messages(folder.path(), &graph, 2, |post| {
            taken.push(post.id.to_string());
            Ok(())
        });
        let Ok(done) = done else { panic!("the table is there") };
        assert_eq!(taken, ["post:1:l2@2", "post:1:l4@4"]);
        assert_eq!((done.written, done.left_out, done.of_others), (2, 2, 1));
    }
}
