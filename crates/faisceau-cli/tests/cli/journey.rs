//! What a person does: open a case, take exhibits in, run, read, ask why.

use std::fs;

use crate::support::{opened, run};

#[test]
fn each_command_says_what_to_do_next() {
    let work = tempfile::tempdir().unwrap();
    let fresh = run(work.path(), &["new", "affaire", "--title", "Affaire « test »"]).code(0);
    assert!(fresh.err.contains("faisceau add"), "{}", fresh.err);
    let case = work.path().join("affaire");
    let empty = run(&case, &["run"]).code(2);
    assert!(empty.err.contains("hint: faisceau add"), "{}", empty.err);
    let early = run(&case, &["report"]).code(2);
    assert!(early.err.contains("hint: faisceau run"), "{}", early.err);
    let nowhere = run(work.path(), &["status"]).code(2);
    assert!(nowhere.err.contains("not a case"), "{}", nowhere.err);
    let again = run(work.path(), &["new", "affaire"]).code(2);
    assert!(again.err.contains("case already"), "{}", again.err);
}

#[test]
fn a_misspelt_setting_is_told_with_its_line() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let text = fs::read_to_string(case.join("case.toml")).unwrap();
    fs::write(case.join("case.toml"), text.replace("floor_log10", "flor_log10")).unwrap();
    let wrong = run(&case, &["status"]).code(2);
    assert!(wrong.err.contains("flor_log10") && wrong.err.contains("case.toml"), "{}", wrong.err);
}

#[test]
fn a_file_nobody_recognises_is_kept_and_listed() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("lettre.bin"), b"\x01\x02 rien de connu").unwrap();
    let _ = run(&case, &["add", "../lettre.bin"]).code(0);
    let ran = run(&case, &["run"]).code(0);
    assert!(ran.err.contains("1 unread"), "{}", ran.err);
    let status = run(&case, &["status"]).code(0);
    assert!(status.out.contains("unread"), "{}", status.out);
    let _ = run(&case, &["report"]).code(0);
    let note = fs::read_to_string(case.join("out/note.json")).unwrap();
    assert!(note.contains("lettre.bin"), "the note lists what was not read");

    let _ = run(&case, &["report", "--format", "docx,html,xlsx"]).code(0);
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    let last = journal.lines().last().unwrap();
    for (extension, start) in [("docx", "PK"), ("html", "<!DOCTYPE html>"), ("xlsx", "PK")] {
        let bytes = fs::read(case.join(format!("out/note.{extension}"))).unwrap();
        assert!(bytes.starts_with(start.as_bytes()), "{extension}");
        assert!(last.contains(&format!("\"{extension}_sha256\"")), "{last}");
    }
    assert!(last.contains("\"json_sha256\"") && !last.contains("\"pdf_sha256\""), "{last}");
    // A note that was corrected in a word processor is not written over, nor journalled.
    fs::write(case.join("out/note.docx"), b"corrected").unwrap();
    let kept = run(&case, &["report", "--format", "docx,html"]).code(0);
    assert!(kept.err.contains("note.docx was changed since it was written"), "{}", kept.err);
    assert_eq!(fs::read(case.join("out/note.docx")).unwrap(), b"corrected");
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    let last = journal.lines().last().unwrap();
    assert!(last.contains("\"html_sha256\"") && !last.contains("\"docx_sha256\""), "{last}");
    let wrong = run(&case, &["report", "--format", "odt"]).code(2);
    assert!(wrong.err.contains("there are: pdf, docx, html, xlsx"), "{}", wrong.err);
}

