//! `faisceau collect dns`: asks the resolvers that are named, and takes the answers in.

use std::fs;

use faisceau_case::{Case, Step};
use faisceau_collect::dns::dnssec::Anchors;
use faisceau_collect::dns::{CollectError, Collected, Collection, Kind, Plan, Resolver, Settings};
use faisceau_model::{ExhibitNo, inert};
use serde_json::{Map, Value, json};

use super::resolving::{self, Resolving};
use super::telling::{
    NAMED, left_out_in_json, say_left_out, say_tells, tells_in_json, warn_left_out,
};
use crate::arguments::{Arguments, DnsArguments, ResolverArguments};
use crate::clock;
use crate::commands::web::{not_kept, warn_of_dropped};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// Questions whose answers are put on the disk at once.
const PART: usize = 8192;
/// The largest file of trust anchors.
const MAX_ANCHORS: u64 = 1 << 20;

impl From<CollectError> for Failure {
    fn from(error: CollectError) -> Self {
        let exit = match error {
            CollectError::Question { .. } | CollectError::Line(_) => Exit::Internal,
            _ => Exit::WrongUse,
        };
        Self::new(exit, error.to_string())
    }
}

pub(super) fn dns(
    arguments: &Arguments,
    wanted: &DnsArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    if wanted.how.resolvers.is_empty() {
        return Err(resolving::nobody());
    }
    let mut case = super::super::open_if_there(arguments)?;
    let plan = plan(wanted, case.as_ref())?;
    let anchors = anchors(wanted)?;
    if wanted.how.dry_run {
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
    let resolving = Resolving::new(&wanted.how)?;
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    let mut collecting = case.collecting("dns", intent(&plan, wanted), &who, now)?;
    warn_of_dropped(&collecting, printer);
    let settings = resolving.settings();
    let parts = plan.parts(part(&wanted.how));
    let (before, total) = (collecting.pieces().len(), plan.questions().len() as u64);
    let mut bar = Bar::new(printer.quiet());
    let mut all: Option<Collected> = None;
    let mut asked: u64 = parts.iter().take(before).map(|part| part.questions().len() as u64).sum();
    for part in parts.iter().skip(before) {
        let collection = Collection {
            plan: part,
            resolvers: &wanted.how.resolvers,
            settings: &settings,
            compare: wanted.compare,
            dnssec: anchors.as_ref(),
        };
        let mut shown = |done: u64, _: u64| {
            // A bar that is drawn for each of 100,000 answers costs more than they do.
            if done.is_multiple_of(64) {
                bar.show(&Step { stage: "ask", what: "dns", done: asked + done, total });
            }
        };
        let mut collected =
            resolving.with(now, |ways, clock| collection.run(ways, clock, &mut shown))?;
        collecting.append(&collected.bytes).map_err(|error| not_kept(&error))?;
        // They are on the disk.
        collected.bytes.clear();
        asked += part.questions().len() as u64;
        match &mut all {
            None => all = Some(collected),
            Some(all) => all.join(collected),
        }
    }
    let lines = collecting.kept().map_err(|error| not_kept(&error))?;
    let name = format!("{}.jsonl", collecting.stem());
    let how = outcome(all.as_ref(), before, &settings, wanted);
    let taken =
        collecting.keep(&[(".jsonl".to_owned(), lines)], how, &mut |step| bar.show(step))?;
    drop(bar);
    let exhibit = taken.exhibits.first().copied();
    said(all.as_ref(), before, &name, exhibit, wanted, printer)?;
    let complete = all.is_none_or(|all| all.is_complete() && all.bogus.is_empty());
    Ok(if complete { Exit::Done } else { Exit::DoneWithRejects })
}

/// So many questions that a few seconds are lost when the process ends, not minutes.
fn part(how: &ResolverArguments) -> usize {
    how.rate.map_or(PART, |rate| PART.min(5 * rate.max(1) as usize))
}

fn plan(wanted: &DnsArguments, case: Option<&Case>) -> Result<Plan, Failure> {
    let mut plan = Plan::new(wanted.confirm);
    for target in &wanted.targets {
        plan.add(target, &wanted.kinds)
            .map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))?;
    }
    if wanted.addresses_of_case {
        super::addresses_of(case)?.into_iter().for_each(|ip| plan.add_address(ip));
    }
    if wanted.targets.is_empty() && !wanted.addresses_of_case {
        return Err(Failure::from(CollectError::NothingToAsk)
            .hint("give addresses or names, or `--addresses-of-case`"));
    }
    Ok(plan)
}

