//! The wordings of Postfix: `smtpd` and its relatives, `postscreen`.
//!
//! A client is `name[address]`, with `:port` after it where `smtpd_client_port_logging` is on. The
//! name comes from the DNS of the client and holds neither space nor bracket. What the client says
//! (HELO, addresses) stands after it, and is left in the message.

use super::event::Outcome::{Holder, Nobody};
use super::event::Wording;

/// The wordings.
pub(super) static WORDINGS: [Wording; 32] = [
    ("{word}: client={host}{peer}, sasl_method={word}, sasl_username={name}", Holder),
    ("{word}: client={host}{peer}, sasl_method={word}, sasl_username={name}, {rest}", Holder),
    ("{word}: client={host}{peer}", Nobody),
    ("{word}: client={host}{peer}, {rest}", Nobody),
    ("connect from {host}{peer}", Nobody),
    ("disconnect from {host}{peer}", Nobody),
    ("disconnect from {host}{peer} {rest}", Nobody),
    ("lost connection after {what} from {host}{peer}", Nobody),
    ("timeout after {what} from {host}{peer}", Nobody),
    ("too many errors after {what} from {host}{peer}", Nobody),
    ("improper command pipelining after {word} from {host}{peer}: {rest}", Nobody),
    ("improper command pipelining after {word} from {host}{peer}", Nobody),
    ("SSL_accept error from {host}{peer}: {rest}", Nobody),
    ("setting up TLS connection from {host}{peer}", Nobody),
    ("{word} TLS connection established from {host}{peer}: {rest}", Nobody),
    ("{word}: reject: {word} from {host}{peer}: {rest}", Nobody),
    ("{word}: reject_warning: {word} from {host}{peer}: {rest}", Nobody),
    ("{word}: milter-reject: {word} from {host}{peer}: {rest}", Nobody),
    ("{word}: filter: {word} from {host}{peer}: {rest}", Nobody),
    ("{word}: discard: {word} from {host}{peer}: {rest}", Nobody),
    ("{word}: hold: {word} from {host}{peer}: {rest}", Nobody),
    ("{word}: warn: {word} from {host}{peer}: {rest}", Nobody),
    ("warning: non-SMTP command from {host}{peer}: {rest}", Nobody),
    ("warning: {host}{peer}: SASL {word} authentication failed: {rest}", Nobody),
    ("warning: {host}{peer}: SASL {word} authentication failed", Nobody),
    ("warning: {word} connection {word} limit exceeded: {n} from {host}{peer} for {rest}", Nobody),
    ("CONNECT from {peer} to {rest}", Nobody),
    ("{word}: reject: {word} from {peer}: {rest}", Nobody),
    ("HANGUP after {n} from {peer} {rest}", Nobody),
    ("PREGREET {n} after {n} from {peer}: {rest}", Nobody),
    ("DISCONNECT {peer}", Nobody),
    ("PASS {word} {peer}", Nobody),
];
