//! Beside the reference programs: warcio, py-wacz, authsign and the `cryptography` package of
//! Python, where they are installed. `FAISCEAU_PYTHON` names a Python that has them.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::panic, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle and writes its input")]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use faisceau_archive::wacz::{
    Contents, Limits, Page, SigningKey, Trust, prepare, stamp_check, verify, write,
};
use faisceau_archive::warc::{
    self, Checked, Draft, Exchange, Info, Item, Reader, Record, file_head, resource,
};
use jiff::Timestamp;

mod authority;

use authority::{Authority, with_right_check_sums};

/// Its chain ends at a root of Let's Encrypt that authsign trusts.
const SIGNED: &[u8] = include_bytes!("../../../datasets/web/valid_signed_example_1.wacz");
const AT: Timestamp = Timestamp::constant(1_790_000_000, 123_456_000);

/// A Python with the oracles, if there is one.
fn python() -> Option<String> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python)
        .args(["-c", "import warcio, wacz, cryptography, authsign.verifier"])
        .output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs warcio, wacz, authsign");
    eprintln!("SKIPPED: needs a Python with warcio, wacz and authsign (FAISCEAU_PYTHON)");
    None
}

/// Runs Python with arguments in a folder. Gives whether it succeeded, and what it wrote.
fn run(python: &str, folder: &Path, arguments: &[&str]) -> (bool, String) {
    let ran = Command::new(python).args(arguments).current_dir(folder).output().unwrap();
    let text = [ran.stdout, ran.stderr].concat();
    (ran.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn exchange(path: &str, request: &str, received: &[u8]) -> Exchange {
    Exchange {
        url: format!("https://example.org/{path}"),
        method: request.split(' ').next().unwrap().to_owned(),
        sent: request.as_bytes().to_vec(),
        received: received.to_vec(),
        at: AT,
        ended: AT,
        remote: Some("192.0.2.1:443".parse().unwrap()),
        via: Some("socks5://127.0.0.1:9050".to_owned()),
        tls: None,
        resolved: vec!["192.0.2.1".to_owned()],
        cut: None,
    }
}

/// Everything that we write: bodies with a length, in chunks, in gzip, cut, none, no HTTP, interim
/// responses, a POST, silence, a resource.
fn drafts() -> Vec<Draft> {
    let get = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
    let post = "POST /q HTTP/1.1\r\nHost: example.org\r\nContent-Length: 3\r\n\r\na=b";
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03KLJ\x06\0\xc2A$5\x03\0\0\0";
    let coded = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), gzip].concat();
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>hi</p>";
    let answers: [(&str, &str, &[u8]); 9] = [
        ("", get, page),
        ("c", get, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        ("g", get, &coded),
        ("cut", get, b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc"),
        ("none", get, b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
        ("ssh", get, b"SSH-2.0-x\r\n"),
        ("early", get, b"HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"),
        ("q", post, b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}"),
        ("silent", get, b""),
    ];
    let info = Info { software: "faisceau 0.1".to_owned(), ..Info::default() };
    let mut drafts = vec![file_head(&info, AT)];
    for (path, request, received) in answers {
        drafts.extend(exchange(path, request, received).records());
    }
    drafts.push(resource("https://example.org/", AT, "image/png", vec![1, 2, 3], None));
    drafts
}

fn records(file: &[u8]) -> Vec<Record> {
    let mut reader = Reader::new(file, warc::Limits::default()).unwrap();
    let mut records = Vec::new();
    while let Some(item) = reader.next_item().unwrap() {
        match item {
            Item::Record(record) => records.push(*record),
            Item::Broken(broken) => panic!("{broken}"),
        }
    }
    records
}

#[test]
fn warcio_accepts_what_we_write_and_finds_it_at_the_same_places() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    for (name, form) in
        [("a.warc", Draft::bytes as fn(&Draft) -> Vec<u8>), ("a.warc.gz", Draft::member)]
    {
        let file: Vec<u8> = drafts().iter().flat_map(form).collect();
        fs::write(folder.path().join(name), &file).unwrap();
        let warcio = |arguments: &[&str]| {
            run(&python, folder.path(), &[&["-m", "warcio.cli"], arguments].concat())
        };
        let (fine, said) = warcio(&["check", "-v", name]);
        assert!(fine, "{said}");
        assert_eq!(said.matches("digest pass").count(), drafts().len(), "{said}");
        let (fine, said) = warcio(&["index", "-f", "offset,length,warc-type", name]);
        assert!(fine, "{said}");
        let line = |r: &Record| {
            // Of a plain file, warcio does not count the empty lines after the block.
            let ends = if name.ends_with("gz") { 0 } else { 4 };
            let (at, length, kind) = (r.place.at, r.place.length.unwrap() - ends, r.kind);
            format!("{{\"offset\": \"{at}\", \"length\": \"{length}\", \"warc-type\": \"{kind}\"}}")
        };
        let ours: Vec<String> = records(&file).iter().map(line).collect();
        assert_eq!(said.lines().collect::<Vec<_>>(), ours);
    }
}

#[test]
fn warcio_and_we_find_the_same_changed_byte() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut file: Vec<u8> = drafts().iter().flat_map(Draft::bytes).collect();
    let at = file.windows(9).position(|w| w == b"<p>hi</p>").unwrap();
    file[at + 3] = b'H';
    fs::write(folder.path().join("a.warc"), &file).unwrap();
    let (fine, said) = run(&python, folder.path(), &["-m", "warcio.cli", "check", "a.warc"]);
    assert!(!fine);
    assert_eq!(said.matches("digest failed").count(), 2, "{said}");
    let wrong = records(&file).iter().filter(|r| r.block_digest == Checked::Wrong).count();
    assert_eq!(wrong, 1);
}

/// What warcio writes: SHA-1 in base 32, WARC 1.0 and 1.1, a revisit.
const WRITER: &str = r"
from io import BytesIO
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
for name, gz, version in (('w.warc', False, '1.0'), ('w.warc.gz', True, '1.1')):
    with open(name, 'wb') as out:
        writer = WARCWriter(out, gzip=gz, warc_version=version)
        writer.write_record(writer.create_warcinfo_record(name, {'software': 'x'}))
        for n in range(20):
            head = StatusAndHeaders('200 OK', [('A', 'b')], protocol='HTTP/1.1')
            writer.write_record(writer.create_warc_record('http://example.org/%d' % n,
                'response', payload=BytesIO(b'x' * n), http_headers=head))
        writer.write_record(writer.create_revisit_record('http://example.org/r',
            'sha1:B6QJ6BNJ3R4B23XXPRZKHLPGJY2VE4O5', 'http://example.org/0', '2020-01-01T00:00:00Z'))
";

#[test]
fn we_accept_what_warcio_writes() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (fine, said) = run(&python, folder.path(), &["-c", WRITER]);
    assert!(fine, "{said}");
    for name in ["w.warc", "w.warc.gz"] {
        let records = records(&fs::read(folder.path().join(name)).unwrap());
        assert_eq!(records.len(), 22);
        assert!(records.iter().all(|r| r.flaws.is_empty()));
        assert!(records[..21].iter().all(|r| r.block_digest == Checked::Right));
        assert!(records[1..21].iter().all(|r| r.payload_digest == Checked::Right));
        assert_eq!(records[21].payload_digest, Checked::Elsewhere);
    }
}

