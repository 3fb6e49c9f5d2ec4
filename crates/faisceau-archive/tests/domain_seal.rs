//! Packages that are sealed for a domain, with chains and time stamps that OpenSSL makes, and the
//! real token of the signed sample. Needs OpenSSL 3; says so and ends where it is missing.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle and reads the clock")]

mod authority;

use std::io::{Cursor, Read as _};

use authority::{Authority, DOMAIN, with_right_check_sums};
use faisceau_archive::wacz::{
    Contents, DomainKey, Limits, Report, Seal, SealFlaw, SealKind, Trust, WaczError, prepare,
    stamp_check, verify,
};
use faisceau_archive::warc::{Draft, Info, file_head, resource};
use faisceau_timestamp::{Roots, certificates, token_of_response};
use jiff::{SignedDuration, Timestamp};

const SIGNED: &[u8] = include_bytes!("../../../datasets/web/valid_signed_example_1.wacz");

fn archive(at: Timestamp) -> Vec<u8> {
    let page = resource("https://example.org/", at, "text/html", b"<p>hi</p>".to_vec(), None);
    [file_head(&Info::default(), at), page].iter().flat_map(Draft::member).collect()
}

fn contents(archive: &[u8], created: Timestamp) -> Contents<'_> {
    Contents {
        archives: vec![("data.warc.gz", archive)],
        pages: Vec::new(),
        title: None,
        software: "faisceau 0.1".to_owned(),
        created,
    }
}

fn read(wacz: &[u8], roots: &[Vec<u8>], stamps: &Roots) -> Report {
    let stamp = stamp_check(stamps);
    let trust = Trust { roots, stamp: Some(&*stamp) };
    verify(Cursor::new(wacz), &trust, &Limits::default()).unwrap()
}

fn seal(wacz: &[u8], roots: &[Vec<u8>], stamps: &Roots) -> Seal {
    read(wacz, roots, stamps).seal.unwrap()
}

/// The file of the seal in a package, without compression.
fn seal_file(wacz: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(wacz)).unwrap();
    let mut text = String::new();
    zip.by_name("datapackage-digest.json").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn field(wacz: &[u8], name: &str) -> String {
    let seal: serde_json::Value = serde_json::from_str(&seal_file(wacz)).unwrap();
    seal["signedData"][name].as_str().unwrap().to_owned()
}

/// The roots of the sample: the one of its domain, and the one of its time stamp.
fn roots_of_sample() -> (Vec<Vec<u8>>, Roots) {
    let domain = certificates(field(SIGNED, "domainCert").as_bytes()).unwrap().remove(2);
    let stamp = certificates(field(SIGNED, "timestampCert").as_bytes()).unwrap().remove(1);
    (vec![domain], Roots::from_der(&stamp).unwrap())
}

