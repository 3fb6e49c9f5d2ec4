//! The directives of Apache's `LogFormat`.
//!
//! In: the text of the directive, with or without the backslashes that the configuration puts
//! before quotes. Out: its parts. Letters from the documentation of `mod_log_config` and
//! `mod_logio` of httpd 2.4; what `%{remote}p` is, from the source of httpd.

use super::template::Part;
use crate::logs::pattern::{Shape, Slot};

/// The parts of a format.
pub(super) fn parts(format: &str) -> Result<Vec<Part>, String> {
    let format = format.replace("\\\"", "\"").replace("\\t", "\t");
    // With the address of the connection beside that of the client, the port is the connection's.
    let peer = format.contains("%{c}a");
    let (mut parts, mut rest) = (Vec::new(), format.as_str());
    while let Some((text, after)) = rest.split_once('%') {
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        if let Some(after) = after.strip_prefix('%') {
            parts.push(Part::Text("%".to_owned()));
            rest = after;
            continue;
        }
        // Conditions on the status, and which of the redirected requests is meant.
        let after = after
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '!' | ',' | '<' | '>'));
        let (argument, after) = match after.strip_prefix('{') {
            Some(inside) => inside
                .split_once('}')
                .map(|(argument, after)| (Some(argument), after))
                .ok_or_else(|| "has a `%{` that is not closed".to_owned())?,
            None => (None, after),
        };
        let len = if after.starts_with('^') { 3 } else { 1 };
        let letter = after
            .get(..len)
            .filter(|letter| letter.is_ascii())
            .ok_or_else(|| "ends with a `%`".to_owned())?;
        push(&mut parts, letter, argument, peer)?;
        rest = after.get(len..).unwrap_or_default();
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

fn push(
    parts: &mut Vec<Part>,
    letter: &str,
    argument: Option<&str>,
    peer: bool,
) -> Result<(), String> {
    let written = match argument {
        Some(argument) => format!("%{{{argument}}}{letter}"),
        None => format!("%{letter}"),
    };
    let known = |slot, shape| Part::Value(written.clone(), Some(slot), shape);
    let dropped = |shape| Part::Value(written.clone(), None, shape);
    let part = match (letter, argument) {
        ("a", Some("c")) => known(Slot::Peer, Shape::Host),
        ("a" | "h", _) => known(Slot::Address, Shape::Host),
        ("p", Some("remote")) if peer => known(Slot::PeerPort, Shape::Digits),
        ("p", Some("remote")) => known(Slot::Port, Shape::Digits),
        ("u", _) => known(Slot::User, Shape::Quoted),
        ("t", None) => {
            parts.push(Part::Text("[".to_owned()));
            parts.push(known(Slot::LocalTime, Shape::LocalTime));
            Part::Text("]".to_owned())
        }
        ("t", Some(argument)) => time(argument),
        ("r", _) => known(Slot::Request, Shape::Quoted),
        ("m", _) => known(Slot::Method, Shape::Word),
        ("U", _) => known(Slot::Uri, Shape::Quoted),
        ("q", _) => known(Slot::Query, Shape::Quoted),
        ("s", _) => known(Slot::Status, Shape::Digits),
        ("b" | "B" | "O", _) => known(Slot::Bytes, Shape::Digits),
        ("i", Some(header)) => match header.to_ascii_lowercase().as_str() {
            "user-agent" => known(Slot::Agent, Shape::Quoted),
            "referer" => known(Slot::Referer, Shape::Quoted),
            "x-forwarded-for" | "forwarded" => known(Slot::Forwarded, Shape::Quoted),
            "cf-connecting-ip" | "true-client-ip" | "x-real-ip" | "fastly-client-ip" => {
                known(Slot::NamedClient, Shape::Quoted)
            }
            _ => dropped(Shape::Quoted),
        },
        ("H", _) => known(Slot::Protocol, Shape::Word),
        ("l" | "v" | "V" | "A" | "D" | "T" | "I" | "S" | "k" | "P" | "p" | "X" | "L" | "R", _) => {
            dropped(Shape::Word)
        }
        ("C" | "e" | "f" | "n" | "o" | "i" | "x" | "^FB" | "^FU", _) => dropped(Shape::Quoted),
        (letter, _) if letter.starts_with('^') => dropped(Shape::Quoted),
        _ => return Err(format!("has a directive that Apache does not have: `{written}`")),
    };
    parts.push(part);
    Ok(())
}

/// `%{…}t`: `strftime`, or one of the words of Apache.
fn time(argument: &str) -> Part {
    let inside = argument
        .strip_prefix("begin:")
        .or_else(|| argument.strip_prefix("end:"))
        .unwrap_or(argument);
    let unix = |slot| Part::Value(format!("%{{{argument}}}t"), Some(slot), Shape::Number);
    match inside {
        "sec" | "msec" | "usec" => unix(Slot::UnixTime),
        "msec_frac" => Part::Time("%3f".to_owned()),
        "usec_frac" => Part::Time("%6f".to_owned()),
        pattern => Part::Time(pattern.to_owned()),
    }
}
