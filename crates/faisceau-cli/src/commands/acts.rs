//! `faisceau acts`.

use faisceau_case::{ActsIssued, ActsWish};
use faisceau_model::inert;

use crate::arguments::{ActsArguments, Arguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn acts(
    arguments: &Arguments,
    wanted: &ActsArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let wish =
        ActsWish { only: wanted.only.clone(), formats: wanted.format.clone(), filed: wanted.filed };
    let mut bar = Bar::new(printer.quiet());
    let issued = case.draft_acts(&wish, &who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    warn(&issued, printer);
    if printer.json() {
        printer.value(&issued)?;
        return Ok(Exit::Done);
    }
    for act in &issued.acts {
        let blanks = act.blanks.len();
        printer.line(format!("{}: {} sentences, {blanks} blanks", act.stem, act.sentences));
    }
    for path in &issued.key {
        printer.talk(format!("not to be handed over: {}", inert(path)));
    }
    match issued.acts.first() {
        Some(_) if wanted.filed => printer.talk("drafts under pseudonyms, in out/depot/actes"),
        Some(first) => printer.talk(format!(
            "drafts to be checked and completed by a lawyer, in out/actes\nnext: faisceau law check, faisceau why {}:S1",
            first.stem
        )),
        None => printer.talk("no act has an object in this case"),
    }
    Ok(Exit::Done)
}

fn warn(issued: &ActsIssued, printer: &Printer) {
    if let Some(stale) = &issued.stale {
        printer.warning(format!("{stale}: the acts show the last run; run `faisceau run` first"));
    }
    super::report::warn_kept(&issued.kept, printer);
    for path in &issued.earlier {
        printer.warning(format!("{} is of an earlier drafting or not ours", inert(path)));
    }
}
