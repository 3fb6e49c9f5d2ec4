//! Reads the law files and refuses what does not hold together.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, Head};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::addressees::Addressee;
use super::categories::Category;
use super::check;
use super::deadlines::Deadline;
use super::facts::Fact;
use super::gravity::{Gravity, GravityLevel};
use super::heads::{HeadStep, HeadText};
use super::offences::{Motive, Offence, Press};

/// How far an entry was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Status {
    /// Read in a stored copy of the text itself.
    #[serde(rename = "vérifié")]
    Verified,
    /// Read in a published summary or commentary.
    #[serde(rename = "seconde main")]
    SecondHand,
    /// From memory, or from a third party.
    #[serde(rename = "à vérifier")]
    ToVerify,
}

impl Status {
    /// The words of the law files.
    pub const fn fr(self) -> &'static str {
        match self {
            Self::Verified => "vérifié",
            Self::SecondHand => "seconde main",
            Self::ToVerify => "à vérifier",
        }
    }
}

/// Why the law files are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// A file is missing.
    #[error("the law file `{0}` is missing")]
    Missing(&'static str),
    /// A file that is none of the law files.
    #[error("`{0}` is not a law file")]
    Unknown(String),
    /// A file that is not what it should be.
    #[error("the law file `{file}` could not be read: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// What the reader says, with line and column.
        reason: String,
    },
    /// An entry that does not hold.
    #[error("in the law file `{file}`, `{entry}`: {problem}")]
    Entry {
        /// The file.
        file: &'static str,
        /// The entry.
        entry: String,
        /// What is wrong.
        problem: String,
    },
}

/// The law files, checked as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    pub(super) known_until: String,
    pub(super) categories: Vec<Category>,
    pub(super) deadlines: Vec<Deadline>,
    pub(super) labels: BTreeMap<Fact, String>,
    pub(super) offences: Vec<Offence>,
    pub(super) motives: Vec<Motive>,
    pub(super) press: Vec<Press>,
    pub(super) gravity: Vec<Gravity>,
    pub(super) heads: Vec<HeadText>,
    pub(super) addressees: Vec<Addressee>,
}

/// Declares the shape of one file: the schema number, the date of knowledge, and its entries.
macro_rules! file {
    ($name:ident { $($field:ident : $type:ty,)+ }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name { schema: u32, known_until: String, $($field: $type,)+ }

        impl LawFile for $name {
            fn header(&self) -> (u32, &str) {
                (self.schema, &self.known_until)
            }
        }
    };
}

trait LawFile: DeserializeOwned {
    fn header(&self) -> (u32, &str);
}

file!(CategoriesFile { category: Vec<Category>, });
file!(DeadlinesFile { deadline: Vec<Deadline>, });
file!(OffencesFile {
    fact: BTreeMap<Fact, String>,
    motive: Vec<Motive>,
    offence: Vec<Offence>,
    press: Vec<Press>,
});
file!(GravityFile { gravity: Vec<Gravity>, });
file!(HeadsFile { head: Vec<HeadText>, });
file!(AddresseesFile { addressee: Vec<Addressee>, });

/// The only schema of the law files so far.
const SCHEMA: u32 = 1;

impl Law {
    /// The names of the law files.
    pub const FILES: [&'static str; 6] = [
        "addressees.toml",
        "categories.toml",
        "deadlines.toml",
        "gravity.toml",
        "heads.toml",
        "offences.toml",
    ];

