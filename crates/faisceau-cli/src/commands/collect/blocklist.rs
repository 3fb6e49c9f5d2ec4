//! `faisceau collect blocklist`: asks lists of addresses over the DNS.

use faisceau_case::Step;
use faisceau_collect::dns::CollectError;
use faisceau_collect::dns::blocklist::{BlocklistPlan, Blocklisted};
use faisceau_model::inert;
use serde_json::{Map, Value, json};

use super::dns::texts;
use super::resolving::{self, Resolving};
use super::telling::{left_out_in_json, say_left_out, say_tells, tells_in_json, warn_left_out};
use crate::arguments::{Arguments, BlocklistArguments};
use crate::clock;
use crate::commands::web::{not_kept, warn_of_dropped};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn blocklist(
    arguments: &Arguments,
    wanted: &BlocklistArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    if wanted.how.resolvers.is_empty() {
        return Err(resolving::nobody());
    }
    let mut case = super::super::open_if_there(arguments)?;
    let mut plan = BlocklistPlan::new(wanted.zones.iter().map(String::as_str))
        .map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))?;
    wanted.targets.iter().for_each(|ip| plan.add(*ip));
    if wanted.addresses_of_case {
        super::addresses_of(case.as_ref())?.into_iter().for_each(|ip| plan.add(ip));
    }
    if wanted.how.dry_run {
        return dry_run(&plan, wanted, printer);
    }
    let Some(case) = &mut case else {
        return super::super::open(arguments).map(|_| Exit::Done);
    };
    let questions = plan.questions();
    if questions.is_empty() {
        warn_left_out(plan.left_out(), printer);
        return Err(CollectError::NothingToAsk.into());
    }
    let resolving = Resolving::new(&wanted.how)?;
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    let fields = Map::from_iter([
        ("questions".to_owned(), Value::from(questions.len())),
        ("resolvers".to_owned(), Value::from(texts(&wanted.how.resolvers))),
        ("wish_sha256".to_owned(), Value::from(super::wish_sha256(&questions))),
        ("zones".to_owned(), Value::from(wanted.zones.clone())),
    ]);
    let mut collecting = case.collecting("blocklist", fields, &who, now)?;
    let mut bar = Bar::new(printer.quiet());
    let mut shown = |done, total| {
        bar.show(&Step { stage: "ask", what: "lists", done, total });
    };
    let (resolvers, settings) = (&wanted.how.resolvers, resolving.settings());
    let found = resolving
        .with(now, |ways, clock| plan.run(resolvers, &settings, ways, clock, &mut shown))?;
    warn_of_dropped(&collecting, printer);
    if collecting.pieces().is_empty() {
        collecting.append(&found.bytes).map_err(|error| not_kept(&error))?;
    }
    let lines = collecting.kept().map_err(|error| not_kept(&error))?;
    let name = format!("{}.jsonl", collecting.stem());
    let taken = collecting
        .keep(&[(".jsonl".to_owned(), lines)], counts(&found), &mut |step| bar.show(step))?;
    drop(bar);
    let exhibit = taken.exhibits.first().map(ToString::to_string);
    said(&found, &name, exhibit.as_deref(), printer)?;
    let sound = found.undecided.is_empty() && found.lists.iter().all(|list| list.why_not.is_none());
    Ok(if sound { Exit::Done } else { Exit::DoneWithRejects })
}

fn dry_run(
    plan: &BlocklistPlan,
    wanted: &BlocklistArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let tells = plan.tells(&wanted.how.resolvers);
    if printer.json() {
        printer.value(&json!({
            "questions": plan.questions().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "left_out": left_out_in_json(plan.left_out()),
            "tells": tells_in_json(&tells),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    plan.questions().iter().for_each(|question| printer.line(question.to_string()));
    say_left_out(plan.left_out(), printer);
    say_tells(&tells, printer);
    printer.talk(format!("{} questions; nothing was sent", plan.questions().len()));
    Ok(Exit::Done)
}

fn counts(found: &Blocklisted) -> Map<String, Value> {
    let counts = [
        ("asked_again", found.again),
        ("left_out", found.left_out.len() as u64),
        ("listed", found.listings.len() as u64),
        ("not_listed", found.not_listed),
        ("sent", found.sent),
        ("undecided", found.undecided.len() as u64),
    ];
    let mut fields: Map<String, Value> =
        counts.into_iter().map(|(name, count)| (name.to_owned(), Value::from(count))).collect();
    fields.insert("source".to_owned(), Value::from("blocklist"));
    fields.insert("ended".to_owned(), Value::from(found.ended.to_string()));
    fields
}

fn said(
    found: &Blocklisted,
    name: &str,
    exhibit: Option<&str>,
    printer: &Printer,
) -> Result<(), Failure> {
    if printer.json() {
        let mut value = counts(found);
        let lists = found.lists.iter().map(
            |list| json!({"zone": list.zone, "ipv4": list.is_ipv4, "not_believed": list.why_not}),
        );
        let listings = found.listings.iter().map(|listing| {
            json!({"address": listing.address, "list": listing.list, "codes": listing.codes,
                "texts": listing.texts, "at": listing.at.to_string()})
        });
        value.insert("exhibit".to_owned(), json!(exhibit));
        value.insert("name".to_owned(), json!(name));
        value.insert("lists".to_owned(), lists.collect());
        value.insert("listings".to_owned(), listings.collect());
        value.insert("undecided".to_owned(), left_out_in_json(&found.undecided));
        return printer.value(&value);
    }
    for list in &found.lists {
        if let Some(why) = &list.why_not {
            let family = if list.is_ipv4 { "IPv4" } else { "IPv6" };
            let zone = inert(&list.zone);
            printer.warning(format!("{zone} is not believed on {family}: {}", inert(why)));
        }
    }
    for listing in &found.listings {
        let codes: Vec<String> = listing.codes.iter().map(ToString::to_string).collect();
        printer.line(format!(
            "{} is on {} ({}) {}",
            listing.address,
            inert(&listing.list),
            codes.join(", "),
            inert(&listing.texts.join(" "))
        ));
    }
    for open in &found.undecided {
        printer.warning(format!("undecided: {} ({})", inert(&open.what), inert(&open.why)));
    }
    warn_left_out(&found.left_out, printer);
    printer.line(format!("{:<6} {name}", exhibit.unwrap_or("-")));
    printer.talk(format!(
        "{} listed, {} not listed, {} undecided. A list says what it holds now, not at the event\n\
         next: faisceau run",
        found.listings.len(),
        found.not_listed,
        found.undecided.len()
    ));
    Ok(())
}
