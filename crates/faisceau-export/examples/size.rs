//! Writes a graph of 100,000 nodes and 2 million edges in a format: for measuring.
//!
//! ```text
//! cargo run --release -p faisceau-export --example size -- FORMAT FOLDER [NODES EDGES]
//! ```
//!
//! It prints the seconds, the bytes, and the peak of memory before and after (Linux). The graph
//! itself is in memory all the time; what the writer adds is the difference. The folder must not
//! hold the file.

#![expect(clippy::print_stdout, reason = "an example that says what it measured")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_export::{CaseCard, PlainEdge, PlainGraph, PlainNode, Source, Value, export};
use faisceau_model::Moment;

/// Addresses for each account.
const ADDRESSES: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, folder, sizes @ ..] = arguments.as_slice() else {
        return Err("FORMAT FOLDER [NODES EDGES]".into());
    };
    let format = format.parse()?;
    let nodes = sizes.first().map_or(Ok(100_000), |text| text.parse())?;
    let edges = sizes.get(1).map_or(Ok(2_000_000), |text| text.parse())?;
    let graph = planted(nodes, edges);
    let case = CaseCard {
        title: "Measured".to_owned(),
        as_of: "2026-03-01".to_owned(),
        tool: "faisceau".to_owned(),
        exhibits_sha256: String::new(),
        tables_sha256: String::new(),
    };
    let folder = Path::new(folder);
    let source = Source { case: &case, tables: folder, graph: &graph, reviews: &[], acts: &[] };
    let before = peak();
    let start = Instant::now();
    let exported = export(format, &source, folder)?;
    let took = start.elapsed().as_secs_f64();
    for one in &exported.written {
        let bytes = std::fs::metadata(folder.join(&one.file))?.len();
        println!("{}: {} {}, {bytes} bytes", one.file, one.count, one.what);
    }
    println!("{took:.2} s, peak {before} before, {} after", peak());
    println!("{}", exported.warnings.join("\n"));
    Ok(())
}

/// Accounts, addresses, and uses spread by a fixed multiplier.
fn planted(nodes: usize, edges: usize) -> PlainGraph {
    let accounts = nodes.div_ceil(1 + ADDRESSES).max(1);
    let node = |kind: &'static str, value: String| PlainNode {
        id: format!("{kind}:{value}"),
        kind,
        label: value,
        attributes: match kind {
            "account" => vec![
                ("platform".into(), Value::Text("forum".to_owned())),
                ("posts".into(), Value::Int(12)),
            ],
            _ => Vec::new(),
        },
    };
    let account = |n: usize| format!("forum:{n}");
    let address = |n: usize| format!("10.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255);
    let rest = nodes.saturating_sub(accounts).max(1);
    let all = (0..accounts)
        .map(|n| node("account", account(n)))
        .chain((0..rest).map(|n| node("address", address(n))));
    let at = |n: usize| Moment::from_unix_seconds(1_700_000_000 + n as i64);
    let uses = (0..edges).map(|n| {
        let (a, b) = (account(n % accounts), address(mixed(n) % rest));
        let mut attributes = vec![("count".into(), Value::Int(3))];
        for (name, at) in [("first", at(n)), ("last", at(n + 3600))] {
            attributes.extend(at.map(|at| (name.into(), Value::Time(at))));
        }
        attributes.push(("rows".into(), Value::Text(format!("adr:1:l{n}@{}", n * 100))));
        PlainEdge {
            id: format!("used|account:{a}|address:{b}|{n}"),
            source: format!("account:{a}"),
            target: format!("address:{b}"),
            kind: "used",
            observed: true,
            label: "used".to_owned(),
            attributes,
        }
    });
    PlainGraph { nodes: all.collect(), edges: uses.collect() }
}

/// A number that looks like chance and is not (Knuth's multiplier, high bits).
fn mixed(n: usize) -> usize {
    n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24
}

/// The most memory that the process has held so far.
fn peak() -> String {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?.to_owned();
            Some(line.trim_start_matches("VmHWM:").trim().to_owned())
        })
        .unwrap_or_else(|| "unknown".to_owned())
}
