//! `faisceau collect rdap`: asks registries who holds what today.

use faisceau_collect::dns::CollectError;
use faisceau_collect::rdap::{RdapPlan, Registered, Source, Target};
use faisceau_model::inert;
use serde_json::{Map, Value, json};

use super::telling::{left_out_in_json, say_left_out, say_tells, tells_in_json, warn_left_out};
use crate::arguments::{Arguments, RdapArguments};
use crate::clock;
use crate::commands::web::{self, Kept, Robots, Wish};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn rdap(
    arguments: &Arguments,
    wanted: &RdapArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let source = match (&wanted.server, &wanted.bootstrap) {
        (Some(server), _) => Source::Server(server.clone()),
        (None, Some(lists)) => Source::Bootstrap(lists.clone()),
        (None, None) => return Err(nobody()),
    };
    let mut case = super::super::open_if_there(arguments)?;
    let mut plan = RdapPlan::new(source);
    wanted.targets.iter().cloned().for_each(|target| plan.add(target));
    if wanted.addresses_of_case {
        let addresses = super::addresses_of(case.as_ref())?;
        for ip in addresses {
            plan.add(Target::Address(ip));
        }
    }
    if wanted.web.dry_run {
        return dry_run(&plan, printer);
    }
    let Some(case) = &mut case else {
        return super::super::open(arguments).map(|_| Exit::Done);
    };
    if plan.targets().is_empty() {
        warn_left_out(plan.left_out(), printer);
        return Err(Failure::from(CollectError::NothingToAsk)
            .hint("give addresses, prefixes, AS numbers, domains, or `--addresses-of-case`"));
    }
    let fields = Map::from_iter([
        ("targets".to_owned(), Value::from(plan.targets().len())),
        ("wish_sha256".to_owned(), Value::from(super::wish_sha256(plan.targets()))),
    ]);
    let now = clock::now()?;
    let ticking = || clock::now().unwrap_or(now);
    let wish = Wish { source: "rdap", fields, robots: Robots::NotAsked };
    let gone = web::collect(case, wish, (arguments, &wanted.web, printer), |fetch| {
        plan.run(fetch, None, &ticking, &mut |_, _| {})
    })?;
    let how = gone.outcome.as_ref().map(counts).unwrap_or_default();
    let lines = gone.outcome.as_ref().map(|found| found.bytes.clone()).unwrap_or_default();
    let (outcome, kept) = gone.keep_with("rdap", &[(".jsonl".to_owned(), lines)], how, printer)?;
    let found = outcome?;
    said(&found, &kept, printer)?;
    Ok(if found.is_complete() { Exit::Done } else { Exit::DoneWithRejects })
}

fn nobody() -> Failure {
    Failure::new(Exit::WrongUse, "no registry was named, and none is chosen for you").hint(
        "`--bootstrap https://data.iana.org/rdap/` asks the lists of IANA first, then the registry of \
         each target; `--server URL` asks one. A registry learns each target, when, and your address",
    )
}

fn dry_run(plan: &RdapPlan, printer: &Printer) -> Result<Exit, Failure> {
    let tells = plan.tells();
    if printer.json() {
        printer.value(&json!({
            "targets": plan.targets().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "left_out": left_out_in_json(plan.left_out()),
            "tells": tells_in_json(&tells),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    plan.targets().iter().for_each(|target| printer.line(target.to_string()));
    say_left_out(plan.left_out(), printer);
    say_tells(&tells, printer);
    printer.talk(format!("{} targets; nothing was sent", plan.targets().len()));
    Ok(Exit::Done)
}

fn counts(found: &Registered) -> Map<String, Value> {
    let counts = [
        ("answered", found.answered),
        ("covered", found.covered.len() as u64),
        ("failed", found.failed.len() as u64),
        ("left_out", found.left_out.len() as u64),
        ("targets", found.targets),
        ("unknown", found.unknown),
    ];
    counts.into_iter().map(|(name, count)| (name.to_owned(), Value::from(count))).collect()
}

fn said(found: &Registered, kept: &Kept, printer: &Printer) -> Result<(), Failure> {
    if printer.json() {
        let mut value = counts(found);
        let covered = found
            .covered
            .iter()
            .map(|covered| json!({"address": covered.address, "by": covered.by.to_string()}));
        value.insert("covered_by".to_owned(), covered.collect());
        value.insert("exhibit".to_owned(), json!(kept.exhibit));
        value.insert("failures".to_owned(), left_out_in_json(&found.failed));
        value.insert("left_out".to_owned(), left_out_in_json(&found.left_out));
        value.insert("name".to_owned(), json!(kept.name));
        value.extend(web::counted(kept.counts));
        return printer.value(&value);
    }
    for failed in &found.failed {
        printer.warning(format!("no answer on {}: {}", inert(&failed.what), inert(&failed.why)));
    }
    warn_left_out(&found.left_out, printer);
    printer.line(format!(
        "{} targets: {} answered, {} inside a network that had answered, {} unknown to the registry, \
         {} failed, {} not asked",
        found.targets,
        found.answered,
        found.covered.len(),
        found.unknown,
        found.failed.len(),
        found.left_out.len()
    ));
    printer.talk("registries say who holds it today, not who did at the event");
    kept.said(printer);
    Ok(())
}
