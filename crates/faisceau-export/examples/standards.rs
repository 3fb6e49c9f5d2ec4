//! Exports the tables of a case on disk, to look at and to measure:
//! `cargo run --example standards -- CASE FORMAT FOLDER`.

#![expect(clippy::print_stdout, reason = "an example talks")]
#![expect(clippy::disallowed_methods, reason = "an example measures and makes its folder")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_export::{Act, CaseCard, Format, PlainGraph, Source, export};
use faisceau_graph::{CaseGraph, GraphInput};
use faisceau_tables::read;
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let [case, format, folder] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "CASE FORMAT FOLDER")?;
    let tables = Path::new(&case).join("tables");
    let acts = acts(&std::fs::read_to_string(Path::new(&case).join("journal.jsonl"))?)?;
    let graph = CaseGraph::build(&GraphInput {
        accounts: &read(&tables)?,
        posts: &read(&tables)?,
        addresses: &read(&tables)?,
        media: &read(&tables)?,
        links: &read(&tables)?,
    });
    let graph = PlainGraph::of(&graph, &[]);
    let card = CaseCard {
        title: "Example".to_owned(),
        as_of: "2026-11-20".to_owned(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        exhibits_sha256: String::new(),
        tables_sha256: String::new(),
    };
    let source = Source { case: &card, tables: &tables, graph: &graph, reviews: &[], acts: &acts };
    std::fs::create_dir_all(&folder)?;
    let began = Instant::now();
    let exported = export(format.parse::<Format>()?, &source, Path::new(&folder))?;
    println!("{} nodes, {} edges, {:?}", graph.nodes.len(), graph.edges.len(), began.elapsed());
    for written in exported.written {
        println!("{}: {} {}", written.file, written.count, written.what);
    }
    Ok(())
}

fn acts(journal: &str) -> Result<Vec<Act>, Box<dyn Error>> {
    let act = |line: &str| {
        let mut fields: Map<String, Value> = serde_json::from_str(line)?;
        let seq = fields.remove("seq").and_then(|seq| seq.as_u64()).unwrap_or_default();
        let mut text = |name| match fields.remove(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let (at, who, act, hash) = (text("at"), text("who"), text("act"), text("hash"));
        Ok(Act { seq, at, who, act, fields, hash })
    };
    journal.lines().map(act).collect()
}
