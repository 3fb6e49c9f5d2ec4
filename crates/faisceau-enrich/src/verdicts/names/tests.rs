//! Small worlds of names, by the row.

use faisceau_model::{ExhibitNo, Place, RowId};

use super::*;

fn at(text: &str) -> Maybe<Moment> {
    Maybe::or_absent(Moment::from_rfc3339(text), Absent::NotRecorded)
}

fn row(number: u64, name: &str, kind: &str, value: &str, asked: &str) -> Name {
    let place = Place::Line { number, byte: number };
    let none = Maybe::Missing(Absent::NoData);
    Name {
        id: RowId::at("nam", ExhibitNo::top(9), &place, 0),
        exhibit: ExhibitNo::top(9),
        place,
        service: if kind == "ip network" { "rdap" } else { "dns" }.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        value: Maybe::text(value, Absent::NoData),
        range: Maybe::Missing(Absent::NotApplicable),
        country: none,
        changed: Maybe::Missing(Absent::NotApplicable),
        ttl: Maybe::Missing(Absent::NotApplicable),
        status: Maybe::Known(if value.is_empty() { "NXDOMAIN" } else { "NOERROR" }.to_owned()),
        authenticated: Maybe::Known(false),
        dnssec: Maybe::Missing(faisceau_model::Absent::NotRecorded),
        resolver: Maybe::Missing(Absent::NotRecorded),
        asked: at(asked),
        asked_raw: Maybe::Missing(Absent::NotRecorded),
    }
}

fn shown(names: &[Name], ip: &str, when: &str, line: Option<LineReader>) -> Vec<String> {
    let mut out = Vec::new();
    let asked = Asked { ip: ip.parse().unwrap(), port: None, at: at(when) };
    add(&asked, &Index::of(names), line, &mut out);
    let one = |answer: &Answer| {
        let value = answer.value.known().map_or("-", String::as_str);
        let days = answer.days.known().map_or_else(|| "-".to_owned(), ToString::to_string);
        let notes = answer.notes.join(" ");
        format!("{} {} {value} {days}d: {notes}", answer.question, answer.listing)
    };
    out.iter().map(one).collect()
}

const REVERSE: &str = "7.2.0.192.in-addr.arpa";
const EVENT: &str = "2026-03-01T12:00:00Z";

#[test]
fn an_address_that_nobody_asked_about_has_no_answer() {
    let names = [row(1, REVERSE, "PTR", "a.example", EVENT)];
    assert!(shown(&names, "192.0.2.8", EVENT, None).is_empty());
}

#[test]
fn the_forward_answer_nearest_to_the_reverse_one_decides() {
    let names = [
        row(1, REVERSE, "PTR", "a.example", "2026-03-04T12:00:00Z"),
        row(2, "a.example", "A", "192.0.2.7", "2025-01-01T12:00:00Z"),
        row(3, "a.example", "A", "192.0.2.99", "2026-03-04T12:00:05Z"),
    ];
    let expected = "reverse_name listed a.example 3d: word_of_the_holder asked_after_the_event \
        forward_contradicted";
    assert_eq!(shown(&names, "192.0.2.7", EVENT, None), [expected]);
    assert!(shown(&names[..2], "192.0.2.7", EVENT, None)[0].ends_with("forward_confirmed"));
    assert!(shown(&names[..1], "192.0.2.7", EVENT, None)[0].ends_with("forward_not_asked"));
}

#[test]
fn aliases_lead_to_the_address_and_loops_end() {
    let asked = "2026-03-01T12:00:00Z";
    let names = [
        row(1, REVERSE, "PTR", "a.example", asked),
        row(2, "a.example", "CNAME", "b.example", asked),
        row(3, "b.example", "A", "192.0.2.7", asked),
        row(4, "b.example", "CNAME", "a.example", asked),
    ];
    assert_eq!(
        shown(&names, "192.0.2.7", EVENT, None),
        ["reverse_name listed a.example 0d: word_of_the_holder forward_confirmed"]
    );
}

#[test]
fn a_server_that_failed_denies_nothing() {
    let mut failed = row(2, "a.example", "A", "", EVENT);
    failed.status = Maybe::Known("SERVFAIL".to_owned());
    let mut silent = row(1, REVERSE, "PTR", "", EVENT);
    silent.status = Maybe::Known("TIMEOUT".to_owned());
    let names = [row(1, REVERSE, "PTR", "a.example", EVENT), failed];
    assert!(shown(&names, "192.0.2.7", EVENT, None)[0].ends_with("forward_not_asked"));
    let unreadable =
        Name { value: Maybe::Missing(Absent::Unreadable), ..row(2, "a.example", "A", "", EVENT) };
    let garbled = [names[0].clone(), unreadable];
    assert!(shown(&garbled, "192.0.2.7", EVENT, None)[0].ends_with("forward_not_asked"));
    assert_eq!(
        shown(&[silent], "192.0.2.7", EVENT, None),
        ["reverse_name no_data - 0d: word_of_the_holder server_did_not_answer"]
    );
}

