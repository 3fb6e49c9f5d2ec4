//! The tables of phpBB 3.
//!
//! Traps:
//! - User 1 is everybody who is not logged in; users of type 2 are robots.
//! - `user_ip` is the address at registration.
//! - A private message names its addressees as `u_2:g_5`: users and groups.
//! - A failed log-in names somebody who did not log in: it binds no account.
//! - A session keeps its first and its last instant and one address: that of its start.

use faisceau_model::rows::{Account, Connection, Post};
use faisceau_model::{
    Absent, AccountKey, Maybe, Place, PostKind, RejectReason, Sink, SubscriberCategory,
};

use super::markup;
use super::site::{Site, id, maybe, required, text};
use crate::json::Flaw;
use crate::tables::cells::Cells;

/// Everybody who is not logged in.
const ANONYMOUS: &str = "1";
/// The type of robots and of the anonymous user.
const IGNORED: &str = "2";

fn member(cells: &dyn Cells, column: &str) -> Option<String> {
    id(cells, column).filter(|id| id != ANONYMOUS)
}

/// The words of a text, and the text as it stands where that differs.
fn written(cells: &dyn Cells, column: &str) -> (Maybe<String>, Maybe<String>) {
    let none = Maybe::Missing(Absent::NotApplicable);
    let raw = match maybe(cells, column) {
        Maybe::Known(raw) => raw,
        Maybe::Missing(reason) => return (Maybe::Missing(reason), none),
    };
    let words = markup::words(&raw, text(cells, "bbcode_uid").as_deref());
    if words == raw {
        return (Maybe::Known(raw), none);
    }
    // What holds only a quotation has no words of its author.
    (Maybe::text(&words, Absent::NotApplicable), Maybe::Known(raw))
}

/// A row of `phpbb_posts`.
pub(super) fn post(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let number = required(cells, "post_id")?;
    let name = text(cells, "post_username").map(|name| markup::decoded(&name));
    let account = match member(cells, "poster_id") {
        Some(id) => site.member(&id),
        None => site.guest(name.as_deref(), &format!("post-{number}")),
    };
    if let Some(name) = name.filter(|_| member(cells, "poster_id").is_none()) {
        let guest = Account {
            display_name: Maybe::Known(name),
            native_id: Maybe::Missing(Absent::NotApplicable),
            ..Account::new(site.exhibit, place, 0, account.clone())
        };
        site.show(guest, sink);
    }
    let post = Written {
        text: "post_text",
        time: "post_time",
        address: "poster_ip",
        request: "post",
        kind: PostKind::Public,
    };
    let row = Post {
        thread: maybe(cells, "topic_id"),
        content_id: Maybe::Known(number),
        ..Post::new(site.exhibit, place, 0, account)
    };
    post.give(row, cells, place, site, sink)
}

/// A row of `phpbb_privmsgs`.
pub(super) fn message(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let number = required(cells, "msg_id")?;
    let author = member(cells, "author_id")
        .ok_or_else(|| (RejectReason::MissingField, "`author_id` names no member".to_owned()))?;
    let message = Written {
        text: "message_text",
        time: "message_time",
        address: "author_ip",
        request: "private message",
        kind: PostKind::Private,
    };
    let root = id(cells, "root_level").unwrap_or_else(|| number.clone());
    let row = Post {
        target: addressees(cells, site),
        thread: Maybe::Known(format!("pm-{root}")),
        content_id: Maybe::Known(format!("pm-{number}")),
        ..Post::new(site.exhibit, place, 0, site.member(&author))
    };
    message.give(row, cells, place, site, sink)
}

/// The addressees, as account keys where they are users.
fn addressees(cells: &dyn Cells, site: &Site<'_>) -> Maybe<String> {
    let written: Vec<String> =
        ["to_address", "bcc_address"].iter().filter_map(|column| text(cells, column)).collect();
    let named: Vec<String> = written
        .iter()
        .flat_map(|list| list.split(':'))
        .map(|one| match one.strip_prefix("u_") {
            Some(id) => site.member(id).as_str().to_owned(),
            None => one.to_owned(),
        })
        .collect();
    Maybe::text(&named.join(" "), Absent::NotExported)
}

/// The columns in which posts and messages differ.
struct Written {
    text: &'static str,
    time: &'static str,
    address: &'static str,
    request: &'static str,
    kind: PostKind,
}

impl Written {
    fn give(
        &self,
        row: Post,
        cells: &dyn Cells,
        place: &Place,
        site: &mut Site<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let (at, at_raw) = Site::unix(text(cells, self.time))?;
        let (words, raw) = written(cells, self.text);
        let used = site.used(text(cells, self.address), self.address, place, 0);
        if let Some(used) = used {
            sink.connections(vec![Connection {
                account: Maybe::Known(row.account.clone()),
                at,
                at_raw: at_raw.clone(),
                request: Maybe::Known(self.request.to_owned()),
                ..used
            }]);
        }
        sink.post(Post { at, at_raw, text: words, text_raw: raw, kind: self.kind, ..row });
        Ok(())
    }
}

