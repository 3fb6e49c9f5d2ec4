//! `faisceau archive`: what a web archive (WACZ, WARC) is, and whether its seal holds. Offline.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use faisceau_archive::wacz::{
    FileState, Limits, Report, Seal, SealKind, Trust, WaczError, stamp_check, verify,
};
use faisceau_archive::warc::{self, Checked, Item, Reader};
use faisceau_model::inert;
use faisceau_timestamp::Roots;
use serde_json::{Value, json};

use super::web::certificate_file;
use crate::arguments::ArchiveArguments;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// Flaws that are named one by one.
const NAMED: usize = 20;

/// What became of a file, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Right,
    /// It is as it was packed; whom to believe is open.
    Intact,
    Altered,
}

pub(super) fn archive(wanted: &ArchiveArguments, printer: &Printer) -> Result<Exit, Failure> {
    let mut roots = Vec::new();
    let mut authorities = Roots::default();
    for path in &wanted.roots {
        let bytes = certificate_file(path)?;
        let wrong =
            |why: String| Failure::new(Exit::WrongUse, format!("`{}`: {why}", path.display()));
        roots.extend(
            faisceau_timestamp::certificates(&bytes).map_err(|error| wrong(error.to_string()))?,
        );
        authorities.extend(Roots::from_pem(&bytes).map_err(|error| wrong(error.to_string()))?);
    }
    let stamps = stamp_check(&authorities);
    let trust = Trust { roots: &roots, stamp: Some(&*stamps) };
    let (mut all, mut state) = (Vec::new(), State::Right);
    for path in &wanted.paths {
        let failed =
            |why: String| Failure::new(Exit::WrongUse, format!("`{}`: {why}", path.display()));
        let mut file = File::open(path).map_err(|error| failed(error.to_string()))?;
        let mut head = [0; 4];
        let read = file.read(&mut head).map_err(|error| failed(error.to_string()))?;
        file.rewind().map_err(|error| failed(error.to_string()))?;
        let (found, of_file) = if head[..read].starts_with(b"PK") {
            let report = verify(file, &trust, &Limits::default())
                .map_err(|error: WaczError| failed(error.to_string()))?;
            package(path, &report, printer)
        } else {
            records(path, file, printer).map_err(|error| failed(error.to_string()))?
        };
        state = state.max(of_file);
        all.push(found);
    }
    if printer.json() {
        printer.value(&all)?;
    }
    Ok(match state {
        State::Right => Exit::Done,
        State::Intact => Exit::DoneWithRejects,
        State::Altered => Exit::IntegrityBroken,
    })
}

fn package(path: &Path, report: &Report, printer: &Printer) -> (Value, State) {
    let wrong = report.files.iter().filter(|file| file.state != FileState::Right);
    let wrong: Vec<String> =
        wrong.map(|file| format!("{}: {}", inert(&file.path), words(&file.state))).collect();
    let seal_flaws: Vec<String> =
        report.seal.iter().flat_map(|seal| &seal.flaws).map(ToString::to_string).collect();
    let flaws: Vec<String> = report.flaws.iter().map(ToString::to_string).collect();
    let index: Vec<String> = report.index.flaws.iter().map(ToString::to_string).collect();
    if !printer.json() {
        printer.line(format!(
            "{}: package of {} files, {} pages, made {} by {}",
            path.display(),
            report.files.len(),
            report.pages.len(),
            inert(report.created.as_deref().unwrap_or("at a time that it does not state")),
            inert(report.software.as_deref().unwrap_or("a program that it does not name")),
        ));
        printer.line(format!("  seal: {}", inert(&seal(report.seal.as_ref()))));
        for flaw in [&flaws, &wrong, &seal_flaws, &index].into_iter().flatten().take(NAMED) {
            printer.line(format!("  wrong: {}", inert(flaw)));
        }
        printer.line(format!(
            "  {} of {} lines of the index lead to their record: {}",
            report.index.right,
            report.index.lines,
            match (report.is_right(), report.is_intact()) {
                (true, _) => "all is as it was packed",
                (false, true) => "all is as it was packed; who sealed it is not shown (--root)",
                (false, false) => "IT IS NOT AS IT WAS PACKED",
            }
        ));
    }
    let value = json!({
        "path": path.display().to_string(),
        "kind": "wacz",
        "right": report.is_right(),
        "intact": report.is_intact(),
        "created": report.created,
        "software": report.software,
        "files": report.files.len(),
        "files_wrong": wrong,
        "flaws": flaws,
        "index_lines": report.index.lines,
        "index_wrong": report.index.wrong,
        "pages": report.pages.iter().map(|page| &page.url).collect::<Vec<_>>(),
        "seal": seal(report.seal.as_ref()),
        "seal_flaws": seal_flaws,
    });
    let state = match (report.is_right(), report.is_intact()) {
        (true, _) => State::Right,
        (false, true) => State::Intact,
        (false, false) => State::Altered,
    };
    (value, state)
}

