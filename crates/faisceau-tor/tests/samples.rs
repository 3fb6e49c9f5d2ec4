//! Real documents: the same relays, flags and signatures as stem; one index whatever the order.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its samples fails")]

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use faisceau_datasets::Span;
use faisceau_model::{Listing, Moment};
use faisceau_tor::{
    Authorities, Certificates, Consensus, Coverage, Exonerated, Flags, Limits, Signed, TorIndex,
    TorIndexBuilder,
};

const PLAIN: [&str; 3] = [
    "2018-06-01-00-00-00-consensus",
    "2018-06-01-01-00-00-consensus",
    "2026-07-27-10-00-00-consensus-extract",
];
const FULL: &str = "2021-08-29-19-00-00-consensus.xz";
const CERTS: &str = "2021-08-29-certs";
const EXIT_LIST: &str = "exit-list-2018-11-01-00-02-01";

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).join(name)
}

fn fixture(name: &str) -> Vec<u8> {
    let bytes = std::fs::read(path(name)).unwrap();
    if name != FULL {
        return bytes;
    }
    let mut text = Vec::new();
    liblzma::read::XzDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap();
    text
}

fn builder() -> TorIndexBuilder {
    TorIndexBuilder::new(Authorities::bundled().unwrap(), Limits::default())
}

fn index(names: &[&str]) -> TorIndex {
    let mut builder = builder();
    for name in names {
        let added = builder.add(name, &std::fs::read(path(name)).unwrap()[..]).unwrap();
        assert_eq!(added.rejects, [], "{name}");
    }
    builder.finish()
}

fn at(text: &str) -> Span {
    Span::of(Moment::from_rfc3339(text).unwrap()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02X}").unwrap();
        out
    })
}

fn signed(text: &[u8], certificates: &[u8]) -> Signed {
    let consensus = Consensus::parse(text).unwrap();
    let mut known = Certificates::default();
    known.add(certificates);
    let digests = (&consensus.sha1()[..], &consensus.sha256()[..]);
    let authorities = Authorities::bundled().unwrap();
    Signed::count(&consensus.signatures, digests, consensus.valid_after_s, &known, &authorities)
}

/// What `oracle/stem_digest.py` prints.
fn digest(name: &str, certificates: Option<&str>) -> serde_json::Value {
    let text = fixture(name);
    let consensus = Consensus::parse(&text).unwrap();
    let (mut lines, mut exits) = (Vec::new(), 0);
    for relay in consensus.relays().map(Result::unwrap) {
        exits += usize::from(relay.flags.has(Flags::EXIT));
        let mut others: Vec<String> = relay.others.iter().map(ToString::to_string).collect();
        others.sort();
        let flags: Vec<&str> = relay.flags.names().collect();
        let policy = relay.policy.unwrap_or_default();
        lines.push(format!(
            "{} {} {} {} {} {policy}\n",
            hex(&relay.fingerprint),
            relay.nickname,
            relay.address,
            others.join(","),
            flags.join(",")
        ));
    }
    lines.sort();
    let sha256 = <sha2::Sha256 as sha2::Digest>::digest(lines.concat());
    let valid = certificates.map(|name| signed(&text, &fixture(name)).valid);
    serde_json::json!({
        "relays": lines.len(),
        "exits": exits,
        "sha256": hex(&sha256).to_lowercase(),
        "valid_signatures": valid,
    })
}

