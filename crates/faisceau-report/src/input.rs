//! What a note is written from.
//!
//! In: rows of the tables and the few facts of the case file, borrowed. The crate counts, selects
//! and sorts them; every figure it prints stands in them.

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Contribution, ExhibitRow,
    Explanation, Identity, Link, MailHop, MailOrigin, MailVerdict, Media, Name, Post, Raid, Reject,
    Request, SignIn, Signature, UnknownField,
};
use faisceau_model::{ExhibitNo, Review};
use jiff::civil::Date;

use crate::provenance::Provenance;

/// Everything that a note is written from.
#[derive(Debug, Clone, Copy)]
pub struct NoteInput<'a> {
    /// The facts of the case file.
    pub case: &'a CaseFacts,
    /// The exhibits, archives and members.
    pub exhibits: &'a [ExhibitRow],
    /// The accounts, as each exhibit shows them.
    pub accounts: &'a [Account],
    /// The messages.
    pub posts: &'a [Post],
    /// The uses of an address that an account is bound to. The others may be left out: only
    /// [`NoteInput::uses`] counts them.
    pub addresses: &'a [Address],
    /// All uses of an address, bound to an account or not: the rows of the table `addresses`.
    pub uses: i64,
    /// The images.
    pub media: &'a [Media],
    /// The Received lines of mails.
    pub mail_hops: &'a [MailHop],
    /// What mechanisms say of mails.
    pub mail_verdicts: &'a [MailVerdict],
    /// Where mails came from.
    pub mail_origins: &'a [MailOrigin],
    /// DNS and registry answers among the exhibits.
    pub names: &'a [Name],
    /// What each source says of the addresses of [`NoteInput::addresses`].
    pub verdicts: &'a [AddressVerdict],
    /// The sign-ins of the claimant's own accounts.
    pub sign_ins: &'a [SignIn],
    /// The comparisons behind the links.
    pub comparisons: &'a [Comparison],
    /// What habits and passages bring to comparisons of style.
    pub contributions: &'a [Contribution],
    /// The links.
    pub links: &'a [Link],
    /// What else would explain the links, looked into.
    pub explanations: &'a [Explanation],
    /// The last decision on each pair that was reviewed, in the order of the pairs.
    pub reviews: &'a [Review],
    /// The bursts of acts of several accounts against one target.
    pub raids: &'a [Raid],
    /// The groups.
    pub identities: &'a [Identity],
    /// The requests.
    pub requests: &'a [Request],
    /// What second clocks say beside declared times.
    pub clocks: &'a [ClockCheck],
    /// The signatures that exhibits carry.
    pub signatures: &'a [Signature],
    /// The exhibits that answer requests.
    pub answers: &'a [Answer],
    /// How many data on subscribers addressees declared. The note counts them and shows none.
    pub subscribers: i64,
    /// The fields that no format knows.
    pub unknown_fields: &'a [UnknownField],
    /// The records that gave no row.
    pub rejects: &'a [Reject],
    /// The files and members of archives that were not taken in.
    pub refused: &'a [Refused],
    /// The datasets that the run used.
    pub datasets: &'a [DatasetLine],
    /// The settings of the run, in the order in which they are to be printed.
    pub settings: &'a [(String, String)],
    /// The figures of validation.
    pub validation: &'a [ValidationLine],
    /// What was left out when pairs of accounts were sought.
    pub unsought: Unsought,
    /// How the exhibits came in and by what they are dated.
    pub provenance: &'a Provenance,
    /// What the calibration of style was found to be worth on the pairs of the case.
    pub style_shifts: &'a [StyleShift],
    /// The version of the program.
    pub tool_version: &'a str,
}

/// The facts of the case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    /// The title of the case.
    pub title: String,
    /// How the claimant is named in the note.
    pub claimant: String,
    /// In what capacity the claimant acts (`en qualité de représentante légale de …`), or empty.
    pub capacity: String,
    /// The place from which the content was reached, or empty.
    pub access_place: String,
    /// The day on which the note is drawn up: retention is judged against it.
    pub as_of: Date,
    /// What the note was asked to do, or empty.
    pub mission: String,
    /// Hash of the last line of the case's journal, lower-case hexadecimal.
    pub journal: Option<String>,
}

