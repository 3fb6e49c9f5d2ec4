//! A real Chromium against a site on loopback that is built to get out, to hang and to fill.
//!
//! Skipped visibly where no browser is installed.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts programs, and hands its clock in")]
#![expect(clippy::print_stderr, reason = "what is skipped is said")]

mod ending;
mod hostile;
mod ordinary;
mod pages;
mod site;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use faisceau_collect::browser::{Capture, Found, Settings, capture, find};
use jiff::Timestamp;
use site::{Page, Site};
use url::Url;

/// One browser at a time: the times of these tests are those of one.
pub(crate) static ALONE: Mutex<()> = Mutex::new(());

/// The browser; none where there is none, and that is said.
pub(crate) fn browser() -> Option<Found> {
    let found = find(None).ok();
    if found.is_none() {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "no Chromium found");
        eprintln!("SKIPPED: needs a Chromium");
    }
    found
}

pub(crate) fn clock() -> Timestamp {
    Timestamp::now()
}

pub(crate) fn quick() -> Settings {
    Settings { load: Duration::from_secs(6), total: Duration::from_mins(1), ..Settings::default() }
}

/// Captures `/` of a site with these pages.
pub(crate) fn of(
    pages: &[(&'static str, Page)],
    settings: &Settings,
) -> Option<(Site, Capture, Duration)> {
    let found = browser()?;
    let site = Site::start(pages);
    let (capture, took) = run(&found, &site, "http://site.example/", settings);
    Some((site, capture, took))
}

pub(crate) fn run(
    found: &Found,
    site: &Site,
    url: &str,
    settings: &Settings,
) -> (Capture, Duration) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let began = Instant::now();
    let url = Url::parse(url).unwrap();
    let dial = site.dial_also(&["other.example", "page.localhost"]);
    let capture = capture(&url, found, settings, dial, &clock, &mut |_| {}).unwrap();
    assert!(capture.record.profile.deleted);
    assert_eq!(left_over(&capture), [] as [String; 0]);
    (capture, began.elapsed())
}

/// Processes that still name the profile, or are dead and nobody's.
pub(crate) fn left_over(capture: &Capture) -> Vec<String> {
    let flag = capture.record.browser.flags.iter().find(|flag| flag.contains("user-data-dir"));
    processes(flag.unwrap().split_once('=').unwrap().1)
}

/// Command lines of living processes that hold a text, and names of dead ones below this process.
pub(crate) fn processes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        if line.contains(text) {
            found.push(line);
        }
        let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        let mut words = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let (state, parent) = (words.next(), words.next().and_then(|word| word.parse().ok()));
        if state == Some("Z") && parent == Some(std::process::id()) {
            found.push(stat);
        }
    }
    found
}

pub(crate) fn refused<'c>(capture: &'c Capture, host: &str) -> Vec<&'c str> {
    let to = capture.connections.iter().filter(|connection| connection.host == host);
    to.filter_map(|connection| connection.refused.as_deref()).collect()
}

/// No byte went anywhere but to the site.
pub(crate) fn only_the_site_was_reached(site: &Site, capture: &Capture) {
    for connection in &capture.connections {
        if let Some(reached) = connection.reached {
            assert_eq!(reached, site.address);
            assert!(matches!(
                connection.host.as_str(),
                "site.example" | "other.example" | "page.localhost"
            ));
        } else {
            assert_eq!(connection.up + connection.down, 0, "{connection:?}");
            assert!(connection.refused.is_some(), "{connection:?}");
        }
    }
}
