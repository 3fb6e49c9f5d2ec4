//! Measures what the dated lists are worth: how they age, what they miss, whom they accuse falsely.
//!
//! `cargo run --release -p faisceau-datasets --example measure_lists [FOLDER]` prints the tables of
//! `docs/address-verdicts.md`. A folder adds lists of other dates or kinds, in files named
//! `KIND_YYYY-MM-DD.txt`, to the tables of ageing.

#![expect(clippy::print_stdout, reason = "an example prints its tables")]

mod measuring;

use std::error::Error;
use std::path::Path;

use faisceau_datasets::Bundle;
use faisceau_model::{Absent, Maybe, Moment};

use crate::measuring::{ageing, alarms, lists};

/// The day of the newest lists.
const DAY: &str = "2026-08-22T12:00:00Z";

fn main() -> Result<(), Box<dyn Error>> {
    let bundle = Bundle::embedded()?;
    let at = Maybe::or_absent(Moment::from_rfc3339(DAY), Absent::Unreadable);
    let (mut all, networks) = (lists::bundled()?, lists::announced()?);
    if let Some(folder) = std::env::args_os().nth(1) {
        lists::of_folder(&mut all, Path::new(&folder))?;
    }
    print("Confusion by age of the list", &ageing::table(&all));
    print("The same by age", &ageing::by_age(&all));
    print("The newest list asked of older events", &ageing::newest_for_old_events(&all));
    let title = "A million random addresses of AS 3215, 12322, 15557, 5410 and 51207";
    print(title, &alarms::french(bundle, &networks, 1_000_000, at));
    print(
        "Stretches of French access networks that a list names",
        &alarms::causes(&all, &networks),
    );
    let title = "A hundred thousand random addresses of each known provider";
    print(title, &alarms::providers(bundle, &networks, 100_000, at));
    Ok(())
}

fn print(title: &str, lines: &[String]) {
    println!("## {title}\n\n{}\n", lines.join("\n"));
}
