//! JSON lines of snscrape, and of twscrape, which writes the same.
//!
//! Producer: snscrape 0.3 to 0.7 (`--jsonl`), twscrape. Names of fields from the data classes of
//! its modules, read 2026-11. A list of the same objects is read too.
//!
//! In: one item a line; `_type` says what it is (`snscrape.modules.twitter.Tweet`); before 0.4
//! there is none and only tweets were written so. Out: posts and accounts of X, Reddit, Telegram
//! channels, Facebook pages, Instagram and Mastodon. Refused: other types (`VKontakte`, Weibo,
//! trends, tombstones), each set aside by name.
//!
//! Traps:
//! - Ids are numbers. What passed through a tool that has only JavaScript's numbers has lost the
//!   last digits; the link still has them, and counts.
//! - The text is `rawContent`, before 2022-06 `content`. `renderedContent` has links as shown.
//! - Nothing says when it was captured.
//! - A post of a Telegram channel is by the channel; one of a Facebook page by the page in its
//!   link; nobody knows who wrote in a group.

mod others;
mod tweet;

use faisceau_model::rows::{Account, Post};
use faisceau_model::{ExhibitNo, Place, RejectReason, Sink, excerpt};

use super::author::Author;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::prune::Unread;
use crate::json::records;
use crate::json::{self, Flaw, Object};
use crate::json::{ndjson, prune};
use crate::records::settle;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "snscrape",
    title: "Posts scraped with snscrape or twscrape (JSON lines)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "snscrape 0.3 to 0.7, twscrape",
    checked: "2026-11-21",
    sample: "tests/fixtures/snscrape/tweets.jsonl",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// The start of `_type`.
const MODULES: &str = "snscrape.modules.";

/// Keys that are known and not read.
#[rustfmt::skip]
const UNREAD: [&str; 89] = [
    "_id", "accountBasedIn", "altText", "article", "blue", "blueType", "bookmarkCount",
    "bookmarkedCount", "card", "cashtags", "comments", "commentsDisabled", "communityNote",
    "contentTypes", "conversationControlPolicy", "coordinates", "descriptionLinks",
    "descriptionUrls", "dirtyUrl", "duration", "editControl", "editState", "favouritesCount",
    "files", "files.granularity", "filesGranularity", "followersCount", "friendsCount", "hashtags",
    "height", "inReplyToTweetId", "inReplyToTweetId.str", "inReplyToTweetIdStr", "isQuote",
    "isReply", "isRetweet", "isVideo", "label", "likeCount", "likes", "link", "linkPreview",
    "linkTcourl", "linkUrl", "link_title", "links", "links.granularity", "linksGranularity",
    "listedCount", "location", "mediaCount", "members", "mentionedUsers", "outlinks", "outlinksss",
    "parentId", "photo", "photos.granularity", "photosGranularity", "pinned", "pinnedIds", "place",
    "poll", "possibly_sensitive", "previewUrl", "profileBannerUrl", "profileImageShape",
    "profileImageUrl", "protected", "query", "quoteCount", "quotedTweet", "quotedTweetId",
    "renderedContent", "replyCount", "retweetCount", "retweetedTweetId", "scraped_at", "sourceUrl",
    "statusesCount", "tcooutlinks", "tcooutlinksss", "verified", "vibe", "videos.granularity",
    "videosGranularity", "viewCount", "views", "width",
];

fn sniff(head: &Head<'_>) -> bool {
    let has = |keys: &[&str]| records::has_keys(head, keys);
    (has(&["_type"]) && head.text().contains("\"snscrape.modules."))
        || (has(&["url", "date", "content", "id", "outlinks", "tcooutlinks"])
            && (has(&["username"]) || has(&["user.username"])))
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let (exhibit, unread) = (source.exhibit, Unread::new(&UNREAD));
    records::read(source, sink, &|record, fields, sink| {
        settle(exhibit, &record.place, record.raw, sink, |sink| {
            let item = prune::object(ndjson::text(record.raw)?, &unread)?;
            let found = rows(&item, &At { exhibit, place: &record.place }, fields)?;
            sink.account(found.account);
            if let Some(post) = found.post {
                sink.post(post);
            }
            Ok(())
        });
    })
}

/// Where an item stands.
struct At<'a> {
    exhibit: ExhibitNo,
    place: &'a Place,
}

/// Reads an item of one type.
type ItemReader = fn(&Object, &At<'_>) -> Result<Found, Flaw>;

/// What an item gives.
struct Found {
    account: Account,
    post: Option<Post>,
}

impl Found {
    /// A post and its author; the account of the post is that of the author.
    fn post(at: &At<'_>, author: Author, post: Post) -> Self {
        let account = author.row(at.exhibit, (at.place, 0), post.account.clone());
        Self { account, post: Some(post) }
    }

    /// An account alone.
    fn account(at: &At<'_>, author: Author) -> Result<Self, Flaw> {
        let key = author.key()?;
        Ok(Self { account: author.row(at.exhibit, (at.place, 0), key), post: None })
    }
}

fn rows(item: &Object, at: &At<'_>, fields: &mut Fields) -> Result<Found, Flaw> {
    let kind = json::field(item, "_type").unwrap_or_else(|| format!("{MODULES}twitter.Tweet"));
    let kind = kind.strip_prefix(MODULES).unwrap_or(&kind);
    let (known, read): (&[&str], ItemReader) = match kind {
        "twitter.Tweet" => (&tweet::KNOWN, tweet::read),
        "twitter.User" => (&tweet::USER, tweet::user),
        "reddit.Submission" | "reddit.Comment" => (&others::REDDIT, others::reddit),
        "telegram.TelegramPost" => (&others::TELEGRAM, others::telegram),
        "telegram.Channel" => (&others::CHANNEL, others::channel),
        "facebook.FacebookPost" => (&others::FACEBOOK, others::facebook),
        "instagram.InstagramPost" => (&others::INSTAGRAM, others::instagram),
        "mastodon.Toot" => (&others::TOOT, others::toot),
        "mastodon.Boost" => (&others::BOOST, others::boost),
        other => {
            let detail = format!("an item of type `{}`, which is not read", excerpt(other, 60));
            return Err((RejectReason::SetAside, detail));
        }
    };
    for key in item.keys().filter(|key| !matches!(key.as_str(), "_type" | "_snscrape")) {
        if !known.contains(&key.as_str()) {
            fields.note(&format!("{}.", excerpt(kind, 40)), key, 1, at.place);
        }
    }
    read(item, at)
}

#[cfg(test)]
mod tests;
