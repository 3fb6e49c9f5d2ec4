//! Prints docs/images-alike.md: how well copies of pictures are found, and how often different
//! pictures are taken for copies. Arguments: a sentence that says which pictures they are, and the
//! folders where they lie.

#![allow(clippy::print_stdout, reason = "that is what it is for")]
#![allow(clippy::unwrap_used, reason = "without its pictures there is nothing to measure")]

mod copies;
mod originals;
mod pages;

use std::path::PathBuf;

use faisceau_media::alike::{FARTHEST, Limits, Look, look, nearest};
use rayon::prelude::*;

use copies::{COPIES, LONGEST, fitted, made};
use originals::{Original, originals};

/// Distances of the tables.
const DISTANCES: [u32; 6] = [15, 23, 31, 39, 47, 63];
/// How far below the nearest two different pictures of one half the recommended distance stays.
const MARGIN: u32 = 16;

/// A picture and its copies.
struct Family {
    original: Look,
    copies: Vec<Option<Look>>,
}

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let pictures = arguments.next().unwrap().into_string().unwrap();
    let folders: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let found = originals(&folders);
    let families: Vec<Family> = found.kept.par_iter().map(family).collect();
    let (chosen_on, reported_on): (Vec<_>, Vec<_>) =
        families.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    let [chosen_on, reported_on] =
        [chosen_on, reported_on].map(|half| half.into_iter().map(|(_, f)| f).collect::<Vec<_>>());
    let [chosen, reported] = [&chosen_on, &reported_on].map(|half| different(half));
    let pages = alike_pages();
    let closest = |distances: &[u32]| distances.iter().min().copied().unwrap_or(u32::MAX);
    let recommended = closest(&chosen).min(closest(&pages)).saturating_sub(MARGIN).min(FARTHEST);

    println!("{}", include_str!("head.md").replace("{pictures}", &pictures));
    println!(
        "{} pictures were kept. Left out: {} that are read by no decoder here, {} with a side under \
         200 pixels or four times as long as wide, {} plain, {} whose thumbnail of 16 by 16 grey \
         levels correlates with that of an earlier one by more than {} in one of eight \
         orientations.\n",
        found.kept.len(),
        found.not_read,
        found.small,
        found.plain,
        found.doubles,
        originals::SAME,
    );
    println!("## Different pictures taken for copies\n");
    println!("Every copy beside every other picture of the same half, per million comparisons.\n");
    println!("| | comparisons | nearest |{} |", row(&DISTANCES.map(|d| format!(" {d}"))));
    println!("|---|--:|--:|{}", "--:|".repeat(DISTANCES.len()));
    let rows =
        [("first half", &chosen), ("second half", &reported), ("made-up conversations", &pages)];
    for (name, distances) in rows {
        let rate = DISTANCES.map(|limit| {
            let alarms = distances.iter().filter(|distance| **distance <= limit).count();
            format!(" {:.0}", alarms as f64 * 1e6 / distances.len() as f64)
        });
        println!("| {name} | {} | {} |{} |", distances.len(), closest(distances), row(&rate));
    }
    println!(
        "\nThe nearest two different pictures of the first half and of the conversations, less {MARGIN} \
         bits of margin, and at most the {FARTHEST} that the search reaches: **{recommended}** is the \
         recommended distance.\n"
    );
    println!("## Copies found\n");
    println!(
        "Second half, {} pictures; per cent of copies found within a distance. The last columns are \
         the distance within which 95 % are found, and the farthest; \"plain\" is a copy in which too little \
         is left to be seen.\n",
        reported_on.len()
    );
    println!("| copy |{} | 95 % | farthest |", row(&DISTANCES.map(|d| format!(" {d}"))));
    println!("|---|{}--:|--:|", "--:|".repeat(DISTANCES.len()));
    for (place, (name, _)) in COPIES.iter().enumerate() {
        let mut distances: Vec<u32> = reported_on
            .iter()
            .map(|family| match &family.copies[place] {
                Some(copy) => nearest(&family.original, copy).0,
                None => u32::MAX,
            })
            .collect();
        distances.sort_unstable();
        let recall = DISTANCES.map(|limit| {
            let found = distances.iter().filter(|distance| **distance <= limit).count();
            format!(" {:.1}", found as f64 * 100.0 / distances.len() as f64)
        });
        let at = |part: f64| match distances[((distances.len() - 1) as f64 * part) as usize] {
            u32::MAX => "plain".to_owned(),
            distance => distance.to_string(),
        };
        println!("| {name} |{} | {} | {} |", row(&recall), at(0.95), at(1.0));
    }
}

fn row(cells: &[String; DISTANCES.len()]) -> String {
    cells.join(" |")
}

fn family(original: &Original) -> Family {
    let smaller = fitted(&original.picture, LONGEST);
    let copies = COPIES
        .iter()
        .map(|copy| look(&made(*copy, &original.picture, &smaller), 1, &Limits::default()).ok())
        .collect();
    Family { original: original.look.clone(), copies }
}

/// How far each copy is from every other picture.
fn different(half: &[&Family]) -> Vec<u32> {
    let of_one = |(place, family): (usize, &&Family)| -> Vec<u32> {
        let others = half.iter().enumerate().filter(move |(other, _)| *other != place);
        others
            .flat_map(|(_, other)| {
                family.copies.iter().flatten().map(|copy| (copy, &other.original))
            })
            .map(|(copy, other)| nearest(copy, other).0)
            .collect()
    };
    half.par_iter().enumerate().flat_map_iter(of_one).collect()
}

fn alike_pages() -> Vec<u32> {
    let looks: Vec<Look> = (1..=pages::PAGES)
        .into_par_iter()
        .filter_map(|number| look(&copies::png(&pages::page(number)), 1, &Limits::default()).ok())
        .collect();
    let pairs = |(place, a): (usize, &Look)| -> Vec<u32> {
        looks[place + 1..].iter().map(|b| nearest(a, b).0).collect()
    };
    looks.iter().enumerate().flat_map(pairs).collect()
}
