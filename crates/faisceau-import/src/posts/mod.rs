//! Posts collected from public pages.

mod author;
pub(crate) mod bluesky;
pub(crate) mod bluesky_car;
mod bluesky_record;
mod escapes;
mod fediverse;
pub(crate) mod fourcat;
mod instants;
mod links;
pub(crate) mod mastodon_api;
pub(crate) mod mastodon_archive;
mod paths;
pub(crate) mod recipes;
pub(crate) mod reddit_dump;
pub(crate) mod snscrape;
pub(crate) mod twarc_v1;
pub(crate) mod twarc_v2;
mod tweet;
pub(crate) mod youtube_comments;
mod youtube_time;
pub(crate) mod ytdlp;
pub(crate) mod zeeschuimer;

use crate::format::Format;

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &bluesky::FORMAT,
    &bluesky_car::FORMAT,
    &fourcat::FORMAT,
    &mastodon_api::FORMAT,
    &mastodon_archive::FORMAT,
    &recipes::FORMAT,
    &reddit_dump::FORMAT,
    &snscrape::FORMAT,
    &twarc_v1::FORMAT,
    &twarc_v2::FORMAT,
    &youtube_comments::FORMAT,
    &ytdlp::FORMAT,
    &zeeschuimer::FORMAT,
];