#[test]
fn the_filed_version_holds_no_listed_name_and_its_key_stands_apart() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("Paul_Temoin.bin"), b"\x01\x02 rien de connu").unwrap();
    let _ = run(&case, &["add", "../Paul_Temoin.bin"]).code(0);
    let text = fs::read_to_string(case.join("case.toml")).unwrap();
    let listed = format!("{text}\n[redact]\nminors = [\"Paul Témoin\"]\n");
    fs::write(case.join("case.toml"), listed).unwrap();
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["report", "--filed"]).code(0);
    let note = fs::read_to_string(case.join("out/depot/note.json")).unwrap();
    assert!(note.contains("[Mineur\u{a0}1].bin") && !note.contains("Paul"));
    let key = fs::read_to_string(case.join("out/cle-de-pseudonymisation.csv")).unwrap();
    assert!(key.contains("Paul Témoin"));
    assert!(!case.join("out/depot/cle-de-pseudonymisation.csv").exists());
    assert!(!case.join("out/note.json").exists());
}

#[test]
fn every_signal_explains_itself() {
    let work = tempfile::tempdir().unwrap();
    let list = run(work.path(), &["--json", "explain"]).code(0).json();
    for card in list.as_array().unwrap() {
        let name = card["name"].as_str().unwrap();
        let text = run(work.path(), &["explain", name]).code(0);
        assert!(text.out.contains("Needs at least"), "{}", text.out);
    }
    let unknown = run(work.path(), &["explain", "astrology"]).code(2);
    assert!(unknown.err.contains("hint: the signals are"), "{}", unknown.err);
}

