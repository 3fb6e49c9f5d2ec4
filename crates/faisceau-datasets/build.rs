//! Turns the largest datasets into the form in which they are searched, so that no run unpacks
//! them: columns of fixed width, embedded in the program and read where they lie.
//!
//! In: the compressed originals of `datasets/`, whose hashes the tests check. Out: files in
//! `OUT_DIR`. It reads nothing else; tests hold what it made against the originals.

#![expect(clippy::disallowed_methods, reason = "cargo names a folder and a script writes in it")]

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

#[path = "src/asn_csv.rs"]
mod asn_csv;
#[path = "src/tor_csv.rs"]
#[expect(dead_code, reason = "the program itself reads the gaps")]
mod tor_csv;

use asn_csv::{AsnColumns, RangeColumns};
use tor_csv::{StayColumns, TorColumns};

/// Most bytes that an original unpacks to.
const LIMIT: u64 = 256 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    for file in ["build.rs", "src/asn_csv.rs", "src/tor_csv.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let out = Out(PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?));
    out.asn(&original_text("asn/asn-ipv4.csv.zst")?, &original_text("asn/asn-ipv6.csv.zst")?)?;
    out.tor(&original_text("tor/tor_exit_intervals.csv.zst")?)?;
    out.write("country.mmdb", &original("country/geo-whois-asn-country.mmdb.zst")?)
}

fn original(path: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let path = Path::new("../../datasets").join(path);
    println!("cargo::rerun-if-changed={}", path.display());
    let mut bytes = Vec::new();
    zstd::Decoder::new(File::open(&path)?)?.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn original_text(path: &str) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(original(path)?)?)
}

/// The folder that the program embeds.
struct Out(PathBuf);

impl Out {
    fn asn(&self, v4: &str, v6: &str) -> Result<(), Box<dyn Error>> {
        let mut columns = AsnColumns::default();
        for text in [v4, v6] {
            columns.read(text).map_err(|bad| format!("AS data, {bad:?}"))?;
        }
        self.ranges("asn-v4", &columns.v4)?;
        self.ranges("asn-v6", &columns.v6)?;
        self.write("asn-numbers", columns.systems.numbers.as_flattened())?;
        self.write("asn-name-ends", columns.systems.ends.as_flattened())?;
        self.write("asn-names", columns.systems.names.as_bytes())
    }

    fn ranges<const N: usize>(
        &self,
        name: &str,
        columns: &RangeColumns<N>,
    ) -> Result<(), Box<dyn Error>> {
        self.write(&format!("{name}-starts"), columns.starts.as_flattened())?;
        self.write(&format!("{name}-ends"), columns.ends.as_flattened())?;
        self.write(&format!("{name}-system"), columns.system.as_flattened())
    }

    fn tor(&self, intervals: &str) -> Result<(), Box<dyn Error>> {
        let columns = TorColumns::read(intervals).map_err(|bad| format!("Tor data, {bad:?}"))?;
        self.stays("tor-v4", &columns.v4)?;
        self.stays("tor-v6", &columns.v6)?;
        self.write("tor-changes", columns.changes.as_flattened())
    }

    fn stays<const N: usize>(
        &self,
        name: &str,
        columns: &StayColumns<N>,
    ) -> Result<(), Box<dyn Error>> {
        self.write(&format!("{name}-addresses"), columns.addresses.as_flattened())?;
        self.write(&format!("{name}-begins"), columns.begins.as_flattened())?;
        self.write(&format!("{name}-times"), columns.times.as_flattened())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(self.0.join(name), bytes)?)
    }
}
