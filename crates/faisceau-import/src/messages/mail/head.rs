//! Telling a mail by its headers, and finding where they start.
//!
//! In: the first bytes of an exhibit. Out: whether it is a mail, and the byte of its first header.
//! Refused: archives and databases that hold mails, lines of access logs.
//!
//! A sender must not be able to hide his mail by a line that breaks the rules: lines that are no
//! header are passed over. What a mail is told by are two headers of different names before the
//! first empty line, one of which only mails have.
//!
//! Trap: a visitor of a site can choose the virtual host that starts a line of an access log, so
//! that `From:` may start it.

use crate::logs;

/// Headers of a mail, and whether a letter or a note would not have them by chance.
const KNOWN: [(&str, bool); 12] = [
    ("Received", true),
    ("From", true),
    ("Return-Path", true),
    ("Delivered-To", true),
    ("Message-ID", true),
    ("MIME-Version", true),
    ("To", false),
    ("Date", false),
    ("Subject", false),
    ("DKIM-Signature", false),
    ("Reply-To", false),
    ("X-Originating-IP", false),
];

/// Whether the head is of a mail.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let (mut names, mut telling, mut servers) = (0_u32, false, 0);
    let mut lines = head[after_blank(head)..].split(|&b| b == b'\n').peekable();
    // A NUL before the first line end is the mark of a container, stored mails and all.
    if lines.peek().is_some_and(|first| first.contains(&0)) {
        return false;
    }
    for (index, line) in lines.enumerate() {
        if line.is_empty() || line == b"\r" {
            break;
        }
        let continues = index > 0 && matches!(line[0], b' ' | b'\t');
        if let Some(known) = known(line).filter(|_| !continues) {
            names |= 1 << known;
            telling |= KNOWN[known].1;
            servers += usize::from(known == 0);
        }
    }
    // Mails pass several servers; no other header comes twice.
    telling && (names.count_ones() >= 2 || servers >= 2)
}

/// The position in [`KNOWN`] of the header that a line starts with.
fn known(line: &[u8]) -> Option<usize> {
    let name = line[..memchr::memchr(b':', line)?].trim_ascii_end();
    let known = KNOWN.iter().position(|(n, _)| name.eq_ignore_ascii_case(n.as_bytes()))?;
    (!logs::access::sniff(line)).then_some(known)
}

/// Where the headers start: after a byte order mark, empty lines, and lines without a colon.
pub(super) fn start(raw: &[u8]) -> usize {
    let mut at = after_blank(raw);
    while let Some(line) = raw[at..].split_inclusive(|&b| b == b'\n').next() {
        let end_of_headers = matches!(line, b"\n" | b"\r\n");
        if end_of_headers || line.contains(&b':') {
            break;
        }
        at += line.len();
    }
    at
}

/// The first byte after a byte order mark and the empty lines at the start.
pub(in crate::messages) fn after_blank(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    while let Some(line) = bytes[at..].split_inclusive(|&b| b == b'\n').next() {
        if !line.ends_with(b"\n") || !line.iter().all(u8::is_ascii_whitespace) {
            break;
        }
        at += line.len();
    }
    at
}
