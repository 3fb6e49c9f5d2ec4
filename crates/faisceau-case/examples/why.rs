//! How long `why` takes on a large case.
//!
//! ```text
//! cargo run --release -p faisceau-case --example why -- FOLDER [ACCOUNTS POSTS USES COMPARED]
//! ```
//!
//! Where FOLDER is not there, it is made: a case of so many posts by so many accounts, so many uses
//! of addresses, of which so many accounts are compared, run and reported. The case is then opened,
//! and asked for links, pairs, posts, selections and sentences of the note: the first of each kind,
//! which may have an index to make, and the slowest of the others. Sentences are asked for twice, for
//! each may be the first to compare a column.

#![expect(clippy::print_stdout, reason = "an example that says what it measured")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock and writes exhibits")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use faisceau_case::Case;
use faisceau_model::rows::{Address, AddressVerdict, Comparison, Link, Post};
use faisceau_model::table::Row;
use faisceau_tables::{count, read_batches};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Of each kind, at most so many are asked for.
const ASKED: usize = 100;

/// The second of the first post, 1 March 2026.
const START: usize = 1_772_323_200;

/// What posts are made of.
const WORDS: &str = "je tu il on nous vous elle encore jamais toujours demain hier voir dire faire \
    venir savoir penser maison école rue ville travail gare photo message compte nom silence peur \
    nuit jour chien voiture porte clé lettre lundi mardi samedi vraiment bien mal trop assez peut \
    être donc alors mais parce que pourquoi comment quand qui rien tout personne ici là dehors";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, sizes) = arguments.split_first().ok_or("FOLDER [ACCOUNTS POSTS USES COMPARED]")?;
    let root = Path::new(folder);
    if !root.exists() {
        let sizes: Vec<usize> = sizes.iter().map(|n| n.parse()).collect::<Result<_, _>>()?;
        let sizes = sizes.try_into().unwrap_or([100_000, 2_000_000, 20_000, 450]);
        make(root, sizes)?;
    }
    let start = Instant::now();
    let case = Case::open(root)?;
    println!("opened in {:.1} ms, {}", milliseconds(start), peak());
    let links = ids::<Link>(&case, |link| link.id.to_string())?;
    let (start, before) = (Instant::now(), processor());
    case.why(links.first().ok_or("the case has no link")?)?;
    let (clock, busy) = (milliseconds(start), processor() - before);
    println!("first of all, all hashed: {clock:.0} ms ({busy:.0} of processor), {}", peak());

    ask("link", &links, |id| case.why(id).map(drop))?;
    let pairs = ids::<Link>(&case, |link| format!("{} {}", link.a, link.b))?;
    ask("pair", &pairs, |pair| {
        let (a, b) = pair.split_once(' ').unwrap_or_default();
        case.why_pair(a, b).map(drop)
    })?;
    let comparisons = ids::<Comparison>(&case, |row| row.id.to_string())?;
    ask("comparison", &comparisons, |id| case.why(id).map(drop))?;
    let posts = ids::<Post>(&case, |post| post.id.to_string())?;
    ask("post", &posts, |id| case.why(id).map(drop))?;
    let of_account = ids::<Post>(&case, |post| format!("posts?account={}", post.account))?;
    ask("posts?account=", &of_account, |id| case.why(id).map(drop))?;
    let uses = ids::<Address>(&case, |row| {
        format!(
            "addresses?account={}&ip={}",
            row.account.known().map_or("*", |a| a.as_str()),
            row.ip
        )
    })?;
    ask("addresses?account=&ip=", &uses, |id| case.why(id).map(drop))?;
    let verdicts = ids::<AddressVerdict>(&case, |row| row.id.to_string())?;
    ask("verdict", &verdicts, |id| case.why(id).map(drop))?;
    let Ok(note) = std::fs::read(case.out().join("note.json")) else {
        println!("no note was written: no sentence is asked for");
        return Ok(());
    };
    let mut sentences = Vec::new();
    with_selections(&serde_json::from_slice(&note)?, &mut sentences);
    println!("note.json: {} bytes", note.len());
    ask("sentence with selections", &sentences, |id| case.why(id).map(drop))?;
    ask("the same again", &sentences, |id| case.why(id).map(drop))?;
    println!("{}", peak());
    Ok(())
}

/// Asks each once.
fn ask<E: Error + 'static>(
    what: &str,
    ids: &[String],
    question: impl Fn(&str) -> Result<(), E>,
) -> Result<(), Box<dyn Error>> {
    let mut taken = Vec::with_capacity(ids.len());
    for id in ids {
        let start = (Instant::now(), processor());
        question(id)?;
        taken.push((milliseconds(start.0), processor() - start.1, id));
    }
    let Some(((clock, busy, _), rest)) = taken.split_first() else { return Ok(()) };
    let slowest = rest.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let (worst_clock, worst, id) = slowest.map_or((0.0, 0.0, ""), |one| (one.0, one.1, one.2));
    let longest = rest.iter().fold(0.0_f64, |longest, one| longest.max(one.0));
    println!(
        "{what}: the first {clock:.1} ms ({busy:.1} of processor); {} more: at most {longest:.1} ms, \
         {worst:.1} of processor (in {worst_clock:.1}: {id})",
        rest.len(),
    );
    Ok(())
}