fn contents(archive: &[u8], created: Timestamp) -> Contents<'_> {
    let page = Page {
        url: "https://example.org/".to_owned(),
        ts: "2026-09-21T14:13:20Z".to_owned(),
        title: "hi".to_owned(),
    };
    Contents {
        archives: vec![("data.warc.gz", archive)],
        pages: vec![page],
        title: Some("Capture".to_owned()),
        software: "faisceau 0.1".to_owned(),
        created,
    }
}

fn archive() -> Vec<u8> {
    drafts().iter().flat_map(Draft::member).collect()
}

fn package(key: Option<&SigningKey>) -> Vec<u8> {
    write(&contents(&archive(), AT), key).unwrap()
}

/// Checks an anonymous signature as the specification says, with another implementation.
const SIGNATURE: &str = r"
import base64, hashlib, json, zipfile
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
package = zipfile.ZipFile('a.wacz')
signed = json.loads(package.read('datapackage-digest.json'))['signedData']
digest = hashlib.sha256(package.read('datapackage.json')).hexdigest()
assert signed['hash'] == 'sha256:' + digest
key = serialization.load_der_public_key(base64.b64decode(signed['publicKey']))
raw = base64.b64decode(signed['signature'])
half = len(raw) // 2
number = lambda part: int.from_bytes(part, 'big')
der = utils.encode_dss_signature(number(raw[:half]), number(raw[half:]))
key.verify(der, signed['hash'].encode(), ec.ECDSA(hashes.SHA256()))
print('verified')
";

