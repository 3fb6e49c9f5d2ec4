//! `faisceau export FORMAT`.

use faisceau_case::{CsvOptions, ExportFormat, ExportOptions, TableOptions};
use faisceau_model::inert;
use serde_json::json;

use crate::arguments::{Arguments, ExportArguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn export(
    arguments: &Arguments,
    wanted: &ExportArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let Some(format) = wanted.format else { return list(printer) };
    let mut case = super::open_told(arguments, printer)?;
    let options = ExportOptions {
        dynamic: wanted.dynamic,
        tables: TableOptions {
            with_subscribers: wanted.with_subscribers,
            csv: CsvOptions { bom: !wanted.no_bom, separator: wanted.separator.byte() },
            ..TableOptions::default()
        },
    };
    let who = clock::who(arguments.who.as_deref());
    let made = case.export(format.format(), &options, wanted.to.as_deref(), &who, clock::now()?)?;
    for warning in &made.warnings {
        printer.warning(inert(warning));
    }
    if printer.json() {
        printer.value(&made)?;
        return Ok(Exit::Done);
    }
    for (file, what, count) in &made.written {
        printer.line(format!("{:<28} {count} {what}", inert(file)));
    }
    printer.talk(format!("written to {}", inert(&made.folder)));
    Ok(Exit::Done)
}

fn list(printer: &Printer) -> Result<Exit, Failure> {
    let formats = ExportFormat::ALL;
    if printer.json() {
        let row = |format: &ExportFormat| json!({"name": format.name(), "what": format.summary()});
        printer.value(&formats.iter().map(row).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    for format in formats {
        printer.line(format!("{:<11} {}", format.name(), format.summary()));
    }
    Ok(Exit::Done)
}
