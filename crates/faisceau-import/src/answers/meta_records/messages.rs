//! Messages, posts and comments of Meta's answer.
//!
//! In: the fields of a section. Out: posts, and a row for each author the first time. Refused: a
//! message without author, a post without time or text.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{Absent, AccountKey, Maybe, Place, PostKind, RejectReason, Sink};

use super::cells::{Field, Section};
use super::records::{Row, named, rows};
use super::sections::Emit;
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::declared::{joined, said};
use crate::rows::repeated::repeated;

/// Labels of a thread, which belong to no message.
const THREAD: &[&str] =
    &["Thread", "Current Participants", "Past Participants", "Thread Name", "Read Receipts"];
/// Labels of a message.
const MESSAGE: &[&str] = &[
    "Author",
    "Sent",
    "Body",
    "Attachments",
    "Type",
    "Size",
    "URL",
    "Url",
    "Linked Media File",
    "Photo ID",
    "Share",
    "Date Created",
    "Link",
    "Summary",
    "Text",
    "Title",
    "Product Type",
    "Subscription Event",
    "Users",
    "Removed by Sender",
    "Call Record",
    "Missed",
    "Duration",
];

/// A section of posts: its name, and the labels of author, time, text and person addressed.
struct Layout {
    name: &'static str,
    author: &'static [&'static str],
    time: &'static [&'static str],
    text: &'static [&'static str],
    target: &'static [&'static str],
}

const POSTS: &[Layout] = &[
    Layout {
        name: "status_updates",
        author: &["Author"],
        time: &["Posted", "Display Date"],
        text: &["Status"],
        target: &[],
    },
    Layout {
        name: "wallposts",
        author: &["From"],
        time: &["Time"],
        text: &["Text"],
        target: &["To"],
    },
    Layout {
        name: "posts_to_other_walls",
        author: &[],
        time: &["Time"],
        text: &["Post"],
        target: &["Timeline Owner"],
    },
    Layout {
        name: "group_messages",
        author: &["Post Author"],
        time: &["Post Date"],
        text: &["Post"],
        target: &["Group"],
    },
    Layout {
        name: "comments",
        author: &["Author"],
        time: &["Date Created", "Time"],
        text: &["Text", "Comment"],
        target: &["Media Owner", "Owner"],
    },
];

/// Labels of posts that are known and of no use.
const IGNORED: &[&str] = &[
    "Status",
    "Mobile",
    "Life Experience",
    "Media Id",
    "Media Content Id",
    "Media Account Id",
    "Description",
    "Type",
    "URL",
    "Linked Media File",
    "Attachments",
];

/// Reads the messages of all threads.
pub(super) fn messages(emit: &mut Emit, section: &Section, sink: &mut dyn Sink) {
    emit.known(section, &[THREAD, MESSAGE].concat());
    let fields = &section.fields;
    let starts = |field: &Field| field.is(&["Author"]);
    let mut thread = None;
    let mut at = 0;
    while let Some(field) = fields.get(at) {
        if field.is(&["Thread"]) {
            let named = id(&field.value).unwrap_or(field.value.trim());
            thread = Some(repeated(named.to_owned()));
        }
        if !starts(field) {
            // What precedes the first message of a thread belongs to none.
            at += 1;
            continue;
        }
        let rest = fields.get(at + 1..).unwrap_or_default();
        let ends = |field: &Field| starts(field) || field.is(THREAD);
        let end = at + 1 + rest.iter().position(ends).unwrap_or(rest.len());
        let row = Row(fields.get(at..end).unwrap_or_default());
        let place = row.place();
        settle(emit.exhibit, &place, row.raw().as_bytes(), sink, |sink| {
            message(emit, &place, thread.as_deref(), &row, sink)
        });
        at = end;
    }
}