#[test]
fn an_answer_that_its_zone_did_not_sign_says_nothing() {
    let state = |state: &str| Maybe::Known(state.to_owned());
    let mut pointer = row(1, REVERSE, "PTR", "a.example", EVENT);
    let mut forged = row(2, "a.example", "A", "192.0.2.7", EVENT);
    forged.dnssec = state("bogus");
    pointer.dnssec = state("secure");
    assert_eq!(
        shown(&[pointer.clone(), forged], "192.0.2.7", EVENT, None),
        [
            "reverse_name listed a.example 0d: word_of_the_holder forward_not_asked signatures_checked"
        ]
    );
    pointer.dnssec = state("bogus");
    assert_eq!(
        shown(&[pointer], "192.0.2.7", EVENT, None),
        ["reverse_name no_data - 0d: word_of_the_holder not_as_signed"]
    );
}

#[test]
fn several_names_of_one_answer_all_hold() {
    let names = [
        row(1, REVERSE, "PTR", "a.example", EVENT),
        row(2, REVERSE, "PTR", "b.example", EVENT),
        row(3, REVERSE, "PTR", "a.example", EVENT),
        row(4, "b.example", "A", "192.0.2.7", EVENT),
    ];
    assert_eq!(
        shown(&names, "192.0.2.7", EVENT, None),
        [
            "reverse_name listed a.example 0d: word_of_the_holder forward_not_asked",
            "reverse_name listed b.example 0d: word_of_the_holder forward_confirmed",
        ]
    );
}

#[test]
fn without_times_nothing_is_nearer() {
    let names = [row(1, REVERSE, "PTR", "a.example", "")];
    assert_eq!(
        shown(&names, "192.0.2.7", EVENT, None),
        [
            "reverse_name listed a.example -d: word_of_the_holder not_said_when_asked forward_not_asked"
        ]
    );
    assert_eq!(shown(&names, "192.0.2.7", "", None).len(), 1);
}

#[test]
fn a_line_reader_is_asked_about_each_name() {
    let reader: LineReader = |name, ip| {
        let known = name == "a.example" && ip.is_ipv4();
        known.then(|| ("fibre, Lyon".to_owned(), "rule 3".to_owned(), vec!["site_of_operator"]))
    };
    let names = [row(1, REVERSE, "PTR", "a.example", EVENT)];
    let lines = shown(&names, "192.0.2.7", EVENT, Some(reader));
    assert_eq!(
        lines[1],
        "line listed fibre, Lyon 0d: word_of_the_holder forward_not_asked site_of_operator"
    );
}

#[test]
fn the_smallest_network_nearest_in_time_answers() {
    let network = |number, value, range: &str, changed, asked| Name {
        range: Maybe::Known(range.to_owned()),
        country: Maybe::Known("FR".to_owned()),
        changed: at(changed),
        ..row(number, range, "ip network", value, asked)
    };
    let (wide, narrow) = ("192.0.0.0 - 192.0.255.255", "192.0.2.0 - 192.0.2.255");
    let names = [
        network(1, "WIDE", wide, "2001-01-01T00:00:00Z", EVENT),
        network(2, "OLD; Exemple SA", narrow, "2020-01-01T00:00:00Z", "2026-02-20T12:00:00Z"),
        network(3, "NEW; Autre SA", narrow, "2026-05-01T00:00:00Z", "2026-06-01T12:00:00Z"),
        network(4, "BROKEN", "192.0.2.9 - 192.0.2.1", "", EVENT),
    ];
    assert_eq!(
        shown(&names, "192.0.2.7", EVENT, None),
        [
            "registration listed OLD; Exemple SA; 192.0.2.0 - 192.0.2.255; FR; changed 2020-01-01 9d: \
            word_of_the_registry asked_before_the_event"
        ]
    );
    let later = shown(&names, "192.0.2.7", "2026-04-30T12:00:00Z", None);
    assert!(
        later[0].contains("NEW") && later[0].ends_with("registered_after_the_event"),
        "{later:?}"
    );
    assert!(shown(&names, "192.0.9.7", EVENT, None)[0].contains("WIDE"));
    assert!(shown(&names, "2001:db8::7", EVENT, None).is_empty());
}
