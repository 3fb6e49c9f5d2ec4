//! A folder of photographs, read whole, beside the peers on the same folder in the same run.
//!
//!     FAISCEAU_BENCH_IMAGES=FOLDER cargo bench -p faisceau-media --bench folder
//!
//! Without the variable the folder of the tests is read. `ExifTool` and `exiv2` run once over all
//! files, in one process each; where one is missing its line is too. kamadak-exif reads EXIF alone.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a benchmark runs its peers and reads its settings"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// The files of the folder and of those below it.
fn files() -> Vec<PathBuf> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exif");
    let folder = std::env::var("FAISCEAU_BENCH_IMAGES").unwrap_or_else(|_| own.to_owned());
    let (mut folders, mut files) = (vec![PathBuf::from(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if faisceau_media::kind(&fs::read(&path).expect("a file")).is_some() {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[divan::bench(sample_count = 10)]
fn faisceau(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.counter(ItemsCount::new(files.len())).bench(|| {
        let fields = |path: &PathBuf| {
            let described = faisceau_media::describe(&fs::read(path).expect("a file"));
            described.map_or(0, |described| described.fields.len())
        };
        files.iter().map(fields).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10)]
fn kamadak_exif(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.counter(ItemsCount::new(files.len())).bench(|| {
        let fields = |path: &PathBuf| {
            let bytes = fs::read(path).expect("a file");
            let read = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes));
            read.map_or(0, |exif| exif.fields().len())
        };
        files.iter().map(fields).sum::<usize>()
    });
}

#[divan::bench(sample_count = 3)]
fn exiftool(bencher: Bencher<'_, '_>) {
    peer(bencher, "exiftool", &["-ver"], &["-j", "-G1", "-n", "-q"]);
}

#[divan::bench(sample_count = 3)]
fn exiv2(bencher: Bencher<'_, '_>) {
    peer(bencher, "exiv2", &["--version"], &["-q", "-pa"]);
}

fn peer(bencher: Bencher<'_, '_>, program: &str, version: &[&str], arguments: &[&str]) {
    let quiet =
        |command: &mut Command| command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    if quiet(Command::new(program).args(version)).is_err() {
        return;
    }
    let files = files();
    bencher
        .counter(ItemsCount::new(files.len()))
        .bench(|| quiet(Command::new(program).args(arguments).args(&files)).expect("the peer"));
}
