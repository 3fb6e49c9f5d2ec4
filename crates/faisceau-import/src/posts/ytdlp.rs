//! What `yt-dlp` writes of a video beside it: `.info.json`, with its comments.
//!
//! Field names from `yt-dlp` (`YoutubeDL.py`, `extractor/youtube/_video.py`, `extractor/common.py`).
//! Programs before it (`youtube-dl`) write the same without `comments`.
//!
//! In: one such file. Out: a post for the video (title and description, by its channel), a post
//! for each comment, accounts as they are first seen. Refused: lists of videos, set aside.
//!
//! Traps:
//! - The `timestamp` of a comment on `YouTube` is computed from "2 years ago" at the time of the
//!   download: it becomes an interval, whatever number stands there. Of other sites it is exact.
//! - `timestamp` of the video is exact, `upload_date` is a day (UTC by the documentation).
//! - `author` is a display name, or since 2023 the handle with `@`.
//! - The comments may stand behind hundreds of kilobytes of media formats.
//! - `epoch` is the time of the download.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Precision, RejectReason, Sink, ZoneSource,
    excerpt,
};

use super::youtube_time::interval;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::listing::Listing;
use crate::json::{self, Flaw, Object};
use crate::records::{set_aside, settle};
use crate::rows::first_accounts::FirstAccounts;
use crate::rows::repeated::repeated;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "yt-dlp-info",
    title: "Video with its comments (yt-dlp .info.json)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "yt-dlp 2021 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/youtube/video.info.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// The list of comments.
const COMMENTS: &str = "comments";
/// Sites that show the age of comments alone.
const YOUTUBE: &str = "youtube";
/// Names of extractors that are not those of the platform.
const PLATFORMS: [(&str, &str); 4] =
    [("twitter", "x"), ("threads", "instagram"), ("vimeo", "vimeo"), ("reddit", "reddit")];
/// Keys of a comment.
#[rustfmt::skip]
const COMMENT: [&str; 19] = [
    "_time_text", "author", "author_id", "author_is_uploader", "author_is_verified",
    "author_thumbnail", "author_url", "dislike_count", "html", "id", "is_favorited",
    "is_pinned", "like_count", "parent", "reply_count", "text", "timestamp", "time_text", "url",
];
/// Keys of a video.
#[rustfmt::skip]
const VIDEO: [&str; 143] = [
    "__last_playlist_index", "_filename", "_format_sort_fields", "_has_drm", "_real_download",
    "_type", "_version", "abr", "acodec", "age_limit", "album", "album_artist", "album_artists",
    "alt_title", "artist", "artists", "aspect_ratio", "asr", "audio_channels", "audio_ext",
    "automatic_captions", "availability", "average_rating", "cast", "categories", "channel",
    "channel_follower_count", "channel_id", "channel_is_verified", "channel_url", "chapter",
    "chapter_id", "chapter_number", "chapters", "comment_count", "composer", "composers",
    "concurrent_view_count", "container", "cookies", "creator", "creators", "description",
    "direct", "disc_number", "dislike_count", "display_id", "downloader_options", "duration",
    "duration_string", "dynamic_range", "end_time", "episode", "episode_id", "episode_number",
    "epoch", "ext", "extractor", "extractor_key", "filename", "filesize", "filesize_approx",
    "format", "format_id", "format_note", "formats", "fps", "fulltitle", "genre", "genres",
    "has_drm", "heatmap", "height", "http_headers", "id", "infojson_filename", "is_live",
    "language", "language_preference", "license", "like_count", "live_status", "location",
    "manifest_url", "media_type", "modified_date", "modified_timestamp", "n_entries",
    "original_url", "playable_in_embed", "playlist", "playlist_autonumber", "playlist_channel",
    "playlist_channel_id", "playlist_count", "playlist_id", "playlist_index", "playlist_title",
    "playlist_uploader", "playlist_uploader_id", "playlist_webpage_url", "preference",
    "protocol", "quality", "release_date", "release_timestamp", "release_year", "repost_count",
    "requested_downloads", "requested_formats", "requested_subtitles", "resolution",
    "save_count", "season", "season_number", "section_end", "section_start", "series",
    "source_preference", "start_time", "stretched_ratio", "subtitles", "tags", "tbr",
    "thumbnail", "thumbnails", "timestamp", "title", "track", "upload_date", "uploader",
    "uploader_id", "uploader_url", "url", "vbr", "vcodec", "video_ext", "view_count",
    "was_live", "webpage_url", "webpage_url_basename", "webpage_url_domain", "width",
];

