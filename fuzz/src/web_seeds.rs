//! Seeds of the targets that read web archives, HTTP messages and time stamps.

use std::fs;
use std::path::{Path, PathBuf};

use faisceau_archive::warc::{Draft, Exchange, Info, exchanges, file_head};

/// Target, name and bytes of each seed; `crates` is the folder of that name.
pub fn all(crates: &Path) -> Vec<(&'static str, String, Vec<u8>)> {
    let mut seeds = Vec::new();
    let web = crates.join("../datasets/web");
    for path in files(&web) {
        let bytes = fs::read(&path).expect("a seed");
        match path.extension().and_then(|e| e.to_str()) {
            Some("warc" | "gz") => seeds.push(("warc", name(&path), bytes)),
            Some("wacz") => seeds.push(("wacz", name(&path), bytes)),
            _ => {}
        }
    }
    for (path, received) in RESPONSES {
        let exchange = exchange(path, received);
        let own: [fn(&Exchange) -> Vec<u8>; 2] = [Exchange::bytes, Exchange::members];
        for (form, bytes) in own.iter().map(|form| form(&exchange)).enumerate() {
            assert_eq!(exchanges(&bytes).0, [exchange.clone()]);
            seeds.push(("warc", format!("{path}-{form}"), bytes));
        }
        for how in [0, 3, 0x80] {
            let bytes = [&[how], *received].concat();
            seeds.push(("http-message", format!("{path}-{how}"), bytes));
        }
    }
    let head = file_head(&Info::default(), "2026-01-01T00:00:00Z".parse().expect("a time"));
    seeds.push(("warc", "head".to_owned(), Draft::bytes(&head)));
    for (index, text) in PARTS.iter().enumerate() {
        seeds.push(("wacz", format!("part-{index}"), text.as_bytes().to_vec()));
    }
    let tokens = crates.join("faisceau-timestamp/tests/fixtures");
    for path in [&tokens, &tokens.join("webrecorder")].into_iter().flat_map(|f| files(f)) {
        let is_seed =
            path.extension().is_some_and(|e| ["tst", "tsr", "pem"].iter().any(|s| e == *s));
        if is_seed {
            seeds.push(("time-stamp", name(&path), fs::read(&path).expect("a seed")));
        }
    }
    seeds
}

const RESPONSES: &[(&str, &[u8])] = &[
    ("page", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>hi</p>"),
    ("chunks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nA: b\r\n\r\n"),
    ("gzip", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03KLJ\x06\0\xc2A$5\x03\0\0\0"),
    ("early", b"HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"),
    ("folded", b"HTTP/1.0 404 Not Found\nA : b\n c\nTransfer-Encoding: gzip, chunked\n\n0\n\n"),
    ("none", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5, 5\r\n\r\n"),
];

/// A byte says where the rest stands in a package.
const PARTS: &[&str] = &[
    "d{\"wacz_version\":\"1.1.1\",\"resources\":[{\"path\":\"a\",\"hash\":\"sha256:00\",\"bytes\":1}]}",
    "c{\"format\":\"json-pages-1.0\"}\n{\"url\":\"http://example.com/\",\"ts\":\"2020-10-07T21:22:36Z\"}\n",
    "ccom,example)/ 20201007212236 {\"url\": \"http://www.example.com/\", \"digest\": \"WJM2KPM4GF3QK2BISVUH2ASX64NOUY7L\", \"length\": \"1293\", \"offset\": \"845\", \"filename\": \"data.warc\"}\n",
    "i!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}\ncom,example)/ 20201007212236 {\"offset\": 0, \"length\": 187, \"digest\": \"sha256:00\"}\n",
    "s{\"path\":\"datapackage.json\",\"hash\":\"sha256:00\",\"signedData\":{\"hash\":\"sha256:00\",\"created\":\"2022-01-18T19:00:12Z\",\"software\":\"x\",\"version\":\"0.1.0\",\"signature\":\"AA==\",\"publicKey\":\"AA==\"}}",
    "s{\"hash\":\"sha256:00\",\"signedData\":{\"hash\":\"sha256:00\",\"created\":\"2022-01-18T19:00:12Z\",\"signature\":\"AA==\",\"domain\":\"example.org\",\"domainCert\":\"-----BEGIN CERTIFICATE-----\\nMAA=\\n-----END CERTIFICATE-----\\n\",\"timeSignature\":\"MAA=\",\"timestampCert\":\"\",\"crossSignedCert\":\"\"}}",
];

fn exchange(path: &str, received: &[u8]) -> Exchange {
    let at = "2026-01-01T00:00:00.5Z".parse().expect("a time");
    Exchange {
        url: format!("https://example.org/{path}"),
        method: "GET".to_owned(),
        sent: b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".to_vec(),
        received: received.to_vec(),
        at,
        ended: at,
        remote: None,
        via: None,
        tls: None,
        resolved: Vec::new(),
        cut: None,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}
