//! How long a whole consensus takes to read and verify, beside stem in the same run, how long a
//! look-up takes, and how many bytes an index has.
//!
//! The synthetic day is 24 copies of the real consensus an hour apart, in each of which every 40th
//! relay loses a flag: its signatures do not verify, its size is only an indication.
//! `FAISCEAU_STEM_PYTHON` names a Python with stem and cryptography.

#![expect(clippy::unwrap_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "a bench prints")]
#![expect(clippy::disallowed_methods, reason = "a bench starts its peer")]

use std::fmt::Write as _;
use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

use divan::{Bencher, black_box, counter::ItemsCount};
use faisceau_datasets::Span;
use faisceau_model::Moment;
use faisceau_tor::{
    Authorities, Certificates, Consensus, Limits, Signed, TorIndex, TorIndexBuilder,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/");
const LOOKUPS: u32 = 100_000;

static TEXT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let file = std::fs::File::open(format!("{FOLDER}2021-08-29-19-00-00-consensus.xz")).unwrap();
    let mut text = Vec::new();
    liblzma::read::XzDecoder::new(file).read_to_end(&mut text).unwrap();
    text
});
static CERTS: LazyLock<Vec<u8>> =
    LazyLock::new(|| std::fs::read(format!("{FOLDER}2021-08-29-certs")).unwrap());

fn main() {
    for hours in [1, 24] {
        let bytes = index(hours).to_bytes().len();
        println!("index of {hours} consensuses (synthetic beyond 1): {bytes} bytes");
    }
    peer();
    divan::main();
}

fn peer() {
    let python = std::env::var_os("FAISCEAU_STEM_PYTHON").unwrap_or_else(|| "python3".into());
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("consensus");
    std::fs::write(&whole, &*TEXT).unwrap();
    for _ in 0..3 {
        let output = std::process::Command::new(&python)
            .arg(format!("{FOLDER}../oracle/stem_digest.py"))
            .args([whole.as_path(), format!("{FOLDER}2021-08-29-certs").as_ref()])
            .arg("--time")
            .output()
            .unwrap();
        let seconds = String::from_utf8_lossy(&output.stdout);
        println!("stem parses and verifies in {} s", seconds.trim());
    }
}

fn index(hours: usize) -> TorIndex {
    let mut builder = TorIndexBuilder::new(Authorities::bundled().unwrap(), Limits::default());
    builder.add("certs", &CERTS[..]).unwrap();
    let text = String::from_utf8_lossy(&TEXT);
    for hour in 0..hours {
        let (valid_after, rest) = text.split_once("valid-until").unwrap();
        let mut copy = String::new();
        for line in valid_after.lines() {
            match line.split_once(' ') {
                Some(("valid-after", _)) => {
                    write!(
                        copy,
                        "valid-after 2021-08-{:02} {:02}:00:00",
                        29 + (hour + 19) / 24,
                        (hour + 19) % 24
                    )
                    .unwrap();
                }
                Some(("fresh-until", _)) => {
                    write!(
                        copy,
                        "fresh-until 2021-08-{:02} {:02}:00:00",
                        29 + (hour + 20) / 24,
                        (hour + 20) % 24
                    )
                    .unwrap();
                }
                _ => copy.push_str(line),
            }
            copy.push('\n');
        }
        if hour > 0 {
            let (_, rest) = rest.split_once('\n').unwrap();
            copy.push_str("valid-until 2021-08-31 00:00:00\n");
            for (number, line) in rest.lines().enumerate() {
                let changed = line.starts_with("s ") && (number / 7 + hour) % 40 == 0;
                copy.push_str(&if changed { line.replace(" Stable", "") } else { line.to_owned() });
                copy.push('\n');
            }
        } else {
            copy.clone_from(&text.clone().into_owned());
        }
        builder.add("copy", copy.as_bytes()).unwrap();
    }
    builder.finish()
}

#[divan::bench(sample_count = 20)]
fn parse_and_verify() -> (usize, Signed) {
    let consensus = Consensus::parse(&TEXT).unwrap();
    let relays = consensus.relays().filter(|relay| black_box(relay).is_ok()).count();
    let mut known = Certificates::default();
    known.add(&CERTS);
    let authorities = Authorities::bundled().unwrap();
    let digests = (&consensus.sha1()[..], &[][..]);
    let at_s = consensus.valid_after_s;
    (relays, Signed::count(&consensus.signatures, digests, at_s, &known, &authorities))
}

#[divan::bench(sample_count = 10)]
fn load_a_day(bencher: Bencher<'_, '_>) {
    let bytes = index(24).to_bytes();
    bencher.bench_local(|| TorIndex::from_bytes(&bytes).unwrap());
}

/// Half of the addresses are those of relays.
fn addresses(index: &TorIndex) -> Vec<IpAddr> {
    let text = String::from_utf8_lossy(&TEXT);
    let relays: Vec<IpAddr> = text
        .lines()
        .filter_map(|line| line.strip_prefix("r ")?.split(' ').nth(5)?.parse().ok())
        .collect();
    assert!(index.size().0 >= relays.len() / 2);
    (0..LOOKUPS)
        .map(|n| match n % 2 {
            0 => relays[n as usize % relays.len()],
            _ => IpAddr::V4(Ipv4Addr::from_bits(n.wrapping_mul(2_654_435_761))),
        })
        .collect()
}

#[divan::bench(sample_count = 20)]
fn listing(bencher: Bencher<'_, '_>) {
    let index = index(24);
    let at = Moment::from_rfc3339("2021-08-30T05:30:00Z").unwrap();
    let addresses = addresses(&index);
    bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
        for ip in &addresses {
            black_box(index.listing(*ip, at));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn ask(bencher: Bencher<'_, '_>) {
    let index = index(24);
    let at = Moment::from_rfc3339("2021-08-30T05:30:00Z").unwrap();
    let span = Span::of(at).unwrap();
    let addresses = addresses(&index);
    bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
        for ip in &addresses {
            black_box(index.ask(*ip, span));
        }
    });
}
