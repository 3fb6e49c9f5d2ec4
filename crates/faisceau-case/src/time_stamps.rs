//! Time stamps of RFC 3161 over exhibits and the journal. The asking itself is not here: a front end
//! hands over what `faisceau-collect` obtained.
//!
//! In: a digest, the token of an authority, root certificates that the user trusts. Out: files in
//! `timestamps/` and an act for each; what each token shows, offline, whenever the case is verified.
//! Refused: a token over anything else, roots that nobody named.

use std::collections::BTreeSet;
use std::path::Path;

use faisceau_model::ExhibitNo;
use faisceau_store::{Aside, Entry, Sha256Sum, Store, aside_sums, read_aside};
use faisceau_timestamp::{Check, Outcome, Over, Qualified, Roots, Token, Verdict, verify};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;

const STAMPED: &str = "time_stamped";
const ROOT: &str = "time_stamp_root";
/// The largest token or bundle of roots that is read.
const MAX_FILE: u64 = 8 << 20;

/// What a time stamp is over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stamped {
    /// The bytes of an exhibit.
    Exhibit(ExhibitNo),
    /// The journal up to this line, by the hash that the line ends with.
    Journal(u64),
}

impl std::fmt::Display for Stamped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exhibit(no) => write!(f, "exhibit {no}"),
            Self::Journal(line) => write!(f, "journal, line {line}"),
        }
    }
}

/// Something to be stamped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub what: Stamped,
    /// Its SHA-256.
    pub sha256: Sha256Sum,
}

/// What a token shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// Everything was checked up to a root that the user trusts.
    Holds,
    /// All but who the authority is: no root that it leads to was named.
    NoRoot,
    /// It does not hold; why.
    Broken(String),
}

/// A time stamp of the case, checked again.
#[derive(Debug, Clone)]
pub struct TimeStamp {
    /// What it is over.
    pub what: Stamped,
    /// Where the authority was asked.
    pub asked: String,
    /// The line of the journal that took it in.
    pub line: u64,
    /// What it shows.
    pub shows: Shows,
    /// Every check, where the token could be read.
    pub verdict: Option<Verdict>,
}

impl TimeStamp {
    /// Whether the token itself states that it is a qualified time stamp. The trusted list of the
    /// member state, which alone can say so, is not read.
    pub fn states_qualified(&self) -> bool {
        self.verdict.as_ref().is_some_and(|v| v.qualification.stated == Qualified::Stated)
    }
}

impl Case {
    /// What a time stamp is wanted over: exhibits, those named or else all that were added and not
    /// taken out of another, without those that this authority stamped before.
    pub fn exhibits_to_stamp(
        &self,
        named: &[ExhibitNo],
        authority: &str,
    ) -> Result<Vec<Subject>, CaseError> {
        let unknown = |no: &&ExhibitNo| self.store.exhibit(**no).is_none();
        if let Some(no) = named.iter().find(unknown) {
            return Err(CaseError::UnknownId(no.to_string()));
        }
        let done: Vec<Stamped> =
            acts(&self.store).filter(|act| act.asked == authority).map(|act| act.what).collect();
        let exhibits = self.store.exhibits().filter(|exhibit| {
            if named.is_empty() { exhibit.parent.is_none() } else { named.contains(&exhibit.no) }
        });
        let subjects = exhibits
            .map(|exhibit| Subject { what: Stamped::Exhibit(exhibit.no), sha256: exhibit.sha256 });
        Ok(subjects.filter(|subject| !done.contains(&subject.what)).collect())
    }

    /// The last line of the journal, which stands for all before it.
    pub fn journal_to_stamp(&self) -> Subject {
        let line = self.store.journal().len() as u64;
        Subject { what: Stamped::Journal(line), sha256: self.store.head() }
    }

