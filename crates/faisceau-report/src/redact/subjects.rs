//! Who is protected, under which pseudonym, and by which texts each is recognised.
//!
//! In: the accounts and messages of the case, `[redact]` of `case.toml`. Out: [`Subject`]s, numbered
//! in the order of their account keys, those without an account after them in the order of their
//! names. The same rows and the same list give the same numbers, whatever the order of either.
//! Refused: an account under examination, which a request must be able to name.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, Maybe, Role};
use serde::{Deserialize, Serialize, Serializer};

use super::fold::pattern;
use crate::input::NoteInput;
use crate::language::Language;

/// `[redact]` of `case.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RedactSettings {
    /// Third persons: names, mail addresses, telephone numbers, account keys.
    pub names: Vec<String>,
    /// Minors: the same.
    pub minors: Vec<String>,
}

/// Why no filed version can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactError {
    /// An account under examination is listed.
    #[error("[redact] lists `{0}`, which is under examination: a request must be able to name it")]
    Examined(String),
}

/// What somebody is in the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Protected {
    /// A third party.
    ThirdParty,
    /// A minor.
    Minor,
}

/// Somebody protected: a line of the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// `Tiers 1`, `Mineur 1`; the English edition says `Third party 1`, `Minor 1`.
    pub pseudonym: String,
    /// The number in it.
    #[serde(skip)]
    pub(super) number: usize,
    /// What they are in the case.
    pub protected: Protected,
    /// Their accounts.
    #[serde(serialize_with = "keys")]
    pub accounts: Vec<AccountKey>,
    /// The handles of these.
    pub handles: BTreeSet<String>,
    /// The display names.
    pub display_names: BTreeSet<String>,
    /// The platforms' ids.
    pub native_ids: BTreeSet<String>,
    /// What `[redact]` says of them.
    pub listed: BTreeSet<String>,
    /// Links and ids of their messages.
    #[serde(skip)]
    pub(super) messages: BTreeSet<String>,
}

fn keys<S: Serializer>(keys: &[AccountKey], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(keys.iter().map(AccountKey::as_str))
}

/// The names of one account over all exhibits.
#[derive(Debug, Default)]
struct Names {
    role: Option<Role>,
    handles: BTreeSet<String>,
    shown: BTreeSet<String>,
    native_ids: BTreeSet<String>,
}

/// The subjects, and the names that accounts of other roles hold.
pub(super) struct Found {
    pub(super) subjects: Vec<Subject>,
    /// Names, ids and keys of accounts under examination that nobody protects.
    pub(super) examined: BTreeSet<Vec<char>>,
    /// The same of the claimant's.
    pub(super) claimant: BTreeSet<Vec<char>>,
    /// The platforms of all accounts.
    pub(super) platforms: BTreeSet<Vec<char>>,
}

pub(super) fn find(input: &NoteInput<'_>, settings: &RedactSettings) -> Result<Found, RedactError> {
    let accounts = accounts(input);
    let mut minors: Vec<Subject> = Vec::new();
    let mut others: Vec<Subject> = Vec::new();
    list(&settings.minors, Protected::Minor, &accounts, &[], &mut minors)?;
    list(&settings.names, Protected::ThirdParty, &accounts, &minors, &mut others)?;
    let taken: BTreeSet<AccountKey> =
        minors.iter().chain(&others).flat_map(|s| s.accounts.iter().cloned()).collect();
    for (key, names) in &accounts {
        if protects(names.role) && !taken.contains(*key) {
            let mut subject = Subject::new(Protected::ThirdParty);
            subject.hold(key, names);
            others.push(subject);
        }
    }
    number(&mut others);
    number(&mut minors);
    let mut subjects = others;
    subjects.extend(minors);
    messages(input, &mut subjects);
    let held: BTreeSet<&AccountKey> = subjects.iter().flat_map(|s| &s.accounts).collect();
    let of = |role: Role| {
        accounts
            .iter()
            .filter(|(key, names)| names.role == Some(role) && !held.contains(*key))
            .flat_map(|(key, names)| names.all(key))
            .map(|name| pattern(&name, false))
            .filter(|name| !name.is_empty())
            .collect()
    };
    let (examined, claimant) = (of(Role::Examined), of(Role::Claimant));
    let platforms = accounts.keys().map(|key| pattern(key.platform(), false)).collect();
    Ok(Found { subjects, examined, claimant, platforms })
}

/// An account that only messages show has no role: it is a third party's until the case says more.
fn protects(role: Option<Role>) -> bool {
    matches!(role, None | Some(Role::ThirdParty))
}

fn accounts<'a>(input: &NoteInput<'a>) -> BTreeMap<&'a AccountKey, Names> {
    let mut out: BTreeMap<&AccountKey, Names> = BTreeMap::new();
    for row in input.accounts {
        let names = out.entry(&row.account).or_default();
        names.role = Some(names.role.map_or(row.role, |role| role.min(row.role)));
        names.handles.extend(row.handle.known().cloned());
        names.shown.extend(row.display_name.known().cloned());
        names.native_ids.extend(row.native_id.known().cloned());
    }
    for post in input.posts {
        out.entry(&post.account).or_default();
    }
    out
}

