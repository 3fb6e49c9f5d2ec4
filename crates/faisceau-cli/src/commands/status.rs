//! `faisceau status`.

use faisceau_model::inert;
use serde_json::Value;

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// Accounts listed; the rest is counted.
const ACCOUNTS: usize = 30;

pub(super) fn status(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    let case = super::open(arguments)?;
    let (status, waiting) = (case.status()?, case.unfinished_collections()?);
    if printer.json() {
        let mut value = serde_json::to_value(&status)
            .map_err(|error| Failure::new(Exit::Internal, error.to_string()))?;
        value["unfinished_collections"] = Value::from(waiting);
        printer.value(&value)?;
        return Ok(Exit::Done);
    }
    printer.line(format!("{}: {} exhibits", inert(&status.title), status.exhibits));
    for name in &waiting {
        printer.warning(format!(
            "the collection {name} ended before it was whole: the same `collect` command goes on with it"
        ));
    }
    for refused in &status.refused {
        printer.line(format!("  refused: {}", inert(refused)));
    }
    if !status.files.is_empty() {
        printer.line(format!(
            "  {:<9} {:<14} {:>9} {:>9} {:>9} {:>9}  name",
            "exhibit", "format", "records", "read", "set aside", "rejected"
        ));
    }
    for file in &status.files {
        printer.line(format!(
            "  {:<9} {:<14} {:>9} {:>9} {:>9} {:>9}  {}",
            file.exhibit,
            file.format,
            file.records,
            file.read,
            file.set_aside,
            file.rejected,
            inert(&file.name)
        ));
        if let Some(problem) = &file.problem {
            printer.line(format!("            {}", inert(problem)));
        }
    }
    if !status.accounts.is_empty() {
        printer.line("  accounts:");
    }
    for account in status.accounts.iter().take(ACCOUNTS) {
        printer.line(format!(
            "  {:>6} messages  {:<12} {}",
            account.posts,
            account.role,
            inert(&account.key)
        ));
    }
    if status.accounts.len() > ACCOUNTS {
        printer.line(format!("  … and {} more (--json)", status.accounts.len() - ACCOUNTS));
    }
    if let Some(found) = &status.sign_ins {
        printer.line(format!(
            "  sign-ins of the claimant: {} usual, {} unusual, {} foreign in {} episodes, {} undecided",
            found.usual, found.unusual, found.foreign, found.episodes, found.undecided
        ));
    }
    if let Some(summary) = &status.last_run {
        for line in super::run::lines(summary) {
            printer.line(line);
        }
    }
    if let Some(stale) = &status.stale {
        printer.warning(stale);
    }
    printer.line(format!("next: {}", status.next));
    Ok(Exit::Done)
}
