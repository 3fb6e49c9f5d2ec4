//! Groups accounts that were cut from the histories of corpora, and prints who was joined.
//!
//! `cargo run --release -p faisceau-validate --example grouping -- CORPORA datasets/reference`
//! where CORPORA holds the csv.gz files named below. First with the bundled calibration, which has
//! seen the authors of the first two; then calibrated on one corpus alone and applied to others.
#![expect(clippy::print_stdout, reason = "a command")]

use std::error::Error;
use std::path::Path;

use faisceau_signals::Reference;
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::grouping::{
    FLOORS, Grouped, HEAD, Population, components, floor_for, lines, links, of_site, plant, run,
    sites, wrong_pairs,
};
use faisceau_validate::reference::{Source, calibrated_on};
use faisceau_weigh::Calibration;

const CORPORA: [(&str, &str, Option<&str>); 3] = [
    ("fr comments", "fr_comments_dev.csv.gz", None),
    ("en irc", "en_irc_dev.csv.gz", Some("irc")),
    ("en commits", "en_commits_dev.csv.gz", None),
];
const WORDS: [usize; 3] = [180, 250, 500];
/// The floor whose wrong pairs are printed: the default.
const SHOWN: f64 = 2.0;
/// Fewest authors of a site that is grouped alone.
const LEAST_AUTHORS: usize = 12;
/// Most wrong pairs printed.
const MOST_SHOWN: usize = 12;

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
    println!("{HEAD}");
    for words in WORDS {
        for (at, corpus) in corpora.iter().enumerate() {
            let population = plant(&[corpus], words, false);
            show((CORPORA[at].0, "bundled", words), &population, &bundled, &calibration);
        }
        let population = plant(&[&corpora[0], &corpora[1]], words, false);
        show(("fr comments + irc", "bundled", words), &population, &bundled, &calibration);
    }
    for words in WORDS {
        for corpus in &corpora[..] {
            // One site alone: every rival writes where the pair writes.
            for site in sites(corpus, LEAST_AUTHORS).iter().filter(|site| !site.is_empty()) {
                let population = plant(&[&of_site(corpus, site)], words, false);
                show((site, "bundled", words), &population, &bundled, &calibration);
            }
        }
    }
    for (from, tested) in [(0, [1, 2]), (1, [0, 2])] {
        let (name, _, site) = CORPORA[from];
        let source =
            Source { corpus: &corpora[from], site, keeps_text: true, name, credit: "see bundled" };
        let (reference, calibration) = calibrated_on(&[source], &discrete, &mut |_, _| {})?;
        for to in tested {
            for words in WORDS {
                let population = plant(&[&corpora[to]], words, true);
                // Authors set apart open the language and tell what is common in it.
                let authors = reference.authors().iter().chain(&population.apart).cloned();
                let reference = Reference::new(
                    authors.collect(),
                    reference.hours().to_vec(),
                    reference.fusion().clone(),
                );
                show((CORPORA[to].0, name, words), &population, &reference, &calibration);
            }
        }
    }
    Ok(())
}

fn show(
    name: (&str, &str, usize),
    population: &Population,
    reference: &Reference,
    calibration: &Calibration,
) {
    let links = links(population, reference, calibration);
    let mut figures = Vec::new();
    let mut wrong = Vec::new();
    for floor in FLOORS {
        let grouping = run(population, &links, floor);
        figures.push(("contraction", grouping.figures));
        if floor.to_bits() == SHOWN.to_bits() {
            wrong = wrong_pairs(population, &links, &grouping.groups);
        }
    }
    let counted = run(population, &links, floor_for(population.accounts.len()));
    figures.push(("counted", counted.figures));
    for floor in [1.5, 2.0] {
        let groups = components(&links, floor);
        figures.push(("components", Grouped::new(population, &links, &groups, floor)));
    }
    print!("{}", lines(name, population, &figures));
    for pair in wrong.iter().take(MOST_SHOWN) {
        let [a, b] = &pair.holders;
        println!(
            "    wrong at {SHOWN}: {a} {b} total, low {:.2?} {:.2?}",
            pair.total, pair.families
        );
    }
}
