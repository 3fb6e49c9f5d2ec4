//! Accounts of the fediverse by the protocol that its servers speak among themselves.
//!
//! `WebFinger` (RFC 7033) gives the address of the actor, the actor that of its outbox, the outbox its
//! pages (`ActivityPub`, sections 4.1 and 5.1). Refused: an actor, an outbox or a page on another host
//! than the one that was asked before; servers that want signed requests ("authorized fetch")
//! answer 401, which is an end.

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::json::{self, Text};
use super::origin;
use super::outcome::Stopped;
use super::pager::{Halt, Item, Pager, named};
use super::target::Fediverse;

/// RFC 7033, section 10.2.
const JRD: &str = "application/jrd+json";
/// `ActivityPub`, section 3.2.
const ACTIVITY: &str = "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

#[derive(Deserialize)]
struct Finger<'f> {
    #[serde(borrow, default)]
    links: Vec<&'f RawValue>,
}

#[derive(Deserialize)]
struct Link {
    rel: Option<Text>,
    r#type: Option<Text>,
    href: Option<Text>,
}

#[derive(Deserialize)]
struct Actor {
    id: Text,
    outbox: Text,
}

/// An outbox or one of its pages.
#[derive(Deserialize)]
struct Collection<'c> {
    #[serde(borrow)]
    first: Option<&'c RawValue>,
    next: Option<&'c RawValue>,
    #[serde(rename = "orderedItems")]
    items: Option<Vec<&'c RawValue>>,
}

#[derive(Deserialize)]
struct Activity {
    id: Text,
    r#type: Option<Text>,
    published: Option<Text>,
}

/// The address by which the actor is found.
pub(super) fn webfinger(who: &Fediverse) -> Url {
    let resource = format!("acct:{}@{}", who.user, who.domain);
    origin::below(&who.base, &[".well-known", "webfinger"], &[("resource", &resource)])
}

/// Asks for the actor and the outbox.
pub(super) fn run(who: &Fediverse, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let asked = webfinger(who);
    let text = pager.text(&asked, JRD)?;
    let finger: Finger<'_> = json::read(&text)?;
    let (links, _) = json::each::<Link>(&finger.links);
    let Some(href) = links.into_iter().find_map(actor_link) else {
        let why = "WebFinger names no actor".to_owned();
        return Err(Stopped::NotFound { why }.into());
    };
    let address = named(&asked, &href)?;
    let text = pager.text(&address, ACTIVITY)?;
    let actor: Actor = json::read(&text)?;
    pager.is(&actor.id.0);
    let outbox = named(&address, &actor.outbox.0)?;
    pages(outbox, pager)
}

fn actor_link(link: Link) -> Option<String> {
    let kind = link.r#type?.0;
    let activity = kind == "application/activity+json" || kind.starts_with("application/ld+json");
    (link.rel?.0 == "self" && activity).then_some(link.href?.0)
}

/// Follows an outbox from its first page.
fn pages(outbox: Url, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    pager.cursor(outbox.as_str())?;
    let mut asked = outbox;
    loop {
        let text = pager.text(&asked, ACTIVITY)?;
        let collection: Collection<'_> = json::read(&text)?;
        // The first page may stand inside of the outbox.
        let inner = collection.first.filter(|raw| raw.get().starts_with('{'));
        let page = match inner {
            Some(raw) if collection.items.is_none() => json::read(raw.get())?,
            _ => Collection { items: collection.items, ..collection },
        };
        if let Some(items) = &page.items {
            let (read, unreadable) = json::each::<Activity>(items);
            let items: Vec<Item> = read.into_iter().map(item).collect();
            pager.page(&items, unreadable)?;
        }
        let follows = page.next.or(page.first.filter(|_| page.items.is_none()));
        let Some(next) = follows.and_then(address_in) else { return Ok(Stopped::End) };
        asked = pager.next(&asked, &next)?;
    }
}

/// The address that a value is.
fn address_in(raw: &RawValue) -> Option<String> {
    serde_json::from_str::<Text>(raw.get()).ok().map(|text| text.0)
}

fn item(activity: Activity) -> Item {
    let repost = activity.r#type.is_some_and(|kind| kind.0 == "Announce");
    Item { id: activity.id.0, at: json::time(activity.published.as_ref()), repost }
}

#[cfg(test)]
mod tests;