#[test]
fn py_wacz_accepts_what_we_write_and_we_what_it_writes() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let wacz = |arguments: &[&str]| {
        let main = "import sys; from wacz.main import main; sys.exit(main(sys.argv[1:]))";
        run(&python, folder.path(), &[&["-c", main], arguments].concat())
    };
    fs::write(folder.path().join("a.wacz"), package(SigningKey::new(&[7; 32]).as_ref())).unwrap();
    let (fine, said) = wacz(&["validate", "-f", "a.wacz"]);
    assert!(fine && said.contains("the passed WACZ is valid"), "{said}");
    let (fine, said) = run(&python, folder.path(), &["-c", SIGNATURE]);
    assert!(fine && said.contains("verified"), "{said}");

    fs::write(folder.path().join("data.warc.gz"), archive()).unwrap();
    let (fine, said) = wacz(&["create", "-o", "b.wacz", "--detect-pages", "data.warc.gz"]);
    assert!(fine, "{said}");
    let theirs = fs::read(folder.path().join("b.wacz")).unwrap();
    let report = verify(Cursor::new(theirs), &Trust::default(), &Limits::default()).unwrap();
    assert!(report.is_right(), "{report:?}");
    assert!(report.index.right >= 8, "{report:?}");

    // One changed byte in the list of pages, which is stored as it is.
    let mut changed = package(None);
    let at = changed.windows(14).position(|w| w == b"json-pages-1.0").unwrap();
    changed[at] = b'J';
    fs::write(folder.path().join("c.wacz"), &changed).unwrap();
    let (_, said) = wacz(&["validate", "-f", "c.wacz"]);
    assert!(!said.contains("the passed WACZ is valid"), "{said}");
    let report = verify(Cursor::new(changed), &Trust::default(), &Limits::default()).unwrap();
    assert!(!report.is_right());
}

/// `wacz validate --verify-auth`, as it is but for the file of the roots that authsign trusts: it
/// takes the one that it comes with, and py-wacz has no setting for another.
const VERIFY_AUTH: &str = r"
import sys
import authsign.verifier
from wacz.main import main
if sys.argv[1] != 'own':
    authsign.verifier.DEFAULT_TRUSTED_ROOTS = sys.argv[1]
sys.exit(main(['validate', '-f', sys.argv[2], '--verify-auth']))
";

