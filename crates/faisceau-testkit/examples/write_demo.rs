//! Writes the demonstration case to a folder: `cargo run -p faisceau-testkit --example write_demo
//! -- DIR [SEED]`.
//!
//! Out: the exhibits, `case.toml`, `overlay.csv`, `truth.json`, and `demo.zip`, which holds all
//! but the truth.

#![expect(clippy::disallowed_methods, reason = "writing files is what this example is for")]

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder to write to")?;
    let seed = match arguments.next() {
        Some(seed) => seed.parse()?,
        None => faisceau_testkit::DEMO_SEED,
    };
    let world = faisceau_testkit::demo(seed);
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("pieces"))?;
    for (name, bytes) in &world.files {
        std::fs::write(folder.join("pieces").join(name), bytes)?;
    }
    std::fs::write(folder.join("case.toml"), &world.case_toml)?;
    std::fs::write(folder.join("overlay.csv"), &world.overlay_csv)?;
    std::fs::write(folder.join("truth.json"), world.truth_json())?;
    std::fs::write(folder.join("demo.zip"), world.archive())?;
    Ok(())
}
