//! Writes the note of a made-up case: `cargo run -p faisceau-report --example sample_note -- OUT.pdf`,
//! with `filed` behind it the version with pseudonyms.

#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, clippy::expect_used)]
mod sample;

#[expect(clippy::disallowed_methods, reason = "an example writes where its user says")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: sample_note OUT.pdf")?;
    let sample = sample::sample();
    let mut note = faisceau_report::note(&sample.input());
    if std::env::args_os().nth(2).is_some_and(|word| word == "filed") {
        let listed = faisceau_report::RedactSettings::default();
        note = faisceau_report::Redaction::of(&sample.input(), &listed, &[])?.apply(&note);
    }
    std::fs::write(path, faisceau_report::pdf(&note)?)?;
    Ok(())
}
