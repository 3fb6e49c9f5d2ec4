//! Prints the error figures of style, time and both on the bundled reference, by site.
//!
//! `cargo run --release -p faisceau-signals --example measure -- datasets/reference`
#![expect(clippy::print_stdout, reason = "a command")]
#![allow(dead_code, reason = "the module is shared with other commands")]

mod calibrating;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use faisceau_signals::alterego::{self, Rivals};
use faisceau_signals::style::{PARTS, writing_style};
use faisceau_signals::{Author, Reference};
use faisceau_weigh::validation::{Ends, Scores, Trial, auc, cllr, cllr_min, cross_validated, eer};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("the folder of the reference is missing")?;
    let folder = Path::new(&folder);
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let hours = std::fs::read(folder.join("hours.json"))?;
    let plain = br#"{"version":1,"ground":"","signals":[]}"#;
    let plain = Reference::parse(&authors, &hours, plain)?;
    let fusion = calibrating::fusion(&plain).ok_or("too few trials")?;
    println!("{:?}", fusion.signals);
    let reference = Reference::new(plain.authors().to_vec(), plain.hours().to_vec(), fusion);
    for (lang, words) in [("fr", 180), ("fr", 250), ("fr", 500), ("en", 250), ("en", 500)] {
        let texts: Vec<Author> = reference
            .authors()
            .iter()
            .map(|author| {
                // The number of an author stays, so that both signals have the same folds.
                let halves =
                    if author.lang == lang { author.halves.clone() } else { <_>::default() };
                Author { halves, ..author.clone() }
            })
            .collect();
        let of_parts = alterego::style(&texts, words, Rivals::Local);
        for (n, part) in PARTS.into_iter().enumerate() {
            let alone: Vec<Trial> =
                of_parts.iter().map(|t| Trial { a: t.a, b: t.b, score: t.parts[n] }).collect();
            let lrs = cross_validated(&alone).ok_or("too few trials")?;
            print(&format!("{lang} {words} words {part}"), &Scores::of(&alone), &Scores::of(&lrs));
        }
        let fused = |t: &alterego::PartTrial| Trial {
            a: t.a,
            b: t.b,
            score: reference.fused(writing_style::CARD.name, &PARTS, &t.parts),
        };
        let style: Vec<Trial> = of_parts.iter().map(fused).collect();
        let style_lrs = cross_validated(&style).ok_or("too few trials")?;
        let name = format!("{lang} {words} words");
        print(&format!("{name} style"), &Scores::of(&style), &Scores::of(&style_lrs));
        for hours in [8, 15] {
            let numbers = alterego::timing(&reference, reference.hours(), hours);
            let time = trials(&numbers);
            let time: BTreeMap<(usize, usize), f64> = cross_validated(&time)
                .ok_or("too few trials")?
                .into_iter()
                .map(|t| ((t.a, t.b), t.score))
                .collect();
            let of_pair = |t: &Trial| time.get(&(t.a, t.b)).copied();
            let covered = style_lrs.iter().filter(|t| t.same() && of_pair(t).is_some()).count();
            let alone: Vec<Trial> =
                style_lrs.iter().filter_map(|t| Some(Trial { score: of_pair(t)?, ..*t })).collect();
            let both: Vec<Trial> = style_lrs
                .iter()
                .map(|t| Trial { score: t.score + of_pair(t).unwrap_or(0.0), ..*t })
                .collect();
            let alone = Scores::of(&alone);
            let name = format!("{name} time {hours} h ({covered} of them)");
            print(&name, &alone, &alone);
            let both = Scores::of(&both);
            print(&format!("{lang} {words} words style + time {hours} h"), &both, &both);
        }
    }
    Ok(())
}

fn trials(trials: &[alterego::Trial]) -> Vec<Trial> {
    trials.iter().map(|t| Trial { a: t.a, b: t.b, score: t.score }).collect()
}

fn print(name: &str, scores: &Scores, lrs: &Scores) {
    println!(
        "{name:42} AUC {:.3} EER {:4.1} % Cllr {:.3} (min {:.3}) same {} different {}",
        auc(scores),
        100.0 * eer(scores, Ends::Open),
        cllr(lrs),
        cllr_min(lrs, Ends::Open),
        lrs.same.len(),
        lrs.different.len(),
    );
}
