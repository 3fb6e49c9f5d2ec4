//! `faisceau address`.

use faisceau_case::{AddressAnswer, ask_address, asked};
use faisceau_model::{Absent, Maybe, inert};
use serde_json::json;

use crate::arguments::{AddressArguments, Arguments};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn address(
    arguments: &Arguments,
    wanted: &AddressArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let case = super::open_if_there(arguments)?;
    let at = Maybe::or_absent(wanted.at, Absent::NotRecorded);
    let answers = ask_address(case.as_ref(), &asked(wanted.ip, wanted.port, at))?;
    if printer.json() {
        let at = wanted.at.map(|at| at.to_string());
        printer.value(&json!({
            "ip": wanted.ip, "port": wanted.port, "at": at, "answers": answers,
        }))?;
        return Ok(Exit::Done);
    }
    let port = wanted.port.map_or("no port".to_owned(), |port| format!("port {port}"));
    let when =
        wanted.at.map_or("no instant: the newest data answer".to_owned(), |at| at.to_string());
    printer.line(format!("{}, {port}, {when}", wanted.ip));
    for answer in &answers {
        printer.line(line(answer));
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

fn word(listing: &str) -> &str {
    match listing {
        "listed" => "yes",
        "not_listed" => "no",
        _ => "no data",
    }
}