/// A row of `phpbb_users`.
pub(super) fn user(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let number = required(cells, "user_id")?;
    if number == ANONYMOUS || text(cells, "user_type").as_deref() == Some(IGNORED) {
        let detail = "the anonymous user or a robot";
        return Err((RejectReason::SetAside, detail.to_owned()));
    }
    let (created, created_raw) = Site::unix(text(cells, "user_regdate"))?;
    let account = site.member(&number);
    let name = maybe(cells, "username").map(|name| markup::decoded(&name));
    sink.account(Account {
        native_id: Maybe::Known(number),
        handle: name,
        created,
        created_raw: created_raw.clone(),
        ..Account::new(site.exhibit, place, 0, account.clone())
    });
    let birthday = text(cells, "user_birthday")
        .filter(|day| day.bytes().any(|b| b.is_ascii_digit() && b != b'0'));
    let jabber = text(cells, "user_jabber");
    let email = text(cells, "user_email");
    for (part, datum) in [
        (SubscriberCategory::Email, "user_email", email),
        (SubscriberCategory::Birth, "user_birthday", birthday),
        (SubscriberCategory::Identifier, "user_jabber", jabber),
    ]
    .into_iter()
    .enumerate()
    {
        site.declare(&account, place, part as u32, datum, sink);
    }
    if let Some(used) = site.used(text(cells, "user_ip"), "user_ip", place, 0) {
        sink.connections(vec![Connection {
            account: Maybe::Known(account),
            at: created,
            at_raw: created_raw,
            request: Maybe::Known("registration".to_owned()),
            ..used
        }]);
    }
    Ok(())
}

/// The columns of a table that holds uses of addresses and nothing else.
struct Use {
    user: &'static str,
    time: &'static str,
    address: &'static str,
    agent: Option<&'static str>,
    forwarded: Option<&'static str>,
}

impl Use {
    fn give(
        &self,
        request: String,
        account: Maybe<AccountKey>,
        cells: &dyn Cells,
        place: &Place,
        site: &mut Site<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let (at, at_raw) = Site::unix(text(cells, self.time))?;
        let address = required(cells, self.address)?;
        let used = site.used(Some(address), self.address, place, 0).ok_or_else(|| {
            (RejectReason::Address, format!("`{}` is not written as an address", self.address))
        })?;
        let cell = |column: Option<&'static str>| {
            column.map_or(Maybe::Missing(Absent::NotRecorded), |column| maybe(cells, column))
        };
        sink.connections(vec![Connection {
            account,
            at,
            at_raw,
            user_agent: cell(self.agent),
            forwarded: cell(self.forwarded),
            request: Maybe::Known(request),
            ..used
        }]);
        Ok(())
    }

    fn account(&self, cells: &dyn Cells, site: &Site<'_>) -> Maybe<AccountKey> {
        let id = member(cells, self.user);
        Maybe::or_absent(id.map(|id| site.member(&id)), Absent::NotApplicable)
    }
}

/// A row of `phpbb_sessions`.
pub(super) fn session(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let start = text(cells, "session_start").is_some_and(|start| start != "0");
    let session = Use {
        user: "session_user_id",
        time: if start { "session_start" } else { "session_time" },
        address: "session_ip",
        agent: Some("session_browser"),
        forwarded: Some("session_forwarded_for"),
    };
    let page = text(cells, "session_page").map_or_else(String::new, |page| format!(": {page}"));
    let account = session.account(cells, site);
    session.give(format!("session{page}"), account, cells, place, site, sink)
}

/// A row of `phpbb_sessions_keys`: a persistent log-in.
pub(super) fn key(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let key = Use {
        user: "user_id",
        time: "last_login",
        address: "last_ip",
        agent: None,
        forwarded: None,
    };
    let account = key.account(cells, site);
    key.give("persistent log-in".to_owned(), account, cells, place, site, sink)
}

/// A row of `phpbb_login_attempts`.
pub(super) fn attempt(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let attempt = Use {
        user: "user_id",
        time: "attempt_time",
        address: "attempt_ip",
        agent: Some("attempt_browser"),
        forwarded: Some("attempt_forwarded_for"),
    };
    let name = text(cells, "username").map_or_else(String::new, |name| format!(" for {name}"));
    let nobody = Maybe::Missing(Absent::NotApplicable);
    attempt.give(format!("failed log-in{name}"), nobody, cells, place, site, sink)
}

/// A row of `phpbb_log`.
pub(super) fn action(
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let action =
        Use { user: "user_id", time: "log_time", address: "log_ip", agent: None, forwarded: None };
    let operation = text(cells, "log_operation").unwrap_or_else(|| "action".to_owned());
    let account = action.account(cells, site);
    action.give(operation, account, cells, place, site, sink)
}
