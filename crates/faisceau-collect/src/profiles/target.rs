//! What is wanted, taken apart: a server and what to ask it for.
//!
//! In: a [`Wanted`]. Out: a [`Target`] whose parts are what the service allows in a name, so that
//! nothing in them changes where a request goes. Refused: `/../`, encodings, control characters and
//! whatever else no service has in a name.

use faisceau_model::excerpt;
use url::Url;

use super::origin;
use super::wanted::{Service, Wanted, WantedError};

/// Longest name of a host, in bytes (RFC 1035).
const MAX_HOST: usize = 253;

/// Hosts of the pages of Reddit.
const REDDIT_HOSTS: [&str; 3] = ["www.reddit.com", "reddit.com", "old.reddit.com"];

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Mastodon(Fediverse),
    Bluesky(Bluesky),
    Reddit(Reddit),
    RedditThread(Reddit),
    Feed(Url),
}

/// An account of Mastodon or a relative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fediverse {
    /// The instance that is asked.
    pub(super) base: Url,
    /// What that instance calls the account, where that is all that is known of it.
    pub(super) id: Option<String>,
    pub(super) user: String,
    /// The instance in the handle.
    pub(super) domain: String,
}

impl Fediverse {
    /// How the instance that is asked names the account.
    pub(super) fn acct(&self) -> String {
        if let Some(id) = &self.id {
            return format!("the account {id}");
        }
        match self.base.host_str() {
            Some(host) if host == self.domain => self.user.clone(),
            _ => format!("{}@{}", self.user, self.domain),
        }
    }
}

/// An account of Bluesky.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bluesky {
    pub(super) appview: Url,
    pub(super) plc: Url,
    /// A handle or a DID.
    pub(super) actor: String,
}

/// An account of Reddit, or a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reddit {
    pub(super) base: Url,
    /// The name of the account, or the id of the submission.
    pub(super) name: String,
}

impl Target {
    /// Takes apart what is wanted.
    pub(super) fn of(wanted: &Wanted) -> Result<Self, WantedError> {
        if let (Some(since), Some(until)) = (wanted.since, wanted.until)
            && since >= until
        {
            return Err(WantedError::Window { since, until });
        }
        if wanted.limit == Some(0) {
            return Err(WantedError::NoPosts);
        }
        let who = wanted.who.trim();
        let refused = |expected| WantedError::Who { who: excerpt(who, 120), expected };
        match wanted.service {
            Service::Mastodon => {
                let instance = wanted.instance.as_deref().map(base).transpose()?;
                if let Some(base) = instance.clone()
                    && name(who, "", 64)
                {
                    let (id, user, domain) = (Some(who.to_owned()), String::new(), String::new());
                    return Ok(Self::Mastodon(Fediverse { base, id, user, domain }));
                }
                let expected = "no account of Mastodon (user@instance, the address of its page, or an id and the instance)";
                let (user, domain) = fediverse(who).ok_or_else(|| refused(expected))?;
                let own = || base(&format!("https://{domain}"));
                let base = instance.map_or_else(own, Ok)?;
                Ok(Self::Mastodon(Fediverse { base, id: None, user, domain }))
            }
            Service::Bluesky => {
                let expected = "no account of Bluesky (a handle with its domain, a DID, or the address of its page)";
                Ok(Self::Bluesky(Bluesky {
                    appview: base(&wanted.endpoints.bluesky)?,
                    plc: base(&wanted.endpoints.plc)?,
                    actor: bluesky(who).ok_or_else(|| refused(expected))?,
                }))
            }
            Service::Reddit => {
                let expected = "no account of Reddit (a name, or the address of its page)";
                let name = reddit(who).ok_or_else(|| refused(expected))?;
                Ok(Self::Reddit(Reddit { base: base(&wanted.endpoints.reddit)?, name }))
            }
            Service::RedditThread => {
                let expected = "no submission of Reddit (its id, or the address of its page)";
                let name = thread(who).ok_or_else(|| refused(expected))?;
                Ok(Self::RedditThread(Reddit { base: base(&wanted.endpoints.reddit)?, name }))
            }
            Service::Feed => origin::given(who).map(Self::Feed).map_err(|why| refuse(who, why)),
        }
    }
}

