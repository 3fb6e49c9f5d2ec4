//! How the exhibits of the made-up case came in: two collections, three time stamps, one package.

use faisceau_model::ExhibitNo;
use faisceau_report::{
    Collection, Intake, Package, Provenance, Seal, Stamp, StampShows, StampedThing,
};

pub(super) fn provenance() -> Provenance {
    let top = ExhibitNo::top;
    let intake = |n: u32| Intake {
        exhibit: top(n),
        at: format!("2026-11-0{n}T09:12:0{n}.250000Z"),
        who: "M. Analyste".to_owned(),
        seq: u64::from(n) + 1,
    };
    let collection = |source: &str, no: u32, browser: &str, seq| Collection {
        source: source.to_owned(),
        exhibits: vec![top(no)],
        began: "2026-11-06T10:00:00Z".to_owned(),
        ended: "2026-11-06T10:03:41.5Z".to_owned(),
        who: "M. Analyste".to_owned(),
        browser: browser.to_owned(),
        captures: i64::from(!browser.is_empty()),
        without_answer: 0,
        seq,
    };
    let stamp = |over, shows, seq| Stamp {
        over,
        asked: "https://tsa.example/rfc3161".to_owned(),
        at: "2026-11-07T08:00:00Z".to_owned(),
        shows,
        states_qualified: seq == 21,
        seq,
    };
    Provenance {
        intakes: (1..=9).map(intake).collect(),
        collections: vec![
            collection("page", 2, "Chromium/141.0", 13),
            collection("dns", 9, "", 15),
        ],
        stamps: vec![
            stamp(StampedThing::Exhibit(top(1)), StampShows::Holds, 21),
            stamp(StampedThing::Journal(21), StampShows::NoRoot, 22),
            stamp(
                StampedThing::Exhibit(top(2)),
                StampShows::Broken("the exhibit 2 is not what was stamped".to_owned()),
                23,
            ),
        ],
        packages: vec![Package {
            exhibit: top(2),
            pages: 3,
            intact: true,
            created: "2026-11-06T10:03:40Z".to_owned(),
            seal: Seal::Domain("etude.example".to_owned()),
        }],
    }
}
