//! Collecting over the web, from servers on loopback that the test allows by name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use faisceau_testsite::Site;
use serde_json::{Value, json};

use crate::support::{faisceau, opened, run, skip};

/// The arguments that let the site be asked, and nothing else on this machine.
pub(crate) fn allowing(site: &Site, work: &Path) -> Vec<String> {
    let root = work.join("root.pem");
    fs::write(&root, site.root_pem()).unwrap();
    let mut arguments = vec!["--interval".to_owned(), "0".to_owned()];
    for at in [site.http(), site.https()] {
        arguments.extend(["--allow-local".to_owned(), at.to_string()]);
    }
    arguments.extend(["--root".to_owned(), root.to_string_lossy().into_owned()]);
    arguments
}

pub(crate) fn with<'a>(first: &[&'a str], then: &'a [String]) -> Vec<&'a str> {
    first.iter().copied().chain(then.iter().map(String::as_str)).collect()
}

pub(crate) fn acts(case: &Path) -> Vec<Value> {
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn names(acts: &[Value]) -> Vec<&str> {
    acts.iter().map(|act| act["act"].as_str().unwrap()).collect()
}

#[test]
fn a_page_becomes_an_archive_that_is_taken_apart() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let allowed = allowing(&site, work.path());
    let url = format!("https://localhost:{}/redirect/1", site.https().port());
    let ran = run(&case, &with(&["collect", "page", &url, "--json"], &allowed)).code(0);
    let said = ran.json();
    assert_eq!((&said["exhibit"], &said["pages"][0]["status"]), (&json!("1"), &json!(200)));
    assert_eq!(said["name"], "collected/page-2026-11-20T100000Z.warc.gz");
    let acts = acts(&case);
    let first = ["case_opened", "collection_begun", "exhibit_added"];
    assert_eq!(names(&acts)[..3], first);
    assert_eq!(names(&acts).last(), Some(&"collected"));
    assert_eq!(acts[1]["allowed_local"].as_array().unwrap().len(), 2);
    assert_eq!(acts[1]["urls"][0], url.as_str());
    assert_eq!(acts.last().unwrap()["sent"], 2);
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["verify"]).code(0);
    // What was obtained is an exhibit, and no longer waits.
    assert_eq!(fs::read_dir(case.join("collecting")).unwrap().count(), 0);
}

#[test]
fn a_dry_run_tells_everything_and_sends_nothing() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let allowed = allowing(&site, work.path());
    let url = format!("http://{}/", site.http());
    let ran = run(&case, &with(&["collect", "page", &url, "--dry-run"], &allowed)).code(0);
    assert!(ran.out.contains(&url) && ran.err.contains("Nothing was sent"), "{ran:?}");
    let who = format!("camille@{}", site.http());
    let profile = ["collect", "profile", "mastodon", "camille@social.example.net", "--instance"];
    let endpoint = format!("http://{}/", site.http());
    let ran =
        run(&case, &with(&[&profile[..], &[&endpoint, "--dry-run", "--json"]].concat(), &allowed));
    let ran = ran.code(0);
    assert!(ran.json()["requests"].as_array().unwrap().len() >= 2, "{who}: {ran:?}");
    assert_eq!(names(&acts(&case)), ["case_opened"]);
    assert_eq!(site.connections(), (0, 0));
}

#[test]
fn what_may_alert_or_is_not_public_is_refused_before_the_journal() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    for url in [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://router.local/",
        "file:///etc/passwd",
        "http://user:word@example.org/",
        "http://2130706433/",
        "https://grabify.link/ABCDEF",
        "https://example.org/a?token=1",
    ] {
        let ran = run(&case, &["collect", "page", url]).code(2);
        assert!(ran.err.contains("is not asked"), "{url}: {}", ran.err);
    }
    assert_eq!(names(&acts(&case)), ["case_opened"]);
}

