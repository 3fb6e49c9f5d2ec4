//! Collecting from real servers on loopback, which the tests start: Knot DNS signs, NSD serves what
//! was altered. Where one is missing, its tests say so and end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test fails by panicking, starts servers, and is a front end with a clock"
)]

mod compared;
mod hidden;
mod listed;
mod programs;
mod signed;
mod transports;

use std::time::Duration;

use faisceau_collect::dns::dnssec::Anchors;
use faisceau_collect::dns::{Collected, Collection, Kind, Plan, Resolver, Settings, Ways};
use jiff::Timestamp;
use serde_json::Value;

fn settings() -> Settings {
    Settings { timeout: Duration::from_secs(2), ..Settings::default() }
}

fn plan(questions: &[(&str, Kind)]) -> Plan {
    let mut plan = Plan::new(false);
    for (name, kind) in questions {
        plan.add(name, &[*kind]).unwrap();
    }
    plan
}

fn run(
    plan: &Plan,
    resolvers: &[Resolver],
    compare: bool,
    dnssec: Option<&Anchors>,
    ways: &mut Ways<'_>,
) -> Collected {
    run_with(&settings(), plan, resolvers, compare, dnssec, ways)
}

fn run_with(
    settings: &Settings,
    plan: &Plan,
    resolvers: &[Resolver],
    compare: bool,
    dnssec: Option<&Anchors>,
    ways: &mut Ways<'_>,
) -> Collected {
    let collection = Collection { plan, resolvers, settings, compare, dnssec };
    collection.run(ways, &Timestamp::now, &mut |_, _| {}).unwrap()
}

fn lines(collected: &Collected) -> Vec<Value> {
    let text = std::str::from_utf8(&collected.bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
