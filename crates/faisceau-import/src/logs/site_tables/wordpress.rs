//! The tables of `WordPress`.
//!
//! Traps:
//! - `comment_author` is what a guest typed; of a member (`user_id`) it is the display name.
//! - A pingback or trackback is written by another site's program: its text is nobody's words.
//! - The address is what the server saw (`REMOTE_ADDR`); behind a proxy that the site does not
//!   know, it is the proxy's.
//! - Sessions stand in `wp_usermeta` as a PHP value, with address, agent, and the second of the
//!   log-in; they are dropped when they expire or at log-out.

use faisceau_model::rows::{Account, Connection, Post};
use faisceau_model::{Absent, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory};

use super::php_value::{self, Php};
use super::site::{Site, id, maybe, required, text};
use crate::json::Flaw;
use crate::tables::cells::Cells;

/// A row of `wp_comments`: the comment, the use of the address, the author.
pub(super) fn comment(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let number = required(cells, "comment_ID")?;
    if let Some(kind @ ("pingback" | "trackback")) = text(cells, "comment_type").as_deref() {
        let detail = format!("a {kind}, which the program of another site wrote");
        return Err((RejectReason::SetAside, detail));
    }
    let (at, at_raw) = match Site::utc(text(cells, "comment_date_gmt"))? {
        (Maybe::Missing(_), _) => site.local(text(cells, "comment_date"))?,
        dated => dated,
    };
    let name = text(cells, "comment_author");
    let member = id(cells, "user_id");
    let account = match &member {
        Some(id) => site.member(id),
        None => site.guest(name.as_deref(), &format!("comment-{number}")),
    };
    let post = Post {
        at,
        at_raw: at_raw.clone(),
        text: maybe(cells, "comment_content"),
        thread: maybe(cells, "comment_post_ID"),
        content_id: Maybe::Known(number),
        ..Post::new(site.exhibit, place, 0, account.clone())
    };
    let used = site.used(text(cells, "comment_author_IP"), "comment_author_IP", place, 0);
    let author = Account {
        native_id: Maybe::or_absent(member, Absent::NotApplicable),
        display_name: Maybe::or_absent(name, Absent::NotExported),
        ..Account::new(site.exhibit, place, 0, account.clone())
    };
    site.show(author, sink);
    let email = text(cells, "comment_author_email");
    site.declare(
        &account,
        place,
        0,
        (SubscriberCategory::Email, "comment_author_email", email),
        sink,
    );
    let url = text(cells, "comment_author_url");
    site.declare(&account, place, 1, (SubscriberCategory::Other, "comment_author_url", url), sink);
    if let Some(used) = used {
        sink.connections(vec![Connection {
            account: Maybe::Known(account),
            at,
            at_raw,
            user_agent: maybe(cells, "comment_agent"),
            request: Maybe::Known("comment".to_owned()),
            ..used
        }]);
    }
    sink.post(post);
    Ok(())
}

/// A row of `wp_users`.
pub(super) fn user(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let number = required(cells, "ID")?;
    let (created, created_raw) = Site::utc(text(cells, "user_registered"))?;
    let account = site.member(&number);
    sink.account(Account {
        native_id: Maybe::Known(number),
        handle: maybe(cells, "user_login"),
        display_name: maybe(cells, "display_name"),
        created,
        created_raw,
        ..Account::new(site.exhibit, place, 0, account.clone())
    });
    let email = text(cells, "user_email");
    site.declare(&account, place, 0, (SubscriberCategory::Email, "user_email", email), sink);
    let url = text(cells, "user_url");
    site.declare(&account, place, 1, (SubscriberCategory::Other, "user_url", url), sink);
    Ok(())
}

/// A row of `wp_usermeta`: the sessions, if it holds them.
pub(super) fn sessions(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let key = text(cells, "meta_key").unwrap_or_default();
    if key != "session_tokens" {
        let detail = "user data of another kind than sessions";
        return Err((RejectReason::SetAside, detail.to_owned()));
    }
    let account = site.member(&required(cells, "user_id")?);
    let value = required(cells, "meta_value")?;
    let Some(Php::Array(sessions)) = php_value::read(value.as_bytes()) else {
        let detail = "the sessions are not written as a PHP array";
        return Err((RejectReason::Syntax, detail.to_owned()));
    };
    let mut rows = Vec::new();
    for (part, (_, session)) in sessions.iter().enumerate() {
        let login = session.get("login").and_then(Php::number);
        let Some(used) = site.used(
            session.get("ip").and_then(Php::text),
            "session_tokens.ip",
            place,
            part as u32,
        ) else {
            continue;
        };
        rows.push(Connection {
            account: Maybe::Known(account.clone()),
            at: Maybe::or_absent(login.and_then(Moment::from_unix_seconds), Absent::NotExported),
            at_raw: Maybe::or_absent(login.map(|at| at.to_string()), Absent::NotExported),
            user_agent: Maybe::or_absent(
                session.get("ua").and_then(Php::text),
                Absent::NotExported,
            ),
            request: Maybe::Known("log-in (session_tokens)".to_owned()),
            ..used
        });
    }
    if rows.is_empty() {
        let detail = "no session with an address is open";
        return Err((RejectReason::SetAside, detail.to_owned()));
    }
    sink.connections(rows);
    Ok(())
}
