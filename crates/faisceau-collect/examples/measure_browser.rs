//! Captures a small and a high page of a site on loopback; prints time, memory and what came out.
//!
//! `cargo run --example measure_browser -- [FOLDER]` keeps the files in the folder.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for measuring")]
#![expect(clippy::disallowed_methods, reason = "it writes what it got, and reads the clock")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use faisceau_collect::browser::{Capture, Settings, capture, find};
use url::Url;

#[path = "../tests/browser/site.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod site;

use site::{Site, html};

fn main() {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let row = |number: u32| {
        let colour = format!("hsl({}, 60%, 80%)", number * 17 % 360);
        format!("<div style='height:100px;background:{colour}'>Rangée {number} : à bientôt</div>")
    };
    let page = |rows: u32| {
        let rows: String = (0..rows).map(row).collect();
        let head = "<meta charset=utf-8><title>Une page</title><style>body{margin:0}</style>";
        html(&format!("<!doctype html><html lang=fr><head>{head}</head><body>{rows}"))
    };
    let site = Site::start(&[("/small", page(4)), ("/high", page(200)), ("/higher", page(1_000))]);
    let found = find(None).unwrap();
    for path in ["/small", "/high", "/higher"] {
        let url = Url::parse(&format!("http://site.example{path}")).unwrap();
        let run = |say: bool| {
            let began = Instant::now();
            let mut steps = |step| {
                if say {
                    println!("  {:>6} ms {step:?}", began.elapsed().as_millis());
                }
            };
            let (settings, clock) = (Settings::default(), jiff::Timestamp::now);
            let capture = capture(&url, &found, &settings, site.dial(), &clock, &mut steps);
            (capture.unwrap(), began.elapsed().as_millis())
        };
        // Looking at the memory slows the browser down: time and memory are measured apart.
        let (capture, millis) = run(true);
        let (done, peak) = (AtomicBool::new(false), AtomicU64::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    peak.fetch_max(memory(), Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(100));
                }
            });
            run(false);
            done.store(true, Ordering::Relaxed);
        });
        println!(
            "{path}: {millis} ms, {} MiB of the browser, {} tiles {} bytes, PDF {} bytes",
            peak.load(Ordering::Relaxed) >> 10,
            capture.png.len(),
            capture.png.iter().map(Vec::len).sum::<usize>(),
            capture.pdf.as_ref().map_or(0, Vec::len),
        );
        println!("  {:?}", capture.record.incomplete);
        for connection in &capture.connections {
            println!("  {} {} {:?}", connection.method, connection.host, connection.refused);
        }
        if let Some(folder) = &folder {
            keep(&capture, folder, path.trim_matches('/'));
        }
    }
}

fn keep(capture: &Capture, folder: &Path, name: &str) {
    for (number, png) in capture.png.iter().enumerate() {
        std::fs::write(folder.join(format!("{name}-{number}.png")), png).unwrap();
    }
    std::fs::write(folder.join(format!("{name}.pdf")), capture.pdf.as_ref().unwrap()).unwrap();
    std::fs::write(folder.join(format!("{name}.html")), capture.dom.as_ref().unwrap()).unwrap();
    let record = serde_json::to_vec_pretty(&capture.record).unwrap();
    std::fs::write(folder.join(format!("{name}.json")), record).unwrap();
}

/// The proportional set size of all processes below this one, in KiB (Linux).
fn memory() -> u64 {
    let mut all = 0;
    for process in std::fs::read_dir("/proc").unwrap().flatten() {
        let at = process.path();
        let line = std::fs::read(at.join("cmdline")).unwrap_or_default();
        if !String::from_utf8_lossy(&line).contains("chromium") {
            continue;
        }
        let rollup = std::fs::read_to_string(at.join("smaps_rollup")).unwrap_or_default();
        let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let number = pss.and_then(|pss| pss.trim().trim_end_matches(" kB").parse::<u64>().ok());
        all += number.unwrap_or_default();
    }
    all
}
