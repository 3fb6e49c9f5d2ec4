//! `faisceau why ID`, `faisceau why A B`.

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn why(
    arguments: &Arguments,
    ids: &[String],
    printer: &Printer,
) -> Result<Exit, Failure> {
    let case = super::open_told(arguments, printer)?;
    let explanation = match ids {
        [a, b] => case.why_pair(a, b)?,
        [id, ..] => case.why(id)?,
        [] => return Err(Failure::new(Exit::WrongUse, "which id?")),
    };
    if printer.json() {
        printer.value(&explanation)?;
    } else {
        printer.line(explanation.to_text());
    }
    Ok(Exit::Done)
}
