use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::certificates::from_pem;
use super::*;
use crate::warc::{self, Draft};

const PLAIN: &[u8] = include_bytes!("../../../../datasets/web/valid_example_1.wacz");
const SIGNED: &[u8] = include_bytes!("../../../../datasets/web/valid_signed_example_1.wacz");

type Files = Vec<(String, Vec<u8>)>;

fn unpack(wacz: &[u8]) -> Files {
    let mut zip = ZipArchive::new(Cursor::new(wacz)).unwrap();
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().unwrap().into_owned(), bytes));
    }
    files
}

fn pack(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn file<'f>(files: &'f mut Files, name: &str) -> &'f mut Vec<u8> {
    &mut files.iter_mut().find(|(path, _)| path.contains(name)).unwrap().1
}

fn check(wacz: &[u8], trust: &Trust<'_>) -> Report {
    verify(Cursor::new(wacz), trust, &Limits::default()).unwrap()
}

fn untrusting(wacz: &[u8]) -> Report {
    check(wacz, &Trust::default())
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn states(report: &Report) -> Vec<(&str, &FileState)> {
    let wrong = report.files.iter().filter(|file| file.state != FileState::Right);
    wrong.map(|file| (file.path.as_str(), &file.state)).collect()
}

/// A property of the seal of the signed sample.
fn sealed(name: &str) -> String {
    let mut files = unpack(SIGNED);
    let seal: serde_json::Value =
        serde_json::from_slice(file(&mut files, "datapackage-digest")).unwrap();
    seal["signedData"][name].as_str().unwrap().to_owned()
}

fn stamp(token: &[u8], over: &[u8], certificates: &[Vec<u8>]) -> Result<StampSays, String> {
    // SEQUENCE { OID 1.2.840.113549.1.7.2 (signedData), … }
    assert_eq!(&token[4..15], [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]);
    assert_eq!(certificates.len(), 2);
    if over != sealed("signature").as_bytes() {
        return Err("it is over other bytes".to_owned());
    }
    let at = "2022-01-18T19:00:12Z".parse().unwrap();
    Ok(StampSays { at, authority: "www.freetsa.org".to_owned() })
}

/// The root of the chain of the sample, as another authority certified it.
fn root() -> Vec<u8> {
    from_pem(&sealed("domainCert")).remove(2)
}

fn flaws(wacz: &[u8], roots: &[Vec<u8>]) -> Vec<SealFlaw> {
    check(wacz, &Trust { roots, stamp: Some(&stamp) }).seal.unwrap().flaws
}

#[test]
fn the_signed_sample_holds_for_its_root_alone() {
    let roots = [root()];
    let report = check(SIGNED, &Trust { roots: &roots, stamp: Some(&stamp) });
    let seal = report.seal.clone().unwrap();
    assert_eq!(seal.flaws, []);
    assert!(report.is_right(), "{report:?}");
    let SealKind::Domain { domain, root_sha256, stamp: Some(stamp) } = seal.kind else { panic!() };
    assert_eq!(domain, "btrix-sign-test.webrecorder.net");
    assert_eq!(stamp.authority, "www.freetsa.org");
    assert_eq!(root_sha256.unwrap().len(), 64);
    assert_eq!((report.index.lines, report.index.right), (2, 2));
    assert_eq!(report.pages[0].url, "https://example.com/");

    let other = [from_pem(&sealed("timestampCert")).remove(1)];
    let unknown = SealFlaw::Chain("it ends at no root that is trusted".to_owned());
    assert_eq!(flaws(SIGNED, &other), std::slice::from_ref(&unknown));
    let untrusted = untrusting(SIGNED);
    assert!(!untrusted.is_right());
    assert_eq!(untrusted.seal.unwrap().flaws, [SealFlaw::StampUnchecked, unknown]);
}

#[test]
fn what_is_wrong_with_a_seal_is_said() {
    let roots = [root()];
    let with = |from: &str, to: &str| {
        let mut files = unpack(SIGNED);
        replace(file(&mut files, "datapackage-digest"), from, to);
        flaws(&pack(&files), &roots)
    };
    let signature = sealed("signature");
    let other = signature.replacen("QCf", "QCe", 1);
    let stamped = SealFlaw::Stamp("it is over other bytes".to_owned());
    assert_eq!(with(&signature, &other), [stamped, SealFlaw::Signature]);
    let domain = "btrix-sign-test.webrecorder.net";
    let quoted = format!("\"{domain}\"");
    let flaw = SealFlaw::Domain("example.org".to_owned());
    assert_eq!(with(&quoted, "\"example.org\""), [flaw]);
    let late = with("2022-01-18T19:00:12Z", "2022-01-18T20:00:12Z");
    assert!(matches!(late[..], [SealFlaw::Created { .. }, SealFlaw::Apart { .. }]), "{late:?}");
    assert_eq!(with("\"software\"", "\"x\"")[0], SealFlaw::Property("x".to_owned()));
    let key = format!("\"publicKey\": \"AA==\", {quoted}: 1, \"domain\"");
    assert_eq!(with("\"domain\"", &key).len(), 2);
    let begin = "-----BEGIN CERTIFICATE-----\\nMIIEej";
    assert!(
        with(begin, "-----BEGIN CERTIFICATE-----\\nMIIEek")
            .contains(&SealFlaw::Missing("domainCert"))
    );

    // The package was changed: the digest, and with it all that is signed, is another.
    let mut files = unpack(SIGNED);
    replace(file(&mut files, "datapackage.json"), "py-wacz 0.4.0", "py-wacz 0.4.1");
    assert_eq!(
        flaws(&pack(&files), &roots),
        [SealFlaw::Digest, SealFlaw::OtherDigest, SealFlaw::Signature]
    );
}

#[test]
fn the_plain_sample_is_right_and_every_changed_file_is_found() {
    let report = untrusting(PLAIN);
    assert!(report.is_right(), "{report:?}");
    assert_eq!((report.seal, report.index.right), (None, 1));
    for (path, _) in unpack(PLAIN) {
        if path == "datapackage.json" {
            continue;
        }
        let mut files = unpack(PLAIN);
        *file(&mut files, &path).last_mut().unwrap() ^= 1;
        assert_eq!(states(&untrusting(&pack(&files))), [(path.as_str(), &FileState::Wrong)]);
        files.retain(|(other, _)| *other != path);
        assert_eq!(states(&untrusting(&pack(&files))), [(path.as_str(), &FileState::Missing)]);
    }
    let mut files = unpack(PLAIN);
    files.push(("archive/more.warc".to_owned(), Vec::new()));
    assert_eq!(states(&untrusting(&pack(&files))), [("archive/more.warc", &FileState::Unlisted)]);
}

#[test]
fn an_index_that_points_elsewhere_is_found() {
    let with = |from: &str, to: &str| {
        let mut files = unpack(PLAIN);
        files.retain(|(path, _)| !path.starts_with("indexes/"));
        let line = "com,example)/ 20201007212236 {\"url\": \"http://www.example.com/\", \"digest\": \
            \"WJM2KPM4GF3QK2BISVUH2ASX64NOUY7L\", \"length\": \"1293\", \"offset\": \"845\", \
            \"filename\": \"example-collection.warc\"}\n";
        assert!(line.contains(from));
        files.push(("indexes/index.cdxj".to_owned(), line.replacen(from, to, 1).into_bytes()));
        untrusting(&pack(&files)).index
    };
    assert_eq!(with("url", "url").right, 1);
    let file = "example-collection.warc".to_owned();
    assert_eq!(with("845", "846").flaws, [IndexFlaw::Record { line: 1, file, at: 846 }]);
    assert!(matches!(with("1293", "99999").flaws[..], [IndexFlaw::Cut(_)]));
    assert_eq!(with("//www", "//").flaws, [IndexFlaw::Other { line: 1, what: "address" }]);
    let what = "digest of the payload";
    assert_eq!(with("WJM2", "WJM3").flaws, [IndexFlaw::Other { line: 1, what }]);
    assert!(matches!(with("collection", "other").flaws[..], [IndexFlaw::File { line: 1, .. }]));
    assert_eq!(with("{", "").flaws, [IndexFlaw::Line(1)]);
}

fn contents<'c>(archives: &[(&'c str, &'c [u8])]) -> Contents<'c> {
    let created = "2026-09-21T14:13:20Z".parse().unwrap();
    let page = Page {
        url: "https://example.org/a".to_owned(),
        ts: "2026-09-21T14:13:20Z".to_owned(),
        title: "A".to_owned(),
    };
    Contents {
        archives: archives.to_vec(),
        pages: vec![page],
        title: Some("Capture".to_owned()),
        software: "faisceau 0.1".to_owned(),
        created,
    }
}

fn archive() -> Vec<u8> {
    let at = "2026-09-21T14:13:20.5Z".parse().unwrap();
    let info = warc::Info { software: "faisceau 0.1".to_owned(), ..warc::Info::default() };
    let page =
        warc::resource("https://www.example.org/A?b=c#d", at, "text/html", b"hi".to_vec(), None);
    [warc::file_head(&info, at), page].iter().flat_map(Draft::member).collect()
}

fn key() -> SigningKey {
    SigningKey::new(&[7; 32]).unwrap()
}

#[test]
fn what_is_written_is_right_and_always_the_same() {
    let archive = archive();
    let contents = contents(&[("data.warc.gz", &archive), ("Old_1.warc", &[])]);
    let wacz = write(&contents, Some(&key())).unwrap();
    assert_eq!(wacz, write(&contents, Some(&key())).unwrap());
    let report = untrusting(&wacz);
    assert!(report.is_right(), "{report:?}");
    assert_eq!((report.index.lines, report.index.right, report.pages.len()), (1, 1, 1));
    let seal = report.seal.unwrap();
    assert!(matches!(&seal.kind, SealKind::Anonymous { key_sha256 } if key_sha256.len() == 64));
    assert_eq!(seal.software.as_deref(), Some("faisceau 0.1"));
    let unsigned = untrusting(&write(&contents, None).unwrap());
    assert_eq!(unsigned.seal.unwrap().kind, SealKind::Digest);

    // Changed with its digest, but not signed again.
    let mut files = unpack(&wacz);
    replace(file(&mut files, "datapackage.json"), "Capture", "Other");
    let digest = crate::warc::digest_of(file(&mut files, "datapackage.json"));
    let seal = String::from_utf8(file(&mut files, "datapackage-digest").clone()).unwrap();
    let old = seal.split('"').find(|part| part.starts_with("sha256:")).unwrap();
    *file(&mut files, "datapackage-digest") = seal.replace(old, &digest).into_bytes();
    assert_eq!(untrusting(&pack(&files)).seal.unwrap().flaws, [SealFlaw::Signature]);
    // Another key.
    let mut files = unpack(&wacz);
    let other = unpack(&write(&contents, SigningKey::new(&[8; 32]).as_ref()).unwrap());
    let mut other = other.clone();
    let other = file(&mut other, "datapackage-digest").clone();
    let public = |seal: &[u8]| {
        let seal: serde_json::Value = serde_json::from_slice(seal).unwrap();
        seal["signedData"]["publicKey"].as_str().unwrap().to_owned()
    };
    let (from, to) = (public(file(&mut files, "datapackage-digest")), public(&other));
    replace(file(&mut files, "datapackage-digest"), &from, &to);
    assert_eq!(untrusting(&pack(&files)).seal.unwrap().flaws, [SealFlaw::Signature]);
}

#[test]
fn what_cannot_be_indexed_is_not_written() {
    for (name, archive) in [("../x.warc", b"".as_slice()), ("", b""), ("a.warc", b"junk")] {
        assert!(matches!(write(&contents(&[(name, archive)]), None), Err(WaczError::Write(_))));
    }
    assert!(SigningKey::new(&[0; 32]).is_none());
}

#[test]
fn two_files_of_one_name_and_bombs_are_said() {
    let archive = archive();
    let wacz = write(&contents(&[("data.warc.gz", &archive)]), None).unwrap();
    let mut files = unpack(&wacz);
    files.push(("archive/evil.warc.gz".to_owned(), b"x".to_vec()));
    let mut twice = pack(&files);
    let at: Vec<usize> = twice
        .windows(20)
        .enumerate()
        .filter(|(_, w)| w == b"archive/evil.warc.gz")
        .map(|(at, _)| at)
        .collect();
    for at in at {
        twice[at..at + 20].copy_from_slice(b"archive/data.warc.gz");
    }
    let flaw = PackageFlaw::Twice("archive/data.warc.gz".to_owned());
    assert_eq!(untrusting(&twice).flaws, [flaw]);
    let mut files = unpack(&wacz);
    *file(&mut files, "archive") = vec![0; 40 << 20];
    let states = untrusting(&pack(&files)).files;
    assert!(
        states.iter().any(|f| matches!(&f.state, FileState::Unread(why) if why.contains("200")))
    );
}

#[test]
fn what_is_no_package_is_refused() {
    for junk in [b"".as_slice(), b"PK\x03\x04", b"WARC/1.0"] {
        let read = verify(Cursor::new(junk), &Trust::default(), &Limits::default());
        assert!(matches!(read, Err(WaczError::Zip(_))));
    }
    for package in [None, Some("[]"), Some("{"), Some("{\"resources\": 1}")] {
        let named = |text: &str| ("datapackage.json".to_owned(), text.as_bytes().to_vec());
        let wacz = pack(&package.into_iter().map(named).collect());
        let read = verify(Cursor::new(wacz), &Trust::default(), &Limits::default());
        assert!(matches!(read, Err(WaczError::Package(_))));
    }
}

#[test]
fn an_answer_around_a_token_is_read_again() {
    for length in [0, 1, 0x7a, 0x7b, 0xfb, 0x100, 0x1_0000] {
        let token = [vec![0x30, 0x84, 0, 0, 0, 0], vec![7; length]].concat();
        let answer = super::seal::response_with(&token);
        assert_eq!(super::seal::token(&answer), token, "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn junk_is_no_key_of_a_domain(
        head in prop::sample::select(vec!["", "-----BEGIN PRIVATE KEY-----\n", "0"]),
        junk in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let key = [head.as_bytes(), &junk].concat();
        let chain = from_pem(&sealed("domainCert"));
        let domain = sealed("domain");
        for chain in [chain.as_slice(), std::slice::from_ref(&junk)] {
            prop_assert!(matches!(DomainKey::new(&domain, &key, chain), Err(WaczError::Key(_))));
        }
    }

    #[test]
    fn mutated_packages_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut wacz = SIGNED.to_vec();
        let place = at.index(wacz.len());
        wacz[place] = byte;
        let roots = [root()];
        let loose = |_: &[u8], _: &[u8], _: &[Vec<u8>]| {
            let at = "2022-01-18T19:00:12Z".parse().unwrap();
            Ok(StampSays { at, authority: String::new() })
        };
        let trust = Trust { roots: &roots, stamp: Some(&loose) };
        let _read = verify(Cursor::new(&wacz), &trust, &Limits::default());
    }

    #[test]
    fn a_changed_signature_or_digest_never_holds(
        what in prop::sample::select(vec!["signature", "hash", "created", "domain"]),
        at in any::<prop::sample::Index>(),
        bit in 0_u8..7,
    ) {
        let value = sealed(what);
        let mut changed = value.clone().into_bytes();
        let place = at.index(changed.len());
        changed[place] ^= 1 << bit;
        let changed = String::from_utf8(changed).unwrap();
        let mut files = unpack(SIGNED);
        let seal = file(&mut files, "datapackage-digest");
        let text = String::from_utf8(seal.clone()).unwrap();
        let (first, rest) = text.split_once("signedData").unwrap();
        let rest = rest.replacen(&format!("{value:?}"), &format!("{changed:?}"), 1);
        *seal = format!("{first}signedData{rest}").into_bytes();
        let loose = |_: &[u8], _: &[u8], _: &[Vec<u8>]| {
            let at = "2022-01-18T19:00:12Z".parse().unwrap();
            Ok(StampSays { at, authority: String::new() })
        };
        let roots = [root()];
        let report = check(&pack(&files), &Trust { roots: &roots, stamp: Some(&loose) });
        // The names of hosts have no case (RFC 4343).
        prop_assert!(
            !report.seal.unwrap().holds() || what == "domain" && value.eq_ignore_ascii_case(&changed)
        );
    }
}