/// Milliseconds of processor that all threads have had so far (Linux).
fn processor() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds = threads.filter_map(|thread| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e6
}

/// What some rows, spread over their table, are asked for by.
fn ids<R: Row>(case: &Case, id: impl Fn(&R) -> String) -> Result<Vec<String>, Box<dyn Error>> {
    let rows = count::<R>(&case.tables())? as usize;
    println!("{}: {rows} rows", R::TABLE);
    let (mut ids, mut at) = (Vec::new(), 0);
    read_batches::<R>(&case.tables(), |batch| {
        for row in &batch {
            if at % rows.div_ceil(ASKED).max(1) == 0 {
                ids.push(id(row));
            }
            at += 1;
        }
        true
    })?;
    Ok(ids)
}

/// The sentences of a note that rest on a selection.
fn with_selections(value: &Value, sentences: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let id = object.get("id").and_then(Value::as_str);
            let support = object.get("support").and_then(Value::as_array);
            let selects = |ids: &Vec<Value>| {
                ids.iter().any(|id| id.as_str().is_some_and(|id| id.contains('?')))
            };
            if let (Some(id), Some(true)) = (id, support.map(selects)) {
                sentences.push(id.to_owned());
            }
            object.values().for_each(|inner| with_selections(inner, sentences));
        }
        Value::Array(items) => items.iter().for_each(|inner| with_selections(inner, sentences)),
        _ => {}
    }
}

/// A case of that size, run and reported.
fn make(root: &Path, [accounts, posts, uses, compared]: [usize; 4]) -> Result<(), Box<dyn Error>> {
    let now: Timestamp = "2026-11-20T10:00:00Z".parse()?;
    let mut settings =
        format!("[case]\ntitle = \"Measured\"\n[compare]\nmax_accounts = {compared}\n");
    for author in 0..compared {
        let key = format!("reddit:{}", author_id(author));
        writeln!(settings, "[[account]]\nkey = \"{key}\"\nrole = \"examined\"")?;
    }
    let mut case = Case::create_with(root, &settings, "example", now)?;
    let pieces = [root.join("posts.ndjson"), root.join("uses.jsonl")];
    lines(&pieces[0], posts, |n| post(n, accounts))?;
    lines(&pieces[1], uses, |n| sign_in(n, accounts.div_ceil(10)))?;
    for (what, took) in [
        ("add", timed(|| case.add(&pieces, "example", now, &mut |_| {}).map(drop))?),
        ("run", timed(|| case.run("example", now, &mut |_| {}).map(drop))?),
        ("report", timed(|| case.report("example", now, &mut |_| {}).map(drop))?),
    ] {
        println!("{what}: {took:.1} s, {}", peak());
    }
    pieces.iter().try_for_each(std::fs::remove_file)?;
    Ok(())
}

fn timed<E>(act: impl FnOnce() -> Result<(), E>) -> Result<f64, E> {
    let start = Instant::now();
    act()?;
    Ok(milliseconds(start) / 1e3)
}

fn lines(
    path: &PathBuf,
    count: usize,
    line: impl Fn(usize) -> Value,
) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    for n in 0..count {
        writeln!(file, "{}", line(n))?;
    }
    Ok(file.flush()?)
}

/// A line of a dump of Reddit.
fn post(n: usize, accounts: usize) -> Value {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut body = String::new();
    for at in 0..25 + mixed(n) % 20 {
        body.push_str(words.get(mixed(64 * n + at) % words.len()).unwrap_or(&""));
        body.push(' ');
    }
    let author = n % accounts;
    json!({
        "author": format!("compte{author}"),
        "author_fullname": author_id(author),
        "body": body.trim_end(),
        "created_utc": START + 9 * n,
        "id": format!("k{n:x}"),
        "link_id": format!("t3_{:x}", n / 50),
        "parent_id": format!("t3_{:x}", n / 50),
        "subreddit": "exemple",
    })
}

fn author_id(author: usize) -> String {
    format!("t2_{author:x}")
}

/// A line of an audit log.
fn sign_in(n: usize, mailboxes: usize) -> Value {
    let address = mixed(n % 300_000);
    let at = Timestamp::from_second((START + 9 * n) as i64).unwrap_or_default();
    json!({
        "CreationTime": at.to_string().trim_end_matches('Z'),
        "Operation": "UserLoggedIn",
        "RecordType": 15,
        "Workload": "AzureActiveDirectory",
        "ClientIP": format!("91.{}.{}.{}", address >> 16 & 255, address >> 8 & 255, address & 255),
        "UserId": format!("boite{}@exemple.example", n % mailboxes),
    })
}

/// A number that looks like chance and is not (Knuth's multiplier, high bits).
fn mixed(n: usize) -> usize {
    n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// The most memory that the process has held so far (Linux).
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("VmHWM: unknown");
    format!("peak {}", line.trim_start_matches("VmHWM:").trim())
}
