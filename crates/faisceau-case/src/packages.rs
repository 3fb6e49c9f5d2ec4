//! Packages of web archives (WACZ) among the exhibits.
//!
//! In: an exhibit. Out: what is wrong with it as a package, or nothing. Who sealed it is no question
//! here: `faisceau archive` asks it, with the roots that the user names.

use faisceau_archive::wacz::{FileState, Limits, Report, Trust, verify};
use faisceau_model::excerpt;
use faisceau_store::{Exhibit, Kind, Store};

/// What is wrong with an exhibit that is a package: its files are not those that it lists, or its seal
/// is over others.
pub(crate) fn package_problem(store: &Store, exhibit: &Exhibit) -> Option<String> {
    if exhibit.kind != Kind::Zip || exhibit.same_as.is_some() {
        return None;
    }
    let file = store.open_exhibit(exhibit.no).ok()?;
    // Another archive than a package is no package with a flaw.
    let report = verify(file, &Trust::default(), &Limits::default()).ok()?;
    (!report.is_intact()).then(|| {
        let first = first_of(&report);
        format!("the web archive is not as it was packed: {}", excerpt(&first, 300))
    })
}

fn first_of(report: &Report) -> String {
    if let Some(flaw) = report.flaws.first() {
        return flaw.to_string();
    }
    let wrong = report.files.iter().find(|file| file.state != FileState::Right);
    if let Some(file) = wrong {
        return format!("`{}` is not as listed", file.path);
    }
    let seal = report.seal.iter().flat_map(|seal| &seal.flaws).next();
    let index = report.index.flaws.first();
    seal.map(ToString::to_string).or(index.map(ToString::to_string)).unwrap_or_default()
}