fn message(
    emit: &mut Emit,
    place: &Place,
    thread: Option<&str>,
    row: &Row<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let account = author(emit, place, row.get(&["Author"]), sink)?;
    let stamp = emit.stamp(row.get(&["Sent"]))?;
    let body = row.get(&["Body"]).map_or("", |field| &field.value);
    sink.post(Post {
        at: stamp.at,
        at_raw: stamp.raw,
        kind: PostKind::Private,
        text: Maybe::text(body, Absent::NotExported),
        thread: joined([thread]),
        media: media(row),
        ..Post::new(emit.exhibit, place, 0, account)
    });
    Ok(())
}

/// Reads a section of posts; `false` if it is none.
pub(super) fn posts(emit: &mut Emit, section: &Section, sink: &mut dyn Sink) -> bool {
    let Some(layout) = POSTS.iter().find(|layout| layout.name == section.name) else {
        return false;
    };
    let known = [layout.author, layout.time, layout.text, layout.target, IGNORED, &["Id"]].concat();
    emit.known(section, &known);
    let start = section.fields.first().map_or("", |field| &field.label);
    for row in rows(&section.fields, start) {
        let place = row.place();
        settle(emit.exhibit, &place, row.raw().as_bytes(), sink, |sink| {
            let text = row
                .text(layout.text)
                .ok_or_else(|| (RejectReason::MissingField, "the record has no text".to_owned()))?;
            let stamp = emit.stamp(row.get(layout.time))?;
            let named = row.get(layout.author).filter(|field| said(&field.value).is_some());
            let account = match (named, &emit.account) {
                (None, Some(account)) => account.clone(),
                _ => author(emit, &place, named, sink)?,
            };
            sink.post(Post {
                at: stamp.at,
                at_raw: stamp.raw,
                text: Maybe::Known(text.to_owned()),
                target: joined([row.text(layout.target)]),
                content_id: joined([row.text(&["Id"])]),
                media: media(&row),
                ..Post::new(emit.exhibit, &place, 0, account)
            });
            Ok(())
        });
    }
    true
}

/// The account of a person as Meta writes it, `name (Instagram: 123)`; its row the first time.
fn author(
    emit: &mut Emit,
    place: &Place,
    field: Option<&Field>,
    sink: &mut dyn Sink,
) -> Result<AccountKey, Flaw> {
    let missing = || (RejectReason::MissingField, "the record names no author".to_owned());
    let text = field.and_then(|field| said(&field.value)).ok_or_else(missing)?;
    let text = text.replace('\n', " ");
    let id = id(&text);
    let name = match id {
        Some(_) => text.rsplit_once('(').map_or("", |(name, _)| name).trim(),
        None => text.trim(),
    };
    let tail = text.rsplit_once('(').map_or("", |(_, tail)| tail);
    let platform = named(tail).unwrap_or(&emit.platform);
    let account = match id {
        Some(id) => AccountKey::by_id(platform, id),
        None => AccountKey::by_handle(platform, name),
    };
    // Facebook shows the name of a person, Instagram the handle.
    let (handle, display) =
        if platform == "facebook" { (None, Some(name)) } else { (Some(name), None) };
    sink.account(Account {
        native_id: joined([id]),
        handle: joined([handle]),
        display_name: joined([display]),
        ..Account::new(emit.exhibit, place, 0, account.clone())
    });
    Ok(account)
}

/// The digits in the last brackets of a text: `Jean (Facebook: 123)`, `Thread (123)`.
fn id(text: &str) -> Option<&str> {
    let (_, inside) = text.rsplit_once('(')?;
    let inside = inside.trim_end().strip_suffix(')')?;
    let id = inside.rsplit_once(':').map_or(inside, |(_, id)| id).trim();
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())).then_some(id)
}

/// The names of the files of a record.
pub(super) fn media(row: &Row<'_>) -> Vec<String> {
    let files = row.0.iter().filter(|field| field.is(&["Linked Media File"]));
    files
        .flat_map(|field| field.value.lines())
        .filter_map(|line| said(line.rsplit(['/', '\\']).next().unwrap_or(line)))
        .map(str::to_owned)
        .collect()
}
