//! Writes the tables of a case in one format: `write_tables FORMAT TABLES OUT [ROWS]`.
//!
//! For looking at what comes out, and for measuring. With `ROWS`, `TABLES` is first filled: every
//! table empty but `connections`, which gets that many rows.

#![expect(clippy::print_stdout, reason = "an example talks")]

use std::error::Error;
use std::path::Path;

use faisceau_export::{CaseCard, PlainGraph, Source, TableOptions, csv, parquet, timesketch, xlsx};
use faisceau_model::rows::Connection;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place, Precision, ZoneSource};
use faisceau_tables::TableWriter;

#[path = "../tests/planted/mod.rs"]
mod planted;

/// The first second of the rows.
const START: i64 = 1_772_373_912_000_000;

fn fill(tables: &Path, rows: u64) -> Result<(), Box<dyn Error>> {
    planted::empty_tables(tables);
    let mut writer = TableWriter::<Connection>::create(tables)?;
    for n in 0..rows {
        let place = Place::Line { number: n + 1, byte: 90 * n };
        let ip = format!("192.0.2.{}", n % 256);
        let account = AccountKey::by_id("x", &(n % 5000).to_string());
        let at = Moment::new(START + 1_000_000 * n as i64, Precision::Second, ZoneSource::Explicit);
        writer.push(Connection {
            account: Maybe::Known(account),
            at: at.map_or(Maybe::Missing(faisceau_model::Absent::Unreadable), Maybe::Known),
            port: Maybe::Known(1024 + (n % 60_000) as i64),
            request: Maybe::Known(format!("GET /page/{n} HTTP/1.1")),
            ..Connection::new(ExhibitNo::top(1), &place, 0, ip, "x")
        });
    }
    writer.finish()?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, tables, out, rows @ ..] = arguments.as_slice() else {
        return Err("write_tables FORMAT TABLES OUT [ROWS]".into());
    };
    let (tables, out) = (Path::new(tables), Path::new(out));
    if let [rows] = rows {
        fill(tables, rows.parse()?)?;
    }
    let case = CaseCard {
        title: "example".to_owned(),
        as_of: "2026-11-20".to_owned(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        exhibits_sha256: "00".repeat(32),
        tables_sha256: "00".repeat(32),
    };
    let graph = PlainGraph::default();
    let source = Source { case: &case, tables, graph: &graph, reviews: &[], acts: &[] };
    let options = TableOptions::default();
    let written = match format.as_str() {
        "parquet" => parquet::write(&source, out, &options)?,
        "csv" => csv::write(&source, out, &options)?,
        "xlsx" => xlsx::write(&source, out, &options)?,
        "timesketch" => timesketch::write(&source, out)?,
        _ => return Err("parquet, csv, xlsx or timesketch".into()),
    };
    for line in written.iter().filter(|line| line.count > 0) {
        println!("{} {} {}", line.file, line.count, line.what);
    }
    Ok(())
}
