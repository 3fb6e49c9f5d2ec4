//! The same bytes on any number of threads, also where nobody asked for an order.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test starts itself with another number of threads; its helpers panic"
)]

#[expect(dead_code, reason = "another test uses the rest")]
mod made;

use std::process::Command;

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place};
use faisceau_query::{Format, Limits, Session, View};

/// Rows; polars goes parallel above a thousand.
const ROWS: u64 = 20_000;

const QUESTIONS: [&str; 11] = [
    "SELECT ip, COUNT(*) AS n FROM connections GROUP BY ip",
    "SELECT account, DATE_PART('hour', at_utc) AS hour, COUNT(*) AS n FROM connections GROUP BY account, DATE_PART('hour', at_utc)",
    "SELECT DISTINCT account, status FROM connections",
    "SELECT account, FIRST(ip) AS ip, ARRAY_AGG(DISTINCT status) AS s, AVG(bytes) AS mean FROM connections GROUP BY account LIMIT 50",
    "SELECT a.ip AS ip, b.account AS account FROM connections AS a JOIN connections AS b ON a.port = b.port LIMIT 5000",
    "SELECT a.port AS x, b.port AS y FROM connections AS a JOIN connections AS b ON a.port < b.port AND a.bytes > b.bytes WHERE a.status = 3 AND b.status = 5 LIMIT 5000",
    "SELECT account FROM connections UNION SELECT ip AS account FROM connections",
    "SELECT account FROM connections WHERE status < 3 INTERSECT SELECT account FROM connections WHERE status > 3",
    "SELECT id, ROW_NUMBER() OVER (PARTITION BY account ORDER BY status) AS n FROM connections",
    "SELECT status, id FROM connections ORDER BY status LIMIT 3000",
    "SELECT account, COUNT(DISTINCT ip) AS n FROM connections GROUP BY account",
];

fn rows() -> Vec<Connection> {
    (0..ROWS)
        .map(|line| {
            let mixed = line.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
            let place = Place::Line { number: line + 1, byte: line * 100 };
            let ip = format!("10.0.{}.{}", mixed % 7, mixed % 251);
            let mut row = Connection::new(ExhibitNo::top(1), &place, 0, ip, "forum");
            row.account = Maybe::Known(made::account(&format!("forum:user{}", mixed % 997)));
            row.at = Maybe::or_absent(
                Moment::from_unix_seconds(1_700_000_000 + (mixed % 5_000_000).cast_signed()),
                Absent::NotRecorded,
            );
            row.port = Maybe::Known((mixed % 9_001).cast_signed());
            row.bytes = Maybe::Known((mixed % 4_999).cast_signed());
            row.status = Maybe::Known((mixed % 13).cast_signed());
            row
        })
        .collect()
}

/// What every question gives, a line each.
fn answers() -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    faisceau_tables::write(folder.path(), rows()).expect("a table");
    let session = Session::open(folder.path(), View::ALL).expect("a session");
    let mut lines = String::new();
    for sql in QUESTIONS {
        let mut out = Vec::new();
        let answer = session.run(sql, &Limits::default()).unwrap_or_else(|e| panic!("{sql}: {e}"));
        assert!(answer.rows() > 10, "{sql}: {} rows", answer.rows());
        Format::Csv.write(&answer, &mut out).expect("written");
        Format::Parquet.write(&answer, &mut out).expect("written");
        lines.extend(out.iter().map(|byte| format!("{byte:02x}")));
        lines.push('\n');
    }
    lines
}

/// Called again by the test below with a number of threads, which polars reads but once.
#[test]
fn one_run() {
    if let Ok(target) = std::env::var("FAISCEAU_QUERY_ANSWERS") {
        std::fs::write(target, answers()).expect("written");
    }
}

#[test]
fn answers_do_not_depend_on_the_number_of_threads() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let first = answers();
    for threads in ["1", "2", "3", "8"] {
        let target = folder.path().join(threads);
        let status = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "one_run"])
            .env("FAISCEAU_QUERY_ANSWERS", &target)
            .env("POLARS_MAX_THREADS", threads)
            .status()
            .expect("started");
        assert!(status.success());
        let again = std::fs::read_to_string(&target).expect("answers");
        for ((sql, first), again) in QUESTIONS.iter().zip(first.lines()).zip(again.lines()) {
            assert!(first == again, "with {threads} threads: {sql}");
        }
        assert_eq!(first.len(), again.len());
    }
}