/// A page of statuses as Mastodon gives them, the newest first.
fn statuses(ids: std::ops::Range<u32>) -> Vec<u8> {
    let status = |id: u32| {
        json!({
            "id": id.to_string(), "created_at": format!("2026-03-{:02}T08:00:00.000Z", id % 28 + 1),
            "in_reply_to_id": null, "in_reply_to_account_id": null, "sensitive": false,
            "spoiler_text": "", "visibility": "public", "language": "fr",
            "uri": format!("https://social.example.net/users/vengeur/statuses/{id}"),
            "url": format!("https://social.example.net/@vengeur/{id}"),
            "replies_count": 0, "reblogs_count": 0, "favourites_count": 0,
            "content": format!("<p>Message numéro {id} !</p>"), "reblog": null,
            "account": {"id": "7", "username": "vengeur", "acct": "vengeur",
                "display_name": "Le Vengeur", "created_at": "2026-01-01T00:00:00.000Z",
                "url": "https://social.example.net/@vengeur", "note": ""},
            "media_attachments": [], "mentions": [], "tags": [], "emojis": []
        })
    };
    serde_json::to_vec(&ids.rev().map(status).collect::<Vec<_>>()).unwrap()
}

const JSON: (&str, &str) = ("Content-Type", "application/json; charset=utf-8");

/// An instance with three pages of statuses. What is asked for after the second is `third`.
fn instance(site: &Site) -> (String, String) {
    let list = "/api/v1/accounts/7/statuses?limit=40";
    let account = br#"{"id":"7","username":"vengeur","acct":"vengeur"}"#;
    site.set_answer(
        "/api/v1/accounts/lookup?acct=vengeur%40social.example.net",
        200,
        &[JSON],
        account,
    );
    site.set_answer("/api/v1/accounts/lookup?acct=vengeur", 200, &[JSON], account);
    site.set_answer(list, 200, &[JSON], &statuses(81..121));
    site.set_answer(&format!("{list}&max_id=81"), 200, &[JSON], &statuses(41..81));
    (format!("{list}&max_id=41"), format!("{list}&max_id=1"))
}

fn until(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(30), "it never came to this");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn started(case: &Path, arguments: &[&str]) -> Child {
    faisceau(case).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Starts a collection whose answer at `target` asks for patience, and kills it within that.
fn killed_at(target: &str, site: &Site, case: &Path, arguments: &[&str]) {
    site.set_answer(target, 429, &[("Retry-After", "5")], b"");
    let mut child = started(case, arguments);
    until(|| site.requests().iter().any(|seen| seen.target == target));
    std::thread::sleep(Duration::from_millis(200));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_collection_that_was_killed_goes_on_where_it_stopped() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let (third, fourth) = instance(&site);
    let allowed = allowing(&site, work.path());
    let endpoint = format!("http://{}/", site.http());
    let arguments =
        ["collect", "profile", "mastodon", "vengeur@social.example.net", "--instance", &endpoint];
    let arguments = with(&arguments, &allowed);
    killed_at(&third, &site, &case, &arguments);

    let _ = run(&case, &["verify"]).code(0);
    // Who acts is who was named, not whom the collection is about.
    assert!(acts(&case).iter().all(|act| act["who"] == "test"), "{:?}", acts(&case));
    let before = site.requests().len();
    let status = run(&case, &["status"]).code(0);
    assert!(status.err.contains("collection") || status.out.contains("collection"), "{status:?}");
    site.set_answer(&third, 200, &[JSON], &statuses(1..41));
    site.set_answer(&fourth, 200, &[JSON], b"[]");
    // Its wish is the same, so nobody is asked again what was answered.
    let ran = run(&case, &[arguments.as_slice(), &["--json"]].concat());
    let ran = if ran.err.contains("Retry") { ran } else { ran.code(0) };
    let said = ran.json();
    assert_eq!((&said["posts"], &said["recorded_before"]), (&json!(120), &json!(5)), "{said}");
    assert_eq!(site.requests().len(), before + 2);
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["verify"]).code(0);
    let posts: Vec<faisceau_model::rows::Post> =
        faisceau_tables::read(&case.join("tables")).unwrap();
    assert_eq!(posts.len(), 120);
}

