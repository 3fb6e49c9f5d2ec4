//! Prints the error figures of the signals of time on corpora of messages.
//!
//! `cargo run --release -p faisceau-signals --example timing -- CORPORA datasets/reference`
//! where CORPORA holds the csv.gz files of `examples/reference.rs`. The 100 messages of each side
//! nearest the cut, all pairs inside a site, whatever the number of active hours. Each corpus is
//! weighed by what the other corpora of the reference say, matched to the smaller number of hours.
#![expect(clippy::print_stdout, reason = "a command")]

mod reading;

use std::error::Error;
use std::path::Path;

use faisceau_signals::alterego::{self, Sized, Times};
use faisceau_signals::timing::offset;
use faisceau_signals::{AuthorHours, Reference};
use faisceau_weigh::validation::{Ends, Logistic, Scores, Trial, auc, cllr, cllr_min, eer, fit};
use reading::Read;

/// Messages of a side.
const MESSAGES: usize = 100;
/// Active hours of the bins.
const HOURS: [usize; 7] = [2, 4, 8, 15, 30, 60, 120];
/// Fewest pairs of one author in a bin or a row.
const LEAST: usize = 15;
/// File, site where the file names none, sites that the calibration leaves out.
const CORPORA: [(&str, &str, &[&str]); 3] = [
    ("fr_comments_dev", "", &["blog", "consultation"]),
    ("en_irc_dev", "irc", &["irc"]),
    ("en_commits_dev", "commits", &["commits"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let corpora = arguments.next().ok_or("the folder of the corpora is missing")?;
    let folder = arguments.next().ok_or("the folder of the reference is missing")?;
    let hours = std::fs::read(Path::new(&folder).join("hours.json"))?;
    let reference = Reference::parse(b"", &hours, br#"{"version":1,"ground":"","signals":[]}"#)?;
    for (name, site, left_out) in CORPORA {
        let file = Path::new(&corpora).join(format!("{name}.csv.gz"));
        let read = reading::read(&file, site)?;
        let authors: Vec<AuthorHours> = read.iter().map(|one| one.hours(MESSAGES)).collect();
        let others: Vec<AuthorHours> =
            reference.hours().iter().filter(|a| !left_out.contains(&&*a.source)).cloned().collect();
        let signals = [
            ("hour_of_week", Times::Hours),
            ("posting_gaps", Times::Gaps),
            ("posting_times", Times::Both),
        ];
        for (signal, what) in signals {
            let bins: Vec<(usize, Logistic)> = HOURS
                .iter()
                .filter_map(|&hours| {
                    Some((hours, model(&alterego::matched(&reference, &others, hours, what))?))
                })
                .collect();
            let trials = alterego::unmatched(&reference, &authors, what);
            for (from, to) in [(1, 1000), (2, 5), (6, 14), (15, 1000)] {
                let inside = |sized: &&Sized| from <= sized.hours && sized.hours <= to;
                let weighed: Vec<Trial> = trials
                    .iter()
                    .filter(inside)
                    .map(|sized| weighed(sized, ln_lr(&bins, sized)))
                    .collect();
                print(&format!("{name} {signal} {from}-{to} h"), &weighed);
            }
        }
        if read.iter().any(|one| !one.offsets.is_empty()) {
            offsets(name, &read);
        }
    }
    Ok(())
}

fn model(trials: &[alterego::Trial]) -> Option<Logistic> {
    let class = |same: bool| -> Vec<(f64, f64)> {
        let class = trials.iter().filter(|trial| (trial.a == trial.b) == same);
        class.map(|trial| (trial.score, 1.0)).collect()
    };
    let same = class(true);
    if same.len() < LEAST { None } else { fit(&same, &class(false)) }
}

/// Interpolated on the logarithm of the hours, as the weighing does; below the least, nothing.
fn ln_lr(bins: &[(usize, Logistic)], sized: &Sized) -> f64 {
    let above = bins.partition_point(|(hours, _)| *hours <= sized.hours);
    let Some((from, below)) = above.checked_sub(1).and_then(|at| bins.get(at)) else {
        return 0.0;
    };
    let (to, next) = bins.get(above).unwrap_or(&bins[above - 1]);
    let ln = |hours: usize| libm::log(hours as f64);
    let share = if to > from { (ln(sized.hours) - ln(*from)) / (ln(*to) - ln(*from)) } else { 0.0 };
    (1.0 - share) * below.ln_lr(sized.trial.score) + share * next.ln_lr(sized.trial.score)
}

fn weighed(sized: &Sized, score: f64) -> Trial {
    Trial { a: sized.trial.a, b: sized.trial.b, score }
}

fn print(name: &str, weighed: &[Trial]) {
    let lrs = Scores::of(weighed);
    if lrs.same.len() < LEAST || lrs.different.is_empty() {
        return;
    }
    let hundred = lrs.different.iter().filter(|&&lr| lr > libm::log(100.0)).count();
    println!(
        "{name:42} AUC {:.3} EER {:4.1} % Cllr {:.3} (min {:.3}) same {:3} different {:5} above 100: {hundred}",
        auc(&lrs),
        100.0 * eer(&lrs, Ends::Open),
        cllr(&lrs),
        cllr_min(&lrs, Ends::Open),
        lrs.same.len(),
        lrs.different.len(),
    );
}

/// How often the set holds the true offset, by the length of the history.
fn offsets(name: &str, read: &[Read]) {
    for messages in [20, 60, 150, usize::MAX] {
        let (mut all, mut held, mut near, mut size) = (0, 0, 0, 0);
        for one in read {
            let (moments, truth) = one.middle(messages);
            let Some(estimate) = offset::estimate(&moments) else { continue };
            all += 1;
            held += usize::from(estimate.set.iter().any(|(min, _)| i64::from(*min) == truth));
            near += usize::from((i64::from(estimate.best_min) - truth).abs() <= 60);
            size += estimate.set.len();
        }
        println!(
            "{name} offset, {messages} messages: sets of 95 % hold the truth for {held} of {all}, \
             {:.1} half-hours on average; the heaviest is within an hour for {near}",
            size as f64 / f64::from(all.max(1)),
        );
    }
}
