//! Measures `synchrony` and `raids` where nobody acts together, and `synchrony` on planted groups.
//!
//! `cargo run --release -p faisceau-signals --example null_worlds -- SHARES.csv.gz 11 15`
//! takes a file `account_id,object_id,content_id,timestamp,label` and the seeds. What an object is
//! plays no part in `synchrony` here: groups are to be found by their minutes alone.

#![expect(clippy::print_stdout, reason = "a command")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use faisceau_model::rows::{Comparison, Post};
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::coordination::raids;
use faisceau_signals::{Material, Pairs, Reference, SplitMix64, compare_counted};

#[expect(dead_code, reason = "raids are planted by another example")]
mod planting;
use planting::{Row, permuted, plant, read};

const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;
/// Log10 LRs above which pairs are counted.
const ABOVE: [f64; 5] = [0.0, 0.25, 0.4, 1.0, 2.0];
/// Chances at or below which pairs are counted.
const CHANCES: [f64; 3] = [0.1, 0.05, 0.032];

type Truth = BTreeSet<(String, String)>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, first, last] = &arguments[..] else {
        return Err("arguments: SHARES FIRST LAST".into());
    };
    let rows = read(file)?;
    let seeds = first.parse::<u64>()?..=last.parse()?;
    println!(
        "synchrony: pairs scored; share with p up to {CHANCES:?}; log10 LR above {ABOVE:?}; mean LR"
    );
    synchrony("real, as it is", &rows, &Truth::new());
    for seed in seeds.clone() {
        let mut chance = SplitMix64::new(seed);
        synchrony("weeks shifted", &shifted(&rows, &mut chance), &Truth::new());
        synchrony("permuted", &permuted(&rows, &mut chance), &Truth::new());
        synchrony("evenings", &evenings(&mut chance, 0), &Truth::new());
        synchrony("common events", &evenings(&mut chance, 20), &Truth::new());
        let (planted, truth) = plant(&rows, seed);
        synchrony("groups planted", &planted, &truth);
        let (planted, truth) = regular(&mut chance);
        synchrony("regular groups", &planted, &truth);
    }
    println!("raids: found, target-weeks, per 1,000 of them; without ordinary_burst");
    burst("real, as it is", &rows);
    for seed in seeds {
        let mut chance = SplitMix64::new(seed);
        burst("weeks shifted by act", &each_shifted(&rows, &mut chance));
        burst("times exchanged", &exchanged(&rows, &mut chance));
        for lively in [8, 4, 3] {
            burst(&format!("threads, one in {lively} answered"), &threads(&mut chance, lively));
        }
    }
    Ok(())
}

/// Each account shifted around the period by whole weeks of its own.
fn shifted(rows: &[Row], chance: &mut SplitMix64) -> Vec<Row> {
    let mut by = BTreeMap::<&str, i64>::new();
    let (start, weeks) = period(rows);
    for row in rows {
        by.entry(&row.account).or_insert_with(|| chance.below(weeks as usize) as i64);
    }
    let moved = |row: &Row| (row.at - start + by[row.account.as_str()] * WEEK) % (weeks * WEEK);
    rows.iter().map(|row| Row { at: start + moved(row), ..row.clone() }).collect()
}

/// Each act shifted by whole weeks of its own.
fn each_shifted(rows: &[Row], chance: &mut SplitMix64) -> Vec<Row> {
    let (start, weeks) = period(rows);
    let mut moved =
        |row: &Row| (row.at - start + chance.below(weeks as usize) as i64 * WEEK) % (weeks * WEEK);
    rows.iter().map(|row| Row { at: start + moved(row), ..row.clone() }).collect()
}

/// The times exchanged between all acts: the corpus keeps its busy hours, no target has a burst.
fn exchanged(rows: &[Row], chance: &mut SplitMix64) -> Vec<Row> {
    let mut times: Vec<i64> = rows.iter().map(|row| row.at).collect();
    for at in (1..times.len()).rev() {
        times.swap(at, chance.below(at + 1));
    }
    rows.iter().zip(times).map(|(row, at)| Row { at, ..row.clone() }).collect()
}

/// First second and whole weeks.
fn period(rows: &[Row]) -> (i64, i64) {
    let times = || rows.iter().map(|row| row.at);
    let (start, end) = (times().min().unwrap_or(0), times().max().unwrap_or(0));
    (start, ((end - start) / WEEK).max(1))
}

/// 300 accounts of 200 posts in 40 weeks, each in three hours of its own of the evening or at noon;
/// half of them write within ten minutes of each of so many events.
fn evenings(chance: &mut SplitMix64, events: usize) -> Vec<Row> {
    let events: Vec<i64> = (0..events).map(|_| chance.below(280 * DAY as usize) as i64).collect();
    let mut rows = Vec::new();
    for account in 0..300 {
        let hour = [11, 17, 19, 21][chance.below(4)];
        let mut times: Vec<i64> = (0..200)
            .map(|_| chance.below(280) as i64 * DAY + hour * 3600 + chance.below(10_800) as i64)
            .collect();
        for event in &events {
            if chance.below(2) == 0 {
                times.push(event + chance.below(600) as i64);
            }
        }
        rows.extend(times.into_iter().map(|at| row(&format!("a{account:03}"), at)));
    }
    rows
}

