//! `faisceau demo DIR`.

use std::path::Path;

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// A demonstration that works is done: its planted rejects are part of it.
pub(super) fn demo(arguments: &Arguments, dir: &Path, printer: &Printer) -> Result<Exit, Failure> {
    let who = clock::who(arguments.who.as_deref());
    let mut bar = Bar::new(printer.quiet());
    let demo = faisceau_case::demo(dir, &who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    if printer.json() {
        printer.value(&demo)?;
    } else {
        printer.talk(super::run::lines(&demo.summary).join("\n"));
        let shown = dir.display();
        let note = demo.issued.files.first().unwrap_or(&demo.issued.json);
        printer.talk(format!("note: {note}; next: faisceau --case {shown} why S1"));
    }
    Ok(Exit::Done)
}
