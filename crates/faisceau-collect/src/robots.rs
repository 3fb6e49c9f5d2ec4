//! What a site asks of machines: the Robots Exclusion Protocol (RFC 9309).
//!
//! In: the bytes of a `robots.txt`, then a product token and a path. Out: whether the path may be
//! read, and the line that says so. Nothing is refused: lines that say nothing are counted, what is
//! beyond the limit is dropped by whole lines. The work is linear in the file times the path.

use std::time::Duration;

mod pattern;

use pattern::{Pattern, Target};

/// RFC 9309, section 2.5: a parser reads at least so many bytes.
pub const LIMIT: usize = 500 * 1024;
/// What is always allowed (section 2.2.2).
const ITSELF: &str = "/robots.txt";
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The rules of a site. The default has none, as a site whose file is absent (section 2.3.1.3).
#[derive(Debug, Clone, Default)]
pub struct Robots {
    groups: Vec<Group>,
    closed: bool,
    /// Lines that are neither empty nor a comment nor read: unknown fields, rules of no group,
    /// patterns that can match no path.
    pub ignored: u64,
    /// Whether the file was longer than the limit.
    pub cut: bool,
}

/// Whether a path may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it may.
    pub allowed: bool,
    /// The line of the rule that decided, from 1; none where no rule matches.
    pub line: Option<u64>,
}

#[derive(Debug, Clone, Default)]
struct Group {
    agents: Vec<Agent>,
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Agent {
    Any,
    /// In lower case.
    Named(Vec<u8>),
}

#[derive(Debug, Clone)]
struct Rule {
    allows: bool,
    pattern: Pattern,
    line: u64,
}

/// The product token that a text begins with, in lower case (section 2.2.1).
fn token(text: &[u8]) -> Vec<u8> {
    let signs = text.iter().take_while(|sign| sign.is_ascii_alphabetic() || b"_-".contains(sign));
    signs.map(u8::to_ascii_lowercase).collect()
}

/// Lines with their numbers, whatever ends them: CR LF, LF or CR.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let mut rest = Some(bytes);
    let lines = std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = memchr::memchr2(b'\r', b'\n', text) else {
            rest = None;
            return Some(text);
        };
        let (line, after) = text.split_at(end);
        let after = after.strip_prefix(b"\r\n").or_else(|| after.get(1..));
        rest = after;
        Some(line)
    });
    (1..).zip(lines)
}

/// Field and value of a line without its comment.
fn field(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = line.split_at(colon);
    Some((name.trim_ascii().to_ascii_lowercase(), value.get(1..)?.trim_ascii()))
}

impl Robots {
    /// Reads a file, up to a limit in bytes ([`LIMIT`]).
    pub fn parse(bytes: &[u8], limit: usize) -> Self {
        let mut robots = Self { cut: bytes.len() > limit, ..Self::default() };
        let mut bytes = bytes.get(..limit).unwrap_or(bytes);
        if robots.cut {
            // Half a line would be another rule.
            let end = memchr::memrchr2(b'\r', b'\n', bytes).unwrap_or(0);
            bytes = bytes.get(..end).unwrap_or_default();
        }
        let mut naming = false;
        for (number, line) in lines(bytes.strip_prefix(BOM).unwrap_or(bytes)) {
            let line = line.split(|sign| *sign == b'#').next().unwrap_or_default().trim_ascii();
            if !line.is_empty() && !robots.read(line, number, &mut naming) {
                robots.ignored += 1;
            }
        }
        robots
    }

    /// A site that does not say what it asks, because it fails: nothing is read (section 2.3.1.4).
    pub fn unreachable() -> Self {
        Self { closed: true, ..Self::default() }
    }

    /// Reads one line; `naming` says that the line before named who is meant.
    fn read(&mut self, line: &[u8], number: u64, naming: &mut bool) -> bool {
        let Some((name, value)) = field(line) else { return false };
        if name == b"user-agent" {
            if !*naming {
                self.groups.push(Group::default());
            }
            *naming = true;
            let any = value.split(u8::is_ascii_whitespace).next() == Some(b"*");
            let agent = if any { Agent::Any } else { Agent::Named(token(value)) };
            // Who has no token is nobody, but the group is still another one.
            let known = agent != Agent::Named(Vec::new());
            if let (true, Some(group)) = (known, self.groups.last_mut()) {
                group.agents.push(agent);
            }
            return known;
        }
        let Some(group) = self.groups.last_mut() else { return false };
        let allows = match name.as_slice() {
            b"allow" => true,
            b"disallow" => false,
            b"crawl-delay" => {
                let delay = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                let delay = delay.and_then(|delay| Duration::try_from_secs_f64(delay).ok());
                group.delay = group.delay.max(delay);
                return delay.is_some();
            }
            // Other records do not end a group, nor the naming (section 2.2.4).
            _ => return false,
        };
        *naming = false;
        if value.is_empty() {
            return true;
        }
        let Some(pattern) = Pattern::new(value) else { return false };
        group.rules.push(Rule { allows, pattern, line: number });
        true
    }

    /// The groups that mean a product; those that mean anybody, where none does.
    fn groups(&self, product_token: &str) -> impl Iterator<Item = &Group> {
        let named = Agent::Named(token(product_token.as_bytes()));
        let known = self.groups.iter().any(|group| group.agents.contains(&named));
        let wanted = if known { named } else { Agent::Any };
        self.groups.iter().filter(move |group| group.agents.contains(&wanted))
    }

    /// Whether a product may read a path with its query. The longest pattern decides; of two that
    /// are as long, the one that allows.
    pub fn allows(&self, product_token: &str, path: &str) -> Verdict {
        if path == ITSELF {
            return Verdict { allowed: true, line: None };
        }
        if self.closed {
            return Verdict { allowed: false, line: None };
        }
        let target = Target::new(path);
        let mut best: Option<(usize, &Rule)> = None;
        for rule in self.groups(product_token).flat_map(|group| &group.rules) {
            let weight = |length, rule: &Rule| (length, rule.allows);
            let length = rule.pattern.length();
            let better =
                best.is_none_or(|(most, found)| weight(length, rule) > weight(most, found));
            if better && rule.pattern.matches(&target) {
                best = Some((length, rule));
            }
        }
        best.map_or(Verdict { allowed: true, line: None }, |(_, rule)| Verdict {
            allowed: rule.allows,
            line: Some(rule.line),
        })
    }

    /// How long a product is asked to wait between two requests: no part of the RFC, the longest
    /// that is said to it.
    pub fn crawl_delay(&self, product_token: &str) -> Option<Duration> {
        self.groups(product_token).filter_map(|group| group.delay).max()
    }
}

#[cfg(test)]
mod tests;
