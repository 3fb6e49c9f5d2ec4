//! `faisceau map EXHIBIT`.

use faisceau_case::{Proposal, ProposalNote};
use faisceau_model::{ExhibitNo, inert};
use serde_json::json;

use crate::arguments::{Arguments, MapArguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn map(
    arguments: &Arguments,
    wanted: &MapArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let exhibit: ExhibitNo = wanted.exhibit;
    let Some(mut proposal) = case.propose_mapping(exhibit)? else {
        let text = format!("exhibit {exhibit} is no table whose columns could be told");
        return Err(Failure::new(Exit::WrongUse, text).hint(
            "a table is a CSV, JSON lines, or a workbook saved as .xlsx, with its headers on top",
        ));
    };
    let mapping = &mut proposal.mapping;
    if let Some(platform) = &wanted.platform {
        mapping.platform.clone_from(platform);
        proposal.notes.retain(|note| *note != ProposalNote::Platform);
    }
    if let Some(zone) = &wanted.zone {
        mapping.time_zone = Some(zone.clone());
        proposal.notes.retain(|note| !matches!(note, ProposalNote::NoZone { .. }));
    }
    let toml = mapping.to_toml().unwrap_or_else(|| proposal.toml.clone());
    if wanted.save {
        case.save_mapping(&proposal.mapping, &clock::who(arguments.who.as_deref()), clock::now()?)?;
    }
    if printer.json() {
        printer.value(&json!({
            "exhibit": exhibit.to_string(),
            "sheet": proposal.sheet,
            "headers": proposal.headers,
            "toml": toml,
            "notes": proposal.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "saved": wanted.save,
        }))?;
    } else {
        show(&proposal, &toml, printer);
        printer.talk(if wanted.save {
            "saved in case.toml; every table with these headers is read so\nnext: faisceau run"
        } else {
            "nothing is saved yet: `--save` appends this to case.toml, where it can be corrected"
        });
    }
    Ok(Exit::Done)
}

/// The first rows, the mapping, and what is not sure of it.
fn show(proposal: &Proposal, toml: &str, printer: &Printer) {
    if let Some(sheet) = &proposal.sheet {
        printer.line(format!("# sheet {}", inert(sheet)));
    }
    let line = |cells: &[String]| {
        let cells: Vec<_> = cells.iter().map(|cell| inert(cell)).collect();
        format!("# {}", cells.join(" | "))
    };
    printer.line(line(&proposal.headers));
    proposal.rows.iter().for_each(|row| printer.line(line(row)));
    toml.lines().for_each(|line| printer.line(inert(line)));
    for note in &proposal.notes {
        printer.warning(inert(&note.to_string()));
    }
}
