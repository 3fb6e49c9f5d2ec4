//! What a large case costs: 20,000 messages, 200 accounts and all their pairs, 5,000 addresses with
//! what sources say of them, 2,000 requests. Prints seconds and the peak of memory:
//! `cargo run --release -p faisceau-report --example large_note -- fr|en [OUT.pdf]`.

#![expect(clippy::print_stdout, reason = "an example that says what it measured")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock and writes where its user says")]

#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, clippy::expect_used)]
mod sample;

use std::time::Instant;

use faisceau_model::rows::{Link, Request};
use faisceau_model::{AccessKind, AccountKey, Head, Maybe, Moment, Relation, RowId};
use sample::Sample;

const ACCOUNTS: usize = 200;
const POSTS: usize = 20_000;
const ADDRESSES: usize = 5_000;
const REQUESTS: usize = 2_000;
/// A second, in microseconds.
const SECOND: i64 = 1_000_000;

fn key(n: usize) -> AccountKey {
    AccountKey::by_id("x", &format!("17{:011}", n % ACCOUNTS))
}

fn name(n: usize) -> String {
    format!("compte_numero_{}", n % ACCOUNTS)
}

fn large() -> Sample {
    let mut sample = sample::sample();
    let row = sample.accounts[0].clone();
    sample.accounts = (0..ACCOUNTS)
        .map(|n| {
            let mut row = row.clone();
            row.id = RowId::derived("acc", n + 1);
            row.account = key(n);
            row.native_id = Maybe::Known(format!("17{n:011}"));
            row.handle = Maybe::Known(name(n));
            row
        })
        .collect();
    let row = sample.posts[2].clone();
    let start = sample::at("2026-03-01T07:00:00Z");
    sample.posts = (0..POSTS)
        .map(|n| {
            let mut row = row.clone();
            // About ten months, each account at its own pace.
            let seconds = (n as i64 * 7919) % (300 * 86_400);
            let at = start.at_us() + seconds * SECOND;
            row.id = RowId::derived("post", n + 1);
            row.account = key(n * n + n / 7);
            row.at = Maybe::or_absent(
                Moment::new(at, start.precision(), start.zone()),
                faisceau_model::Absent::NoData,
            );
            row.text =
                Maybe::Known(format!("message numéro {n}, assez long pour remplir sa cellule"));
            row.content_id = Maybe::Known(format!("19{n:014}"));
            row.permalink = Maybe::Known(format!("https://x.example/{}/status/19{n:014}", name(n)));
            row
        })
        .collect();
    let kinds = [AccessKind::AccessLine, AccessKind::Cgnat, AccessKind::Vpn, AccessKind::TorExit];
    sample.addresses = (0..ADDRESSES)
        .map(|n| {
            let ip = format!("198.51.{}.{}", n / 250, n % 250);
            let port = (n % 3 > 0).then_some(40_000 + n as i64);
            let mut row = sample::address(n as u64, n % 4, &ip, port, kinds[n % kinds.len()]);
            row.account = Maybe::Known(key(n));
            row
        })
        .collect();
    let templates: Vec<_> = sample.verdicts.iter().take(20).cloned().collect();
    sample.verdicts = sample
        .addresses
        .iter()
        .flat_map(|address| {
            templates.iter().map(|row| {
                let mut row = row.clone();
                row.address = address.id.clone();
                row.ip.clone_from(&address.ip);
                row
            })
        })
        .collect();
    sample.links = links(&sample.links);
    let row = sample.explanations[0].clone();
    let h1 = sample.links.iter().filter(|link| link.favours == Maybe::Known("H1".to_owned()));
    sample.explanations = h1
        .flat_map(|link| {
            (0..8).map(|_| {
                let mut row = row.clone();
                row.link = link.id.clone();
                row
            })
        })
        .collect();
    sample.requests = requests();
    sample
}

/// All pairs; one in two hundred favours H1.
fn links(templates: &[Link]) -> Vec<Link> {
    let of_hand: Vec<&Link> =
        templates.iter().filter(|link| link.relation == Relation::SameHand).collect();
    let mut links = Vec::new();
    for a in 0..ACCOUNTS {
        for b in a + 1..ACCOUNTS {
            let n = links.len();
            let row = if n % 200 == 0 { of_hand[n / 200 % 3] } else { of_hand[3 + n % 3] };
            let mut row = row.clone();
            row.id = RowId::derived("lnk", n + 1);
            (row.a, row.b) = (key(a), key(b));
            links.push(row);
        }
    }
    links
}

/// To platforms one, to operators three.
fn requests() -> Vec<Request> {
    (0..REQUESTS)
        .map(|n| {
            let day = format!("2027-{:02}-{:02}", 1 + n % 12, 1 + n % 28);
            let (head, to) = (Head::ALL[n % 3], format!("Opérateur n° {} SA", n % 40));
            if n % 4 > 0 {
                let ip = format!("198.51.{}.{}", n / 250, n % 250);
                let port = (n % 3 > 0).then_some(50_000);
                let expected = "line_subscriber";
                let mut row =
                    sample::requests::second_hop(n, &ip, port, AccessKind::AccessLine, expected);
                row.addressee = to;
                row.last_day = Maybe::Known(day);
                row.minimal = n % 50 == 1;
                return row;
            }
            let mut row = sample::requests::request(n, head, &to, 0, Some(&day), n % 20 == 0);
            row.account = Maybe::Known(key(n));
            row
        })
        .collect()
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language: faisceau_report::Language =
        std::env::args().nth(1).as_deref().unwrap_or("fr").parse()?;
    let sample = large();
    println!("rows: {} before the note", peak());
    let start = Instant::now();
    let note = faisceau_report::note_in(&sample.input(), language);
    let model = start.elapsed().as_secs_f64();
    let blocks: usize = note.sections.iter().map(|section| section.blocks.len()).sum();
    println!("model: {model:.2} s, {blocks} blocks, {} sentences", note.sentences().count());
    let json = note.to_json();
    println!("json: {:.2} s, {} bytes", start.elapsed().as_secs_f64() - model, json.len());
    let before = start.elapsed().as_secs_f64();
    let pdf = faisceau_report::pdf(&note)?;
    let all = start.elapsed().as_secs_f64();
    println!("pdf: {:.2} s, {} bytes", all - before, pdf.len());
    println!("all: {all:.2} s, {} at most", peak());
    if let Some(path) = std::env::args_os().nth(2) {
        std::fs::write(path, pdf)?;
    }
    Ok(())
}
