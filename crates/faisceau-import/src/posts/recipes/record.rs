//! One post of a page.
//!
//! In: the elements of a post, the recipe, the capture. Out: an account and a post. Refused: a
//! post without author.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason};
use jiff::tz::TimeZone;
use scraper::{ElementRef, Selector};

use super::capture::Capture;
use super::extract::{all, first};
use super::link::{host, resolve};
use super::local_time;
use super::recipe::{Field, Recipe, TextRule};
use super::segments::Segment;
use crate::html::{Page, Words, visible_text};
use crate::json::Flaw;
use crate::settings::ImportSettings;

/// The platform of pages that do not say their address.
const NOWHERE: &str = "forum";

/// Reads the posts of one page.
pub(super) struct Reader<'r> {
    exhibit: ExhibitNo,
    recipe: &'r Recipe,
    capture: &'r Capture,
    platform: String,
    thread: Maybe<String>,
    zone: Option<TimeZone>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        exhibit: ExhibitNo,
        recipe: &'r Recipe,
        page: &Page,
        capture: &'r Capture,
        settings: &ImportSettings,
    ) -> Self {
        let told = recipe.platform.clone();
        let platform = told.or_else(|| host(capture.address.as_deref()?));
        let elements: Vec<_> = page.elements().collect();
        Self {
            exhibit,
            recipe,
            capture,
            platform: platform.unwrap_or_else(|| NOWHERE.to_owned()),
            thread: Maybe::or_absent(first(&recipe.thread, &elements, None), Absent::NotExported),
            zone: recipe.zone.clone().or_else(|| settings.zone().ok().flatten()),
        }
    }

    /// The account and the post of a segment.
    pub(super) fn read(
        &self,
        segment: &Segment<'_>,
        place: &Place,
    ) -> Result<(Account, Post), Flaw> {
        let recipe = self.recipe;
        let value = |fields| first(fields, &segment.around, Some(segment.post));
        let (id, handle) = (value(&recipe.author_id), value(&recipe.author));
        let key = match (&id, &handle) {
            (Some(id), _) => AccountKey::by_id(&self.platform, id),
            (None, Some(handle)) => AccountKey::by_handle(&self.platform, handle),
            (None, None) => {
                let detail = "the page names no author of this post".to_owned();
                return Err((RejectReason::MissingField, detail));
            }
        };
        let account = Account {
            native_id: known(id, &recipe.author_id),
            handle: known(handle, &recipe.author),
            display_name: known(value(&recipe.display_name), &recipe.display_name),
            ..Account::new(self.exhibit, place, 0, key.clone())
        };
        let at_raw = value(&recipe.time);
        let at = match at_raw.as_deref() {
            Some(text) => Maybe::or_absent(
                local_time::read(text, &recipe.patterns, self.zone.as_ref()),
                Absent::Unreadable,
            ),
            None => known(None, &recipe.time),
        };
        let (text, text_raw) = self.text(segment);
        let link = value(&recipe.permalink);
        let link = link.and_then(|link| resolve(&link, self.capture.address.as_deref()));
        let post = Post {
            at,
            at_raw: known(at_raw, &recipe.time),
            captured: Maybe::or_absent(self.capture.at, Absent::NotRecorded),
            text,
            text_raw,
            target: known(value(&recipe.target), &recipe.target),
            thread: self.thread.clone(),
            permalink: known(link, &recipe.permalink),
            content_id: known(value(&recipe.content_id), &recipe.content_id),
            media: self.media(segment),
            ..Post::new(self.exhibit, place, 0, key)
        };
        Ok((account, post))
    }

    /// The author's own words, and the markup where it is more than they.
    fn text(&self, segment: &Segment<'_>) -> (Maybe<String>, Maybe<String>) {
        let Some(element) = segment.text else {
            return (Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotApplicable));
        };
        let text = visible_text(&element, &Own { rule: &self.recipe.text, text: element });
        let markup = element.inner_html();
        let raw = if markup.trim() == text {
            Maybe::Missing(Absent::NotApplicable)
        } else {
            Maybe::text(&markup, Absent::NotApplicable)
        };
        // Nothing but quotations or pictures: there is no text of the author.
        (Maybe::text(&text, Absent::NotApplicable), raw)
    }

    /// Addresses of the attached media, around and in the text; what is quoted is not attached.
    fn media(&self, segment: &Segment<'_>) -> Vec<String> {
        let rule = &self.recipe.text;
        let quoted = |element: &ElementRef<'_>| {
            let above = element.ancestors().filter_map(ElementRef::wrap);
            above
                .take_while(|above| Some(above.id()) != segment.text.map(|text| text.id()))
                .any(|above| matches(&rule.remove, &above, segment.text))
        };
        let mut elements = segment.inside.clone();
        elements.retain(|element| {
            self.recipe
                .media
                .iter()
                .any(|field| field.selector.matches_with_scope(element, Some(segment.post)))
                && !matches(&rule.alt, element, segment.text)
                && !quoted(element)
        });
        elements.extend(&segment.around);
        let fields = self.recipe.media.iter();
        let found = fields.flat_map(|field| all(field, &elements, Some(segment.post)));
        let base = self.capture.address.as_deref();
        let mut media: Vec<String> = Vec::new();
        for link in found.take(MAX_MEDIA) {
            if let Some(name) = resolve(&link, base).or_else(|| saved_beside(&link))
                && !media.contains(&name)
            {
                media.push(name);
            }
        }
        media
    }
}

/// Most media of one post.
const MAX_MEDIA: usize = 500;

/// The path of a picture that the browser saved beside the page.
fn saved_beside(link: &str) -> Option<String> {
    let path = link.trim();
    let sound = !path.is_empty() && !path.contains(':') && path.len() <= 500;
    sound.then(|| path.trim_start_matches("./").to_owned())
}

/// A value, or why it is missing: the recipe does not look for it, or the page does not have it.
fn known<T>(value: Option<T>, fields: &[Field]) -> Maybe<T> {
    let reason = if fields.is_empty() { Absent::NotRecorded } else { Absent::NotExported };
    Maybe::or_absent(value, reason)
}

fn matches(
    selectors: &[Selector],
    element: &ElementRef<'_>,
    scope: Option<ElementRef<'_>>,
) -> bool {
    selectors.iter().any(|selector| selector.matches_with_scope(element, scope))
}

/// The author's own words, by the rules of a recipe.
struct Own<'r> {
    rule: &'r TextRule,
    text: ElementRef<'r>,
}

impl Words for Own<'_> {
    fn leaves_out(&self, element: &ElementRef<'_>) -> bool {
        matches(&self.rule.remove, element, Some(self.text))
    }

    fn speaks(&self, image: &ElementRef<'_>) -> bool {
        matches(&self.rule.alt, image, Some(self.text))
    }
}
