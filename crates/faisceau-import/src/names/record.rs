//! One resource record, in the presentation form that RFC 1035, section 5.1, gives it.
//!
//! In: name, type and data as a program wrote them, or a whole line. Out: a [`Record`]: names in
//! lower case without final dot, addresses in their canonical form, the strings of a TXT put
//! together (RFC 7208, section 3.3). Refused: an address that is none, a name with white space, with
//! characters that are not for showing, or longer than any name can be written.

use std::net::{Ipv4Addr, Ipv6Addr};

use faisceau_model::{RejectReason, excerpt, inert};

use super::kinds::is_type;
use crate::json::Flaw;

/// Longest name: 255 bytes, each written as `\DDD` at worst.
const LONGEST_NAME: usize = 1024;
/// Longest data: a message over TCP holds no more, each byte written as `\DDD` at worst.
const LONGEST_DATA: usize = 4 * 65_536;
/// Classes that a line can name.
const CLASSES: [&str; 4] = ["IN", "CH", "HS", "CS"];

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Of which name, in lower case and without final dot.
    pub(super) name: String,
    /// Type.
    pub(super) kind: String,
    /// How long it may be kept, in seconds.
    pub(super) ttl: Option<i64>,
    /// What it says.
    pub(super) data: String,
}

impl Record {
    /// A record from its parts.
    pub(super) fn new(name: &str, kind: &str, ttl: Option<i64>, data: &str) -> Result<Self, Flaw> {
        Ok(Self { name: owner(name)?, kind: type_of(kind)?, ttl, data: value(kind, data)? })
    }

    /// A record from a line: `name [TTL] [class] type data`, the middle two in either order.
    pub(super) fn of_line(line: &str) -> Result<Self, Flaw> {
        let (name, mut rest) = word(line);
        let mut ttl = None;
        let mut class = None;
        loop {
            let (next, after) = word(rest);
            match next.parse::<u32>() {
                Ok(seconds) if ttl.is_none() => ttl = Some(i64::from(seconds)),
                _ if class.is_none() && CLASSES.contains(&next) => class = Some(next),
                _ if is_type(next) && !after.is_empty() => {
                    return Self::new(name, next, ttl, after);
                }
                _ => return Err(no_record(line)),
            }
            rest = after;
        }
    }
}

/// The name and type that a line asks about: `name [class] type`.
pub(super) fn question_of_line(line: &str) -> Option<(String, String)> {
    let mut words = line.split_ascii_whitespace();
    let name = owner(words.next()?).ok()?;
    let next = words.next()?;
    let kind = if CLASSES.contains(&next) { words.next()? } else { next };
    (words.next().is_none()).then(|| Some((name, type_of(kind).ok()?)))?
}

/// A name in lower case without final dot; the root is `.`.
pub(super) fn owner(name: &str) -> Result<String, Flaw> {
    let name = name.trim();
    let odd = name.contains(char::is_whitespace) || inert(name) != name;
    if name.is_empty() || name.len() > LONGEST_NAME || odd {
        let detail = format!("not a name of the DNS: `{}`", excerpt(name, 40));
        return Err((RejectReason::Syntax, detail));
    }
    let bare = name.strip_suffix('.').filter(|bare| !bare.is_empty()).unwrap_or(name);
    Ok(bare.to_lowercase())
}

/// What is asked of a name where nothing says it: its PTR of a reverse name, its A of another.
pub(super) fn usual_type(name: &str) -> &'static str {
    let top = name.rsplit('.').next().unwrap_or_default();
    if top == "arpa" { "PTR" } else { "A" }
}

/// A type as a word of letters, digits and dashes.
pub(super) fn type_of(kind: &str) -> Result<String, Flaw> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    if kind.is_empty() || kind.len() > 16 || !kind.bytes().all(fits) {
        let detail = format!("not a type of record: `{}`", excerpt(kind, 40));
        return Err((RejectReason::Syntax, detail));
    }
    Ok(kind.to_ascii_uppercase())
}

