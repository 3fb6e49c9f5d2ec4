//! What the lines of the journal add up to: acts come in one by one, exhibits and refusals go
//! out. It refuses an act that contradicts those before it.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use faisceau_model::ExhibitNo;
use serde_json::Value;

use crate::digest::Sha256Sum;
use crate::exhibit::{Exhibit, Reason, Refusal};
use crate::journal::{ChainFault, Fault};
use crate::line::Entry;

/// The acts that the store itself writes.
pub(crate) mod act {
    pub(crate) const OPENED: &str = "case_opened";
    pub(crate) const ADDED: &str = "exhibit_added";
    pub(crate) const AGAIN: &str = "exhibit_again";
    pub(crate) const UNPACKED: &str = "archive_unpacked";
    pub(crate) const MEMBER_REFUSED: &str = "member_refused";
    pub(crate) const FILE_REFUSED: &str = "file_refused";
    pub(crate) const REPAIRED: &str = "journal_repaired";
    pub(crate) const CLEANED: &str = "leftovers_removed";

    pub(crate) const ALL: [&str; 8] =
        [OPENED, ADDED, AGAIN, UNPACKED, MEMBER_REFUSED, FILE_REFUSED, REPAIRED, CLEANED];
}

/// The state of a case.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) exhibits: BTreeMap<ExhibitNo, Exhibit>,
    /// The refusals that still stand, by the line that says so.
    pub(crate) refusals: BTreeMap<u64, Refusal>,
    by_sum: BTreeMap<Sha256Sum, ExhibitNo>,
    refused_members: BTreeMap<ExhibitNo, u64>,
    said: BTreeSet<(Option<ExhibitNo>, Option<ExhibitNo>, Reason)>,
    unpacked: BTreeSet<ExhibitNo>,
    tops: u32,
}

impl Ledger {
    /// Takes an act in. Acts of others are none of its business.
    ///
    /// # Errors
    /// When the act contradicts those before; the ledger is then as it was.
    pub(crate) fn apply(&mut self, entry: &Entry) -> Result<(), ChainFault> {
        let result = match entry.act.as_str() {
            act::OPENED if entry.seq != 1 => meaning("the case is opened a second time"),
            _ if entry.seq == 1 && entry.act != act::OPENED => {
                meaning("the first line does not open the case")
            }
            act::ADDED => self.added(entry),
            act::AGAIN => self.known(number(entry, "no")),
            act::UNPACKED => self.archive_done(entry),
            act::MEMBER_REFUSED | act::FILE_REFUSED => self.refused(entry),
            _ => Ok(()),
        };
        result.map_err(|what| ChainFault { line: entry.seq, what })
    }

    /// The number that the next added file gets.
    pub(crate) fn next_top(&self) -> ExhibitNo {
        ExhibitNo::top(self.tops + 1)
    }

    /// The first exhibit with these bytes.
    pub(crate) fn with_sum(&self, sum: &Sha256Sum) -> Option<ExhibitNo> {
        self.by_sum.get(sum).copied()
    }

    /// Whether this member was refused before.
    pub(crate) fn is_refused(&self, no: ExhibitNo) -> bool {
        self.refused_members.contains_key(&no)
    }

    /// Whether the same was said before and still stands, so that it need not be said twice.
    pub(crate) fn has_said(&self, refusal: &Refusal) -> bool {
        self.said.contains(&said(refusal))
    }

    /// Whether every member of an archive was taken or refused.
    pub(crate) fn is_unpacked(&self, no: ExhibitNo) -> bool {
        self.unpacked.contains(&no)
    }

    /// The archives whose members were not all taken or refused, because a process ended early.
    pub(crate) fn unfinished(&self) -> impl Iterator<Item = ExhibitNo> {
        self.exhibits
            .values()
            .filter(|e| e.kind.is_opened() && e.same_as.is_none() && !self.is_unpacked(e.no))
            .map(|e| e.no)
    }

