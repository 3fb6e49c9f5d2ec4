//! Writes a made-up note and a made-up act in every format, and says how long a note of many rows
//! takes: `cargo run -p faisceau-report --example renderings -- FOLDER [POSTS]`.

#[path = "../tests/act/mod.rs"]
mod act;
#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, clippy::expect_used)]
mod sample;

use std::path::Path;
use std::time::Instant;

use faisceau_report::{Block, Document, docx, html, note, pdf, xlsx};

#[expect(clippy::disallowed_methods, reason = "an example writes where its user says")]
fn write(folder: &Path, stem: &str, document: &Document) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::write(folder.join(format!("{stem}.json")), document.to_json())?;
    std::fs::write(folder.join(format!("{stem}.pdf")), pdf(document)?)?;
    std::fs::write(folder.join(format!("{stem}.docx")), docx(document)?)?;
    std::fs::write(folder.join(format!("{stem}.html")), html(document))?;
    std::fs::write(folder.join(format!("{stem}.xlsx")), xlsx(document)?)?;
    Ok(())
}

/// Each table as many times as it takes to hold so many rows in all.
fn stretched(mut document: Document, rows: usize) -> Document {
    let tables = document.sections.iter_mut().flat_map(|s| &mut s.blocks);
    let mut left = rows;
    for block in tables {
        if let Block::Table(table) = block
            && !table.rows.is_empty()
            && left > 0
        {
            let more = left.min(2000);
            let rows = table.rows.clone();
            table.rows.extend(rows.into_iter().cycle().take(more));
            left -= more;
        }
    }
    document
}

#[expect(clippy::disallowed_methods, reason = "an example looks at the clock")]
#[expect(clippy::print_stdout, reason = "an example says what it measured")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("usage: renderings FOLDER [ROWS]")?;
    let folder = Path::new(&folder);
    let sample = sample::sample();
    let small = note(&sample.input());
    write(folder, "note", &small)?;
    write(folder, "assignation", &act::act("corbeau_44"))?;
    let Some(rows) = arguments.next() else { return Ok(()) };
    let rows: usize = rows.to_string_lossy().parse()?;
    let large = stretched(small, rows);
    let start = Instant::now();
    let size = docx(&large)?.len();
    println!("docx {rows} rows: {:?}, {size} bytes", start.elapsed());
    let start = Instant::now();
    let size = html(&large).len();
    println!("html {rows} rows: {:?}, {size} bytes", start.elapsed());
    let start = Instant::now();
    let size = xlsx(&large)?.len();
    println!("xlsx {rows} rows: {:?}, {size} bytes", start.elapsed());
    Ok(())
}
