use super::*;
use crate::{Site, client};

/// Hash of what is stamped: any 32 bytes.
const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A site with an authority; says so where it cannot be.
fn site() -> Option<Site> {
    if Site::can_stamp() {
        return Some(Site::start_with_authority().unwrap());
    }
    #[expect(clippy::disallowed_methods, reason = "says whether a skip is a failure")]
    let no_skip = std::env::var_os("FAISCEAU_NO_SKIP").is_some();
    assert!(!no_skip, "openssl not found");
    println!("SKIPPED: needs openssl");
    None
}

fn openssl(folder: &Path, arguments: &str) -> Result<String, String> {
    let output =
        Command::new("openssl").current_dir(folder).args(arguments.split(' ')).output().unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { Ok(text) } else { Err(text) }
}

/// A folder with a query and the root.
fn asking(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("root.pem"), site.root_pem()).unwrap();
    openssl(folder.path(), &format!("ts -query -sha256 -cert -digest {HASH} -out q")).unwrap();
    folder
}

fn post(site: &Site, target: &str, body: &[u8]) -> (String, Vec<u8>) {
    let head = format!(
        "POST {target} HTTP/1.1\r\nConnection: close\r\nContent-Type: {ASKED}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    client::parts(&client::raw(site.http(), &[head.as_bytes(), body].concat()))
}

/// What OpenSSL says of the answer to its query.
fn verified(site: &Site, target: &str) -> Result<String, String> {
    let folder = asking(site);
    let (head, reply) = post(site, target, &std::fs::read(folder.path().join("q")).unwrap());
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head} {}", String::from_utf8_lossy(&reply));
    assert!(head.contains(&format!("Content-Type: {GIVEN}\r\n")));
    std::fs::write(folder.path().join("r"), reply).unwrap();
    openssl(folder.path(), "ts -verify -queryfile q -in r -CAfile root.pem")
}

#[test]
fn the_honest_one_is_verified_by_another_program() {
    let Some(site) = site() else { return };
    let said = verified(&site, "/tsa");
    assert!(said.as_ref().is_ok_and(|said| said.contains("Verification: OK")), "{said:?}");
}

#[test]
fn each_of_the_others_fails_for_its_own_reason() {
    let Some(site) = site() else { return };
    for (target, reason) in [
        ("/tsa-wrong-nonce", "nonce mismatch"),
        ("/tsa-other-bytes", "message imprint mismatch"),
        ("/tsa-expired", "certificate has expired"),
        ("/tsa-reject", "no stamps today"),
        ("/tsa-garbage", "asn1"),
    ] {
        let said = verified(&site, target).unwrap_err();
        assert!(said.contains(reason), "{target}: {said}");
    }
}

#[test]
fn only_queries_are_answered() {
    let Some(site) = site() else { return };
    assert!(client::get(site.http(), "/tsa").starts_with(b"HTTP/1.1 405 "));
    let other = b"POST /tsa HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\na";
    assert!(client::raw(site.http(), other).starts_with(b"HTTP/1.1 415 "));
    assert!(post(&site, "/tsa-wrong-nonce", b"nothing").0.starts_with("HTTP/1.1 500 "));
    let without = Site::start().unwrap();
    assert!(post(&without, "/tsa", b"q").0.starts_with("HTTP/1.1 404 "));
}
