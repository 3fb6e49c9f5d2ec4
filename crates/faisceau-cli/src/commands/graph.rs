//! `faisceau graph neighbours|path`.

use faisceau_case::Hop;

use crate::arguments::{Arguments, GraphQuestion};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn graph(
    arguments: &Arguments,
    question: &GraphQuestion,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let case = super::open(arguments)?;
    let hops: Vec<Hop> = match question {
        GraphQuestion::Neighbours { node } => case.neighbours(node)?,
        GraphQuestion::Path { from, to } => case.path(from, to)?,
    };
    if printer.json() {
        printer.value(&hops)?;
        return Ok(Exit::Done);
    }
    if hops.is_empty() {
        printer.talk("nothing joins them in this case");
    }
    for hop in &hops {
        let row = hop.rows.first().map_or("", String::as_str);
        printer.line(format!("{:<50} {}  ({row})", hop.node, hop.edge));
    }
    Ok(Exit::Done)
}