fn sniff(head: &Head<'_>) -> bool {
    let video = head.has_keys(&["formats[].format_id", "formats[].url"])
        || head.has_keys(&["webpage_url", "extractor"]);
    let comments = head.has_keys(&["comments[].author_id", "comments[].parent"]);
    head.has_keys(&["id", "title"]) && (video || comments)
}

/// Reads the video and its comments.
///
/// # Errors
/// When the JSON breaks or ends too early; the comments before that place are kept.
fn parse(
    source: &Source<'_>,
    _settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let listing = Listing::of(&bytes, &|key| key == COMMENTS);
    let mut fields = Fields::default();
    let video = listing.object();
    if json::field(&video, "_type").is_some_and(|kind| kind != "video") {
        let detail = "a list of videos, not a video";
        set_aside(exhibit, &Place::Whole, b"", detail, sink);
        return Ok(());
    }
    listing.beside(&VIDEO, &mut fields);
    let reader = Reader::new(exhibit, &video);
    let title = json::field(&video, "title").unwrap_or_default();
    settle(exhibit, &Place::Whole, title.as_bytes(), sink, |sink| reader.video(sink));
    listing.each(exhibit, sink, |comment, place, sink| {
        fields.object("comments[].", comment, &COMMENT, place);
        reader.comment(comment, place, sink)
    });
    fields.finish(exhibit, sink);
    listing.error.map_or(Ok(()), Err)
}

/// What the file says of the video, which every comment needs.
struct Reader<'v> {
    exhibit: ExhibitNo,
    video: &'v Object,
    platform: String,
    id: Option<String>,
    read: Option<Moment>,
}

impl<'v> Reader<'v> {
    fn new(exhibit: ExhibitNo, video: &'v Object) -> Self {
        let extractor = json::field(video, "extractor_key")
            .or_else(|| json::field(video, "extractor"))
            .map_or_else(|| YOUTUBE.to_owned(), |name| name.to_lowercase());
        // `youtube:tab`, `TikTokUser`: the platform comes first.
        let extractor = extractor.split(':').next().unwrap_or_default().to_owned();
        let known = PLATFORMS.iter().find(|(name, _)| extractor.starts_with(name));
        let direct = [YOUTUBE, "tiktok", "instagram", "facebook", "dailymotion", "twitch"];
        let platform = known.map(|(_, platform)| *platform);
        let platform =
            platform.or_else(|| direct.into_iter().find(|name| extractor.starts_with(name)));
        Self {
            exhibit,
            video,
            platform: platform.map_or_else(|| repeated(extractor.clone()), str::to_owned),
            id: json::field(video, "id").map(repeated),
            read: json::integer(video, "epoch").and_then(Moment::from_unix_seconds),
        }
    }

    fn captured(&self) -> Maybe<Moment> {
        Maybe::or_absent(self.read, Absent::NotExported)
    }

    /// The video is a post of its channel.
    fn video(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let field = |key| json::field(self.video, key);
        let id = json::required(self.video, "id")?;
        let channel = field("channel_id").or_else(|| field("uploader_id"));
        let handle = field("uploader_id").filter(|id| id.starts_with('@'));
        let name = field("channel").or_else(|| field("uploader"));
        let key = self.key(channel.as_deref(), handle.as_deref(), name.as_deref())?;
        let parts = [field("title"), field("description")];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
        let (at, at_raw) = self.uploaded()?;
        sink.account(self.account(&Place::Whole, key.clone(), handle, name));
        sink.post(Post {
            at,
            at_raw,
            captured: self.captured(),
            text: Maybe::text(&text, Absent::NotApplicable),
            thread: Maybe::Known(id.clone()),
            content_id: Maybe::Known(id),
            permalink: Maybe::or_absent(field("webpage_url"), Absent::NotExported),
            lang: Maybe::or_absent(field("language"), Absent::NotExported),
            ..Post::new(self.exhibit, &Place::Whole, 0, key)
        });
        Ok(())
    }

