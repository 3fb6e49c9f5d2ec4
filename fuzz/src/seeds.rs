//! Fills `corpus/FORMAT` for each format, `any` and each target of its own, and lists them for the
//! script.
//!
//! Seeds are the sample of a format, the other files of its folder that are told to be of it, and
//! what stands in `seeds/FORMAT`.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use faisceau_fuzz::{case, web_seeds, workbook};
use faisceau_import::{Source, formats, import};
use faisceau_model::{Collected, ExhibitNo};
use faisceau_tor::{Authorities, Limits, TorIndexBuilder};

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
    tor(here);
    println!("tor");
    datasets(here);
    println!("dataset");
    for (target, name, bytes) in web_seeds::all(&here.join("../crates")) {
        keep(here, target, Path::new(&name), "", &bytes);
    }
    for target in ["warc", "wacz", "http-message", "time-stamp"] {
        println!("{target}");
    }
}

/// Databases, sound and bad, a table and two lists.
fn datasets(here: &Path) {
    let folder = here.join("../crates/faisceau-datasets/tests/fixtures/mmdb");
    let databases = [folder.clone(), folder.join("bad")].into_iter().flat_map(|f| files(&f));
    for path in databases.filter(|path| path.extension().is_some_and(|e| e == "mmdb")) {
        keep(here, "dataset", &path, "", &fs::read(&path).expect("a seed"));
    }
    let texts: [(&str, &[u8]); 4] = [
        ("table", b"192.0.2.0,192.0.2.255,64500,Example\n2001:db8::,2001:db8::ff,64501,\"A, b\"\n"),
        ("prefixes", b"# ranges\n192.0.2.0/24\n2001:db8::/32\n198.51.100.7\n"),
        ("systems", b"AS64500 # Example\nAS64501\n"),
        ("feed", b"192.0.2.0/24,FR,FR-IDF,Paris,\n2001:db8::/32,BE,,,\n"),
    ];
    for (name, bytes) in texts {
        keep(here, "dataset", Path::new(name), "", bytes);
    }
}

/// The documents of the Tor network that are short enough, an archive of them, and their index.
fn tor(here: &Path) {
    let folder = here.join("../crates/faisceau-tor/tests/fixtures");
    let mut builder =
        TorIndexBuilder::new(Authorities::bundled().expect("authorities"), Limits::default());
    let mut archive = tar::Builder::new(Vec::new());
    for path in files(&folder) {
        // A seed is no longer than the inputs of the script.
        let bytes: Vec<u8> = fs::read(&path).expect("a seed").into_iter().take(15_000).collect();
        if bytes.starts_with(b"\xfd7zXZ") {
            continue;
        }
        keep(here, "tor", &path, "", &bytes);
        let _ = builder.add("seed", &bytes[..]).expect("a document");
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        let name = path.file_name().expect("a name");
        archive.append_data(&mut header, name, &bytes[..]).expect("a member");
    }
    let archive = archive.into_inner().expect("an archive");
    let mut packed = Vec::new();
    liblzma::read::XzEncoder::new(&archive[..], 6).read_to_end(&mut packed).expect("xz");
    keep(here, "tor", Path::new("month.tar"), "", &archive);
    keep(here, "tor", Path::new("month.tar.xz"), "", &packed);
    keep(here, "tor", Path::new("index"), "", &builder.finish().to_bytes());
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
