//! `faisceau add PATH…`.

use std::path::PathBuf;

use serde_json::json;

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn add(
    arguments: &Arguments,
    paths: &[PathBuf],
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let mut bar = Bar::new(printer.quiet());
    let added = case.add(paths, &who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    for refusal in &added.refused {
        printer.warning(format!("refused: {refusal}"));
    }
    if printer.json() {
        printer.value(&json!({
            "added": added.new.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "already_there": added.again.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "refused": added.refused.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }))?;
    } else {
        printer.talk(format!(
            "{} exhibits taken in, {} already there, {} refused\nnext: faisceau run",
            added.new.len(),
            added.again.len(),
            added.refused.len()
        ));
    }
    Ok(if added.refused.is_empty() { Exit::Done } else { Exit::DoneWithRejects })
}
