//! What hands with several accounts do to the check that holds the calibration of style against a
//! case, on populations drawn from corpora.
//!
//! `cargo run --release -p faisceau-validate --example planted -- CORPORA datasets/reference`
//! where CORPORA holds the csv.gz files named below. The check that a case makes stands beside two
//! others that leave out each account's strongest pair: by the cost, and by the mean LR.
#![expect(clippy::print_stdout, reason = "a command")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use faisceau_model::rows::Comparison;
use faisceau_signals::alterego::Rivals;
use faisceau_signals::{Material, Reference, compare};
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::grouping::{Draw, Drawn, Population, drawn};
use faisceau_validate::reference::{Source, calibrated_on, style_trials};
use faisceau_weigh::validation::{Trial, cross_validated};
use faisceau_weigh::{Calibration, Shifts};

/// Name, file, site if the file names none.
const CORPORA: [(&str, &str, Option<&str>); 3] = [
    ("fr comments", "fr_comments_dev.csv.gz", None),
    ("en irc", "en_irc_dev.csv.gz", Some("irc")),
    ("en commits", "en_commits_dev.csv.gz", None),
];
const WORDS: usize = 250;
const ACCOUNTS: [usize; 5] = [20, 30, 50, 80, 200];
/// Hands that hold several accounts, and how many each; 0 stands for a tenth of all.
const HANDS: [(usize, usize); 4] = [(1, 0), (1, 8), (5, 4), (5, 8)];
const DRAWS: usize = 4;
/// Most accounts of one corpus that are drawn with several hands.
const MOST_OF_ONE: usize = 80;
const STYLE: &str = "writing_style";
const CHECKS: [&str; 3] = ["cost, tenth left out", "cost, strongest of each", "mean LR, same"];

/// What weighs: a reference, the one that it was calibrated on, and the calibration.
struct Weighing {
    reference: Reference,
    own: Reference,
    calibration: Calibration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [corpora, folder] = &arguments[..] else { return Err("CORPORA REFERENCE".into()) };
    let folder = Path::new(folder);
    let read = |(_, file, _): &(&str, &str, Option<&str>)| -> Result<Corpus, Box<dyn Error>> {
        let file = std::fs::File::open(Path::new(corpora).join(file))?;
        Ok(Corpus::read(file, &Limits::default())?)
    };
    let corpora: Vec<Corpus> = CORPORA.iter().map(read).collect::<Result<_, _>>()?;
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let file = |name: &str| std::fs::read(folder.join(name));
    let bundled = Reference::parse(&authors, &file("hours.json")?, &file("fusion.json")?)?;
    let discrete = String::from_utf8(file("discrete.toml")?)?;
    let calibration =
        Calibration::parse(&String::from_utf8(file("calibration.json")?)?, &discrete)?;
    let (name, _, site) = CORPORA[0];
    let source =
        Source { corpus: &corpora[0], site, keeps_text: true, name, credit: "see bundled" };
    let (french, by_french) = calibrated_on(&[source], &discrete, &mut |_, _| {})?;
    // The language must be open: authors of the bundled reference say what is common in it.
    let known = french.authors().iter().chain(bundled.authors()).cloned().collect();
    let reference = Reference::new(known, french.hours().to_vec(), french.fusion().clone());
    let bundled = Weighing { reference: bundled.clone(), own: bundled, calibration };
    let french = Weighing { reference, own: french, calibration: by_french };
    let [fr, irc, commits] = [0, 1, 2].map(|at| &corpora[at]);
    println!(
        "{CHECKS:?}: shift, further shift by the hands, mean and worst, true pairs above 1, 2"
    );
    show("bundled: fr comments", &bundled, &[fr]);
    show("bundled: en irc", &bundled, &[irc]);
    show("bundled: all three", &bundled, &[fr, irc, commits]);
    show("bundled: en commits", &bundled, &[commits]);
    show("fr comments: en irc", &french, &[irc]);
    show("fr comments: en commits", &french, &[commits]);
    Ok(())
}

/// What came of one draw: shifts with and without the further accounts of the hands, and the LRs
/// of pairs of one hand.
struct Round {
    with: [f64; 3],
    without: [f64; 3],
    same: Vec<f64>,
}

fn show(name: &str, weighing: &Weighing, corpora: &[&Corpus]) {
    for accounts in ACCOUNTS {
        for (hands, each) in HANDS {
            let each = if each == 0 { accounts / 10 } else { each };
            let crowded = corpora.len() == 1 && accounts > MOST_OF_ONE;
            if each < 2 || hands * each > accounts * 4 / 5 || crowded {
                continue;
            }
            let draw = |number| Draw { words: WORDS, accounts, hands, each, number };
            let rounds: Vec<Round> = (0..DRAWS)
                .filter_map(|number| round(weighing, &drawn(corpora, &draw(number))?))
                .collect();
            print(&format!("{name}, {accounts} accounts, {hands} × {each}"), &rounds);
        }
    }
}

