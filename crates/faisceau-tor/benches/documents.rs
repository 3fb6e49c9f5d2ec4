//! How long a whole consensus takes to read and verify, beside stem in the same run, how long a
//! look-up takes, and how many bytes an index has.
//!
//! The synthetic day and month are the real consensus moved by hours, with relays that come and go
//! ([`hour_later`]): their signatures do not verify, their size is only an indication.
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

static MONTH: LazyLock<Vec<u8>> = LazyLock::new(|| index(720).to_bytes());

fn main() {
    for (hours, bytes) in
        [(1, index(1).to_bytes()), (24, index(24).to_bytes()), (720, MONTH.clone())]
    {
        let each = bytes.len() / hours;
        println!(
            "index of {hours} consensuses (synthetic beyond 1): {} bytes, {each} each",
            bytes.len()
        );
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
    builder.add("real", &TEXT[..]).unwrap();
    let mut relays: Vec<u64> = Vec::new();
    for hour in 1..hours as u64 {
        let added = builder.add("synthetic", hour_later(hour, &mut relays).as_bytes()).unwrap();
        assert!(added.rejects.is_empty() && added.consensuses == 1, "{added:?}");
    }
    builder.finish()
}

/// The real consensus moved by hours. In each hour one relay of a hundred leaves, a new one comes
/// at another address (2 % come or go), and one of a hundred has lost or gained Stable.
fn hour_later(hour: u64, born: &mut Vec<u64>) -> String {
    let text = String::from_utf8_lossy(&TEXT);
    let (mut out, mut relay) = (String::with_capacity(text.len()), 0);
    for line in text.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "valid-after" => writeln!(out, "valid-after {}", time(hour)).unwrap(),
            "fresh-until" => writeln!(out, "fresh-until {}", time(hour + 1)).unwrap(),
            "valid-until" => writeln!(out, "valid-until {}", time(hour + 3)).unwrap(),
            "r" => {
                relay += 1;
                born.resize(born.len().max(relay + 1), 0);
                if mix(relay as u64, hour).is_multiple_of(100) {
                    born[relay] = hour;
                }
                let fields: Vec<&str> = rest.split(' ').collect();
                writeln!(out, "r {}", newcomer(&fields, relay as u64, born[relay])).unwrap();
            }
            "a" if born[relay] > 0 => {}
            "s" if (0..=hour)
                .filter(|h| mix(relay as u64, h + 10_000).is_multiple_of(100))
                .count()
                % 2
                == 1 =>
            {
                let stable = rest.contains(" Stable");
                let rest =
                    if stable { rest.replace(" Stable", "") } else { format!("{rest} Stable") };
                writeln!(out, "s {rest}").unwrap();
            }
            _ => writeln!(out, "{line}").unwrap(),
        }
    }
    out
}

/// The fields of an `r` line, those of another relay if it came at an hour.
fn newcomer(fields: &[&str], relay: u64, born: u64) -> String {
    if born == 0 {
        return fields.join(" ");
    }
    let mut fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
    fields[0] = format!("n{relay}x{born}");
    let letters = |n: u64| (0..13).map(move |at| char::from(b'A' + (n >> (4 * at) & 15) as u8));
    let (one, other) = (mix(relay, born + 20_000), mix(relay, born + 30_000));
    fields[1] = letters(one).chain(letters(other)).chain(['A']).collect();
    fields[5] = Ipv4Addr::from_bits(one as u32).to_string();
    fields.join(" ")
}

fn time(hours: u64) -> String {
    let at = Moment::from_rfc3339("2021-08-29T19:00:00Z").unwrap().at_s() + hours as i64 * 3600;
    let moment = Moment::from_unix_seconds(at).unwrap();
    format!("{} {:02}:00:00", moment.day_utc(), at / 3600 % 24)
}

/// A number that looks random (splitmix64).
fn mix(one: u64, other: u64) -> u64 {
    let mut z = one.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ other.wrapping_mul(0xd1b5_4a32_d192_ed03);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
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
fn load_a_month(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| TorIndex::from_bytes(&MONTH).unwrap());
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
    let index = TorIndex::from_bytes(&MONTH).unwrap();
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
    let index = TorIndex::from_bytes(&MONTH).unwrap();
    let at = Moment::from_rfc3339("2021-08-30T05:30:00Z").unwrap();
    let span = Span::of(at).unwrap();
    let addresses = addresses(&index);
    bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
        for ip in &addresses {
            black_box(index.ask(*ip, span));
        }
    });
}
