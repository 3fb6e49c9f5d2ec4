//! Reddit export, `chat_history.csv`.
//!
//! Headers: `message_id,created_at,updated_at,username,message,thread_parent_message_id,
//! channel_url,subreddit,channel_name,conversation_type`, in any order. In: the table. Out: a
//! private post for each line. Refused: lines without a sender.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, PostKind, RejectReason, Sink};

use super::{body, named};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "reddit-chat",
    title: "Reddit export: chat_history.csv",
    group: Group::Accounts,
    gives: &["posts"],
    versions: "exports of 2020 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit/chat_history.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse,
    owner: None,
};

const LAYOUT: Layout = Layout {
    wanted: &["message_id", "created_at", "username", "message", "channel_url"],
    used: &["channel_name"],
    ignored: &["updated_at", "subreddit", "conversation_type", "thread_parent_message_id"],
    exact: false,
};

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let account = named(entry.required("username")?)
            .ok_or_else(|| (RejectReason::MissingField, "the sender was deleted".to_owned()))?;
        let at_raw = entry.text("created_at");
        let thread = match (entry.value("channel_name"), entry.value("channel_url")) {
            (Some(name), Some(url)) => Some(format!("{name} [{url}]")),
            (name, url) => name.or(url).map(str::to_owned),
        };
        sink.post(Post {
            at: written::read("created_at", &at_raw, zone.as_ref())?,
            at_raw,
            kind: PostKind::Private,
            text: body(entry.value("message"), Absent::NotExported),
            thread: Maybe::or_absent(thread, Absent::NotExported),
            content_id: entry.text("message_id"),
            ..Post::new(source.exhibit, place, 0, account)
        });
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/reddit/chat_history.csv");

    #[test]
    fn chats_give_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("reddit-chat"));
        insta::assert_snapshot!("chat", dump(&sink.posts));
        assert_eq!(sink.rejects.len(), 2);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
