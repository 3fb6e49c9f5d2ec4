//! Going through a tree of any depth without recursion.
//!
//! In: a node. Out: its opening and closing, and those of what it holds, in document order.
//! Refused: the content of `template`, which is not part of the document.

use ego_tree::NodeRef;
use scraper::Node;

/// A node that opens or closes.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// Before what it holds.
    Open(NodeRef<'a, Node>),
    /// After what it holds.
    Close(NodeRef<'a, Node>),
}

/// Visits `root` and what it holds. What a node holds is passed over where `visit` says `false`
/// at its opening; its closing comes all the same.
pub fn walk<'a>(root: NodeRef<'a, Node>, visit: &mut dyn FnMut(Step<'a>) -> bool) {
    let mut node = root;
    loop {
        let inside = visit(Step::Open(node)).then(|| node.first_child()).flatten();
        // A fragment inside a document is the content of a template.
        if let Some(child) = inside.filter(|child| !child.value().is_fragment()) {
            node = child;
            continue;
        }
        loop {
            visit(Step::Close(node));
            if node.id() == root.id() {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
        }
    }
}