/// The same accounts; ten groups of five write within a minute of each other, 15 times.
fn regular(chance: &mut SplitMix64) -> (Vec<Row>, Truth) {
    let mut rows = evenings(chance, 0);
    let mut truth = Truth::new();
    for group in 0..10 {
        let members: Vec<String> = (0..5).map(|n| format!("a{:03}", group * 5 + n)).collect();
        for _ in 0..15 {
            let at = chance.below(280 * DAY as usize) as i64;
            rows.extend(members.iter().map(|name| row(name, at + chance.below(60) as i64)));
        }
        for (at, a) in members.iter().enumerate() {
            truth.extend(members[at + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
    }
    (rows, truth)
}

/// 60 accounts in 40 threads over 60 days, of which one post in so many draws up to three answers.
fn threads(chance: &mut SplitMix64, lively: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for _ in 0..1500 {
        let at = chance.below(60) as i64 * DAY + 28_800 + chance.below(50_000) as i64;
        let thread = format!("t{:02}", chance.below(40));
        let answers = if chance.below(lively) == 0 { chance.below(4) } else { 0 };
        for answer in 0..=answers as i64 {
            let account = format!("a{:02}", chance.below(60));
            rows.push(Row { object: thread.clone(), ..row(&account, at + answer * 300) });
        }
    }
    rows
}

fn row(account: &str, at: i64) -> Row {
    Row { account: account.to_owned(), object: String::new(), content: String::new(), at }
}

fn posts(rows: &[Row], with_threads: bool) -> Vec<Post> {
    let post = |(number, row): (u64, &Row)| {
        let place = Place::Line { number, byte: 0 };
        let key = AccountKey::by_id("x", &row.account);
        let mut post = Post::new(ExhibitNo::top(1), &place, 0, key);
        post.at = Maybe::Known(Moment::from_unix_seconds(row.at)?);
        if with_threads {
            post.thread = Maybe::Known(row.object.clone());
        }
        Some(post)
    };
    (1..).zip(rows).filter_map(post).collect()
}

fn synchrony(name: &str, rows: &[Row], truth: &Truth) {
    let posts = posts(rows, false);
    let accounts: BTreeSet<AccountKey> = posts.iter().map(|post| post.account.clone()).collect();
    let accounts: Vec<AccountKey> = accounts.into_iter().collect();
    let found = compare_counted(
        &Material {
            accounts: &accounts,
            account_rows: &[],
            devices: &[],
            posts: &posts,
            addresses: &[],
            media: &[],
            reference: &Reference::empty(),
        },
        // No pair is listed: style and hours are not asked.
        Pairs::Listed(&[]),
    );
    let scored: Vec<Comparison> =
        found.comparisons.into_iter().filter(|one| one.signal == "synchrony").collect();
    let planted = |a: &AccountKey, b: &AccountKey| {
        truth.contains(&(a.native().to_owned(), b.native().to_owned()))
    };
    for same in [false, true].into_iter().filter(|same| !same || !truth.is_empty()) {
        let scores: Vec<f64> =
            scored.iter().filter(|one| planted(&one.a, &one.b) == same).map(|c| c.score).collect();
        let lrs: Vec<f64> = scores.iter().map(|score| uncapped(*score)).collect();
        // Planted pairs that are not scored are not found either.
        let all = if same { truth.len() } else { lrs.len() }.max(1) as f64;
        let share = |count: usize| format!("{:.4}", count as f64 / all);
        let up_to =
            CHANCES.map(|p| share(scores.iter().filter(|s| -**s <= libm::log10(p)).count()));
        let above = ABOVE.map(|least| share(lrs.iter().filter(|lr| **lr > least).count()));
        let mean = lrs.iter().map(|lr| libm::exp10(*lr)).sum::<f64>() / lrs.len().max(1) as f64;
        println!(
            "  {name:16} {} {} of {} accounts: {up_to:?} {above:?} {mean:.3}",
            if same { "planted" } else { "others" },
            if same {
                format!("{} scored of {}", lrs.len(), truth.len())
            } else {
                lrs.len().to_string()
            },
            accounts.len(),
        );
    }
}

/// What `faisceau-weigh` makes of a score before its cap.
fn uncapped(score: f64) -> f64 {
    let p = libm::exp10(-score);
    let most = -std::f64::consts::E * p * libm::log(p);
    if p < 1.0 / std::f64::consts::E { -libm::log10(most) / 2.0 } else { 0.0 }
}

fn burst(name: &str, rows: &[Row]) {
    let found = raids(&posts(rows, true));
    let mut spans = BTreeMap::<&str, (i64, i64)>::new();
    for row in rows {
        let span = spans.entry(&row.object).or_insert((row.at, row.at));
        *span = (span.0.min(row.at), span.1.max(row.at));
    }
    let weeks: f64 =
        spans.values().map(|(from, to)| ((to - from) as f64 / WEEK as f64).max(1.0)).sum();
    let rare = found.iter().filter(|raid| !raid.innocent.iter().any(|c| c == "ordinary_burst"));
    let (all, rare) = (found.len(), rare.count());
    println!("  {name}: {all}, {weeks:.0}, {:.2}; {rare}", 1000.0 * all as f64 / weeks);
}
