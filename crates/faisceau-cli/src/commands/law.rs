//! `faisceau law check`.

use faisceau_case::law_check;
use jiff::tz::TimeZone;

use crate::arguments::LawAction;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn law(action: &LawAction, printer: &Printer) -> Result<Exit, Failure> {
    let LawAction::Check = action;
    let found = law_check(clock::now()?.to_zoned(TimeZone::UTC).date())?;
    if printer.json() {
        printer.value(&found)?;
        return Ok(Exit::Done);
    }
    for flag in &found.flags {
        let old = if flag.old { ", old" } else { "" };
        let age = flag.age_days.map_or_else(String::new, |days| format!(" ({days} days ago{old})"));
        printer.line(format!(
            "{} {}: {}, checked {}{age}; {}",
            flag.file, flag.entry, flag.status, flag.checked, flag.source
        ));
    }
    printer.talk(format!(
        "{} of {} entries are unverified or older than {} days; nothing is verified after {}",
        found.flags.len(),
        found.entries,
        found.old_after_days,
        found.known_until
    ));
    Ok(Exit::Done)
}
