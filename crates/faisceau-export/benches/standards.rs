//! 10,000 accounts, 200,000 addresses used, 100,000 messages, in each of the three standards.
//!
//! Peak memory: `/usr/bin/time -v` on the binary with one format as its filter.

#![expect(clippy::unwrap_used, reason = "a benchmark stops where its ground is not there")]

use divan::Bencher;
use faisceau_export::{CaseCard, Format, PlainEdge, PlainGraph, PlainNode, Source, Value, export};
use faisceau_model::rows::{
    Account, Address, ExhibitRow, Explanation, Identity, Link, Media, Post,
};
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_tables::write;
use tempfile::TempDir;

const ACCOUNTS: usize = 10_000;
const EDGES: usize = 200_000;
const POSTS: usize = 100_000;

fn main() {
    divan::main();
}

fn account(n: usize) -> String {
    format!("forum:u{}", n % ACCOUNTS)
}

fn graph() -> PlainGraph {
    let text = |text: &str| Value::Text(text.to_owned());
    let accounts = (0..ACCOUNTS).map(|n| PlainNode {
        id: format!("account:{}", account(n)),
        kind: "account",
        label: account(n),
        attributes: vec![("role".into(), text("examined")), ("posts".into(), Value::Int(10))],
    });
    let ip = |n: usize| format!("address:10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255);
    let addresses = (0..EDGES).map(|n| PlainNode {
        id: ip(n),
        kind: "address",
        label: ip(n),
        attributes: Vec::new(),
    });
    let at = Value::Time(Moment::from_unix_seconds(1_770_000_000).unwrap());
    let edges = (0..EDGES).map(|n| PlainEdge {
        id: format!("used|{n}"),
        source: format!("account:{}", account(n)),
        target: ip(n),
        kind: "used",
        observed: true,
        label: "used".to_owned(),
        attributes: vec![
            ("count".into(), Value::Int(3)),
            ("first".into(), at.clone()),
            ("last".into(), at.clone()),
            ("rows".into(), text("adr:1:l12@400 adr:1:l13@500 adr:1:l14@600")),
        ],
    });
    PlainGraph { nodes: accounts.chain(addresses).collect(), edges: edges.collect() }
}

fn tables() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let posts = (0..POSTS).map(|n| {
        let key: AccountKey = account(n).parse().unwrap();
        let place = Place::Line { number: n as u64, byte: 0 };
        Post {
            text: Maybe::Known(format!("Un message de longueur moyenne, le numéro {n}.").repeat(3)),
            ..Post::new(ExhibitNo::top(1), &place, 0, key)
        }
    });
    let tables = folder.path();
    write::<Account>(tables, Vec::new()).unwrap();
    write::<Post>(tables, posts.collect()).unwrap();
    write::<Address>(tables, Vec::new()).unwrap();
    write::<Media>(tables, Vec::new()).unwrap();
    write::<Link>(tables, Vec::new()).unwrap();
    write::<Explanation>(tables, Vec::new()).unwrap();
    write::<Identity>(tables, Vec::new()).unwrap();
    write::<ExhibitRow>(tables, Vec::new()).unwrap();
    folder
}

#[divan::bench(args = [Format::Stix, Format::Case, Format::Ftm], sample_count = 3, sample_size = 1)]
fn standard(bencher: Bencher<'_, '_>, format: Format) {
    let (graph, tables) = (graph(), tables());
    let case = CaseCard {
        title: "Mesure".to_owned(),
        as_of: "2026-11-20".to_owned(),
        tool: "0.1.0".to_owned(),
        exhibits_sha256: String::new(),
        tables_sha256: String::new(),
    };
    let source =
        Source { case: &case, tables: tables.path(), graph: &graph, reviews: &[], acts: &[] };
    bencher
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_values(|folder| export(format, &source, folder.path()).unwrap());
}
