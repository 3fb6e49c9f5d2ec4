//! Tests of patterns.

use proptest::prelude::*;

use super::*;

fn read(spec: &str, line: &str) -> Result<Vec<String>, Mismatch> {
    let found = Pattern::of(spec).read(line)?;
    Ok(found.0.iter().map(|(_, text)| (*text).to_owned()).collect())
}

const FAILED: &str = "Failed {word} for invalid user {user} from {ip} port {port} ssh2";

#[test]
fn a_name_that_holds_the_separators_does_not_move_the_address() {
    let forged = "Failed password for invalid user x from 10.0.0.1 port 1 ssh2 from 192.0.2.9 port 51234 ssh2";
    assert_eq!(
        read(FAILED, forged).unwrap(),
        ["x from 10.0.0.1 port 1 ssh2", "192.0.2.9", "51234"]
    );
}

#[test]
fn two_readings_are_no_reading() {
    let spec = "User {user} from {ip} not allowed because {rest}";
    let plain = "User root from 192.0.2.9 not allowed because not listed in AllowUsers";
    assert_eq!(read(spec, plain).unwrap(), ["root", "192.0.2.9"]);
    let forged = "User a from 10.0.0.1 not allowed because from 192.0.2.9 not allowed because x";
    assert_eq!(read(spec, forged), Err(Mismatch::TwoWays));
}

#[test]
fn readings_that_differ_in_nothing_kept_are_one() {
    assert_eq!(read("{text} {text} {ip}", "a b c 192.0.2.9").unwrap(), ["192.0.2.9"]);
}

#[test]
fn an_address_in_brackets_ends_by_itself() {
    let spec = "connect from {host}{peer}{rest}";
    assert_eq!(read(spec, "connect from unknown[192.0.2.9]").unwrap(), ["[192.0.2.9]"]);
    let spec = "lost connection after {text} from {word}";
    assert!(read(spec, "lost connection after AUTH from x").is_ok());
    assert_eq!(of_brackets("[2001:db8::1]:25"), Some(("2001:db8::1", Some("25"))));
    assert_eq!(of_brackets("[192.0.2.9]"), Some(("192.0.2.9", None)));
}

#[test]
fn a_line_of_separators_costs_a_bounded_number_of_steps() {
    let line = " ".repeat(60_000);
    assert_eq!(read("{a} {b} {c} {d} {e} x", &line), Err(Mismatch::Limit));
}

proptest! {
    #[test]
    fn any_text_ends(spec in "(\\{(user|ip|port|peer|word|x)\\}|[a \\[\\]:]){0,8}", line in "[a1 .:\\[\\]\"\\\\é-]{0,60}") {
        let _ = read(&spec, &line);
    }
}
