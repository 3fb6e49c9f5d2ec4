//! `faisceau collect`: asks what is named, and takes the answers in.

mod dns;
mod page;
mod profile;
mod timestamp;

use std::fmt::Display;

use faisceau_case::Sha256Sum;

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
        CollectSource::Page(wanted) => page::page(arguments, wanted, printer),
        CollectSource::Timestamp(wanted) => timestamp::timestamp(arguments, wanted, printer),
        CollectSource::Profile(wanted) => profile::profile(arguments, wanted, printer),
    }
}

/// What tells one list of requests from another in the journal.
fn wish_sha256<T: Display>(requests: &[T]) -> String {
    let text: String = requests.iter().map(|request| format!("{request}\n")).collect();
    Sha256Sum::of(text.as_bytes()).to_string()
}