/// What was left out when pairs of accounts were sought, so that a case with many accounts can be
/// compared at all. Nothing of it is a finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsought {
    /// Pairs of accounts that nothing brought together: style and hours were not compared.
    pub pairs: i64,
    /// Values that too many accounts hold to choose pairs by.
    pub values: i64,
    /// Pairs of accounts with near copies that were too many, and of these the weakest.
    pub near_copies: i64,
    /// Objects so popular that only those who shared them within a minute were paired.
    pub objects_narrowed: i64,
    /// Objects so popular that nobody who shared them was paired by them.
    pub objects_silent: i64,
    /// Minutes in which too many accounts posted to pair all of them.
    pub minutes: i64,
}

impl Unsought {
    /// The counts with the codes under which the catalogue words them, in the order of printing.
    pub fn counts(&self) -> [(&'static str, i64); 6] {
        [
            ("pairs", self.pairs),
            ("values", self.values),
            ("near_copies", self.near_copies),
            ("objects_narrowed", self.objects_narrowed),
            ("objects_silent", self.objects_silent),
            ("minutes", self.minutes),
        ]
    }
}

/// The calibration of style held against the pairs of the case, under one of its tables.
#[derive(Debug, Clone, PartialEq)]
pub struct StyleShift {
    /// The code of the innocent explanation that the table is for, empty for the others.
    pub condition: String,
    /// Accounts among the pairs.
    pub accounts: i64,
    /// Pairs.
    pub pairs: i64,
    /// What was found.
    pub found: Found,
}

/// What came of holding a calibration against a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found {
    /// The mean costs in bits, and what is added to each log10 LR: 0 or below.
    Held {
        /// Of the pairs of the case, the strongest tenth left out.
        cost: f64,
        /// Of pairs of different persons of the reference.
        expected: f64,
        /// What is added to each log10 LR.
        log10: f64,
    },
    /// Fewer accounts than that many.
    FewAccounts(i64),
    /// The pairs were chosen by what they share.
    ChosenPairs,
    /// The reference does not say what its pairs cost.
    NoFigure,
}

/// A file, or a member of an archive, that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The archive, or `None` for a file outside any archive.
    pub archive: Option<ExhibitNo>,
    /// The name of the file or member.
    pub member: String,
    /// Why it was refused.
    pub reason: String,
}

/// A dataset that the run used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetLine {
    /// Its id, as sources and supports write it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date or dates, ISO 8601.
    pub date: String,
    /// Its licence.
    pub licence: String,
    /// The credit that the licence wants, or empty.
    pub credit: String,
    /// SHA-256 of its file, lower-case hexadecimal.
    pub sha256: String,
    /// What it covers: the period or the population.
    pub covers: String,
    /// Smallest distance in days from its dates to an event of the case, if it speaks of dates.
    pub days_min: Option<i64>,
    /// Largest distance in days.
    pub days_max: Option<i64>,
    /// Periods that it should cover and does not.
    pub gaps: i64,
}

/// The figures of one signal on one corpus for one amount of material.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationLine {
    /// The signal, as comparisons name it.
    pub signal: String,
    /// The code of the innocent explanation that a comparison must carry, empty for the others.
    pub condition: String,
    /// The dataset that it was validated on.
    pub corpus: String,
    /// The amount of material of each account.
    pub material: i64,
    /// Its unit, as comparisons name it.
    pub unit: String,
    /// Pairs of accounts of one person.
    pub pairs_same: i64,
    /// Pairs of accounts of different persons.
    pub pairs_diff: i64,
    /// Area under the ROC curve.
    pub auc: Option<f64>,
    /// Equal error rate, from 0 to 1.
    pub eer: f64,
    /// Log-likelihood-ratio cost.
    pub cllr: f64,
    /// The same after the best calibration possible.
    pub cllr_min: f64,
    /// Share of pairs of different persons with an LR above 10, from 0 to 1.
    pub misleading_10: f64,
    /// Share of pairs of different persons with an LR above 100, from 0 to 1.
    pub misleading_100: f64,
    /// Lowest log10 LR that these figures support (ELUB).
    pub floor: Option<f64>,
    /// Highest log10 LR that these figures support (ELUB).
    pub cap: Option<f64>,
    /// The Tippett plot, in ascending order of the threshold; empty where there is none.
    pub tippett: Vec<TippettPoint>,
}

/// A point of a Tippett plot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TippettPoint {
    /// The threshold.
    pub log10_lr: f64,
    /// Share of pairs of one person whose log10 LR is at least that, from 0 to 1.
    pub same: f64,
    /// Share of pairs of different persons whose log10 LR is at least that, from 0 to 1.
    pub different: f64,
}