/// Turns the entries of a list into subjects; one that names accounts takes them.
fn list(
    entries: &[String],
    protected: Protected,
    accounts: &BTreeMap<&AccountKey, Names>,
    earlier: &[Subject],
    out: &mut Vec<Subject>,
) -> Result<(), RedactError> {
    // Keys first: a name that an account of theirs holds then joins it.
    let mut sorted: Vec<&str> = entries.iter().map(|entry| entry.trim()).collect();
    sorted.sort_by_key(|entry| (account(entry, accounts).is_none(), *entry));
    sorted.dedup();
    for entry in sorted {
        let wanted = pattern(entry, false);
        if wanted.is_empty() || earlier.iter().any(|s| s.is_listed(&wanted)) {
            continue;
        }
        let key = account(entry, accounts).or_else(|| {
            // Two accounts of one name may be two people.
            let mut same = accounts.iter().filter(|(_, names)| {
                names.role != Some(Role::Examined) && names.are_called(&wanted)
            });
            same.next().filter(|_| same.next().is_none()).map(|(key, _)| *key)
        });
        if key.is_some_and(|key| earlier.iter().any(|s| s.accounts.contains(key))) {
            continue;
        }
        let names = key.and_then(|key| Some((key, accounts.get(key)?)));
        if let Some((key, names)) = names
            && names.role == Some(Role::Examined)
        {
            return Err(RedactError::Examined(faisceau_model::excerpt(key.as_str(), 60)));
        }
        let known = out.iter_mut().find(|subject| {
            subject.is_listed(&wanted) || key.is_some_and(|key| subject.accounts.contains(key))
        });
        let subject = if let Some(subject) = known {
            subject
        } else {
            out.push(Subject::new(protected));
            let Some(last) = out.last_mut() else { continue };
            last
        };
        subject.listed.insert(entry.to_owned());
        if let Some((key, names)) = names {
            subject.hold(key, names);
        }
    }
    Ok(())
}

/// The account that an entry is the key of.
fn account<'a>(entry: &str, accounts: &BTreeMap<&'a AccountKey, Names>) -> Option<&'a AccountKey> {
    let key: AccountKey = entry.parse().ok()?;
    accounts.get_key_value(&key).map(|(key, _)| *key)
}

fn number(subjects: &mut [Subject]) {
    let rank = |s: &Subject| {
        (s.accounts.is_empty(), s.accounts.first().cloned(), s.listed.first().cloned())
    };
    subjects.sort_by_key(rank);
    for (at, subject) in subjects.iter_mut().enumerate() {
        subject.number = at + 1;
        subject.pseudonym = subject.named(Language::French);
    }
}

/// A platform says who wrote a message when it is given its link or its id.
fn messages(input: &NoteInput<'_>, subjects: &mut [Subject]) {
    let mut holder: BTreeMap<AccountKey, usize> = BTreeMap::new();
    for (at, subject) in subjects.iter().enumerate() {
        holder.extend(subject.accounts.iter().map(|key| (key.clone(), at)));
    }
    for post in input.posts {
        let Some(subject) = holder.get(&post.account).and_then(|at| subjects.get_mut(*at)) else {
            continue;
        };
        for text in [&post.permalink, &post.content_id] {
            if let Maybe::Known(text) = text {
                subject.messages.insert(text.clone());
            }
        }
    }
}

impl Names {
    fn are_called(&self, wanted: &[char]) -> bool {
        self.handles.iter().chain(&self.shown).any(|name| pattern(name, false) == wanted)
    }

    fn all(&self, key: &AccountKey) -> Vec<String> {
        let names = self.handles.iter().chain(&self.shown).chain(&self.native_ids);
        let own = [key.as_str().to_owned(), key.native().to_owned()];
        names.map(|name| name.trim_start_matches('@').to_owned()).chain(own).collect()
    }
}

impl Subject {
    fn new(protected: Protected) -> Self {
        Self {
            pseudonym: String::new(),
            number: 0,
            protected,
            accounts: Vec::new(),
            handles: BTreeSet::new(),
            display_names: BTreeSet::new(),
            native_ids: BTreeSet::new(),
            listed: BTreeSet::new(),
            messages: BTreeSet::new(),
        }
    }

    /// The pseudonym in the documents of a language, with one number in all.
    pub(super) fn named(&self, lang: Language) -> String {
        let word = match self.protected {
            Protected::ThirdParty => lang.pick("Tiers", "Third party"),
            Protected::Minor => lang.pick("Mineur", "Minor"),
        };
        format!("{word}\u{a0}{}", self.number)
    }

    fn hold(&mut self, key: &AccountKey, names: &Names) {
        if let Err(at) = self.accounts.binary_search(key) {
            self.accounts.insert(at, key.clone());
        }
        self.handles.extend(names.handles.iter().cloned());
        self.display_names.extend(names.shown.iter().cloned());
        self.native_ids.extend(names.native_ids.iter().cloned());
    }

    fn is_listed(&self, wanted: &[char]) -> bool {
        self.listed.iter().any(|entry| pattern(entry, false) == wanted)
    }
}
