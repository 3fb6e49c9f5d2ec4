//! `LinkedIn` export, `Shares_<id>.csv` and `Comments_<id>.csv`.
//!
//! Headers: `Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility`; `Date,Link,Message`.
//! In: one of the tables. Out: a public post for each line, by the owner of the export. Refused:
//! lines of an export whose owner is not known; shares without words of their own (set aside).
//!
//! Traps: times have no zone: that of the case is assumed. `Visibility` may be the members of a
//! group or one's connections: everything but `MEMBER_NETWORK` and `PUBLIC` is private.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, PostKind, RejectReason, Sink};

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "linkedin-posts",
    title: "LinkedIn export: shares and comments (CSV)",
    group: Group::Accounts,
    gives: &["posts"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/linkedin/shares.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

const SHARES: Layout = Layout {
    wanted: &["Date", "ShareLink", "ShareCommentary"],
    used: &["SharedUrl", "MediaUrl", "Visibility"],
    ignored: &[],
    exact: false,
};
const COMMENTS: Layout =
    Layout { wanted: &["Date", "Link", "Message"], used: &[], ignored: &[], exact: true };

/// The headers of comments are those of many tables: their links are on `LinkedIn`.
fn sniff(head: &Head<'_>) -> bool {
    SHARES.sniff(head.bytes)
        || (head.text().contains("linkedin.com/") && COMMENTS.sniff(head.bytes))
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    let shares = SHARES.sniff(&source.head()?);
    let (layout, link, words) = if shares {
        (&SHARES, "ShareLink", "ShareCommentary")
    } else {
        (&COMMENTS, "Link", "Message")
    };
    headed::read(source, layout, sink, |entry, place, sink| {
        let account = owner.cloned().ok_or_else(|| {
            let detail =
                "a post does not say its author: name the owner of the export in the settings";
            (RejectReason::MissingField, detail.to_owned())
        })?;
        if entry.value(words).is_none() {
            return Err((RejectReason::SetAside, "a share without words of its own".to_owned()));
        }
        let at_raw = entry.text("Date");
        let open =
            entry.value("Visibility").is_none_or(|v| matches!(v, "MEMBER_NETWORK" | "PUBLIC"));
        let permalink = entry.text(link);
        sink.post(Post {
            at: written::read("Date", &at_raw, zone.as_ref())?,
            at_raw,
            kind: if open { PostKind::Public } else { PostKind::Private },
            text: entry.text(words),
            target: Maybe::Missing(if shares {
                Absent::NotApplicable
            } else {
                Absent::NotRecorded
            }),
            thread: permalink.clone(),
            permalink,
            content_id: Maybe::Missing(Absent::NotExported),
            media: entry.value("MediaUrl").map(str::to_owned).into_iter().collect(),
            ..Post::new(source.exhibit, place, 0, account)
        });
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use faisceau_model::{AccountKey, ExhibitNo};
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/linkedin/shares.csv");

    fn owned() -> ImportSettings {
        let mut settings = in_paris();
        let owner = AccountKey::by_handle("linkedin", "camille-exemple");
        settings.owners.insert(ExhibitNo::top(1), owner);
        settings
    }

    #[test]
    fn shares_give_all_columns() {
        let (imported, sink) = read_as("x", SAMPLE, &owned());
        assert_eq!(imported.name(), Some("linkedin-posts"));
        insta::assert_snapshot!("shares", dump(&sink.posts));
        assert_eq!(
            reasons(&sink)[1..],
            [
                "l4@318 set_aside: a share without words of its own",
                "l5@375 time: `Date` is no time: `2026-03-29 02:30:00`",
            ]
        );
        assert!(read(SAMPLE).1.posts.is_empty());
    }

    #[test]
    fn comments_are_posts() {
        let table = b"Date,Link,Message\n2026-06-30 10:26:45,https://www.linkedin.com/c/1,Bravo\n";
        let (imported, sink) = read_as("x", table, &owned());
        assert_eq!(imported.name(), Some("linkedin-posts"));
        assert_eq!(sink.posts[0].target, Maybe::Missing(Absent::NotRecorded));
        let other = b"Date,Link,Message\n2026-06-30 10:26:45,https://example.org/1,Bravo\n";
        assert_eq!(read(other).0.name(), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read_as("x", &bytes, &owned());
        }
    }
}
