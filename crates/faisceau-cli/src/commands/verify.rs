//! `faisceau verify`: exhibits, journal, tables, pinned datasets.

use faisceau_case::{Case, Shows, TimeStamp};
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn verify(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    let mut bar = Bar::new(printer.quiet());
    let report = Case::verify(&arguments.case, &mut |step| bar.show(step))?;
    drop(bar);
    let mut intact = report.is_intact() && report.lines > 0;
    let mut problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    if report.lines == 0 {
        problems.push("journal: no line opens the case".to_owned());
    }
    if Case::tables_are_journalled(&arguments.case) == Some(false) {
        intact = false;
        problems.push(
            "journal: the run that made tables/ is not in it; lines were cut off its end, or \
             tables/ was replaced (`faisceau run` makes it anew)"
                .to_owned(),
        );
    }
    let altered = Case::dataset_problems(&arguments.case);
    intact &= altered.is_empty();
    problems.extend(altered);
    let altered = Case::time_stamp_problems(&arguments.case);
    intact &= altered.is_empty();
    problems.extend(altered);
    let stamps = Case::time_stamps(&arguments.case);
    for stamp in &stamps {
        if let Shows::Broken(why) = &stamp.shows {
            intact = false;
            problems.push(format!("time stamp over {}: {why}", stamp.what));
        }
    }
    if printer.json() {
        printer.value(&json!({
            "intact": intact,
            "exhibits": report.exhibits,
            "journal_lines": report.lines,
            "journal_head": report.head.map(|head| head.to_string()),
            "problems": problems,
            "time_stamps": stamps.iter().map(stamp_in_json).collect::<Vec<_>>(),
        }))?;
    } else {
        for stamp in stamps.iter().filter(|stamp| !matches!(stamp.shows, Shows::Broken(_))) {
            printer.line(stamp_in_words(stamp));
        }
        for problem in &problems {
            printer.line(problem);
        }
        printer.line(format!(
            "{} exhibits and {} journal lines checked: {}",
            report.exhibits,
            report.lines,
            match (intact, problems.len()) {
                (false, n) => format!("{n} problems, the case is not what it was"),
                (true, 0) => "everything is as it was taken in".to_owned(),
                (true, n) => format!("intact; {n} leftovers of interrupted acts"),
            }
        ));
    }
    Ok(if intact { Exit::Done } else { Exit::IntegrityBroken })
}

/// A time stamp in one line.
pub(super) fn stamp_in_words(stamp: &TimeStamp) -> String {
    let Some(verdict) = &stamp.verdict else {
        return format!("time stamp over {}: cannot be read", stamp.what);
    };
    let token = &verdict.token;
    let accuracy = token.accuracy.map_or_else(String::new, |accuracy| format!(" {accuracy}"));
    let signer = verdict.chain.first().map_or(&token.signer.name, |link| &link.facts.subject);
    let shows = match &stamp.shows {
        Shows::Holds => "holds up to a root that you named",
        Shows::NoRoot => "holds, but no root that you named says who the authority is",
        Shows::Broken(_) => "does not hold",
    };
    let qualified = if stamp.states_qualified() {
        "states that it is qualified; the European trusted list was not read"
    } else {
        "does not state that it is qualified"
    };
    format!("{}: {}{accuracy} by {signer}: {shows}; {qualified}", stamp.what, token.gen_time)
}

/// A time stamp with every check.
pub(super) fn stamp_in_json(stamp: &TimeStamp) -> Value {
    let checks = stamp.verdict.iter().flat_map(|verdict| &verdict.checks);
    let checks = checks
        .map(|result| json!({"check": result.check.name(), "outcome": result.outcome.to_string()}));
    let chain = stamp.verdict.iter().flat_map(|verdict| &verdict.chain);
    let open = stamp.verdict.iter().flat_map(|verdict| verdict.open);
    let token = stamp.verdict.as_ref().map(|verdict| &verdict.token);
    json!({
        "over": stamp.what.to_string(),
        "asked": stamp.asked,
        "journal_line": stamp.line,
        "shows": match &stamp.shows {
            Shows::Holds => "holds",
            Shows::NoRoot => "no_root",
            Shows::Broken(_) => "broken",
        },
        "why": match &stamp.shows { Shows::Broken(why) => Some(why), _ => None },
        "at": token.map(|token| token.gen_time.to_string()),
        "accuracy": token.and_then(|token| token.accuracy).map(|accuracy| accuracy.to_string()),
        "serial": token.map(|token| token.serial.as_str()),
        "policy": token.map(|token| token.policy.as_str()),
        "states_qualified": stamp.states_qualified(),
        "chain": chain.map(|link| link.facts.subject.as_str()).collect::<Vec<_>>(),
        "checks": checks.collect::<Vec<_>>(),
        "open": open.map(ToString::to_string).collect::<Vec<_>>(),
    })
}