/// A case with one small log, run and reported.
fn small_case(work: &std::path::Path) -> std::path::PathBuf {
    let case = opened(work);
    let line =
        "192.0.2.7 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"Firefox\"\n";
    fs::write(work.join("a.log"), line.repeat(3)).unwrap();
    let _ = run(&case, &["add", "../a.log"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["report"]).code(0);
    case
}

/// The ids of what a note says with what each rests on, in order.
fn supports(note: &serde_json::Value, out: &mut Vec<String>) {
    match note {
        serde_json::Value::Object(fields) => {
            if let (Some(id), Some(support)) = (fields.get("id"), fields.get("support")) {
                out.push(format!("{id} {support}"));
            }
            fields.values().for_each(|field| supports(field, out));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|one| supports(one, out)),
        _ => {}
    }
}

#[test]
fn the_english_edition_stands_beside_the_note_under_the_same_numbers() {
    let work = tempfile::tempdir().unwrap();
    let case = small_case(work.path());
    let said = run(&case, &["report", "--lang", "en", "--format", "pdf,html"]).code(0);
    assert!(said.err.contains("those of the note in French"), "{}", said.err);
    let html = fs::read_to_string(case.join("out/note-en.html")).unwrap();
    assert!(html.contains("lang=\"en\"") && html.contains("Exhibits and integrity"));
    assert!(fs::read(case.join("out/note-en.pdf")).unwrap().starts_with(b"%PDF"));
    let [french, english] = ["note", "note-en"].map(|stem| {
        let text = fs::read_to_string(case.join(format!("out/{stem}.json"))).unwrap();
        let mut found = Vec::new();
        supports(&serde_json::from_str(&text).unwrap(), &mut found);
        found
    });
    assert!(french.len() > 20 && french == english);
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    assert!(journal.lines().last().unwrap().contains("\"language\":\"en\""));
    let _ = run(&case, &["report", "--lang", "en", "--filed"]).code(0);
    let filed = fs::read_to_string(case.join("out/depot/note-en.json")).unwrap();
    assert!(filed.contains("Version intended to be filed."));
    let _ = run(&case, &["why", "S1"]).code(0);
    let wrong = run(&case, &["report", "--lang", "de"]).code(2);
    assert!(wrong.err.contains("there are: fr, en"), "{}", wrong.err);
    // An edition of new tables does not make the old note in French answer for them.
    fs::write(work.path().join("b.log"), fs::read(work.path().join("a.log")).unwrap().repeat(2))
        .unwrap();
    let _ = run(&case, &["add", "../b.log"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["report", "--lang", "en"]).code(0);
    assert!(run(&case, &["why", "S1"]).code(2).err.contains("hint: faisceau report"));
}

#[test]
fn tables_from_elsewhere_are_an_integrity_fault() {
    let work = tempfile::tempdir().unwrap();
    let case = small_case(work.path());
    let _ = run(&case, &["why", "S1"]).code(0);
    let table = case.join("tables/rejects.parquet");
    fs::write(&table, fs::read(case.join("tables/posts.parquet")).unwrap()).unwrap();
    for command in [&["report"][..], &["why", "S1"], &["status"]] {
        let broken = run(&case, command).code(3);
        assert!(broken.err.contains("hint: `faisceau run`"), "{}", broken.err);
    }
    let _ = run(&case, &["run"]).code(0);
    let _ = run(&case, &["status"]).code(0);
}

#[test]
fn a_note_of_other_tables_does_not_answer() {
    let work = tempfile::tempdir().unwrap();
    let case = small_case(work.path());
    fs::write(work.path().join("b.log"), fs::read(work.path().join("a.log")).unwrap().repeat(2))
        .unwrap();
    let _ = run(&case, &["add", "../b.log"]).code(0);
    assert!(run(&case, &["status"]).code(0).err.contains("not those of the last run"));
    let _ = run(&case, &["run"]).code(0);
    // The same bytes under another name bear on the join of images: that too is told.
    fs::copy(work.path().join("b.log"), work.path().join("c.log")).unwrap();
    let _ = run(&case, &["add", "../c.log"]).code(0);
    assert!(run(&case, &["status"]).code(0).err.contains("not those of the last run"));
    let _ = run(&case, &["run"]).code(0);
    let stale = run(&case, &["why", "S1"]).code(2);
    assert!(stale.err.contains("hint: faisceau report"), "{}", stale.err);
    assert!(run(&case, &["status"]).code(0).out.contains("next: faisceau report"));
}

#[test]
fn an_account_that_no_exhibit_knows_is_told() {
    let work = tempfile::tempdir().unwrap();
    let case = small_case(work.path());
    let mut text = fs::read_to_string(case.join("case.toml")).unwrap();
    text.push_str("\n[[account]]\nkey = \"forum:@personne\"\nrole = \"examined\"\n");
    fs::write(case.join("case.toml"), text).unwrap();
    let ran = run(&case, &["run"]).code(0);
    assert!(ran.err.contains("forum:@personne"), "{}", ran.err);
}

#[test]
fn an_absurd_number_of_threads_is_refused() {
    let work = tempfile::tempdir().unwrap();
    let refused = run(work.path(), &["--threads", "99999", "explain"]).code(2);
    assert!(refused.err.contains("1..=256"), "{}", refused.err);
}

#[test]
fn a_missing_overlay_is_wrong_use() {
    let work = tempfile::tempdir().unwrap();
    let case = small_case(work.path());
    let text = fs::read_to_string(case.join("case.toml")).unwrap();
    fs::write(
        case.join("case.toml"),
        text.replace("# overlay = \"overlay.csv\"", "overlay = \"no.csv\""),
    )
    .unwrap();
    let wrong = run(&case, &["run"]).code(2);
    assert!(wrong.err.contains("no.csv"), "{}", wrong.err);
}

#[test]
fn tweets_find_their_owner_in_any_order() {
    let world = faisceau_testkit::demo(faisceau_testkit::DEMO_SEED);
    let archive = world.files.into_iter().find(|(n, _)| n.contains("x_archive")).unwrap().1;
    let work = tempfile::tempdir().unwrap();
    fs::write(work.path().join("archive.zip"), &archive).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    fs::create_dir(work.path().join("data")).unwrap();
    for name in zip.file_names().map(|n| n.unwrap().into_owned()).collect::<Vec<_>>() {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(&name).unwrap(), &mut bytes).unwrap();
        fs::write(work.path().join(&name), bytes).unwrap();
    }
    for pieces in [&["../data"][..], &["../archive.zip"], &["../data/tweets.js", "../archive.zip"]]
    {
        let case = opened(work.path());
        let _ = run(&case, &[&["add"], pieces].concat()).code(0);
        let ran = run(&case, &["--json", "run"]).json();
        assert_eq!(ran["posts"], 23, "{pieces:?}: {ran:#}");
        fs::remove_dir_all(&case).unwrap();
    }
}
