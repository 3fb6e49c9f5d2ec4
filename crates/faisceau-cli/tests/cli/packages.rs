//! Packages of web pages: checked offline, sealed for a domain, and dated.

use std::fs;
use std::path::Path;

use faisceau_testsite::Site;
use serde_json::json;

use crate::collect_web::{acts, allowing, with};
use crate::support::{faisceau, opened, run, skip};

#[test]
fn a_package_is_checked_offline_and_one_changed_byte_is_found() {
    let site = Site::start().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let url = format!("http://{}/", site.http());
    let allowed = allowing(&site, work.path());
    let said =
        run(&case, &with(&["collect", "page", &url, "--wacz", "--json"], &allowed)).code(0).json();
    assert_eq!(said["name"], "collected/page-2026-11-20T100000Z.wacz");
    let _ = run(&case, &["verify"]).code(0);
    let act = acts(&case).into_iter().find(|act| act["no"] == "1").unwrap();
    let sum = act["sha256"].as_str().unwrap();
    let package = case.join("exhibits").join(&sum[..2]).join(&sum[2..]);
    let package = package.to_string_lossy().into_owned();
    let said = run(&case, &["archive", &package, "--json"]).code(0).json();
    assert_eq!((&said[0]["right"], &said[0]["pages"][0]), (&json!(true), &json!(url)));

    let mut bytes = fs::read(&package).unwrap();
    let at = bytes.windows(9).position(|nine| nine == b"HTTP/1.1 ").map_or(200, |at| at + 9);
    bytes[at] ^= 1;
    let altered = work.path().join("altered.wacz");
    fs::write(&altered, bytes).unwrap();
    let ran = run(&case, &["archive", &altered.to_string_lossy()]);
    assert!(ran.code == 3 || ran.code == 2, "{ran:?}");
}

#[test]
fn the_seal_of_a_signed_sample_needs_a_root_that_was_named() {
    let work = tempfile::tempdir().unwrap();
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/web");
    let sample = web.join("valid_signed_example_1.wacz").to_string_lossy().into_owned();
    let said = run(work.path(), &["archive", &sample, "--json"]).code(1).json();
    assert_eq!(said[0]["files_wrong"].as_array().unwrap().len(), 0, "{said}");
    assert!(!said[0]["seal_flaws"].as_array().unwrap().is_empty(), "{said}");
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let ran =
        std::process::Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// A key for `capture.example.org` with its certificate and the root above it.
fn domain(folder: &Path) {
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let root = [
        "req",
        "-x509",
        "-subj",
        "/CN=Racine d'essai",
        "-days",
        "30",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
    ];
    openssl(folder, &[&root[..], &curve].concat());
    let leaf =
        ["req", "-subj", "/CN=capture.example.org", "-keyout", "leaf.key", "-out", "leaf.csr"];
    openssl(folder, &[&leaf[..], &curve].concat());
    let extensions = "subjectAltName=DNS:capture.example.org\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:FALSE\n";
    fs::write(folder.join("leaf.ext"), extensions).unwrap();
    let sign = [
        "x509",
        "-req",
        "-in",
        "leaf.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "5",
        "-extfile",
        "leaf.ext",
        "-out",
        "leaf.pem",
    ];
    openssl(folder, &sign);
    let pem = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    fs::write(folder.join("chain.pem"), pem("leaf.pem") + &pem("ca.pem")).unwrap();
}

#[test]
fn a_package_is_sealed_for_a_domain_and_dated() {
    if !Site::can_stamp() {
        return skip("openssl");
    }
    let site = Site::start_with_authority().unwrap();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    domain(work.path());
    let allowed = allowing(&site, work.path());
    let authority = format!("http://{}/tsa", site.http());
    // The certificate of the authority is in any of its tokens. Its time is now: so is ours.
    let now = |arguments: &[&str]| {
        let mut command = faisceau(&case);
        command.env_remove("FAISCEAU_CLOCK").args(arguments);
        crate::support::Ran::of(&command.output().unwrap())
    };
    let _ = now(&with(&["collect", "timestamp", "--authority", &authority], &allowed)).code(0);
    let act = acts(&case).into_iter().find(|act| act["act"] == "time_stamped").unwrap();
    let sum = act["sha256"].as_str().unwrap();
    let token = case.join("timestamps").join(&sum[..2]).join(&sum[2..]);
    let token = token.to_string_lossy().into_owned();
    openssl(
        work.path(),
        &["pkcs7", "-inform", "DER", "-in", &token, "-print_certs", "-out", "tsa.pem"],
    );
    let text = fs::read_to_string(work.path().join("tsa.pem")).unwrap() + site.root_pem();
    fs::write(work.path().join("tsa.pem"), text).unwrap();

    let file = |name: &str| work.path().join(name).to_string_lossy().into_owned();
    let url = format!("http://{}/", site.http());
    let (key, chain, above) = (file("leaf.key"), file("chain.pem"), file("tsa.pem"));
    let wanted = [
        "collect",
        "page",
        &url,
        "--wacz",
        "--json",
        "--seal",
        "capture.example.org",
        "--seal-key",
        &key,
        "--seal-chain",
        &chain,
        "--seal-authority",
        &authority,
        "--seal-authority-chain",
        &above,
    ];
    let said = now(&with(&wanted, &allowed)).code(0).json();
    let no = said["exhibit"].as_str().unwrap();
    let act = acts(&case)
        .into_iter()
        .find(|act| act["no"] == no && act["act"] == "exhibit_added")
        .unwrap();
    let sum = act["sha256"].as_str().unwrap();
    let package = case.join("exhibits").join(&sum[..2]).join(&sum[2..]);
    let package = package.to_string_lossy().into_owned();
    let unknown = run(&case, &["archive", &package]).code(1);
    assert!(unknown.out.contains("not shown to hold"), "{}", unknown.out);
    let roots = ["--root", &file("ca.pem"), "--root", &file("root.pem")];
    let known = run(&case, &[&["archive", &package][..], &roots].concat()).code(0);
    assert!(
        known.out.contains("capture.example.org") && known.out.contains("dated"),
        "{}",
        known.out
    );
}
