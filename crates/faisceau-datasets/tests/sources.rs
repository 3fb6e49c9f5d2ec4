//! The embedded files, the catalogue and the `SOURCE.md` of each folder say the same.

use faisceau_datasets::{Bundle, DatasetInfo};
use sha2::{Digest, Sha256};

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    Sha256::digest(bytes).iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}

#[test]
fn every_hash_is_that_of_its_file_and_stands_in_source_md() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets");
    for info in Bundle::list() {
        for file in info.files {
            let folder = file.path.split_once('/').unwrap().0;
            let source = std::fs::read_to_string(format!("{root}/{folder}/SOURCE.md")).unwrap();
            let bytes = std::fs::read(format!("{root}/{}", file.path)).unwrap();
            assert_eq!(hex(&bytes), file.sha256, "{}", file.path);
            assert!(file.packed().is_none_or(|packed| packed == bytes), "{}", file.path);
            let raw = match file.path.strip_suffix(".zst") {
                Some(_) => zstd::decode_all(&*bytes).unwrap(),
                None => bytes.clone(),
            };
            assert_eq!((hex(&raw).as_str(), raw.len() as u64), (file.raw_sha256, file.raw_bytes));
            for fact in [file.sha256, file.raw_sha256, &bytes.len().to_string(), info.date] {
                assert!(source.contains(fact), "{folder}/SOURCE.md lacks {fact}");
            }
            let licence = info.licence.split(';').next().unwrap();
            assert!(source.contains(licence), "{folder}/SOURCE.md lacks {licence}");
            let credit = info.credit.split([',', ';']).next().unwrap();
            assert!(source.contains(credit), "{folder}/SOURCE.md lacks {credit}");
        }
    }
}

#[test]
fn prefix_lists_have_the_documented_counts() {
    let lines = |path: &str| {
        let list = Bundle::list();
        let file = list.iter().flat_map(|info| info.files).find(|f| f.path == path).unwrap();
        String::from_utf8(zstd::decode_all(file.packed().unwrap()).unwrap())
            .unwrap()
            .lines()
            .count()
    };
    assert_eq!(lines("vpn/x4bnet-vpn-ipv4_2024-06-30.txt.zst"), 3_594);
    assert_eq!(lines("vpn/x4bnet-vpn-ipv4_2025-01-01.txt.zst"), 4_296);
    assert_eq!(lines("vpn/x4bnet-vpn-ipv4_2025-07-01.txt.zst"), 10_212);
    assert_eq!(lines("vpn/x4bnet-vpn-ipv4_2026-01-01.txt.zst"), 10_724);
    assert_eq!(lines("vpn/x4bnet-vpn-ipv4_2026-08-22.txt.zst"), 10_862);
    assert_eq!(lines("vpn/x4bnet-vpn-ipv6_2026-08-22.txt.zst"), 498);
    assert_eq!(lines("vpn/protonvpn-ipv4_2026-08-22.txt.zst"), 672);
    assert_eq!(lines("relay/apple-private-relay-ipv4_2026-08-22.txt.zst"), 3_290);
    assert_eq!(lines("hosting/x4bnet-datacenter-asn.txt.zst"), 906);
    assert_eq!(lines("cdn/cloudflare-ipv4_2026-08-22.txt.zst"), 15);
    assert_eq!(lines("cloud/google-ipv4_2026-08-22.txt.zst"), 97);
}

#[test]
fn the_list_is_sorted_and_names_each_source_once() {
    let labels: Vec<String> = Bundle::list().iter().map(DatasetInfo::label).collect();
    let mut sorted = labels.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(labels, sorted);
    assert_eq!(labels.len(), 15);
}
