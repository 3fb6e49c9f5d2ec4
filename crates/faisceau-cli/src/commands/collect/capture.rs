//! Pages as a browser of this machine shows them.

use std::io;
use std::sync::Arc;

use faisceau_archive::warc;
use faisceau_collect::browser::{Capture, Dialled, Found, Settings, capture, find};
use faisceau_collect::dial::Dialer;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use url::Url;

use crate::arguments::PageArguments;
use crate::clock;
use crate::commands::web;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// What a browser made of one page.
pub(super) struct Shown {
    pub(super) url: Url,
    pub(super) capture: Result<Capture, String>,
}

/// The browser, before anything is asked.
pub(super) fn browser(wanted: &PageArguments) -> Result<Option<Found>, Failure> {
    if !wanted.capture {
        return Ok(None);
    }
    let found = find(wanted.browser.as_deref());
    found.map(Some).map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))
}

/// Shows each page in the browser.
pub(super) fn show(
    wanted: &PageArguments,
    found: &Found,
    now: Timestamp,
    printer: &Printer,
) -> Vec<Shown> {
    let dialer = web::dialer(&wanted.web);
    let settings = Settings {
        viewport: wanted.viewport,
        language: wanted.language.clone(),
        time_zone: wanted.time_zone.clone(),
        via: dialer.via.as_ref().map_or_else(|| "direct".to_owned(), ToString::to_string),
        ..Settings::default()
    };
    let ticking = || clock::now().unwrap_or(now);
    let mut bar = Bar::new(printer.quiet());
    let mut shown = Vec::new();
    for (url, number) in wanted.urls.iter().zip(1..) {
        let dialer = dialer.clone();
        let dial = Arc::new(move |host: &str, port: u16| dialled(&dialer, host, port));
        let total = wanted.urls.len() as u64;
        let mut step = |step| {
            let what = format!("{step:?} {url}");
            bar.show(&faisceau_case::Step { stage: "show", what: &what, done: number, total });
        };
        let capture = capture(url, found, &settings, dial, &ticking, &mut step);
        let capture = capture.map_err(|error| error.to_string());
        shown.push(Shown { url: url.clone(), capture });
    }
    shown
}

/// A connection of the browser. Through a proxy it leads to the proxy.
fn dialled(dialer: &Dialer, host: &str, port: u16) -> io::Result<Dialled> {
    let dialled = dialer.dial(host, port).map_err(|error| io::Error::other(error.to_string()))?;
    let remote = dialled.remote.map_or_else(|| dialled.stream.peer_addr(), Ok)?;
    Ok(Dialled { stream: dialled.stream, remote })
}

/// The bodies that the browser was given, as records of the archive.
pub(super) fn resources(shown: &[Shown]) -> Vec<u8> {
    let captures = shown.iter().filter_map(|page| page.capture.as_ref().ok());
    let resources = captures.flat_map(|capture| &capture.resources);
    resources
        .flat_map(|resource| {
            let body = resource.body.clone();
            warc::resource(&resource.url, resource.at, &resource.mime, body, None).member()
        })
        .collect()
}

/// Picture, print, document and record of each page: the endings of their names, and their bytes.
pub(super) fn files(shown: &[Shown]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (page, number) in shown.iter().zip(1..) {
        let Ok(capture) = &page.capture else { continue };
        let stem = if shown.len() == 1 { String::new() } else { format!("-{number}") };
        let record = json!({
            "faisceau": "capture/1",
            "capture": capture.record,
            "connections": capture.connections,
        });
        let record = serde_json::to_vec_pretty(&record).unwrap_or_default();
        files.push((format!("{stem}.capture.json"), record));
        // A page of the browser that says what failed is no picture of the page.
        let url = capture.record.final_url.as_deref().unwrap_or_default();
        if url.starts_with("chrome-error:") {
            continue;
        }
        for (tile, png) in capture.png.iter().enumerate() {
            let tile =
                if capture.png.len() == 1 { String::new() } else { format!("-{}", tile + 1) };
            files.push((format!("{stem}{tile}.png"), png.clone()));
        }
        files.extend(capture.pdf.as_ref().map(|pdf| (format!("{stem}.pdf"), pdf.clone())));
        let dom = capture.dom.as_ref().map(|dom| dom.clone().into_bytes());
        files.extend(dom.map(|dom| (format!("{stem}.dom.html"), dom)));
    }
    files
}

/// What the journal says of them.
pub(super) fn told(shown: &[Shown]) -> Map<String, Value> {
    let captures: Vec<&Capture> =
        shown.iter().filter_map(|page| page.capture.as_ref().ok()).collect();
    let Some(first) = captures.first() else { return Map::new() };
    let incomplete: usize = captures.iter().map(|capture| capture.record.incomplete.len()).sum();
    let connections: usize = captures.iter().map(|capture| capture.connections.len()).sum();
    Map::from_iter([
        ("browser".to_owned(), Value::from(first.record.browser.product.clone())),
        ("capture_connections".to_owned(), Value::from(connections)),
        ("capture_incomplete".to_owned(), Value::from(incomplete)),
        ("captures".to_owned(), Value::from(captures.len())),
    ])
}
