//! What a message says of a client.
//!
//! In: a program and its message. Out: an address, a port, a user, and whether it was the user.
//! Set aside: programs that are not read, and messages that name no client. Refused: wordings that
//! are not known but name an address, so that a new version of a program is seen.

use std::net::IpAddr;

use faisceau_model::{Absent, AccountKey, Maybe, RejectReason};

use super::{Kind, dovecot, postfix, sshd};
use crate::json::Flaw;
use crate::logs::access::account_of;
use crate::logs::pattern::{Found, Mismatch, Pattern, Slot, of_brackets};
use crate::text::address::{self, endpoint};

/// What a client did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event<'l> {
    /// The address.
    pub(super) ip: IpAddr,
    /// As written.
    pub(super) written: &'l str,
    /// The port.
    pub(super) port: Maybe<i64>,
    /// The user who was authenticated, or why none is known.
    pub(super) user: Maybe<&'l str>,
}

/// What a wording says of the user that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The user was authenticated.
    Holder,
    /// Somebody gave that name, or none, and was not authenticated.
    Nobody,
}

/// A wording of a program.
pub(super) type Wording = (&'static str, Outcome);

/// The wordings of all programs, made ready once for each exhibit.
pub(super) struct Programs {
    ssh: Vec<(Pattern, Outcome)>,
    postfix: Vec<(Pattern, Outcome)>,
}

impl Programs {
    pub(super) fn new() -> Self {
        let ready = |wordings: &[Wording]| {
            wordings.iter().map(|(spec, outcome)| (Pattern::of(spec), *outcome)).collect()
        };
        Self { ssh: ready(&sshd::WORDINGS), postfix: ready(&postfix::WORDINGS) }
    }

    /// What a message says.
    pub(super) fn event<'l>(&self, program: &str, message: &'l str) -> Result<Event<'l>, Flaw> {
        match Kind::of(program) {
            Some(Kind::Ssh) if message.starts_with(sshd::OWN_ADDRESS) => {
                Err((RejectReason::SetAside, "the address of the server itself".to_owned()))
            }
            Some(Kind::Ssh) => worded(&self.ssh, sshd::core(message)),
            Some(Kind::Mail) if program.starts_with("postfix") => worded(&self.postfix, message),
            Some(Kind::Mail) => dovecot::event(message),
            None => Err((RejectReason::SetAside, "of a program that is not read".to_owned())),
        }
    }
}

fn worded<'l>(wordings: &[(Pattern, Outcome)], message: &'l str) -> Result<Event<'l>, Flaw> {
    for (pattern, outcome) in wordings {
        match pattern.read(message) {
            Ok(found) => return Event::of(&found, *outcome),
            Err(Mismatch::Other) => {}
            Err(mismatch) => return Err(mismatch.flaw("")),
        }
    }
    Err(unknown(message))
}

/// A message of no known wording.
pub(super) fn unknown(message: &str) -> Flaw {
    let names_address = message
        .split([' ', '[', ']', '(', ')', ',', '=', ';', '<', '>'])
        .any(|word| endpoint(word.trim_end_matches(['.', ':'])).is_some());
    if names_address {
        let detail = "a message with an address, in a wording that is not known";
        (RejectReason::Syntax, detail.to_owned())
    } else {
        (RejectReason::SetAside, "a message that names no client".to_owned())
    }
}

impl<'l> Event<'l> {
    /// The event of the values of a message.
    pub(super) fn of(found: &Found<'l>, outcome: Outcome) -> Result<Self, Flaw> {
        let bracketed = found.get(Slot::Bracketed).and_then(of_brackets);
        let (written, beside) = match (bracketed, found.get(Slot::Address)) {
            (Some(bracketed), _) => bracketed,
            (None, Some(address)) => (address, found.get(Slot::Port)),
            (None, None) => {
                return Err((RejectReason::SetAside, "a message that names no client".to_owned()));
            }
        };
        // Dual-stack sockets and mail programs put marks before an address.
        let plain = written.strip_prefix("IPv6:").unwrap_or(written);
        let (ip, _) = endpoint(plain).ok_or_else(|| {
            (RejectReason::Address, "the client is not written as an address".to_owned())
        })?;
        let port = beside.map_or(Maybe::Missing(Absent::NotRecorded), |text| {
            Maybe::or_absent(address::port(text).map(i64::from), Absent::Unreadable)
        });
        let user = match (outcome, found.get(Slot::User)) {
            (Outcome::Holder, Some(user)) => Maybe::Known(user),
            (Outcome::Nobody, Some(_)) => Maybe::Missing(Absent::NotApplicable),
            (_, None) => Maybe::Missing(Absent::NotRecorded),
        };
        Ok(Self { ip, written, port, user })
    }

    /// The account that used the address, if the message says so.
    pub(super) fn account(&self, service: &str) -> Maybe<AccountKey> {
        account_of(service, self.user, "")
    }
}
