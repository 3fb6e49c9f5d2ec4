//! Validates the signals on a corpus: a table on the terminal, JSON and a page in a folder.
//!
//! `cargo run --release -p faisceau-validate --example validate -- CORPUS datasets/reference OUT`
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

use std::error::Error;
use std::path::Path;

use faisceau_signals::Reference;
use faisceau_validate::baselines::{Processor, Settings, run};
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::protocol::{Cut, Plan, Read, Signals, System, validate};
use faisceau_validate::report::{CorpusSummary, ValidationReport, page, table};
use faisceau_weigh::Calibration;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, folder, out] = &arguments[..] else {
        return Err("CORPUS REFERENCE OUT".into());
    };
    let (folder, out) = (Path::new(folder), Path::new(out));
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let file = |name: &str| std::fs::read(folder.join(name));
    let reference = Reference::parse(&authors, &file("hours.json")?, &file("fusion.json")?)?;
    let calibration = Calibration::parse(
        &String::from_utf8(file("calibration.json")?)?,
        &String::from_utf8(file("discrete.toml")?)?,
    )?;
    let corpus = Corpus::read(std::fs::File::open(path)?, &Limits::default())?;
    let system = |read, weighed_by| Signals { read, reference: &reference, weighed_by, held: true };
    let reads = [Read::Style, Read::Time, Read::Both];
    let one_fit = system(Read::Fused, None);
    let own = reads.map(|read| system(read, None));
    let weighed = reads.map(|read| system(read, Some(&calibration)));
    let systems: Vec<&dyn System> =
        own.iter().chain(&weighed).chain([&one_fit]).map(|system| system as &dyn System).collect();
    let validations = validate(&corpus, &systems, &Plan::default(), &mut |_, _| {});
    let settings = Settings {
        words: 250,
        posts: 100,
        cut: Cut::Halves,
        within: true,
        least_share: 0.8,
        processor: Processor::Portable,
    };
    let baselines = run(&corpus, &settings, &mut |_, _| {});
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    let summary = CorpusSummary::new(&name, &corpus);
    let report = ValidationReport::new(summary, &validations, vec![baselines]);
    print!("{}", table(&report));
    std::fs::write(out.join("validation.json"), report.json()?)?;
    std::fs::write(out.join("validation.html"), page(&report))?;
    Ok(())
}
