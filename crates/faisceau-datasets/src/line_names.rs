//! What the reverse name of an address says of its line.
//!
//! In: a name and the address that it was given to. Out: [`LineName`], from the first pattern of
//! `datasets/line-names/patterns.toml` that reads the whole name. A reverse name is the word of
//! whoever holds the address, and of the day it was asked: whoever shows it says so, and asks
//! whether the name leads back to the address. What it refuses: to guess at a name without a
//! pattern, to ask a server, and to keep silent where the name spells another address.

mod pattern;

use std::fmt;
use std::net::IpAddr;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::catalogue;
use crate::error::DatasetError;
use crate::pack;
use pattern::{Found, Template};

/// Longest name of the DNS, in octets as text (RFC 1035, 2.3.4).
const LONGEST: usize = 254;

/// How a line reaches its subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Technology {
    /// Fibre to the home.
    Ftth,
    /// A telephone pair.
    Xdsl,
    /// Coaxial cable.
    Cable,
    /// A mobile network.
    Mobile,
    /// Radio to a fixed place.
    Fwa,
    /// Satellite.
    Satellite,
    /// No line: a rented server.
    Server,
    /// The name does not tell.
    Unknown,
}

impl Technology {
    /// The word that stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ftth => "ftth",
            Self::Xdsl => "xdsl",
            Self::Cable => "cable",
            Self::Mobile => "mobile",
            Self::Fwa => "fwa",
            Self::Satellite => "satellite",
            Self::Server => "server",
            Self::Unknown => "unknown",
        }
    }
}

/// What a reverse name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineName {
    /// The operator whose names look so.
    pub operator: &'static str,
    /// How the line reaches its subscriber.
    pub technology: Technology,
    /// The operator's code or name of the site of its equipment, in lower case.
    pub site: Option<String>,
    /// Two digits of the department of that equipment.
    pub department: Option<String>,
    /// Whether the address that the name spells, in whole or in part, is the one it was given to;
    /// `None` where it spells none.
    pub spells_address: Option<bool>,
    /// The pattern as a source to cite: `line-names@2026-08 fbx.proxad.net`.
    pub basis: &'static str,
}

impl LineName {
    /// Codes of what a reader must know.
    pub fn notes(&self) -> Vec<&'static str> {
        let mut notes = vec!["word_of_the_holder"];
        if self.site.is_some() || self.department.is_some() {
            notes.push("site_of_equipment");
        }
        if self.spells_address == Some(false) {
            notes.push("name_contradicts_address");
        }
        notes
    }
}

impl fmt::Display for LineName {
    /// `Free, xdsl, gre, 92`: operator, technology, site and department as far as they are said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.operator, self.technology.as_str())?;
        let more = [&self.site, &self.department];
        more.into_iter().flatten().try_for_each(|part| write!(f, ", {part}"))
    }
}

/// Reads a reverse name; `None` where no pattern reads the whole of it.
pub fn read(name: &str, ip: IpAddr) -> Option<LineName> {
    let name = plain(name)?;
    patterns().iter().find_map(|pattern| pattern.read(&name, ip.to_canonical()))
}

/// In lower case and without the final dot; `None` for what is no name of the DNS.
fn plain(name: &str) -> Option<String> {
    let fits = name.len() <= LONGEST && name.is_ascii();
    fits.then(|| name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
}

#[derive(Debug)]
struct Pattern {
    operator: String,
    /// With its leading dot.
    suffix: String,
    template: Template,
    technology: Technology,
    basis: String,
}

impl Pattern {
    fn read(&'static self, name: &str, ip: IpAddr) -> Option<LineName> {
        let Found { site, department, spelled } =
            self.template.read(name.strip_suffix(self.suffix.as_str())?)?;
        Some(LineName {
            operator: &self.operator,
            technology: self.technology,
            site,
            department,
            spells_address: spelled.agrees_with(ip),
            basis: &self.basis,
        })
    }
}

/// The patterns in the order of the file. That the bundled file is understood is tested; a program
/// built from another would read no name.
fn patterns() -> &'static [Pattern] {
    static ALL: OnceLock<Vec<Pattern>> = OnceLock::new();
    ALL.get_or_init(|| text().and_then(parse).unwrap_or_default())
}

fn text() -> Result<&'static str, DatasetError> {
    pack::plain(&catalogue::LINE_NAMES.files[0])
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    date: String,
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    operator: String,
    suffix: String,
    name: String,
    technology: Technology,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    is: Vec<Example>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
struct Example {
    name: String,
    ip: IpAddr,
    site: Option<String>,
    department: Option<String>,
}

fn file(text: &str) -> Result<File, DatasetError> {
    toml::from_str(text).map_err(|e| fail(&e.to_string()))
}

fn fail(detail: &str) -> DatasetError {
    DatasetError::Whole { dataset: "line-names".to_owned(), detail: detail.to_owned() }
}

fn parse(text: &str) -> Result<Vec<Pattern>, DatasetError> {
    let File { date, pattern } = file(text)?;
    pattern
        .into_iter()
        .map(|entry| {
            let basis = format!("line-names@{date} {}", entry.suffix);
            Ok(Pattern {
                template: Template::parse(&entry.name).map_err(|detail| fail(&detail))?,
                suffix: format!(".{}", entry.suffix),
                operator: entry.operator,
                technology: entry.technology,
                basis,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
