//! Cutting a page into its posts.
//!
//! In: a page and a recipe. Out: for each post its own elements, without those of the posts
//! inside it, and which of them stand in its text. Refused: a post in the text of a post, which
//! only its author can have put there.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::recipe::Recipe;
use crate::html::{Page, Step, walk};

/// A post and its own elements, in document order.
pub(super) struct Segment<'p> {
    /// The element that is the post.
    pub(super) post: ElementRef<'p>,
    /// The elements outside the text, the post itself first.
    pub(super) around: Vec<ElementRef<'p>>,
    /// The first element of the text.
    pub(super) text: Option<ElementRef<'p>>,
    /// The elements in the text.
    pub(super) inside: Vec<ElementRef<'p>>,
}

impl Segment<'_> {
    /// The first words of a post, for a reject.
    pub(super) fn start(&self) -> String {
        self.post.text().flat_map(str::split_whitespace).take(60).collect::<Vec<_>>().join(" ")
    }
}

/// The posts of a page.
pub(super) fn segments<'p>(page: &'p Page, recipe: &Recipe) -> Vec<Segment<'p>> {
    let mut all: Vec<Segment<'p>> = Vec::new();
    // The posts that are open, by their place in `all`, and the text that is open.
    let mut open: Vec<usize> = Vec::new();
    let mut text: Option<NodeId> = None;
    walk(page.root(), &mut |step| {
        match step {
            Step::Open(node) => {
                let Some(element) = ElementRef::wrap(node) else { return true };
                if text.is_none() && recipe.post.matches(&element) {
                    open.push(all.len());
                    let (around, inside) = (Vec::new(), Vec::new());
                    all.push(Segment { post: element, around, text: None, inside });
                }
                let Some(segment) = open.last().and_then(|&at| all.get_mut(at)) else {
                    return true;
                };
                if text.is_some() {
                    segment.inside.push(element);
                    return true;
                }
                if recipe.text.selector.matches_with_scope(&element, Some(segment.post)) {
                    text = Some(node.id());
                    segment.text = segment.text.or(Some(element));
                } else {
                    segment.around.push(element);
                }
            }
            Step::Close(node) => {
                if text == Some(node.id()) {
                    text = None;
                }
                let last = open.last().and_then(|&at| all.get(at));
                if last.is_some_and(|segment| segment.post.id() == node.id()) {
                    open.pop();
                }
            }
        }
        true
    });
    all
}
