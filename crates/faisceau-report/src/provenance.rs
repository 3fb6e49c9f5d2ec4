//! How exhibits came into the case and by what they are dated, as the journal and the tokens say.
//!
//! In: lines of the journal, verdicts on time stamps and packages. Out: rows that section 2 prints.
//! Nothing here is checked again: whoever hands it over did.

use faisceau_model::ExhibitNo;

/// What the journal says of the exhibits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The exhibits that were added, without the members of archives, in the order of the journal.
    pub intakes: Vec<Intake>,
    /// What was collected by the program.
    pub collections: Vec<Collection>,
    /// The time stamps (RFC 3161).
    pub stamps: Vec<Stamp>,
    /// The packages of web archives (WACZ).
    pub packages: Vec<Package>,
}

/// An exhibit that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Its number.
    pub exhibit: ExhibitNo,
    /// When, by the clock of the machine, RFC 3339 in UTC.
    pub at: String,
    /// By whom, as the journal says.
    pub who: String,
    /// The line of the journal.
    pub seq: u64,
}

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// What was asked: `page`, `dns`, `rdap`, `profile`…
    pub source: String,
    /// The exhibits that it became, without members of archives.
    pub exhibits: Vec<ExhibitNo>,
    /// When it began, by the clock of the machine, RFC 3339 in UTC.
    pub began: String,
    /// When it was taken in.
    pub ended: String,
    /// By whom, as the journal says.
    pub who: String,
    /// The browser that showed the pages, or empty.
    pub browser: String,
    /// Pages of which it made a picture.
    pub captures: i64,
    /// Questions that got no answer.
    pub without_answer: i64,
    /// The line of the journal.
    pub seq: u64,
}

/// What a time stamp is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampedThing {
    /// The bytes of an exhibit.
    Exhibit(ExhibitNo),
    /// The journal up to this line.
    Journal(u64),
}

/// What a time stamp shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StampShows {
    /// All was checked up to a root that the user named.
    Holds,
    /// All but who the authority is: no root that it leads to was named.
    NoRoot,
    /// It does not hold; why.
    Broken(String),
}

/// A time stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// What it is over.
    pub over: StampedThing,
    /// Where the authority was asked.
    pub asked: String,
    /// The instant that it states, RFC 3339 in UTC, or empty where it cannot be read.
    pub at: String,
    /// What it shows.
    pub shows: StampShows,
    /// Whether it states that it is qualified (eIDAS); the trusted list was not read.
    pub states_qualified: bool,
    /// The line of the journal.
    pub seq: u64,
}

/// A package of web archives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its exhibit.
    pub exhibit: ExhibitNo,
    /// Pages that it lists.
    pub pages: i64,
    /// Whether its files are as it lists them and its seal is over them.
    pub intact: bool,
    /// When it says that it was made, or empty.
    pub created: String,
    /// Who sealed it.
    pub seal: Seal,
}

/// Who sealed a package, as it states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seal {
    /// Nobody.
    None,
    /// A digest, which whoever changes the package can change too.
    Digest,
    /// A key that the package itself names: its SHA-256.
    Key(String),
    /// The holder of a domain's certificate. No root was asked.
    Domain(String),
}
