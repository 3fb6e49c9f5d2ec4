//! `faisceau collect lookup`: asks logs of certificates and archives of pages.

use faisceau_collect::lookups::{Endpoint, EndpointKind, LookupError, LookupPlan, Lookups};
use faisceau_model::inert;
use serde_json::{Map, Value, json};

use super::telling::{left_out_in_json, say_left_out, say_tells, tells_in_json, warn_left_out};
use crate::arguments::{Arguments, LookupArguments};
use crate::clock;
use crate::commands::web::{self, Kept, Robots, Wish};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

impl From<LookupError> for Failure {
    fn from(error: LookupError) -> Self {
        Self::new(Exit::WrongUse, error.to_string())
    }
}

pub(super) fn lookup(
    arguments: &Arguments,
    wanted: &LookupArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let of = |kind| move |url: &url::Url| Endpoint { kind, url: url.clone() };
    let certificates = wanted.certificates.iter().map(of(EndpointKind::Certificates));
    let endpoints: Vec<Endpoint> =
        certificates.chain(wanted.captures.iter().map(of(EndpointKind::Captures))).collect();
    if endpoints.is_empty() {
        return Err(Failure::new(Exit::WrongUse, "no log and no archive was named").hint(
            "`--certificates URL` names a log such as https://crt.sh/, `--captures URL` an archive such \
             as https://web.archive.org/cdx/search/cdx. They learn the name and your address",
        ));
    }
    let mut plan = LookupPlan::new(endpoints)?;
    for target in &wanted.targets {
        plan.add(target, wanted.below)?;
    }
    if wanted.web.dry_run {
        return dry_run(&plan, printer);
    }
    let mut case = super::super::open(arguments)?;
    let urls: Vec<String> = plan.urls().map(ToString::to_string).collect();
    let fields = Map::from_iter([("urls".to_owned(), Value::from(urls))]);
    let now = clock::now()?;
    let ticking = || clock::now().unwrap_or(now);
    let wish = Wish { source: "lookup", fields, robots: Robots::NotAsked };
    let gone = web::collect(&mut case, wish, (arguments, &wanted.web, printer), |fetch| {
        plan.run(fetch, None, &ticking, &mut |_, _| {})
    })?;
    let (outcome, kept) = gone.keep("lookup", Map::new(), printer)?;
    let found = outcome?;
    said(&found, &kept, printer)?;
    Ok(if found.is_complete() { Exit::Done } else { Exit::DoneWithRejects })
}

fn dry_run(plan: &LookupPlan, printer: &Printer) -> Result<Exit, Failure> {
    let tells = plan.tells();
    if printer.json() {
        printer.value(&json!({
            "requests": plan.urls().map(ToString::to_string).collect::<Vec<_>>(),
            "left_out": left_out_in_json(plan.left_out()),
            "tells": tells_in_json(&tells),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    plan.urls().for_each(|url| printer.line(format!("GET {}", inert(url.as_str()))));
    say_left_out(plan.left_out(), printer);
    say_tells(&tells, printer);
    printer.talk("nothing was sent");
    Ok(Exit::Done)
}

fn said(found: &Lookups, kept: &Kept, printer: &Printer) -> Result<(), Failure> {
    if printer.json() {
        let one = |one: &faisceau_collect::lookups::LookedUp| {
            json!({
                "about": one.target,
                "url": one.url.as_str(),
                "at": one.at.to_string(),
                "status": one.status,
                "entries": one.entries.as_ref().ok(),
                "why_not": one.entries.as_ref().err(),
            })
        };
        return printer.value(&json!({
            "exhibit": kept.exhibit,
            "found": found.found.iter().map(one).collect::<Vec<_>>(),
            "left_out": left_out_in_json(&found.left_out),
            "name": kept.name,
        }));
    }
    for one in &found.found {
        let host = one.url.host_str().unwrap_or_default();
        match &one.entries {
            Ok(entries) => {
                printer.line(format!("{}: {entries} entries at {host}", inert(&one.target)));
            }
            Err(why) => {
                printer.warning(format!("{} at {host}: {}", inert(&one.target), inert(why)));
            }
        }
    }
    warn_left_out(&found.left_out, printer);
    kept.said(printer);
    Ok(())
}
