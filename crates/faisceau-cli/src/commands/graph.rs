//! `faisceau graph neighbours|path|common|identities|coordination`.

use faisceau_case::{Answered, GroupShown, Hop, InCommon, Period};
use serde::Serialize;

use crate::arguments::{Arguments, GraphQuestion, PeriodArguments};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn graph(
    arguments: &Arguments,
    question: &GraphQuestion,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let case = super::open_told(arguments, printer)?;
    match question {
        GraphQuestion::Neighbours { node, kind, period } => {
            let answered = case.neighbours(node, kind.as_deref(), &period_of(period))?;
            tell(&answered, "nothing of that kind stands next to it", printer, |hop| {
                hop_line(hop, printer);
            })
        }
        GraphQuestion::Path { from, to, period } => {
            let answered = case.path(from, to, &period_of(period))?;
            tell(&answered, "no way joins them", printer, |hop| hop_line(hop, printer))
        }
        GraphQuestion::Common { nodes, period } => {
            let answered = case.common(nodes, &period_of(period))?;
            tell(&answered, "they have nothing in common", printer, |shared: &InCommon| {
                printer.line(&shared.node);
                shared.by.iter().for_each(|hop| hop_line(hop, printer));
            })
        }
        GraphQuestion::Identities => groups(&case.identities()?, printer),
        GraphQuestion::Coordination => groups(&case.coordination()?, printer),
    }
}

fn period_of(period: &PeriodArguments) -> Period {
    Period { since: period.since.clone(), before: period.before.clone() }
}

fn tell<T: Serialize>(
    answered: &Answered<Vec<T>>,
    nothing: &str,
    printer: &Printer,
    line: impl Fn(&T),
) -> Result<Exit, Failure> {
    if printer.json() {
        printer.value(answered)?;
        return Ok(Exit::Done);
    }
    if answered.found.is_empty() {
        printer.talk(format!("{nothing}, by what this case holds of that period"));
    }
    answered.found.iter().for_each(line);
    if answered.undated > 0 {
        let text = "rows of the case carry no time and were left out of the period; so were the links, \
                    which weigh all of the material";
        printer.warning(format!("{} {text}", answered.undated));
    }
    Ok(Exit::Done)
}

fn hop_line(hop: &Hop, printer: &Printer) {
    let row = hop.rows.first().map_or("", String::as_str);
    printer.line(format!("{:<50} {}  ({row})", hop.node, hop.edge));
}

fn groups(groups: &[GroupShown], printer: &Printer) -> Result<Exit, Failure> {
    if printer.json() {
        printer.value(&groups)?;
        return Ok(Exit::Done);
    }
    if groups.is_empty() {
        printer.talk("no group: no two accounts are above the floor in both ends of the interval");
    }
    for group in groups {
        printer.line(group.to_text());
    }
    Ok(Exit::Done)
}
