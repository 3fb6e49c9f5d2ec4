//! The answers of databases held against the JSON that they were built from, against another
//! reader, and against a binary search in another language.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::collections::BTreeSet;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::process::{Command, Stdio};

use faisceau_datasets::{Bundle, DatasetKind, Pin, Pinned};
use faisceau_model::{Absent, Maybe, Moment};
use ipnet::IpNet;
use serde_json::Value;

const AT: Maybe<Moment> = Maybe::Missing(Absent::NotRecorded);
const FILES: [(&str, DatasetKind); 7] = [
    ("GeoIP2-City-Test", DatasetKind::City),
    ("GeoIP2-City-Test", DatasetKind::Country),
    ("GeoIP2-Country-Test", DatasetKind::Country),
    ("GeoIP2-ISP-Test", DatasetKind::Asn),
    ("GeoLite2-ASN-Test", DatasetKind::Asn),
    ("GeoIP2-Anonymous-IP-Test", DatasetKind::Anonymity),
    ("GeoIP-Anonymous-Plus-Test", DatasetKind::Anonymity),
];

fn fixture(name: &str, ending: &str) -> String {
    format!("{}/tests/fixtures/mmdb/{name}.{ending}", env!("CARGO_MANIFEST_DIR"))
}

/// The bundled datasets and one database of tests, dated so that it answers first.
fn bundle(name: &str, kind: DatasetKind) -> Bundle {
    let pin = Pin { name: "test".into(), date: "2030-01-01".into(), kind };
    let mut pinned = Pinned::default();
    pinned.add(&pin, std::fs::read(fixture(name, "mmdb")).unwrap()).unwrap();
    Bundle::with(pinned).unwrap()
}

/// The answer in the words of the oracle; empty where there is none.
fn answer(bundle: &Bundle, kind: DatasetKind, ip: IpAddr) -> String {
    match kind {
        DatasetKind::Country => {
            let found = &bundle.countries(ip, AT)[0];
            assert!(found.source.starts_with("test@") || found.source.starts_with("country@"));
            // A database of the other family is passed over.
            let own = found.source.starts_with("test@");
            found.value.known().filter(|_| own).map_or(String::new(), ToString::to_string)
        }
        DatasetKind::Asn => {
            let found = &bundle.systems(ip, AT)[0];
            let own = found.source.starts_with("test@");
            let value = found.value.known().filter(|_| own);
            value.map_or(String::new(), |(asn, name)| format!("{asn} {name}"))
        }
        DatasetKind::City => {
            bundle.cities(ip, AT)[0].value.known().map_or(String::new(), |place| {
                let city = place.city.as_deref().unwrap_or_default();
                match place.at {
                    Some((latitude, longitude)) => format!("{city}|{latitude:.4}|{longitude:.4}"),
                    None => format!("{city}||"),
                }
            })
        }
        _ => bundle.flags(ip, AT)[0].value.known().map_or(String::new(), |flags| {
            let said = [
                (flags.is_anonymous_vpn, "v"),
                (flags.is_hosting_provider, "h"),
                (flags.is_tor_exit_node, "t"),
            ];
            let said: String = said.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
            format!("known {said}")
        }),
    }
}

/// The networks of the JSON, IPv4 at the beginning of an IPv6 tree as IPv4, with their records.
fn networks(name: &str) -> Vec<(IpNet, Value)> {
    let text = std::fs::read_to_string(fixture(name, "json")).unwrap();
    let all: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&text).unwrap();
    let plain = |net: IpNet| match net {
        IpNet::V6(v6) if v6.network().to_bits() >> 32 == 0 && v6.prefix_len() >= 96 => {
            let bits = v6.network().to_bits() as u32;
            IpNet::new(Ipv4Addr::from(bits).into(), v6.prefix_len() - 96).unwrap()
        }
        other => other,
    };
    all.into_iter().flatten().map(|(net, record)| (plain(net.parse().unwrap()), record)).collect()
}

/// What the JSON says in the words of the oracle.
fn said(record: &Value, kind: DatasetKind) -> String {
    let text = |path: &str| record.pointer(path).and_then(Value::as_str).map(str::to_owned);
    match kind {
        DatasetKind::Country => text("/country/iso_code").unwrap_or_default(),
        DatasetKind::Asn => match record.get("autonomous_system_number") {
            Some(number) => {
                let name = text("/autonomous_system_organization").unwrap_or_default();
                format!("{number} {name}")
            }
            None => String::new(),
        },
        DatasetKind::City => {
            let city = text("/city/names/fr").or_else(|| text("/city/names/en"));
            let number = |path| record.pointer(path).and_then(Value::as_f64);
            let city = city.unwrap_or_default();
            match (number("/location/latitude"), number("/location/longitude")) {
                (Some(latitude), Some(longitude)) => format!("{city}|{latitude:.4}|{longitude:.4}"),
                _ => format!("{city}||"),
            }
        }
        _ => {
            let is = |name: &str| record.get(name) == Some(&Value::Bool(true));
            let flags = [
                ("is_anonymous_vpn", "v"),
                ("is_hosting_provider", "h"),
                ("is_tor_exit_node", "t"),
            ];
            let said: String = flags.iter().filter(|(name, _)| is(name)).map(|(_, w)| *w).collect();
            format!("known {said}")
        }
    }
}

