//! What syslog puts before a message.
//!
//! In: a line. Out: time, program, message. Refused: a line without time or without program.

use crate::logs::stamp::{self, Stamp};

/// A line of a system log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame<'l> {
    /// The time as written.
    pub(super) time: &'l str,
    /// The time.
    pub(super) stamp: Stamp,
    /// The program, without its process number.
    pub(super) program: &'l str,
    /// What it said.
    pub(super) message: &'l str,
}

impl<'l> Frame<'l> {
    /// The parts of a line.
    pub(super) fn of(line: &'l str) -> Option<Self> {
        match priority(line) {
            Some(rest) => rest.strip_prefix("1 ").map_or_else(|| Self::bsd(rest), Self::rfc5424),
            None => Self::bsd(line),
        }
    }

    /// `time host program[pid]: message`; a program that writes its own file names no host.
    fn bsd(line: &'l str) -> Option<Self> {
        let (time, stamp, rest) = stamp::leading(line)?;
        let rest = rest.trim_start_matches(' ');
        let (first, after) = rest.split_once(' ')?;
        let (tag, message) = if let Some(tag) = first.strip_suffix(':') {
            (tag, after)
        } else {
            let (tag, message) = after.trim_start_matches(' ').split_once(' ')?;
            (tag.strip_suffix(':')?, message)
        };
        let program = tag.split_once('[').map_or(tag, |(program, _)| program);
        let message = message.trim_start_matches(' ');
        (!program.is_empty()).then_some(Self { time, stamp, program, message })
    }

    /// `time host program pid message-id structured-data message`.
    fn rfc5424(line: &'l str) -> Option<Self> {
        let (time, stamp, rest) = stamp::leading(line)?;
        let mut words = rest.trim_start().splitn(5, ' ');
        let (_host, program) = (words.next()?, words.next()?);
        let (_pid, _id) = (words.next()?, words.next()?);
        let message = after_structured_data(words.next()?)?;
        let message = message.trim_start_matches(['\u{feff}', ' ']);
        Some(Self { time, stamp, program, message })
    }
}

/// What follows `<38>`.
fn priority(line: &str) -> Option<&str> {
    let (number, rest) = line.strip_prefix('<')?.split_once('>')?;
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    digits.then_some(rest)
}

/// What follows `-` or `[id name="value"]…`.
fn after_structured_data(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('-') {
        return Some(rest);
    }
    let bytes = text.as_bytes();
    let (mut at, mut quoted) = (0, false);
    if bytes.first() != Some(&b'[') {
        return None;
    }
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b']' if !quoted && bytes.get(at + 1) != Some(&b'[') => return text.get(at + 1..),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(line: &str) -> String {
        Frame::of(line).map_or("none".to_owned(), |frame| {
            format!("{}|{}|{}", frame.time, frame.program, frame.message)
        })
    }

    #[test]
    fn lines_of_each_layout() {
        for (line, expected) in [
            ("Feb 12 14:10:21 h sshd[1]:  Invalid user", "Feb 12 14:10:21|sshd|Invalid user"),
            ("<38>Feb 12 14:10:21 h sshd: x y", "Feb 12 14:10:21|sshd|x y"),
            (
                "<38>1 2022-01-19T14:23:55+00:00 h sshd 44255 - [m a=\"]\\\"\" b][n] Invalid user",
                "2022-01-19T14:23:55+00:00|sshd|Invalid user",
            ),
            (
                "<38>1 2022-01-19T14:23:55Z h sshd - - - \u{feff}Invalid user",
                "2022-01-19T14:23:55Z|sshd|Invalid user",
            ),
            (
                "2024-10-31T12:38:21.817327+00:00 m postfix/submission/smtpd[26]: warning: x",
                "2024-10-31T12:38:21.817327+00:00|postfix/submission/smtpd|warning: x",
            ),
            (
                "Mar 01 14:05:12 imap-login: Info: Login: user=<a>",
                "Mar 01 14:05:12|imap-login|Info: Login: user=<a>",
            ),
            ("Feb 12 14:10:21 h last message repeated 2 times", "none"),
            ("<1>1 2022-01-19T14:23:55Z h sshd 1 - [open", "none"),
            ("hello world", "none"),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(line in "(<38>1? ?|Feb 12 14:10:21 |2022-01-19T14:23:55Z |[a\\[\\]\"\\\\: é-]){0,12}") {
            let _ = Frame::of(&line);
        }
    }
}