fn print(name: &str, rounds: &[Round]) {
    let same: Vec<f64> = rounds.iter().flat_map(|round| round.same.iter().copied()).collect();
    if same.is_empty() {
        return;
    }
    let above = |floor: f64, shift: &dyn Fn(&Round) -> f64| {
        let of = |round: &Round| {
            let shift = shift(round);
            round.same.iter().filter(|lr| **lr + shift > floor).count()
        };
        100.0 * rounds.iter().map(of).sum::<usize>() as f64 / same.len() as f64
    };
    let mean =
        |of: &dyn Fn(&Round) -> f64| rounds.iter().map(of).sum::<f64>() / rounds.len() as f64;
    print!("{name} ({} draws, {} pairs of one hand)", rounds.len(), same.len());
    println!("; unshifted {:.1} {:.1} %", above(1.0, &|_| 0.0), above(2.0, &|_| 0.0));
    for (at, check) in CHECKS.iter().enumerate() {
        let further = |round: &Round| round.with[at] - round.without[at];
        let worst = rounds.iter().map(further).fold(0.0, f64::min);
        println!(
            "    {check:24} {:+.2}  further {:+.3}, worst {worst:+.3}  {:5.1} {:5.1} %",
            mean(&|round| round.without[at]),
            mean(&further),
            above(1.0, &|round| round.with[at]),
            above(2.0, &|round| round.with[at]),
        );
    }
}

fn round(weighing: &Weighing, drawn: &Drawn) -> Option<Round> {
    let with = styles(&drawn.population, weighing);
    let without = styles(&drawn.without_further(), weighing);
    let lrs = pairs(&with, &weighing.calibration);
    let same = with.iter().zip(&lrs).filter(|(one, _)| drawn.population.same_hand(&one.a, &one.b));
    Some(Round {
        same: same.map(|(_, pair)| pair.2).collect(),
        with: shifts(&with, weighing)?,
        without: shifts(&without, weighing)?,
    })
}

/// The comparisons of style with rivals from the case.
fn styles(population: &Population, weighing: &Weighing) -> Vec<Comparison> {
    let Weighing { reference, calibration, .. } = weighing;
    let comparisons = compare(&Material {
        accounts: &population.accounts,
        account_rows: &[],
        devices: &[],
        posts: &population.posts,
        addresses: &[],
        media: &[],
        reference,
    });
    let local = |one: &Comparison| {
        one.signal == STYLE
            && calibration.table(one).is_some_and(|table| table.condition.is_empty())
    };
    comparisons.into_iter().filter(local).collect()
}

/// Two sides and the log10 LR.
type Pair = (usize, usize, f64);

fn pairs(comparisons: &[Comparison], calibration: &Calibration) -> Vec<Pair> {
    let accounts: BTreeSet<_> = comparisons.iter().flat_map(|one| [&one.a, &one.b]).collect();
    let numbers: BTreeMap<_, usize> = accounts.into_iter().zip(0..).collect();
    let pair = |one: &Comparison| {
        let lr = calibration.lr(STYLE, "", one.material_a.min(one.material_b), one.score);
        (numbers[&one.a], numbers[&one.b], lr.map_or(0.0, faisceau_model::Lr::log10))
    };
    comparisons.iter().map(pair).collect()
}

/// The shift of each check.
fn shifts(comparisons: &[Comparison], weighing: &Weighing) -> Option<[f64; 3]> {
    let Weighing { own, calibration, .. } = weighing;
    let words = comparisons.first()?.material_a;
    let used = Shifts::of(comparisons, calibration, true).tables().first()?.log10.unwrap_or(0.0);
    let expected = without_strongest(&on_reference(own, calibration, words)?);
    let found = without_strongest(&pairs(comparisons, calibration));
    let target = cost(&expected, 0.0);
    let by_cost = (0..6000).map(|step| f64::from(step) / -1000.0);
    let mut by_cost = by_cost.skip_while(|shift| cost(&found, *shift) > target);
    let by_mean = (libm::log10(mean_lr(&expected)) - libm::log10(mean_lr(&found))).min(0.0);
    Some([used, by_cost.next()?, by_mean])
}

/// The reference's own trials, weighed by fits that saw neither author; the sides of an author
/// have two numbers.
fn on_reference(reference: &Reference, calibration: &Calibration, words: i64) -> Option<Vec<Pair>> {
    let bin = calibration.table_of(STYLE, "")?.bins.iter().find(|bin| bin.material == words)?;
    let trials = style_trials(reference, reference.authors(), words as usize, Rivals::Local);
    let trials: Vec<Trial> =
        trials.iter().map(|t| Trial { a: t.a, b: t.b, score: t.score }).collect();
    let log10 = |ln: f64| (ln / core::f64::consts::LN_10).clamp(bin.low, bin.high);
    let pair = |t: &Trial| (2 * t.a, 2 * t.b + 1, log10(t.score));
    Some(cross_validated(&trials)?.iter().map(pair).collect())
}

/// The LRs without the strongest pair of each side.
fn without_strongest(pairs: &[Pair]) -> Vec<f64> {
    let mut strongest = BTreeMap::<usize, usize>::new();
    for (at, pair) in pairs.iter().enumerate() {
        for side in [pair.0, pair.1] {
            let best = strongest.entry(side).or_insert(at);
            if pair.2 > pairs[*best].2 {
                *best = at;
            }
        }
    }
    let left_out: BTreeSet<usize> = strongest.into_values().collect();
    let kept = pairs.iter().enumerate().filter(|(at, _)| !left_out.contains(at));
    kept.map(|(_, pair)| pair.2).collect()
}

fn cost(log10_lrs: &[f64], shift: f64) -> f64 {
    let cost = |lr: &f64| libm::log1p(libm::exp((lr + shift) * core::f64::consts::LN_10));
    log10_lrs.iter().map(cost).sum::<f64>() / log10_lrs.len().max(1) as f64
}

fn mean_lr(log10_lrs: &[f64]) -> f64 {
    let lr = |log10: &f64| libm::exp(log10 * core::f64::consts::LN_10);
    log10_lrs.iter().map(lr).sum::<f64>() / log10_lrs.len().max(1) as f64
}
