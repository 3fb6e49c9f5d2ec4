//! HTML pages that people saved: forums, comments of blogs.
//!
//! What stands where on a page is told by recipes: files of CSS selectors, those of the case
//! first, then those that come with the program (`recipes/*.toml`, see [`recipe`]). A page is of
//! this format when one of them finds a post on it; any other page is a document
//! ([`crate::media::web_page`]), of which no post is claimed.
//!
//! In: a page as a browser, `SingleFile` or a command saved it. Out: a post for each that the
//! recipe finds, accounts as they are first seen, the address and the time of the capture where
//! the page keeps them. Refused: posts whose author the page does not name.
//!
//! Traps:
//! - What an author writes must not pass for what the site says of a post: name, time and address
//!   are never taken from inside the text of a post, and a post inside the text of a post is text.
//! - Quotations and signatures are left out of the text by the recipe; the markup is kept beside,
//!   as the parser writes it: its attributes come in their order by name.
//! - The platform is the host of the page; without it, accounts are of `forum`, and those of two
//!   sites must not meet in one case without a recipe that names the platform.
//! - A time that only says "yesterday" is kept as written and not read.
//! - Pictures that the browser packed into the page (`data:`) have no name.

mod capture;
mod extract;
mod link;
mod local_time;
mod recipe;
mod record;
mod segments;
mod shipped;

use faisceau_model::Sink;

use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::html::{self, Page};
use crate::records::settle;
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;
use capture::Capture;
pub(super) use link::host;
pub use recipe::{Recipe, RecipeError};

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "html-page",
    title: "Saved page of a forum or blog (HTML), read by a recipe",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "phpBB 3.2 and 3.3, WordPress comments, Discourse, jeuxvideo.com, recipes of the case",
    checked: "2026-11-21",
    sample: "tests/fixtures/pages/phpbb33.html",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Whether a recipe finds a post on the page.
fn sniff(head: &Head<'_>) -> bool {
    html::opens_a_page(head.bytes)
        && Page::parse(head.bytes).is_ok_and(|page| recipe_for(&page, head.settings).is_some())
}

/// The first recipe that fits, those of the case before those of the program.
fn recipe_for<'s>(page: &Page, settings: &'s ImportSettings) -> Option<&'s Recipe> {
    settings.recipes.iter().chain(shipped::recipes()).find(|recipe| recipe.fits(page))
}

/// Reads a page post by post.
///
/// # Errors
/// When the page is left at a limit; the posts before it are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let page = Page::parse(&source.read_all(html::MAX_PAGE)?)?;
    let Some(recipe) = recipe_for(&page, settings) else {
        return Err(page.cut().map_or_else(no_recipe, ImportError::from));
    };
    let capture = Capture::of(&page);
    let reader = record::Reader::new(source.exhibit, recipe, &page, &capture, settings);
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    for segment in segments::segments(&page, recipe) {
        let place = page.place(&segment.post);
        let start = segment.start();
        settle(source.exhibit, &place, start.as_bytes(), sink, |sink| {
            let (account, post) = reader.read(&segment, &place)?;
            sink.account(account);
            sink.post(post);
            Ok(())
        });
    }
    page.cut().map_or(Ok(()), |cut| Err(cut.into()))
}

/// The error of a page whose recipe has gone since it was recognised.
fn no_recipe() -> ImportError {
    let detail = "no recipe finds a post on this page".to_owned();
    ImportError::Broken { place: faisceau_model::Place::Whole, detail }
}

#[cfg(test)]
mod tests;
