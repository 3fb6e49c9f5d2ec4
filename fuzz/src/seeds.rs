//! Fills `corpus/FORMAT` for each format, and for `any`, and lists them for the script.
//!
//! Seeds are the sample of a format, the other files of its folder that are told to be of it, and
//! what stands in `seeds/FORMAT`.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use faisceau_fuzz::{case, workbook};
use faisceau_import::{Source, formats, import};
use faisceau_model::{Collected, ExhibitNo};

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parsers = here.join("../crates/faisceau-import");
    for format in formats() {
        let sample = parsers.join(format.sample);
        let folder = sample.parent().expect("a folder");
        let told = |path: &PathBuf| *path == sample || told(path).as_deref() == Some(format.name);
        let own = files(&here.join("seeds").join(format.name));
        for path in files(folder).into_iter().filter(told).chain(own) {
            let bytes = fs::read(&path).expect("a seed");
            if format.name == "workbook" {
                for (sheet, number) in workbook::sheets(&bytes).iter().zip(1..) {
                    keep(here, format.name, &path, &format!("-{number}"), sheet);
                }
            }
            keep(here, format.name, &path, "", &bytes);
            keep(here, "any", &path, "", &bytes);
        }
        println!("{}", format.name);
    }
    println!("any");
    let mails = here.join("../crates/faisceau-enrich/tests/fixtures/mail");
    for path in [&mails, &mails.join("arc-sign"), &here.join("seeds/mail-judge")]
        .into_iter()
        .flat_map(|f| files(f))
    {
        keep(here, "mail-judge", &path, "", &fs::read(&path).expect("a seed"));
    }
    println!("mail-judge");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// The format that a file is told to be of.
fn told(path: &Path) -> Option<String> {
    let bytes = fs::read(path).expect("a file");
    let open =
        || -> std::io::Result<Box<dyn Read + Send>> { Ok(Box::new(Cursor::new(bytes.clone()))) };
    let exhibit = ExhibitNo::top(1);
    let source = Source { exhibit, name: "seed", len: bytes.len() as u64, open: &open };
    let imported = import(&source, &case::settings(exhibit), &mut Collected::default());
    imported.name().map(str::to_owned)
}

#[expect(clippy::disallowed_methods, reason = "a seed that is cut short is a seed")]
fn keep(here: &Path, format: &str, from: &Path, suffix: &str, bytes: &[u8]) {
    let folder = here.join("corpus").join(format);
    fs::create_dir_all(&folder).expect("a folder");
    let name = from.file_name().expect("a name").to_string_lossy();
    fs::write(folder.join(format!("{name}{suffix}")), bytes).expect("a seed");
}
