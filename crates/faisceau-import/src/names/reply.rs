//! What one question got: one record of the exhibit, and a row for each answer.
//!
//! In: the parts of a reply, as a format reads them. Out: rows of `names`; without answer one row
//! for the question, value missing, for that nobody answers to a name is an answer too. An answer
//! that cannot be read is a reject of its own beside the others. Refused: a reply that says neither
//! what was asked nor what was answered.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Name;
use faisceau_model::{Absent, ExhibitNo, Maybe, Place, RejectReason, RowId, Sink, excerpt};

use super::record::Record;
use crate::json::{self, Flaw, Object};
use crate::records::settle_part;
use crate::time::stamp::Stamp;

/// Most answers of one reply: a message over TCP has 64 KiB, a record at least 11 bytes.
const MOST_ANSWERS: usize = 6000;

/// Types that ask for records of any type.
const EVERYTHING: [&str; 4] = ["ANY", "*", "AXFR", "IXFR"];

/// Where an answer stands; what tells it apart at one place comes with it.
pub(super) type Spot = (Place, u32);

/// What one question got.
#[derive(Debug)]
pub(super) struct Reply {
    /// Where it starts.
    place: Place,
    /// What tells it from other replies at this place.
    part: u32,
    /// How it starts, for the reject.
    raw: Vec<u8>,
    /// Name and type asked about, and where the exhibit says so.
    pub(super) question: Option<(String, String, Place)>,
    /// The code of the answer.
    pub(super) status: Maybe<String>,
    /// The AD flag.
    pub(super) authenticated: Maybe<bool>,
    /// The state of its signatures, checked by whoever asked.
    pub(super) dnssec: Maybe<String>,
    /// Who answered.
    pub(super) resolver: Maybe<String>,
    /// When.
    pub(super) asked: Stamp,
    /// Whether the server sent on to others: it said neither yes nor no.
    pub(super) is_referral: bool,
    answers: Vec<(Spot, Record)>,
    flaws: Vec<(Spot, Vec<u8>, Flaw)>,
}

impl Reply {
    /// A reply that starts here, of which nothing is known yet.
    pub(super) fn at(place: Place, raw: &[u8]) -> Self {
        Self::at_part(place, 0, raw)
    }

    /// The same for one of several replies at one place: `part` is where its numbers start.
    pub(super) fn at_part(place: Place, part: u32, raw: &[u8]) -> Self {
        Self {
            place,
            part,
            raw: raw[..raw.len().min(600)].to_vec(),
            question: None,
            status: Maybe::Missing(Absent::NotRecorded),
            authenticated: Maybe::Missing(Absent::NotRecorded),
            dnssec: Maybe::Missing(Absent::NotRecorded),
            resolver: Maybe::Missing(Absent::NotRecorded),
            asked: Stamp::missing(Absent::NotRecorded),
            is_referral: false,
            answers: Vec::new(),
            flaws: Vec::new(),
        }
    }

    /// Asks about a name, where the reply itself stands.
    pub(super) fn asks(&mut self, name: String, kind: String) {
        self.question = Some((name, kind, self.place.clone()));
    }

    /// Adds what an answer was read as.
    pub(super) fn add(&mut self, spot: Spot, raw: &[u8], record: Result<Record, Flaw>) {
        let full = self.answers.len() + self.flaws.len() >= MOST_ANSWERS;
        let limit = || (RejectReason::Limit, "more answers than a message can hold".to_owned());
        match record {
            Ok(record) if !full => self.answers.push((spot, record)),
            Ok(_) => self.flaws.push((spot, Vec::new(), limit())),
            Err(flaw) => self.flaws.push((spot, raw[..raw.len().min(600)].to_vec(), flaw)),
        }
    }

    /// Settles the reply as one record, and each answer that cannot be read as another.
    pub(super) fn settle(mut self, exhibit: ExhibitNo, sink: &mut dyn Sink) {
        self.set_foreign_aside();
        let Self { place, part, raw, flaws, .. } = &self;
        settle_part(exhibit, (place, *part), raw, sink, |sink| {
            self.rows(exhibit)?.into_iter().for_each(|row| sink.name(row));
            Ok(())
        });
        for ((place, part), raw, (reason, detail)) in flaws {
            // The reply itself may stand at the same place.
            let spot = (place, part.saturating_add(1));
            settle_part(exhibit, spot, raw, sink, |_| Err((*reason, detail.clone())));
        }
    }