/// The trust anchors of the signatures.
fn anchors(wanted: &DnsArguments) -> Result<Option<Anchors>, Failure> {
    let Some(path) = &wanted.anchors else {
        return Ok(wanted.dnssec.then(Anchors::iana));
    };
    let wrong = |why: String| Failure::new(Exit::WrongUse, format!("`{}`: {why}", path.display()));
    let meta = fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
    if !meta.is_file() || meta.len() > MAX_ANCHORS {
        return Err(wrong(format!("no file of at most {MAX_ANCHORS} bytes")));
    }
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    Anchors::parse(&text).map(Some).map_err(|error| wrong(error.to_string()))
}

fn dry_run(plan: &Plan, wanted: &DnsArguments, printer: &Printer) -> Result<Exit, Failure> {
    let resolvers = &wanted.how.resolvers;
    let tells = plan.tells(resolvers, wanted.compare, wanted.dnssec);
    if printer.json() {
        printer.value(&json!({
            "resolvers": texts(resolvers),
            "questions": plan.questions().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "confirm": plan.confirms(),
            "left_out": left_out_in_json(plan.left_out()),
            "tells": tells_in_json(&tells),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    let (first, others) = resolvers.split_first().ok_or_else(resolving::nobody)?;
    let to = if wanted.compare { texts(resolvers).join(", ") } else { first.to_string() };
    for question in plan.questions() {
        printer.line(format!("{question} -> {to}"));
    }
    say_left_out(plan.left_out(), printer);
    say_tells(&tells, printer);
    printer.talk(format!(
        "{} questions would go to {to}, {} left out; nothing was sent",
        plan.questions().len(),
        plan.left_out().len()
    ));
    if plan.confirms() {
        printer.talk("for each name that comes back, its addresses would be asked for too");
    }
    if !others.is_empty() && !wanted.compare {
        let others = texts(others).join(", ");
        printer.talk(format!("what {first} does not answer would go to {others}"));
    }
    Ok(Exit::Done)
}

/// What the journal says before anything leaves the machine.
fn intent(plan: &Plan, wanted: &DnsArguments) -> Map<String, Value> {
    Map::from_iter([
        ("compare".to_owned(), Value::from(wanted.compare)),
        ("confirm".to_owned(), Value::from(plan.confirms())),
        ("dnssec".to_owned(), Value::from(wanted.dnssec)),
        ("left_out".to_owned(), Value::from(plan.left_out().len())),
        ("questions".to_owned(), Value::from(plan.questions().len())),
        ("resolvers".to_owned(), Value::from(texts(&wanted.how.resolvers))),
        ("wish_sha256".to_owned(), Value::from(super::wish_sha256(plan.questions()))),
    ])
}

/// What the journal says of what came.
fn outcome(
    collected: Option<&Collected>,
    before: usize,
    settings: &Settings,
    wanted: &DnsArguments,
) -> Map<String, Value> {
    let mut fields = collected.map(counts).unwrap_or_default();
    fields.insert("source".to_owned(), Value::from("dns"));
    fields.insert("pieces_of_before".to_owned(), Value::from(before));
    fields.insert("resolvers".to_owned(), Value::from(texts(&wanted.how.resolvers)));
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
        ("bogus", collected.states.bogus),
        ("confirmations", collected.confirmations),
        ("differences", collected.differences.len() as u64),
        ("foreign", collected.foreign),
        ("indeterminate", collected.states.indeterminate),
        ("insecure", collected.states.insecure),
        ("left_out", collected.left_out.len() as u64),
        ("of_chain", collected.of_chain),
        ("over_tcp", collected.over_tcp),
        ("questions", collected.questions),
        ("secure", collected.states.secure),
        ("sent", collected.sent),
        ("timeouts", collected.silent),
        ("unreadable", collected.unreadable),
    ] {
        fields.insert(name.to_owned(), Value::from(count));
    }
    fields.insert("ended".to_owned(), Value::from(collected.ended.to_string()));
    fields
}

fn said(
    collected: Option<&Collected>,
    before: usize,
    name: &str,
    exhibit: Option<ExhibitNo>,
    wanted: &DnsArguments,
    printer: &Printer,
) -> Result<(), Failure> {
    let exhibit = exhibit.map(|no| no.to_string());
    if printer.json() {
        let mut value = collected.map(counts).unwrap_or_default();
        value.insert("exhibit".to_owned(), json!(exhibit));
        value.insert("name".to_owned(), json!(name));
        value.insert("pieces_of_before".to_owned(), json!(before));
        value.insert("resolvers".to_owned(), json!(texts(&wanted.how.resolvers)));
        if let Some(collected) = collected {
            value.insert("left_out".to_owned(), left_out_in_json(&collected.left_out));
            value.insert("differing".to_owned(), differing(collected));
            value.insert("not_as_signed".to_owned(), json!(collected.bogus));
        }
        return printer.value(&value);
    }
    if let Some(collected) = collected {
        in_words(collected, wanted, printer);
    }
    printer.line(format!("{:<6} {name}", exhibit.unwrap_or_default()));
    if before > 0 {
        printer.talk(format!("{before} parts were asked by a process that ended before"));
    }
    printer.talk("next: faisceau run");
    Ok(())
}

fn in_words(collected: &Collected, wanted: &DnsArguments, printer: &Printer) {
    if !collected.is_complete() {
        printer.warning(format!(
            "{} questions without an answer, {} whose answer cannot be read; the exhibit has a line \
             for each",
            collected.silent, collected.unreadable
        ));
    }
    for (question, how) in collected.bogus.iter().take(NAMED) {
        printer.warning(format!("not as its zone signed it: {} ({})", inert(question), inert(how)));
    }
    for difference in collected.differences.iter().take(NAMED) {
        let each = difference.said.iter().map(|(resolver, said)| format!("{resolver}: {said}"));
        let each: Vec<String> = each.collect();
        let question = inert(&difference.question);
        printer.warning(format!("they differ on {question}: {}", inert(&each.join("; "))));
    }
    warn_left_out(&collected.left_out, printer);
    printer.talk(format!(
        "{} questions and {} that confirm: {} answered, {} without answer, {} asked again, {} over \
         TCP, {} left out",
        collected.questions,
        collected.confirmations,
        collected.answered,
        collected.silent,
        collected.again,
        collected.over_tcp,
        collected.left_out.len()
    ));
    if wanted.dnssec {
        let states = collected.states;
        printer.talk(format!(
            "signatures: {} secure, {} unsigned by their zone, {} bogus, {} undecided; {} questions \
             about keys",
            states.secure, states.insecure, states.bogus, states.indeterminate, collected.of_chain
        ));
    }
    if wanted.compare {
        printer.talk(format!("{} questions on which they differ", collected.differences.len()));
    }
}

fn differing(collected: &Collected) -> Value {
    let one = |difference: &faisceau_collect::dns::Difference| {
        let said = difference
            .said
            .iter()
            .map(|(resolver, said)| json!({"resolver": resolver.to_string(), "said": said}));
        json!({"question": difference.question, "said": said.collect::<Vec<_>>()})
    };
    collected.differences.iter().map(one).collect()
}

pub(super) fn texts(resolvers: &[Resolver]) -> Vec<String> {
    resolvers.iter().map(ToString::to_string).collect()
}

/// The types, for the command line.
pub(crate) fn kind(text: &str) -> Result<Kind, String> {
    text.parse()
}
