//! Datasets that a case pins: taken in, used, shown, and missed when they change.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use faisceau_model::rows::{Address, AddressVerdict};
use faisceau_model::{Listing, Maybe, Question};

use crate::support::{Ran, binary, opened, run};

/// Address space of a command on a hostile database, in kibibytes.
const LIMIT_KB: u32 = 3 << 19;

/// An address that the test databases place in London.
const IP: &str = "81.2.69.142";

fn fixture(name: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../faisceau-datasets/tests/fixtures/mmdb/");
    format!("{root}{name}.mmdb")
}

/// A case with a table of connections of one address, mapped.
fn mapped(work: &Path) -> PathBuf {
    let case = opened(work);
    let mut text = "Compte;Adresse IP;Port source;Date\n".to_owned();
    for hour in 10..15 {
        writeln!(text, "corbeau;{IP};50{hour};2026-09-30 {hour}:15:42").unwrap();
    }
    fs::write(work.join("connexions.csv"), text).unwrap();
    let _ = run(&case, &["add", "../connexions.csv"]);
    let _ = run(&case, &["map", "1", "--platform", "x", "--zone", "UTC", "--save"]).code(0);
    case
}

/// Pins a database of countries, two of cities and a list of VPN ranges.
fn pin(work: &Path, case: &Path) {
    let (city, country) = (fixture("GeoIP2-City-Test"), fixture("GeoIP2-Country-Test"));
    let own = ["--licence", "Apache-2.0 OR MIT", "--source", "maxmind/MaxMind-DB"];
    let add = |arguments: &[&str]| {
        let all = [&["datasets", "add"], arguments, &own[..]].concat();
        let _ = run(case, &all).code(0);
    };
    add(&[&city, "--name", "city-a", "--date", "2026-09-01"]);
    add(&[&city, "--name", "city-b", "--date", "2025-09-01"]);
    add(&[&country, "--name", "country-a", "--date", "2026-09-20"]);
    fs::write(work.join("list.txt"), "# ranges\n81.2.69.0/24\n").unwrap();
    add(&["../list.txt", "--kind", "vpn", "--name", "some-vpn", "--date", "2026-10-02"]);
    fs::write(work.join("egress.csv"), "81.2.69.0/24,FR,FR-ARA,Lyon,\n").unwrap();
    add(&["../egress.csv", "--name", "egress", "--date", "2026-09-29"]);
}