/// The sample with another text in its seal.
fn sample_with(from: &str, to: &str) -> Vec<u8> {
    let text = seal_file(SIGNED);
    assert!(text.contains(from));
    let mut zip = zip::ZipArchive::new(Cursor::new(SIGNED)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let file = zip.by_index_raw(index).unwrap();
        if file.name().unwrap() == "datapackage-digest.json" {
            let options = zip::write::SimpleFileOptions::default();
            out.start_file("datapackage-digest.json", options).unwrap();
            std::io::Write::write_all(&mut out, text.replacen(from, to, 1).as_bytes()).unwrap();
        } else {
            out.raw_copy_file(file).unwrap();
        }
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn the_real_token_of_the_sample_holds_under_its_own_root_alone() {
    let (roots, stamps) = roots_of_sample();
    let report = read(SIGNED, &roots, &stamps);
    assert!(report.is_right(), "{report:?}");
    let SealKind::Domain { stamp: Some(stamp), .. } = report.seal.unwrap().kind else {
        unreachable!()
    };
    assert_eq!(stamp.at.to_string(), "2022-01-18T19:00:12Z");
    assert!(stamp.authority.contains("freetsa.org"), "{}", stamp.authority);

    // The root of the domain is none for time stamps.
    let other = Roots::from_der(&roots[0]).unwrap();
    let flaws = seal(SIGNED, &roots, &other).flaws;
    assert!(matches!(&flaws[..], [SealFlaw::Stamp(why)] if why.contains("root")), "{flaws:?}");
}

#[test]
fn a_changed_byte_of_the_real_token_and_other_bytes_are_found() {
    let (roots, stamps) = roots_of_sample();
    let token = field(SIGNED, "timeSignature");
    let signature = field(SIGNED, "signature");
    // Of every hundredth character, one bit of what it stands for.
    let mut refused = 0;
    for at in (0..token.len() - 4).step_by(100) {
        let old = token.as_bytes()[at];
        let new = if old == b'A' { 'B' } else { 'A' };
        let changed = format!("{}{new}{}", &token[..at], &token[at + 1..]);
        let flaws = seal(&sample_with(&token, &changed), &roots, &stamps).flaws;
        // What carries certificates that nothing is built on is not signed.
        refused += usize::from(matches!(&flaws[..], [SealFlaw::Stamp(_)]));
    }
    assert!(refused >= 10, "{refused}");
    let other = signature.replacen("QCf", "QCe", 1);
    let flaws = seal(&sample_with(&signature, &other), &roots, &stamps).flaws;
    let over = |flaw: &SealFlaw| matches!(flaw, SealFlaw::Stamp(why) if why.contains("over other"));
    assert!(flaws.iter().any(over), "{flaws:?}");
}

#[test]
fn a_domain_seals_and_the_same_gives_the_same_bytes() {
    let Some(authority) = Authority::new() else { return };
    let (created, stamps) = (Timestamp::now(), authority.stamp_roots());
    let archive = archive(created);
    let (roots, chain) = (authority.chain("domain-root.pem"), authority.chain("stamp-chain.pem"));
    for name in ["domain", "p384"] {
        let key = authority.key(name);
        let prepared = || prepare(&contents(&archive, created), &key).unwrap();
        let answer = authority.stamp(prepared().to_stamp());
        let wacz = prepared().seal(&answer, &chain).unwrap();
        assert_eq!(wacz, prepared().seal(&answer, &chain).unwrap());
        // A token alone, and certificates in another order, give the same.
        let token = token_of_response(&answer).unwrap();
        let turned = [chain[1].clone(), chain[0].clone(), chain[2].clone()];
        let other = prepared().seal(token, &turned).unwrap();
        assert_eq!(field(&other, "timestampCert"), field(&wacz, "timestampCert"));
        for wacz in [&wacz, &other] {
            let report = read(wacz, &roots, &stamps);
            assert!(report.is_right(), "{report:?}");
            let SealKind::Domain { domain, stamp: Some(stamp), .. } = report.seal.unwrap().kind
            else {
                unreachable!()
            };
            assert_eq!((domain.as_str(), stamp.authority.as_str()), (DOMAIN, "CN=Test stamps"));
        }
        assert_eq!(field(&wacz, "signature").as_bytes(), prepared().to_stamp());
    }
}

#[test]
fn what_is_not_under_the_roots_given_is_refused() {
    let Some(authority) = Authority::new() else { return };
    let (created, stamps) = (Timestamp::now(), authority.stamp_roots());
    let archive = archive(created);
    let roots = authority.chain("domain-root.pem");
    let chain = authority.chain("stamp-chain.pem");
    let unknown = SealFlaw::Chain("it ends at no root that is trusted".to_owned());

    // The same names, under a root that is called "(STAGING)" and was not given.
    let prepared = prepare(&contents(&archive, created), &authority.key("staging")).unwrap();
    let answer = authority.stamp(prepared.to_stamp());
    let staging = prepared.seal(&answer, &chain).unwrap();
    assert_eq!(seal(&staging, &roots, &stamps).flaws, std::slice::from_ref(&unknown));
    assert_eq!(seal(&staging, &[], &stamps).flaws, std::slice::from_ref(&unknown));
    assert_eq!(seal(&staging, &authority.chain("staging-root.pem"), &stamps).flaws, []);

    // A token under another root than the ones given.
    let other = Roots::from_pem(&authority.file("domain-root.pem")).unwrap();
    let flaws = seal(&staging, &authority.chain("staging-root.pem"), &other).flaws;
    assert!(matches!(flaws[..], [SealFlaw::Stamp(_)]), "{flaws:?}");
}

#[test]
fn one_changed_byte_of_the_package_is_found() {
    let Some(authority) = Authority::new() else { return };
    let (created, stamps) = (Timestamp::now(), authority.stamp_roots());
    let archive = archive(created);
    let roots = authority.chain("domain-root.pem");
    let prepared = prepare(&contents(&archive, created), &authority.key("domain")).unwrap();
    let answer = authority.stamp(prepared.to_stamp());
    let wacz = prepared.seal(&answer, &authority.chain("stamp-chain.pem")).unwrap();
    let at = wacz.windows(12).position(|w| w == b"faisceau 0.1").unwrap();
    let mut changed = wacz.clone();
    changed[at] = b'F';
    let untrusting = verify(Cursor::new(&changed), &Trust::default(), &Limits::default());
    assert!(!untrusting.is_ok_and(|report| report.is_right()));
    for (what, flaw) in [("signature", "Signature"), ("timeSignature", "Stamp")] {
        let text = field(&wacz, what);
        let at = wacz.windows(text.len()).position(|w| w == text.as_bytes()).unwrap();
        let mut changed = wacz.clone();
        // The end of a token is its signature; before it are certificates, which nobody signed.
        let place = at + text.len() - 16;
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        // ZIP has a check sum of its own, which anybody can make right.
        let report = read(&with_right_check_sums(&changed), &roots, &stamps);
        let flaws = format!("{:?}", report.seal.unwrap().flaws);
        assert!(flaws.contains(flaw), "{what}: {flaws}");
    }
}

#[test]
fn keys_chains_and_stamps_that_do_not_fit_do_not_seal() {
    let Some(authority) = Authority::new() else { return };
    let created = Timestamp::now();
    let archive = archive(created);
    let chain = authority.chain("domain-chain.pem");
    let key = authority.file("domain.key");
    let why = |domain: &str, key: &[u8], chain: &[Vec<u8>]| match DomainKey::new(domain, key, chain)
    {
        Err(WaczError::Key(why)) => why,
        other => format!("{other:?}"),
    };
    assert!(why("other.example", &key, &chain).contains("not for `other.example`"));
    assert!(why(DOMAIN, &authority.file("p384.key"), &chain).contains("first certificate"));
    assert!(why(DOMAIN, &authority.file("rsa.key"), &chain).contains("ECDSA alone"));
    assert!(why(DOMAIN, b"junk", &chain).contains("no private key"));
    assert!(why(DOMAIN, &vec![0x30; 1 << 20], &chain).contains("longer"));
    assert!(why(DOMAIN, &key, &[]).contains("no certificate"));
    assert!(why(DOMAIN, &key, &[vec![1]]).contains("certificate is none"));
    // PKCS#8, and the chain as text.
    let text = String::from_utf8(authority.file("p384-chain.pem")).unwrap();
    let p384 = DomainKey::from_pem(DOMAIN, &authority.file("p384.pkcs8"), &text).unwrap();
    assert_eq!(format!("{p384:?}"), "DomainKey { domain: \"observer.example\", .. }");

    // A chain that does not lead to its end, and one that is not valid any more.
    let broken = [chain[0].clone(), chain[2].clone()];
    let broken = DomainKey::new(DOMAIN, &key, &broken).unwrap();
    let key = DomainKey::new(DOMAIN, &key, &chain).unwrap();
    let late = created + SignedDuration::from_hours(24 * 365);
    for refused in
        [prepare(&contents(&archive, created), &broken), prepare(&contents(&archive, late), &key)]
    {
        assert!(matches!(refused, Err(WaczError::Key(why)) if why.contains("chain is refused")));
    }

    let stamps = authority.chain("stamp-chain.pem");
    let prepared = |created| prepare(&contents(&archive, created), &key).unwrap();
    let why = |token: &[u8], chain: &[Vec<u8>]| match prepared(created).seal(token, chain) {
        Err(WaczError::Stamp(why)) => why,
        other => format!("{other:?}"),
    };
    let right = authority.stamp(prepared(created).to_stamp());
    assert!(why(&authority.stamp(b"other"), &stamps).contains("over other data"));
    assert!(why(&right, &[]).contains("no certificates"));
    assert!(why(&right, &chain).contains("root"), "{}", why(&right, &chain));
    assert!(why(&right, &stamps[2..]).contains("is not beside it"));
    assert!(why(b"junk", &stamps).contains("token"), "{}", why(b"junk", &stamps));
    let early = created + SignedDuration::from_mins(11);
    let stamp = authority.stamp(prepared(early).to_stamp());
    let refused = prepared(early).seal(&stamp, &stamps);
    assert!(matches!(refused, Err(WaczError::Stamp(why)) if why.contains("the package of")));
}
