//! Posts collected from public pages.

pub(crate) mod atom_rss;
mod author;
pub(crate) mod bluesky;
pub(crate) mod bluesky_car;
pub(crate) mod bluesky_plc;
pub(crate) mod bluesky_profile;
mod bluesky_record;
mod escapes;
mod fediverse;
mod feed_entry;
pub(crate) mod fourcat;
mod instants;
pub(crate) mod json_feed;
mod links;
pub(crate) mod mastodon_account;
pub(crate) mod mastodon_api;
pub(crate) mod mastodon_archive;
mod paths;
pub(crate) mod presence;
pub(crate) mod recipes;
pub(crate) mod reddit_dump;
pub(crate) mod reddit_listing;
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
    &atom_rss::FORMAT,
    &bluesky::FORMAT,
    &bluesky_car::FORMAT,
    &bluesky_plc::FORMAT,
    &bluesky_profile::FORMAT,
    &fourcat::FORMAT,
    &json_feed::FORMAT,
    &mastodon_account::FORMAT,
    &mastodon_api::FORMAT,
    &mastodon_archive::FORMAT,
    &presence::FORMAT,
    &recipes::FORMAT,
    &reddit_dump::FORMAT,
    &reddit_listing::FORMAT,
    &snscrape::FORMAT,
    &twarc_v1::FORMAT,
    &twarc_v2::FORMAT,
    &youtube_comments::FORMAT,
    &ytdlp::FORMAT,
    &zeeschuimer::FORMAT,
];