#[test]
fn a_pinned_dataset_answers_with_its_source_and_days() {
    let work = tempfile::tempdir().unwrap();
    let case = mapped(work.path());
    pin(work.path(), &case);
    let _ = run(&case, &["run"]).code(0);

    let addresses: Vec<Address> = faisceau_tables::read(&case.join("tables")).unwrap();
    assert_eq!(addresses.len(), 5);
    for row in &addresses {
        assert_eq!(row.country, Maybe::Known("GB".into()));
        assert_eq!(row.country_source, Maybe::Known("country-a@2026-09-20".into()));
        assert_eq!(row.country_days, Maybe::Known(10));
        assert_eq!(row.vpn, Listing::Listed);
        assert_eq!(row.vpn_source, Maybe::Known("some-vpn@2026-10-02".into()));
        assert_eq!(row.vpn_days, Maybe::Known(2));
    }

    let verdicts: Vec<AddressVerdict> = faisceau_tables::read(&case.join("tables")).unwrap();
    let of = |question| {
        let first = verdicts.iter().filter(|row| row.address == verdicts[0].address);
        first.filter(|row| row.question == question).collect::<Vec<_>>()
    };
    let countries: Vec<&str> = of(Question::Country).iter().map(|row| &*row.source).collect();
    assert_eq!(countries, ["country-a@2026-09-20", "country@2026-06-17"]);
    let relays = of(Question::Relay);
    let relay = relays.iter().find(|row| row.source == "egress@2026-09-29").unwrap();
    assert_eq!((relay.listing, &relay.days), (Listing::Listed, &Maybe::Known(1)));
    assert_eq!(relay.value, Maybe::Known("Lyon (FR, FR-ARA)".into()));
    assert_eq!(relay.notes, ["region_of_user"]);
    let [city] = of(Question::City)[..] else { panic!("one answer") };
    assert_eq!(city.value, Maybe::Known("Londres (GB); sources=2; farthest_km=0".into()));
    assert_eq!((&*city.source, &city.days), ("city-a@2026-09-01", &Maybe::Known(29)));
    assert_eq!(city.dated, Maybe::Known("2026-09-01".into()));
    assert!(city.heuristic);
    assert_eq!(city.notes, ["indication_only"]);
    assert!(of(Question::Vpn).iter().any(|row| row.source == "some-vpn@2026-10-02"));

    let listed = run(&case, &["--json", "datasets", "list"]).code(0).json();
    let own: Vec<_> = listed.as_array().unwrap().iter().filter(|d| d["pinned"] == true).collect();
    insta::assert_json_snapshot!("datasets_list", own);
    let checked = run(&case, &["--json", "datasets", "check"]).code(0).json();
    insta::assert_json_snapshot!("datasets_check", checked);
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn an_altered_or_missing_dataset_stops_everything() {
    let work = tempfile::tempdir().unwrap();
    let case = mapped(work.path());
    pin(work.path(), &case);
    let listed = run(&case, &["--json", "datasets", "check"]).code(0).json();
    let sum = listed[3]["sha256"].as_str().unwrap().to_owned();
    let file = case.join("datasets").join(&sum[..2]).join(&sum[2..]);
    let original = fs::read(&file).unwrap();
    assert!(fs::metadata(&file).unwrap().permissions().readonly());

    fs::remove_file(&file).unwrap();
    assert!(run(&case, &["run"]).code(3).err.contains("some-vpn@2026-10-02"));
    let mut altered = original.clone();
    altered[3] ^= 1;
    fs::write(&file, &altered).unwrap();
    assert!(run(&case, &["verify"]).code(3).out.contains("some-vpn@2026-10-02"));
    assert!(run(&case, &["run"]).code(3).err.contains("is not what was pinned"));
    assert!(run(&case, &["datasets", "check"]).code(3).out.contains("its bytes have the hash"));

    fs::write(&file, &original).unwrap();
    let _ = run(&case, &["verify"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["datasets", "remove", "some-vpn@2026-10-02"]).code(0);
    let status = run(&case, &["status"]).code(0);
    assert!((status.out + &status.err).contains("the datasets changed since the last run"));
    let _ = run(&case, &["run"]).code(0);
    let addresses: Vec<Address> = faisceau_tables::read(&case.join("tables")).unwrap();
    assert!(addresses.iter().all(|row| row.vpn != Listing::Listed));
}

#[test]
fn what_may_not_or_cannot_be_pinned_is_refused_with_the_reason() {
    let work = tempfile::tempdir().unwrap();
    let outside = run(work.path(), &["datasets", "add", &fixture("GeoIP2-City-Test")]).code(2);
    assert!(outside.err.contains("faisceau new DIR"), "{}", outside.err);
    let case = opened(work.path());
    let refused = |arguments: &[&str]| {
        let all = [&["datasets", "add"], arguments].concat();
        run(&case, &all).code(2).err
    };
    let geolite = refused(&[&fixture("GeoLite2-ASN-Test")]);
    assert!(geolite.contains("households or individuals"), "{geolite}");
    fs::write(work.path().join("list.txt"), "192.0.2.0/24\nnot a prefix\n").unwrap();
    let list = refused(&["../list.txt", "--kind", "vpn", "--date", "2026-10-02"]);
    assert!(list.contains("line 2"), "{list}");
    fs::write(work.path().join("list.txt"), "192.0.2.0/24\n").unwrap();
    let named = ["../list.txt", "--kind", "vpn", "--date", "2026-10-02", "--name"];
    assert!(refused(&[&named[..], &["law"]].concat()).contains("bundled dataset"));
    assert!(refused(&[&named[..], &["../x"]].concat()).contains("a name is"));
    let all = [&["datasets", "add"], &named[..], &["mine"]].concat();
    let _ = run(&case, &all).code(0);
    assert!(refused(&[&named[..], &["mine"]].concat()).contains("there already"));
}

/// The `bad` databases of `MaxMind`'s suite: refused, in less memory than their lengths ask for.
/// The limit is of address space, of which the allocator alone reserves a gigabyte.
#[test]
#[cfg(target_os = "linux")]
fn hostile_databases_are_refused_in_little_memory() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let folder = fixture("bad/x");
    let folder = Path::new(&folder).parent().unwrap();
    let mut refused = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mut shell = Command::new("sh");
        let limited = format!("ulimit -v {LIMIT_KB} && exec \"$0\" \"$@\"");
        shell.args(["-c", &limited]).arg(binary()).args(["datasets", "add"]).arg(&path);
        let ran = Ran::of(&shell.current_dir(&case).output().unwrap()).code(2);
        assert!(ran.err.contains("cannot be pinned"), "{}: {}", path.display(), ran.err);
        refused += 1;
    }
    assert_eq!(refused, 13);
}

