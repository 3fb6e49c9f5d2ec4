//! What the case holds and what to do next.

use faisceau_model::rows::{Account, ExhibitRow, Post, SignIn};
use faisceau_model::{Role, SignInVerdict};
use serde::Serialize;

use crate::case::Case;
use crate::error::CaseError;
use crate::summary::{Summary, is_unread};

/// The state of a case.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// Title.
    pub title: String,
    /// Exhibits in the store.
    pub exhibits: u64,
    /// Members and files that were refused, each in one sentence.
    pub refused: Vec<String>,
    /// Journal lines.
    pub journal_lines: u64,
    /// SHA-256 of the last line of the journal.
    pub journal_head: String,
    /// The counts of the last run.
    pub last_run: Option<Summary>,
    /// Why the tables no longer fit the case.
    pub stale: Option<String>,
    /// What each exhibit was taken for.
    pub files: Vec<FileStatus>,
    /// The accounts found, with the most messages first.
    pub accounts: Vec<AccountStatus>,
    /// Sign-ins of the claimant's accounts, where there are any.
    pub sign_ins: Option<SignInStatus>,
    /// Documents in `out/`.
    pub documents: Vec<String>,
    /// The command to run next.
    pub next: String,
}

/// What an exhibit was taken for.
#[derive(Debug, Clone, Serialize)]
pub struct FileStatus {
    /// Number.
    pub exhibit: String,
    /// Name, made inert.
    pub name: String,
    /// Format, `unread` when nobody recognises it.
    pub format: String,
    /// Records met.
    pub records: i64,
    /// Records that gave rows.
    pub read: i64,
    /// Records not understood.
    pub rejected: i64,
    /// Records set aside.
    pub set_aside: i64,
    /// What could not be done with the exhibit as a whole.
    pub problem: Option<String>,
}

/// An account found in the exhibits.
#[derive(Debug, Clone, Serialize)]
pub struct AccountStatus {
    /// The account, as `case.toml` takes it.
    pub key: String,
    /// Its role.
    pub role: Role,
    /// Its messages.
    pub posts: u64,
}

/// What became of the sign-ins of the claimant's accounts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignInStatus {
    /// Like the others.
    pub usual: u64,
    /// Something differs that an innocent cause explains as well.
    pub unusual: u64,
    /// Network and device were never used otherwise.
    pub foreign: u64,
    /// Too little is known.
    pub undecided: u64,
    /// Episodes of foreign use.
    pub episodes: u64,
}

impl SignInStatus {
    fn of(rows: &[SignIn]) -> Option<Self> {
        let mut status = Self::default();
        for row in rows {
            *match row.verdict {
                SignInVerdict::Usual => &mut status.usual,
                SignInVerdict::Unusual => &mut status.unusual,
                SignInVerdict::Foreign => &mut status.foreign,
                SignInVerdict::Undecided => &mut status.undecided,
            } += 1;
            let episode = row.episode.known().map_or(0, |number| number.unsigned_abs());
            status.episodes = status.episodes.max(episode);
        }
        (!rows.is_empty()).then_some(status)
    }
}

impl Case {
    /// Says what the case holds.
    pub fn status(&self) -> Result<Status, CaseError> {
        let record = match self.checked_record() {
            Ok(record) => Some(record),
            Err(CaseError::NotYet { .. }) => None,
            Err(error) => return Err(error),
        };
        let stale = match &record {
            Some(record) => record.stale(self)?.map(str::to_owned),
            None => None,
        };
        let (files, accounts) = match &record {
            Some(_) => (self.files()?, self.account_list()?),
            None => (Vec::new(), Vec::new()),
        };
        let sign_ins = match &record {
            Some(_) => SignInStatus::of(&faisceau_tables::read::<SignIn>(&self.tables())?),
            None => None,
        };
        let documents = self.documents();
        let exhibits = self.store.exhibits().len() as u64;
        let next = match (&record, &stale) {
            _ if exhibits == 0 => "faisceau add PATH…",
            (None, _) | (_, Some(_)) => "faisceau run",
            _ if documents.is_empty() || !self.note_is_current()? => "faisceau report",
            _ => "faisceau why S1",
        };
        Ok(Status {
            title: self.settings().case.title.clone(),
            exhibits,
            refused: self.store.refused().map(ToString::to_string).collect(),
            journal_lines: self.store.journal().len() as u64,
            journal_head: self.store.head().to_string(),
            last_run: record.map(|r| r.summary),
            stale,
            files,
            accounts,
            sign_ins,
            documents,
            next: next.to_owned(),
        })
    }

    fn files(&self) -> Result<Vec<FileStatus>, CaseError> {
        let rows: Vec<ExhibitRow> = faisceau_tables::read(&self.tables())?;
        Ok(rows
            .into_iter()
            .map(|row| FileStatus {
                exhibit: row.exhibit.to_string(),
                format: match row.format.known() {
                    Some(format) => format.clone(),
                    None if is_unread(&row) => "unread".to_owned(),
                    None => "repeated".to_owned(),
                },
                name: row.name,
                records: row.records,
                read: row.read,
                rejected: row.rejected - row.set_aside,
                set_aside: row.set_aside,
                problem: row.problem.into_known(),
            })
            .collect())
    }

    fn account_list(&self) -> Result<Vec<AccountStatus>, CaseError> {
        let accounts: Vec<Account> = faisceau_tables::read(&self.tables())?;
        let posts: Vec<Post> = faisceau_tables::read(&self.tables())?;
        let mut list: std::collections::BTreeMap<String, (Role, u64)> =
            accounts.into_iter().map(|a| (a.account.to_string(), (a.role, 0))).collect();
        for post in posts {
            // Every account that wrote has a row: the run sees to it.
            list.entry(post.account.to_string()).or_insert((Role::ThirdParty, 0)).1 += 1;
        }
        let mut list: Vec<AccountStatus> = list
            .into_iter()
            .map(|(key, (role, posts))| AccountStatus { key, role, posts })
            .collect();
        list.sort_by(|a, b| b.posts.cmp(&a.posts).then_with(|| a.key.cmp(&b.key)));
        Ok(list)
    }

    fn documents(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.out()) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    }
}