#[test]
fn a_collection_killed_at_any_piece_leaves_a_case_that_verifies() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let (third, fourth) = instance(&site);
    site.set_answer(&third, 200, &[JSON], &statuses(1..41));
    site.set_answer(&fourth, 200, &[JSON], b"[]");
    let allowed = allowing(&site, work.path());
    let endpoint = format!("http://{}/", site.http());
    let wanted =
        ["collect", "profile", "mastodon", "vengeur@social.example.net", "--instance", &endpoint];
    let wanted = with(&wanted, &allowed);
    for delay in [0, 5, 10, 20, 40, 60, 80, 120, 160, 200, 300] {
        let folder = work.path().join(delay.to_string());
        fs::create_dir(&folder).unwrap();
        let case: PathBuf = opened(&folder);
        let mut child = started(&case, &wanted);
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        let _ = run(&case, &["verify"]).code(0);
        let said = run(&case, &[wanted.as_slice(), &["--json"]].concat()).code(0).json();
        assert_eq!(said["posts"], 120, "{delay}");
        let _ = run(&case, &["verify"]).code(0);
    }
}

#[test]
fn time_stamps_hold_offline_and_one_changed_byte_is_found() {
    if !Site::can_stamp() {
        return skip("openssl");
    }
    let site = Site::start_with_authority().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("a.txt"), "Bonjour").unwrap();
    let _ = run(&case, &["add", "../a.txt"]).code(0);
    let allowed = allowing(&site, work.path());
    let authority = format!("http://{}/tsa", site.http());
    let wanted = ["collect", "timestamp", "--authority", &authority, "--json"];
    let said = run(&case, &with(&wanted, &allowed)).code(0).json();
    assert_eq!(said["stamps"].as_array().unwrap().len(), 2, "{said}");
    assert_eq!(said["stamps"][0]["shows"], "no_root");
    // The authority is known by its root; what was dated is not dated again, the journal is.
    let root = work.path().join("root.pem").to_string_lossy().into_owned();
    let again = [wanted.as_slice(), &["--trust", &root]].concat();
    let said = run(&case, &with(&again, &allowed)).code(0).json();
    assert_eq!(said["stamps"].as_array().unwrap().len(), 1, "{said}");
    drop(site);
    let said = run(&case, &["verify", "--json"]).code(0).json();
    let stamps = said["time_stamps"].as_array().unwrap();
    assert_eq!(stamps.len(), 3);
    assert!(stamps.iter().all(|stamp| stamp["shows"] == "holds"), "{stamps:?}");
    assert!(stamps.iter().all(|stamp| stamp["states_qualified"] == false));

    // One byte of a token, then of the exhibit.
    let token = acts(&case).into_iter().find(|act| act["act"] == "time_stamped").unwrap();
    let sum = token["sha256"].as_str().unwrap();
    let path = case.join("timestamps").join(&sum[..2]).join(&sum[2..]);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::remove_file(&path).unwrap();
    fs::write(&path, &bytes).unwrap();
    let ran = run(&case, &["verify"]).code(3);
    assert!(ran.out.contains("time stamp over exhibit 1"), "{}", ran.out);
}

#[test]
fn an_authority_that_answers_something_else_dates_nothing() {
    if !Site::can_stamp() {
        return skip("openssl");
    }
    let site = Site::start_with_authority().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let allowed = allowing(&site, work.path());
    for path in
        ["/tsa-other-bytes", "/tsa-wrong-nonce", "/tsa-reject", "/tsa-garbage", "/tsa-expired", "/"]
    {
        let authority = format!("http://{}{path}", site.http());
        let wanted = ["collect", "timestamp", "--authority", &authority, "--json"];
        let said = run(&case, &with(&wanted, &allowed)).code(1).json();
        assert_eq!(said["stamps"].as_array().unwrap().len(), 0, "{path}: {said}");
        assert_eq!(said["failed"].as_array().unwrap().len(), 1, "{path}: {said}");
    }
    assert!(!names(&acts(&case)).contains(&"time_stamped"));
}