    /// The time of the upload: exact, or the day.
    fn uploaded(&self) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
        let wrong = |key: &str, text: &str| {
            (RejectReason::Time, format!("`{key}` is no time: `{}`", excerpt(text, 40)))
        };
        if let Some(text) = json::field(self.video, "timestamp") {
            let at = seconds(&text).and_then(Moment::from_unix_seconds);
            return Ok((
                Maybe::Known(at.ok_or_else(|| wrong("timestamp", &text))?),
                Maybe::Known(text),
            ));
        }
        let Some(text) = json::field(self.video, "upload_date") else {
            return Ok((Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported)));
        };
        let day = jiff::civil::Date::strptime("%Y%m%d", &text).ok();
        let at = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok()).and_then(|at| {
            Moment::new(at.timestamp().as_microsecond(), Precision::Day, ZoneSource::Assumed)
        });
        Ok((Maybe::Known(at.ok_or_else(|| wrong("upload_date", &text))?), Maybe::Known(text)))
    }

    fn comment(&self, comment: &Object, place: &Place, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let field = |key| json::field(comment, key);
        let id = json::required(comment, "id")?;
        let author = field("author");
        let handle = author.clone().filter(|name| name.starts_with('@'));
        let handle = handle.or_else(|| {
            let (_, name) = field("author_url")?
                .rsplit_once("/@")
                .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
            Some(format!("@{name}"))
        });
        let name = author.clone().filter(|name| !name.starts_with('@'));
        let key = self.key(field("author_id").as_deref(), handle.as_deref(), author.as_deref())?;
        let post = Post {
            captured: self.captured(),
            text: match comment.get("text").and_then(serde_json::Value::as_str) {
                Some(text) => Maybe::text(text, Absent::NotApplicable),
                None => Maybe::Missing(Absent::NotExported),
            },
            thread: Maybe::or_absent(self.id.clone(), Absent::NotExported),
            target: match field("parent").as_deref() {
                None | Some("root") => Maybe::Missing(Absent::NotApplicable),
                // Whom it answers is told by the comment above; its number is not an account.
                Some(_) => Maybe::Missing(Absent::NotRecorded),
            },
            permalink: Maybe::or_absent(self.link(&id), Absent::NotExported),
            content_id: Maybe::Known(id),
            ..self.timed(comment, Post::new(self.exhibit, place, 0, key.clone()))?
        };
        sink.account(self.account(place, key, handle, name));
        sink.post(post);
        Ok(())
    }

    /// The post with its time: an interval on sites that show ages.
    fn timed(&self, comment: &Object, post: Post) -> Result<Post, Flaw> {
        let (words, stamp) =
            (json::field(comment, "_time_text"), json::field(comment, "timestamp"));
        if self.platform == YOUTUBE || words.is_some() {
            let computed = stamp.as_deref().and_then(seconds);
            let read = self.read.map(Moment::at_s);
            let interval = interval(words.as_deref().unwrap_or_default(), computed, read);
            let at_raw = Maybe::or_absent(words.or(stamp), Absent::NotExported);
            return Ok(Post { at: interval.at, until: interval.until, at_raw, ..post });
        }
        let Some(stamp) = stamp else {
            return Ok(Post { at: Maybe::Missing(Absent::NotExported), ..post });
        };
        let at = seconds(&stamp).and_then(Moment::from_unix_seconds).ok_or_else(|| {
            (RejectReason::Time, format!("`timestamp` is no time: `{}`", excerpt(&stamp, 40)))
        })?;
        Ok(Post { at: Maybe::Known(at), at_raw: Maybe::Known(stamp), ..post })
    }

    fn link(&self, comment: &str) -> Option<String> {
        let sound = |id: &str| id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let id = self.id.as_deref().filter(|id| sound(id) && sound(comment))?;
        (self.platform == YOUTUBE)
            .then(|| format!("https://www.youtube.com/watch?v={id}&lc={comment}"))
    }

    fn key(
        &self,
        id: Option<&str>,
        handle: Option<&str>,
        name: Option<&str>,
    ) -> Result<AccountKey, Flaw> {
        match (id.filter(|id| !id.starts_with('@')), handle.or(name)) {
            (Some(id), _) => Ok(AccountKey::by_id(&self.platform, id)),
            (None, Some(handle)) => Ok(AccountKey::by_handle(&self.platform, handle)),
            (None, None) => Err((RejectReason::MissingField, "`author_id` is missing".to_owned())),
        }
    }

    fn account(
        &self,
        place: &Place,
        key: AccountKey,
        handle: Option<String>,
        name: Option<String>,
    ) -> Account {
        let id = Some(key.native().to_owned()).filter(|native| !native.starts_with('@'));
        let handle = handle.map(|handle| handle.trim_start_matches('@').to_owned());
        Account {
            native_id: Maybe::or_absent(id, Absent::NotExported),
            handle: Maybe::or_absent(handle, Absent::NotExported),
            display_name: Maybe::or_absent(name, Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, key)
        }
    }
}

/// Whole seconds of a number that may have a fraction.
pub(super) fn seconds(text: &str) -> Option<i64> {
    text.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests;