    /// Sets aside what nobody asked about: whoever answers can write any record beside the one that was
    /// wanted. What counts is of the name that was asked about, or of one that aliases lead to from
    /// there, and of the type that was asked for (RFC 2181, section 5.4.1).
    fn set_foreign_aside(&mut self) {
        let Some((name, kind, _)) = &self.question else { return };
        if EVERYTHING.contains(&kind.as_str()) {
            return;
        }
        let normal = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
        let mut aliases: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, alias) in self.answers.iter().filter(|(_, record)| record.kind == "CNAME") {
            aliases.entry(normal(&alias.name)).or_default().push(normal(&alias.data));
        }
        let (mut names, mut next) = (BTreeSet::new(), vec![normal(name)]);
        while let Some(name) = next.pop() {
            next.extend(aliases.remove(&name).unwrap_or_default());
            names.insert(name);
        }
        let wanted = |record: &Record| {
            record.kind == "DNAME"
                || names.contains(&normal(&record.name))
                    && (record.kind == *kind || record.kind == "CNAME")
        };
        let (kept, foreign): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.answers).into_iter().partition(|(_, record)| wanted(record));
        self.answers = kept;
        self.flaws.extend(foreign.into_iter().map(|(spot, record)| {
            let detail = format!("{} {} was not asked about", record.kind, record.name);
            (spot, Vec::new(), (RejectReason::SetAside, excerpt(&detail, 200)))
        }));
    }

    fn rows(&self, exhibit: ExhibitNo) -> Result<Vec<Name>, Flaw> {
        if !self.answers.is_empty() {
            let read = |((place, part), record): &(Spot, Record)| Name {
                value: Maybe::Known(record.data.clone()),
                ttl: Maybe::or_absent(record.ttl, Absent::NotRecorded),
                ..self.row(exhibit, (place, *part), &record.name, &record.kind)
            };
            return Ok(self.answers.iter().map(read).collect());
        }
        let Some((name, kind, place)) = &self.question else {
            let detail = "neither what was asked nor what was answered".to_owned();
            return Err((RejectReason::MissingField, detail));
        };
        Ok(vec![self.row(exhibit, (place, self.part), name, kind)])
    }

    /// Why there is no value: there is no such record, or it cannot be read, or somebody else knows.
    const fn absence(&self) -> Absent {
        match (self.flaws.is_empty(), self.is_referral) {
            (false, _) => Absent::Unreadable,
            (true, true) => Absent::NotApplicable,
            (true, false) => Absent::NoData,
        }
    }

    fn row(
        &self,
        exhibit: ExhibitNo,
        (place, part): (&Place, u32),
        name: &str,
        kind: &str,
    ) -> Name {
        Name {
            id: RowId::at(<Name as faisceau_model::table::Row>::PREFIX, exhibit, place, part),
            exhibit,
            place: place.clone(),
            service: "dns".to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            value: Maybe::Missing(self.absence()),
            range: Maybe::Missing(Absent::NotApplicable),
            country: Maybe::Missing(Absent::NotApplicable),
            changed: Maybe::Missing(Absent::NotApplicable),
            ttl: Maybe::Missing(Absent::NotApplicable),
            status: self.status.clone(),
            authenticated: self.authenticated,
            dnssec: self.dnssec.clone(),
            resolver: self.resolver.clone(),
            asked: self.asked.at,
            asked_raw: self.asked.raw.clone(),
        }
    }
}

impl Reply {
    /// Adds an element of the list of answers `key` of a JSON object.
    pub(super) fn add_value(
        &mut self,
        key: &str,
        index: usize,
        value: &serde_json::Value,
        read: impl FnOnce(&Object) -> Result<Record, Flaw>,
    ) {
        let here = json::records::Record { raw: &[], place: self.place.clone() };
        let (place, number) = here.part(key, Some(index), index);
        let spot = (place, self.part.saturating_add(number));
        let no_object = || (RejectReason::Syntax, "an object was expected".to_owned());
        let record = value.as_object().ok_or_else(no_object).and_then(read);
        let raw = if record.is_err() { value.to_string() } else { String::new() };
        self.add(spot, raw.as_bytes(), record);
    }

    /// Adds a text of the list `key` of a JSON object: its index there, and its number among all.
    pub(super) fn add_text(
        &mut self,
        key: &str,
        (index, number): (usize, usize),
        text: &str,
        record: Result<Record, Flaw>,
    ) {
        let here = json::records::Record { raw: &[], place: self.place.clone() };
        self.add(here.part(key, Some(index), number), text.as_bytes(), record);
    }
}

/// The tests that every format of this group passes: all columns of its sample, and each record of
/// a mutated sample read or rejected.
#[cfg(test)]
macro_rules! format_tests {
    ($name:literal, $sample:literal) => {
        const SAMPLE: &[u8] = include_bytes!($sample);

        #[test]
        fn all_columns_of_the_sample() {
            use crate::testing::{dump, in_paris, read_as, reasons};
            let (imported, sink) = read_as("x", SAMPLE, &in_paris());
            assert_eq!(imported.name(), Some($name));
            assert_eq!(imported.problem, None);
            assert!(!sink.names.is_empty());
            let unknown: Vec<_> =
                sink.unknown_fields.iter().map(|field| field.field.as_str()).collect();
            let rest = [reasons(&sink).join("\n"), unknown.join(" ")].join("\n");
            insta::assert_snapshot!($name, dump(&sink.names) + "rejects and fields:\n" + &rest);
            let mut ids: Vec<_> = sink.names.iter().map(|row| row.id.as_str()).collect();
            ids.extend(sink.rejects.iter().map(|row| row.id.as_str()));
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "two rows have one id");
        }

        proptest::proptest! {
            #[test]
            fn every_record_is_settled(bytes in crate::testing::mutated(SAMPLE)) {
                crate::testing::read(&bytes);
            }
        }
    };
}
#[cfg(test)]
pub(super) use format_tests;
