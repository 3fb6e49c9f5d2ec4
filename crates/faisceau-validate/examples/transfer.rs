//! Calibrates on one corpus and applies that to others.
//!
//! `cargo run --release -p faisceau-validate --example transfer -- CORPORA datasets/reference`
//! where CORPORA holds the csv.gz files named below; of the reference only `discrete.toml` is read.
#![expect(clippy::print_stdout, reason = "a command")]

use std::error::Error;
use std::path::Path;

use faisceau_signals::{Author, Fusion, Reference};
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::protocol::{Cut, Material, Scope, Task};
use faisceau_validate::reference::{Source, calibrated_on, fusion};
use faisceau_validate::transfer::{COSTS_HEAD, HEAD, Weigher, cost_lines, lines, sparse, transfer};

/// Name, file, site if the file names none.
const CORPORA: [(&str, &str, Option<&str>); 3] = [
    ("fr comments", "fr_comments_dev.csv.gz", None),
    ("en irc", "en_irc_dev.csv.gz", Some("irc")),
    ("en commits", "en_commits_dev.csv.gz", None),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [corpora, folder] = &arguments[..] else { return Err("CORPORA REFERENCE".into()) };
    let discrete = std::fs::read_to_string(Path::new(folder).join("discrete.toml"))?;
    let read = |(_, file, _): &(&str, &str, Option<&str>)| -> Result<Corpus, Box<dyn Error>> {
        let file = std::fs::File::open(Path::new(corpora).join(file))?;
        Ok(Corpus::read(file, &Limits::default())?)
    };
    let corpora: Vec<Corpus> = CORPORA.iter().map(read).collect::<Result<_, _>>()?;
    let own: Vec<Reference> = corpora.iter().map(own).collect();
    println!("{HEAD}");
    for (from, tested) in [(0, [1, 2]), (1, [0, 2])] {
        let (name, _, site) = CORPORA[from];
        let source =
            Source { corpus: &corpora[from], site, keeps_text: true, name, credit: "see bundled" };
        let (reference, calibration) = calibrated_on(&[source], &discrete, &mut |_, _| {})?;
        let weigher = Weigher { reference: &reference, calibration: &calibration };
        let mut costs = String::new();
        for to in tested {
            let moved = transfer(&corpora[to], weigher, &own[to]);
            print!("{}", lines(name, CORPORA[to].0, &moved));
            costs += &cost_lines(name, CORPORA[to].0, &moved);
        }
        println!("{COSTS_HEAD}\n{costs}");
        println!("few posts a side");
        for to in tested {
            print!("{}", lines(name, CORPORA[to].0, &sparse(&corpora[to], weigher, &own[to])));
        }
    }
    Ok(())
}

/// A reference of the corpus itself, with the weights that suit it.
fn own(corpus: &Corpus) -> Reference {
    let task = Task::new(corpus, Cut::Halves, Scope::Within, Material::both(1000, 300));
    let plain = Fusion { version: 1, ground: String::new(), signals: Vec::new() };
    let authors: Vec<Author> = task.authors.clone();
    let reference = Reference::new(authors, Vec::new(), plain);
    match fusion(&reference) {
        Some(fusion) => reference.with_fusion(fusion),
        None => reference,
    }
}
