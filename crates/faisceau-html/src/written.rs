//! Where in the text of a page each tag and each comment is written.
//!
//! In: the tokens of a page, which is fed up to one `>` at a time, so that a token ends where the
//! text ends that was fed. Out: for each element and comment that a token made, its bytes. What
//! the parser adds by itself (`tbody`, formatting that it opens again) is written nowhere.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use ego_tree::NodeId;
use html5ever::LocalName;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;

use crate::limits::Limited;

/// The places that were met so far.
#[derive(Default)]
pub(crate) struct Written {
    /// The token that is being read: its bytes, and its name if it is a tag that opens.
    token: RefCell<Option<(Range<usize>, Option<LocalName>)>>,
    nodes: RefCell<Vec<(NodeId, u32, u32)>>,
}

impl Written {
    /// Notes that the token made this element, or gave it its attributes.
    pub(crate) fn element(&self, node: NodeId, name: &LocalName) {
        if let Some((at, Some(of))) = &*self.token.borrow()
            && of == name
        {
            self.nodes.borrow_mut().push((node, at.start as u32, at.end as u32));
        }
    }

    /// Notes that the token made this comment.
    pub(crate) fn comment(&self, node: NodeId) {
        if let Some((at, None)) = &*self.token.borrow() {
            self.nodes.borrow_mut().push((node, at.start as u32, at.end as u32));
        }
    }

    /// The places by node, the first of each.
    pub(crate) fn finish(self) -> Vec<(NodeId, u32, u32)> {
        let mut nodes = self.nodes.into_inner();
        nodes.sort_by_key(|(node, ..)| *node);
        nodes.dedup_by_key(|(node, ..)| *node);
        nodes
    }
}

/// The tree builder, and what is noted on the way to it.
pub(crate) struct Noting<'t> {
    pub(crate) builder: TreeBuilder<NodeId, Limited>,
    /// The whole text.
    pub(crate) text: &'t str,
    /// How much of it was fed.
    pub(crate) fed: Cell<usize>,
    /// Where the last token ended.
    pub(crate) ended: Cell<usize>,
}

impl Noting<'_> {
    /// Where the token that ends here began: at the first of these signs behind the last token.
    fn bytes(&self, opens: fn(&[u8]) -> bool) -> Range<usize> {
        let end = self.fed.get();
        let start = self.ended.replace(end);
        let since = self.text.as_bytes().get(start..end).unwrap_or_default();
        let mut signs = memchr::memchr_iter(b'<', since);
        let first = signs.find(|at| since.get(at + 1..).is_some_and(opens));
        first.map_or(start, |at| start + at)..end
    }
}

impl TokenSink for Noting<'_> {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let letter = |rest: &[u8]| rest.first().is_some_and(u8::is_ascii_alphabetic);
        let mark = |rest: &[u8]| rest.first().is_some_and(|b| matches!(b, b'!' | b'?' | b'/'));
        if let Some(written) = &self.builder.sink.written {
            written.token.replace(match &token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                    Some((self.bytes(letter), Some(tag.name.clone())))
                }
                Token::CommentToken(_) => Some((self.bytes(mark), None)),
                Token::TagToken(_) | Token::DoctypeToken(_) => {
                    self.ended.set(self.fed.get());
                    None
                }
                _ => None,
            });
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