    /// Keeps root certificates that the user trusts for time stamps, unless the case has them.
    ///
    /// # Errors
    /// When the bytes hold none, or the case cannot be written.
    pub fn trust_for_stamps(
        &mut self,
        bytes: &[u8],
        who: &str,
        now: Timestamp,
    ) -> Result<(), CaseError> {
        let roots = Roots::from_pem(bytes).map_err(|error| stamp_error(&error))?;
        let sum = Sha256Sum::of(bytes).to_string();
        let known = self.store.journal().iter().any(|entry| {
            entry.act == ROOT && entry.fields.get("sha256").and_then(Value::as_str) == Some(&sum)
        });
        if known {
            return Ok(());
        }
        let subjects: Vec<String> = roots.facts().take(20).map(|facts| facts.subject).collect();
        let fields = Map::from_iter([("subjects".to_owned(), Value::from(subjects))]);
        let mut writer = self.store.write(who, now)?;
        writer.keep_aside(Aside::TimeStamps, ROOT, bytes, fields)?;
        Ok(())
    }

    /// Keeps the token of an authority over a subject, and says what it shows.
    ///
    /// # Errors
    /// When it is no token or is over something else, or the case cannot be written.
    pub fn keep_stamp(
        &mut self,
        subject: &Subject,
        authority: &str,
        token: &[u8],
        who: &str,
        now: Timestamp,
    ) -> Result<TimeStamp, CaseError> {
        let said = Token::read(token).map_err(|error| stamp_error(&error))?;
        let verdict = checked(token, &subject.sha256, &roots(&self.store))
            .map_err(|error| stamp_error(&error))?;
        let shows = shows(&verdict);
        if let Shows::Broken(why) = &shows {
            return Err(CaseError::TimeStamp { why: format!("{}: {why}", subject.what) });
        }
        let mut fields = Map::from_iter([
            ("asked".to_owned(), Value::from(authority)),
            ("gen_time".to_owned(), Value::from(said.gen_time.to_string())),
            ("policy".to_owned(), Value::from(said.policy)),
            ("serial".to_owned(), Value::from(said.serial)),
            ("signer".to_owned(), Value::from(said.signer.name)),
            ("stamped_sha256".to_owned(), Value::from(subject.sha256.to_string())),
        ]);
        match &subject.what {
            Stamped::Exhibit(no) => fields.insert("no".to_owned(), Value::from(no.to_string())),
            Stamped::Journal(line) => fields.insert("line".to_owned(), Value::from(*line)),
        };
        let mut writer = self.store.write(who, now)?;
        writer.keep_aside(Aside::TimeStamps, STAMPED, token, fields)?;
        let line = writer.store().journal().len() as u64;
        let (what, asked) = (subject.what.clone(), authority.to_owned());
        Ok(TimeStamp { what, asked, line, shows, verdict: Some(verdict) })
    }

    /// What is not as it was kept below `timestamps/`: roots that are gone or altered, files that the
    /// journal does not name, as where its end was cut off. In a sentence each.
    pub fn time_stamp_problems(root: &Path) -> Vec<String> {
        let Ok(store) = Store::open(root) else { return Vec::new() };
        let mut named = BTreeSet::new();
        let mut problems = Vec::new();
        for entry in store.journal().iter().filter(|e| e.act == ROOT || e.act == STAMPED) {
            let sum = entry.fields.get("sha256").and_then(Value::as_str);
            let Some(sum) = sum.and_then(|text| text.parse::<Sha256Sum>().ok()) else { continue };
            named.insert(sum);
            if entry.act == ROOT
                && let Err(error) = read_aside(root, Aside::TimeStamps, &sum, MAX_FILE)
            {
                let line = entry.seq;
                problems.push(format!("root certificates of line {line} of the journal: {error}"));
            }
        }
        for sum in aside_sums(root, Aside::TimeStamps) {
            if !named.contains(&sum) {
                problems.push(format!("timestamps/: {sum} is in no line of the journal"));
            }
        }
        problems
    }

    /// Checks every time stamp again. Opens no socket; empty where the case does not open.
    pub fn time_stamps(root: &Path) -> Vec<TimeStamp> {
        let Ok(store) = Store::open(root) else { return Vec::new() };
        let roots = roots(&store);
        acts(&store).map(|act| act.check(&store, &roots)).collect()
    }
}

