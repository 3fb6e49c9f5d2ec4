//! Reddit export, `messages.csv`, `messages_archive.csv`, and their `_headers` without texts.
//!
//! Headers: `id,permalink,thread_id,date,ip,from,to,subject,body`. In: the table. Out: a private
//! post for each line, and a connection where the line has an address. Refused: lines without a
//! sender. Trap: an address in a line is that of its sender, who need not be the owner.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, PostKind, RejectReason, Sink};

use super::{body, hand_over, named, sent_from};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "reddit-messages",
    title: "Reddit export: messages.csv",
    group: Group::Accounts,
    gives: &["posts", "connections"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit/messages.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse,
    owner: None,
};

const LAYOUT: Layout = Layout {
    wanted: &["id", "permalink", "thread_id", "date", "from", "to"],
    used: &["ip", "subject", "body"],
    ignored: &[],
    exact: false,
};

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let account = named(entry.required("from")?)
            .ok_or_else(|| (RejectReason::MissingField, "the sender was deleted".to_owned()))?;
        let at_raw = entry.text("date");
        let at = written::read("date", &at_raw, zone.as_ref())?;
        let from = sent_from(source.exhibit, place, entry, &account, (at, &at_raw), "message");
        let column = match entry.text("body") {
            Maybe::Missing(reason) => reason,
            Maybe::Known(_) => Absent::NotExported,
        };
        let thread = match (entry.value("subject"), entry.value("thread_id")) {
            (Some(subject), Some(id)) => Some(format!("{subject} [{id}]")),
            (subject, id) => subject.or(id).map(str::to_owned),
        };
        let post = Post {
            at,
            at_raw,
            kind: PostKind::Private,
            text: body(entry.value("body"), column),
            target: entry.text("to"),
            thread: Maybe::or_absent(thread, Absent::NotExported),
            permalink: entry.text("permalink"),
            content_id: entry.text("id"),
            ..Post::new(source.exhibit, place, 0, account)
        };
        hand_over(post, from, sink);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/reddit/messages.csv");

    #[test]
    fn messages_give_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("reddit-messages"));
        insta::assert_snapshot!("messages", dump(&sink.posts) + &dump(&sink.connections));
        assert_eq!(
            reasons(&sink)[1..],
            [
                "l5@322 missing_field: `from` is missing",
                "l6@391 missing_field: the sender was deleted"
            ]
        );
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
