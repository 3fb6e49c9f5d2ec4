//! `faisceau report`, and `faisceau report --filed`.

use faisceau_case::{Language, Rendering};
use faisceau_model::inert;

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn report(
    arguments: &Arguments,
    formats: &[Rendering],
    language: Language,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let mut bar = Bar::new(printer.quiet());
    let issued =
        case.report_as(formats, language, &who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    warn_stale(issued.stale.as_deref(), printer);
    warn_kept(&issued.kept, printer);
    if printer.json() {
        printer.value(&issued)?;
    } else {
        let next = match language {
            Language::French => "next: faisceau why S1",
            Language::English => {
                "the numbers are those of the note in French, which `faisceau why` reads"
            }
        };
        printer.talk(format!(
            "{} sentences, each with its rows\n{}\n{}\n{next}",
            issued.sentences,
            issued.files.join("\n"),
            issued.json
        ));
    }
    Ok(Exit::Done)
}

pub(super) fn filed(
    arguments: &Arguments,
    formats: &[Rendering],
    language: Language,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let mut bar = Bar::new(printer.quiet());
    let filed =
        case.report_filed(formats, language, &who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    warn_stale(filed.stale.as_deref(), printer);
    warn_kept(&filed.kept, printer);
    if !filed.shared.is_empty() {
        let names = inert(&filed.shared.join(", ")).into_owned();
        printer.warning(format!("borne by accounts that are not protected too: {names}"));
    }
    if !filed.limited.is_empty() {
        let names = inert(&filed.limited.join(", ")).into_owned();
        printer.warning(format!("too short or too common to be replaced everywhere: {names}"));
    }
    if printer.json() {
        printer.value(&filed)?;
    } else {
        printer.talk(format!(
            "{} persons under a pseudonym\n{}\nthe key, which is not to be handed over:\n{}",
            filed.protected,
            filed.files.join("\n"),
            filed.key.join("\n")
        ));
    }
    Ok(Exit::Done)
}

/// A file that somebody corrected is not written over, and its path says how to have it anew.
pub(super) fn warn_kept(kept: &[String], printer: &Printer) {
    for path in kept {
        printer.warning(format!(
            "{} was changed since it was written and is kept; move it away to have it written anew",
            inert(path)
        ));
    }
}

fn warn_stale(stale: Option<&str>, printer: &Printer) {
    if let Some(stale) = stale {
        printer.warning(format!("{stale}: the note shows the last run; run `faisceau run` first"));
    }
}
