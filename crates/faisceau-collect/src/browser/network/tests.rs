//! Events that a browser may send, and those that none would.

use proptest::prelude::*;

use super::*;

fn sent(id: &str, url: &str) -> Value {
    json!({"requestId": id, "request": {"url": url, "method": "GET"}, "frameId": "F",
        "type": "Document", "timestamp": 10.0, "wallTime": 1_785_000_000.25,
        "initiator": {"type": "other"}})
}

#[test]
fn a_redirection_is_a_row_of_its_own_and_the_body_is_that_of_the_last() {
    let announced = Arc::new(Announced::default());
    let mut network = Network::new(10, (100, 1_000), Some(announced));
    "F".clone_into(&mut network.main_frame);
    network.event("Network.requestWillBeSent", &sent("1", "http://a.example/"), Some("S"));
    let mut second = sent("1", "https://b.example/x");
    second["redirectResponse"] =
        json!({"status": 301, "headers": {"Location": "https://b.example/x"}});
    second["timestamp"] = json!(10.5);
    network.event("Network.requestWillBeSent", &second, Some("S"));
    assert!(!network.is_idle());
    let answer = json!({"requestId": "1", "type": "Document", "response": {"status": 200,
        "mimeType": "text/html", "protocol": "h2", "headers": {"X": "y"}, "securityState": "secure",
        "securityDetails": {"protocol": "TLS 1.3", "subjectName": "b.example",
            "issuer": "Invented", "validFrom": 1_784_000_000, "validTo": 1_790_000_000,
            "sanList": ["b.example"]}}});
    network.event("Network.responseReceived", &answer, Some("S"));
    network.event("Network.dataReceived", &json!({"requestId": "1", "dataLength": 5}), Some("S"));
    let end = json!({"requestId": "1", "timestamp": 11.25, "encodedDataLength": 123.0});
    network.event("Network.loadingFinished", &end, Some("S"));
    assert!(network.is_idle() && network.waits_for_bodies());
    let wanted = network.next_body().unwrap();
    assert_eq!((wanted.session.as_deref(), wanted.request.as_str()), (Some("S"), "1"));
    network.asked(7, &wanted);
    network.answer(7, &json!({"body": "aGVsbG8=", "base64Encoded": true}), None);
    assert!(!network.waits_for_bodies());
    let documents = network.documents();
    assert_eq!(documents[0].redirected_to.as_deref(), Some("https://b.example/x"));
    assert_eq!((documents[0].status, documents[1].status), (Some(301), Some(200)));
    let (rows, resources) = network.finish();
    assert_eq!((rows[0].millis, rows[1].millis), (Some(500), Some(750)));
    assert_eq!(rows[1].at.as_deref(), Some("2026-07-25T17:20:00.250Z"));
    assert_eq!((rows[1].encoded_bytes, rows[1].body_bytes), (Some(123), 5));
    let security = rows[1].security.as_ref().unwrap();
    assert_eq!(security.valid_from.as_deref(), Some("2026-07-14T03:33:20Z"));
    assert_eq!((&*security.state, security.names.len()), ("secure", 1));
    assert_eq!((resources[0].request, resources[0].body.as_slice()), (1, &b"hello"[..]));
    assert_eq!((rows[0].no_body.as_deref(), &rows[1].no_body), (Some("a redirection"), &None));
}

#[test]
fn long_texts_and_many_rows_are_cut_and_counted() {
    let mut network = Network::new(2, (4, 6), None);
    let url = format!("data:text/plain,{}", "x".repeat(20_000));
    network.event("Network.requestWillBeSent", &sent("1", &url), None);
    network.event("Network.requestWillBeSent", &sent("2", "http://a.example/"), None);
    network.event("Network.requestWillBeSent", &sent("3", "http://a.example/"), None);
    let fields: serde_json::Map<String, Value> =
        (0..2_000).map(|n| (format!("X-{n}"), "y".repeat(100).into())).collect();
    let answer = json!({"requestId": "2", "response": {"status": 70_000, "headers": fields}});
    network.event("Network.responseReceived", &answer, None);
    for id in ["1", "2", "3"] {
        network.event("Network.loadingFinished", &json!({"requestId": id}), None);
    }
    assert!(network.is_idle());
    assert_eq!(network.beyond, 1);
    let wanted = network.next_body().unwrap();
    network.asked(1, &wanted);
    network.answer(1, &json!({"body": "longer"}), None);
    assert!(network.next_body().is_none());
    let (rows, resources) = network.finish();
    assert_eq!((rows[0].url.len(), rows[0].url_cut), (8_192, 11_824));
    assert_eq!(rows[0].no_body.as_deref(), Some("it stands in the address"));
    assert_eq!((rows[1].status, rows[1].no_body.as_deref()), (None, Some("more than 4 bytes")));
    let length: usize = rows[1].headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!((30_000..=FIELDS).contains(&length), "{length}");
    assert_eq!((rows.len(), resources.len()), (2, 0));
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-c]{0,2}|https?://[a-z.:]{0,9}|\\PC{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = "requestId|request|url|method|type|response|status|headers|timestamp|wallTime\
            |redirectResponse|securityDetails|sanList|validFrom|dataLength|encodedDataLength|body";
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(names, inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_events_never_panic_and_rows_stay_within_the_limit(
        events in proptest::collection::vec((0_usize..8, value(), 0_u64..4), 0..40),
    ) {
        let names = ["requestWillBeSent", "responseReceived", "dataReceived", "loadingFinished",
            "loadingFailed", "webSocketCreated", "requestServedFromCache", "webSocketFrameError"];
        let mut network = Network::new(5, (3, 10), Some(Arc::default()));
        for (name, params, number) in events {
            network.event(&format!("Network.{}", names[name]), &params, None);
            if let Some(wanted) = network.next_body() {
                network.asked(number, &wanted);
            }
            network.answer(number, &params, None);
        }
        let _ = network.documents();
        let (rows, resources) = network.finish();
        prop_assert!(rows.len() <= 5);
        prop_assert!(resources.iter().all(|resource| resource.request < rows.len()));
        prop_assert!(resources.iter().map(|resource| resource.body.len()).sum::<usize>() <= 10);
        serde_json::to_string(&rows).unwrap();
    }
}
