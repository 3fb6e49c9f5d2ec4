//! The world as files, each in the layout that its real producer writes.

mod answer;
mod case;
mod forum;
mod fourcat;
mod mail;
mod packed;
mod telegram;
mod weblog;
mod x_archive;

pub(crate) use answer::answer;
pub(crate) use case::case_toml;
pub(crate) use forum::forum;
pub(crate) use fourcat::fourcat;
pub(crate) use mail::mails;
pub(crate) use packed::pack;
pub(crate) use telegram::telegram;
pub(crate) use weblog::{BROKEN, weblog};
pub(crate) use x_archive::x_archive;

/// Writes records as CSV, by RFC 4180 but for the line ends.
fn csv(records: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::new();
    for record in records {
        let cells: Vec<String> = record.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out.into_bytes()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
