//! `faisceau add PATH…`.

use std::fmt::Write as _;
use std::path::PathBuf;

use faisceau_case::Taken;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn add(
    arguments: &Arguments,
    paths: &[PathBuf],
    answers: Option<&str>,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    if let Some(request) = answers {
        // Nothing is taken in for a request that is not there.
        let known = case.requests()?;
        if !known.iter().any(|row| row.id.as_str() == request || row.key == request) {
            return Err(Failure::new(Exit::WrongUse, format!("no request is called `{request}`"))
                .hint("`faisceau requests` lists them"));
        }
    }
    let mut bar = Bar::new(printer.quiet());
    let added = case.add(paths, &who, clock::now()?, &mut |step| bar.show(step))?;
    let taken = case.taken(&added.new, &mut |step| bar.show(step))?;
    drop(bar);
    let tied = match answers {
        Some(request) => {
            let tops = added.new.iter().chain(&added.again).filter(|no| no.parent().is_none());
            for exhibit in tops {
                case.tie_answer(*exhibit, request, &who, clock::now()?)?;
            }
            true
        }
        None => false,
    };
    for refusal in &added.refused {
        printer.warning(format!("refused: {refusal}"));
    }
    for exhibit in taken.iter().filter(|taken| taken.problem.is_some()) {
        let problem = exhibit.problem.as_deref().unwrap_or_default();
        printer.warning(format!("exhibit {}: {problem}", exhibit.exhibit));
    }
    if printer.json() {
        printer.value(&json!({
            "added": taken.iter().map(value).collect::<Vec<_>>(),
            "already_there": added.again.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "refused": added.refused.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "answers": answers.filter(|_| tied),
        }))?;
    } else {
        for exhibit in &taken {
            printer.line(line(exhibit));
        }
        printer.talk(format!(
            "{} exhibits taken in, {} already there, {} refused\nnext: faisceau run",
            added.new.len(),
            added.again.len(),
            added.refused.len()
        ));
    }
    let sound = taken.iter().all(|taken| !taken.archive || taken.problem.is_none());
    let whole = sound && added.refused.is_empty();
    Ok(if whole { Exit::Done } else { Exit::DoneWithRejects })
}

/// One exhibit on one line: number, name, what it is taken for, counts, first and last time.
fn line(taken: &Taken) -> String {
    let start = format!("{:<6} {}", taken.exhibit.to_string(), taken.name);
    if let Some(first) = taken.same_as {
        return format!("{start}: same bytes as exhibit {first}");
    }
    if taken.archive {
        return format!("{start}: archive");
    }
    let Some(format) = taken.format else {
        return format!("{start}: no known format; kept, not read");
    };
    let tally = taken.tally;
    // Writing to a `String` cannot fail.
    let mut text = format!("{start}: {}, {} records", format.name, tally.records);
    let unread = tally.rejected - tally.set_aside;
    for (count, what) in [(tally.set_aside, "set aside"), (unread, "rejected")] {
        if count > 0 {
            let _ = write!(text, ", {count} {what}");
        }
    }
    if taken.unknown_fields > 0 {
        let _ = write!(text, ", {} unknown fields", taken.unknown_fields);
    }
    if let (Some(first), Some(last)) = (tally.first, tally.last) {
        let _ = write!(text, ", {first} to {last}");
    }
    text
}

fn value(taken: &Taken) -> Value {
    let tally = taken.tally;
    json!({
        "exhibit": taken.exhibit.to_string(),
        "name": taken.name,
        "format": taken.format.map(|format| format.name),
        "archive": taken.archive,
        "same_as": taken.same_as.map(|no| no.to_string()),
        "records": tally.records,
        "read": tally.read,
        "set_aside": tally.set_aside,
        "rejected": tally.rejected - tally.set_aside,
        "unknown_fields": taken.unknown_fields,
        "first": tally.first.map(|at| at.to_string()),
        "last": tally.last.map(|at| at.to_string()),
        "problem": taken.problem,
    })
}
