//! The wordings of OpenSSH's `sshd` (from 9.8 on also `sshd-session` and `sshd-auth`).
//!
//! `{user}` may be anything that somebody typed, and is therefore always closed by what the server
//! writes after it. A wording that does not tell whether the user was authenticated binds nobody.

use super::event::Outcome::{Holder, Nobody};
use super::event::Wording;

/// A message with an address that is not a client's.
pub(super) const OWN_ADDRESS: &str = "Server listening on ";

/// The wordings, after [`core`].
pub(super) static WORDINGS: [Wording; 62] = [
    ("Accepted {word} for {user} from {ip} port {port} ssh2", Holder),
    ("Accepted {word} for {user} from {ip} port {port} ssh2: {rest}", Holder),
    ("Accepted {word} for {user} from {ip} port {port}  ssh2", Holder),
    ("Accepted {word} for {user} from {ip} port {port}", Holder),
    ("Starting session: {text} for {user} from {ip} port {port} id {n}", Holder),
    ("Close session: user {user} from {ip} port {port} id {n}", Holder),
    ("Disconnected from user {user} {ip} port {port}", Holder),
    ("Connection closed by user {user} {ip} port {port}", Holder),
    ("Failed {word} for invalid user {user} from {ip} port {port} ssh2", Nobody),
    ("Failed {word} for invalid user {user} from {ip} port {port} ssh2: {rest}", Nobody),
    ("Failed {word} for {user} from {ip} port {port} ssh2", Nobody),
    ("Failed {word} for {user} from {ip} port {port} ssh2: {rest}", Nobody),
    ("Failed {word} for {user} from {ip} port {port}", Nobody),
    ("Failed {word} for {user} from {ip}", Nobody),
    ("Postponed {word} for {user} from {ip} port {port} ssh2", Nobody),
    ("Partial {word} for {user} from {ip} port {port} ssh2", Nobody),
    ("Invalid user {user} from {ip} port {port}", Nobody),
    ("Invalid user {user} from {ip}", Nobody),
    ("Illegal user {user} from {ip}", Nobody),
    ("User {user} from {ip} not allowed because {rest}", Nobody),
    ("ROOT LOGIN REFUSED FROM {ip} port {port}", Nobody),
    ("ROOT LOGIN REFUSED FROM {ip}", Nobody),
    (
        "maximum authentication attempts exceeded for invalid user {user} from {ip} port {port} ssh2",
        Nobody,
    ),
    ("maximum authentication attempts exceeded for {user} from {ip} port {port} ssh2", Nobody),
    ("PAM: {text} for illegal user {user} from {ip}", Nobody),
    ("PAM: {text} for {user} from {ip}", Nobody),
    ("pam_{word} authentication failure; logname={text} rhost={ip} user={user}", Nobody),
    ("pam_{word} authentication failure; logname={text} rhost={ip}  user={user}", Nobody),
    ("pam_{word} authentication failure; logname={text} rhost={ip}", Nobody),
    ("PAM {n} more authentication {word} logname={text} rhost={ip} user={user}", Nobody),
    ("PAM {n} more authentication {word} logname={text} rhost={ip}  user={user}", Nobody),
    ("PAM {n} more authentication {word} logname={text} rhost={ip}", Nobody),
    ("Connection closed by invalid user {user} {ip} port {port}", Nobody),
    ("Connection closed by authenticating user {user} {ip} port {port}", Nobody),
    ("Connection reset by invalid user {user} {ip} port {port}", Nobody),
    ("Connection reset by authenticating user {user} {ip} port {port}", Nobody),
    ("Connection reset by user {user} {ip} port {port}", Nobody),
    ("Disconnected from invalid user {user} {ip} port {port}", Nobody),
    ("Disconnected from authenticating user {user} {ip} port {port}", Nobody),
    ("Disconnecting invalid user {user} {ip} port {port}: {rest}", Nobody),
    ("Disconnecting authenticating user {user} {ip} port {port}: {rest}", Nobody),
    ("Connection from invalid user {user} {ip} port {port}: {rest}", Nobody),
    ("Connection from authenticating user {user} {ip} port {port}: {rest}", Nobody),
    ("Connection closed by {ip} port {port}", Nobody),
    ("Connection reset by {ip} port {port}", Nobody),
    ("Disconnected from {ip} port {port}", Nobody),
    ("Disconnecting {ip} port {port}: {rest}", Nobody),
    ("Received disconnect from {ip} port {port}:{rest}", Nobody),
    ("Received disconnect from {ip}: {rest}", Nobody),
    ("Connection from {ip} port {port} on {rest}", Nobody),
    ("Connection from {ip} port {port}", Nobody),
    ("Connection from {ip} port {port}: {rest}", Nobody),
    ("Connection from user {user} {ip} port {port}: {rest}", Nobody),
    ("Did not receive identification string from {ip} port {port}", Nobody),
    ("Did not receive identification string from {ip}", Nobody),
    ("Unable to negotiate with {ip} port {port}: {rest}", Nobody),
    ("Bad protocol version identification {text} from {ip} port {port}", Nobody),
    ("Timeout before authentication for {ip} port {port}", Nobody),
    ("Timeout before authentication for connection from {ip} to {rest}", Nobody),
    ("Magic value check failed ({n}) on obfuscated handshake from {ip} port {port}", Nobody),
    ("refused connect from {text} ({ip})", Nobody),
    ("reverse mapping checking getaddrinfo for {word} [{ip}] failed{rest}", Nobody),
];

/// A message without what stands round its wording: levels and functions before it, the phase
/// after it.
pub(super) fn core(message: &str) -> &str {
    let mut core = message.trim();
    core = core.strip_suffix(" [preauth]").unwrap_or(core).trim_end();
    for before in ["error: ", "fatal: ", "banner exchange: ", "ssh_dispatch_run_fatal: "] {
        core = core.strip_prefix(before).unwrap_or(core);
    }
    core
}
