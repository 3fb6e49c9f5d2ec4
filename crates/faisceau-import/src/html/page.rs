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

use std::panic::{AssertUnwindSafe, catch_unwind};

use ego_tree::NodeId;
use faisceau_model::Place;
use scraper::{ElementRef, Html, Selector};

use super::walk::{Step, walk};
use super::{attributes, charset, limits};
use crate::contract::ImportError;

/// Largest page, in bytes.
pub(crate) const MAX_PAGE: u64 = 64 << 20;

/// A page.
pub(crate) struct Page {
    html: Html,
    /// The elements in document order.
    order: Vec<NodeId>,
    /// The position of each in document order, from 1, by its node.
    numbers: Vec<(NodeId, u32)>,
    /// The limit at which it was left.
    pub(super) limit: Option<&'static str>,
}

impl Page {
    /// Reads a page. Broken markup is repaired as browsers repair it.
    ///
    /// # Errors
    /// When the encoding is not known, or the markup is of a sort that no page has.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, ImportError> {
        let text = charset::decode(bytes)
            .map_err(|detail| ImportError::Broken { place: Place::Whole, detail })?;
        Self::of_text(&text)
    }

    /// Reads the text of a page or fragment.
    ///
    /// # Errors
    /// When the markup is of a sort that no page has.
    pub(crate) fn of_text(text: &str) -> Result<Self, ImportError> {
        let whole =
            |detail: &str| ImportError::Limit { place: Place::Whole, detail: detail.to_owned() };
        if attributes::work(text) > attributes::MAX_WORK {
            return Err(whole("tags with more attributes than any page has"));
        }
        // The parser holds that some states cannot be; a page must not be what proves it wrong.
        let parsed = catch_unwind(AssertUnwindSafe(|| limits::parse(text, limits::MAX_NODES)));
        let (html, limit) = parsed.map_err(|_| whole("markup that the parser cannot hold"))?;
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
        Ok(Self { html, order, numbers, limit })
    }

    /// Why the page was not read to its end, and after which element.
    pub(crate) fn cut(&self) -> Option<ImportError> {
        let place = Place::Element(self.order.len() as u32);
        self.limit.map(|detail| ImportError::Limit { place, detail: detail.to_owned() })
    }

    /// The elements in document order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.order.iter().filter_map(|&id| ElementRef::wrap(self.html.tree.get(id)?))
    }

    /// The first element in document order that a selector matches.
    pub(crate) fn first(&self, selector: &Selector) -> Option<ElementRef<'_>> {
        self.elements().find(|element| selector.matches(element))
    }

    /// The place of an element.
    pub(crate) fn place(&self, element: &ElementRef<'_>) -> Place {
        Place::Element(self.number(element.id()))
    }

    /// The position of an element in document order, from 1.
    pub(crate) fn number(&self, element: NodeId) -> u32 {
        let at = self.numbers.binary_search_by_key(&element, |(id, _)| *id);
        at.ok().and_then(|at| self.numbers.get(at)).map_or(0, |(_, number)| *number)
    }

    /// The element of this number.
    pub(crate) fn element(&self, number: u32) -> Option<ElementRef<'_>> {
        let id = *self.order.get(usize::try_from(number.checked_sub(1)?).ok()?)?;
        ElementRef::wrap(self.html.tree.get(id)?)
    }

    /// The whole document, for [`walk`].
    pub(crate) fn root(&self) -> ego_tree::NodeRef<'_, scraper::Node> {
        self.html.tree.root()
    }
}

/// Whether a head is of a page: it opens, after white space and comments, with a doctype or with
/// an element that opens pages.
pub(crate) fn opens_a_page(head: &[u8]) -> bool {
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
