//! The datasets that a case pins beside the bundled ones.
//!
//! In: files that were inspected when the case took them in, and whose hashes were checked since.
//! Out: look-ups, each with its source `name@date`. Nothing is unpacked twice, and a case that pins
//! nothing pays nothing.

use std::net::IpAddr;
use std::sync::Arc;

use faisceau_model::{Absent, Listing, Maybe, Moment};

use crate::asn::AsnTable;
use crate::bundle::Dated;
use crate::country::CountryDatabase;
use crate::day::Day;
use crate::error::DatasetError;
use crate::geofeed::Geofeed;
use crate::inspect::{Layout, layout, systems, text};
use crate::kind::DatasetKind;
use crate::mmdb::{Flags, Mmdb, Placed};
use crate::prefixes::{AsList, Snapshot};
use crate::ranges::Key;
use crate::verdict::{ListVerdict, Verdict};

/// Which dataset a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Its name.
    pub name: String,
    /// The day of the data, ISO 8601.
    pub date: String,
    /// What it answers.
    pub kind: DatasetKind,
}

/// All of a case.
#[derive(Debug, Default)]
pub struct Pinned {
    pub(crate) countries: Vec<Dated<CountryDatabase<Vec<u8>>>>,
    pub(crate) systems: Vec<Dated<AsnTable>>,
    cities: Vec<Dated<Mmdb>>,
    anonymity: Vec<Dated<Mmdb>>,
    lists: Vec<List>,
}

/// What a list is asked: a range or a system may be on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListAsked {
    pub(crate) key: Key,
    pub(crate) asn: Option<u32>,
    pub(crate) at: Maybe<Moment>,
}

/// One list at one or several days.
#[derive(Debug)]
pub(crate) struct List {
    kind: DatasetKind,
    name: String,
    snapshots: Vec<ListSnapshot>,
}

#[derive(Debug)]
enum ListSnapshot {
    Ranges(Snapshot),
    Systems(AsList),
    Feed(Geofeed),
}

impl ListSnapshot {
    fn day(&self) -> Day {
        match self {
            Self::Ranges(list) => list.day(),
            Self::Systems(list) => list.day(),
            Self::Feed(list) => list.day(),
        }
    }

    fn covers(&self, asked: &ListAsked) -> bool {
        match self {
            Self::Ranges(list) => list.covers(asked.key),
            Self::Systems(_) => asked.asn.is_some(),
            Self::Feed(list) => list.covers(asked.key),
        }
    }

    fn find(&self, asked: &ListAsked) -> ListVerdict<'_> {
        match self {
            Self::Ranges(list) => list.find(asked.key, asked.at),
            Self::Systems(list) => list.find(asked.asn, asked.at),
            Self::Feed(list) => list.find(asked.key, asked.at),
        }
    }
}

impl List {
    /// The answer of the snapshot of the day of the event or the nearest before it, or else of the
    /// first after it, and its day. Snapshots that cannot speak of the address are passed over.
    fn find(&self, asked: &ListAsked) -> Option<(Day, ListVerdict<'_>)> {
        let able = self.snapshots.iter().filter(|snapshot| snapshot.covers(asked));
        let nearest = able.min_by_key(|snapshot| snapshot.day().rank(asked.at))?;
        Some((nearest.day(), nearest.find(asked)))
    }
}

impl Pinned {
    /// Adds a file that was inspected when it was pinned.
    ///
    /// # Errors
    /// When the file is not what was inspected.
    pub fn add(&mut self, pin: &Pin, bytes: Vec<u8>) -> Result<(), DatasetError> {
        let Pin { name, date, kind } = pin;
        match (layout(name, &bytes)?, kind) {
            (Layout::Mmdb, DatasetKind::Country) => {
                self.countries.push(Dated::at(name, date, CountryDatabase::open(name, bytes)?)?);
            }
            (Layout::Mmdb, DatasetKind::City) => {
                self.cities.push(Dated::at(name, date, Mmdb::open(name, bytes)?)?);
            }
            (Layout::Mmdb, DatasetKind::Anonymity) => {
                self.anonymity.push(Dated::at(name, date, Mmdb::open(name, bytes)?)?);
            }
            (Layout::Mmdb, DatasetKind::Asn) => {
                let columns = Mmdb::open(name, bytes)?.systems()?;
                self.systems.push(Dated::at(name, date, AsnTable::of(columns))?);
            }
            (Layout::AsnCsv, DatasetKind::Asn) => {
                let table = AsnTable::of(systems(name, text(name, &bytes)?)?);
                self.systems.push(Dated::at(name, date, table)?);
            }
            (Layout::Prefixes, kind) if kind.is_list() => {
                let list = Snapshot::parse(name, date, &[text(name, &bytes)?])?;
                self.list(*kind, name).push(ListSnapshot::Ranges(list));
            }
            (Layout::Systems, kind) if kind.is_list() => {
                let list = AsList::parse(name, date, text(name, &bytes)?)?;
                self.list(*kind, name).push(ListSnapshot::Systems(list));
            }
            (Layout::Geofeed, kind) if kind.is_list() => {
                let list = Geofeed::parse(name, date, text(name, &bytes)?)?;
                self.list(*kind, name).push(ListSnapshot::Feed(list));
            }
            (_, kind) => {
                return Err(DatasetError::Whole {
                    dataset: name.clone(),
                    detail: format!("this layout holds no {kind}"),
                });
            }
        }
        Ok(())
    }

