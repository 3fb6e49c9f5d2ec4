//! A feed: RSS 0.9 to 2.0, Atom (RFC 4287), JSON Feed 1.0 and 1.1.
//!
//! In: the address of a feed. Out: its pages: what it names as `next` (RFC 5005, section 3) or as
//! the archive before it (section 4), or `next_url` of a JSON Feed. Most feeds name nothing, and
//! show their last entries alone. Refused: pages on another host.

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::feed_xml;
use super::json::{self, Text};
use super::outcome::Stopped;
use super::pager::{Halt, Item, Pager};
use crate::alerting::may_alert;

/// What is asked for.
const FEEDS: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// A page of a feed.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    pub(super) unreadable: u64,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
struct JsonFeed<'f> {
    version: Text,
    #[serde(borrow)]
    items: Vec<&'f RawValue>,
    next_url: Option<Text>,
}

#[derive(Deserialize)]
struct JsonItem {
    id: Option<Text>,
    url: Option<Text>,
    date_published: Option<Text>,
    date_modified: Option<Text>,
}

/// Asks for a feed and for the pages that it names.
pub(super) fn run(feed: &Url, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let mut asked = feed.clone();
    asked.set_fragment(None);
    pager.cursor(asked.as_str())?;
    loop {
        let text = pager.text(&asked, FEEDS)?;
        let page = if text.trim_start().starts_with('{') {
            of_json(&text)?
        } else {
            feed_xml::page(&text)?
        };
        pager.page(&page.items, page.unreadable)?;
        let Some(next) = page.next else { return Ok(Stopped::End) };
        let next = pager.next(&asked, &next)?;
        if let Some(why) = may_alert(&next) {
            return Ok(Stopped::Refused { why: format!("what the feed names as next: {why}") });
        }
        asked = next;
    }
}

fn of_json(text: &str) -> Result<Page, Stopped> {
    let feed: JsonFeed<'_> = json::read(text)?;
    if !feed.version.0.starts_with("https://jsonfeed.org/version/") {
        return Err(Stopped::Unreadable { why: "JSON, but no JSON Feed".to_owned() });
    }
    let (read, mut unreadable) = json::each::<JsonItem>(&feed.items);
    let mut items = Vec::with_capacity(read.len());
    for item in read {
        let at = json::time(item.date_published.as_ref().or(item.date_modified.as_ref()));
        match item.id.or(item.url) {
            Some(id) => items.push(Item { id: id.0, at, repost: false }),
            None => unreadable += 1,
        }
    }
    Ok(Page { items, unreadable, next: feed.next_url.map(|next| next.0) })
}

#[cfg(test)]
mod tests;
