//! `faisceau collect presence`: asks sites whether they know a handle.

use std::fs;

use faisceau_collect::presence::{Choice, Handle, Presences, SiteFile, Verdict, plan, run};
use faisceau_model::{excerpt, inert};
use serde_json::{Map, Value, json};

use crate::arguments::{Arguments, PresenceArguments};
use crate::commands::web::{self, Kept, Robots, Wish};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// The largest file of sites that is opened.
const MAX_FILE: u64 = 64 << 20;

pub(super) fn presence(
    arguments: &Arguments,
    wanted: &PresenceArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let wrong = |why: String| Failure::new(Exit::WrongUse, why);
    let handle = Handle::parse(&wanted.handle).map_err(|error| wrong(error.to_string()))?;
    let sites = sites(wanted)?;
    let choice = Choice {
        categories: wanted.categories.clone(),
        without: wanted.without.clone(),
        post: wanted.post,
        protected: wanted.protected,
        // The dialer judges every address; those that were allowed by name may be asked.
        private_targets: !wanted.web.allowed.is_empty(),
    };
    if wanted.web.dry_run {
        return dry_run(&sites, &handle, &choice, printer);
    }
    let mut case = super::super::open(arguments)?;
    let fields = Map::from_iter([
        ("categories".to_owned(), Value::from(choice.categories.clone())),
        ("handle".to_owned(), Value::from(handle.as_str())),
        ("post".to_owned(), Value::from(choice.post)),
        ("protected".to_owned(), Value::from(choice.protected)),
        ("sites_sha256".to_owned(), Value::from(sites.sha256.as_str())),
        ("without".to_owned(), Value::from(choice.without.clone())),
    ]);
    let wish = Wish { source: "presence", fields, robots: Robots::of(&wanted.robots) };
    let gone = web::collect(&mut case, wish, (arguments, &wanted.web, printer), |fetch| {
        run(&sites, &handle, &choice, fetch, &mut |_, _| {})
    })?;
    let mut lines = Vec::new();
    let mut how = Map::new();
    if let Ok(found) = &gone.outcome {
        lines.push((".jsonl".to_owned(), found.bytes.clone()));
        how = counts(found);
    }
    let (outcome, kept) = gone.keep_with("presence", &lines, how, printer)?;
    let found = outcome.map_err(|error| Failure::new(Exit::Internal, error.to_string()))?;
    said(&found, &sites, &kept, printer)?;
    Ok(if kept.whole { Exit::Done } else { Exit::DoneWithRejects })
}

fn sites(wanted: &PresenceArguments) -> Result<SiteFile, Failure> {
    let path = &wanted.sites;
    let wrong = |why: String| Failure::new(Exit::WrongUse, format!("`{}`: {why}", path.display()));
    let meta = fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
    if !meta.is_file() || meta.len() > MAX_FILE {
        return Err(wrong(format!("no file of at most {MAX_FILE} bytes")));
    }
    let bytes = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    SiteFile::read(&bytes).map_err(|error| wrong(error.to_string()))
}

fn dry_run(
    sites: &SiteFile,
    handle: &Handle,
    choice: &Choice,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let planned = plan(sites, handle, choice);
    if printer.json() {
        let one = |one: &faisceau_collect::presence::PlannedCheck| match &one.asks {
            Ok(pair) => json!({"site": one.site, "to": pair.to_whom, "url": pair.url,
                "control_url": pair.control_url, "method": pair.method.as_str()}),
            Err(why) => json!({"site": one.site, "not_asked": why}),
        };
        printer
            .value(&json!({"checks": planned.iter().map(one).collect::<Vec<_>>(), "sent": 0}))?;
        return Ok(Exit::Done);
    }
    for one in &planned {
        match &one.asks {
            Ok(pair) => {
                let method = pair.method.as_str();
                printer.line(format!("{method} {} -> {}", inert(&pair.url), inert(&pair.to_whom)));
                printer.line(format!("{method} {}", inert(&pair.control_url)));
            }
            Err(why) => printer.line(format!("not asked: {} ({})", inert(&one.site), inert(why))),
        }
    }
    let asked = planned.iter().filter(|one| one.asks.is_ok()).count();
    printer.talk(format!(
        "{asked} sites would be asked twice each; each learns that somebody looks for the handle. \
         Nothing was sent"
    ));
    Ok(Exit::Done)
}

fn counts(found: &Presences) -> Map<String, Value> {
    let counts = found.verdicts.iter();
    counts.map(|(verdict, count)| (field(*verdict), Value::from(*count))).collect()
}

/// The word of a verdict, as the journal may name a field.
fn field(verdict: Verdict) -> String {
    verdict.as_str().replace(['-', ' '], "_")
}

fn said(
    found: &Presences,
    sites: &SiteFile,
    kept: &Kept,
    printer: &Printer,
) -> Result<(), Failure> {
    if printer.json() {
        let mut value = Map::from_iter([("verdicts".to_owned(), Value::Object(counts(found)))]);
        value.insert("exhibit".to_owned(), json!(kept.exhibit));
        value.insert("name".to_owned(), json!(kept.name));
        value.insert("present".to_owned(), hits(found).collect());
        value.insert("sites_licence".to_owned(), json!(sites.licence));
        value.extend(web::counted(kept.counts));
        return printer.value(&value);
    }
    for hit in hits(found) {
        let text = |name: &str| excerpt(hit[name].as_str().unwrap_or_default(), 200);
        printer.line(format!("{}: {}", text("site"), text("url")));
    }
    let each =
        found.verdicts.iter().map(|(verdict, count)| format!("{count} {}", verdict.as_str()));
    printer.line(each.collect::<Vec<_>>().join(", "));
    printer.talk("the same handle elsewhere is a lead: it may be anybody's");
    kept.said(printer);
    Ok(())
}

/// The sites that know the handle, each with the page that shows it.
fn hits(found: &Presences) -> impl Iterator<Item = Value> {
    let lines = found.bytes.split(|byte| *byte == b'\n');
    let lines = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    lines.filter(|line| line["verdict"] == Verdict::Present.as_str()).map(|line| {
        let url = line.get("show").filter(|show| show.is_string()).unwrap_or(&line["asked"]["url"]);
        json!({"site": line["site"], "url": url})
    })
}
