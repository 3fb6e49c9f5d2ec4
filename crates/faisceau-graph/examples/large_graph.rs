//! A graph of a crowd: built from rows, then asked.
//!
//! `cargo run --release -p faisceau-graph --example large_graph -- 100000 2000000` makes that many
//! accounts and observed edges (uses of addresses, three rows an edge, drawn with a long tail), one
//! link for each account, builds the graph and asks for neighbourhoods and paths. It prints times
//! and the peak memory. With a third argument it only writes the edges there as text, for
//! `large_graph.py`.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

use std::error::Error;
use std::fs;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use faisceau_graph::{GraphBuilder, Node};
use faisceau_model::rows::{Address, Link};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place,
    Precision, Relation, RowId, ZoneSource,
};

const ROWS_AN_EDGE: u64 = 3;
const ASKED: usize = 100;
/// Edges whose rows are made at a time.
const BATCH: u64 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [accounts, edges, rest @ ..] = &arguments[..] else {
        return Err("expected: ACCOUNTS EDGES [FILE]".into());
    };
    let (accounts, edges): (u64, u64) = (accounts.parse()?, edges.parse()?);
    let keys: Vec<AccountKey> =
        (0..accounts).map(|n| AccountKey::by_id("forum", &format!("u{n}"))).collect();
    let links: Vec<Link> = (0..accounts).filter_map(|n| link(&keys, n)).collect();
    if let [path, ..] = rest {
        let all: Vec<Address> = batches(&keys, edges).flatten().collect();
        write(path, &all, &links)?;
        return Ok(());
    }

    let mut builder = GraphBuilder::default();
    let mut building = 0.0;
    for rows in batches(&keys, edges) {
        let start = Instant::now();
        builder.addresses(&rows);
        building += start.elapsed().as_secs_f64();
    }
    let start = Instant::now();
    let graph = builder.finish(&[], &links);
    building += start.elapsed().as_secs_f64();
    println!(
        "built: {building:.2} s, {} nodes, {} edges, {} MB at most, batches and links among them",
        graph.nodes().count(),
        graph.edges().count(),
        memory("VmHWM")
    );

    let node = |n: u64| Node::Account(keys[(n * 7919 % accounts) as usize].clone());
    let mut worst = [0.0_f64; 3];
    for n in 0..ASKED as u64 {
        let (one, other) = (node(n), node(n + ASKED as u64));
        let took = |start: Instant| start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let near = graph.neighbours(&one).len();
        worst[0] = worst[0].max(took(start));
        let start = Instant::now();
        let way = graph.path(&one, &other).map_or(0, |steps| steps.len());
        worst[1] = worst[1].max(took(start));
        let start = Instant::now();
        let shared = graph.common(&[one, other]).len();
        worst[2] = worst[2].max(took(start));
        if n == 0 {
            println!("first: {near} neighbours, path of {way} steps, {shared} in common");
        }
    }
    println!(
        "the slowest of {ASKED}: neighbours {:.2} ms, path {:.2} ms, common {:.2} ms",
        worst[0], worst[1], worst[2]
    );
    Ok(())
}

/// `SplitMix64` (Steele, Lea, Flood, 2014).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Uses of addresses, as a table gives them: half of them of an account's own lines, half of lines
/// that many share.
fn batches(keys: &[AccountKey], edges: u64) -> impl Iterator<Item = Vec<Address>> + '_ {
    let mut state = 1;
    (0..edges.div_ceil(BATCH)).map(move |batch| {
        let mut rows = Vec::new();
        for n in batch * BATCH..((batch + 1) * BATCH).min(edges) {
            let account = (n % keys.len() as u64) as usize;
            let shared = random(&mut state).is_multiple_of(2);
            let draw = random(&mut state);
            // The product of two draws has a long tail: few addresses are used by many.
            let tail = ((draw & 0xffff) * ((draw >> 16) & 0xffff)) >> 14;
            let number = if shared { tail } else { (1 << 20) | (n & 0xf_ffff) };
            let ip = std::net::Ipv4Addr::from_bits(0x0b00_0000 + number as u32).to_string();
            for m in 0..ROWS_AN_EDGE {
                rows.push(address(n * ROWS_AN_EDGE + m, &keys[account], &ip));
            }
        }
        rows
    })
}

fn address(n: u64, account: &AccountKey, ip: &str) -> Address {
    let none = || Maybe::Missing(Absent::NoData);
    let days = || Maybe::Missing(Absent::NoData);
    let (exhibit, place) = (ExhibitNo::top(1), Place::Line { number: n, byte: n * 80 });
    let at = Moment::new(
        1_780_000_000_000_000 + n as i64 * 977,
        Precision::Second,
        ZoneSource::Explicit,
    );
    Address {
        id: RowId::at("adr", exhibit, &place, 0),
        connection: RowId::at("con", exhibit, &place, 0),
        exhibit,
        place,
        account: Maybe::Known(account.clone()),
        ip: ip.to_owned(),
        port: Maybe::Missing(Absent::NotRecorded),
        via: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::or_absent(at, Absent::NotRecorded),
        scope: AddressScope::Global,
        country: none(),
        country_source: none(),
        country_days: days(),
        asn: Maybe::Known(64_496),
        operator: Maybe::Known(Arc::from("EXAMPLE-AS")),
        operator_source: none(),
        operator_days: days(),
        tor: Listing::NotListed,
        tor_source: none(),
        tor_days: days(),
        vpn: Listing::NotListed,
        vpn_source: none(),
        vpn_days: days(),
        hosting: Listing::NotListed,
        hosting_source: none(),
        hosting_days: days(),
        relay: Listing::NotListed,
        relay_source: none(),
        relay_days: days(),
        access: AccessKind::AccessLine,
        access_basis: Arc::from("none"),
        declared: false,
    }
}

fn link(keys: &[AccountKey], n: u64) -> Option<Link> {
    let other = &keys[(n.wrapping_mul(2_654_435_761) % keys.len() as u64) as usize];
    let one = &keys[n as usize];
    let (a, b) = if one < other { (one, other) } else { (other, one) };
    if a == b {
        return None;
    }
    let total = (n % 60) as f64 / 10.0 - 4.0;
    Some(Link {
        style: Maybe::Known(total),
        total,
        total_low: total - 0.5,
        total_high: total + 0.5,
        total_cap: 4.0,
        ..Link::new(n as usize + 1, a.clone(), b.clone(), Relation::SameHand)
    })
}

/// One line a row: account, address, microseconds; one a link: accounts, low end of its interval.
fn write(path: &str, addresses: &[Address], links: &[Link]) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(fs::File::create(path)?);
    for row in addresses {
        let at = row.at.known().map_or(0, |at| at.at_us());
        writeln!(out, "{}\t{}\t{at}", row.account.known().map_or("", AccountKey::as_str), row.ip)?;
    }
    for link in links {
        writeln!(out, "{}\t{}\tlink\t{}", link.a, link.b, link.total_low)?;
    }
    Ok(())
}

/// A line of the kernel's account of this process, in megabytes.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let digits = line.map(|line| line.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.and_then(|digits| digits.parse::<u64>().ok()).unwrap_or(0) / 1024
}
