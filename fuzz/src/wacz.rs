//! The fuzz target of WACZ packages. A byte in front says what is tried: the package as it is, or
//! one file of the signed sample, put into a package whose digests are then made right.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a seal of a
//! domain that holds though its root was not handed in.

#![no_main]

use std::io::{Cursor, Write as _};

use faisceau_archive::wacz::{Limits, Report, SealKind, StampSays, Trust, verify};
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LIMITS: Limits = Limits {
    max_files: 100,
    max_held: 1 << 20,
    max_held_total: 4 << 20,
    max_total: 16 << 20,
    max_ratio: 200,
    ratio_floor: 1 << 16,
};

fuzz_target!(|data: &[u8]| {
    let Some((what, rest)) = data.split_first() else { return };
    let package = match what {
        b'P' => Some(data.to_vec()),
        b'd' => pack(&[("datapackage.json", rest)]),
        b's' => {
            pack(&[("datapackage.json", b"{\"resources\":[]}"), ("datapackage-digest.json", rest)])
        }
        b'c' => pack(&[
            ("datapackage.json", b"{\"resources\":[]}"),
            ("archive/data.warc", ARCHIVE),
            ("indexes/index.cdxj", rest),
            ("pages/pages.jsonl", rest),
        ]),
        b'i' => {
            let (idx, gz) = rest.split_at(rest.len() / 2);
            pack(&[
                ("datapackage.json", b"{\"resources\":[]}"),
                ("indexes/index.idx", idx),
                ("indexes/index.cdx.gz", gz),
            ])
        }
        _ => None,
    };
    let Some(package) = package else { return };
    let report = check(&package);
    assert_eq!(report, check(&package));
    if let Some(Ok(report)) = report {
        let domain =
            |seal: &faisceau_archive::wacz::Seal| matches!(seal.kind, SealKind::Domain { .. });
        assert!(!report.seal.as_ref().is_some_and(|seal| domain(seal) && seal.holds()));
    }
});

const ARCHIVE: &[u8] = include_bytes!("../../datasets/web/example-collection.warc");

fn check(package: &[u8]) -> Option<Result<Report, String>> {
    let stamp = |_: &[u8], over: &[u8], _: &[Vec<u8>]| {
        let at = "2022-01-18T19:00:12Z".parse().map_err(|e| format!("{e}"))?;
        if over.is_empty() {
            Err("nothing".to_owned())
        } else {
            Ok(StampSays { at, authority: "fuzz".to_owned() })
        }
    };
    let trust = Trust { roots: &[], stamp: Some(&stamp) };
    Some(verify(Cursor::new(package), &trust, &LIMITS).map_err(|e| e.to_string()))
}

fn pack(files: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
