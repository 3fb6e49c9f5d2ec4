//! A JSON Feed, versions 1.0 and 1.1 (jsonfeed.org).
//!
//! In: one feed. Out: a post for each item, accounts as they are first seen. Refused: items with
//! nothing in them.

use faisceau_model::{Place, Sink};

use super::feed_entry::{self, Content, Entry, Feed, MAX_MEDIA};
use super::paths;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::listing::Listing;
use crate::json::{self, Object};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "json-feed",
    title: "Feed of a site (JSON Feed)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "JSON Feed 1.0 and 1.1",
    checked: "2026-11-28",
    sample: "tests/fixtures/feeds/feed.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// The list of entries.
const ITEMS: &str = "items";
#[rustfmt::skip]
const FEED: [&str; 15] = [
    "author", "authors", "description", "expired", "favicon", "feed_url", "home_page_url", "hubs",
    "icon", "language", "next_url", "title", "user_comment", "version", "items",
];
#[rustfmt::skip]
const ITEM: [&str; 16] = [
    "attachments", "author", "authors", "banner_image", "content_html", "content_text",
    "date_modified", "date_published", "external_url", "id", "image", "language", "summary", "tags",
    "title", "url",
];

fn sniff(head: &Head<'_>) -> bool {
    head.has_keys(&["version", ITEMS]) && head.text().contains("://jsonfeed.org/version/")
}

/// Reads the items.
///
/// # Errors
/// When the JSON breaks or ends too early; the items before that place are kept.
fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let listing = Listing::of(&bytes, &|key| key == ITEMS);
    let (exhibit, mut fields) = (source.exhibit, Fields::default());
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let own = listing.object();
    let feed = Feed {
        title: json::field(&own, "title"),
        link: paths::either(&own, &["home_page_url", "feed_url"]),
        author: author(&own),
        lang: json::field(&own, "language"),
    };
    listing.each(exhibit, sink, |item, place: &Place, sink| {
        fields.object("", item, &ITEM, place);
        let (account, post) = feed_entry::rows(exhibit, place, &feed, entry(item))?;
        sink.account(account);
        sink.post(post);
        Ok(())
    });
    listing.beside(&FEED, &mut fields);
    fields.finish(exhibit, sink);
    listing.error.map_or(Ok(()), Err)
}

fn entry(item: &Object) -> Entry {
    let content = json::field(item, "content_html").map(Content::Markup);
    let content =
        content.or_else(|| paths::either(item, &["content_text", "summary"]).map(Content::Plain));
    let attached = paths::objects(item, &["attachments"]);
    let media = json::field(item, "image").into_iter();
    let media = media.chain(attached.filter_map(|file| json::field(file, "url")));
    Entry {
        id: json::field(item, "id"),
        link: json::field(item, "url"),
        title: json::field(item, "title").map(Content::Plain),
        content,
        published: json::field(item, "date_published"),
        updated: json::field(item, "date_modified"),
        author: author(item),
        lang: json::field(item, "language"),
        media: media.take(MAX_MEDIA).collect(),
    }
}

/// The first author: a list since version 1.1, one before.
fn author(object: &Object) -> Option<String> {
    let mut several = paths::objects(object, &["authors"]);
    several
        .find_map(|author| json::field(author, "name"))
        .or_else(|| paths::text(object, &["author", "name"]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const FEED: &[u8] = include_bytes!("../../tests/fixtures/feeds/feed.json");

    #[test]
    fn items_give_all_columns() {
        let (imported, sink) = read(FEED);
        assert_eq!((imported.name(), imported.problem), (Some("json-feed"), None));
        insta::assert_snapshot!(format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
        assert_eq!(
            reasons(&sink),
            [
                "/items/2 time: the time of the entry is none: `hier`",
                "/items/3 missing_field: neither a text nor a title nor an address",
                "/items/4 syntax: an object was expected",
            ]
        );
        let unknown: Vec<_> = sink.unknown_fields.iter().map(|field| &field.field[..]).collect();
        assert_eq!(unknown, ["_brand_new"]);
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(bytes in mutated(FEED)) {
            read(&bytes);
        }
    }
}
