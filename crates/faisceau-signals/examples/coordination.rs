//! Plants groups in real shares and prints who finds them, beside the count of other tools.
//!
//! `cargo run --release -p faisceau-signals --example coordination -- SHARES.csv.gz OUT FIRST LAST`
//! takes a file `account_id,object_id,content_id,timestamp,label`, plants with the seeds FIRST to
//! LAST, writes each planted file and its truth to OUT for other tools, and prints recall and
//! precision. `... -- score TRUTH.csv EDGES.csv LEAST` prints them for edges that another tool
//! found (`from,to,weight`).

#![expect(clippy::print_stdout, reason = "a command")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use faisceau_model::rows::{Post, Raid};
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::SplitMix64;
use faisceau_signals::coordination::{Shares, co_posting, raids, together};

mod planting;
use planting::{Row, permuted, plant, raided, read};

type Pairs = BTreeSet<(String, String)>;
type Failure = Box<dyn Error>;
/// Weight and accounts.
type Edge = (f64, (String, String));

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["score", truth, edges, least] => score(truth, edges, least.parse()?),
        [file, out, first, last] => measure(file, out, first.parse()?, last.parse()?),
        _ => Err("arguments: SHARES OUT FIRST LAST, or score TRUTH EDGES LEAST".into()),
    }
}

fn measure(file: &str, out: &str, first: u64, last: u64) -> Result<(), Failure> {
    let rows = read(file)?;
    std::fs::create_dir_all(out)?;
    for window in [10, 60, 300] {
        let edges = counted(&rows, window);
        let pairs: u64 = edges.values().map(|weight| u64::from(*weight)).sum();
        let nodes: BTreeSet<&String> = edges.keys().flat_map(|(a, b)| [a, b]).collect();
        let all: u64 =
            co_posting(&shares(&rows), window).edges.iter().map(|e| u64::from(e.2)).sum();
        println!(
            "as it is, {window} s: {pairs} rows, {} edges, {} accounts; without its filters {all} rows",
            edges.len(),
            nodes.len(),
        );
    }
    let mut sums = BTreeMap::<&str, (f64, f64, f64, f64)>::new();
    for seed in first..=last {
        let (planted, truth) = plant(&rows, seed);
        write(out, seed, &planted, &truth)?;
        let mut found: Vec<(&str, Pairs)> = Vec::new();
        for (name, window, least) in [
            ("count 10 s, 1", 10, 1),
            ("count 10 s, 2", 10, 2),
            ("count 60 s, 1", 60, 1),
            ("count 60 s, 2", 60, 2),
            ("count 300 s, 2", 300, 2),
            ("count 300 s, 3", 300, 3),
        ] {
            let edges = counted(&planted, window);
            let strong = edges.into_iter().filter(|(_, weight)| *weight >= least);
            found.push((name, strong.map(|(pair, _)| pair).collect()));
        }
        for (name, least) in
            [("log10 0.5", 0.5), ("log10 1", 1.0), ("log10 1.5", 1.5), ("log10 2", 2.0)]
        {
            found.push((name, above(&planted, least)));
        }
        for (name, pairs) in &found {
            let hits = pairs.intersection(&truth).count() as f64;
            let sum = sums.entry(name).or_default();
            sum.0 += hits / truth.len() as f64;
            sum.1 += hits / pairs.len().max(1) as f64;
            sum.2 += pairs.len() as f64;
            sum.3 += 1.0;
        }
        println!("seed {seed}: {} true pairs", truth.len());
    }
    println!("mean over the seeds: recall, precision, pairs");
    for (name, (recall, precision, pairs, n)) in &sums {
        println!("{name:15} {:.3} {:.3} {:6.0}", recall / n, precision / n, pairs / n);
    }
    innocent(&rows, first, last);
    burst(&rows, first, last);
    Ok(())
}