fn base(address: &str) -> Result<Url, WantedError> {
    origin::base(address.trim()).map_err(|why| refuse(address, why))
}

fn refuse(address: &str, why: &'static str) -> WantedError {
    WantedError::Address { address: excerpt(address, 120), why }
}

/// The path of an address on one of these hosts, or on any host if none is named.
fn page(text: &str, hosts: &[&str]) -> Option<(String, Vec<String>)> {
    let url = origin::given(text).ok()?;
    let host = url.host_str()?.to_owned();
    let known = hosts.is_empty() || hosts.contains(&host.as_str());
    let steps = url.path_segments()?.map(str::to_owned).collect();
    known.then_some((host, steps))
}

/// User and instance.
fn fediverse(who: &str) -> Option<(String, String)> {
    let (user, domain) = if who.starts_with("http") && who.contains("://") {
        let (host, steps) = page(who, &[])?;
        let mut steps = steps.iter().map(String::as_str);
        let user = match steps.next()? {
            "users" => steps.next()?,
            step => step.strip_prefix('@')?,
        };
        // `/@name@elsewhere` is how an instance shows the account of another.
        match user.split_once('@') {
            Some((user, elsewhere)) => (user.to_owned(), elsewhere.to_owned()),
            None => (user.to_owned(), host),
        }
    } else {
        let (user, domain) = who.strip_prefix('@').unwrap_or(who).split_once('@')?;
        (user.to_owned(), domain.to_owned())
    };
    name(&user, "_.-", 64).then_some(())?;
    Some((user, host(&domain)?))
}

fn bluesky(who: &str) -> Option<String> {
    let actor = match page(who, &["bsky.app"]) {
        Some((_, steps)) => match steps.as_slice() {
            [profile, actor, ..] if profile == "profile" => actor.clone(),
            _ => return None,
        },
        None => who.strip_prefix('@').unwrap_or(who).to_owned(),
    };
    if let Some(id) = actor.strip_prefix("did:plc:") {
        let base32 = |b: u8| matches!(b, b'a'..=b'z' | b'2'..=b'7');
        return (id.len() == 24 && id.bytes().all(base32)).then_some(actor);
    }
    if let Some(domain) = actor.strip_prefix("did:web:") {
        return host(domain).map(|domain| format!("did:web:{domain}"));
    }
    host(&actor)
}

fn reddit(who: &str) -> Option<String> {
    let found = if let Some((_, steps)) = page(who, &REDDIT_HOSTS) {
        let mut steps = steps.into_iter();
        steps.next().filter(|step| matches!(step.as_str(), "user" | "u"))?;
        steps.next()?
    } else {
        let bare = who.strip_prefix('/').unwrap_or(who);
        bare.strip_prefix("u/").unwrap_or(bare).to_owned()
    };
    name(&found, "_-", 20).then_some(found)
}

fn thread(what: &str) -> Option<String> {
    let id = match page(what, &REDDIT_HOSTS) {
        Some((_, steps)) => {
            let mut steps = steps.into_iter().skip_while(|step| step != "comments");
            steps.next().and_then(|_| steps.next())?
        }
        None => what.strip_prefix("t3_").unwrap_or(what).to_owned(),
    };
    let base36 = |b: u8| b.is_ascii_digit() || b.is_ascii_lowercase();
    ((1..=13).contains(&id.len()) && id.bytes().all(base36)).then_some(id)
}

/// A name of ASCII letters, digits and some signs, with a letter or a digit in it.
fn name(text: &str, signs: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
        && text.chars().any(|c| c.is_ascii_alphanumeric())
}

/// The name of a public host, in lower case ASCII.
fn host(text: &str) -> Option<String> {
    let sound = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    if text.len() > MAX_HOST || !text.chars().all(sign) {
        return None;
    }
    // The host of a URL is what is asked: an international name in its ASCII form.
    let url = Url::parse(&format!("https://{text}/")).ok()?;
    let url::Host::Domain(domain) = url.host()? else { return None };
    let sound = domain.contains('.') && domain.split('.').all(sound);
    sound.then(|| domain.to_owned())
}

#[cfg(test)]
mod tests;