    /// Reads the law files, given as (name, text) in any order.
    ///
    /// # Errors
    /// When a file is missing, unknown or unreadable, or an entry does not hold.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, LawError> {
        if let Some((name, _)) = files.iter().find(|(name, _)| !Self::FILES.contains(name)) {
            return Err(LawError::Unknown(faisceau_model::excerpt(name, 60)));
        }
        let mut known_until = String::new();
        let categories: CategoriesFile = read(files, "categories.toml", &mut known_until)?;
        let deadlines: DeadlinesFile = read(files, "deadlines.toml", &mut known_until)?;
        let offences: OffencesFile = read(files, "offences.toml", &mut known_until)?;
        let mut gravity: GravityFile = read(files, "gravity.toml", &mut known_until)?;
        let heads: HeadsFile = read(files, "heads.toml", &mut known_until)?;
        let addressees: AddresseesFile = read(files, "addressees.toml", &mut known_until)?;
        gravity.gravity.sort_by(|a, b| a.min_years.total_cmp(&b.min_years));
        let law = Self {
            known_until,
            categories: categories.category,
            deadlines: deadlines.deadline,
            labels: offences.fact,
            offences: offences.offence,
            motives: offences.motive,
            press: offences.press,
            gravity: gravity.gravity,
            heads: heads.head,
            addressees: addressees.addressee,
        };
        check::check(&law)?;
        Ok(law)
    }

    /// The month after which nothing is verified: the oldest of the files.
    pub fn known_until(&self) -> &str {
        &self.known_until
    }

    /// The categories, in the order of the file.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The deadlines, in the order of the file.
    pub fn deadlines(&self) -> &[Deadline] {
        &self.deadlines
    }

    /// The deadline with this code.
    pub fn deadline(&self, code: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.code == code)
    }

    /// The deadline of what a head asks for.
    pub fn deadline_of(&self, head: Head) -> Option<&Deadline> {
        let category = self.categories.iter().find(|category| category.head == Some(head))?;
        self.deadline(&category.deadline)
    }

    /// The offences, in the order of the file.
    pub fn offences(&self) -> &[Offence] {
        &self.offences
    }

    /// The traps of press law, in the order of the file.
    pub fn press(&self) -> &[Press] {
        &self.press
    }

    /// What may be expected of a request for connection data under this maximum, in years.
    pub fn gravity(&self, max_years: f64) -> Option<&Gravity> {
        self.gravity.iter().rev().find(|step| step.min_years <= max_years)
    }

    /// Whether connection data may be requested under this maximum, and how sure it is.
    pub fn gravity_level(&self, max_years: f64) -> GravityLevel {
        self.gravity(max_years).map_or(GravityLevel::Refused, |step| step.level)
    }

    /// The words of a head.
    pub fn head(&self, head: Head, step: HeadStep) -> Option<&HeadText> {
        self.heads.iter().find(|text| text.head == head && text.step == step)
    }

    /// The French label of a fact.
    pub fn label(&self, fact: Fact) -> &str {
        self.labels.get(&fact).map_or("", String::as_str)
    }

    /// The addressees, in the order of the file.
    pub fn addressees(&self) -> &[Addressee] {
        &self.addressees
    }

    /// The addressee that answers for a platform.
    pub fn platform(&self, platform: &str) -> Option<&Addressee> {
        self.addressees.iter().find(|to| to.platforms.iter().any(|p| p == platform))
    }

    /// The addressee that runs an autonomous system.
    pub fn operator(&self, asn: i64) -> Option<&Addressee> {
        self.addressees.iter().find(|to| to.asn.contains(&asn))
    }

    /// The addressee that holds the mailboxes of a domain.
    pub fn mail_provider(&self, domain: &str) -> Option<&Addressee> {
        let domain = domain.to_lowercase();
        self.addressees.iter().find(|to| to.domains.contains(&domain))
    }

    /// The addressee of an account: its platform, or for a mailbox the provider of its domain.
    pub fn addressee_of(&self, account: &AccountKey) -> Option<&Addressee> {
        match mail_domain(account) {
            Some(domain) => self.mail_provider(domain),
            None => self.platform(account.platform()),
        }
    }
}

/// The domain of an account that is a mailbox.
pub(crate) fn mail_domain(account: &AccountKey) -> Option<&str> {
    if !matches!(account.platform(), "mail" | "email") {
        return None;
    }
    let (local, domain) = account.native().rsplit_once('@')?;
    (!local.is_empty() && !domain.is_empty()).then_some(domain)
}

