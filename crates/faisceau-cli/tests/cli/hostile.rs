//! Every input is hostile: a clear refusal or an inert string, and the rest of the case unharmed.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::support::{opened, run};

const LOG: &str =
    "192.0.2.7 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"Firefox\"\n";

fn jpeg() -> Vec<u8> {
    let world = faisceau_testkit::demo(faisceau_testkit::DEMO_SEED);
    let image = world.files.into_iter().find(|(name, _)| name.contains(".jpg"));
    image.unwrap().1
}

fn write_all(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    put("access.log", LOG.repeat(50).as_bytes());
    put("deep.json", format!("{}{}", "[".repeat(200), "]".repeat(200)).as_bytes());
    put(
        "result.json",
        format!(
            "{{\"name\":\"g\",\"type\":\"private_group\",\"id\":1,\"messages\":{}{}}}",
            "[".repeat(200),
            "]".repeat(200)
        )
        .as_bytes(),
    );
    let image = jpeg();
    put("cut.jpg", &image[..image.len() / 2]);
    put("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0");
    let mut long = LOG.as_bytes().to_vec();
    long.extend_from_slice(b"192.0.2.8 - - [01/Mar/2026:10:00:00 +0000] \"GET /");
    long.resize(long.len() + 50_000_000, b'a');
    long.extend_from_slice(b" HTTP/1.1\" 200 12 \"-\" \"x\"\n");
    long.extend_from_slice(LOG.as_bytes());
    put("long.log", &long);
    put(
        "posts.csv",
        "id,thread_id,timestamp,unix_timestamp,author,author_fullname,author_id,body,link,hashtags,mentions\n\
         1,1,2026-03-01 10:00:00,1772359200,\u{1b}[31mrouge,=HYPERLINK(\"http://x\"),77,\"#panic() $x$ \u{202e}txt\",,,\n"
            .as_bytes(),
    );

    let bomb = fs::File::create(folder.join("bomb.zip")).unwrap();
    let mut zip = zip::ZipWriter::new(bomb);
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("zeros.log", options).unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..600 {
        zip.write_all(&zeros).unwrap();
    }
    zip.start_file("../../evil.log", options).unwrap();
    zip.write_all(LOG.as_bytes()).unwrap();
    zip.finish().unwrap();
}

#[test]
fn hostile_files_are_refused_or_inert_and_the_rest_is_read() {
    let work = tempfile::tempdir().unwrap();
    let pieces = work.path().join("pieces");
    fs::create_dir(&pieces).unwrap();
    write_all(&pieces);
    let case = opened(work.path());

    let added = run(&case, &["add", "../pieces"]).code(1);
    assert!(added.err.contains("refused"), "{}", added.err);
    assert!(added.err.contains("zeros.log"), "the bomb is named: {}", added.err);
    assert!(!work.path().join("evil.log").exists() && !case.join("evil.log").exists());

    let ran = run(&case, &["--json", "run"]).code(1).json();
    let (records, read) = (ran["records"].as_u64().unwrap(), ran["read"].as_u64().unwrap());
    let lost = ran["rejected"].as_u64().unwrap() + ran["set_aside"].as_u64().unwrap();
    assert_eq!(records, read + lost);

    let status = run(&case, &["--json", "status"]).code(0).json();
    let files = status["files"].as_array().unwrap();
    let file = |name: &str| {
        files
            .iter()
            .find(|f| f["name"].as_str().unwrap().ends_with(name))
            .unwrap_or_else(|| panic!("{name} not in {files:#?}"))
    };
    assert_eq!(file("access.log")["read"], 50);
    assert_eq!(file("evil.log")["read"], 1);
    assert_eq!(file("long.log")["read"], 2);
    assert_eq!(file("long.log")["rejected"], 1);
    assert_eq!(file("posts.csv")["read"], 1);
    assert_eq!(file("result.json")["read"], 0);
    assert!(file("result.json")["rejected"].as_u64().unwrap() > 0);
    assert_eq!(file("cut.png")["read"], 0);

    let shown = run(&case, &["status"]).code(0);
    assert!(!shown.out.contains('\u{1b}'), "an escape reached the terminal");
    let _ = run(&case, &["report"]).code(0);
    assert!(fs::read(case.join("out/note.pdf")).unwrap().starts_with(b"%PDF-"));
    let note = fs::read_to_string(case.join("out/note.json")).unwrap();
    assert!(!note.contains("\\u001b"), "an escape reached the note");
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn an_altered_exhibit_is_named() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("a.log"), LOG).unwrap();
    let _ = run(&case, &["add", "../a.log"]).code(0);
    let _ = run(&case, &["verify"]).code(0);

    let kept = crate::support::hashes(&case.join("exhibits"));
    let name = kept.keys().find(|name| !name.starts_with('.')).unwrap();
    let path = case.join("exhibits").join(name);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a test that tampers")]
    permissions.set_readonly(false);
    fs::set_permissions(&path, permissions).unwrap();
    fs::write(&path, LOG.replace("10:00:00", "10:00:01")).unwrap();
    let broken = run(&case, &["verify"]).code(3);
    assert!(broken.out.contains('1'), "{}", broken.out);
}

#[test]
fn nothing_is_made_of_an_altered_exhibit() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("a.log"), LOG).unwrap();
    let _ = run(&case, &["add", "../a.log"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let kept = crate::support::hashes(&case.join("exhibits"));
    let path = case.join("exhibits").join(kept.keys().find(|n| !n.starts_with('.')).unwrap());
    fs::remove_file(&path).unwrap();
    fs::write(&path, LOG.replace("10:00:00", "10:00:01")).unwrap();
    let refused = run(&case, &["run"]).code(3);
    assert!(refused.err.contains("exhibit 1 (`a.log`)"), "{}", refused.err);
    let shown = run(&case, &["why", "exh:1"]).code(3);
    assert!(!shown.out.contains("10:00:01"));
}

#[test]
fn a_stored_archive_is_read_once() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let mut zip = zip::ZipWriter::new(fs::File::create(work.path().join("l.zip")).unwrap());
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("access.log", stored).unwrap();
    zip.write_all(LOG.repeat(50).as_bytes()).unwrap();
    zip.finish().unwrap();
    let _ = run(&case, &["add", "../l.zip"]).code(0);
    let ran = run(&case, &["--json", "run"]).code(0).json();
    assert_eq!(ran["connections"], 50);
}

#[test]
fn lines_cut_off_the_journal_are_found() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("a.log"), LOG).unwrap();
    let _ = run(&case, &["add", "../a.log"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    let cut: Vec<&str> = journal.lines().take(2).collect();
    fs::write(case.join("journal.jsonl"), format!("{}\n", cut.join("\n"))).unwrap();
    let found = run(&case, &["verify"]).code(3);
    assert!(found.out.contains("cut off its end"), "{}", found.out);
    fs::write(case.join("journal.jsonl"), "").unwrap();
    let _ = run(&case, &["verify"]).code(3);
}
