//! Compares what is read here with what `ExifTool` reads, on any folder, field by field.
//!
//!     cargo run --release -p faisceau-media --example against_exiftool -- FOLDER… [--list]
//!
//! Prints a Markdown table: for each field that matters, in how many files `ExifTool` has it, and
//! in how many of these the value here is equal, another, or missing. `--list` names the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use faisceau_media::{Description, describe};
use serde_json::Value;

/// The fields that matter for attribution, in whatever group `ExifTool` finds them.
const MATTER: &[&str] = &[
    "Make",
    "Model",
    "Software",
    "ModifyDate",
    "DateTimeOriginal",
    "CreateDate",
    "OffsetTime",
    "OffsetTimeOriginal",
    "OffsetTimeDigitized",
    "SubSecTime",
    "SubSecTimeOriginal",
    "SubSecTimeDigitized",
    "TimeZone",
    "TimeZoneOffset",
    "SerialNumber",
    "InternalSerialNumber",
    "LensSerialNumber",
    "BodySerialNumber",
    "CameraSerialNumber",
    "LensModel",
    "LensMake",
    "OwnerName",
    "CameraOwnerName",
    "Artist",
    "Copyright",
    "HostComputer",
    "ImageUniqueID",
    "ImageDescription",
    "UserComment",
    "XPAuthor",
    "XPComment",
    "XPTitle",
    "ProcessingSoftware",
    "MediaGroupUUID",
    "BurstUUID",
    "ContentIdentifier",
    "CameraID",
    "CanonModelID",
    "CanonFirmwareVersion",
    "ShutterCount",
    "MediaUniqueID",
    "GPSLatitude",
    "GPSLatitudeRef",
    "GPSLongitude",
    "GPSLongitudeRef",
    "GPSAltitude",
    "GPSAltitudeRef",
    "GPSTimeStamp",
    "GPSDateStamp",
    "GPSImgDirection",
    "GPSProcessingMethod",
    "GPSMapDatum",
    "GPSHPositioningError",
    "DocumentID",
    "InstanceID",
    "OriginalDocumentID",
    "DerivedFromDocumentID",
    "DerivedFromInstanceID",
    "DerivedFromOriginalDocumentID",
    "HistoryAction",
    "HistoryWhen",
    "HistorySoftwareAgent",
    "HistoryInstanceID",
    "CreatorTool",
    "MetadataDate",
    "Creator",
    "Rights",
    "By-line",
    "Credit",
    "Source",
    "CopyrightNotice",
    "Caption-Abstract",
    "DateCreated",
    "TimeCreated",
    "OriginatingProgram",
    "SpecialInstructions",
    "OriginalTransmissionReference",
    "Writer-Editor",
    "IPTCDigest",
    "ProfileDescription",
    "ProfileDateTime",
    "DeviceManufacturer",
    "DeviceModel",
    "ProfileCreator",
    "ProfileID",
    "Comment",
    "Author",
    "CreationTime",
    "TrackCreateDate",
    "MediaCreateDate",
    "GPSCoordinates",
    "Encoder",
    "MajorBrand",
    "Producer",
];

/// Groups of what `ExifTool` makes up, and of the file system.
const NOT: [&str; 4] = ["Composite", "System", "ExifTool", "File"];

/// What is compared: `File:FileType` of `ExifTool`.
const KINDS: [&str; 7] = ["JPEG", "HEIC", "HEIF", "AVIF", "PNG", "WEBP", "TIFF"];

#[derive(Default)]
struct Count {
    there: u32,
    equal: u32,
    other: BTreeSet<String>,
    missing: BTreeSet<String>,
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for the documentation")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (options, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let list = options.iter().any(|option| option == "--list");
    let oracle = Command::new("exiftool")
        .args(["-j", "-G1", "-n", "-q", "-r", "-api", "largefilesupport=1", "-x", "FileName"])
        .args(&folders)
        .output()?;
    let oracle: Vec<BTreeMap<String, Value>> =
        serde_json::from_str(&String::from_utf8_lossy(&oracle.stdout))?;
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let (mut files, mut read) = (0, 0);
    for entry in &oracle {
        let Some(Value::String(path)) = entry.get("SourceFile") else { continue };
        let kind = entry.get("File:FileType").and_then(Value::as_str).unwrap_or_default();
        if !KINDS.contains(&kind) {
            continue;
        }
        files += 1;
        let described = describe(&std::fs::read(path)?);
        read += u32::from(described.is_some());
        let described = described.unwrap_or_default();
        let name = Path::new(path).file_name().map(|n| n.to_string_lossy().into_owned());
        for (key, value) in entry {
            let Some((group, field)) = key.split_once(':') else { continue };
            let expected = text(value);
            if expected.is_empty() {
                continue;
            }
            let filler =
                expected.chars().all(|c| matches!(c, '0' | ' ')) || expected.starts_with("(Binary");
            if NOT.contains(&group)
                || !MATTER.contains(&field)
                || filler && ["ProfileID", "Software", "Comment"].contains(&field)
            {
                continue;
            }
            let count = counts.entry(key.clone()).or_default();
            count.there += 1;
            let note = format!("{}: {expected}", name.clone().unwrap_or_default());
            match found(&described, group, field, &expected) {
                Some(true) => count.equal += 1,
                Some(false) => drop(count.other.insert(note)),
                None => drop(count.missing.insert(note)),
            }
        }
    }
    println!("{read} of {files} files are of a kind that is read.\n");
    println!("| field | ExifTool | equal | other value | missing |\n|---|---|---|---|---|");
    let (mut there, mut equal) = (0, 0);
    for (key, count) in &counts {
        there += count.there;
        equal += count.equal;
        let (other, missing) = (count.other.len(), count.missing.len());
        println!("| {key} | {} | {} | {other} | {missing} |", count.there, count.equal);
    }
    println!("| **all** | {there} | {equal} | | {} |", there - equal);
    if list {
        for (key, count) in &counts {
            let notes = |name: &str, set: &BTreeSet<String>| {
                for note in set {
                    println!("{name} {key} {note}");
                }
            };
            notes("OTHER", &count.other);
            notes("MISSING", &count.missing);
        }
    }
    Ok(())
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Whether a field is there, and equal in one of its occurrences.
fn found(described: &Description, group: &str, field: &str, expected: &str) -> Option<bool> {
    // ExifTool numbers the second of several blocks; here they bear the same name.
    let group = match group.strip_suffix(|c: char| c.is_ascii_digit()) {
        Some(block) if block.starts_with("ICC") || block.starts_with("IPTC") => block,
        _ => group,
    };
    let values: Vec<&str> = described
        .fields
        .iter()
        .filter(|f| f.group == group && f.name == field)
        .map(|f| f.value.as_str())
        .collect();
    let all = values.join(", ");
    let equal = |value: &str| same(value, expected);
    (!values.is_empty()).then(|| values.iter().any(|value| equal(value)) || equal(&all))
}

/// Equal as numbers, or as the characters that no encoding and no cut disputes.
fn same(here: &str, there: &str) -> bool {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    if let (Some(a), Some(b)) = (number(here), number(there)) {
        return a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    }
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_graphic() && *c != '?').collect()
    };
    let (here, there) = (plain(here), plain(there));
    here == there || (here.len() > 200 && there.starts_with(&here[..200]))
}
