//! How it ends when the browser or we are killed.

use std::process::{Command, Stdio};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use faisceau_collect::browser::{Settings, Step, capture};
use url::Url;

use crate::site::{Site, html};
use crate::{ALONE, browser, clock, processes, quick};

/// Captures a page that never begins, until it is killed.
#[test]
#[ignore = "run and killed by another test"]
fn a_capture_that_is_killed() {
    let Some(found) = browser() else { return };
    let site = Site::start(&[]);
    let url = Url::parse("http://site.example/silent").unwrap();
    let settings = Settings { load: Duration::from_secs(100), ..quick() };
    let ended = capture(&url, &found, &settings, site.dial(), &clock, &mut |_| {});
    panic!("it was not killed: {ended:?}");
}

#[test]
fn the_browser_dies_with_us_and_leaves_nothing() {
    if browser().is_none() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ending::a_capture_that_is_killed", "--ignored"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let name = folder.path().to_str().unwrap();
    let wait = |seconds, done: &dyn Fn() -> bool| {
        let until = Instant::now() + Duration::from_secs(seconds);
        while !done() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
        }
        done()
    };
    assert!(wait(30, &|| processes(name).iter().any(|line| line.contains("--proxy-server"))));
    std::thread::sleep(Duration::from_secs(2));
    let entries = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(entries(), 1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(wait(10, &|| processes(name).is_empty()), "{:?}", processes(name));
    assert!(wait(10, &|| entries() == 0), "{:?}", folder.path());
}

/// Sends a signal to those processes of the browser whose command line holds a text.
fn signal(signal: &str, text: &str) {
    let flag = format!("--user-data-dir={}", std::env::temp_dir().display());
    let all = std::fs::read_dir("/proc").unwrap().flatten().filter_map(|process| {
        let line = std::fs::read(process.path().join("cmdline")).ok()?;
        let stat = std::fs::read_to_string(process.path().join("stat")).ok()?;
        let group = stat.rsplit_once(") ")?.1.split(' ').nth(2)?.to_owned();
        let id = process.file_name().into_string().unwrap();
        Some((id, group, String::from_utf8_lossy(&line).into_owned()))
    });
    let all: Vec<_> = all.collect();
    let ours = all.iter().find(|(_, _, line)| line.contains(&flag)).unwrap().1.clone();
    let named = all.iter().filter(|(_, group, line)| *group == ours && line.contains(text));
    let ids: Vec<&str> = named.map(|(id, _, _)| id.as_str()).collect();
    assert!(!ids.is_empty());
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "kill \"$@\"", "sh", signal]).args(&ids);
    assert!(shell.status().unwrap().success());
}

#[test]
fn what_was_obtained_before_the_browser_hangs_or_crashes_is_kept() {
    let Some(found) = browser() else { return };
    let site = Site::start(&[("/", html("<!doctype html><title>t</title><p>text</p>"))]);
    let url = Url::parse("http://site.example/").unwrap();
    let settings = Settings { total: Duration::from_secs(12), ..quick() };
    for (kind, text, reason) in [
        ("-STOP", "chrom", "the browser did not end by itself and was killed"),
        ("-KILL", "--type=renderer", "no print: the page has crashed"),
        ("-KILL", "--user-data-dir", "no print: the browser has ended"),
    ] {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let began = Instant::now();
        let mut hit = |step| {
            if step == Step::Draw {
                signal(kind, text);
            }
        };
        let capture = capture(&url, &found, &settings, site.dial(), &clock, &mut hit).unwrap();
        let why = &capture.record.incomplete;
        assert!(why.iter().any(|line| line == reason), "{kind} {text}: {why:?}");
        assert!(capture.dom.unwrap().contains("<p>text</p>"));
        assert_eq!((capture.png.len(), capture.pdf), (0, None), "{why:?}");
        assert!(capture.record.profile.deleted);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
}
