//! `faisceau address`.

use faisceau_case::{AddressAnswer, Asked, ExoneratorView, ask_address};
use faisceau_model::{Absent, Maybe, inert};
use serde_json::json;

use crate::arguments::{AddressArguments, Arguments};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// Relays and neighbours that are shown.
const SHOWN: usize = 6;

pub(super) fn address(
    arguments: &Arguments,
    wanted: &AddressArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let case = super::open_if_there(arguments)?;
    let at = Maybe::or_absent(wanted.at, Absent::NotRecorded);
    let report = ask_address(case.as_ref(), &Asked { ip: wanted.ip, port: wanted.port, at })?;
    if printer.json() {
        let at = wanted.at.map(|at| at.to_string());
        printer.value(&json!({
            "ip": wanted.ip, "port": wanted.port, "at": at, "answers": report.answers,
            "exonerator": report.exonerator,
        }))?;
        return Ok(Exit::Done);
    }
    let port = wanted.port.map_or("no port".to_owned(), |port| format!("port {port}"));
    let when =
        wanted.at.map_or("no instant: the newest data answer".to_owned(), |at| at.to_string());
    printer.line(format!("{}, {port}, {when}", wanted.ip));
    for answer in &report.answers {
        printer.line(line(answer));
    }
    if let Some(view) = &report.exonerator {
        printer.line(exonerator(view));
    }
    printer.talk("no list is proof: it says what was recorded, on which day, by whom");
    Ok(Exit::Done)
}

fn line(answer: &AddressAnswer) -> String {
    let said = match (&answer.value, answer.listing) {
        (Some(value), "listed") => inert(value).into_owned(),
        (Some(value), listing) => format!("{} ({})", word(listing), inert(value)),
        (None, listing) => word(listing).to_owned(),
    };
    let age = match answer.days {
        Some(0) => ", that day".to_owned(),
        Some(days) => format!(", {days} days apart"),
        None => String::new(),
    };
    let mut notes: Vec<&str> = answer.heuristic.then_some("rule of thumb").into_iter().collect();
    notes.extend(&answer.notes);
    let notes = if notes.is_empty() { String::new() } else { format!("  [{}]", notes.join(", ")) };
    format!("    {:<14} {said}  <- {}{age}{notes}", answer.question, inert(&answer.source))
}

/// The answer by the day, as that service gives it.
fn exonerator(view: &ExoneratorView) -> String {
    let shown = |texts: Vec<String>| match texts.len() {
        0 => String::new(),
        many if many > SHOWN => {
            format!(": {} and {} more", texts[..SHOWN].join("; "), many - SHOWN)
        }
        _ => format!(": {}", texts.join("; ")),
    };
    let (said, texts) = match view.result {
        "positive" => ("a relay", view.relays.iter().map(|r| inert(r).into_owned()).collect()),
        "negative" if view.neighbours.is_empty() => ("no relay", Vec::new()),
        "negative" => {
            let near = view.neighbours.iter().map(ToString::to_string).collect();
            ("no relay, but in the same network", near)
        }
        _ => ("no data", Vec::new()),
    };
    format!("    by ExoneraTor's rules, {} and a day either way: {said}{}", view.day, shown(texts))
}

fn word(listing: &str) -> &str {
    match listing {
        "listed" => "yes",
        "not_listed" => "no",
        _ => "no data",
    }
}
