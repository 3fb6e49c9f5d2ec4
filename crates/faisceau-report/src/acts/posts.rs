//! The messages that the acts bear on, in order: where each stands, whether it bears on the
//! claimant, when it was published.
//!
//! In: the messages of the accounts under examination. Out: items by addressee, account, then
//! those addressed to an account of the claimant first. Refuses: an address that is not exactly
//! what the exhibit holds. That a message is listed says nothing of what it is.

use std::collections::BTreeMap;

use faisceau_graph::law::{Addressee, Law};
use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Maybe, Moment, PostKind, Role, RowId, inert};

use super::deadlines::{Window, when};
use crate::index::Index;
use crate::language::Language;
use crate::mentions::Names;
use crate::sections::links::masked;
use crate::sentence::Support;
use crate::text::Text;

/// Longest public address that is printed whole.
const URL: usize = 1000;
/// How much of a message is shown.
const EXCERPT: usize = 160;

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// At this public address.
    Public(&'a str),
    /// At an address that cannot be printed exactly, or that is no web address.
    Unusable,
    /// Public, at an address that the exhibits do not give.
    Unknown,
    /// In private messages or a mailbox.
    Private,
}

/// A message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) post: &'a Post,
    pub(super) place: Place<'a>,
    /// Whether it is addressed to an account of the claimant, or names one.
    pub(super) aims: bool,
    pub(super) window: Option<Window>,
    /// The row of the clock in its id, where that clock is earlier than the declared time.
    clock: Option<&'a RowId>,
}

/// Whom a message is notified to.
#[derive(Debug, Clone)]
pub(super) struct Host<'a> {
    /// Legal name, or the platform where the law files do not have it.
    pub(super) name: String,
    pub(super) entry: Option<&'a Addressee>,
    pub(super) items: Vec<Item<'a>>,
}

impl Item<'_> {
    /// Whether anyone can read it at an address that the exhibits give.
    pub(super) fn located(&self) -> bool {
        matches!(self.place, Place::Public(_))
    }

    /// Its public address, or what stands in the way.
    pub(super) fn url(&self) -> Text {
        match self.place {
            Place::Public(url) => Text::new().data(url, URL),
            Place::Unusable => "adresse à relever dans la pièce".into(),
            Place::Unknown => "adresse publique absente".into(),
            Place::Private => "message non public".into(),
        }
    }

    /// The id of the content.
    pub(super) fn content_id(&self) -> Text {
        match self.post.content_id.known() {
            Some(id) => Text::new().data(id, 64),
            None => "inconnu".into(),
        }
    }

    /// What it says, in brief. Mail addresses are masked, as in the note.
    pub(super) fn excerpt(&self) -> Text {
        match self.post.text.known() {
            Some(text) if !text.trim().is_empty() => Text::new().quoted(
                Language::French,
                &masked(&faisceau_model::excerpt(text, 4 * EXCERPT)),
                EXCERPT,
            ),
            _ if self.post.media.is_empty() => "sans texte".into(),
            _ => "image ou vidéo, sans texte".into(),
        }
    }

    /// The exhibit that shows it.
    pub(super) fn exhibit(&self) -> Text {
        format!("pièce n° {}", self.post.exhibit).into()
    }

    pub(super) fn support(&self) -> Support {
        Support::one(&self.post.id)
    }

    /// The same with the clock that a last day is counted from.
    pub(super) fn dated_support(&self) -> Support {
        self.support().and_all(self.clock)
    }

    /// Its declared time, and whether another clock is earlier.
    pub(super) fn declared(&self) -> Text {
        let earlier = self.window.is_some_and(Window::is_before_declared);
        let text = when(&self.post.at);
        if earlier { text.plain(" ; compté d'une seconde horloge, antérieure") } else { text }
    }
}

/// The rows of items.
pub(super) fn support_of<'i>(items: impl IntoIterator<Item = &'i Item<'i>>) -> Support {
    Support::every(items.into_iter().map(|item| &item.post.id), "posts")
}

/// The messages of the accounts under examination by addressee, in the order of their names.
pub(super) fn hosts<'a>(index: &'a Index<'a>, law: &'a Law) -> Vec<Host<'a>> {
    let claimant = Names::of(index, Role::Claimant);
    let mut clocks: BTreeMap<&RowId, (Moment, &RowId)> = BTreeMap::new();
    for row in index.input.clocks.iter().filter(|row| !row.client_made) {
        let first = clocks.entry(&row.row).or_insert((row.implied, &row.id));
        *first = (*first).min((row.implied, &row.id));
    }
    let mut hosts: BTreeMap<String, Host<'a>> = BTreeMap::new();
    for post in index.input.posts {
        if index.role(&post.account) != Some(Role::Examined) {
            continue;
        }
        let entry = law.addressee_of(&post.account);
        let name = entry.map_or_else(|| unknown_host(&post.account), |to| to.legal_name.clone());
        let host = hosts.entry(name).or_insert_with_key(|name| Host {
            name: name.clone(),
            entry,
            items: Vec::new(),
        });
        let clock = clocks.get(&post.id).copied();
        let window = Window::of(post, clock.map(|(at, _)| at));
        let earlier = clock.filter(|(at, _)| post.at.known().is_some_and(|own| at < own));
        let aims = !claimant.in_post(post).is_empty();
        let clock = earlier.map(|(_, row)| row);
        host.items.push(Item { post, place: place(post), aims, window, clock });
    }
    let mut hosts: Vec<Host<'a>> = hosts.into_values().collect();
    for host in &mut hosts {
        host.items.sort_by(|a, b| key(a).cmp(&key(b)));
    }
    hosts
}

type Key<'a> = (&'a AccountKey, bool, bool, Option<Moment>, &'a RowId);

fn key<'a>(item: &Item<'a>) -> Key<'a> {
    let at = item.post.at.known().copied();
    (&item.post.account, !item.aims, at.is_none(), at, &item.post.id)
}

/// The domain of a mailbox, or the platform.
fn unknown_host(account: &AccountKey) -> String {
    let domain = matches!(account.platform(), "mail" | "email")
        .then(|| account.native().rsplit_once('@'))
        .flatten()
        .map(|(_, domain)| domain)
        .filter(|domain| !domain.is_empty());
    domain.unwrap_or(account.platform()).to_lowercase()
}

fn place(post: &Post) -> Place<'_> {
    match (post.kind, &post.permalink) {
        (PostKind::Private | PostKind::Mail, _) => Place::Private,
        (PostKind::Public | PostKind::Forwarded, Maybe::Known(url)) => {
            if is_exact(url) {
                Place::Public(url)
            } else {
                Place::Unusable
            }
        }
        (PostKind::Public | PostKind::Forwarded, Maybe::Missing(_)) => Place::Unknown,
    }
}

/// Whether the address is a web address that prints as it is.
fn is_exact(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && url.chars().nth(URL).is_none()
        && !url.contains(char::is_whitespace)
        && inert(url) == url
}

#[cfg(test)]
mod tests;