    /// Whether nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty()
            && self.systems.is_empty()
            && self.cities.is_empty()
            && self.anonymity.is_empty()
            && self.lists.is_empty()
    }

    fn list(&mut self, kind: DatasetKind, name: &str) -> &mut Vec<ListSnapshot> {
        let known = self.lists.iter().position(|list| list.kind == kind && list.name == name);
        let index = known.unwrap_or_else(|| {
            self.lists.push(List { kind, name: name.to_owned(), snapshots: Vec::new() });
            self.lists.len() - 1
        });
        &mut self.lists[index].snapshots
    }

    /// What each list of a kind says, in the order in which they were pinned.
    pub(crate) fn listings(
        &self,
        kind: DatasetKind,
        asked: ListAsked,
    ) -> impl Iterator<Item = (&str, Day, ListVerdict<'_>)> {
        let lists = self.lists.iter().filter(move |list| list.kind == kind);
        lists.filter_map(move |list| {
            list.find(&asked).map(|(day, verdict)| (list.name.as_str(), day, verdict))
        })
    }

    /// One answer for the bundled list and the lists of the case. A snapshot of the case that bears
    /// the name of the bundled list joins it; of several lists the one that has the address
    /// answers, the bundled one first, and then one that knows.
    pub(crate) fn joined<'a>(
        &'a self,
        kind: DatasetKind,
        asked: ListAsked,
        (name, day, bundled): (&str, Day, ListVerdict<'a>),
    ) -> ListVerdict<'a> {
        if self.lists.is_empty() {
            return bundled;
        }
        let (mut best, mut others) = (bundled, None);
        for (other, its_day, verdict) in self.listings(kind, asked) {
            if other == name && its_day.rank(asked.at) < day.rank(asked.at) {
                best = verdict;
            } else if other != name && better(&verdict, others.as_ref()) {
                others = Some(verdict);
            }
        }
        match others {
            Some(other) if better(&other, Some(&best)) => other,
            _ => best,
        }
    }

    /// The place that each database of cities names, the nearest day before the event first.
    pub(crate) fn cities(&self, ip: IpAddr, at: Maybe<Moment>) -> Vec<Verdict<'_, Placed>> {
        in_turn(&self.cities, at).map(|data| data.verdict(data.data.place(ip), at)).collect()
    }

    /// What each database of anonymity says, the nearest day before the event first.
    pub(crate) fn flags(&self, ip: IpAddr, at: Maybe<Moment>) -> Vec<Verdict<'_, Flags>> {
        in_turn(&self.anonymity, at).map(|data| data.verdict(data.data.flags(ip), at)).collect()
    }
}

/// Whether an answer says more than another: *listed* before *not listed* before *no data*.
fn better(answer: &ListVerdict<'_>, than: Option<&ListVerdict<'_>>) -> bool {
    let weight = |listing| match listing {
        Listing::Listed => 2,
        Listing::NotListed => 1,
        Listing::NoData => 0,
    };
    than.is_none_or(|than| weight(answer.listing) > weight(than.listing))
}

/// Datasets in the order in which they answer: of the day of the event or before, nearest first,
/// then those after it.
pub(crate) fn in_turn<T>(all: &[Dated<T>], at: Maybe<Moment>) -> impl Iterator<Item = &Dated<T>> {
    let mut all: Vec<&Dated<T>> = all.iter().collect();
    all.sort_by(|a, b| (a.day.rank(at), &a.source).cmp(&(b.day.rank(at), &b.source)));
    all.into_iter()
}

/// An AS verdict of a table.
pub(crate) fn system(
    data: &Dated<AsnTable>,
    ip: IpAddr,
    at: Maybe<Moment>,
) -> Verdict<'_, (u32, &Arc<str>)> {
    data.verdict(Maybe::or_absent(data.data.find(ip.into()), Absent::NoData), at)
}