#[test]
fn every_network_answers_as_the_json_it_was_built_from() {
    for (name, kind) in FILES {
        let bundle = bundle(name, kind);
        let networks = networks(name);
        let mut asked = 0;
        for (net, _) in &networks {
            for ip in [net.network(), net.broadcast()] {
                // The narrowest network holds; of two of one width the later.
                let holding = networks.iter().filter(|(other, _)| other.contains(&ip));
                let (_, record) = holding.max_by_key(|(other, _)| other.prefix_len()).unwrap();
                assert_eq!(answer(&bundle, kind, ip), said(record, kind), "{name} {ip}");
                asked += 1;
            }
        }
        assert!(asked >= 20, "{name}: {asked}");
    }
}

/// Addresses of both families: everywhere, and inside the networks of a database.
fn addresses(name: &str, count: u64) -> Vec<IpAddr> {
    let networks: Vec<IpNet> = match name {
        "" => Vec::new(),
        name => networks(name).into_iter().map(|(net, _)| net).collect(),
    };
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 8
    };
    let one = |index: u64| {
        let bits = u128::from(next()) << 80 | u128::from(next()) << 40 | u128::from(next());
        match (index % 4, networks.is_empty()) {
            (0, _) => IpAddr::V4(Ipv4Addr::from(bits as u32)),
            // Global unicast is 2000::/3.
            (1, _) | (_, true) => IpAddr::V6(Ipv6Addr::from((bits >> 3) | 1 << 125)),
            _ => match networks[(bits % networks.len() as u128) as usize] {
                IpNet::V4(net) => {
                    let host = bits as u32 & net.hostmask().to_bits();
                    IpAddr::V4((net.network().to_bits() | host).into())
                }
                IpNet::V6(net) => {
                    let host = bits & net.hostmask().to_bits();
                    IpAddr::V6((net.network().to_bits() | host).into())
                }
            },
        }
    };
    (0..count).map(one).collect()
}

/// What the oracle answers, or `None` where it is not installed.
fn oracle(arguments: &[&str], addresses: &[IpAddr]) -> Option<Vec<String>> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import maxminddb"]).output();
    if !has.is_ok_and(|ran| ran.status.success()) {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs the Python maxminddb");
        eprintln!("SKIPPED: needs the Python maxminddb");
        return None;
    }
    let mut child = Command::new(&python)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    let lines = lines.join("\n") + "\n";
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

/// How many addresses to ask: some on every build, a million where the measure is made.
fn count() -> u64 {
    std::env::var("FAISCEAU_ORACLE").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000)
}

#[test]
fn another_reader_answers_the_same() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/mmdb.py");
    for (name, kind) in FILES {
        let asked = addresses(name, count());
        let file = fixture(name, "mmdb");
        let Some(found) = oracle(&[script, &file, kind.as_str()], &asked) else { return };
        assert_eq!(found.len(), asked.len());
        let bundle = bundle(name, kind);
        let mut answers = BTreeSet::new();
        for (ip, expected) in asked.iter().zip(found) {
            assert_eq!(answer(&bundle, kind, *ip), expected, "{name} {ip}");
            answers.insert(expected);
        }
        assert!(answers.len() > 3, "{name}: {answers:?}");
    }
}

#[test]
fn another_reader_answers_the_same_of_the_bundled_countries() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/mmdb.py");
    let packed = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../datasets/country/geo-whois-asn-country.mmdb.zst"
    );
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("country.mmdb");
    let bytes = zstd::decode_all(std::fs::File::open(packed).unwrap()).unwrap();
    std::fs::write(&folder, bytes).unwrap();
    let asked = addresses("", count());
    let Some(found) = oracle(&[script, folder.to_str().unwrap(), "country"], &asked) else {
        return;
    };
    let bundle = Bundle::embedded().unwrap();
    for (ip, expected) in asked.iter().zip(found) {
        let value = bundle.country(*ip, AT).value;
        assert_eq!(value.known().map_or("", |code| &***code), expected, "{ip}");
    }
}

#[test]
fn a_search_in_another_language_finds_the_same_systems() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/asn.py");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut arguments = vec![script.to_owned()];
    for name in ["asn-ipv4.csv", "asn-ipv6.csv"] {
        let packed = format!("{}/../../datasets/asn/{name}.zst", env!("CARGO_MANIFEST_DIR"));
        let bytes = zstd::decode_all(std::fs::File::open(packed).unwrap()).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
        arguments.push(folder.join(name).to_string_lossy().into_owned());
    }
    let asked = addresses("", count());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(found) = oracle(&arguments, &asked) else { return };
    let bundle = Bundle::embedded().unwrap();
    for (ip, expected) in asked.iter().zip(found) {
        let value = bundle.asn(*ip, AT).value;
        let value = value.known().map_or(String::new(), |(asn, name)| format!("{asn} {name}"));
        assert_eq!(value, expected, "{ip}");
    }
}
