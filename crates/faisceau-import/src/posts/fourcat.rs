//! CSV written by 4CAT (Digital Methods Initiative), for whichever platform it was collected on.
//!
//! Producer: 4CAT 1.x. Column names from its data sources for X, `TikTok`, Telegram, Instagram,
//! Reddit and 4chan, read 2026-11: `id`, `thread_id`, `timestamp`, `author`, `body` always;
//! `unix_timestamp`, `author_id`, `author_fullname` and the rest depend on the platform and the
//! version.
//!
//! In: a CSV with those headers. Out: posts, and accounts as they are first seen. Refused: posts
//! whose author is nobody in particular (`Anonymous` of an image board, `[deleted]`).
//!
//! Traps:
//! - The table does not name the platform. Columns that only one platform has tell it, else the
//!   host of the post's own link, else that of the first such link; failing that, `4cat`.
//! - `url` may be a page that the post links to: it is a permalink only on the platform itself.
//! - `timestamp` is UTC by 4CAT's documentation, not by the record: assumed. Some data sources
//!   write Unix seconds there. `unix_timestamp` is preferred.
//! - Tables of Telegram have the id of the sender under `author`, the handle beside it, and both
//!   are those of a channel where a channel posts. The id says not which: users and channels are
//!   numbered apart, and Telegram's own export writes `user42` or `channel42`. A first name or a
//!   bot is a user's, the handle of the chat itself is the channel's; else the number is kept as
//!   it stands and meets no other exhibit. The `-100…` of bots' libraries is a channel.
//! - The body of a repost starts with `RT @name:` and is somebody else's: kept as forwarded.

mod columns;

use std::borrow::Cow;

use faisceau_model::{PostKind, Sink};

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::{
    Columns, ImportSettings, SubscriberColumns, TableKind, TableMapping, TimeFormat,
};
use crate::tables::cells::{Cell, Cells};
use crate::tables::csv::{self, Table};
use crate::tables::csv_records::CsvRecords;
use crate::tables::records::{Records, each};
use crate::tables::rows::{Manner, Mapper};

/// Headers that every 4CAT table of posts has.
const HEADERS: [&str; 5] = ["id", "thread_id", "timestamp", "author", "body"];

/// Headers that only one platform's tables have.
const OWN_HEADERS: [(&str, &str); 4] = [
    ("is_retweet", "x"),
    ("subreddit", "reddit"),
    ("tiktok_url", "tiktok"),
    ("author_forwarded_from_name", TELEGRAM),
];

/// The platform whose tables have the immutable id under `author`.
const TELEGRAM: &str = "telegram";

/// Hosts of post links.
const HOSTS: [(&str, &str); 17] = [
    ("x.com", "x"),
    ("twitter.com", "x"),
    ("tiktok.com", "tiktok"),
    ("instagram.com", "instagram"),
    ("facebook.com", "facebook"),
    ("threads.net", "threads"),
    ("threads.com", "threads"),
    ("t.me", "telegram"),
    ("reddit.com", "reddit"),
    ("youtube.com", "youtube"),
    ("youtu.be", "youtube"),
    ("bsky.app", "bluesky"),
    ("linkedin.com", "linkedin"),
    ("gab.com", "gab"),
    ("vk.com", "vk"),
    ("4chan.org", "4chan"),
    ("truthsocial.com", "truthsocial"),
];

/// Headers that may hold the link of the post itself, best first.
const LINKS: [&str; 4] = ["link", "tiktok_url", "post_url", "url"];

/// Headers of attached media: lists between commas.
const MEDIA: [&str; 7] = [
    "images",
    "videos",
    "image_file",
    "attachment_filename",
    "image_urls",
    "media_urls",
    "video_urls",
];

/// What the cells below answer to, beside the headers of the table.
const AUTHOR: &str = "\u{0}author";
const LINK: &str = "\u{0}link";
const TIME: &str = "\u{0}time";
const MEDIA_LIST: &str = "\u{0}media";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "4cat-csv",
    title: "Posts collected with 4CAT (CSV)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "4CAT 1.x",
    checked: "2026-11-21",
    sample: "tests/fixtures/tables/4cat_x.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether the header is that of a 4CAT table of posts.
pub(crate) fn sniff(head: &[u8]) -> bool {
    csv::header(head, &HEADERS, Some(b',')).is_some()
}

/// Reads the table record by record.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let head = source.head()?;
    let names = csv::header(&head, &HEADERS, Some(b',')).map_or_else(Vec::new, |(_, n)| n);
    let own = OWN_HEADERS.iter().find(|(header, _)| names.iter().any(|n| n == header));
    let table_platform = own.map(|(_, platform)| *platform);
    let usual = table_platform.or_else(|| first_platform(&head, &names)).unwrap_or("4cat");
    let mapping = mapping(&names, usual);
    let mut mapper = Mapper::new(source, &mapping, settings)?;
    let asked = HEADERS.map(|header| ("the format 4CAT".to_owned(), header));
    let Some(mut records) = CsvRecords::open(source, b',', asked)? else { return Ok(()) };
    let outcome = each(source.exhibit, &mut records, sink, |record, place, sink| {
        let link = link(record, table_platform);
        let platform = link.as_ref().map_or(usual, |(platform, _)| platform);
        let manner = Manner { platform, ..manner(record, &mapping) };
        let cells = Fourcat { record, link: link.map(|(_, link)| link) };
        mapper.take(&cells, place, &manner, sink)
    });
    let mut fields = Fields::default();
    records.unknown(&columns::KNOWN.into_iter().collect(), &mut fields);
    fields.finish(source.exhibit, sink);
    outcome
}

