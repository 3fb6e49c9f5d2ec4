//! `faisceau datasets`: list, add, check, remove, update.

mod update;

use faisceau_case::{DatasetKind, PinWish, TorPinned, dataset_status};
use faisceau_model::inert;

use crate::arguments::{Arguments, DatasetsAction, PinArguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// Refused documents that are named one by one.
const REJECTS: usize = 10;

pub(super) fn datasets(
    arguments: &Arguments,
    action: &DatasetsAction,
    printer: &Printer,
) -> Result<Exit, Failure> {
    match action {
        DatasetsAction::List => list(arguments, printer),
        DatasetsAction::Add(wanted) => add(arguments, wanted, printer),
        DatasetsAction::Update(wanted) => update::update(arguments, wanted, printer),
        DatasetsAction::Check => check(arguments, printer),
        DatasetsAction::Remove { id } => remove(arguments, id, printer),
    }
}

fn add(arguments: &Arguments, wanted: &PinArguments, printer: &Printer) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let wish = PinWish {
        kind: wanted.kind,
        name: wanted.name.clone(),
        date: wanted.date.clone(),
        licence: wanted.licence.clone(),
        credit: wanted.credit.clone(),
        source: wanted.source.clone(),
    };
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    if wanted.kind == Some(DatasetKind::Tor) {
        let mut bar = Bar::new(printer.quiet());
        let pinned = case.pin_tor(&wanted.paths, &wish, &who, now, &mut |step| bar.show(step))?;
        drop(bar);
        return tor(&pinned, printer);
    }
    let mut pins = Vec::new();
    for path in &wanted.paths {
        let pin = case.pin(path, &wish, &who, now)?;
        if !printer.json() {
            printer.line(format!("{} ({}, {} bytes, {})", pin.id, pin.kind, pin.bytes, pin.sha256));
        }
        if pin.licence.is_empty() {
            printer.warning(format!("{}: no licence is stated (--licence)", pin.id));
        }
        pins.push(pin);
    }
    if printer.json() {
        printer.value(&pins)?;
    } else {
        printer.talk("next: faisceau run");
    }
    Ok(Exit::Done)
}

/// What became of the Tor documents.
fn tor(pinned: &TorPinned, printer: &Printer) -> Result<Exit, Failure> {
    for reject in pinned.rejects.iter().take(REJECTS) {
        printer.warning(format!("not taken: {}", inert(reject)));
    }
    if pinned.rejects.len() > REJECTS {
        printer.warning(format!("not taken: {} more", pinned.rejects.len() - REJECTS));
    }
    if printer.json() {
        printer.value(pinned)?;
    } else {
        let file = &pinned.file;
        printer.line(format!("{} ({}, {} bytes, {})", file.id, file.kind, file.bytes, file.sha256));
        printer.line(format!(
            "    {} consensuses, {} signed by a majority of the authorities; {} exit lists, {} \
             descriptors, {} certificates",
            pinned.consensuses,
            pinned.signed_by_majority,
            pinned.exit_lists,
            pinned.descriptors,
            pinned.certificates
        ));
        if let Some((from, to)) = &pinned.covers {
            printer.line(format!("    from {from} to {to}"));
        }
        printer.talk("next: faisceau run");
    }
    Ok(if pinned.rejects.is_empty() { Exit::Done } else { Exit::DoneWithRejects })
}

fn check(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    let checks = super::open(arguments)?.check_datasets()?;
    if printer.json() {
        printer.value(&checks)?;
    } else {
        for check in &checks {
            let state = check.problem.as_deref().unwrap_or("as it was pinned");
            let age = match check.distance {
                Some((min, max)) => format!("{min} to {max} days from the events"),
                None => "no event was looked up in it by date".to_owned(),
            };
            printer.line(format!("{} ({}): {}; {age}", check.id, check.kind, inert(state)));
        }
        printer.talk(format!("{} datasets of the case checked", checks.len()));
    }
    let altered = checks.iter().any(|check| check.problem.is_some());
    Ok(if altered { Exit::IntegrityBroken } else { Exit::Done })
}

fn remove(arguments: &Arguments, id: &str, printer: &Printer) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let pin = case.unpin(id, &clock::who(arguments.who.as_deref()), clock::now()?)?;
    if printer.json() {
        printer.value(&pin)?;
    } else {
        printer.line(format!("{} is no longer used; its bytes stay", pin.id));
        printer.talk("next: faisceau run");
    }
    Ok(Exit::Done)
}

fn list(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
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
