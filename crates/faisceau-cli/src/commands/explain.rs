//! `faisceau explain [SIGNAL]`.

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn explain(
    arguments: &Arguments,
    signal: Option<&str>,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let case = super::open_if_there(arguments)?;
    let cards = faisceau_case::signal_cards(case.as_ref())?;
    let chosen: Vec<_> = match signal {
        None => cards.iter().collect(),
        Some(name) => cards.iter().filter(|card| card.name == name).collect(),
    };
    if chosen.is_empty() {
        let names: Vec<_> = cards.iter().map(|card| card.name.as_str()).collect();
        return Err(Failure::new(Exit::WrongUse, "there is no signal of that name")
            .hint(format!("the signals are {}", names.join(", "))));
    }
    if printer.json() {
        printer.value(&chosen)?;
    } else if signal.is_none() {
        for card in chosen {
            printer.line(format!("{:<18} {:<8} {}", card.name, card.family, card.measures));
        }
    } else {
        for card in chosen {
            printer.line(card.to_text());
        }
    }
    Ok(Exit::Done)
}
