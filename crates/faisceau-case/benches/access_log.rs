//! An access log from exhibit to Parquet: parsed, looked up at each event's instant, written.
//!
//! `cargo bench -p faisceau-case --bench access_log` makes a log of 1,000,000 combined lines, or
//! takes the one that `FAISCEAU_BENCH_LOG` names. GoAccess and `DuckDB` (for Python) run on the same file
//! beside it where they are installed; `FAISCEAU_BENCH_CITY` names the city database (MMDB) that it is given.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a bench writes files, starts its peer and stops where it cannot go on"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use faisceau_case::Case;

const LINES: usize = 1_000_000;

fn main() {
    divan::main();
}

/// A case that holds the log as its only exhibit.
fn case() -> &'static (tempfile::TempDir, PathBuf) {
    static CASE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    CASE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let log = match std::env::var_os("FAISCEAU_BENCH_LOG") {
            Some(path) => PathBuf::from(path),
            None => generated(folder.path()),
        };
        let root = folder.path().join("case");
        let now = jiff::Timestamp::UNIX_EPOCH;
        let mut case = Case::create(&root, "bench", "bench", now).expect("a case");
        case.add(std::slice::from_ref(&log), "bench", now, &mut |_| {}).expect("the log");
        (folder, log)
    })
}

/// A deterministic log: addresses of all kinds, a line in eight seconds.
fn generated(folder: &Path) -> PathBuf {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    let mut text = String::with_capacity(LINES * 220);
    let mut state = 20_261_121_u64;
    for line in 0..LINES {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let ip = std::net::Ipv4Addr::from((state >> 32) as u32 % 67_349 * 61_333 + 0x0200_0000);
        let at = jiff::Timestamp::from_second(1_772_323_200 + line as i64 * 8)
            .expect("inside the calendar")
            .to_zoned(jiff::tz::TimeZone::UTC);
        writeln!(
            text,
            "{ip} - - [{:02}/{}/{}:{:02}:{:02}:{:02} +0000] \"GET /articles/{} HTTP/1.1\" 200 {} \
             \"https://exemple.example/liste?page={}\" \"{AGENT}\"",
            at.day(),
            MONTHS[at.month() as usize - 1],
            at.year(),
            at.hour(),
            at.minute(),
            at.second(),
            state >> 50,
            state >> 48,
            state >> 58,
        )
        .expect("a string takes everything");
    }
    let path = folder.join("access.log");
    std::fs::write(&path, text).expect("the log is written");
    path
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn faisceau_run() {
    let (folder, _) = case();
    let mut case = Case::open(&folder.path().join("case")).expect("the case");
    let now = jiff::Timestamp::UNIX_EPOCH;
    let summary = case.run("bench", now, &mut |_| {}).expect("a run");
    assert_eq!(summary.records, summary.read + summary.rejected + summary.set_aside);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn goaccess() {
    let (folder, log) = case();
    let mut command = Command::new("goaccess");
    command.arg(log).args(["--no-global-config", "--log-format=COMBINED", "-o"]);
    command.arg(folder.path().join("goaccess.json"));
    if let Some(city) = std::env::var_os("FAISCEAU_BENCH_CITY") {
        command.arg("--geoip-database").arg(city);
    }
    match command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => {}
        _ => eprintln!("goaccess is not installed or failed: no figure"),
    }
}

/// What `DuckDB` does with a log in one statement: first and last time of each address.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn duckdb() {
    let (_, log) = case();
    let script = include_str!("duckdb_log.py");
    let ran = Command::new("python3").args(["-c", script]).arg(log).stdout(Stdio::null()).status();
    if !ran.is_ok_and(|status| status.success()) {
        eprintln!("duckdb for Python is not installed or failed: no figure");
    }
}