/// An act of the journal that took a token in.
struct Act {
    what: Stamped,
    asked: String,
    line: u64,
    stamped: Option<Sha256Sum>,
    file: Option<Sha256Sum>,
}

impl Act {
    fn of(entry: &Entry) -> Option<Self> {
        let text = |name: &str| entry.fields.get(name).and_then(Value::as_str);
        let what = match (text("no"), entry.fields.get("line").and_then(Value::as_u64)) {
            (Some(no), _) => Stamped::Exhibit(no.parse().ok()?),
            (None, Some(line)) => Stamped::Journal(line),
            (None, None) => return None,
        };
        let sum = |name: &str| text(name).and_then(|text| text.parse().ok());
        Some(Self {
            what,
            asked: text("asked").unwrap_or_default().to_owned(),
            line: entry.seq,
            stamped: sum("stamped_sha256"),
            file: sum("sha256"),
        })
    }

    fn check(self, store: &Store, roots: &Roots) -> TimeStamp {
        let checked = self.verdict(store, roots);
        let Self { what, asked, line, .. } = self;
        match checked {
            Ok(verdict) => {
                TimeStamp { what, asked, line, shows: shows(&verdict), verdict: Some(verdict) }
            }
            Err(why) => TimeStamp { what, asked, line, shows: Shows::Broken(why), verdict: None },
        }
    }

    fn verdict(&self, store: &Store, roots: &Roots) -> Result<Verdict, String> {
        let gone = || "the journal does not say what it is over".to_owned();
        let file = self.file.ok_or_else(gone)?;
        let token = read_aside(store.root(), Aside::TimeStamps, &file, MAX_FILE)
            .map_err(|error| format!("its file cannot be had: {error}"))?;
        // What it must be over is what the case says today, not what the act said then.
        let over = match &self.what {
            Stamped::Exhibit(no) => store.exhibit(*no).map(|exhibit| exhibit.sha256),
            Stamped::Journal(line) => {
                let index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
                store.journal().get(index).map(|entry| entry.hash)
            }
        };
        let over = over.ok_or_else(|| format!("the case has no {} any more", self.what))?;
        if Some(over) != self.stamped {
            return Err(format!("the {} is not what was stamped", self.what));
        }
        checked(&token, &over, roots).map_err(|error| error.to_string())
    }
}

fn acts(store: &Store) -> impl Iterator<Item = Act> {
    store.journal().iter().filter(|entry| entry.act == STAMPED).filter_map(Act::of)
}

/// The roots that the case trusts; those whose file is gone or altered are not among them.
fn roots(store: &Store) -> Roots {
    let mut all = Roots::default();
    for entry in store.journal().iter().filter(|entry| entry.act == ROOT) {
        let sum = entry.fields.get("sha256").and_then(Value::as_str);
        let sum = sum.and_then(|text| text.parse::<Sha256Sum>().ok());
        let bytes =
            sum.and_then(|sum| read_aside(store.root(), Aside::TimeStamps, &sum, MAX_FILE).ok());
        if let Some(roots) = bytes.and_then(|bytes| Roots::from_pem(&bytes).ok()) {
            all.extend(roots);
        }
    }
    all
}

fn checked(
    token: &[u8],
    over: &Sha256Sum,
    roots: &Roots,
) -> Result<Verdict, faisceau_timestamp::TimestampError> {
    let none: [&[u8]; 0] = [];
    verify(token, Over::Sha256(*over.as_bytes()), roots, &none)
}

fn shows(verdict: &Verdict) -> Shows {
    if verdict.holds() {
        return Shows::Holds;
    }
    let of_root = |check: Check| matches!(check, Check::Chain | Check::Authorities);
    let only_root = verdict
        .checks
        .iter()
        .all(|result| result.outcome == Outcome::Passed || of_root(result.check));
    if only_root && !verdict.root_given {
        return Shows::NoRoot;
    }
    let findings: Vec<String> = verdict.findings().map(|(_, found)| found.to_string()).collect();
    Shows::Broken(findings.join("; "))
}

fn stamp_error(error: &faisceau_timestamp::TimestampError) -> CaseError {
    CaseError::TimeStamp { why: error.to_string() }
}
