//! The properties of Office Open XML: core, extended and custom.
//!
//! ECMA-376 part 1, 15.2.12 "Document Property Parts" and 22 "Shared MLs"; part 2, 11 "Core
//! Properties" (<https://ecma-international.org/publications-and-standards/standards/ecma-376/>).

use super::package::Package;
use super::xml::{self, Element};
use super::{DC, XML};
use crate::collector::Collector;

/// Element, group and name of a core property.
const CORE: [(&str, &str, &str); 17] = [
    ("creator", DC, "Creator"),
    ("title", DC, "Title"),
    ("subject", DC, "Subject"),
    ("description", DC, "Description"),
    ("identifier", DC, "Identifier"),
    ("language", DC, "Language"),
    ("publisher", DC, "Publisher"),
    ("keywords", XML, "Keywords"),
    ("lastModifiedBy", XML, "LastModifiedBy"),
    ("revision", XML, "RevisionNumber"),
    ("created", XML, "CreateDate"),
    ("modified", XML, "ModifyDate"),
    ("lastPrinted", XML, "LastPrinted"),
    ("category", XML, "Category"),
    ("version", XML, "Version"),
    ("contentStatus", XML, "ContentStatus"),
    ("contentType", XML, "ContentType"),
];

/// Element and name of an extended property.
const EXTENDED: [(&str, &str); 8] = [
    ("Template", "Template"),
    ("TotalTime", "TotalEditTime"),
    ("Application", "Application"),
    ("AppVersion", "AppVersion"),
    ("Company", "Company"),
    ("Manager", "Manager"),
    ("HyperlinkBase", "HyperlinkBase"),
    ("DocSecurity", "DocSecurity"),
];

/// Most custom properties.
const CUSTOM: usize = 256;

/// Where core properties stand: the usual place, and that of the packages of .NET. Editors leave
/// older ones beside them under other numbers.
const CORES: [(&str, &str); 2] =
    [("docProps/core", ".xml"), ("package/services/metadata/core-properties/", ".psmdcp")];
/// Most parts of a kind.
const PARTS: usize = 16;

pub(super) fn fields(package: &mut Package<'_>, out: &mut Collector) {
    for (begin, end) in CORES {
        for name in package.names(begin, end).iter().take(PARTS) {
            part(package, name, out, |element| {
                let (_, group, name) = CORE.iter().find(|(of, ..)| *of == element.name)?;
                let is_date = matches!(*name, "CreateDate" | "ModifyDate" | "LastPrinted");
                Some((*group, (*name).to_owned(), value(element, is_date)))
            });
        }
    }
    for name in package.names("docProps/app", ".xml").iter().take(PARTS) {
        part(package, name, out, |element| {
            let (_, name) = EXTENDED.iter().find(|(of, _)| *of == element.name)?;
            Some((XML, (*name).to_owned(), value(element, false)))
        });
    }
    for name in package.names("docProps/custom", ".xml").iter().take(PARTS) {
        custom(package, name, out);
    }
}

/// The elements right within the root of a part.
fn part(
    package: &mut Package<'_>,
    name: &str,
    out: &mut Collector,
    field: impl Fn(&Element) -> Option<(&'static str, String, String)>,
) {
    let Some(member) = package.member(name, out) else { return };
    let whole = xml::walk(&member.bytes, |around, element| {
        if around.len() == 1
            && let Some((group, name, value)) = field(element)
        {
            out.add(group, &name, &value, member.at.clone());
        }
    });
    if !whole {
        out.flaw(member.at.start, "properties that cannot be read to the end");
    }
}

fn custom(package: &mut Package<'_>, name: &str, out: &mut Collector) {
    let Some(member) = package.member(name, out) else { return };
    let mut count = 0;
    let whole = xml::walk(&member.bytes, |around, element| {
        let Some(property) = around.last().filter(|property| property.name == "property") else {
            return;
        };
        count += 1;
        if count <= CUSTOM {
            let value = value(element, element.name == "filetime");
            out.add(XML, &name_of(property.attribute("name")), &value, member.at.clone());
        }
    });
    if !whole {
        out.flaw(member.at.start, "properties that cannot be read to the end");
    }
}

fn value(element: &Element, is_date: bool) -> String {
    let text = unescaped(&element.text);
    if is_date { xml::date(&text) } else { text }
}

/// Each word begins with a capital; what is no letter, digit, `-` or `_` is left out.
fn name_of(property: &str) -> String {
    let (mut name, mut begins) = (String::new(), true);
    for letter in property.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') {
            name.push(if begins { letter.to_ascii_uppercase() } else { letter });
        }
        begins = letter == ' ';
    }
    name
}

/// Text in which `_x000d_` stands for a character (ECMA-376 part 1, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..5).and_then(|code| code.strip_suffix('_'));
        let letter =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if let Some(letter) = letter {
            out.push(letter);
            rest = after.get(5..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = after;
        }
    }
    out + rest
}
