//! Authorities for domains and for time stamps, made anew by OpenSSL for one test.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use faisceau_archive::wacz::DomainKey;
use faisceau_timestamp::{Roots, certificates, request};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the certificates are for.
pub(crate) const DOMAIN: &str = "observer.example";

/// A folder with keys and certificates.
pub(crate) struct Authority(TempDir);

impl Authority {
    /// Nothing where OpenSSL 3 is missing, which is said.
    pub(crate) fn new() -> Option<Self> {
        let version = Command::new("openssl").arg("version").output();
        let is_there = version.is_ok_and(|output| output.stdout.starts_with(b"OpenSSL 3"));
        if !is_there {
            assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "OpenSSL 3 not found");
            eprintln!("SKIPPED: needs OpenSSL 3");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/authority/make.sh");
        let made = Command::new("sh").arg(script).arg(folder.path()).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Some(Self(folder))
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder().join(name)).unwrap()
    }

    /// The certificates of a file, DER.
    pub(crate) fn chain(&self, name: &str) -> Vec<Vec<u8>> {
        certificates(&self.file(name)).unwrap()
    }

    pub(crate) fn key(&self, name: &str) -> DomainKey {
        let chain = self.chain(&format!("{name}-chain.pem"));
        DomainKey::new(DOMAIN, &self.file(&format!("{name}.key")), &chain).unwrap()
    }

    pub(crate) fn stamp_roots(&self) -> Roots {
        Roots::from_pem(&self.file("stamp-root.pem")).unwrap()
    }

    /// The answer of the authority for time stamps, now, over bytes.
    pub(crate) fn stamp(&self, over: &[u8]) -> Vec<u8> {
        let digest = faisceau_timestamp::HashAlgorithm::Sha256.digest(over).unwrap();
        let query = request(digest.try_into().unwrap(), 7, true, None);
        fs::write(self.folder().join("query"), query).unwrap();
        let arguments = "ts -reply -config stamp.cnf -section tsa -queryfile query -out reply";
        let ran = Command::new("openssl")
            .current_dir(self.folder())
            .args(arguments.split(' '))
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        self.file("reply")
    }
}

/// A package of ours, whose files are stored as they are, with the check sums of ZIP made right.
pub(crate) fn with_right_check_sums(wacz: &[u8]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut at = 0;
    while wacz[at..].starts_with(b"PK\x03\x04") {
        let number = |from: usize, digits: usize| {
            let bytes = &wacz[at + from..at + from + digits];
            bytes.iter().rev().fold(0, |n, b| (n << 8) | usize::from(*b))
        };
        let (length, name, extra) = (number(18, 4), number(26, 2), number(28, 2));
        let body = at + 30 + name + extra;
        let path = std::str::from_utf8(&wacz[at + 30..at + 30 + name]).unwrap();
        out.start_file(path, SimpleFileOptions::default()).unwrap();
        out.write_all(&wacz[body..body + length]).unwrap();
        at = body + length;
    }
    out.finish().unwrap().into_inner()
}
