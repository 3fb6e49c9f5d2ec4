//! `faisceau verify`: exhibits, journal, tables, pinned datasets.

use faisceau_case::Case;
use serde_json::json;

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
    if printer.json() {
        printer.value(&json!({
            "intact": intact,
            "exhibits": report.exhibits,
            "journal_lines": report.lines,
            "journal_head": report.head.map(|head| head.to_string()),
            "problems": problems,
        }))?;
    } else {
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
