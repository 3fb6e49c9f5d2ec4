//! What independent readers find in the PDF: poppler's pdftotext, and every string of every object
//! with pikepdf (texts, bookmarks, tags, alternative texts, metadata). Every part of the DOCX, the
//! XLSX and the HTML, its markup taken away.

use std::io::Read as _;
use std::process::Command;

use super::*;

/// Prints every string of a PDF and its decompressed streams.
const STRINGS: &str = r#"
import sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
out = []
def walk(value, depth=0):
    if depth > 60: return
    if isinstance(value, pikepdf.Stream):
        try: out.append(value.read_bytes().decode("latin-1"))
        except Exception: pass
        for k, v in value.items(): walk(v, depth + 1) if not getattr(v, "is_indirect", False) else None
    elif isinstance(value, pikepdf.Dictionary):
        for k, v in value.items(): walk(v, depth + 1) if not getattr(v, "is_indirect", False) else None
    elif isinstance(value, pikepdf.Array):
        for v in value: walk(v, depth + 1) if not getattr(v, "is_indirect", False) else None
    elif isinstance(value, pikepdf.String): out.append(str(value))
for o in pdf.objects: walk(o)
with pdf.open_metadata() as meta: out.append(str(meta))
with pdf.open_outline() as outline:
    def items(root):
        for item in root: out.append(item.title); items(item.children)
    items(outline.root)
print(len(out)); sys.stdout.write("\n".join(out))
"#;

#[expect(clippy::disallowed_methods, reason = "a test is told which Python reads PDF")]
fn python() -> Option<String> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import pikepdf"]).output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs pikepdf");
    eprintln!("SKIPPED: needs a Python with pikepdf (FAISCEAU_PYTHON)");
    None
}

#[expect(clippy::disallowed_methods, reason = "a test starts the readers and writes their input")]
fn read(python: &str, pdf: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("faisceau-filed-{}.pdf", std::process::id()));
    std::fs::write(&path, pdf).expect("a file");
    let strings = Command::new(python).args(["-c", STRINGS]).arg(&path).output().expect("Python");
    assert!(strings.status.success(), "{}", String::from_utf8_lossy(&strings.stderr));
    let text = Command::new("pdftotext").arg(&path).arg("-").output().expect("pdftotext");
    assert!(text.status.success());
    std::fs::remove_file(&path).expect("its file");
    let words: Vec<u8> = [text.stdout, strings.stdout].concat();
    String::from_utf8_lossy(&words).into_owned()
}

#[test]
fn no_object_of_the_pdf_keeps_a_name() {
    let Some(python) = python() else { return };
    let names = ["jeanne_tiers", "Zélie Combaz"];
    let mut sample = with(&[(names[0], names[1])]);
    everywhere(&mut sample, "jeanne_tiers Zélie Combaz");
    let open = read(&python, &crate::pdf(&crate::note(&sample.input())).expect("a PDF"));
    let (document, _) = filed(&sample, &RedactSettings::default());
    let closed = read(&python, &crate::pdf(&document).expect("a PDF"));
    // The readers see the names where they stand: in the text, in the title.
    assert!(says(&open, names[0]) && says(&open, names[1]));
    for gone in ["jeanne", "combaz", "770000000000", "1400000000003", "48,85", "2,352"] {
        assert!(!flat(&closed).contains(&flat(gone)), "{gone}");
    }
    assert!(closed.contains("[Tiers"));
}

/// Every part of a file with its name, as it stands and without tags.
fn parts(format: crate::Rendering, bytes: Vec<u8>) -> String {
    let mut out = String::new();
    let mut take = |text: &str| {
        let mut inside = false;
        let plain = text.chars().filter(|c| {
            inside = (inside || *c == '<') && *c != '>';
            !inside && *c != '>'
        });
        out.extend(plain);
        out.push('\n');
        out.push_str(text);
        out.push('\n');
    };
    if format == crate::Rendering::Html {
        take(&String::from_utf8(bytes).expect("UTF-8"));
        return out;
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        take(&name);
        take(&String::from_utf8_lossy(&bytes));
    }
    out
}

#[test]
fn no_part_of_other_formats_keeps_a_name() {
    let names = ["jeanne_tiers", "Zélie Combaz"];
    let mut sample = with(&[(names[0], names[1])]);
    everywhere(&mut sample, "jeanne_tiers Zélie Combaz");
    let open = crate::note(&sample.input());
    let (filed, _) = filed(&sample, &RedactSettings::default());
    for format in [crate::Rendering::Docx, crate::Rendering::Html, crate::Rendering::Xlsx] {
        let of = |document| parts(format, format.bytes(document).expect("a file"));
        let (open, closed) = (of(&open), of(&filed));
        assert!(says(&open, names[0]) && says(&open, names[1]), "{format:?}");
        for gone in ["jeanne", "combaz", "770000000000", "1400000000003", "48,85", "2,352"] {
            assert!(!flat(&closed).contains(&flat(gone)), "{format:?}: {gone}");
        }
        assert!(closed.contains("[Tiers"), "{format:?}");
    }
}
