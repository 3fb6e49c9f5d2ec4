//! Logs of certificates and archives.

use faisceau_collect::lookups::{Endpoint, EndpointKind, LookupPlan};
use jiff::Timestamp;
use url::Url;

use crate::Table;

const LOGS: &str = "https://ct.example.net/";
const ARCHIVE: &str = "https://archive.example.net/cdx/search/cdx";

fn endpoints() -> Vec<Endpoint> {
    [(EndpointKind::Certificates, LOGS), (EndpointKind::Captures, ARCHIVE)]
        .map(|(kind, url)| Endpoint { kind, url: Url::parse(url).unwrap() })
        .to_vec()
}

#[test]
fn entries_are_counted_for_each_endpoint() {
    let mut plan = LookupPlan::new(endpoints()).unwrap();
    plan.add("example.org", false).unwrap();
    plan.add("shop.example.org", true).unwrap();
    plan.add("https://www.example.org/a?b=c&d", false).unwrap();
    plan.add("https://10.0.0.1/", false).unwrap();
    plan.add("abc.onion", false).unwrap();
    let urls: Vec<&str> = plan.urls().map(Url::as_str).collect();
    let expected = [
        "https://ct.example.net/?q=example.org&output=json",
        "https://archive.example.net/cdx/search/cdx?url=example.org&output=json",
        "https://ct.example.net/?q=%25.shop.example.org&output=json",
        "https://archive.example.net/cdx/search/cdx?url=shop.example.org&output=json&matchType=domain",
        "https://archive.example.net/cdx/search/cdx?url=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3Dc%26d&output=json",
    ];
    assert_eq!(urls, expected);
    assert_eq!((plan.left_out().len(), plan.tells().len()), (3, 5));
    let certificates = r#"[{"issuer_ca_id":1,"common_name":"example.org","id":7},{"id":8}]"#;
    let captures = r#"[["urlkey","timestamp","original"],["org,example)/","20200102030405","http://example.org/"]]"#;
    let mut table = Table::default()
        .with(expected[0], 200, certificates)
        .with(expected[1], 200, captures)
        .with(expected[2], 429, "")
        .with(expected[3], 200, "[]");
    let result = plan.run(&mut table, None, &Timestamp::now, &mut |_, _| {}).unwrap();
    let entries: Vec<Result<u64, String>> =
        result.found.iter().map(|found| found.entries.clone()).collect();
    assert_eq!(entries[..2], [Ok(2), Ok(1)]);
    assert_eq!((&entries[2], &entries[3]), (&Err("status 429".to_owned()), &Ok(0)));
    assert!(entries[4].as_ref().unwrap_err().contains("nobody is there"));
    assert!(!result.is_complete());
    assert_eq!(result.left_out.len(), 3);
}

#[test]
fn endpoints_and_targets_without_sense_are_refused() {
    let login = Endpoint {
        kind: EndpointKind::Captures,
        url: Url::parse("https://me:word@archive.example.net/").unwrap(),
    };
    assert!(LookupPlan::new(vec![login]).is_err());
    let mut plan = LookupPlan::new(endpoints()).unwrap();
    for bad in ["", "a b", "https://me@example.org/", "data:x://y"] {
        assert!(plan.add(bad, false).is_err(), "{bad}");
    }
    let mut nobody = LookupPlan::new(Vec::new()).unwrap();
    nobody.add("example.org", false).unwrap();
    assert!(nobody.tells().is_empty());
    assert!(nobody.run(&mut Table::default(), None, &Timestamp::now, &mut |_, _| {}).is_err());
}