    /// The archives at or under `no` of which something was refused for a limit.
    pub(crate) fn limited_under(&self, no: ExhibitNo) -> BTreeSet<ExhibitNo> {
        self.refusals
            .values()
            .filter(|r| r.reason.is_limit())
            .filter_map(|r| r.parent)
            .filter(|parent| is_under(*parent, no))
            .collect()
    }

    /// Members below `no`, kept or refused, and the bytes of those that were kept.
    pub(crate) fn taken_under(&self, no: ExhibitNo) -> (u64, u64) {
        let kept = self.exhibits.range(no..).skip(1).take_while(|(other, _)| is_under(**other, no));
        let (members, bytes) = kept.fold((0, 0), |(n, b), (_, e)| (n + 1, b + e.bytes));
        let refused =
            self.refused_members.range(no..).take_while(|(other, _)| is_under(**other, no));
        (members + refused.count() as u64, bytes)
    }

    fn added(&mut self, entry: &Entry) -> Result<(), Fault> {
        let no = number(entry, "no")?;
        let exhibit = Exhibit {
            no,
            sha256: parsed(entry, "sha256")?,
            name: text(entry, "name")?.to_owned(),
            bytes: entry
                .fields
                .get("bytes")
                .and_then(Value::as_u64)
                .ok_or(Fault::Field("bytes"))?,
            kind: parsed(entry, "kind")?,
            parent: no.parent(),
            same_as: self.with_sum(&parsed(entry, "sha256")?),
            odd_name: entry.fields.contains_key("odd_name"),
            added_at: entry.at,
            who: entry.who.clone(),
            line: entry.seq,
        };
        match exhibit.parent {
            None if no != self.next_top() => {
                return meaning(&format!(
                    "exhibit {no} is added where {} was due",
                    self.next_top()
                ));
            }
            None => self.tops += 1,
            Some(parent) => self.archive(parent)?,
        }
        if self.exhibits.contains_key(&no) {
            return meaning(&format!("exhibit {no} is added a second time"));
        }
        self.by_sum.entry(exhibit.sha256).or_insert(no);
        if let Some(line) = self.refused_members.remove(&no) {
            self.withdraw(line);
        }
        self.exhibits.insert(no, exhibit);
        Ok(())
    }

    fn archive_done(&mut self, entry: &Entry) -> Result<(), Fault> {
        let no = number(entry, "no")?;
        self.archive(no)?;
        self.unpacked.insert(no);
        if !entry.fields.contains_key("stopped") {
            let of_the_whole = |r: &Refusal| r.parent == Some(no) && r.no.is_none();
            let stood = |(_, r): &(&u64, &Refusal)| of_the_whole(r) && r.reason.is_limit();
            let lines: Vec<u64> =
                self.refusals.iter().filter(stood).map(|(line, _)| *line).collect();
            for line in lines {
                self.withdraw(line);
            }
        }
        Ok(())
    }

    fn refused(&mut self, entry: &Entry) -> Result<(), Fault> {
        let optional = |name| entry.fields.contains_key(name).then(|| number(entry, name));
        let refusal = Refusal {
            parent: optional("parent").transpose()?,
            no: optional("no").transpose()?,
            name: text(entry, "name")?.to_owned(),
            reason: parsed(entry, "reason")?,
            detail: text(entry, "detail")?.to_owned(),
            line: entry.seq,
        };
        if let Some(parent) = refusal.parent {
            self.known(Ok(parent))?;
        }
        if let Some(no) = refusal.no {
            if no.parent() != refusal.parent || self.exhibits.contains_key(&no) {
                return meaning(&format!("member {no} is refused where it cannot be"));
            }
            if let Some(earlier) = self.refused_members.insert(no, entry.seq) {
                self.withdraw(earlier);
            }
        }
        if refusal.parent.is_some() {
            self.said.insert(said(&refusal));
        }
        self.refusals.insert(entry.seq, refusal);
        Ok(())
    }

