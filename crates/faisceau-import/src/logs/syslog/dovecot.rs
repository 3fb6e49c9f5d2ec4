//! The messages of Dovecot's log-in processes: `imap-login: Login: user=<ann>, method=PLAIN,
//! rip=192.0.2.7, lip=198.51.100.1, mpid=1, TLS, session=<…>`.
//!
//! The elements are those of `login_log_format_elements`, in any order and number: `user`,
//! `method`, `rip`, `rport` where the administrator asks for it, `lip`, `lport`, `session`.

use faisceau_model::RejectReason;

use super::event::{Event, Outcome, unknown};
use crate::json::Flaw;
use crate::logs::pattern::{Found, Slot};

/// The processes that a client speaks to.
const LOGINS: [&str; 5] =
    ["imap-login", "pop3-login", "managesieve-login", "submission-login", "lmtp"];

/// Whether a program of this name writes such messages.
pub(super) fn is_program(program: &str) -> bool {
    program == "dovecot" || LOGINS.contains(&program)
}

/// What a message says.
pub(super) fn event(message: &str) -> Result<Event<'_>, Flaw> {
    let mut rest = message;
    for before in LOGINS.iter().chain(&["Info", "Warning", "Error"]) {
        rest = rest.strip_prefix(before).and_then(|after| after.strip_prefix(": ")).unwrap_or(rest);
    }
    let Some((event, elements)) = rest.split_once(": user=<") else { return Err(unknown(message)) };
    let Some((user, elements)) = elements.split_once(">, ") else { return Err(unknown(message)) };
    let one = |name: &str| {
        let mut values = elements
            .split(", ")
            .filter_map(|element| element.strip_prefix(name)?.strip_prefix('='));
        let value = values.next();
        if values.next().is_some() {
            let detail = format!("`{name}` stands twice: a value holds the separators of the log");
            return Err((RejectReason::Syntax, detail));
        }
        Ok(value)
    };
    let mut found = Found::default();
    found.0.extend(one("rip")?.map(|ip| (Slot::Address, ip)));
    found.0.extend(one("rport")?.map(|port| (Slot::Port, port)));
    found.0.extend(Some(user).filter(|user| !user.is_empty()).map(|user| (Slot::User, user)));
    if found.get(Slot::Address).is_none() {
        return Err(unknown(message));
    }
    Event::of(&found, if event == "Login" { Outcome::Holder } else { Outcome::Nobody })
}
