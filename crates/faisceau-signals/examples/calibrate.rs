//! Writes `calibration.json` from the bundled reference.
//!
//! `cargo run --release -p faisceau-signals --example calibrate -- datasets/reference`
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

mod calibrating;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use faisceau_signals::Reference;
use faisceau_weigh::validation::Bin;
use faisceau_weigh::{CalibrationFile, Corpus, Table};
use sha2::{Digest, Sha256};

const PROTOCOL: &str = "Alter ego: each author's history is cut at the median message; the half \
    before the cut is compared with the half after it of every author of the same site, with the \
    material nearest the cut. Style: authors whose halves both hold at least 80 % of the words of \
    the bin; rivals from the same site; seven drawn rivals under the condition small_population; \
    rivals from the other site of the same language under foreign_population (French only). Time: \
    distinct active hours, the 24 hours around the cut left out; authors whose time zone is known \
    only against authors of a zone at most one hour away. Prior-neutral logistic calibration; error figures and bounds (ELUB) from \
    LRs of authors who were not in the fit, five folds by author; 200 replicates, authors drawn \
    with replacement. The features of the text, the windows of hours, the cells of gaps, their weight \
    and the strength of the priors were chosen on these same authors, so the figures flatter a little; they are to be \
    checked on a corpus that had no part in the choice.";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("the folder of the reference is missing")?;
    let folder = Path::new(&folder);
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let hours = std::fs::read(folder.join("hours.json"))?;
    let corpora: Vec<Corpus> =
        serde_json::from_slice(&std::fs::read(folder.join("corpora.json"))?)?;
    let plain = Reference::parse(&authors, &hours, br#"{"version":1,"ground":"","signals":[]}"#)?;
    let fusion = calibrating::fusion(&plain).ok_or("too few trials")?;
    std::fs::write(folder.join("fusion.json"), serde_json::to_string_pretty(&fusion)? + "\n")?;
    let reference = Reference::new(plain.authors().to_vec(), plain.hours().to_vec(), fusion);
    let mut tables = Vec::new();
    for rivals in calibrating::RIVALS {
        let bins = calibrating::WORDS.iter();
        let bins = bins.filter_map(|&words| calibrating::style_bin(&reference, words, rivals));
        let condition = rivals.code().unwrap_or_default();
        tables.push(table("writing_style", condition, "words", bins.collect()));
    }
    for (signal, what) in calibrating::TIMES {
        let bins = calibrating::HOURS.iter();
        let bins = bins.filter_map(|&hours| calibrating::time_bin(&reference, hours, what));
        tables.push(table(signal, "", "active hours", bins.collect()));
    }
    let file = CalibrationFile {
        version: 1,
        protocol: PROTOCOL.to_owned(),
        authors_sha256: hex(&authors),
        hours_sha256: hex(&hours),
        corpora,
        tables,
    };
    let json = serde_json::to_string(&file)?.replace("{\"material\"", "\n{\"material\"");
    std::fs::write(folder.join("calibration.json"), json + "\n")?;
    Ok(())
}

fn table(signal: &str, condition: &str, unit: &str, bins: Vec<Bin>) -> Table {
    for bin in &bins {
        println!(
            "{signal:15} {condition:19} {:5} authors {:3} same {:3} different {:6} AUC {:.3} EER {:4.1} % \
             Cllr {:.3} (min {:.3}) slope {:+.2} caps {:+.2} {:+.2} misleading {:?} {:?}",
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
    Table { signal: signal.into(), condition: condition.into(), unit: unit.into(), bins }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
