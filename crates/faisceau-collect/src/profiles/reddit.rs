//! Accounts and threads of Reddit, by the JSON that stands behind its pages.
//!
//! `/user/NAME/about.json`, `/user/NAME.json`, `/comments/ID.json` (reddit.com/dev/api, "listings").
//! Pages follow each other by `after`. With `raw_json=1` the texts are not escaped.
//!
//! Traps:
//! - A listing ends after about a thousand things, however many there are.
//! - A thread shows its first comments; the others stand as `more`, with their ids alone.
//! - Since 2024 `robots.txt` asks all machines that have no agreement not to read the site, and
//!   addresses of hosting companies get 403: a refusal is the usual end.

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::json::{self, Text};
use super::origin;
use super::outcome::Stopped;
use super::pager::{Halt, Item, Pager};
use super::target::Reddit;
use super::wanted::Wanted;

/// What is asked for.
const JSON: &str = "application/json";
/// Things from which on a listing may have been cut by the service.
const NEARLY_ALL: u64 = 900;
/// Deepest answers of a thread that are counted.
const DEPTH: u32 = 20;

#[derive(Deserialize)]
struct Thing<'t> {
    kind: Option<Text>,
    #[serde(borrow)]
    data: &'t RawValue,
}

#[derive(Deserialize)]
struct Listing<'l> {
    #[serde(borrow)]
    children: Vec<&'l RawValue>,
    after: Option<Text>,
}

#[derive(Deserialize)]
struct Person {
    id: Text,
}

#[derive(Deserialize)]
struct Post<'p> {
    name: Text,
    created_utc: Option<Text>,
    crosspost_parent: Option<Text>,
    #[serde(borrow)]
    replies: Option<&'p RawValue>,
}

#[derive(Deserialize)]
struct More {
    count: Option<u64>,
}

/// The address of the profile.
pub(super) fn about(who: &Reddit) -> Url {
    origin::below(&who.base, &["user", &who.name, "about.json"], &[("raw_json", "1")])
}

/// The address of a page of posts and comments, or of submissions alone.
pub(super) fn listing(who: &Reddit, wanted: &Wanted, after: Option<&str>) -> Url {
    let mut query = vec![("sort", "new"), ("limit", "100"), ("raw_json", "1")];
    query.extend(after.map(|after| ("after", after)));
    let all = format!("{}.json", who.name);
    let path: &[&str] =
        if wanted.replies { &["user", &all] } else { &["user", &who.name, "submitted.json"] };
    origin::below(&who.base, path, &query)
}

/// The address of a thread.
pub(super) fn comments(what: &Reddit) -> Url {
    let id = format!("{}.json", what.name);
    origin::below(&what.base, &["comments", &id], &[("limit", "500"), ("raw_json", "1")])
}

/// Asks for the profile and the posts of an account.
pub(super) fn account(who: &Reddit, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let text = pager.text(&about(who), JSON)?;
    let thing: Thing<'_> = json::read(&text)?;
    match json::read::<Person>(thing.data.get()) {
        Ok(person) => pager.is(&format!("t2_{}", person.id)),
        // A suspended account has a name and nothing else.
        Err(_) => pager.note("the profile gives no id: the account may be suspended".to_owned()),
    }
    let mut after: Option<String> = None;
    loop {
        let url = listing(who, pager.wanted, after.as_deref());
        let text = pager.text(&url, JSON)?;
        let page = listed(&text)?;
        let (things, mut unreadable) = json::each::<Thing<'_>>(&page.children);
        let posts: Vec<&RawValue> = things.iter().map(|thing| thing.data).collect();
        let (posts, others) = json::each::<Post<'_>>(&posts);
        unreadable += others;
        let items: Vec<Item> = posts.iter().map(item).collect();
        pager.page(&items, unreadable)?;
        let Some(next) = page.after.filter(|after| !after.0.is_empty()) else {
            if pager.seen() >= NEARLY_ALL {
                pager.note(
                    "Reddit ends a listing after about a thousand posts: there may be more"
                        .to_owned(),
                );
            }
            return Ok(Stopped::End);
        };
        if !is_fullname(&next.0) {
            let why = "the sign of the next page is no name of a thing".to_owned();
            return Err(Stopped::Unreadable { why }.into());
        }
        pager.cursor(&next.0)?;
        after = Some(next.0);
    }
}

/// Asks for a submission with the comments that its page shows.
pub(super) fn thread(what: &Reddit, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let text = pager.text(&comments(what), JSON)?;
    pager.is(&format!("t3_{}", what.name));
    let listings: Vec<&RawValue> = json::read(&text)?;
    let mut found = Found::default();
    for raw in listings {
        found.listing(raw, 0);
    }
    let end = pager.page(&found.items, found.unreadable);
    if found.more > 0 {
        pager.note(format!(
            "{} comments are not in the answer: their ids stand as `more`",
            found.more
        ));
    }
    if found.too_deep > 0 {
        pager.note(format!("{} answers are nested too deeply to be counted", found.too_deep));
    }
    end?;
    Ok(Stopped::End)
}

/// What a thread holds.
#[derive(Default)]
struct Found {
    items: Vec<Item>,
    more: u64,
    unreadable: u64,
    too_deep: u64,
}

impl Found {
    /// The things of a listing, and what answers them.
    fn listing(&mut self, raw: &RawValue, depth: u32) {
        // What nobody answered has an empty text there.
        if !raw.get().starts_with('{') {
            return;
        }
        if depth > DEPTH {
            self.too_deep += 1;
            return;
        }
        let Ok(page) = listed(raw.get()) else {
            self.unreadable += 1;
            return;
        };
        let (things, others) = json::each::<Thing<'_>>(&page.children);
        self.unreadable += others;
        for thing in things {
            if thing.kind.is_some_and(|kind| kind.0 == "more") {
                let more = json::read::<More>(thing.data.get()).ok().and_then(|more| more.count);
                self.more = self.more.saturating_add(more.unwrap_or(0));
                continue;
            }
            match json::read::<Post<'_>>(thing.data.get()) {
                Ok(post) => {
                    self.items.push(item(&post));
                    if let Some(replies) = post.replies {
                        self.listing(replies, depth + 1);
                    }
                }
                Err(_) => self.unreadable += 1,
            }
        }
    }
}

fn listed(text: &str) -> Result<Listing<'_>, Stopped> {
    let thing: Thing<'_> = json::read(text)?;
    json::read(thing.data.get())
}

fn item(post: &Post<'_>) -> Item {
    let at = json::unix(post.created_utc.as_ref());
    Item { id: post.name.0.clone(), at, repost: post.crosspost_parent.is_some() }
}

/// `t3_` or another kind, and an id in base 36.
fn is_fullname(name: &str) -> bool {
    let base36 = |b: u8| b.is_ascii_digit() || b.is_ascii_lowercase();
    let Some((kind, id)) = name.split_once('_') else { return false };
    matches!(kind.as_bytes(), [b't', b'1'..=b'9'])
        && (1..=13).contains(&id.len())
        && id.bytes().all(base36)
}

#[cfg(test)]
mod tests;