/// Worlds without a group: the real shares, unlabelled, and with the accounts of each object
/// permuted, so that tastes stay and delays are chance.
fn innocent(rows: &[Row], first: u64, last: u64) {
    let shares = shares(rows);
    println!("innocent worlds: pairs scored, above log10 0.5, 1, 1.5, 2");
    let count = |shares: &Shares| {
        let found = together(shares, |_| true);
        let above = [0.5, 1.0, 1.5, 2.0]
            .map(|least| found.pairs.iter().filter(|pair| log10(pair.score) > least).count());
        println!("  {} {above:?} {:?}", found.pairs.len(), found.coverage);
    };
    count(&shares);
    for seed in first..=last {
        count(&self::shares(&permuted(rows, &mut SplitMix64::new(seed))));
    }
}

/// Raids in the real shares, and in the same with ten planted ones.
fn burst(rows: &[Row], first: u64, last: u64) {
    let found = |rows: &[Row]| {
        let posts: Vec<Post> = (1..).zip(rows).filter_map(|(n, row)| post(n, row)).collect();
        raids(&posts)
    };
    let real = found(rows);
    let objects: BTreeSet<&String> = real.iter().map(|raid| &raid.target).collect();
    let rare = |raid: &&Raid| !raid.innocent.iter().any(|code| code == "ordinary_burst");
    println!(
        "raids in the real shares: {} on {} objects, {} without ordinary_burst",
        real.len(),
        objects.len(),
        real.iter().filter(rare).count()
    );
    for seed in first..=last {
        let (planted, truth) = raided(rows, seed);
        let raids = found(&planted);
        let hit = |(object, at): &&(String, i64)| {
            raids.iter().any(|raid| {
                raid.target == *object && raid.onset.at_s() <= at + 300 && *at <= raid.end.at_s()
            })
        };
        let onset = |(object, at): &&(String, i64)| {
            let near = |raid: &&Raid| (raid.onset.at_s() - at).abs() <= 300;
            raids.iter().filter(|raid| raid.target == *object).any(|raid| near(&raid))
        };
        println!(
            "  seed {seed}: {} of {} planted, the onset of {} within 5 min; {} raids in all",
            truth.iter().filter(hit).count(),
            truth.len(),
            truth.iter().filter(onset).count(),
            raids.len()
        );
    }
}

fn post(number: u64, row: &Row) -> Option<Post> {
    let place = Place::Line { number, byte: 0 };
    let account = AccountKey::by_id("x", &row.account);
    Some(Post {
        at: Maybe::Known(Moment::from_unix_seconds(row.at)?),
        thread: Maybe::Known(row.object.clone()),
        ..Post::new(ExhibitNo::top(1), &place, 0, account)
    })
}

fn log10(natural: f64) -> f64 {
    natural / std::f64::consts::LN_10
}

fn above(rows: &[Row], least: f64) -> Pairs {
    let shares = shares(rows);
    let found = together(&shares, |_| true);
    let strong = found.pairs.iter().filter(|pair| log10(pair.score) > least);
    let name = |number: u32| shares.accounts()[number as usize].clone();
    strong.map(|pair| (name(pair.a), name(pair.b))).collect()
}

