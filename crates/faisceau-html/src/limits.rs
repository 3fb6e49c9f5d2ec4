//! Parsing with limits on nesting and on the number of nodes.
//!
//! In: the text of a page. Out: the tree of what stands before the first limit. Refused: going
//! on. Some dozens of bytes can make the parser build thousands of elements (formatting that is
//! never closed is opened again in each paragraph), and each tag is compared with all that are
//! open; browsers stop nesting at 512 too.

use std::borrow::Cow;
use std::cell::{Cell, Ref};

use ego_tree::NodeId;
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink};

use crate::written::{Noting, Written};

/// Deepest nesting.
pub(crate) const MAX_DEPTH: usize = 512;
/// Most elements, comments and attributes.
pub(crate) const MAX_NODES: usize = 4_000_000;
/// Bytes between two looks at the limits.
const STEP: usize = 4096;

/// What was read of a page.
pub(crate) struct Tree {
    pub(crate) html: Html,
    /// The limit at which it was left.
    pub(crate) limit: Option<&'static str>,
    /// Where its nodes are written, if that was asked.
    pub(crate) written: Vec<(NodeId, u32, u32)>,
}

/// The tree of a page; with `places`, where its tags and comments are written.
pub(crate) fn parse(text: &str, max_nodes: usize, places: bool) -> Tree {
    let sink = Limited {
        inner: HtmlTreeSink::new(Html::new_document()),
        nodes_left: Cell::new(max_nodes),
        last: Cell::new(None),
        limit: Cell::new(None),
        written: places.then(Written::default),
    };
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(sink, options);
    let noting = Noting { builder, text, fed: Cell::new(0), ended: Cell::new(0) };
    let tokenizer = Tokenizer::new(noting, TokenizerOpts::default());
    let (mut rest, buffer) = (text, BufferQueue::default());
    while !rest.is_empty() && tokenizer.sink.builder.sink.limit.get().is_none() {
        let mut end = STEP.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        if places {
            let ends = rest.as_bytes().get(..end).and_then(|step| memchr::memchr(b'>', step));
            end = ends.map_or(end, |at| at + 1);
        }
        let (part, after) = rest.split_at(end);
        tokenizer.sink.fed.update(|fed| fed + end);
        buffer.push_back(StrTendril::from_slice(part));
        // It stops at scripts and declared encodings, which are left as they are.
        while !matches!(tokenizer.feed(&buffer), TokenizerResult::Done) {}
        rest = after;
    }
    tokenizer.end();
    let Limited { inner, limit, written, .. } = tokenizer.sink.builder.sink;
    let written = written.map(Written::finish).unwrap_or_default();
    Tree { html: inner.finish(), limit: limit.get(), written }
}

/// The tree under construction.
pub(crate) struct Limited {
    inner: HtmlTreeSink,
    nodes_left: Cell<usize>,
    /// The last node that was appended, its parent, and the depth of that parent.
    last: Cell<Option<(NodeId, NodeId, usize)>>,
    limit: Cell<Option<&'static str>>,
    /// Where nodes are written, if that is asked.
    pub(crate) written: Option<Written>,
}

impl Limited {
    fn count(&self, nodes: usize) {
        match self.nodes_left.get().checked_sub(nodes) {
            Some(left) => self.nodes_left.set(left),
            None => {
                self.limit.set(Some("the page has more elements and attributes than may be read"));
            }
        }
    }

    /// Notes that `child` comes under `parent`. Most nodes follow or enter the last one, so that
    /// the depth is seldom counted from the root.
    fn enters(&self, parent: NodeId, child: Option<NodeId>) {
        let depth = match self.last.get() {
            Some((last, _, depth)) if last == parent => depth + 1,
            Some((_, same, depth)) if same == parent => depth,
            _ => {
                let html = self.inner.0.borrow();
                html.tree.get(parent).map_or(0, |node| node.ancestors().count())
            }
        };
        self.last.set(child.map(|child| (child, parent, depth)));
        if depth >= MAX_DEPTH {
            self.limit.set(Some("the page nests more than 512 elements"));
        }
    }
}

impl TreeSink for Limited {
    type Handle = NodeId;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    // Errors are not kept: a hostile page has one for each byte.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.inner.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.count(1 + attributes.len());
        let local = self.written.as_ref().map(|_| name.local.clone());
        let node = self.inner.create_element(name, attributes, flags);
        if let (Some(written), Some(local)) = (&self.written, local) {
            written.element(node, &local);
        }
        node
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.count(1);
        let node = self.inner.create_comment(text);
        if let Some(written) = &self.written {
            written.comment(node);
        }
        node
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.count(1);
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.enters(*parent, Some(*child));
        }
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.enters(*element, None);
        self.inner.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.inner.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, node: NodeOrText<NodeId>) {
        self.enters(*sibling, None);
        self.inner.append_before_sibling(sibling, node);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.count(attributes.len());
        if let Some(written) = &self.written {
            let local = self.inner.elem_name(target).local.clone();
            written.element(*target, &local);
        }
        self.inner.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.last.set(None);
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.last.set(None);
        self.inner.reparent_children(node, new_parent);
    }
}