    /// Forgets a refusal that a later act has overtaken. The journal keeps it.
    fn withdraw(&mut self, line: u64) {
        if let Some(refusal) = self.refusals.remove(&line) {
            self.said.remove(&said(&refusal));
        }
    }

    fn known(&self, no: Result<ExhibitNo, Fault>) -> Result<(), Fault> {
        let no = no?;
        if self.exhibits.contains_key(&no) {
            Ok(())
        } else {
            meaning(&format!("exhibit {no} is named before it is added"))
        }
    }

    fn archive(&self, no: ExhibitNo) -> Result<(), Fault> {
        match self.exhibits.get(&no) {
            Some(exhibit) if exhibit.kind.is_opened() => Ok(()),
            Some(_) => meaning(&format!("exhibit {no} is not an archive that is opened")),
            None => meaning(&format!("exhibit {no} is named before it is added")),
        }
    }
}

/// What makes two refusals the same.
fn said(refusal: &Refusal) -> (Option<ExhibitNo>, Option<ExhibitNo>, Reason) {
    (refusal.parent, refusal.no, refusal.reason)
}

/// Whether `no` is `above` or one of its members, at any depth.
fn is_under(no: ExhibitNo, above: ExhibitNo) -> bool {
    std::iter::successors(Some(no), |no| no.parent()).any(|no| no == above)
}

fn meaning<T>(what: &str) -> Result<T, Fault> {
    Err(Fault::Meaning(what.to_owned()))
}

fn text<'e>(entry: &'e Entry, name: &'static str) -> Result<&'e str, Fault> {
    entry.fields.get(name).and_then(Value::as_str).ok_or(Fault::Field(name))
}

fn parsed<T: FromStr>(entry: &Entry, name: &'static str) -> Result<T, Fault> {
    text(entry, name)?.parse().map_err(|_| Fault::Field(name))
}

fn number(entry: &Entry, name: &'static str) -> Result<ExhibitNo, Fault> {
    parsed(entry, name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::exhibit::Kind;

    fn entry(seq: u64, act: &str, fields: &Value) -> Entry {
        Entry {
            seq,
            at: "2026-11-21T10:00:00Z".parse().unwrap(),
            who: "t".into(),
            act: act.into(),
            fields: fields.as_object().unwrap().clone(),
            prev: Sha256Sum::ZERO,
            hash: Sha256Sum::ZERO,
        }
    }

    fn added(seq: u64, no: &str, kind: Kind) -> Entry {
        let sum = Sha256Sum::of(no.as_bytes()).to_string();
        let fields =
            json!({"no": no, "sha256": sum, "name": "n", "bytes": 7, "kind": kind.as_str()});
        entry(seq, act::ADDED, &fields)
    }

    #[test]
    fn acts_that_contradict_the_others_are_found() {
        let mut ledger = Ledger::default();
        assert!(ledger.apply(&added(1, "1", Kind::Zip)).is_err(), "the case is not opened");
        ledger.apply(&entry(1, act::OPENED, &json!({}))).unwrap();
        assert!(ledger.apply(&added(2, "2", Kind::Zip)).is_err(), "1 was due");
        ledger.apply(&added(2, "1", Kind::Zip)).unwrap();
        ledger.apply(&added(3, "1.2", Kind::Plain)).unwrap();
        assert!(ledger.apply(&added(4, "1.2", Kind::Plain)).is_err(), "twice");
        assert!(ledger.apply(&added(4, "1.2.1", Kind::Plain)).is_err(), "1.2 is no archive");
        assert!(ledger.apply(&entry(4, act::AGAIN, &json!({"no": "9"}))).is_err());
        assert!(ledger.apply(&entry(4, act::OPENED, &json!({}))).is_err());
        assert_eq!(ledger.taken_under(ExhibitNo::top(1)), (1, 7));
        assert_eq!(ledger.unfinished().collect::<Vec<_>>(), [ExhibitNo::top(1)]);
    }
}
