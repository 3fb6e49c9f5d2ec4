//! The claimant's own account: an access log of Google, a stranger in it, and the note.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use faisceau_model::SignInVerdict;
use faisceau_model::rows::SignIn;

use crate::support::{opened, run};

const HEADER: &str = "Gaia ID,Activity Timestamp,IP Address,Proxiedhost IP Address,\
                      Is Non-routable IP Address,User Agent String,Product Name\n";
const PHONE: &str = "App : YOUTUBE_APP. App Version : 21.10.2. Os : IOS_OS.";
const OTHER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// A hundred evenings at home, and two sessions of one night from elsewhere.
fn log() -> String {
    let mut text = HEADER.to_owned();
    let start: jiff::civil::Date = "2026-05-01".parse().unwrap();
    for n in 0..100 {
        let day = start.saturating_add(jiff::Span::new().days(n));
        writeln!(text, "100000000001,{day} 18:10:00 UTC,90.1.2.3,,No,{PHONE},YouTube").unwrap();
    }
    for (time, product) in [("02:10:00", "Gmail"), ("02:14:00", "Google Takeout")] {
        let line = format!("100000000001,2026-07-14 {time} UTC,82.64.9.9,,No,{OTHER},{product}");
        writeln!(text, "{line}").unwrap();
    }
    text
}

fn rows(case: &Path) -> Vec<SignIn> {
    faisceau_tables::read(&case.join("tables")).unwrap()
}

#[test]
fn a_foreign_session_reaches_the_note_and_its_byte() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    fs::write(work.path().join("activities.csv"), log()).unwrap();
    let _ = run(&case, &["add", "../activities.csv"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    assert!(rows(&case).is_empty(), "nobody said that the account is the claimant's");

    let path = case.join("case.toml");
    let mut settings = fs::read_to_string(&path).unwrap();
    settings.push_str("\n[[account]]\nkey = \"google:100000000001\"\nrole = \"claimant\"\n");
    fs::write(&path, settings).unwrap();
    let _ = run(&case, &["run"]).code(0);
    let all = rows(&case);
    assert_eq!(all.len(), 102);
    let foreign: Vec<&SignIn> =
        all.iter().filter(|row| row.verdict == SignInVerdict::Foreign).collect();
    let [_, export] = &foreign[..] else { panic!("{foreign:?}") };
    assert!(export.reasons.iter().any(|code| code == "act_export"), "{:?}", export.reasons);
    assert_eq!(export.episode.known(), Some(&1));

    let status = run(&case, &["status"]).code(0);
    assert!(status.out.contains("2 foreign in 1 episodes"), "{}", status.out);
    let why = run(&case, &["why", export.id.as_str()]).code(0);
    let line = log().lines().last().unwrap().to_owned();
    assert!(why.out.contains(&line[..60]), "{}", why.out);
    let before = log().find(&line).unwrap();
    assert!(why.out.replace([' ', '\u{202f}'], "").contains(&before.to_string()), "{}", why.out);

    let _ = run(&case, &["report"]).code(0);
    let note = fs::read_to_string(case.join("out/note.json")).unwrap();
    assert!(note.contains("Connexions aux comptes de la personne demanderesse"));
    assert!(note.contains(export.id.as_str()));
}
