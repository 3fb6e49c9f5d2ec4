//! Writes 10 million uses of an address and times three group-bys over them.
//!
//! `cargo run --release -p faisceau-query --example ten_million -- FOLDER [ROWS]`; the file is kept
//! and taken again where it stands. `docs/query.md` has the figures and how `DuckDB` was asked.

#![expect(clippy::disallowed_methods, reason = "an example reads the clock")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_model::rows::Connection;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_query::{Limits, Session, Style, View, screen};
use faisceau_tables::TableWriter;

/// Accounts that use them.
const ACCOUNTS: u64 = 5_000;

/// Addresses.
const ADDRESSES: u64 = 200_000;

/// Seconds over which they are used: a year.
const SECONDS: u64 = 365 * 24 * 3600;

/// The questions, and what they are called.
const QUESTIONS: [(&str, &str); 3] = [
    (
        "by address",
        "SELECT ip, COUNT(*) AS uses FROM connections GROUP BY ip ORDER BY uses DESC, ip LIMIT 3",
    ),
    (
        "by account and hour",
        "SELECT account, DATE_PART('hour', at_utc) AS hour, COUNT(*) AS uses FROM connections \
         GROUP BY account, DATE_PART('hour', at_utc) ORDER BY uses DESC, account, hour LIMIT 3",
    ),
    (
        "accounts an address",
        "SELECT ip, COUNT(DISTINCT account) AS accounts FROM connections \
         GROUP BY ip ORDER BY accounts DESC, ip LIMIT 3",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is needed")?;
    let rows = arguments.next().map_or(Ok(10_000_000), |text| text.parse())?;
    let folder = Path::new(&folder);
    if !folder.join("connections.parquet").exists() {
        let start = Instant::now();
        write(folder, rows)?;
        say(&format!("{rows} rows written in {:.2} s", start.elapsed().as_secs_f64()));
    }
    let session = Session::open(folder, View::ALL)?;
    for (name, sql) in QUESTIONS {
        for _ in 0..3 {
            let start = Instant::now();
            let answer = session.run(sql, &Limits::default())?;
            let seconds = start.elapsed().as_secs_f64();
            say(&format!("{name}: {seconds:.2} s"));
            say(&screen(&answer, Style::default()).table);
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what an example is for")]
fn say(text: &str) {
    println!("{text}");
}

fn write(folder: &Path, rows: u64) -> Result<(), Box<dyn Error>> {
    let mut writer = TableWriter::<Connection>::create(folder)?;
    let exhibit = ExhibitNo::top(1);
    let mut state = 7;
    for line in 0..rows {
        let mut draw = |below: u64| splitmix(&mut state) % below;
        let place = Place::Line { number: line + 1, byte: line * 100 };
        // The lower the number, the more it is used, as in life.
        let account = draw(ACCOUNTS).min(draw(ACCOUNTS));
        let address = draw(ADDRESSES).min(draw(ADDRESSES));
        let ip = format!("10.{}.{}.{}", address >> 16, address >> 8 & 255, address & 255);
        let mut row = Connection::new(exhibit, &place, 0, ip, "forum");
        row.account = Maybe::Known(AccountKey::by_handle("forum", &format!("user{account}")));
        let at = 1_700_000_000 + draw(SECONDS);
        row.at = Moment::from_unix_seconds(at.cast_signed()).map_or(row.at, Maybe::Known);
        row.port = Maybe::Known(draw(64_000).cast_signed() + 1024);
        writer.push(row);
    }
    writer.finish()?;
    Ok(())
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
