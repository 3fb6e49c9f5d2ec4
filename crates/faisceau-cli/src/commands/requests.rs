//! `faisceau requests` and `faisceau answer`.

use faisceau_model::rows::Request;
use std::fmt::Write as _;

use faisceau_model::{ExhibitNo, Moment, inert};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn requests(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    let case = super::open_told(arguments, printer)?;
    let (rows, plan) = (case.requests()?, case.plan()?);
    if printer.json() {
        printer.value(&rows.iter().map(value).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let (nowhere, asked): (Vec<&Request>, Vec<&Request>) =
        rows.iter().partition(|row| row.leads_nowhere());
    for row in &asked {
        printer.line(line(row));
    }
    if !nowhere.is_empty() {
        printer.line("\nnothing is asked about these; the reason stands behind:");
    }
    for row in &nowhere {
        printer.line(line(row));
    }
    printer.line(format!("\n{}", plan.to_text()));
    printer.talk(format!(
        "{} requests; an answer is tied with `faisceau add --answers req:N PATH`, or with \
         `faisceau answer EXHIBIT req:N`",
        rows.len()
    ));
    Ok(Exit::Done)
}

pub(super) fn answer(
    arguments: &Arguments,
    exhibit: ExhibitNo,
    request: &str,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let key = case.tie_answer(exhibit, request, &who, clock::now()?)?;
    printer.talk(format!("exhibit {exhibit} answers: {key}\nnext: faisceau run"));
    Ok(Exit::Done)
}

fn line(row: &Request) -> String {
    let last = row.last_day.known().map_or("no known last day", String::as_str);
    let mut text = format!("{:<8} {last}  {}", row.id.as_str(), inert(&row.key));
    if row.hop == 2 {
        let access = row.access.known().map_or("unknown", |access| access.as_str());
        // Writing to a `String` cannot fail.
        let _ = write!(text, "  ({access}: {})", row.expected);
    }
    if !row.missing.is_empty() {
        let _ = write!(text, "  lacks: {}", row.missing.join(", "));
    }
    if row.minimal {
        text.push_str("  [minimal plan]");
    }
    if !row.answered_by.is_empty() {
        let _ = write!(text, "  answered by exhibit {}", row.answered_by.join(", "));
    }
    text
}

/// Local time in Paris with its offset, for the operator's own records.
fn paris(at: Moment) -> Option<String> {
    Some(at.display_in(&TimeZone::get("Europe/Paris").ok()?))
}

fn value(row: &Request) -> Value {
    json!({
        "id": row.id.as_str(),
        "key": row.key,
        "hop": row.hop,
        "addressee": row.addressee,
        "head": row.head.as_str(),
        "account": row.account.known().map(ToString::to_string),
        "ip": row.ip.known(),
        "port": row.port.known(),
        "at": row.at.known().map(ToString::to_string),
        "at_paris": row.at.known().and_then(|at| paris(*at)),
        "at_precision": row.at.known().map(|at| at.precision().as_str()),
        "at_zone": row.at.known().map(|at| at.zone().as_str()),
        "access": row.access.known().map(|access| access.as_str()),
        "expected": row.expected,
        "ground": row.ground.known(),
        "max_penalty": row.max_penalty.known(),
        "leads_nowhere": row.leads_nowhere(),
        "last_day": row.last_day.known(),
        "minimal": row.minimal,
        "missing": row.missing,
        "answered_by": row.answered_by,
    })
}
