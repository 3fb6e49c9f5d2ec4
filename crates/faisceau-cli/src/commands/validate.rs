//! `faisceau validate` and `faisceau reference`.

use faisceau_case::{
    ReferenceWish, ValidationCut, ValidationWish, make_reference, validation, validation_page,
    validation_table,
};
use faisceau_model::inert;

use crate::arguments::{
    Arguments, CutArgument, ReferenceAction, ReferenceArguments, ValidateArguments,
};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// Records that could not be read that are named one by one.
const REJECTS: usize = 10;

pub(super) fn validate(
    arguments: &Arguments,
    wanted: &ValidateArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    // A corpus needs no case; where there is one, its own reference weighs.
    let case = super::open_if_there(arguments)?;
    let cut = |cut: &CutArgument| match cut {
        CutArgument::Halves => ValidationCut::Halves,
        CutArgument::Days => ValidationCut::Days,
    };
    let wish = ValidationWish {
        cuts: wanted.cut.iter().map(cut).collect(),
        across: wanted.across,
        words: wanted.words.clone(),
        posts: wanted.posts.clone(),
        reference: wanted.reference.as_deref(),
        without_baselines: wanted.no_baselines,
    };
    let mut bar = Bar::new(printer.quiet());
    let report = validation(&wanted.corpus, &wish, case.as_ref(), &mut |step| bar.show(step))?;
    drop(bar);
    if let Some(path) = &wanted.page {
        write(path, validation_page(&report).as_bytes())?;
        printer.talk(format!("page written to {}", path.display()));
    }
    if printer.json() {
        printer.value(&report)?;
    } else {
        printer.line(validation_table(&report).trim_end());
    }
    Ok(if report.corpus.rejects > 0 { Exit::DoneWithRejects } else { Exit::Done })
}

pub(super) fn reference(
    arguments: &Arguments,
    action: &ReferenceAction,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let ReferenceAction::Build(wanted) = action;
    build(arguments, wanted, printer)
}

fn build(
    arguments: &Arguments,
    wanted: &ReferenceArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    // Before minutes of work: a case that is not there, or a name that cannot be.
    let mut case = match &wanted.out {
        Some(_) => None,
        None => Some(super::open(arguments)?),
    };
    let wish = ReferenceWish {
        name: wanted.name.clone(),
        site: wanted.site.clone(),
        credit: wanted.credit.clone(),
    };
    let mut bar = Bar::new(printer.quiet());
    let made = make_reference(&wanted.corpora, &wish, &mut |step| bar.show(step))?;
    drop(bar);
    for reject in made.summary.first_rejects.iter().take(REJECTS) {
        printer.warning(format!("not read: {}", inert(reject)));
    }
    if let Some(case) = &mut case {
        let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
        let pin = case.pin_reference(&made, &wish, &who, now)?;
        printer.talk(format!("the case uses {} from the next run on: faisceau run", pin.id));
    }
    if let Some(path) = &wanted.out {
        write(path, &made.bytes)?;
        printer.talk(format!("reference written to {}", path.display()));
    }
    if printer.json() {
        printer.value(&made.summary)?;
    } else {
        for figure in &made.summary.figures {
            printer.line(figure);
        }
    }
    Ok(if made.summary.rejects > 0 { Exit::DoneWithRejects } else { Exit::Done })
}

fn write(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| {
        Failure::new(Exit::WrongUse, format!("cannot write {}: {error}", path.display()))
    })
}