/// The file of the roots that authsign trusts: SHA-256 of certificates.
fn trusted(domain: &[u8], stamp: &[u8]) -> String {
    let digest = |der: &[u8]| -> String {
        let digest = faisceau_timestamp::HashAlgorithm::Sha256.digest(der).unwrap();
        digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    format!(
        "domain_cert_roots:\n  - {}\ntimestamp_cert_roots:\n  - {}\n",
        digest(domain),
        digest(stamp)
    )
}

#[test]
fn authsign_accepts_our_seal_of_a_domain_and_refuses_what_we_refuse() {
    let Some(python) = python() else { return };
    let Some(authority) = Authority::new() else { return };
    let root = |name: &str| authority.chain(name).remove(0);
    let (domain, stamp) = (root("domain-root.pem"), root("stamp-root.pem"));
    let stamps = authority.stamp_roots();
    let both = |wacz: &[u8], roots: &str| {
        fs::write(authority.folder().join("a.wacz"), wacz).unwrap();
        let (fine, said) = run(&python, authority.folder(), &["-c", VERIFY_AUTH, roots, "a.wacz"]);
        let check = stamp_check(&stamps);
        let trust = Trust { roots: std::slice::from_ref(&domain), stamp: Some(&*check) };
        let ours = verify(Cursor::new(wacz), &trust, &Limits::default());
        let theirs = fine && said.contains("Successfully verified signature via: direct check");
        (theirs, ours.is_ok_and(|report| report.is_right()), said)
    };
    let file = |name: &str, text: String| fs::write(authority.folder().join(name), text).unwrap();
    file("roots.yaml", trusted(&domain, &stamp));
    file("other-roots.yaml", trusted(&stamp, &domain));

    let (created, archive) = (Timestamp::now(), archive());
    let sealed = |name: &str| {
        let prepared = prepare(&contents(&archive, created), &authority.key(name)).unwrap();
        let answer = authority.stamp(prepared.to_stamp());
        let signature = String::from_utf8(prepared.to_stamp().to_vec()).unwrap();
        (prepared.seal(&answer, &authority.chain("stamp-chain.pem")).unwrap(), signature)
    };
    for name in ["domain", "p384"] {
        let (wacz, signature) = sealed(name);
        let (theirs, ours, said) = both(&wacz, "roots.yaml");
        assert!(theirs && ours, "{said}");
        // Roots that are those of something else, and those that authsign comes with.
        for roots in ["other-roots.yaml", "own"] {
            let (theirs, _, said) = both(&wacz, roots);
            assert!(!theirs && said.contains("Trusted Domain Root Cert"), "{roots}: {said}");
        }
        // One byte of the signature, and one of the token over it.
        let stamp = wacz.windows(15).position(|w| w == b"\"timestampCert\"").unwrap();
        let signature = wacz.windows(signature.len()).position(|w| w == signature.as_bytes());
        for place in [signature.unwrap() + 40, stamp - 30] {
            let mut changed = wacz.clone();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let (theirs, ours, said) = both(&with_right_check_sums(&changed), "roots.yaml");
            assert!(!theirs && !ours, "{place}: {said}");
        }
        // One byte of what is sealed.
        let at = wacz.windows(9).position(|w| w == b"\"Capture\"").unwrap();
        let mut changed = wacz.clone();
        changed[at + 1] = b'c';
        let (theirs, ours, said) = both(&with_right_check_sums(&changed), "roots.yaml");
        assert!(!theirs && !ours, "{said}");
    }
    // The same names, under a root called "(STAGING)" that was not given.
    let (theirs, ours, said) = both(&sealed("staging").0, "roots.yaml");
    assert!(!theirs && !ours && said.contains("Trusted Domain Root Cert"), "{said}");
}

/// The certificates of a property of the sample's seal.
fn of_sample(name: &str) -> Vec<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(SIGNED)).unwrap();
    let seal = zip.by_name("datapackage-digest.json").unwrap();
    let seal: serde_json::Value = serde_json::from_reader(seal).unwrap();
    let text = seal["signedData"][name].as_str().unwrap();
    faisceau_timestamp::certificates(text.as_bytes()).unwrap()
}

#[test]
fn authsign_and_we_say_the_same_of_the_real_sample() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (domain, stamp) = (of_sample("domainCert"), of_sample("timestampCert"));
    let (domain, stamp) = (domain.last().unwrap(), stamp.last().unwrap());
    fs::write(folder.path().join("a.wacz"), SIGNED).unwrap();
    fs::write(folder.path().join("roots.yaml"), trusted(stamp, stamp)).unwrap();
    let stamps = faisceau_timestamp::Roots::from_der(stamp).unwrap();
    let check = stamp_check(&stamps);
    // Those that authsign comes with, and those of somebody else.
    for (roots, ours, right) in [("own", domain, true), ("roots.yaml", stamp, false)] {
        let (fine, said) = run(&python, folder.path(), &["-c", VERIFY_AUTH, roots, "a.wacz"]);
        let trust = Trust { roots: std::slice::from_ref(ours), stamp: Some(&*check) };
        let report = verify(Cursor::new(SIGNED), &trust, &Limits::default()).unwrap();
        assert_eq!((fine, report.is_right()), (right, right), "{roots}: {said}");
    }
}