fn read<T: LawFile>(
    files: &[(&str, &str)],
    name: &'static str,
    known_until: &mut String,
) -> Result<T, LawError> {
    let text = files.iter().find(|(n, _)| *n == name).ok_or(LawError::Missing(name))?.1;
    let syntax = |error: toml::de::Error| LawError::Syntax {
        file: name.to_owned(),
        reason: error.to_string().trim_end().replace('\n', " "),
    };
    check::quotations(name, &text.parse::<toml::Table>().map_err(syntax)?)?;
    let file: T = toml::from_str(text).map_err(syntax)?;
    let (schema, until) = file.header();
    if schema != SCHEMA {
        return Err(LawError::Entry {
            file: name,
            entry: "schema".to_owned(),
            problem: format!("schema {schema} is not {SCHEMA}, the one that this program reads"),
        });
    }
    // The weakest file decides: `2026-04` sorts as text.
    if known_until.is_empty() || until < known_until.as_str() {
        until.clone_into(known_until);
    }
    Ok(file)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const FILES: [(&str, &str); 6] = [
        ("addressees.toml", include_str!("../../../../datasets/law/addressees.toml")),
        ("categories.toml", include_str!("../../../../datasets/law/categories.toml")),
        ("deadlines.toml", include_str!("../../../../datasets/law/deadlines.toml")),
        ("gravity.toml", include_str!("../../../../datasets/law/gravity.toml")),
        ("heads.toml", include_str!("../../../../datasets/law/heads.toml")),
        ("offences.toml", include_str!("../../../../datasets/law/offences.toml")),
    ];

    /// Parsed once: property tests ask for it a thousand times.
    pub(crate) fn law() -> &'static Law {
        static LAW: std::sync::OnceLock<Law> = std::sync::OnceLock::new();
        LAW.get_or_init(|| Law::parse(&FILES).unwrap())
    }

    fn edited(file: &str, from: &str, to: &str) -> LawError {
        let texts: Vec<(&str, String)> = FILES
            .iter()
            .map(|(name, text)| {
                if *name == file {
                    assert!(text.contains(from), "nothing to edit");
                    (*name, text.replacen(from, to, 1))
                } else {
                    (*name, (*text).to_owned())
                }
            })
            .collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (*n, t.as_str())).collect();
        Law::parse(&files).unwrap_err()
    }

    #[test]
    fn the_law_files_hold_together() {
        let law = law();
        assert_eq!(law.known_until(), "2026-04");
        assert_eq!(law.operator(3215).unwrap().legal_name, "Orange SA");
        assert_eq!(law.platform("instagram").unwrap().code, "meta");
        assert_eq!(law.platform("forum"), None);
        assert_eq!(law.deadline_of(Head::C3).unwrap().years, 1);
        for head in Head::ALL {
            assert!(law.head(*head, HeadStep::Platform).is_some());
        }
    }

    #[test]
    fn a_mailbox_goes_to_the_provider_of_its_domain() {
        let law = law();
        let mail = AccountKey::by_id("mail", "Quelqu.un@GMAIL.com");
        assert_eq!(law.addressee_of(&mail).unwrap().code, "google");
        assert_eq!(mail_domain(&AccountKey::by_id("mail", "nodomain@")), None);
        assert_eq!(mail_domain(&AccountKey::by_handle("x", "a@b")), None);
    }

    #[test]
    fn one_year_is_refused_two_arguable_three_granted() {
        let law = law();
        let level = |years| law.gravity_level(years);
        assert_eq!(level(0.5), GravityLevel::Refused);
        assert_eq!(level(1.0), GravityLevel::Refused);
        assert_eq!(level(2.0), GravityLevel::Arguable);
        assert_eq!(level(2.9), GravityLevel::Arguable);
        assert_eq!(level(3.0), GravityLevel::Granted);
        assert_eq!(level(10.0), GravityLevel::Granted);
    }

    #[test]
    fn every_edit_that_breaks_the_law_is_refused_with_its_place() {
        let cases = [
            ("categories.toml", "deadline = \"c3\"", "deadline = \"c9\"", "no deadline"),
            (
                "categories.toml",
                "checked = \"2026-11-21\"",
                "checked = \"2026-13-21\"",
                "not a date",
            ),
            ("heads.toml", "source = \"CPCE R. 10-13, IV, par", "sauce = \"CPCE", "unknown field"),
            ("offences.toml", "status = \"vérifié\"", "status = \"sûr\"", "sûr"),
            ("offences.toml", "raid = \"", "radi = \"", "radi"),
            ("offences.toml", "sexist_motive = \"mobile", "#", "no label"),
            ("offences.toml", "motives = [\"132-76\", ", "motives = [\"132-99\", ", "132-99"),
            ("offences.toml", "when = [[\"blackmail\"]]", "when = []", "holds for any case"),
            ("gravity.toml", "min_years = 0.0", "min_years = 0.5", "start at 0"),
            ("addressees.toml", "asn = [12322]", "asn = [3215]", "AS 3215"),
            ("deadlines.toml", "schema = 1", "schema = 2", "schema 2"),
            (
                "categories.toml",
                "civil_practice = \"Accordée quand",
                "civil_practice = \"LCEN, art. 6 V : « texte ». Accordée quand",
                "guillemets",
            ),
            ("categories.toml", "requestable = false", "requestable = true", "C4"),
        ];
        for (file, from, to, expected) in cases {
            let error = edited(file, from, to).to_string();
            assert!(error.contains(expected), "{from} -> {to}: {error}");
            assert!(error.contains(file), "{error}");
        }
        assert_eq!(Law::parse(&FILES[1..]).unwrap_err(), LawError::Missing("addressees.toml"));
        assert!(matches!(Law::parse(&[("a.toml", "")]).unwrap_err(), LawError::Unknown(_)));
    }
}
