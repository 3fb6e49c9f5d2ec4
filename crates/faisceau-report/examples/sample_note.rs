//! Writes the note of a made-up case: `cargo run -p faisceau-report --example sample_note -- OUT.pdf`.

#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, clippy::expect_used)]
mod sample;

#[expect(clippy::disallowed_methods, reason = "an example writes where its user says")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: sample_note OUT.pdf")?;
    let sample = sample::sample();
    let note = faisceau_report::note(&sample.input());
    std::fs::write(path, faisceau_report::pdf(&note)?)?;
    Ok(())
}
