//! `faisceau collect dns`: asks the resolvers that are named, and takes the answers in.

use std::net::SocketAddr;
use std::time::Duration;

use faisceau_case::{Case, Step};
use faisceau_collect::dns::{CollectError, Collected, Kind, Plan, Settings, collect};
use faisceau_model::{ExhibitNo, inert};
use serde_json::{Map, Value, json};

use crate::arguments::{Arguments, DnsArguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// Things left out that are named one by one.
const NAMED: usize = 20;

impl From<CollectError> for Failure {
    fn from(error: CollectError) -> Self {
        let exit = match error {
            CollectError::NoResolver | CollectError::NothingToAsk | CollectError::Socket { .. } => {
                Exit::WrongUse
            }
            CollectError::Question { .. } | CollectError::Line(_) => Exit::Internal,
        };
        Self::new(exit, error.to_string())
    }
}

pub(super) fn dns(
    arguments: &Arguments,
    wanted: &DnsArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    if wanted.resolvers.is_empty() {
        return Err(nobody());
    }
    let mut case = super::super::open_if_there(arguments)?;
    let plan = plan(wanted, case.as_ref())?;
    if wanted.dry_run {
        return dry_run(&plan, wanted, printer);
    }
    let Some(case) = &mut case else {
        // The same words as every other command.
        return super::super::open(arguments).map(|_| Exit::Done);
    };
    if plan.questions().is_empty() {
        warn_left_out(plan.left_out(), printer);
        return Err(CollectError::NothingToAsk.into());
    }
    let settings = Settings {
        concurrency: wanted.concurrency,
        timeout: Duration::from_millis(wanted.timeout.into()),
        retries: wanted.retries,
        rate: wanted.rate,
    };
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    let mut collecting = case.collecting("dns", intent(&plan, wanted), &who, now)?;
    let mut bar = Bar::new(printer.quiet());
    let ticking = || clock::now().unwrap_or(now);
    let collected = collect(&plan, &wanted.resolvers, &settings, &ticking, &mut |done, total| {
        // A bar that is drawn for each of 100,000 answers costs more than they do.
        if done % 64 == 0 || done == total {
            bar.show(&Step { stage: "ask", what: "dns", done, total });
        }
    })?;
    collecting.append(&collected.bytes).map_err(|error| crate::commands::web::not_kept(&error))?;
    let name = format!("{}.jsonl", collecting.stem());
    let how = outcome(&collected, &settings, wanted);
    let added = collecting.keep(".jsonl", &[], how, &mut |step| bar.show(step))?;
    drop(bar);
    let exhibit = added.new.first().or(added.again.first()).copied();
    said(&collected, &name, exhibit, wanted, printer)?;
    Ok(if collected.is_complete() { Exit::Done } else { Exit::DoneWithRejects })
}

/// Why nothing is asked without a resolver.
fn nobody() -> Failure {
    Failure::new(Exit::WrongUse, CollectError::NoResolver.to_string()).hint(
        "name one with `--resolver IP:PORT`. It learns every address and name that you ask about, \
         and when, and it asks the name servers of the addresses and names in turn: whoever runs \
         those may see that somebody looks. `--dry-run` shows the questions and sends nothing",
    )
}

fn plan(wanted: &DnsArguments, case: Option<&Case>) -> Result<Plan, Failure> {
    let mut plan = Plan::new(wanted.confirm);
    for target in &wanted.targets {
        plan.add(target, &wanted.kinds)
            .map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))?;
    }
    if wanted.addresses_of_case {
        let case = case.ok_or_else(|| {
            Failure::new(Exit::WrongUse, "there is no case here whose addresses could be asked")
                .hint("`--case DIR` names one")
        })?;
        case.public_addresses()?.into_iter().for_each(|ip| plan.add_address(ip));
    }
    if wanted.targets.is_empty() && !wanted.addresses_of_case {
        return Err(Failure::from(CollectError::NothingToAsk)
            .hint("give addresses or names, or `--addresses-of-case`"));
    }
    Ok(plan)
}

