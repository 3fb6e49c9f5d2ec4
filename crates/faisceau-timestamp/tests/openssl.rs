//! Beside OpenSSL: it answers our requests, and both say the same of a token. Needs OpenSSL 3 and a
//! shell; says so and ends where one is missing.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle and writes files for it")]

use std::path::Path;
use std::process::{Command, Output};

use faisceau_timestamp::{
    Check, HashAlgorithm, Oid, Over, Request, Roots, TimestampError, certificates, read_response,
    request, verify,
};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
const DATA: &[u8] = b"The page as it was found.\n";

fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("openssl");
    command.current_dir(folder).env("SERIAL", "authority/tsa_serial").args(arguments);
    command.output().unwrap()
}

/// An authority of its own for one test: certificates, keys, settings.
fn authority() -> Option<tempfile::TempDir> {
    let version = Command::new("openssl").arg("version").output();
    let is_there = version.is_ok_and(|output| output.stdout.starts_with(b"OpenSSL 3"));
    if !is_there {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "OpenSSL 3 not found");
        eprintln!("SKIPPED: needs OpenSSL 3");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{FIXTURES}/make.sh");
    let made = Command::new("sh").arg(script).arg(folder.path()).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(folder)
}

fn sha256(data: &[u8]) -> [u8; 32] {
    HashAlgorithm::Sha256.digest(data).unwrap().try_into().unwrap()
}

/// Whether OpenSSL accepts a token over a file.
fn accepts(folder: &Path, token: &[u8], data: &str, root: &str) -> bool {
    std::fs::write(folder.join("asked.tst"), token).unwrap();
    let arguments =
        ["ts", "-verify", "-data", data, "-in", "asked.tst", "-token_in", "-CAfile", root];
    openssl(folder, &arguments).status.success()
}

#[test]
fn openssl_reads_our_requests() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    let text = |bytes: &[u8]| {
        std::fs::write(folder.join("our.tsq"), bytes).unwrap();
        let output = openssl(folder, &["ts", "-query", "-in", "our.tsq", "-text"]);
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let full = text(&request(sha256(DATA), u64::MAX, true, Some(Oid::new_unwrap("1.2.3.4.1"))));
    for line in [
        "Version: 1",
        "Hash Algorithm: sha256",
        "    0000 - 90 20 09 61 cd df 3e e0-67 34 f9 ef 5d d1 d4 e3",
        "Nonce: 0xFFFFFFFFFFFFFFFF",
        "Certificate required: yes",
        "Policy OID: ",
    ] {
        assert!(full.contains(line), "{line}: {full}");
    }
    let least = text(&request(sha256(DATA), 0, false, None));
    for line in ["Nonce: 0x00", "Certificate required: no", "Policy OID: unspecified"] {
        assert!(least.contains(line), "{line}: {least}");
    }
}

#[test]
fn we_verify_what_openssl_answers() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    let roots = Roots::from_pem(&std::fs::read(folder.join("root.pem")).unwrap()).unwrap();
    for (signer, section, nonce, policy) in [
        ("rsa", "stamp", 0, None),
        ("rsa", "stamp_old", 1, None),
        ("p256", "stamp_fine", 0x80, Some("1.2.3.4.1")),
        ("p256", "stamp", u64::MAX, Some("0.4.0.2023.1.1")),
    ] {
        let policy = policy.map(Oid::new_unwrap);
        let asked = Request { digest: sha256(DATA), nonce, want_certificate: true, policy };
        std::fs::write(folder.join("our.tsq"), asked.to_der()).unwrap();
        let (certificate, key) = (format!("{signer}.pem"), format!("authority/{signer}.key"));
        let output = openssl(
            folder,
            &[
                "ts",
                "-reply",
                "-config",
                "authority/openssl.cnf",
                "-section",
                section,
                "-queryfile",
                "our.tsq",
                "-signer",
                &certificate,
                "-inkey",
                &key,
                "-out",
                "our.tsr",
            ],
        );
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let answer = std::fs::read(folder.join("our.tsr")).unwrap();
        let token = read_response(&answer, &asked).unwrap();
        assert!(policy.is_none_or(|policy| policy == token.policy));
        let none: &[&[u8]] = &[];
        let verdict = verify(&token.der, Over::Data(DATA), &roots, none).unwrap();
        assert!(verdict.holds(), "{:?}", verdict.checks);
        assert!(accepts(folder, &token.der, "data.txt", "root.pem"));
        let again = Request { nonce: nonce ^ 2, ..asked };
        assert!(matches!(
            read_response(&answer, &again),
            Err(TimestampError::OtherRequest { field: "nonce", .. })
        ));
    }
}

/// The cases of `make.sh` on which both agree, and those on which they do not, with the reason.
#[test]
fn both_say_the_same_of_a_token() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    std::fs::write(folder.join("other.txt"), b"The page as it was found.").unwrap();
    let mut apart = Vec::new();
    let mut agreed = (0, 0);
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".tsr") || name.ends_with(".tst"))
        .filter(|name| name != "asked.tst" && name != "refused.tsr")
        .collect();
    names.sort();
    for name in names {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let bytes = faisceau_timestamp::token_of_response(&bytes).unwrap_or(&bytes);
        for (data, content) in [("data.txt", DATA), ("other.txt", &DATA[..DATA.len() - 1])] {
            let root = name.strip_prefix("under_").and_then(|name| name.strip_suffix(".tsr"));
            let root = match root {
                Some("old") => "old_root.pem",
                Some("flat") => "flat_root.pem",
                Some("nobody") => "no_authority.pem",
                _ => "root.pem",
            };
            let roots = Roots::from_pem(&std::fs::read(folder.join(root)).unwrap()).unwrap();
            let ours = verify(bytes, Over::Data(content), &roots, &[] as &[&[u8]]);
            let ours = ours.is_ok_and(|verdict| verdict.holds());
            let theirs = accepts(folder, bytes, data, root);
            match (ours, theirs) {
                (true, true) => agreed.0 += 1,
                (false, false) => agreed.1 += 1,
                _ => apart.push(format!("{name} {data}: ours {ours}, theirs {theirs}")),
            }
        }
    }
    assert_eq!(apart, [""; 0], "{agreed:?}");
}

/// One changed bit in every byte of a token, one after the other.
#[test]
fn a_changed_byte_anywhere_is_refused_by_both() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    let roots = Roots::from_pem(&std::fs::read(folder.join("root.pem")).unwrap()).unwrap();
    let answer = std::fs::read(folder.join("p256.tsr")).unwrap();
    let token = faisceau_timestamp::token_of_response(&answer).unwrap().to_vec();
    assert!(accepts(folder, &token, "data.txt", "root.pem"));
    let (mut both, mut apart) = (0, Vec::new());
    for at in 0..token.len() {
        let mut changed = token.clone();
        changed[at] ^= 1;
        let ours = verify(&changed, Over::Data(DATA), &roots, &[] as &[&[u8]]);
        let ours = ours.is_ok_and(|verdict| verdict.holds());
        let theirs = accepts(folder, &changed, "data.txt", "root.pem");
        if ours || theirs {
            apart.push((at, ours, theirs));
        } else {
            both += 1;
        }
    }
    eprintln!("{both} of {} refused by both", token.len());
    assert_eq!(apart, [], "{both}");
    let _ = (Check::ALL, certificates(b""));
}
