//! Shows what is read of files.
//!
//!     cargo run --release -p faisceau-media --example show -- FILE…
#[expect(clippy::print_stdout, reason = "a tool")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        println!("{path}: {:#?}", faisceau_media::describe(&std::fs::read(&path)?));
    }
    Ok(())
}
