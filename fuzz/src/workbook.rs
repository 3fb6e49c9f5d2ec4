//! Workbooks whose sheet is the input: a mutated archive would be found broken before its XML is.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const MODEL: &[u8] =
    include_bytes!("../../crates/faisceau-import/tests/fixtures/workbooks/operator.xlsx");

/// A workbook with this sheet and, after a zero byte, this table of texts.
pub fn around(data: &[u8]) -> Vec<u8> {
    let mut parts = data.splitn(2, |&byte| byte == 0);
    let sheet = parts.next().unwrap_or_default();
    let texts = parts.next().unwrap_or_default();
    let mut model = ZipArchive::new(Cursor::new(MODEL)).expect("a workbook");
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..model.len() {
        let part = model.by_index_raw(index).expect("a part");
        if part.name().expect("a name") != "xl/worksheets/sheet2.xml" {
            book.raw_copy_file(part).expect("a copy");
        }
    }
    for (name, text) in [("xl/worksheets/sheet2.xml", sheet), ("xl/sharedStrings.xml", texts)] {
        if !text.is_empty() {
            book.start_file(name, stored).expect("a part");
            book.write_all(text).expect("its text");
        }
    }
    book.finish().expect("a workbook").into_inner()
}

/// The sheets of a workbook.
pub fn sheets(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut book = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut sheets = Vec::new();
    for index in 0..book.len() {
        let mut part = book.by_index(index).expect("a part");
        if part.name().expect("a name").starts_with("xl/worksheets/sheet") {
            let mut text = Vec::new();
            part.read_to_end(&mut text).expect("its text");
            sheets.push(text);
        }
    }
    sheets
}
