//! Reddit export, `posts.csv` and `comments.csv`, and their `_headers` without texts.
//!
//! Headers: `id,permalink,date,ip,subreddit,gildings` and `title,url,body` of a post,
//! `link,parent,body,media` of a comment. In: the table. Out: a post for each line, by the owner of
//! the export, and a connection where the line has an address. Refused: lines of an export whose
//! owner is not known, and lines without id.
//!
//! Traps: the export of a person has no addresses since 2020, an answer to a legal request has
//! them. A post has a title and may have no text: the title stands first in the text, as readers
//! see it, with an empty line after it; the text as exported is kept beside it. A comment names the
//! record that it answers (`t1_…`), not the account.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, Sink};
use jiff::tz::TimeZone;

use super::{PLATFORM, body, hand_over, nobody, sent_from};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Entry, Layout};
use crate::time::written;

/// Posts.
pub(crate) static POSTS: Format = Format {
    name: "reddit-posts",
    title: "Reddit export: posts.csv",
    group: Group::Accounts,
    gives: &["posts", "connections"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit/posts.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| POST.sniff(head.bytes),
    parse: |source, settings, sink| parse(source, settings, &POST, sink),
    owner: None,
};

/// Comments.
pub(crate) static COMMENTS: Format = Format {
    name: "reddit-comments",
    title: "Reddit export: comments.csv",
    group: Group::Accounts,
    gives: &["posts", "connections"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit/comments.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| COMMENT.sniff(head.bytes),
    parse: |source, settings, sink| parse(source, settings, &COMMENT, sink),
    owner: None,
};

const POST: Layout = Layout {
    wanted: &["id", "permalink", "date", "subreddit", "gildings", "url"],
    used: &["ip", "title", "body"],
    ignored: &[],
    exact: false,
};

const COMMENT: Layout = Layout {
    wanted: &["id", "permalink", "date", "subreddit", "link", "parent"],
    used: &["ip", "body", "media"],
    ignored: &["gildings"],
    exact: false,
};

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    layout: &Layout,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    headed::read(source, layout, sink, |entry, place, sink| {
        let post = post(source.exhibit, place, entry, owner, zone.as_ref())?;
        let time = (post.at, &post.at_raw);
        let from = sent_from(source.exhibit, place, entry, &post.account, time, "post");
        hand_over(post, from, sink);
        Ok(())
    })
}

fn post(
    exhibit: ExhibitNo,
    place: &Place,
    entry: &Entry,
    owner: Option<&AccountKey>,
    zone: Option<&TimeZone>,
) -> Result<Post, Flaw> {
    let account = owner.cloned().ok_or_else(nobody)?;
    let id = entry.required("id")?.to_owned();
    let at_raw = entry.text("date");
    // A table without that header is one of those without texts.
    let column = match entry.text("body") {
        Maybe::Missing(reason) => reason,
        Maybe::Known(_) => Absent::NotExported,
    };
    let written = body(entry.value("body"), column);
    let (text, text_raw) = match (entry.value("title"), written) {
        (None, written) => (written, Maybe::Missing(Absent::NotApplicable)),
        (Some(title), Maybe::Known(text)) => {
            (Maybe::Known(format!("{title}\n\n{text}")), Maybe::Known(text))
        }
        (Some(title), Maybe::Missing(_)) => {
            (Maybe::Known(title.to_owned()), Maybe::Missing(Absent::NotApplicable))
        }
    };
    let comment = entry.value("link");
    Ok(Post {
        at: written::read("date", &at_raw, zone)?,
        at_raw,
        text,
        text_raw,
        target: Maybe::Missing(if comment.is_some() {
            Absent::NotRecorded
        } else {
            Absent::NotApplicable
        }),
        thread: Maybe::or_absent(comment.or(Some(&id)).map(str::to_owned), Absent::NotExported),
        permalink: entry.text("permalink"),
        content_id: Maybe::Known(id.clone()),
        media: entry.value("media").map(str::to_owned).into_iter().collect(),
        ..Post::new(exhibit, place, 0, account)
    })
}

#[cfg(test)]
mod tests {
    use faisceau_model::ExhibitNo;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dump, mutated, read, read_as, reasons};

    const POSTS: &[u8] = include_bytes!("../../../tests/fixtures/reddit/posts.csv");
    const COMMENTS: &[u8] = include_bytes!("../../../tests/fixtures/reddit/comments.csv");

    fn owned() -> ImportSettings {
        let mut settings = ImportSettings::default();
        let owner = AccountKey::by_handle("reddit", "camille_exemple");
        settings.owners.insert(ExhibitNo::top(1), owner);
        settings
    }

    #[test]
    fn posts_give_all_columns() {
        let (imported, sink) = read_as("x", POSTS, &owned());
        assert_eq!(imported.name(), Some("reddit-posts"));
        insta::assert_snapshot!("posts", dump(&sink.posts) + &dump(&sink.connections));
        assert_eq!(
            reasons(&sink)[1..],
            ["l6@456 missing_field: `id` is missing", "l7@526 time: `date` is no time: `hier`"]
        );
    }

    #[test]
    fn comments_give_all_columns() {
        let (imported, sink) = read_as("x", COMMENTS, &owned());
        assert_eq!(imported.name(), Some("reddit-comments"));
        insta::assert_snapshot!("comments", dump(&sink.posts) + &dump(&sink.connections));
        assert_eq!(reasons(&sink)[1..], ["l5@526 address: `ip` is no address: `\u{2026}`"]);
        let (_, without) = read(COMMENTS);
        assert!(without.posts.is_empty() && without.connections.is_empty());
        assert!(without.rejects[1].detail.contains("author"));
    }

    #[test]
    fn a_table_without_texts_says_so() {
        let table = "id,permalink,date,ip,subreddit,gildings,link,parent\na,/x,2020-01-01 00:00:00 UTC,,s,0,/l,t3_x\n";
        let (imported, sink) = read_as("x", table.as_bytes(), &owned());
        assert_eq!(imported.name(), Some("reddit-comments"));
        assert_eq!(sink.posts[0].text, Maybe::Missing(Absent::NotRecorded));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(POSTS), comments in mutated(COMMENTS)) {
            read_as("x", &bytes, &owned());
            read_as("x", &comments, &owned());
        }
    }
}
