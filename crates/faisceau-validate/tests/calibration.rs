//! The bundled calibration belongs to the bundled reference and to the code as it is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_media::hex;
use faisceau_signals::Reference;
use faisceau_signals::alterego::Rivals;
use faisceau_validate::reference;
use faisceau_weigh::validation::Bin;
use faisceau_weigh::{Calibration, CalibrationFile};
use sha2::{Digest, Sha256};

const AUTHORS: &[u8] = include_bytes!("../../../datasets/reference/authors.jsonl.zst");
const HOURS: &[u8] = include_bytes!("../../../datasets/reference/hours.json");
const FUSION: &[u8] = include_bytes!("../../../datasets/reference/fusion.json");
const CALIBRATION: &str = include_str!("../../../datasets/reference/calibration.json");
const DISCRETE: &str = include_str!("../../../datasets/reference/discrete.toml");

fn file() -> CalibrationFile {
    Calibration::parse(CALIBRATION, DISCRETE).unwrap().file().clone()
}

fn bin(signal: &str, condition: &str, material: i64) -> Bin {
    let file = file();
    let table =
        file.tables.iter().find(|t| t.signal == signal && t.condition == condition).unwrap();
    table.bins.iter().find(|bin| bin.material == material).unwrap().clone()
}

fn authors() -> Vec<u8> {
    zstd::decode_all(AUTHORS).unwrap()
}

#[test]
fn the_calibration_names_the_reference_it_was_made_on() {
    assert_eq!(file().authors_sha256, hex(&Sha256::digest(authors())));
    assert_eq!(file().hours_sha256, hex(&Sha256::digest(HOURS)));
}

#[test]
fn a_bin_of_each_signal_comes_out_the_same() {
    let bundled = Reference::parse(&authors(), HOURS, FUSION).unwrap();
    let fusion: faisceau_signals::Fusion = serde_json::from_slice(FUSION).unwrap();
    assert_eq!(reference::fusion(&bundled).unwrap(), fusion);
    for (signal, what) in reference::TIMES {
        let time = reference::time_bin(&bundled, 120, what).unwrap();
        assert_eq!(time, bin(signal, "", 120));
    }
    let style = reference::style_bin(&bundled, 1000, Rivals::Reference).unwrap();
    assert_eq!(style, bin("writing_style", "foreign_population", 1000));
}

#[test]
fn every_condition_has_bins_for_the_whole_ladder() {
    for rivals in reference::RIVALS {
        for words in reference::WORDS {
            let bin = bin("writing_style", rivals.code().unwrap_or_default(), words as i64);
            assert!(bin.cllr < 1.0, "{rivals:?} {words}: {}", bin.cllr);
            assert_eq!(bin.replicates.len(), 200, "{rivals:?} {words}");
        }
    }
    for (signal, _) in reference::TIMES {
        for hours in reference::HOURS {
            assert!(bin(signal, "", hours as i64).cllr < 1.0, "{signal} {hours}");
        }
    }
}
