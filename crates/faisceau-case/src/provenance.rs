//! How the exhibits of a case came in and by what they are dated, for the note.
//!
//! In: the journal, the time stamps checked again, the packages among the exhibits. Out: what the
//! note prints of them. Whom to believe for the seal of a package is not asked here.

use faisceau_archive::wacz::{Limits, SealKind, Trust, verify};
use faisceau_model::{ExhibitNo, excerpt};
use faisceau_report::{
    Collection, Intake, Package, Provenance, Seal, Stamp, StampShows, StampedThing,
};
use faisceau_store::{Entry, Exhibit, Kind};
use serde_json::Value;

use crate::case::Case;
use crate::collecting::COLLECTED;
use crate::time_stamps::{Shows, Stamped, TimeStamp};

/// Packages that are opened for a note.
const PACKAGES: usize = 50;
/// Longest text of the journal that a note shows.
const TEXT: usize = 200;

impl Case {
    /// What the journal says of the exhibits.
    pub(crate) fn provenance(&self) -> Provenance {
        let tops = || self.store.exhibits().filter(|exhibit| exhibit.parent.is_none());
        let intake = |exhibit: &Exhibit| Intake {
            exhibit: exhibit.no,
            at: exhibit.added_at.to_string(),
            who: exhibit.who.clone(),
            seq: exhibit.line,
        };
        let acts = self.store.journal().iter().filter(|entry| entry.act == COLLECTED);
        Provenance {
            intakes: tops().map(intake).collect(),
            collections: acts.map(collection).collect(),
            stamps: Self::time_stamps(self.root()).into_iter().map(stamp).collect(),
            packages: tops().filter_map(|exhibit| self.package(exhibit)).take(PACKAGES).collect(),
        }
    }

    fn package(&self, exhibit: &Exhibit) -> Option<Package> {
        if exhibit.kind != Kind::Zip || exhibit.same_as.is_some() {
            return None;
        }
        let file = self.store.open_exhibit(exhibit.no).ok()?;
        let report = verify(file, &Trust::default(), &Limits::default()).ok()?;
        let intact = report.is_intact();
        let seal = match report.seal.map(|seal| seal.kind) {
            None => Seal::None,
            Some(SealKind::Digest) => Seal::Digest,
            Some(SealKind::Anonymous { key_sha256 }) => Seal::Key(key_sha256),
            Some(SealKind::Domain { domain, .. }) => Seal::Domain(excerpt(&domain, TEXT)),
        };
        Some(Package {
            exhibit: exhibit.no,
            pages: report.pages.len() as i64,
            intact,
            created: report.created.map(|text| excerpt(&text, TEXT)).unwrap_or_default(),
            seal,
        })
    }
}

fn collection(entry: &Entry) -> Collection {
    let text = |name: &str| {
        let text = entry.fields.get(name).and_then(Value::as_str).unwrap_or_default();
        excerpt(text, TEXT)
    };
    let number = |name: &str| entry.fields.get(name).and_then(Value::as_i64).unwrap_or(0);
    let exhibits = entry.fields.get("exhibits").and_then(Value::as_array);
    let exhibits = exhibits.into_iter().flatten();
    Collection {
        source: text("source"),
        exhibits: exhibits.filter_map(|no| no.as_str()?.parse::<ExhibitNo>().ok()).collect(),
        began: text("began"),
        ended: entry.at.to_string(),
        who: entry.who.clone(),
        browser: text("browser"),
        captures: number("captures"),
        without_answer: number("without_answer"),
        seq: entry.seq,
    }
}

fn stamp(stamp: TimeStamp) -> Stamp {
    let states_qualified = stamp.states_qualified();
    let at = stamp.verdict.as_ref().map(|verdict| verdict.token.gen_time.to_string());
    let over = match stamp.what {
        Stamped::Exhibit(no) => StampedThing::Exhibit(no),
        Stamped::Journal(line) => StampedThing::Journal(line),
    };
    let shows = match stamp.shows {
        Shows::Holds => StampShows::Holds,
        Shows::NoRoot => StampShows::NoRoot,
        Shows::Broken(why) => StampShows::Broken(why),
    };
    Stamp {
        over,
        asked: stamp.asked,
        at: at.unwrap_or_default(),
        shows,
        states_qualified,
        seq: stamp.line,
    }
}
