//! `faisceau collect`: asks what is named, and takes the answers in.

mod blocklist;
mod capture;
mod dns;
mod lookup;
mod package;
mod page;
mod presence;
mod profile;
mod rdap;
mod resolving;
mod telling;
mod timestamp;

use std::fmt::Display;
use std::net::IpAddr;

use faisceau_case::{Case, Sha256Sum};

use crate::arguments::{Arguments, CollectSource};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(crate) use dns::kind;

pub(super) fn run(
    arguments: &Arguments,
    source: &CollectSource,
    printer: &Printer,
) -> Result<Exit, Failure> {
    match source {
        CollectSource::Dns(wanted) => dns::dns(arguments, wanted, printer),
        CollectSource::Rdap(wanted) => rdap::rdap(arguments, wanted, printer),
        CollectSource::Lookup(wanted) => lookup::lookup(arguments, wanted, printer),
        CollectSource::Presence(wanted) => presence::presence(arguments, wanted, printer),
        CollectSource::Blocklist(wanted) => blocklist::blocklist(arguments, wanted, printer),
        CollectSource::Page(wanted) => page::page(arguments, wanted, printer),
        CollectSource::Timestamp(wanted) => timestamp::timestamp(arguments, wanted, printer),
        CollectSource::Profile(wanted) => profile::profile(arguments, wanted, printer),
    }
}

/// What tells one list of requests from another in the journal.
fn wish_sha256<T: Display>(requests: &[T]) -> String {
    let lines: Vec<String> = requests.iter().map(ToString::to_string).collect();
    Sha256Sum::of(lines.join("\n").as_bytes()).to_string()
}

/// The public addresses of the connections of the case.
fn addresses_of(case: Option<&Case>) -> Result<Vec<IpAddr>, Failure> {
    let case = case.ok_or_else(|| {
        Failure::new(Exit::WrongUse, "there is no case here whose addresses could be asked")
            .hint("`--case DIR` names one")
    })?;
    Ok(case.public_addresses()?)
}