fn dry_run(plan: &Plan, wanted: &DnsArguments, printer: &Printer) -> Result<Exit, Failure> {
    let (first, others) = wanted.resolvers.split_first().ok_or_else(nobody)?;
    if printer.json() {
        printer.value(&json!({
            "resolvers": texts(&wanted.resolvers),
            "questions": plan.questions().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "confirm": plan.confirms(),
            "left_out": left_out(plan.left_out()),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    for question in plan.questions() {
        printer.line(format!("{question} -> {first}"));
    }
    for out in plan.left_out() {
        printer.line(format!("left out: {} ({})", inert(&out.what), out.why));
    }
    printer.talk(format!(
        "{} questions would go to {first}, {} left out; nothing was sent",
        plan.questions().len(),
        plan.left_out().len()
    ));
    if plan.confirms() {
        printer.talk("for each name that comes back, its addresses would be asked for too");
    }
    if !others.is_empty() {
        let others = texts(others).join(", ");
        printer.talk(format!("what {first} does not answer would go to {others}"));
    }
    Ok(Exit::Done)
}

/// What the journal says before anything leaves the machine.
fn intent(plan: &Plan, wanted: &DnsArguments) -> Map<String, Value> {
    Map::from_iter([
        ("confirm".to_owned(), Value::from(plan.confirms())),
        ("left_out".to_owned(), Value::from(plan.left_out().len())),
        ("questions".to_owned(), Value::from(plan.questions().len())),
        ("resolvers".to_owned(), Value::from(texts(&wanted.resolvers))),
        ("wish_sha256".to_owned(), Value::from(super::wish_sha256(plan.questions()))),
    ])
}

/// What the journal says of what came.
fn outcome(
    collected: &Collected,
    settings: &Settings,
    wanted: &DnsArguments,
) -> Map<String, Value> {
    let mut fields = counts(collected);
    fields.insert("source".to_owned(), Value::from("dns"));
    fields.insert("resolvers".to_owned(), Value::from(texts(&wanted.resolvers)));
    fields.insert("timeout_ms".to_owned(), Value::from(settings.timeout.as_millis() as u64));
    fields.insert("retries".to_owned(), Value::from(settings.retries));
    fields.insert("concurrency".to_owned(), Value::from(settings.concurrency));
    if let Some(rate) = settings.rate {
        fields.insert("rate".to_owned(), Value::from(rate));
    }
    fields
}

fn counts(collected: &Collected) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, count) in [
        ("answered", collected.answered),
        ("asked_again", collected.again),
        ("confirmations", collected.confirmations),
        ("foreign", collected.foreign),
        ("left_out", collected.left_out.len() as u64),
        ("over_tcp", collected.over_tcp),
        ("questions", collected.questions),
        ("sent", collected.sent),
        ("timeouts", collected.silent),
        ("unreadable", collected.unreadable),
    ] {
        fields.insert(name.to_owned(), Value::from(count));
    }
    fields.insert("began".to_owned(), Value::from(collected.began.to_string()));
    fields.insert("ended".to_owned(), Value::from(collected.ended.to_string()));
    fields
}

fn said(
    collected: &Collected,
    name: &str,
    exhibit: Option<ExhibitNo>,
    wanted: &DnsArguments,
    printer: &Printer,
) -> Result<(), Failure> {
    if !collected.is_complete() {
        printer.warning(format!(
            "{} questions without an answer, {} whose answer cannot be read; the exhibit has a line \
             for each",
            collected.silent, collected.unreadable
        ));
    }
    let exhibit = exhibit.map(|no| no.to_string());
    if printer.json() {
        let mut value = counts(collected);
        value.insert("exhibit".to_owned(), json!(exhibit));
        value.insert("name".to_owned(), json!(name));
        value.insert("resolvers".to_owned(), json!(texts(&wanted.resolvers)));
        value.insert("left_out".to_owned(), left_out(&collected.left_out));
        return printer.value(&value);
    }
    warn_left_out(&collected.left_out, printer);
    printer.line(format!("{:<6} {name}", exhibit.unwrap_or_default()));
    printer.talk(format!(
        "{} questions and {} that confirm: {} answered, {} without answer, {} asked again, {} over \
         TCP, {} left out\nnext: faisceau run",
        collected.questions,
        collected.confirmations,
        collected.answered,
        collected.silent,
        collected.again,
        collected.over_tcp,
        collected.left_out.len()
    ));
    Ok(())
}

fn warn_left_out(left_out: &[faisceau_collect::dns::LeftOut], printer: &Printer) {
    for out in left_out.iter().take(NAMED) {
        printer.warning(format!("not asked about: {} ({})", inert(&out.what), out.why));
    }
    if left_out.len() > NAMED {
        printer.warning(format!("and {} more not asked about", left_out.len() - NAMED));
    }
}

fn left_out(all: &[faisceau_collect::dns::LeftOut]) -> Value {
    all.iter().map(|out| json!({"what": out.what, "why": out.why})).collect()
}

fn texts(resolvers: &[SocketAddr]) -> Vec<String> {
    resolvers.iter().map(ToString::to_string).collect()
}

/// The types, for the command line.
pub(crate) fn kind(text: &str) -> Result<Kind, String> {
    text.parse()
}
