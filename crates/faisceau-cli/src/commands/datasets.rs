//! `faisceau datasets list`.

use faisceau_case::dataset_status;

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn list(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    // Outside a case the datasets still have a date and a licence.
    let case = super::open_if_there(arguments)?;
    let datasets = dataset_status(case.as_ref())?;
    if printer.json() {
        printer.value(&datasets)?;
        return Ok(Exit::Done);
    }
    for dataset in &datasets {
        printer.line(format!("{}: {}", dataset.id, dataset.title));
        printer.line(format!("    date     {}", dataset.date));
        if let Some(covers) = &dataset.covers {
            printer.line(format!("    covers   {covers}, {} gaps", dataset.gaps));
        }
        printer.line(format!("    licence  {}", dataset.licence));
        printer.line(format!("    credit   {}", dataset.credit));
        printer.line(format!("    source   {}", dataset.source));
        printer.line(format!("    sha256   {}", dataset.sha256));
        match dataset.distance {
            Some((min, max)) => {
                printer.line(format!("    events   {min} to {max} days from its date"));
            }
            None => printer.line("    events   no event was looked up in it by date"),
        }
    }
    Ok(Exit::Done)
}
