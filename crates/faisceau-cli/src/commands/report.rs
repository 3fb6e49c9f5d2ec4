//! `faisceau report`.

use faisceau_case::Rendering;

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn report(
    arguments: &Arguments,
    formats: &[Rendering],
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let mut bar = Bar::new(printer.quiet());
    let issued = case.report_as(formats, &who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    if let Some(stale) = &issued.stale {
        printer.warning(format!("{stale}: the note shows the last run; run `faisceau run` first"));
    }
    if printer.json() {
        printer.value(&issued)?;
    } else {
        printer.talk(format!(
            "{} sentences, each with its rows\n{}\n{}\nnext: faisceau why S1",
            issued.sentences,
            issued.files.join("\n"),
            issued.json
        ));
    }
    Ok(Exit::Done)
}