fn value(kind: &str, data: &str) -> Result<String, Flaw> {
    let data = data.trim();
    if data.len() > LONGEST_DATA {
        return Err((RejectReason::Limit, "the data are longer than a message".to_owned()));
    }
    let no_address = || {
        let detail = format!("not an address of type {kind}: `{}`", excerpt(data, 40));
        (RejectReason::Address, detail)
    };
    match kind.to_ascii_uppercase().as_str() {
        "A" => data.parse::<Ipv4Addr>().map(|ip| ip.to_string()).map_err(|_| no_address()),
        "AAAA" => data.parse::<Ipv6Addr>().map(|ip| ip.to_string()).map_err(|_| no_address()),
        "PTR" | "CNAME" | "NS" | "DNAME" => owner(data),
        "TXT" | "SPF" if data.starts_with('"') => strings(data).ok_or_else(|| {
            (RejectReason::Syntax, "a string of the record does not end".to_owned())
        }),
        _ => Ok(data.to_owned()),
    }
}

/// The strings of a TXT, put together. `\"` and `\DDD` are escapes; a byte that is no ASCII stays
/// escaped, for nothing says its encoding.
fn strings(data: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = data.chars();
    let mut inside = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => inside = !inside,
            '\\' => {
                let next = chars.next()?;
                let code: String = std::iter::once(next).chain(chars.clone().take(2)).collect();
                match code.parse::<u8>() {
                    Ok(byte) if code.len() == 3 => {
                        chars.nth(1);
                        let printable = byte.is_ascii() && !byte.is_ascii_control();
                        let plain = printable.then(|| char::from(byte).to_string());
                        out.push_str(&plain.unwrap_or_else(|| format!("\\{code}")));
                    }
                    _ => out.push(next),
                }
            }
            _ if inside => out.push(c),
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    (!inside).then_some(out)
}

fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    (word, rest.trim_start())
}

fn no_record(line: &str) -> Flaw {
    let detail = format!("not a record, `name TTL class type data`: `{}`", excerpt(line, 60));
    (RejectReason::Syntax, detail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(line: &str) -> String {
        match Record::of_line(line) {
            Ok(Record { name, kind, ttl, data }) => format!("{name} {kind} {ttl:?} {data}"),
            Err((reason, _)) => reason.to_string(),
        }
    }

    #[test]
    fn lines_are_read_in_every_order() {
        for (line, expected) in [
            ("A.Example.\t3600\tIN\tA\t192.0.2.7", "a.example A Some(3600) 192.0.2.7"),
            ("a.example. IN 60 AAAA 2001:DB8:0::7", "a.example AAAA Some(60) 2001:db8::7"),
            ("7.2.0.192.in-addr.arpa. PTR A.Example.", "7.2.0.192.in-addr.arpa PTR None a.example"),
            (r#"x. 5 IN TXT "v=spf1 " "-\"all\059""#, r#"x TXT Some(5) v=spf1 -"all;"#),
            (r#"x. TXT "a\200b\009""#, r"x TXT None a\200b\009"),
            (". 5 IN NS a.root-servers.net.", ". NS Some(5) a.root-servers.net"),
            ("x. 5 IN A 192.0.2.999", "address"),
            ("x. 5 IN AAAA 192.0.2.9", "address"),
            (r#"x. 5 IN TXT "open"#, "syntax"),
            ("x. 5 6 A 192.0.2.9", "syntax"),
            ("x. A", "syntax"),
            ("x\u{202e}. 5 IN A 192.0.2.9", "syntax"),
            ("x. 5 IN PTR a\u{1b}[2J.", "syntax"),
            ("", "syntax"),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(line in "\\PC{0,80}", txt in "[\"\\\\0-9a é]{0,30}") {
            let _ = shown(&line);
            let _ = shown(&format!("x. TXT \"{txt}"));
            let _ = question_of_line(&line);
        }
    }
}
