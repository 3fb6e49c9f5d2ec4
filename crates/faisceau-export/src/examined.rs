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
