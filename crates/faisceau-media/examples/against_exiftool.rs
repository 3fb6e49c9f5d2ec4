//! Compares what is read here with what `ExifTool` reads, field by field: makes docs/images.md.
//!
//!     cargo run --release -p faisceau-media --example against_exiftool -- SENTENCE FOLDER…
//!
//! `SENTENCE` says which sets the folders hold, with commit and licence; `--list` instead of it names
//! each file whose value differs.

use std::collections::BTreeMap;
use std::process::Command;

use faisceau_media::describe;
use serde_json::Value;

#[path = "../tests/oracle/mod.rs"]
mod oracle;

/// What is compared: `File:FileType` of `ExifTool`.
const KINDS: [&str; 7] = ["JPEG", "HEIC", "HEIF", "AVIF", "PNG", "WEBP", "TIFF"];

#[derive(Default)]
struct Count {
    there: u32,
    equal: u32,
    /// Files with another value, or none.
    apart: Vec<String>,
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for the documentation")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let sentence = arguments.next().ok_or("the sentence that names the sets is missing")?;
    let mut command = Command::new("exiftool");
    let output = command.args(["-j", "-G1", "-n", "-q", "-r"]).args(arguments).output()?;
    let all: Vec<BTreeMap<String, Value>> =
        serde_json::from_str(&String::from_utf8_lossy(&output.stdout))?;
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let (mut files, mut read) = (0, 0);
    for entry in &all {
        let Some(Value::String(path)) = entry.get("SourceFile") else { continue };
        let kind = entry.get("File:FileType").and_then(Value::as_str).unwrap_or_default();
        if !KINDS.contains(&kind) {
            continue;
        }
        files += 1;
        let described = describe(&std::fs::read(path)?);
        read += u32::from(described.is_some());
        let described = described.unwrap_or_default();
        for (key, value) in entry {
            let Some((group, field)) = key.split_once(':') else { continue };
            let expected = oracle::text(value);
            if !oracle::matters(group, field, &expected) {
                continue;
            }
            let count = counts.entry(key.clone()).or_default();
            count.there += 1;
            match oracle::found(&described, group, field, &expected) {
                Some(true) => count.equal += 1,
                _ => count.apart.push(format!("{path}: {expected}")),
            }
        }
    }
    if sentence == "--list" {
        for (key, count) in &counts {
            count.apart.iter().for_each(|file| println!("{key} {file}"));
        }
        return Ok(());
    }
    println!("{}\n\n{sentence}\n", include_str!("against_exiftool/head.md").trim_end());
    let (there, equal) =
        counts.values().fold((0, 0), |(there, equal), c| (there + c.there, equal + c.equal));
    println!(
        "{files} files that ExifTool calls JPEG, HEIC, AVIF, PNG, WebP or TIFF, {read} of them read \
         here. Of {there} values {equal} are equal, {} are not.\n",
        there - equal
    );
    println!(
        "## What is not equal, and why\n\n| field | of | not equal | why |\n|---|--:|--:|---|"
    );
    for (key, count) in counts.iter().filter(|(_, count)| count.equal < count.there) {
        let why = oracle::reason(key).unwrap_or("**unexplained**");
        println!("| {key} | {} | {} | {why} |", count.there, count.there - count.equal);
    }
    println!("\n## All equal\n\n| field | values |\n|---|--:|");
    for (key, count) in counts.iter().filter(|(_, count)| count.equal == count.there) {
        println!("| {key} | {} |", count.there);
    }
    Ok(())
}