#[test]
fn datasets_are_fetched_anew_and_older_ones_stay() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let allowed = allowing(&site, work.path());
    let url = format!("http://{}/vpn.txt", site.http());
    let mut settings = fs::read_to_string(case.join("case.toml")).unwrap();
    let source = format!(
        "\n[[dataset_source]]\nname = \"vpn-essai\"\nurl = \"{url}\"\nkind = \"vpn\"\nlicence = \"MIT\"\n"
    );
    settings.push_str(&source);
    fs::write(case.join("case.toml"), settings).unwrap();
    let ran = run(&case, &with(&["datasets", "update", "--dry-run"], &allowed)).code(0);
    assert!(ran.out.contains("MIT") && site.requests().is_empty(), "{ran:?}");
    let mut ids = Vec::new();
    for (day, list) in [
        ("Sun, 01 Mar 2026 00:00:00 GMT", "192.0.2.0/24\n"),
        ("Thu, 01 Oct 2026 00:00:00 GMT", "198.51.100.0/24\n"),
    ] {
        site.set_answer("/vpn.txt", 200, &[("Last-Modified", day)], list.as_bytes());
        let said = run(&case, &with(&["datasets", "update", "--json"], &allowed)).code(0).json();
        assert_eq!(said[0]["outcome"], "pinned", "{said}");
        ids.push(said[0]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids, ["vpn-essai@2026-03-01", "vpn-essai@2026-10-01"]);
    let said = run(&case, &with(&["datasets", "update", "--json"], &allowed)).code(0).json();
    assert_eq!(said[0]["outcome"], "unchanged");
    site.set_answer("/vpn.txt", 404, &[], b"");
    let said = run(&case, &with(&["datasets", "update", "--json"], &allowed)).code(1).json();
    assert_eq!(said[0]["outcome"], "failed");
    let list = run(&case, &["datasets", "list"]).code(0);
    assert!(ids.iter().all(|id| list.out.contains(id)), "{}", list.out);
}

#[test]
fn a_piece_that_was_altered_while_it_waited_is_asked_for_again() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let (third, fourth) = instance(&site);
    let allowed = allowing(&site, work.path());
    let endpoint = format!("http://{}/", site.http());
    let arguments =
        ["collect", "profile", "mastodon", "vengeur@social.example.net", "--instance", &endpoint];
    let arguments = with(&arguments, &allowed);
    killed_at(&third, &site, &case, &arguments);
    let folder = fs::read_dir(case.join("collecting")).unwrap();
    let part =
        folder.map(|file| file.unwrap().path()).find(|path| path.extension().unwrap() == "part");
    let mut bytes = fs::read(part.as_ref().unwrap()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(part.unwrap(), bytes).unwrap();
    site.set_answer(&third, 200, &[JSON], &statuses(1..41));
    site.set_answer(&fourth, 200, &[JSON], b"[]");
    let ran = run(&case, &[arguments.as_slice(), &["--json"]].concat()).code(0);
    assert!(ran.err.contains("not as they were kept"), "{}", ran.err);
    assert_eq!(ran.json()["posts"], 120);
    let name = ran.json()["name"].as_str().unwrap().to_owned();
    assert!(name.ends_with(".warc.gz"), "{name}");
    let act = acts(&case).into_iter().find(|act| act["act"] == "exhibit_added" && act["no"] == "1");
    let sum = act.unwrap()["sha256"].as_str().unwrap().to_owned();
    let path = case.join("exhibits").join(&sum[..2]).join(&sum[2..]);
    let _ = run(&case, &["archive", &path.to_string_lossy()]).code(0);
}
