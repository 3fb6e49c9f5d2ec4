//! What is wanted of which service.
//!
//! In: what the user says. Out: [`Wanted`]. The addresses of the services are data: a test, another
//! `AppView` or a mirror takes their place.

use jiff::Timestamp;

/// The public interface of Bluesky that asks for no log-in.
pub const BLUESKY: &str = "https://public.api.bsky.app";
/// The directory of `did:plc` identities.
pub const PLC: &str = "https://plc.directory";
/// Reddit.
pub const REDDIT: &str = "https://www.reddit.com";

/// A service, or a kind of interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// An account of Mastodon or a relative; by `ActivityPub` where the interface is closed.
    Mastodon,
    /// An account of Bluesky.
    Bluesky,
    /// An account of Reddit.
    Reddit,
    /// A submission of Reddit with the comments that its page shows.
    RedditThread,
    /// A feed: RSS, Atom, JSON Feed.
    Feed,
}

impl Service {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 5] =
        [Self::Mastodon, Self::Bluesky, Self::Reddit, Self::RedditThread, Self::Feed];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mastodon => "mastodon",
            Self::Bluesky => "bluesky",
            Self::Reddit => "reddit",
            Self::RedditThread => "reddit-thread",
            Self::Feed => "feed",
        }
    }
}

/// Where the services that have one address are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// The `AppView` of Bluesky.
    pub bluesky: String,
    /// The directory of `did:plc` identities.
    pub plc: String,
    /// Reddit.
    pub reddit: String,
}

impl Default for Endpoints {
    fn default() -> Self {
        Self { bluesky: BLUESKY.to_owned(), plc: PLC.to_owned(), reddit: REDDIT.to_owned() }
    }
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Of which service.
    pub service: Service,
    /// The account, thread or feed: a handle, an id, or the address of its page.
    pub who: String,
    /// Mastodon alone: the instance that is asked, where it is not the one in the handle.
    pub instance: Option<String>,
    /// Where the services are asked.
    pub endpoints: Endpoints,
    /// No more pages once so many posts were seen; without it, all that there are.
    pub limit: Option<u64>,
    /// No more pages once all posts of one are older. Posts before count as outside.
    pub since: Option<Timestamp>,
    /// Posts from this instant on count as outside. Their pages come all the same.
    pub until: Option<Timestamp>,
    /// Whether answers to others are asked for, where the service can leave them out.
    pub replies: bool,
    /// Whether posts of others that the account forwarded are, where the service can leave them out.
    pub reposts: bool,
    /// Bluesky alone: also the log of its identity, with the handles that it had.
    pub history: bool,
}

impl Wanted {
    /// Everything of an account, thread or feed.
    pub fn new(service: Service, who: &str) -> Self {
        Self {
            service,
            who: who.to_owned(),
            instance: None,
            endpoints: Endpoints::default(),
            limit: None,
            since: None,
            until: None,
            replies: true,
            reposts: true,
            history: false,
        }
    }
}

/// Why what is wanted cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WantedError {
    /// No account, thread or feed of that service.
    #[error("`{who}` is {expected}")]
    Who {
        /// What was given, made inert.
        who: String,
        /// What was expected.
        expected: &'static str,
    },
    /// No address of a service.
    #[error("`{address}` is no address of a service: {why}")]
    Address {
        /// What was given, made inert.
        address: String,
        /// Why.
        why: &'static str,
    },
    /// The end stands before the beginning.
    #[error("nothing can be since {since} and before {until}")]
    Window {
        /// The beginning.
        since: Timestamp,
        /// The end.
        until: Timestamp,
    },
    /// Nothing is wanted.
    #[error("a limit of no posts leaves nothing to ask for")]
    NoPosts,
}
