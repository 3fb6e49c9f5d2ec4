//! Three group-bys over a million uses of an address.

#![expect(clippy::expect_used, reason = "a bench that cannot start says so")]

use std::sync::OnceLock;

use faisceau_model::rows::Connection;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_query::{Limits, Session, View};
use tempfile::TempDir;

/// Rows.
const ROWS: u64 = 1_000_000;

fn main() {
    divan::main();
}

fn session() -> &'static Session {
    static SESSION: OnceLock<(TempDir, Session)> = OnceLock::new();
    let (_, session) = SESSION.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let exhibit = ExhibitNo::top(1);
        let rows = (0..ROWS).map(|line| {
            let ip = format!("10.0.{}.{}", line % 251, line % 241);
            let mut row = Connection::new(
                exhibit,
                &Place::Line { number: line + 1, byte: line * 100 },
                0,
                ip,
                "forum",
            );
            let account = AccountKey::by_handle("forum", &format!("user{}", line % 997));
            row.account = Maybe::Known(account);
            let at = Moment::from_unix_seconds(1_700_000_000 + (line * 37).cast_signed());
            row.at = at.map_or(row.at, Maybe::Known);
            row
        });
        faisceau_tables::write(folder.path(), rows.collect()).expect("a table");
        let session = Session::open(folder.path(), View::ALL).expect("a session");
        (folder, session)
    });
    session
}

#[divan::bench(args = [
    "SELECT ip, COUNT(*) FROM connections GROUP BY ip",
    "SELECT account, DATE_PART('hour', at_utc) AS hour, COUNT(*) FROM connections GROUP BY account, DATE_PART('hour', at_utc)",
    "SELECT ip, COUNT(DISTINCT account) FROM connections GROUP BY ip",
], sample_count = 5)]
fn group_by(bencher: divan::Bencher, sql: &str) {
    let session = session();
    bencher.bench(|| session.run(sql, &Limits::default()).expect("an answer").rows());
}
