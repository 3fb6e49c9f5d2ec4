//! Archives in archives, and the rule of `ExoneraTor` for the addresses of exit lists.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its documents fails")]

use std::io::{Read as _, Write as _};

use faisceau_tor::{Authorities, Exonerated, Limits, TorIndex, TorIndexBuilder};

/// 2021-08-29.
const DAY_S: i64 = 1_630_195_200;

fn builder(limits: Limits) -> TorIndexBuilder {
    TorIndexBuilder::new(Authorities::bundled().unwrap(), limits)
}

fn consensus(day: u8, hour: u8) -> Vec<u8> {
    let id = "A".repeat(26);
    format!(
        "network-status-version 3\nvote-status consensus\n\
         valid-after 2021-08-{day} {hour:02}:00:00\nfresh-until 2021-08-{day} {:02}:00:00\n\
         valid-until 2021-08-{day} {:02}:00:00\n\
         r test {id}A {id}E 2021-08-29 00:00:00 192.0.2.1 443 0\ns Running\np accept 443\n",
        hour + 1,
        hour + 3
    )
    .into_bytes()
}

/// A list in which the relay was seen to leave by another address.
fn exit_list(scan: &str) -> Vec<u8> {
    format!(
        "@type tordnsel 1.0\nDownloaded 2021-08-29 12:00:00\nExitNode {}\n\
         ExitAddress 198.51.100.9 {scan}\n",
        "0".repeat(40)
    )
    .into_bytes()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    liblzma::read::XzEncoder::new(bytes, 1).read_to_end(&mut out).unwrap();
    out
}

#[test]
fn gzip_and_xz_within_a_tar_are_read_like_the_plain_documents() {
    let documents = [consensus(29, 1), consensus(29, 2), exit_list("2021-08-29 00:30:00")];
    let mut plain = builder(Limits::default());
    for text in &documents {
        assert_eq!(plain.add("plain", &text[..]).unwrap().rejects, []);
    }
    let plain = plain.finish().to_bytes();
    let nested =
        tar(&[("a.gz", &gz(&documents[0])), ("b.xz", &xz(&documents[1])), ("c", &documents[2])]);
    for whole in [nested.clone(), xz(&nested), gz(&nested)] {
        let mut builder = builder(Limits::default());
        let added = builder.add("month", &whole[..]).unwrap();
        assert_eq!((added.consensuses, added.exit_lists, added.rejects.len()), (2, 1, 0));
        assert_eq!(builder.finish().to_bytes(), plain);
    }
    let flat = Limits { depth: 1, ..Limits::default() };
    assert!(builder(flat).add("month", &nested[..]).is_err(), "deeper than allowed");
    let few = Limits { files: 2, ..Limits::default() };
    assert!(builder(few).add("month", &nested[..]).is_err(), "more files than allowed");
}

#[test]
fn an_archive_that_is_cut_keeps_what_was_read_and_says_so() {
    let whole = tar(&[("a", &consensus(29, 1)), ("b.gz", &gz(&consensus(29, 2)))]);
    let mut builder = builder(Limits::default());
    assert!(builder.add("month", &whole[..whole.len() - 1_024 - 500]).is_err());
    assert_eq!(builder.finish().documents().len(), 1);
}

fn index(scan: &str) -> TorIndex {
    let mut builder = builder(Limits::default());
    for text in [consensus(29, 0), consensus(29, 1), consensus(30, 1), exit_list(scan)] {
        assert_eq!(builder.add("text", &text[..]).unwrap().rejects, []);
    }
    builder.finish()
}

#[test]
fn a_scan_stands_beside_the_consensuses_of_the_day_after_it() {
    let ask = |scan| index(scan).exonerator("198.51.100.9".parse().unwrap(), DAY_S);
    let Exonerated::Positive(found) = ask("2021-08-29 00:30:00") else { panic!("a scan") };
    // That of 00:00 is before the scan, that of the next day more than a day after it.
    let hours: Vec<i64> = found.iter().map(|m| i64::from(m.valid_after_s) - DAY_S).collect();
    assert_eq!(hours, [3_600]);
    assert!(found[0].by_exit_list && found[0].nickname == "test");
    assert_eq!(found[0].is_exit, Some(true));
    let none = Exonerated::Negative { neighbours: Vec::new() };
    assert_eq!(ask("2021-08-27 20:00:00"), none, "too old for all of them");
    assert_eq!(ask("2021-08-30 02:00:00"), none, "after all of them");
}