/// What became of a file of a package.
fn words(state: &FileState) -> String {
    match state {
        FileState::Right => "as listed".to_owned(),
        FileState::Wrong => "other bytes than listed".to_owned(),
        FileState::Missing => "listed and not there".to_owned(),
        FileState::Unlisted => "there and not listed".to_owned(),
        FileState::NoDigest => "listed without a SHA-256".to_owned(),
        FileState::Unread(why) => format!("cannot be read: {why}"),
    }
}

/// Who sealed, in words.
fn seal(seal: Option<&Seal>) -> String {
    let Some(seal) = seal else { return "none".to_owned() };
    let who = match &seal.kind {
        SealKind::Digest => "a digest that whoever changes the package can change too".to_owned(),
        SealKind::Anonymous { key_sha256 } => {
            format!("the key {key_sha256}; whose it is, somebody has to say")
        }
        SealKind::Domain { domain, root_sha256, stamp, .. } => format!(
            "whoever holds {domain}, certified {}; {}",
            root_sha256.as_ref().map_or_else(
                || "by nobody who is trusted".to_owned(),
                |root| format!("under the root {root}")
            ),
            stamp.as_ref().map_or_else(
                || "no time stamp that holds".to_owned(),
                |stamp| format!("dated {} by {}", stamp.at, stamp.authority)
            ),
        ),
    };
    let holds = match (seal.holds(), seal.is_intact()) {
        (true, _) => "holds",
        (false, true) => "not shown to hold",
        (false, false) => "DOES NOT HOLD",
    };
    format!("{who}: {holds}")
}

fn records(path: &Path, file: File, printer: &Printer) -> std::io::Result<(Value, State)> {
    let mut reader = Reader::new(file, warc::Limits::default())?;
    let (mut count, mut digests, mut wrong) = (0_u64, 0_u64, Vec::new());
    while let Some(item) = reader.next_item()? {
        match item {
            Item::Record(record) => {
                count += 1;
                for digest in [&record.block_digest, &record.payload_digest] {
                    match digest {
                        Checked::Right | Checked::RightDecoded => digests += 1,
                        Checked::Wrong => wrong.push(format!(
                            "byte {}: a digest is that of other bytes ({})",
                            record.place.at,
                            record.target().unwrap_or("-")
                        )),
                        Checked::Absent | Checked::Elsewhere | Checked::Unknown(_) => {}
                    }
                }
                let at = record.place.at;
                wrong.extend(record.flaws.iter().map(|flaw| format!("byte {at}: {flaw}")));
            }
            Item::Broken(broken) => wrong.push(broken.to_string()),
        }
    }
    if !printer.json() {
        printer.line(format!(
            "{}: {count} records, {digests} digests right, {} wrong",
            path.display(),
            wrong.len()
        ));
        for flaw in wrong.iter().take(NAMED) {
            printer.line(format!("  wrong: {}", inert(flaw)));
        }
    }
    let right = wrong.is_empty() && count > 0;
    let value = json!({
        "path": path.display().to_string(), "kind": "warc", "right": right,
        "records": count, "digests_right": digests, "wrong": wrong,
    });
    Ok((value, if right { State::Right } else { State::Altered }))
}
