//! Writes the trials of the style features as CSV: feature, author, author, score.
//!
//! `cargo run --release -p faisceau-signals --example habits -- datasets/reference fr 250`
#![expect(clippy::print_stdout, reason = "a command")]

use std::error::Error;
use std::path::Path;

use faisceau_signals::alterego::{self, Rivals, Trial, wording};
use faisceau_signals::{Author, Reference};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, language, words] = &arguments[..] else {
        return Err("folder of the reference, language, words".into());
    };
    let folder = Path::new(folder);
    let words: usize = words.parse()?;
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let reference = Reference::parse(&authors, &std::fs::read(folder.join("hours.json"))?)?;
    let authors: Vec<Author> =
        reference.authors().iter().filter(|author| author.lang == *language).cloned().collect();
    println!("feature,a,b,score");
    print("char_impostors", &alterego::style(&authors, words, Rivals::Local));
    print("word_dirichlet", &wording::words(&authors, words));
    let (all, each) = wording::habits(&authors, words);
    print("writing_habits", &all);
    for (name, trials) in each {
        print(&format!("habit {}", name.replace(',', "")), &trials);
    }
    Ok(())
}

fn print(feature: &str, trials: &[Trial]) {
    for trial in trials {
        println!("{feature},{},{},{:.6}", trial.a, trial.b, trial.score);
    }
}
