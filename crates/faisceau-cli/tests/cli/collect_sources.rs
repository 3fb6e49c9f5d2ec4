//! The sources that ask third parties about the case: registries, logs, lists, sites that may know a
//! handle. And a page as a browser shows it.

use std::fs;
use std::path::Path;
use std::process::Command;

use faisceau_model::rows::{Account, Name};
use faisceau_tables::read;
use faisceau_testsite::Site;
use serde_json::{Value, json};

use crate::dns_server::{Server, Trick, a};
use crate::support::{opened, run, skip};

fn allowed(site: &Site) -> [String; 4] {
    ["--interval".into(), "0".into(), "--allow-local".into(), site.http().to_string()]
}

fn acts(case: &Path) -> Vec<String> {
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    let act = |line: &str| {
        let act: Value = serde_json::from_str(line).unwrap();
        act["act"].as_str().unwrap().to_owned()
    };
    journal.lines().map(act).collect()
}

fn with<'a>(first: &[&'a str], then: &'a [String]) -> Vec<&'a str> {
    first.iter().copied().chain(then.iter().map(String::as_str)).collect()
}

#[test]
fn a_registry_says_who_holds_an_address_today() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let body = json!({
        "objectClassName": "ip network", "handle": "NET-9-9-9-0-1",
        "startAddress": "9.9.9.0", "endAddress": "9.9.9.255", "ipVersion": "v4",
        "name": "RESEAU-ESSAI", "country": "FR", "rdapConformance": ["rdap_level_0"]
    });
    let kind = ("Content-Type", "application/rdap+json");
    site.set_answer("/rdap/ip/9.9.9.9", 200, &[kind], body.to_string().as_bytes());
    let server = format!("http://{}/rdap/", site.http());
    let none = run(&case, &["collect", "rdap", "9.9.9.9"]).code(2);
    assert!(none.err.contains("no registry was named"), "{}", none.err);
    let wanted = ["collect", "rdap", "9.9.9.9", "9.9.9.10", "10.0.0.1", "--server", &server];
    let allowed = allowed(&site);
    let dry = run(&case, &with(&[&wanted[..], &["--dry-run"]].concat(), &allowed)).code(0);
    assert!(dry.err.contains("your address") && site.requests().is_empty(), "{dry:?}");
    let said = run(&case, &with(&[&wanted[..], &["--json"]].concat(), &allowed)).code(0).json();
    // The second address is inside the network that the first answer names; the third is private.
    assert_eq!(
        (&said["answered"], &said["covered"], &said["sent"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(said["left_out"][0]["what"], "10.0.0.1");
    let _ = run(&case, &["run"]).code(0);
    let rows: Vec<Name> = read(&case.join("tables")).unwrap();
    assert!(rows.iter().any(|row| format!("{:?}", row.value).contains("RESEAU-ESSAI")), "{rows:?}");
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn logs_and_archives_are_asked_where_they_were_named() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let list = br#"[{"id":1,"name_value":"example.org"},{"id":2,"name_value":"www.example.org"}]"#;
    let kind = ("Content-Type", "application/json");
    site.set_answer("/ct?q=example.org&output=json", 200, &[kind], list);
    let endpoint = format!("http://{}/ct", site.http());
    let wanted = ["collect", "lookup", "example.org", "--certificates", &endpoint, "--json"];
    let said = run(&case, &with(&wanted, &allowed(&site))).code(0).json();
    assert_eq!(said["found"][0]["entries"], 2, "{said}");
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn a_handle_counts_where_the_same_site_denies_an_absurd_one() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    site.set_answer("/u/vengeur", 200, &[], b"Le Vengeur");
    let at = site.http();
    let one = |name: &str, uri: String| {
        json!({"name": name, "uri_check": uri, "e_code": 200, "e_string": "", "m_string": "",
            "m_code": 404, "known": ["camille"], "cat": "social"})
    };
    let file = json!({"license": ["CC BY-SA 4.0"], "authors": [], "categories": ["social"], "sites": [
        one("Connaît", format!("http://{at}/u/{{account}}")),
        one("Dit oui à tout", format!("http://{at}/status/200?u={{account}}")),
        one("Ne connaît pas", format!("http://{at}/v/{{account}}")),
        one("Privé", "http://10.0.0.1/{account}".to_owned()),
    ]});
    let sites = work.path().join("sites.json");
    fs::write(&sites, file.to_string()).unwrap();
    let sites = sites.to_string_lossy().into_owned();
    let wanted = ["collect", "presence", "vengeur", "--sites", &sites];
    let allowed = allowed(&site);
    let dry = run(&case, &with(&[&wanted[..], &["--dry-run"]].concat(), &allowed)).code(0);
    assert!(dry.out.contains("/u/vengeur") && site.requests().is_empty(), "{dry:?}");
    let said = run(&case, &with(&[&wanted[..], &["--json"]].concat(), &allowed)).code(0).json();
    assert_eq!(said["verdicts"]["present"], 1, "{said}");
    let total: u64 =
        said["verdicts"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(total, 4, "{said}");
    let _ = run(&case, &["run"]).code(0);
    let accounts: Vec<Account> = read(&case.join("tables")).unwrap();
    assert_eq!(accounts.len(), 1, "{accounts:?}");
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn a_list_is_believed_once_its_test_entries_are_right() {
    let records = [
        ("2.0.0.127.list.example.net.", a("127.0.0.2")),
        ("9.9.9.9.list.example.net.", a("127.0.0.4")),
    ];
    let server = Server::start(&records, Trick::None);
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let resolver = server.address.to_string();
    let wanted = ["collect", "blocklist", "9.9.9.9", "8.8.8.8", "--resolver", &resolver, "--json"];
    let sound = [wanted.as_slice(), &["--zone", "list.example.net"]].concat();
    let said = run(&case, &sound).json();
    assert_eq!(said["listings"][0]["address"], "9.9.9.9", "{said}");
    let lying = [wanted.as_slice(), &["--zone", "none.example.net"]].concat();
    let said = run(&case, &lying).code(1).json();
    assert!(said["lists"][0]["not_believed"].is_string(), "{said}");
    assert_eq!(said["listings"].as_array().unwrap().len(), 0);
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn a_page_is_kept_as_a_browser_shows_it() {
    let version = Command::new("chromium").arg("--version").output();
    if !version.is_ok_and(|output| output.status.success()) {
        return skip("chromium");
    }
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let url = format!("http://{}/", site.http());
    let wanted = ["collect", "page", &url, "--capture", "--json"];
    let ran = run(&case, &with(&wanted, &allowed(&site)));
    let said = ran.json();
    let capture = &said["captures"][0];
    assert!(capture["browser"].as_str().unwrap().contains("Chrom"), "{said}");
    assert_eq!(capture["incomplete"].as_array().unwrap().len(), 0, "{said}");
    // Nothing but the site was reached.
    let connections = capture["connections"].as_array().unwrap();
    let reached: Vec<_> = connections.iter().filter_map(|c| c["reached"].as_str()).collect();
    assert!(!reached.is_empty());
    assert!(reached.iter().all(|at| *at == site.http().to_string()), "{reached:?}");
    let _ = run(&case, &["run"]).code(0);
    let status = run(&case, &["status"]).code(0);
    for ending in [".warc.gz", ".png", ".pdf", ".dom.html", ".capture.json"] {
        assert!(status.out.contains(ending), "{ending}: {}", status.out);
    }
    let _ = run(&case, &["verify"]).code(0);
    assert_eq!(acts(&case).iter().filter(|act| *act == "collected").count(), 1);
}
