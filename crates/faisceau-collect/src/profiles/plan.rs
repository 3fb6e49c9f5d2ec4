//! What is going to be asked, before anything is.
//!
//! In: a [`Wanted`]. Out: each request whose address is known, and in words what follows from the
//! answers, with who is asked and what they learn. Nothing is sent.

use url::Url;

use super::target::Target;
use super::wanted::{Wanted, WantedError};
use super::{activitypub, bluesky, mastodon, pager, plc, reddit};

/// A request, or in words the requests that follow from answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRequest {
    /// The address, or where that depends on an answer, what stands for it in braces.
    pub url: String,
    /// When it is asked: `first`, or after what.
    pub when: String,
    /// The host that is asked.
    pub to_whom: String,
    /// What it learns.
    pub tells: String,
}

/// The requests for what is wanted.
///
/// # Errors
/// When what is wanted cannot be asked for.
pub fn plan(wanted: &Wanted) -> Result<Vec<PlannedRequest>, WantedError> {
    let mut planned = Planned { wanted, requests: Vec::new() };
    match Target::of(wanted)? {
        Target::Mastodon(who) => {
            let tells = format!("that somebody reads the profile of {}", who.acct());
            planned.exact(&mastodon::lookup(&who), "first", &tells);
            let statuses = mastodon::statuses(&who.base, "{id}", wanted, None);
            planned.pages(
                &statuses,
                "by max_id",
                &format!("that somebody reads the posts of {}", who.acct()),
            );
            if who.id.is_none() {
                let finger = activitypub::webfinger(&who);
                planned.exact(&finger, "only if that interface is closed", &tells);
                planned.follows(&who.base, "{actor}, {outbox} and its pages", "after that", &tells);
            }
        }
        Target::Bluesky(who) => {
            let tells = format!("that somebody reads the profile of {}", who.actor);
            planned.exact(&bluesky::profile(&who), "first", &tells);
            if wanted.history {
                if !who.actor.starts_with("did:") {
                    planned.exact(&bluesky::resolve(&who), "only if there is no profile", &tells);
                }
                let log = plc::log(&who.plc, "{did}");
                let tells = format!("that somebody looks up the identity of {}", who.actor);
                planned.exact(&log, "after that, for a did:plc", &tells);
            }
            let feed = bluesky::feed(&who.appview, "{did}", wanted, None);
            planned.pages(
                &feed,
                "by cursor",
                &format!("that somebody reads the posts of {}", who.actor),
            );
        }
        Target::Reddit(who) => {
            let tells = format!("that somebody reads the profile of u/{}", who.name);
            planned.exact(&reddit::about(&who), "first", &tells);
            let tells = format!("that somebody reads the posts of u/{}", who.name);
            planned.pages(&reddit::listing(&who, wanted, None), "by after", &tells);
        }
        Target::RedditThread(what) => {
            let tells = format!("that somebody reads the thread {}", what.name);
            planned.exact(&reddit::comments(&what), "first", &tells);
        }
        Target::Feed(url) => {
            planned.exact(&url, "first", "that somebody reads the feed");
            planned.follows(
                &url,
                "{next}",
                "then what each answer names as next on the same host",
                "the same",
            );
        }
    }
    Ok(planned.requests)
}

struct Planned<'w> {
    wanted: &'w Wanted,
    requests: Vec<PlannedRequest>,
}

impl Planned<'_> {
    fn exact(&mut self, url: &Url, when: &str, tells: &str) {
        self.add(url, unbraced(url), when.to_owned(), tells);
    }

    fn pages(&mut self, url: &Url, by: &str, tells: &str) {
        let end = match (self.wanted.limit, self.wanted.since) {
            (Some(limit), Some(since)) => {
                format!("until {limit} posts came or all are before {since}")
            }
            (Some(limit), None) => format!("until {limit} posts came"),
            (None, Some(since)) => format!("until all of a page are before {since}"),
            (None, None) => format!("until there are no more, at most {} pages", pager::MAX_PAGES),
        };
        self.add(url, unbraced(url), format!("then page after page {by}, {end}"), tells);
    }

    fn follows(&mut self, base: &Url, words: &str, when: &str, tells: &str) {
        self.add(base, words.to_owned(), when.to_owned(), tells);
    }

    fn add(&mut self, asked: &Url, url: String, when: String, tells: &str) {
        let host = asked.host_str().unwrap_or_default();
        let to_whom = asked.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
        self.requests.push(PlannedRequest { url, when, to_whom, tells: tells.to_owned() });
    }
}

/// What stands for a part of an address is shown as such.
fn unbraced(url: &Url) -> String {
    url.as_str().replace("%7B", "{").replace("%7D", "}")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::profiles::Service;

    #[test]
    fn everything_is_known_before_anything_leaves() {
        let mut shown = String::new();
        for (service, who) in [
            (Service::Mastodon, "LeVengeur@social.example.net"),
            (Service::Bluesky, "vengeur.example.net"),
            (Service::Reddit, "Le_Vengeur"),
            (Service::RedditThread, "1abcd"),
            (Service::Feed, "https://blog.example.net/feed.xml"),
        ] {
            let mut wanted = Wanted::new(service, who);
            wanted.history = true;
            wanted.replies = service != Service::Bluesky;
            wanted.reposts = service != Service::Mastodon;
            wanted.limit = (service == Service::Reddit).then_some(500);
            wanted.since =
                (service != Service::Mastodon).then(|| "2026-01-01T00:00:00Z".parse().unwrap());
            let _ = writeln!(shown, "# {}", service.as_str());
            for request in plan(&wanted).unwrap() {
                let PlannedRequest { url, when, to_whom, tells } = request;
                let _ = writeln!(shown, "{when}\n  {url}\n  {to_whom} learns {tells}");
            }
        }
        insta::assert_snapshot!(shown);
    }
}
