//! `faisceau formats`.

use faisceau_case::{Format, FormatGroup, formats};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn formats_list(name: Option<&str>, printer: &Printer) -> Result<Exit, Failure> {
    let wanted: Vec<&Format> =
        formats().filter(|format| name.is_none_or(|name| format.name == name)).collect();
    if let (Some(name), true) = (name, wanted.is_empty()) {
        return Err(Failure::new(Exit::WrongUse, format!("no format is called `{name}`"))
            .hint("`faisceau formats` lists them"));
    }
    if printer.json() {
        printer.value(&wanted.iter().map(|format| value(format)).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    if name.is_some() {
        for format in wanted {
            printer.line(card(format));
        }
        return Ok(Exit::Done);
    }
    for group in FormatGroup::ALL {
        printer.line(group.as_str());
        for format in wanted.iter().filter(|format| format.group == group) {
            printer.line(format!("  {:<28} {}", format.name, format.title));
        }
    }
    printer.talk(format!(
        "{} formats, told by content; `faisceau formats NAME` says versions, date checked, sample",
        wanted.len()
    ));
    Ok(Exit::Done)
}

fn card(format: &Format) -> String {
    format!(
        "{}\n  what      {}\n  gives     {}\n  versions  {}\n  checked   {}\n  sample    {} ({})",
        format.name,
        format.title,
        format.gives.join(", "),
        format.versions,
        format.checked,
        format.sample,
        format.origin.as_str()
    )
}

fn value(format: &Format) -> Value {
    json!({
        "name": format.name,
        "title": format.title,
        "group": format.group.as_str(),
        "gives": format.gives,
        "versions": format.versions,
        "checked": format.checked,
        "sample": format.sample,
        "sample_is": format.origin.as_str(),
    })
}
