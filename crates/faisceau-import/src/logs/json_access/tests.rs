//! Tests of access logs in JSON.

use faisceau_model::RejectReason;
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const CADDY: &[u8] = include_bytes!("../../../tests/fixtures/logs/crowdsec/caddy-logs.log");
const NGINX: &[u8] = include_bytes!("../../../tests/fixtures/logs/nginx_json.log");
const TRAEFIK: &[u8] = include_bytes!("../../../tests/fixtures/logs/traefik.json");

#[test]
fn all_columns_of_each_server() {
    for (name, bytes) in [("caddy", CADDY), ("nginx_json", NGINX), ("traefik", TRAEFIK)] {
        let (imported, sink) = read(bytes);
        assert_eq!(imported.name(), Some("json-access-log"), "{name}");
        insta::assert_snapshot!(name, dump(&sink.connections));
        let fields: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.clone()).collect();
        let told = reasons(&sink).into_iter().chain(fields).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(format!("{name}_rest"), told);
    }
}

#[test]
fn old_caddy_writes_address_and_port_in_one() {
    let line = br#"{"ts":"2026-03-01T14:05:12Z","request":{"remote_addr":"[2001:db8::1]:4711","method":"GET","uri":"/","headers":{"user-agent":"a"}},"status":200}"#;
    let (_, sink) = read(line);
    let row = &sink.connections[0];
    assert_eq!((row.ip.as_str(), row.port.known()), ("2001:db8::1", Some(&4711)));
    assert_eq!(row.user_agent.known().unwrap(), "a");
}

#[test]
fn hostile_records_are_rows_or_rejects() {
    let record = |parts: &str| {
        format!("{{\"remote_addr\":\"192.0.2.7\",\"msec\":1772373912.25,\"status\":200{parts}}}\n")
    };
    let log = record("")
        + &record(",\"remote_addr\":{\"a\":1}")
        + &record(",\"msec\":1e300")
        + &record(",\"msec\":\"\\u001b[2J\"")
        + &record(&format!(",\"request\":{}{}", "[".repeat(200), "]".repeat(200)))
        + &record(",\"http_user_agent\":\"\\u001b[31m=1+1\\u202e\",\"remote_port\":99999")
        + "{\"remote_addr\":\"192.0.2";
    let (imported, sink) = read(log.as_bytes());
    assert_eq!(imported.name(), Some("json-access-log"));
    assert_eq!(sink.connections.len(), 2, "{:?}", reasons(&sink));
    let found: Vec<_> = sink.rejects.iter().map(|reject| reject.reason).collect();
    let expected = [
        RejectReason::Address,
        RejectReason::Time,
        RejectReason::Time,
        RejectReason::Limit,
        RejectReason::Syntax,
    ];
    assert_eq!(found, expected, "{:?}", reasons(&sink));
}

proptest! {
    #[test]
    fn every_record_is_settled(
        bytes in prop_oneof![mutated(CADDY), mutated(NGINX), mutated(TRAEFIK)],
    ) {
        read(&bytes);
    }
}
