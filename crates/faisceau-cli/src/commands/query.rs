//! `faisceau query "SELECT …"`.

use std::io::{IsTerminal, Write as _};
use std::path::Path;

use faisceau_case::query::{Answer, Limits, OutputFormat, Style, TableKind, json, screen};
use faisceau_case::{Case, CaseError};
use faisceau_model::inert;
use serde_json::json as value;

use crate::arguments::{Arguments, QueryArguments};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// Columns of a screen whose width is not known.
const WIDTH: usize = 160;

pub(super) fn query(
    arguments: &Arguments,
    wanted: &QueryArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open_told(arguments, printer)?;
    if wanted.list {
        return list(&case, printer);
    }
    let sql = match (&wanted.sql, &wanted.saved) {
        (Some(sql), _) => sql.clone(),
        (None, Some(name)) => saved(&case, name)?,
        (None, None) => {
            return Err(Failure::new(Exit::WrongUse, "no question")
                .hint("faisceau query \"SELECT …\"; `--list` says what may be asked"));
        }
    };
    let answer = case
        .questions()?
        .run(&sql, &Limits::default())
        .map_err(|error| Failure::from(CaseError::from(error)))?;
    if let Some(name) = &wanted.save {
        let replaced = case.keep_query(name, &sql)?;
        let instead = if replaced { ", in place of another of that name" } else { "" };
        printer.talk(format!("kept in the case{instead}: faisceau query --saved {name}"));
    }
    if let Some(path) = &wanted.to {
        case.refuse_inside(path)?;
        write(&answer, path)?;
        printer.talk(format!("{} rows written to {}", answer.rows(), path.display()));
        return Ok(Exit::Done);
    }
    if printer.json() {
        let mut text = Vec::new();
        json(&answer, &mut text).map_err(|error| Failure::from(CaseError::from(error)))?;
        printer.line(String::from_utf8_lossy(&text).trim_end());
        return Ok(Exit::Done);
    }
    let terminal = std::io::stdout().is_terminal();
    let shown = screen(&answer, Style { width: width(terminal), rows: wanted.limit });
    printer.line(shown.table.trim_end());
    for cut in &shown.cut {
        printer.warning(cut);
    }
    printer.talk(format!("{} rows", answer.total()));
    Ok(Exit::Done)
}

/// The width that the terminal says it has.
fn width(terminal: bool) -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.filter(|_| terminal).unwrap_or(WIDTH)
}

fn saved(case: &Case, name: &str) -> Result<String, Failure> {
    let mut all = case.kept_queries()?;
    all.remove(name).ok_or_else(|| {
        let names: Vec<&str> = all.keys().map(String::as_str).collect();
        Failure::new(Exit::WrongUse, format!("the case keeps no query `{}`", inert(name)))
            .hint(format!("it keeps: {}", names.join(", ")))
    })
}

fn write(answer: &Answer, path: &Path) -> Result<(), Failure> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let format = OutputFormat::of_extension(extension).ok_or_else(|| {
        Failure::new(Exit::WrongUse, format!("`{}`: no format of that name", path.display()))
            .hint("a file ends in .csv, .json, .jsonl or .parquet")
    })?;
    let failed = |error: std::io::Error| {
        Failure::new(Exit::WrongUse, format!("cannot write `{}`: {error}", path.display()))
    };
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut to = std::io::BufWriter::new(file.map_err(failed)?);
    format.write(answer, &mut to).map_err(|error| Failure::from(CaseError::from(error)))?;
    to.flush().map_err(failed)
}

fn list(case: &Case, printer: &Printer) -> Result<Exit, Failure> {
    let catalogue =
        case.questions()?.catalogue().map_err(|error| Failure::from(CaseError::from(error)))?;
    let kept = case.kept_queries()?;
    if printer.json() {
        let tables = catalogue.iter().map(|table| {
            let columns = table.columns.iter().map(|column| {
                value!({"name": column.name, "kind": column.kind, "unit": column.unit, "meaning": column.doc})
            });
            value!({
                "name": table.name,
                "view": table.kind == TableKind::View,
                "meaning": table.doc.trim(),
                "columns": columns.collect::<Vec<_>>(),
                "problem": table.problem,
            })
        });
        printer.value(&value!({"tables": tables.collect::<Vec<_>>(), "saved": kept}))?;
        return Ok(Exit::Done);
    }
    for table in &catalogue {
        let kind = if table.kind == TableKind::View { "view" } else { "table" };
        printer.line(format!("{:<20} {kind:<6} {}", table.name, table.doc.trim()));
        if let Some(problem) = &table.problem {
            printer.warning(format!("{}: {}", table.name, inert(problem)));
        }
    }
    for (name, sql) in &kept {
        printer.line(format!("{name:<20} saved  {}", inert(sql)));
    }
    printer.talk("the columns of one: faisceau query \"DESCRIBE posts\"");
    Ok(Exit::Done)
}
