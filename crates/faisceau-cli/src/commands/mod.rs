//! One file a command: it opens the case, makes one call, prints what came back.

mod acts;
mod add;
mod address;
mod archive;
mod collect;
mod datasets;
mod demo;
mod explain;
mod export;
mod formats;
mod graph;
mod law;
mod map;
mod new;
mod query;
mod report;
mod requests;
mod review;
mod run;
mod status;
mod validate;
mod verify;
mod web;
mod why;

use faisceau_case::Case;

pub(crate) use collect::kind as collect_kind;

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// Runs the command that the arguments name.
pub(crate) fn dispatch(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.into())
            .build_global()
            .map_err(|e| Failure::new(Exit::WrongUse, format!("--threads {threads}: {e}")))?;
    }
    match &arguments.command {
        Command::Demo { dir } => demo::demo(arguments, dir, printer),
        Command::New { dir, title } => new::new(arguments, dir, title.as_deref(), printer),
        Command::Add { paths, answers } => add::add(arguments, paths, answers.as_deref(), printer),
        Command::Archive(wanted) => archive::archive(wanted, printer),
        Command::Collect { source } => collect::run(arguments, source, printer),
        Command::Run => run::run(arguments, printer),
        Command::Report { format, lang, filed: false } => {
            report::report(arguments, format, *lang, printer)
        }
        Command::Report { format, lang, filed: true } => {
            report::filed(arguments, format, *lang, printer)
        }
        Command::Acts(wanted) => acts::acts(arguments, wanted, printer),
        Command::Law { action } => law::law(action, printer),
        Command::Status => status::status(arguments, printer),
        Command::Why { ids } => why::why(arguments, ids, printer),
        Command::Query(wanted) => query::query(arguments, wanted, printer),
        Command::Export(wanted) => export::export(arguments, wanted, printer),
        Command::Review(wanted) => review::review(arguments, wanted, printer),
        Command::Explain { signal } => explain::explain(arguments, signal.as_deref(), printer),
        Command::Address(wanted) => address::address(arguments, wanted, printer),
        Command::Graph { question } => graph::graph(arguments, question, printer),
        Command::Formats { name } => formats::formats_list(name.as_deref(), printer),
        Command::Map(wanted) => map::map(arguments, wanted, printer),
        Command::Requests => requests::requests(arguments, printer),
        Command::Answer { exhibit, request } => {
            requests::answer(arguments, *exhibit, request, printer)
        }
        Command::Verify => verify::verify(arguments, printer),
        Command::Validate(wanted) => validate::validate(arguments, wanted, printer),
        Command::Reference { action } => validate::reference(arguments, action, printer),
        Command::Datasets { action } => datasets::datasets(arguments, action, printer),
    }
}

fn open(arguments: &Arguments) -> Result<Case, Failure> {
    Ok(Case::open(&arguments.case)?)
}

/// The case, for commands that read its tables: says so where they no longer fit it.
fn open_told(arguments: &Arguments, printer: &Printer) -> Result<Case, Failure> {
    let case = open(arguments)?;
    if let Some(why) = case.stale()? {
        printer.warning(format!("{why}: `faisceau run` makes the tables anew"));
    }
    Ok(case)
}

/// The case, for commands that say something outside of one too.
fn open_if_there(arguments: &Arguments) -> Result<Option<Case>, Failure> {
    let there = arguments.case.join("journal.jsonl").exists();
    there.then(|| open(arguments)).transpose()
}
