//! Looks things up across the tables: what an account is called, when it wrote, which rows say so.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Contribution, Explanation, Link};
use faisceau_model::{AccountKey, ExhibitNo, Moment, Relation, Role, RowId};

use crate::input::NoteInput;
use crate::language::{Language, said};
use crate::text::Text;
use crate::wording::Catalogue;

/// How much of a stranger's name is shown in a sentence and in a table.
pub(crate) const NAME: usize = 32;

/// One account over all exhibits.
#[derive(Debug, Default)]
pub(crate) struct Known<'a> {
    pub(crate) role: Option<Role>,
    pub(crate) handles: BTreeSet<&'a str>,
    pub(crate) display_names: BTreeSet<&'a str>,
    pub(crate) native_id: Option<&'a str>,
    pub(crate) rows: Vec<&'a RowId>,
    pub(crate) posts: usize,
    pub(crate) first: Option<Moment>,
    pub(crate) last: Option<Moment>,
}

impl<'a> Known<'a> {
    /// The names at capture: the handles, or the display names where there is none.
    pub(crate) fn names(&self) -> &BTreeSet<&'a str> {
        if self.handles.is_empty() { &self.display_names } else { &self.handles }
    }

    /// The first of them.
    fn shown(&self) -> Option<&'a str> {
        self.names().first().copied()
    }
}

/// The input, its look-ups and the catalogue.
pub(crate) struct Index<'a> {
    pub(crate) input: &'a NoteInput<'a>,
    pub(crate) lang: Language,
    pub(crate) words: &'static Catalogue,
    pub(crate) accounts: BTreeMap<&'a AccountKey, Known<'a>>,
    links: BTreeMap<&'a RowId, &'a Link>,
    explanations: BTreeMap<&'a RowId, Vec<&'a Explanation>>,
    contributions: BTreeMap<&'a str, Vec<&'a Contribution>>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(input: &'a NoteInput<'a>, lang: Language) -> Self {
        let mut accounts: BTreeMap<&AccountKey, Known<'_>> = BTreeMap::new();
        for row in input.accounts {
            let known = accounts.entry(&row.account).or_default();
            known.role = Some(known.role.map_or(row.role, |role| role.min(row.role)));
            known.handles.extend(row.handle.known().map(String::as_str));
            known.display_names.extend(row.display_name.known().map(String::as_str));
            known.native_id = known.native_id.or(row.native_id.known().map(String::as_str));
            known.rows.push(&row.id);
        }
        for post in input.posts {
            let known = accounts.entry(&post.account).or_default();
            known.posts += 1;
            if let Some(&at) = post.at.known() {
                known.first = Some(known.first.map_or(at, |first| first.min(at)));
                known.last = Some(known.last.map_or(at, |last| last.max(at)));
            }
        }
        let mut explanations: BTreeMap<&RowId, Vec<&Explanation>> = BTreeMap::new();
        for row in input.explanations {
            explanations.entry(&row.link).or_default().push(row);
        }
        let mut contributions: BTreeMap<&str, Vec<&Contribution>> = BTreeMap::new();
        for row in input.contributions {
            contributions.entry(row.comparison.as_str()).or_default().push(row);
        }
        Self {
            input,
            lang,
            words: Catalogue::of(lang),
            accounts,
            links: input.links.iter().map(|link| (&link.id, link)).collect(),
            explanations,
            contributions,
        }
    }

    /// The accounts of a role, in the order of their keys.
    pub(crate) fn of_role(&self, role: Role) -> impl Iterator<Item = (&AccountKey, &Known<'a>)> {
        self.accounts
            .iter()
            .filter(move |(_, known)| known.role == Some(role))
            .map(|(key, known)| (*key, known))
    }

    /// The role of an account, where an exhibit or the case file gives one.
    pub(crate) fn role(&self, key: &AccountKey) -> Option<Role> {
        self.accounts.get(key).and_then(|known| known.role)
    }

    /// An account in a sentence: `« corbeau » (x)`, or its key where no name is known.
    pub(crate) fn name(&self, key: &AccountKey) -> Text {
        match self.accounts.get(key).and_then(Known::shown) {
            Some(name) => Text::new()
                .quoted(self.lang, name, NAME)
                .plain("\u{a0}(")
                .data(key.platform(), NAME)
                .plain(")"),
            None => Text::new().code(cut(key.as_str())),
        }
    }

    /// An account by name and key: `« corbeau » (x:123)`.
    pub(crate) fn name_and_key(&self, key: &AccountKey) -> Text {
        match self.accounts.get(key).and_then(Known::shown) {
            Some(name) => {
                let name = Text::new().quoted(self.lang, name, NAME).plain(" (");
                name.code(cut(key.as_str())).plain(")")
            }
            None => Text::new().code(cut(key.as_str())),
        }
    }

    /// A member of a group, which the table holds as text.
    pub(crate) fn member(&self, key: &str) -> Text {
        key.parse().map_or_else(|_| Text::new().code(cut(key)), |key| self.name(&key))
    }

    /// The links of one pair of propositions.
    pub(crate) fn of_relation(&self, relation: Relation) -> impl Iterator<Item = &'a Link> {
        self.input.links.iter().filter(move |link| link.relation == relation)
    }

    /// A link by its id.
    pub(crate) fn link(&self, id: &RowId) -> Option<&'a Link> {
        self.links.get(id).copied()
    }

    /// The explanations of a link, in the order of their table.
    pub(crate) fn explanations(&self, link: &RowId) -> &[&'a Explanation] {
        self.explanations.get(link).map(Vec::as_slice).unwrap_or_default()
    }

    /// What habits and passages bring to a comparison, in the order of their table.
    pub(crate) fn contributions(&self, comparison: &str) -> &[&'a Contribution] {
        self.contributions.get(comparison).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the rows of an account rest on: its rows, or its messages where it has none.
    pub(crate) fn account_support(&self, key: &AccountKey) -> crate::Support {
        let rows = self.accounts.get(key).map(|known| known.rows.as_slice()).unwrap_or_default();
        let posts = of_account("posts", key);
        if rows.is_empty() {
            return crate::Support::one(posts);
        }
        crate::Support::rows(rows, &of_account("accounts", key)).and(posts)
    }

    /// Says how many rows a number of accounts stands for, where the two differ: an account has a
    /// row in each exhibit that shows it.
    pub(crate) fn rows_of(&self, role: Role, accounts: usize) -> String {
        match self.input.accounts.iter().filter(|row| row.role == role).count() {
            rows if rows == accounts => String::new(),
            rows => {
                let rows = self.lang.counted(rows, ["ligne", "lignes"], ["row", "rows"]);
                said!(
                    self.lang,
                    " ({rows} de la table des comptes)",
                    " ({rows} of the table of accounts)"
                )
            }
        }
    }

    /// Whether an ISO 8601 day lies before the day of the note.
    pub(crate) fn is_past(&self, day: &str) -> bool {
        day.parse::<jiff::civil::Date>().is_ok_and(|day| day < self.input.case.as_of)
    }
}

/// The rows of a table that an account is bound to.
pub(crate) fn of_account(table: &str, key: &AccountKey) -> String {
    faisceau_model::selection(table, &[("account", key.as_str())])
}

/// A key or an id cut to what a cell can hold.
pub(crate) fn cut(text: &str) -> String {
    faisceau_model::excerpt(text, 48)
}

/// An exhibit as a support names it: `exh:4.2`.
pub(crate) fn exhibit_id(number: ExhibitNo) -> String {
    format!("exh:{number}")
}
