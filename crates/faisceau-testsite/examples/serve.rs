//! Serves the site until it is interrupted, for trying commands by hand.
//!
//! `cargo run -p faisceau-testsite --example serve -- ROOT.pem` writes the root certificate to a file and
//! prints where the site is.

#![expect(clippy::print_stdout, reason = "it tells where the site is")]

use std::io;

use faisceau_testsite::{Site, Socks};

fn main() -> io::Result<()> {
    let site = if Site::can_stamp() { Site::start_with_authority()? } else { Site::start()? };
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(path, site.root_pem())?;
    }
    let socks = Socks::start([("site.example.net".to_owned(), site.http())].into())?;
    println!("http  {}", site.http());
    println!("https {}", site.https());
    println!("socks {}", socks.address());
    loop {
        std::thread::park();
    }
}
