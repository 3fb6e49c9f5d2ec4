//! The metadata of `OpenDocument`.
//!
//! `OpenDocument` 1.3 part 3, 4.3 "Metadata Elements"
//! (<https://docs.oasis-open.org/office/OpenDocument/v1.3/>).

use super::package::Package;
use super::xml;
use super::{DC, META};
use crate::collector::Collector;

/// Element, group, name, and whether it is a date.
const ELEMENTS: [(&str, &str, &str, bool); 15] = [
    ("creator", DC, "Creator", false),
    ("title", DC, "Title", false),
    ("subject", DC, "Subject", false),
    ("description", DC, "Description", false),
    ("language", DC, "Language", false),
    ("date", DC, "Date", true),
    ("generator", META, "Generator", false),
    ("initial-creator", META, "Initial-creator", false),
    ("creation-date", META, "Creation-date", true),
    ("printed-by", META, "Printed-by", false),
    ("print-date", META, "Print-date", true),
    ("editing-cycles", META, "Editing-cycles", false),
    ("editing-duration", META, "Editing-duration", false),
    ("keyword", META, "Keyword", false),
    ("user-defined", META, "User-defined", false),
];

pub(super) fn fields(package: &mut Package<'_>, out: &mut Collector) {
    let Some(member) = package.member("meta.xml", out) else { return };
    let at = &member.at;
    let whole = xml::walk(&member.bytes, |around, element| {
        if around.last().is_none_or(|parent| parent.name != "meta") {
            return;
        }
        match element.name.as_str() {
            "user-defined" => {
                out.add(META, "User-definedName", element.attribute("name"), at.clone());
            }
            "template" => {
                out.add(META, "TemplateHref", element.attribute("href"), at.clone());
                out.add(META, "TemplateTitle", element.attribute("title"), at.clone());
                let date = xml::date(element.attribute("date"));
                out.add(META, "TemplateDate", &date, at.clone());
            }
            _ => {}
        }
        if let Some((_, group, name, is_date)) =
            ELEMENTS.iter().find(|(of, ..)| *of == element.name)
        {
            let value = if *is_date { xml::date(&element.text) } else { element.text.clone() };
            out.add(group, name, &value, at.clone());
        }
    });
    if !whole {
        out.flaw(at.start, "metadata that cannot be read to the end");
    }
}
