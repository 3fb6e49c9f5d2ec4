//! Prints the baselines of a corpus as the JSON that `alterego.py --json` writes.
//!
//! `cargo run --release -p faisceau-validate --example alterego -- CORPUS 250 100 [within] [days]
//! [avx2|avx512]`
#![expect(clippy::print_stdout, reason = "a command")]

use std::collections::BTreeMap;
use std::error::Error;

use faisceau_validate::baselines::{Processor, Settings, run};
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::protocol::Cut;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, words, posts, flags @ ..] = &arguments[..] else {
        return Err("CORPUS WORDS POSTS [within] [days] [avx2|avx512]".into());
    };
    let has = |flag: &str| flags.iter().any(|other| other == flag);
    let corpus = Corpus::read(std::fs::File::open(path)?, &Limits::default())?;
    let settings = Settings {
        words: words.parse()?,
        posts: posts.parse()?,
        cut: if has("days") { Cut::Days } else { Cut::Halves },
        within: has("within"),
        least_share: 0.8,
        processor: if has("avx512") {
            Processor::Avx512
        } else if has("avx2") {
            Processor::Avx2
        } else {
            Processor::Portable
        },
    };
    let baselines = run(&corpus, &settings, &mut |_, _| {});
    let results: BTreeMap<_, _> =
        baselines.results.iter().map(|one| (&one.name, one.figures)).collect();
    println!("{}", serde_json::to_string_pretty(&results)?);
    Ok(())
}
