//! What stays unknown: unread records and exhibits, refused members, gaps, old datasets, times.

use std::collections::BTreeSet;

use faisceau_model::rows::{Address, Reject};
use faisceau_model::{ExhibitNo, Listing, Maybe, RejectReason, ZoneSource};

use super::LISTED;
use crate::french::{count, counted, list};
use crate::index::{Index, cut, exhibit_id};
use crate::input::DatasetLine;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

pub(super) fn statements(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let mut out = vec![unread(index, w)];
    out.extend(unrecognised(index, w));
    out.extend(refused(index, w));
    out.extend(oldest(index, w));
    out.extend(gaps(index, w));
    out.extend(addresses(index, w));
    out.extend(times(index, w));
    out
}

/// `pièce 3` or `pièces 3, 5 et 2 autres`.
fn exhibits(numbers: &BTreeSet<ExhibitNo>) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let noun = if texts.len() < 2 { "pièce" } else { "pièces" };
    format!("{noun}\u{a0}{}", list(&texts, LISTED))
}

fn unread(index: &Index<'_>, w: &mut Writer) -> Statement {
    let unread = |row: &&Reject| row.reason != RejectReason::SetAside;
    let rows: Vec<&Reject> = index.input.rejects.iter().filter(unread).collect();
    let aside = index.input.rejects.len() - rows.len();
    let at: BTreeSet<ExhibitNo> = rows.iter().map(|row| row.exhibit).collect();
    let read = if rows.is_empty() {
        "Aucun enregistrement n'est illisible".to_owned()
    } else {
        let noun =
            counted(rows.len(), "enregistrement est illisible", "enregistrements sont illisibles");
        format!("{noun} ({} ; détail en section 8)", exhibits(&at))
    };
    let text = match aside {
        0 => format!("{read}."),
        n => {
            let noun = counted(n, "autre, compris, est", "autres, compris, sont");
            format!("{read} ; {noun} mis de côté.")
        }
    };
    let support = Support::rows(rows.iter().map(|row| &row.id), "rejects");
    w.say(text, support.and_all(at.iter().take(24).map(|&no| exhibit_id(no))))
}

fn unrecognised(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows = index.input.exhibits.iter();
    let rows = rows.filter(|row| row.format.known().is_none() || row.problem.known().is_some());
    let numbers: BTreeSet<ExhibitNo> = rows.map(|row| row.exhibit).collect();
    let text = format!(
        "{} : {}.",
        counted(
            numbers.len(),
            "pièce non lue, ou lue en partie",
            "pièces non lues, ou lues en partie"
        ),
        exhibits(&numbers)
    );
    (!numbers.is_empty()).then(|| {
        let ids = numbers.iter().map(|&no| exhibit_id(no));
        w.say(text, Support::rows(ids, "exhibits"))
    })
}

fn refused(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let at: BTreeSet<ExhibitNo> = index.input.refused.iter().map(|row| row.archive).collect();
    let text = format!(
        "{} ({} ; raisons en section 8).",
        counted(
            index.input.refused.len(),
            "membre d'archive non ouvert",
            "membres d'archives non ouverts"
        ),
        exhibits(&at)
    );
    (!at.is_empty()).then(|| {
        let ids = at.iter().map(|&no| exhibit_id(no));
        w.say(text, Support::rows(ids, "exhibits"))
    })
}

fn oldest(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let dated = |row: &'_ DatasetLine| Some((row.days_max?, row.id.clone()));
    let (days, id) = index.input.datasets.iter().filter_map(dated).max()?;
    let text =
        Text::from("Le jeu de données le plus éloigné des faits, ").code(cut(&id)).plain(format!(
            ", l'est de {} au plus (annexe B).",
            counted(usize::try_from(days).unwrap_or(0), "jour", "jours")
        ));
    Some(w.say(text, Support::one(format!("dat:{id}"))))
}

fn gaps(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&DatasetLine> =
        index.input.datasets.iter().filter(|row| !row.gaps.is_empty()).collect();
    let (first, rest) = rows.split_first()?;
    let names = rows.iter().take(LISTED).map(|row| Text::new().code(cut(&row.id)));
    let text = Text::from("Jeux de données lacunaires : ").then(Text::join(names, ", "));
    let text = match rows.len().saturating_sub(LISTED) {
        0 => text,
        n => text.plain(format!(" et {}", counted(n, "autre", "autres"))),
    };
    let support = Support::one(format!("dat:{}", first.id));
    let support = support.and_all(rest.iter().map(|row| format!("dat:{}", row.id)));
    Some(w.say(text.plain(" (annexe B)."), support))
}

fn addresses(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let bound = |row: &&Address| row.account.known().is_some();
    let (mut all, mut no_port, mut no_tor) = (0, 0, 0);
    for row in index.input.addresses.iter().filter(bound) {
        all += 1;
        no_port += usize::from(row.port.known().is_none());
        no_tor += usize::from(row.tor == Listing::NoData);
    }
    let text = format!(
        "Sur {} de comptes, le port source manque {} fois ; aucune liste Tor ne couvre l'instant {} fois.",
        counted(all, "connexion", "connexions"),
        count(no_port),
        count(no_tor)
    );
    (no_port + no_tor > 0)
        .then(|| w.say(text, Support::one("addresses?port=").and("addresses?tor=no_data")))
}

fn times(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let (mut undated, mut assumed) = (0, 0);
    for post in index.input.posts {
        match &post.at {
            Maybe::Missing(_) => undated += 1,
            Maybe::Known(at) => assumed += usize::from(at.zone() == ZoneSource::Assumed),
        }
    }
    let text = format!(
        "Messages sans date : {} ; messages dont le fuseau horaire est supposé : {}.",
        count(undated),
        count(assumed)
    );
    (undated + assumed > 0)
        .then(|| w.say(text, Support::one("posts?at=").and("posts?at_zone=assumed")))
}
