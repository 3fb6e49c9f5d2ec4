//! Beside OpenSSL: it answers our requests, and both say the same of a token. Needs OpenSSL 3 and a
//! shell; says so and ends where one is missing.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle and writes files for it")]

use std::path::Path;
use std::process::{Command, Output};

use faisceau_timestamp::{
    HashAlgorithm, Oid, Over, Request, Roots, TimestampError, read_response, request, verify,
};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
const NONE: &[&[u8]] = &[];
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
        skipped();
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{FIXTURES}/make.sh");
    let made = Command::new("sh").arg(script).arg(folder.path()).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(folder)
}

#[expect(clippy::print_stderr, reason = "a skip is said")]
fn skipped() {
    eprintln!("SKIPPED: needs OpenSSL 3");
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
    for line in ["Nonce: 0x0\n", "Certificate required: no", "Policy OID: unspecified"] {
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
        assert!(policy.is_none_or(|policy| policy.to_string() == token.policy));
        let verdict = verify(&token.der, Over::Data(DATA), &roots, NONE).unwrap();
        assert!(verdict.holds(), "{:?}", verdict.checks);
        assert!(accepts(folder, &token.der, "data.txt", "root.pem"));
        let again = Request { nonce: nonce ^ 2, ..asked };
        assert!(matches!(
            read_response(&answer, &again),
            Err(TimestampError::OtherRequest { field: "nonce", .. })
        ));
    }
}

/// Why OpenSSL says something else: what it does not look at, and what `openssl ts` cannot read.
const APART: &[(&str, bool, &str)] = &[
    ("below_middle_for_other_purpose.tsr", false, "purposes of authorities are not looked at"),
    ("below_middle_of_policies.tsr", false, "policies are not looked at unless asked for"),
    ("critical_extension.tst", false, "extensions of the token are not looked at"),
    ("key_identifier.tst", true, "PKCS #7, which it reads with, has no key identifiers"),
    ("policies.tsr", true, "a critical qcStatements is not known"),
    ("pss.tst", true, "PKCS #7, which it reads with, takes the padding from the key"),
    ("sha1_imprint.tsr", false, "SHA-1 is accepted"),
    ("sha1_signature.tsr", false, "SHA-1 is accepted"),
    ("weak.tsr", false, "RSA keys of 1,024 bits are accepted"),
];

/// Every token of `make.sh`, over its data and over other data.
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
        .filter(|name| matches!(name.split_once('.'), Some((_, "tsr" | "tst"))))
        .filter(|name| name != "refused.tsr")
        .collect();
    names.sort();
    for name in &names {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let bytes = faisceau_timestamp::token_of_response(&bytes).unwrap_or(&bytes);
        let root = match name.strip_prefix("under_").and_then(|name| name.get(..3)) {
            Some("old") => "old_root.pem",
            Some("fla") => "flat_root.pem",
            Some("nob") => "no_authority.pem",
            Some("pss") => "pss_root.pem",
            _ => "root.pem",
        };
        let roots = Roots::from_pem(&std::fs::read(folder.join(root)).unwrap()).unwrap();
        for (data, content) in [("data.txt", DATA), ("other.txt", &DATA[..DATA.len() - 1])] {
            let ours = verify(bytes, Over::Data(content), &roots, NONE);
            let ours = ours.is_ok_and(|verdict| verdict.holds());
            match (ours, accepts(folder, bytes, data, root)) {
                (true, true) => agreed.0 += 1,
                (false, false) => agreed.1 += 1,
                _ => apart.push((name.as_str(), ours, data)),
            }
        }
    }
    assert_eq!(agreed, (13, 64));
    let expected: Vec<_> = APART.iter().map(|(name, ours, _)| (*name, *ours, "data.txt")).collect();
    assert_eq!(apart, expected);
    // What `openssl ts` cannot read and we accept, `openssl cms` accepts too.
    for (name, ..) in APART.iter().filter(|(_, ours, _)| *ours) {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let bytes = faisceau_timestamp::token_of_response(&bytes).unwrap_or(&bytes);
        std::fs::write(folder.join("asked.tst"), bytes).unwrap();
        let mut arguments = vec!["cms", "-verify", "-in", "asked.tst", "-inform", "DER"];
        arguments.extend(["-CAfile", "root.pem", "-purpose", "timestampsign", "-out", "content"]);
        arguments.extend((*name == "policies.tsr").then_some("-ignore_critical"));
        assert!(openssl(folder, &arguments).status.success(), "{name}");
    }
}

/// Where OpenSSL accepts a changed byte: fields that it does not look at.
fn field(token: &[u8], at: usize) -> Option<&'static str> {
    const SHA256_NULL: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0];
    const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    let last = |bytes: &[u8]| token.windows(bytes.len()).rposition(|window| window == bytes);
    let signature = last(ECDSA_SHA256)?;
    if (signature..signature + 8).contains(&at) {
        return Some("signature algorithm");
    }
    match token.get(at.checked_sub(2)?..=at)? {
        [2, 1, 1 | 3] => Some("version"),
        _ if token.get(at.checked_sub(9)?..at + 2) == Some(SHA256_NULL) => Some("parameters"),
        _ => None,
    }
}

/// One changed bit in every byte of a token, one after the other. We refuse all of them.
#[test]
fn a_changed_byte_anywhere_is_refused() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    let roots = Roots::from_pem(&std::fs::read(folder.join("root.pem")).unwrap()).unwrap();
    let answer = std::fs::read(folder.join("p256.tsr")).unwrap();
    let token = faisceau_timestamp::token_of_response(&answer).unwrap().to_vec();
    assert!(accepts(folder, &token, "data.txt", "root.pem"));
    let mut apart = Vec::new();
    for at in 0..token.len() {
        let mut changed = token.clone();
        changed[at] ^= 1;
        let ours = verify(&changed, Over::Data(DATA), &roots, NONE);
        assert!(!ours.is_ok_and(|verdict| verdict.holds()), "byte {at}");
        if accepts(folder, &changed, "data.txt", "root.pem") {
            apart.push(field(&token, at).unwrap_or("another field"));
        }
    }
    let expected =
        [&["version", "parameters", "version", "parameters"][..], &["signature algorithm"; 8]];
    assert_eq!(apart, expected.concat());
}
