//! Makes the bundled reference from corpora of messages, and its calibration from the reference.
//!
//! `cargo run --release -p faisceau-validate --example reference -- datasets/reference [CORPORA]`
//! where CORPORA holds the csv.gz files named below. Without it the reference stays, and the
//! calibration alone is made again.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

use std::error::Error;
use std::path::Path;

use faisceau_signals::Fusion;
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::reference::{
    ReferenceFiles, Source, build_reference, calibrate, calibration_json, fusion_json,
};

/// File, site if the file names none, whether its texts are kept, description, credit.
type Described = (&'static str, Option<&'static str>, bool, &'static str, &'static str);

const SOURCES: [Described; 3] = [
    (
        "fr_comments_dev.csv.gz",
        None,
        true,
        "French comments: readers of a programming blog, and the consultation for the law « pour \
         une République numérique » (2015)",
        "Sam & Max (sametmax.com), CC BY 3.0; République numérique, données publiques de l'État \
         (data.gouv.fr), from Lucas-C/republique-numerique-stats",
    ),
    (
        "en_irc_dev.csv.gz",
        Some("irc"),
        true,
        "English chat of #ubuntu and other channels",
        "Kummerfeld et al. 2019, irc-disentanglement, CC BY 4.0; Ubuntu logs, public domain",
    ),
    (
        "en_commits_dev.csv.gz",
        Some("commits"),
        false,
        "Hours of commits to free software repositories (no text kept)",
        "Commit times of ruff, uv, polars, rust-analyzer, tantivy, splink, hickory-dns, jj, typst; \
         MIT or Apache-2.0",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder of the reference is missing")?;
    let folder = Path::new(&folder);
    let files = match arguments.next() {
        Some(corpora) => build(Path::new(&corpora), folder)?,
        None => read(folder)?,
    };
    let plain = Fusion { version: 1, ground: String::new(), signals: Vec::new() };
    let (fusion, file) = calibrate(&files, plain, &mut |done, all| println!("{done}/{all}"))?;
    println!("{:?}", fusion.signals);
    std::fs::write(folder.join("fusion.json"), fusion_json(&fusion)?)?;
    for table in &file.tables {
        for bin in &table.bins {
            println!(
                "{:15} {:19} {:5} authors {:3} same {:3} different {:6} AUC {:.3} EER {:4.1} % Cllr \
                 {:.3} (min {:.3}) slope {:+.2} caps {:+.2} {:+.2} misleading {:?} {:?}",
                table.signal,
                table.condition,
                bin.material,
                bin.authors,
                bin.same,
                bin.different,
                bin.auc,
                100.0 * bin.eer,
                bin.cllr,
                bin.cllr_min,
                bin.slope,
                bin.low,
                bin.high,
                bin.same_misleading,
                bin.different_misleading,
            );
        }
    }
    std::fs::write(folder.join("calibration.json"), calibration_json(&file)?)?;
    Ok(())
}

fn build(corpora: &Path, folder: &Path) -> Result<ReferenceFiles, Box<dyn Error>> {
    let read: Vec<Corpus> = SOURCES
        .iter()
        .map(|(file, ..)| {
            let file = std::fs::File::open(corpora.join(file))?;
            let corpus = Corpus::read(file, &Limits::default())?;
            if corpus.rejects.count > 0 {
                return Err(format!("{:?}", corpus.rejects).into());
            }
            Ok(corpus)
        })
        .collect::<Result<_, Box<dyn Error>>>()?;
    let source = |(corpus, &(_, site, keeps_text, name, credit))| Source {
        corpus,
        site,
        keeps_text,
        name,
        credit,
    };
    let sources: Vec<Source<'_>> = read.iter().zip(&SOURCES).map(source).collect();
    let files = build_reference(&sources)?;
    let packed = zstd::encode_all(files.authors_jsonl.as_bytes(), 22)?;
    println!("{} bytes of text in {}", files.authors_jsonl.len(), packed.len());
    std::fs::write(folder.join("authors.jsonl.zst"), packed)?;
    std::fs::write(folder.join("hours.json"), &files.hours_json)?;
    std::fs::write(folder.join("corpora.json"), &files.corpora_json)?;
    Ok(files)
}

fn read(folder: &Path) -> Result<ReferenceFiles, Box<dyn Error>> {
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    Ok(ReferenceFiles {
        authors_jsonl: String::from_utf8(authors)?,
        hours_json: std::fs::read_to_string(folder.join("hours.json"))?,
        corpora_json: std::fs::read_to_string(folder.join("corpora.json"))?,
    })
}
