//! `LinkedIn` export, `messages.csv` and the other tables of messages.
//!
//! Headers: `CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,
//! DATE,SUBJECT,CONTENT,FOLDER`, later `ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT`; before
//! 2020 without addresses of profiles. In: the table. Out: a private post for each line. Refused:
//! drafts (set aside), and lines whose sender is gone (`LinkedIn Member`).
//!
//! Traps:
//! - The sender is known by the address of the profile; in tables without it only by a name, which
//!   is then taken for the handle: two members of one name are one account.
//! - There is no id of the message.
//! - Attachments are addresses on `LinkedIn`, not files of the export.

use super::{PLATFORM, member};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Entry, Layout};
use crate::time::written;
use faisceau_model::rows::{Account, Post};
use faisceau_model::{Absent, AccountKey, Maybe, PostKind, RejectReason, Sink};

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "linkedin-messages",
    title: "LinkedIn export: messages.csv",
    group: Group::Accounts,
    gives: &["posts", "accounts"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/linkedin/messages.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse,
    owner: None,
};

const URL: &str = "SENDER PROFILE URL";
const DRAFT: &str = "IS MESSAGE DRAFT";

const LAYOUT: Layout = Layout {
    wanted: &["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "TO", "DATE", "CONTENT"],
    used: &[URL, "SUBJECT", "ATTACHMENTS", DRAFT],
    ignored: &[
        "RECIPIENT PROFILE URLS",
        "FOLDER",
        "IS CONVERSATION DRAFT",
        "IS CONVERSATION ARCHIVED",
    ],
    exact: false,
};

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        if entry.value(DRAFT).is_some_and(|draft| draft.eq_ignore_ascii_case("yes")) {
            return Err((RejectReason::SetAside, "a draft, which was not sent".to_owned()));
        }
        let account = sender(entry)?;
        let at_raw = entry.text("DATE");
        let at = written::read("DATE", &at_raw, zone.as_ref())?;
        let title = entry.value("SUBJECT").or_else(|| entry.value("CONVERSATION TITLE"));
        let thread = match (title, entry.value("CONVERSATION ID")) {
            (Some(title), Some(id)) => Some(format!("{title} [{id}]")),
            (title, id) => title.or(id).map(str::to_owned),
        };
        let attached = entry.value("ATTACHMENTS").unwrap_or_default();
        sink.account(Account {
            handle: Maybe::Known(account.native().trim_start_matches('@').to_owned()),
            display_name: entry.text("FROM"),
            ..Account::new(source.exhibit, place, 0, account.clone())
        });
        sink.post(Post {
            at,
            at_raw,
            kind: PostKind::Private,
            text: entry.text("CONTENT"),
            target: entry.text("TO"),
            thread: Maybe::or_absent(thread, Absent::NotExported),
            permalink: Maybe::Missing(Absent::NotExported),
            content_id: Maybe::Missing(Absent::NotExported),
            media: attached.split_whitespace().map(str::to_owned).collect(),
            ..Post::new(source.exhibit, place, 0, account)
        });
        Ok(())
    })
}

fn sender(entry: &Entry) -> Result<AccountKey, Flaw> {
    if let Some(account) = entry.value(URL).and_then(member) {
        return Ok(account);
    }
    let nobody = |name: &&str| !name.eq_ignore_ascii_case("LinkedIn Member");
    match (entry.text(URL), entry.value("FROM").filter(nobody)) {
        (Maybe::Missing(Absent::NotRecorded), Some(name)) => {
            Ok(AccountKey::by_handle(PLATFORM, name))
        }
        (_, Some(_)) => Err((RejectReason::MissingField, format!("`{URL}` names no member"))),
        (_, None) => Err((RejectReason::MissingField, "the sender is not named".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/linkedin/messages.csv");

    #[test]
    fn messages_give_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("linkedin-messages"));
        insta::assert_snapshot!("messages", dump(&sink.posts) + &dump(&sink.accounts));
        assert_eq!(
            reasons(&sink)[1..],
            [
                "l5@557 set_aside: a draft, which was not sent",
                "l6@723 missing_field: the sender is not named",
                "l7@827 missing_field: `SENDER PROFILE URL` names no member",
            ]
        );
    }

    #[test]
    fn tables_without_profiles_have_names_alone() {
        let (_, sink) = read(
            b"CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,CONTENT\n\
              c,,Ada Lovelace,You,2020-01-05 09:00:00,,Hello\n",
        );
        assert_eq!(sink.posts[0].account.as_str(), "linkedin:@Ada Lovelace");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