/// The rule of `CooRTweet` (`detect_groups`, `min_participation` 2): rows of accounts with two rows,
/// no row that shares itself, pairs of rows in the window, and of each pair one row at least whose
/// account has two rows that are in some pair.
fn counted(rows: &[Row], window: i64) -> BTreeMap<(String, String), u32> {
    let mut acts = BTreeMap::<&str, usize>::new();
    for row in rows {
        *acts.entry(&row.account).or_default() += 1;
    }
    let mut kept: Vec<&Row> = rows.iter().filter(|row| acts[row.account.as_str()] >= 2).collect();
    kept.sort_by_key(|row| (&row.object, row.at));
    let mut near: Vec<(&Row, &Row)> = Vec::new();
    for object in kept.chunk_by(|one, other| one.object == other.object) {
        for (at, one) in object.iter().enumerate() {
            let others = object[at + 1..].iter().take_while(|other| other.at - one.at <= window);
            let pair = |other: &&&Row| {
                other.account != one.account
                    && other.content != one.content
                    && [one, **other].iter().all(|row| row.object != row.content)
            };
            near.extend(others.filter(pair).map(|other| (*one, *other)));
        }
    }
    let contents: BTreeSet<&str> =
        near.iter().flat_map(|(one, other)| [one, other]).map(|row| row.content.as_str()).collect();
    let in_pairs = || kept.iter().filter(|row| contents.contains(row.content.as_str()));
    let mut paired = BTreeMap::<&str, usize>::new();
    for row in in_pairs() {
        *paired.entry(&row.account).or_default() += 1;
    }
    let active: BTreeSet<&str> = in_pairs()
        .filter(|row| paired[row.account.as_str()] >= 2)
        .map(|row| row.content.as_str())
        .collect();
    let mut edges = BTreeMap::new();
    for (one, other) in near {
        if active.contains(one.content.as_str()) || active.contains(other.content.as_str()) {
            let (a, b) = (one.account.clone(), other.account.clone());
            *edges.entry(if a < b { (a, b) } else { (b, a) }).or_default() += 1;
        }
    }
    edges
}

fn shares(rows: &[Row]) -> Shares {
    let triples: Vec<(&str, &str, i64, u32)> =
        rows.iter().map(|row| (row.account.as_str(), row.object.as_str(), row.at, 0)).collect();
    Shares::new(&triples)
}

fn score(truth: &str, edges: &str, least: f64) -> Result<(), Failure> {
    let mut found = Pairs::new();
    for (weight, pair) in pairs(edges)? {
        if weight >= least {
            found.insert(pair);
        }
    }
    let truth: Pairs = pairs(truth)?.into_iter().map(|(_, pair)| pair).collect();
    let hits = found.intersection(&truth).count() as f64;
    let (recall, precision) = (hits / truth.len() as f64, hits / found.len().max(1) as f64);
    println!(
        "{edges} weight {least}: recall {recall:.3} precision {precision:.3} pairs {}",
        found.len()
    );
    Ok(())
}

fn pairs(file: &str) -> Result<Vec<Edge>, Failure> {
    let mut all = Vec::new();
    for row in csv::Reader::from_path(file)?.records() {
        let row = row?;
        let (a, b) = (row[0].to_owned(), row[1].to_owned());
        let pair = if a < b { (a, b) } else { (b, a) };
        all.push((row.get(2).map_or(Ok(1.0), str::parse)?, pair));
    }
    Ok(all)
}

fn write(out: &str, seed: u64, rows: &[Row], truth: &Pairs) -> Result<(), Failure> {
    let mut file = csv::Writer::from_path(format!("{out}/planted{seed}.csv"))?;
    file.write_record(["account_id", "object_id", "content_id", "timestamp", "label"])?;
    // As coordination-network-toolkit reads it.
    let mut toolkit = csv::Writer::from_path(format!("{out}/toolkit{seed}.csv"))?;
    toolkit.write_record([
        "message_id",
        "user_id",
        "username",
        "repost_id",
        "reply_id",
        "message",
        "timestamp",
        "urls",
    ])?;
    for row in rows {
        let (account, at) = (row.account.as_str(), row.at.to_string());
        file.write_record([account, &row.object, &row.content, &at, ""])?;
        toolkit.write_record([&row.content, account, account, &row.object, "", "x", &at, ""])?;
    }
    file.flush()?;
    toolkit.flush()?;
    let mut file = csv::Writer::from_path(format!("{out}/truth{seed}.csv"))?;
    file.write_record(["from", "to", "weight"])?;
    for (a, b) in truth {
        file.write_record([a.as_str(), b, "1"])?;
    }
    Ok(file.flush()?)
}
