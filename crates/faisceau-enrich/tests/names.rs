//! From exhibits to answers: reverse names at two dates, forward answers, a registry.

use std::io::{Cursor, Read};

use faisceau_datasets::Bundle;
use faisceau_enrich::{Asked, Knowledge, Overlay, answers};
use faisceau_import::{ImportSettings, Source, import};
use faisceau_model::rows::Name;
use faisceau_model::{Absent, Collected, ExhibitNo, Maybe, Moment, Question};

/// What dig printed before the event.
const BEFORE: &str = "\
; <<>> DiG 9.18.47 <<>> -x 192.0.2.7
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; flags: qr rd ra ad; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0

;; QUESTION SECTION:
;7.2.0.192.in-addr.arpa.\tIN\tPTR

;; ANSWER SECTION:
7.2.0.192.in-addr.arpa.\t7200\tIN\tPTR\tdsl-7.example.net.

;; SERVER: 192.0.2.53#53(192.0.2.53) (UDP)
;; WHEN: Sun Mar 01 13:00:00 CET 2026

;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 2
;; QUESTION SECTION:
;dsl-7.example.net.\tIN\tA

;; ANSWER SECTION:
dsl-7.example.net.\t3600\tIN\tA\t192.0.2.7

;; WHEN: Sun Mar 01 13:00:01 CET 2026
";

/// What faisceau collected after it.
const AFTER: &str = r#"{"faisceau":"dns/1","asked_at":"2026-04-10T12:00:00Z","resolver":"192.0.2.53","question":{"name":"7.2.0.192.in-addr.arpa","type":"PTR"},"status":"NOERROR","ad":false,"answers":[{"name":"7.2.0.192.in-addr.arpa","type":"PTR","ttl":60,"data":"moved.example.net."}]}
{"faisceau":"dns/1","asked_at":"2026-04-10T12:00:01Z","resolver":"192.0.2.53","question":{"name":"moved.example.net","type":"A"},"status":"NXDOMAIN","ad":false,"answers":[]}
{"faisceau":"rdap/1","asked_at":"2026-04-10T12:00:02Z","url":"https://rdap.example.net/ip/192.0.2.7","status":200,"body":{"objectClassName":"ip network","handle":"X","startAddress":"192.0.2.0","endAddress":"192.0.2.255","name":"FR-EXEMPLE","country":"FR","events":[{"eventAction":"last changed","eventDate":"2026-03-20T00:00:00Z"}]}}
"#;

fn read(number: u32, text: &'static str) -> Vec<Name> {
    let open = || -> std::io::Result<Box<dyn Read + Send>> { Ok(Box::new(Cursor::new(text))) };
    let exhibit = ExhibitNo::top(number);
    let source = Source { exhibit, name: "x", len: text.len() as u64, open: &open };
    let mut sink = Collected::default();
    let imported = import(&source, &ImportSettings::default(), &mut sink);
    assert!(sink.tally.balances() && sink.rejects.is_empty(), "{imported:?} {:?}", sink.rejects);
    sink.names
}

#[test]
fn reverse_names_at_two_dates_are_both_shown_and_each_is_checked_forward() {
    let names = [read(1, BEFORE), read(2, AFTER)].concat();
    let overlay = Overlay::empty();
    let knowledge = Knowledge {
        bundle: Bundle::embedded().unwrap(),
        overlay: &overlay,
        names: &names,
        tor: None,
    };
    let at = Maybe::or_absent(Moment::from_rfc3339("2026-03-11T12:00:00Z"), Absent::Unreadable);
    let found = answers(&Asked { ip: "192.0.2.7".parse().unwrap(), port: None, at }, &knowledge);
    let lines: Vec<String> = found
        .iter()
        .filter(|a| matches!(a.question, Question::ReverseName | Question::Registration))
        .map(|a| {
            let known = |text: &Maybe<String>| text.clone().into_known().unwrap_or_default();
            let days = a.days.known().unwrap();
            let (value, dated) = (known(&a.value), known(&a.dated));
            format!("{value} | {} | {dated} {days}d | {}", a.source, a.notes.join(" "))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "dsl-7.example.net | nam:1:l10@252 | 2026-03-01 10d | word_of_the_holder \
             asked_before_the_event forward_confirmed resolver_checked_signatures \
             differs_before_and_after",
            "moved.example.net | nam:2:l1@0 | 2026-04-10 30d | word_of_the_holder \
             asked_after_the_event forward_contradicted differs_before_and_after",
            "FR-EXEMPLE; 192.0.2.0 - 192.0.2.255; FR; changed 2026-03-20 | nam:2:l3@437 | \
             2026-04-10 30d | word_of_the_registry asked_after_the_event registered_after_the_event",
        ]
    );
}