/// Tor documents go in together, answer at the hour, and an altered index stops everything.
#[test]
fn tor_documents_become_an_index_that_answers_at_the_hour() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../faisceau-tor/tests/fixtures/");
    let document = |name: &str| format!("{folder}{name}");
    let consensus = document("2021-08-29-19-00-00-consensus.xz");
    let certificates = document("2021-08-29-certs");
    let pinned = ["--json", "datasets", "add", "--kind", "tor", &consensus, &certificates];
    let pinned = run(&case, &pinned).code(0).json();
    assert_eq!(pinned["file"]["id"], "tor-documents@2021-08-29");
    assert_eq!((&pinned["consensuses"], &pinned["signed_by_majority"]), (&1.into(), &1.into()));
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    assert!(journal.contains("2021-08-29-19-00-00-consensus.xz"), "each file is named");
    let again = run(&case, &["datasets", "add", "--kind", "tor", &consensus]).code(2);
    assert!(again.err.contains("datasets remove"), "{}", again.err);

    let log = "162.247.74.201 - - [29/Aug/2021:19:30:00 +0000] \"GET / HTTP/1.1\" 200 5\n\
               165.22.200.169 - - [29/Aug/2021:19:30:00 +0000] \"GET / HTTP/1.1\" 200 5\n";
    fs::write(work.path().join("access.log"), log).unwrap();
    let _ = run(&case, &["add", "../access.log"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let tor = |id: &str| {
        let why = run(&case, &["--json", "why", id]).code(0).json();
        let facts = why["facts"].as_array().unwrap().clone();
        let fact = |name: &str| facts.iter().find(|fact| fact[0] == name).unwrap()[1].clone();
        (fact("tor"), fact("tor_source"))
    };
    let source = "tor-documents@2021-08-29";
    assert_eq!(tor("adr:1:l1@0"), ("listed".into(), source.into()));
    let second = log.find("165.").unwrap();
    assert_eq!(tor(&format!("adr:1:l2@{second}")), ("not_listed".into(), source.into()));
    let said = run(&case, &["address", "162.247.74.201", "--at", "2021-08-29T19:30:00Z"]).code(0);
    let day = "by ExoneraTor's rules, 2021-08-29 and a day either way: a relay";
    for words in ["tor_relay", "signed_by_majority", "443,80", "2021-08-29T19:00Z", day] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }

    let why = run(&case, &["why", "dat:tor-documents@2021-08-29"]).code(0);
    assert!(why.out.contains("dataset that the case pins"), "{}", why.out);
    let sha256 = pinned["file"]["sha256"].as_str().unwrap();
    let path = case.join("datasets").join(&sha256[..2]).join(&sha256[2..]);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    let _ = run(&case, &["run"]).code(3);
    let _ = run(&case, &["verify"]).code(3);
    let _ = run(&case, &["datasets", "check"]).code(3);
}