#[test]
fn the_golden_answers_of_stem_are_ours() {
    let golden = include_str!("oracle/stem_digest.json");
    let golden: serde_json::Value = serde_json::from_str(golden).unwrap();
    for name in PLAIN {
        assert_eq!(digest(name, None), golden[name], "{name}");
    }
    assert_eq!(digest(FULL, Some(CERTS)), golden[FULL]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test runs its oracle")]
fn stem_run_now_says_the_same() {
    let python = std::env::var_os("FAISCEAU_STEM_PYTHON").unwrap_or_else(|| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/stem_digest.py");
    let found =
        std::process::Command::new(&python).args(["-c", "import stem, cryptography"]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "stem not found");
        eprintln!("skipped: python3 with stem and cryptography not found");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("consensus");
    std::fs::File::create(&whole).unwrap().write_all(&fixture(FULL)).unwrap();
    let run = |paths: &[PathBuf]| -> serde_json::Value {
        let output = std::process::Command::new(&python).arg(script).args(paths).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    assert_eq!(run(&[whole, path(CERTS)]), digest(FULL, Some(CERTS)));
    for name in PLAIN {
        assert_eq!(run(&[path(name)]), digest(name, None), "{name}");
    }
}

#[test]
fn a_signature_counts_only_if_everything_about_it_is_true() {
    let (text, certs) = (fixture(FULL), fixture(CERTS));
    let all = signed(&text, &certs);
    assert_eq!((all.valid, all.known, all.required(), all.unknown), (9, 9, 5, 0));
    let crlf = String::from_utf8(certs.clone()).unwrap().replace('\n', "\r\n");
    assert_eq!(signed(&text, crlf.as_bytes()).valid, 9, "with other line ends");
    let none = signed(&text, b"");
    assert_eq!((none.valid, none.without_certificate), (0, 9));
    let mut changed = text.clone();
    let place = text.windows(13).position(|part| part == b"s Exit Fast G").unwrap();
    changed[place + 2] = b'e';
    let changed = signed(&changed, &certs);
    assert_eq!((changed.valid, changed.bad), (0, 9));
    let stranger = String::from_utf8_lossy(&text)
        .replace("directory-signature 49015F78", "directory-signature 49015F79");
    let stranger = signed(stranger.as_bytes(), &certs);
    assert_eq!((stranger.valid, stranger.unknown), (8, 1));
    let mut forged = certs.clone();
    let place = certs.windows(17).position(|part| part == b"dir-key-expires 2").unwrap();
    forged[place + 16] = b'3';
    let mut known = Certificates::default();
    let (taken, refused) = known.add(&forged);
    assert_eq!((taken, refused.len()), (9, 1), "a longer life breaks its own signature");
}

#[test]
fn an_old_certificate_signs_nothing_new() {
    let text = fixture(FULL);
    let later = String::from_utf8_lossy(&text).replace("2021-08-29", "2022-08-29");
    let later = signed(later.as_bytes(), &fixture(CERTS));
    assert_eq!((later.valid, later.bad), (0, 9 - later.without_certificate));
    assert!(later.without_certificate > 0, "{later:?}");
}

#[test]
fn an_exit_is_told_with_its_hour_its_signatures_and_its_ports() {
    let index = index(&[FULL, CERTS]);
    let ip = "162.247.74.201".parse().unwrap();
    let seen = index.ask(ip, at("2021-08-29T19:30:00Z"));
    assert_eq!(seen.coverage, Coverage::Fresh);
    let [relay] = &seen.relays[..] else { panic!("{seen:?}") };
    assert_eq!(relay.nickname, "CalyxInstitute14");
    assert!(relay.is_exit() && !relay.is_stale && relay.document.signed.is_majority());
    assert_eq!([relay.allows(443, None), relay.allows(25, None)], [Some(true), Some(false)]);
    let coverage = |time| index.ask(ip, at(time)).coverage;
    assert_eq!(coverage("2021-08-29T20:00:00Z"), Coverage::Stale);
    assert!(index.ask(ip, at("2021-08-29T20:00:00Z")).relays[0].is_stale);
    assert_eq!(coverage("2021-08-29T22:00:00Z"), Coverage::None(Some(0)));
    assert_eq!(coverage("2021-08-29T18:59:59Z"), Coverage::None(Some(1)));
    let listing = |ip: &str, time| {
        let at = Moment::from_rfc3339(time).unwrap();
        index.listing(ip.parse().unwrap(), at).map(|found| found.0)
    };
    assert_eq!(listing("162.247.74.201", "2021-08-29T19:30:00Z"), Some(Listing::Listed));
    assert_eq!(listing("165.22.200.169", "2021-08-29T19:30:00Z"), Some(Listing::NotListed));
    assert_eq!(listing("162.247.74.201", "2021-08-30T19:30:00Z"), None, "no data");
}

#[test]
fn a_scan_alone_is_told_apart() {
    let index = index(&[EXIT_LIST]);
    let seen = index.ask("162.247.74.201".parse().unwrap(), at("2018-10-31T12:00:00Z"));
    assert_eq!((seen.relays.len(), seen.scans.len()), (0, 1));
    assert!(matches!(seen.coverage, Coverage::None(None)));
    let late = index.ask("162.247.74.201".parse().unwrap(), at("2018-11-01T06:03:23Z"));
    assert_eq!(late.scans.len(), 0);
}

#[test]
fn the_view_of_exonerator_follows_its_rules() {
    let index = index(&[FULL, CERTS]);
    let day = at("2021-08-29T00:00:00Z").from_s;
    let ask = |ip: &str, days: i64| index.exonerator(ip.parse().unwrap(), day + days * 86_400);
    for days in -1..=1 {
        let Exonerated::Positive(found) = ask("162.247.74.201", days) else { panic!("{days}") };
        assert_eq!((found.len(), found[0].is_exit), (1, Some(true)));
    }
    let Exonerated::Positive(found) = ask("165.22.200.169", 0) else { panic!("a relay") };
    assert_eq!(found[0].is_exit, Some(false));
    assert_eq!(ask("162.247.74.201", 2), Exonerated::NoData);
    let Exonerated::Negative { neighbours } = ask("162.247.74.251", 0) else { panic!("nobody") };
    assert!(neighbours.contains(&"162.247.74.201".parse().unwrap()), "{neighbours:?}");
    let near = index.neighbours("162.247.74.251".parse().unwrap(), at("2021-08-29T19:30:00Z"));
    assert_eq!(near, neighbours);
}

#[test]
fn the_order_and_the_wrapping_of_documents_change_no_byte() {
    let names = [PLAIN[0], FULL, PLAIN[1], EXIT_LIST, PLAIN[2], CERTS];
    let straight = index(&names).to_bytes();
    let mut reversed = names;
    reversed.reverse();
    assert_eq!(index(&reversed).to_bytes(), straight);
    let mut archive = tar::Builder::new(Vec::new());
    for name in names {
        archive.append_path_with_name(path(name), format!("month/{name}")).unwrap();
    }
    let archive = zstd::encode_all(&archive.into_inner().unwrap()[..], 1).unwrap();
    let mut whole = builder();
    let added = whole.add("month.tar.zst", &archive[..]).unwrap();
    assert_eq!((added.consensuses, added.certificates, added.exit_lists), (4, 10, 1));
    assert_eq!(whole.add(CERTS, &fixture(FULL)[..]).unwrap().repeated, 1);
    assert_eq!(whole.finish().to_bytes(), straight);
    assert_eq!(TorIndex::from_bytes(&straight).unwrap().to_bytes(), straight);
}

#[test]
fn a_damaged_index_is_refused() {
    let bytes = index(&[PLAIN[0]]).to_bytes();
    for place in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x10;
        assert!(TorIndex::from_bytes(&damaged).is_err(), "byte {place}");
        assert!(TorIndex::from_bytes(&bytes[..place]).is_err(), "cut at {place}");
    }
}

#[test]
fn limits_hold() {
    let limits = Limits { file: 1000, ..Limits::default() };
    let mut small = TorIndexBuilder::new(Authorities::bundled().unwrap(), limits);
    assert!(small.add(FULL, &std::fs::read(path(FULL)).unwrap()[..]).is_err());
    let added = small.add("text", &b"hello\n"[..]).unwrap();
    assert_eq!((added.rejects.len(), added.rejects[0].line), (1, 1));
}