/// The mapping that a table's own header asks for.
fn mapping(names: &[String], platform: &str) -> TableMapping {
    let first = |wanted: &[&str]| {
        wanted.iter().find(|w| names.iter().any(|n| n == *w)).map(|&header| header.to_owned())
    };
    let telegram = platform == TELEGRAM;
    TableMapping {
        name: "4cat".to_owned(),
        kind: TableKind::Posts,
        platform: platform.to_owned(),
        headers: HEADERS.map(str::to_owned).to_vec(),
        delimiter: Some(','),
        columns: Columns {
            account_id: if telegram { Some(AUTHOR.to_owned()) } else { first(&["author_id"]) },
            handle: first(if telegram { &["author_username"] } else { &["author"] }),
            display_name: first(&[
                "author_fullname",
                "author_full",
                "author_name",
                "author_display_name",
            ]),
            time: Some(TIME.to_owned()),
            text: first(&["body"]),
            content_id: first(&["id"]),
            thread: first(&["thread_id"]),
            permalink: Some(LINK.to_owned()),
            target: first(&["replied_user", "replied_author", "replied_to_user", "reply_to"]),
            lang: first(&["language_guess"]),
            client: first(&["source"]).filter(|_| platform == "x"),
            media: Some(MEDIA_LIST.to_owned()),
            ..Columns::default()
        },
        time_format: TimeFormat::Unix,
        time_zone: Some("UTC".to_owned()),
        private: false,
        subscriber: SubscriberColumns::default(),
    }
}

/// How this record is written: reposts are somebody else's words, times come in two forms.
fn manner<'m>(record: &dyn Cells, mapping: &'m TableMapping) -> Manner<'m> {
    let dated = matches!(record.cell("unix_timestamp_forwarded_from"), Cell::Text(_));
    let forwarded = dated || record.cell("is_retweet") == Cell::of("yes");
    let civil = matches!(time(record), Cell::Text(text) if text.contains(':'));
    Manner {
        platform: &mapping.platform,
        kind: if forwarded { PostKind::Forwarded } else { PostKind::Public },
        time_format: if civil { &TimeFormat::Rfc3339 } else { &TimeFormat::Unix },
    }
}

/// The Unix time, else what stands for it.
fn time(record: &dyn Cells) -> Cell<'_> {
    match record.cell("unix_timestamp") {
        Cell::NoColumn | Cell::Empty => record.cell("timestamp"),
        unix => unix,
    }
}

/// The link of the post itself and its platform; never another platform than the table's own.
fn link(record: &dyn Cells, table: Option<&'static str>) -> Option<(&'static str, String)> {
    LINKS.iter().find_map(|header| match record.cell(header) {
        Cell::Text(text) => {
            let platform = platform_of(&text).filter(|p| table.is_none_or(|own| own == *p))?;
            Some((platform, text.into_owned()))
        }
        _ => None,
    })
}

/// The platform of the first link in the head of the table.
fn first_platform(head: &[u8], names: &[String]) -> Option<&'static str> {
    let mut table = Table::new(Box::new(std::io::Cursor::new(head.to_vec())), b',');
    let at = |header: &&str| names.iter().position(|name| name == header);
    let columns: Vec<usize> = LINKS.iter().filter_map(at).collect();
    while let Ok(Some(record)) = table.next() {
        let fields = record.fields.unwrap_or_default();
        let found = columns.iter().find_map(|&at| platform_of(fields.get(at)?));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The platform whose host an address has.
fn platform_of(url: &str) -> Option<&'static str> {
    let rest =
        url.trim().strip_prefix("https://").or_else(|| url.trim().strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    HOSTS
        .iter()
        .find(|(known, _)| {
            host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
        })
        .map(|(_, platform)| *platform)
}

/// A record with what was found out about it.
struct Fourcat<'t> {
    record: &'t dyn Cells,
    link: Option<String>,
}

impl Cells for Fourcat<'_> {
    fn cell(&self, header: &str) -> Cell<'_> {
        match header {
            LINK => match &self.link {
                Some(link) => Cell::Text(Cow::Borrowed(link)),
                None => Cell::Empty,
            },
            AUTHOR => self.telegram_author(),
            TIME => time(self.record),
            MEDIA_LIST => Cell::List(self.media()),
            _ => self.record.cell(header),
        }
    }
}

impl Fourcat<'_> {
    /// The sender as Telegram's own export names it, where the record tells what it is.
    fn telegram_author(&self) -> Cell<'_> {
        let written = self.record.cell("author");
        let text = |header| self.record.cell(header).text().into_known().unwrap_or_default();
        let Cell::Text(id) = &written else { return written };
        let id = id.trim();
        let number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        let of = |kind, id: &str| Cell::Text(Cow::Owned(format!("{kind}{id}")));
        if let Some(channel) = id.strip_prefix("-100").filter(|id| number(id)) {
            return of("channel", channel);
        }
        if let Some(chat) = id.strip_prefix('-').filter(|id| number(id)) {
            return of("chat", chat);
        }
        let handle = text("author_username");
        if !number(id) {
            written
        } else if !text("author_name").is_empty() || text("author_is_bot") == "yes" {
            of("user", id)
        } else if !handle.is_empty() && handle == text("thread_id") {
            of("channel", id)
        } else {
            written
        }
    }

    fn media(&self) -> Vec<String> {
        MEDIA
            .iter()
            .filter_map(|header| self.record.cell(header).text().into_known())
            .flat_map(|list| list.split(',').map(|m| m.trim().to_owned()).collect::<Vec<_>>())
            .filter(|name| !name.is_empty())
            .collect()
    }
}
