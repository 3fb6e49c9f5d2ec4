//! A page, and the numbers of its elements.
//!
//! In: the bytes of a page that somebody saved, or of a fragment inside another format. Out: a
//! [`Page`] whose elements are numbered as `document.querySelectorAll("*")` numbers them, and
//! their visible text. Refused: pages above [`MAX_PAGE`], nesting above 512 levels and
//! more than 4 000 000 nodes (what stands before that point is kept), encodings that
//! are not those of [`charset`], and running anything.
//!
//! Numbers are those of a parser that runs no script, as `DOMParser.parseFromString` is: what
//! stands in `noscript` is elements, what stands in `template` is not counted.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ego_tree::NodeId;
use faisceau_model::Place;
use scraper::{ElementRef, Html, Selector};

use crate::error::PageError;
use crate::walk::{Step, walk};
use crate::{attributes, charset, limits};

/// Largest page, in bytes.
pub const MAX_PAGE: u64 = 64 << 20;

/// A page.
pub struct Page {
    html: Html,
    /// The elements in document order.
    order: Vec<NodeId>,
    /// The position of each in document order, from 1, by its node.
    numbers: Vec<(NodeId, u32)>,
    /// Where nodes are written in the text, by node.
    written: Vec<(NodeId, u32, u32)>,
    /// The limit at which it was left.
    pub(crate) limit: Option<&'static str>,
}

impl Page {
    /// Reads a page. Broken markup is repaired as browsers repair it.
    ///
    /// # Errors
    /// When the encoding is not known, or the markup is of a sort that no page has.
    pub fn parse(bytes: &[u8]) -> Result<Self, PageError> {
        Self::of_text(&Self::decode(bytes)?)
    }

    /// The text of a page, in the encoding that its bytes show or declare.
    ///
    /// # Errors
    /// When the encoding is not known.
    pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, PageError> {
        charset::decode(bytes).map_err(|detail| PageError::Broken { place: Place::Whole, detail })
    }

    /// Reads the text of a page or fragment.
    ///
    /// # Errors
    /// When the markup is of a sort that no page has.
    pub fn of_text(text: &str) -> Result<Self, PageError> {
        Self::read(text, false)
    }

    /// The same, with [`Self::written`].
    ///
    /// # Errors
    /// When the markup is of a sort that no page has.
    pub fn of_text_with_places(text: &str) -> Result<Self, PageError> {
        Self::read(text, true)
    }

    fn read(text: &str, places: bool) -> Result<Self, PageError> {
        let whole =
            |detail: &str| PageError::Limit { place: Place::Whole, detail: detail.to_owned() };
        if attributes::work(text) > attributes::MAX_WORK {
            return Err(whole("tags with more attributes than any page has"));
        }
        // The parser holds that some states cannot be; a page must not be what proves it wrong.
        let parsed =
            catch_unwind(AssertUnwindSafe(|| limits::parse(text, limits::MAX_NODES, places)));
        let tree = parsed.map_err(|_| whole("markup that the parser cannot hold"))?;
        let limits::Tree { html, limit, written } = tree;
        let mut order = Vec::new();
        walk(html.tree.root(), &mut |step| {
            if let Step::Open(node) = step
                && node.value().is_element()
            {
                order.push(node.id());
            }
            true
        });
        let mut numbers: Vec<_> = order.iter().zip(1..).map(|(&id, number)| (id, number)).collect();
        numbers.sort_unstable();
        Ok(Self { html, order, numbers, written, limit })
    }

    /// Why the page was not read to its end, and after which element.
    pub fn cut(&self) -> Option<PageError> {
        let place = Place::Element(self.order.len() as u32);
        self.limit.map(|detail| PageError::Limit { place, detail: detail.to_owned() })
    }

    /// The elements in document order.
    pub fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.order.iter().filter_map(|&id| ElementRef::wrap(self.html.tree.get(id)?))
    }

    /// The first element in document order that a selector matches.
    pub fn first(&self, selector: &Selector) -> Option<ElementRef<'_>> {
        self.elements().find(|element| selector.matches(element))
    }

    /// The place of an element.
    pub fn place(&self, element: &ElementRef<'_>) -> Place {
        Place::Element(self.number(element.id()))
    }

    /// The position of an element in document order, from 1.
    pub fn number(&self, element: NodeId) -> u32 {
        let at = self.numbers.binary_search_by_key(&element, |(id, _)| *id);
        at.ok().and_then(|at| self.numbers.get(at)).map_or(0, |(_, number)| *number)
    }

    /// The element of this number.
    pub fn element(&self, number: u32) -> Option<ElementRef<'_>> {
        let id = *self.order.get(usize::try_from(number.checked_sub(1)?).ok()?)?;
        ElementRef::wrap(self.html.tree.get(id)?)
    }

    /// The bytes of the text at which the tag of an element or a comment is written. `None` for
    /// what the parser adds by itself, and for a page that was read without places.
    pub fn written(&self, node: NodeId) -> Option<Range<usize>> {
        let at = self.written.binary_search_by_key(&node, |(id, ..)| *id).ok()?;
        self.written.get(at).map(|(_, start, end)| *start as usize..*end as usize)
    }

    /// The whole document, for [`walk`].
    pub fn root(&self) -> ego_tree::NodeRef<'_, scraper::Node> {
        self.html.tree.root()
    }
}

/// Whether a head is of a page: it opens, after white space and comments, with a doctype or with
/// an element that opens pages.
pub fn opens_a_page(head: &[u8]) -> bool {
    let head = head.get(..head.len().min(64 * 1024)).unwrap_or_default();
    let Ok(text) = charset::decode(head) else { return opens(&String::from_utf8_lossy(head)) };
    opens(&text)
}

fn opens(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("<?")) {
        let Some((_, after)) = comment.split_once('>') else { return false };
        // A comment may hold the sign itself: go on to its true end.
        rest = match (rest.starts_with("<!--"), comment.split_once("-->")) {
            (true, Some((_, after))) => after,
            (true, None) => return false,
            (false, _) => after,
        }
        .trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title"]
        .iter()
        .any(|start| rest.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
}
