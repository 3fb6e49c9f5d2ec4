//! Measures how often discrete links agree on halves of one author and on halves of different
//! authors: the rates behind `rare_phrase`, `shared_phrase` and `shared_link` in `discrete.toml`.
//!
//! Call: `discrete CORPORA`, a folder with `fr_comments_dev.csv.gz`, `en_irc_dev.csv.gz`,
//! `en_commits_dev.csv.gz` and `coord_shares_dev.csv.gz`.
#![expect(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::File;
use std::path::Path;

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::objects::alterego::{PhraseTrial, phrases};
use faisceau_signals::{Author, Material, Reference, SplitMix64, compare};
use flate2::read::GzDecoder;

/// 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_964;
/// Words a side.
const AMOUNTS: [usize; 3] = [250, 500, 1000];
/// Accounts drawn of those that shared links, and shares that each half must hold.
const SHARERS: usize = 400;
const LEAST_SHARES: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("call: discrete CORPORA")?;
    for corpus in ["fr_comments_dev", "en_irc_dev", "en_commits_dev"] {
        let authors = authors(&Path::new(&folder).join(format!("{corpus}.csv.gz")))?;
        for words in AMOUNTS {
            let trials = phrases(&authors, words);
            print(corpus, words, "rare_phrase", &trials, |trial| trial.rare);
            print(corpus, words, "shared_phrase", &trials, |trial| trial.shared);
        }
    }
    links(&Path::new(&folder).join("coord_shares_dev.csv.gz"))
}

fn rows(path: &Path) -> Result<Vec<BTreeMap<String, String>>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_reader(GzDecoder::new(File::open(path)?));
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn authors(path: &Path) -> Result<Vec<Author>, Box<dyn Error>> {
    let mut authors = BTreeMap::<String, Author>::new();
    for row in rows(path)? {
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        let author = authors.entry(field("author")).or_insert_with(|| Author {
            author: field("author"),
            lang: field("lang"),
            source: field("source"),
            halves: <_>::default(),
        });
        author.halves[usize::from(field("split") == "B")].push(field("text"));
    }
    Ok(authors.into_values().collect())
}

fn print(
    corpus: &str,
    words: usize,
    signal: &str,
    trials: &[PhraseTrial],
    score: impl Fn(&PhraseTrial) -> Option<f64>,
) {
    let count = |same: bool| {
        let of = trials.iter().filter(|trial| (trial.a == trial.b) == same);
        (of.clone().filter(|trial| score(trial).is_some()).count(), of.count())
    };
    println!("{corpus:16} {words:6} {signal:14} {}", rates(count(true), count(false)));
}

fn rates((same, all_same): (usize, usize), (other, all_other): (usize, usize)) -> String {
    let (m, u) = (wilson(same, all_same), wilson(other, all_other));
    format!(
        "same {same:3} of {all_same:3}: {:.3} [{:.3} {:.3}]  different {other:4} of {all_other:5}: \
         {:.5} [{:.5} {:.5}]  m/u {:.1}, lower ends {:.1}",
        m.1,
        m.0,
        m.2,
        u.1,
        u.0,
        u.2,
        m.1 / u.1,
        m.0 / u.2
    )
}

/// Lower end of Wilson's 95 % interval, share, upper end.
fn wilson(count: usize, of: usize) -> (f64, f64, f64) {
    let n = of.max(1) as f64;
    let share = count as f64 / n;
    let centre = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - half) / (1.0 + Z * Z / n), share, (centre + half) / (1.0 + Z * Z / n))
}

/// Shares as posts: each half of a sharer is an account, and half of the pairs of different
/// sharers are those of first halves with second halves.
fn links(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut shares = BTreeMap::<String, Vec<(i64, String)>>::new();
    for row in rows(path)? {
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        let at = field("timestamp").parse()?;
        shares.entry(field("account_id")).or_default().push((at, field("object_id")));
    }
    let fit: Vec<String> = shares
        .iter()
        .filter(|(_, own)| own.len() >= 2 * LEAST_SHARES)
        .map(|(key, _)| key.clone())
        .collect();
    let drawn: BTreeSet<&String> = SplitMix64::for_text(0, "shared_link")
        .sample(fit.len(), SHARERS.min(fit.len()))
        .into_iter()
        .map(|at| &fit[at])
        .collect();
    let (mut posts, mut halves) = (Vec::new(), Vec::new());
    for (account, own) in &mut shares {
        own.sort();
        let cut = if drawn.contains(account) { own.len() / 2 } else { own.len() };
        for (number, (at, object)) in own.iter().enumerate() {
            let half = if number < cut { 'a' } else { 'b' };
            let key = AccountKey::by_id("x", &format!("{account}{half}"));
            let place = Place::Line { number: posts.len() as u64 + 1, byte: 0 };
            posts.push(Post {
                at: Maybe::Known(Moment::from_unix_seconds(*at).ok_or("no time")?),
                text: Maybe::Known(format!("https://shares.example/{object}")),
                ..Post::new(ExhibitNo::top(1), &place, 0, key)
            });
        }
        if drawn.contains(account) {
            halves
                .extend(['a', 'b'].map(|half| AccountKey::by_id("x", &format!("{account}{half}"))));
        }
    }
    let found = compare(&Material {
        accounts: &halves,
        account_rows: &[],
        devices: &[],
        posts: &posts,
        addresses: &[],
        media: &[],
        reference: &Reference::empty(),
    });
    let split = |key: &AccountKey| {
        let native = key.native().to_owned();
        let cut = native.len().saturating_sub(1);
        (native[..cut].to_owned(), native[cut..].to_owned())
    };
    for least in [0.0, 2.0, 3.0] {
        let (mut same, mut other) = (0, 0);
        for one in found.iter().filter(|c| c.signal == "shared_link" && c.score >= least) {
            if one.innocent.iter().any(|code| code == "common_site") {
                continue;
            }
            let ((a, half_a), (b, half_b)) = (split(&one.a), split(&one.b));
            if a == b {
                same += 1;
            } else if half_a != half_b {
                other += 1;
            }
        }
        let all = (drawn.len(), drawn.len() * (drawn.len() - 1));
        println!(
            "coord_shares_dev score >= {least} shared_link {}",
            rates((same, all.0), (other, all.1))
        );
    }
    Ok(())
}
