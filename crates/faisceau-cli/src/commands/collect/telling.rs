//! What a collection would tell whom, and what it leaves out, in words and for machines.

use faisceau_collect::Tells;
use faisceau_collect::dns::LeftOut;
use faisceau_model::inert;
use serde_json::{Value, json};

use crate::printer::Printer;

/// Things that are named one by one.
pub(super) const NAMED: usize = 20;

/// Says who would learn what.
pub(super) fn say_tells(tells: &[Tells], printer: &Printer) {
    for tells in tells {
        printer.talk(tells.to_string());
    }
}

pub(super) fn tells_in_json(tells: &[Tells]) -> Value {
    tells.iter().map(|tells| json!({"who": tells.who, "learns": tells.learns})).collect()
}

/// Lists what would not be asked about.
pub(super) fn say_left_out(left_out: &[LeftOut], printer: &Printer) {
    for out in left_out {
        printer.line(format!("left out: {} ({})", inert(&out.what), inert(&out.why)));
    }
}

/// Warns of what was not asked about.
pub(super) fn warn_left_out(left_out: &[LeftOut], printer: &Printer) {
    for out in left_out.iter().take(NAMED) {
        printer.warning(format!("not asked about: {} ({})", inert(&out.what), inert(&out.why)));
    }
    if left_out.len() > NAMED {
        printer.warning(format!("and {} more not asked about", left_out.len() - NAMED));
    }
}

pub(super) fn left_out_in_json(all: &[LeftOut]) -> Value {
    all.iter().map(|out| json!({"what": out.what, "why": out.why})).collect()
}
