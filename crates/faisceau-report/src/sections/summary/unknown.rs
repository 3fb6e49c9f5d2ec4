//! What stays unknown: unread records and exhibits, refused members, gaps, old datasets, times,
//! and what was left out of the search for pairs.

use std::collections::BTreeSet;

use faisceau_model::rows::{ExhibitRow, Reject};
use faisceau_model::{
    AddressScope, ClockVerdict, ExhibitNo, Listing, Maybe, RejectReason, SignatureState, ZoneSource,
};

use super::LISTED;
use crate::french::{count, counted, list};
use crate::index::{Index, cut, exhibit_id};
use crate::input::DatasetLine;
use crate::sections::addresses::{OF_ACCOUNTS, bound, of_accounts};
use crate::sections::rejects::{by_reason, has_problem, is_unread, selection, support_of};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// How the id of the Tor history begins; its date follows.
const TOR: &str = "tor-exits";
/// Longest text of the gaps of a dataset.
const GAP: usize = 60;

pub(super) fn statements(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let mut out = vec![unread(index, w)];
    out.extend(set_aside(index, w));
    out.extend(troubled(index, w));
    out.extend(checks(index, w));
    out.extend(refused(index, w));
    out.extend(oldest(index, w));
    out.extend(gaps(index, w));
    out.extend(addresses(index, w));
    out.extend(times(index, w));
    out.extend(unsought(index, w));
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
    let groups = by_reason(index.input.rejects.iter().filter(unread));
    let read: usize = groups.values().map(Vec::len).sum();
    if read == 0 {
        return w.say("Aucun enregistrement n'est illisible.", Support::one("rejects"));
    }
    let at: BTreeSet<ExhibitNo> = groups.keys().map(|(exhibit, _)| *exhibit).collect();
    let text = format!(
        "{} ({} ; détail en section 8).",
        counted(read, "enregistrement est illisible", "enregistrements sont illisibles"),
        exhibits(&at)
    );
    let selections = groups.keys().map(|&(exhibit, reason)| selection(exhibit, reason));
    w.say(text, Support::every(selections, "rejects"))
}

fn set_aside(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let aside = |row: &&Reject| row.reason == RejectReason::SetAside;
    let aside = index.input.rejects.iter().filter(aside).count();
    let text = format!(
        "{} de côté.",
        counted(aside, "enregistrement, compris, est mis", "enregistrements, compris, sont mis")
    );
    (aside > 0).then(|| w.say(text, Support::one("rejects?reason=set_aside")))
}

/// Fields that no format knows, signatures that are false, clocks that contradict declared times.
fn checks(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let input = index.input;
    let disagree = input.clocks.iter().filter(|row| row.verdict == ClockVerdict::Disagrees).count();
    let bad = input.signatures.iter().filter(|row| row.state == SignatureState::Bad).count();
    let counts: [(usize, &str, &str, &str, &str); 3] = [
        (
            input.unknown_fields.len(),
            "champ inconnu du format n'a pas été lu",
            "champs inconnus de leur format n'ont pas été lus",
            "unknown_fields",
            "8",
        ),
        (bad, "signature est fausse", "signatures sont fausses", "signatures?state=bad", "10"),
        (
            disagree,
            "heure déclarée est contredite par une seconde horloge",
            "heures déclarées sont contredites par une seconde horloge",
            "clock_checks?verdict=disagrees",
            "10",
        ),
    ];
    let said = counts.into_iter().filter(|(count, ..)| *count > 0);
    said.map(|(count, one, many, selection, section)| {
        let text = format!("{} (détail en section {section}).", counted(count, one, many));
        w.say(text, Support::one(selection))
    })
    .collect()
}

/// Exhibits that gave nothing, or not all that they hold.
fn troubled(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    type Test = fn(&ExhibitRow) -> bool;
    let kinds: [(&str, &str, Test); 3] = [
        ("pièce d'aucun format connu", "pièces d'aucun format connu", is_unread),
        ("pièce lue en partie", "pièces lues en partie", |row| {
            row.problem.known().is_some() && row.records > 0
        }),
        ("pièce dont rien n'a pu être lu", "pièces dont rien n'a pu être lu", |row| {
            has_problem(row)
                && row.records == 0
                && !is_unread(row)
                && row.format.known().is_none_or(|format| format != "archive")
        }),
    ];
    let mut out = Vec::new();
    for (one, many, test) in kinds {
        let rows = index.input.exhibits.iter().filter(|row| test(row));
        let numbers: BTreeSet<ExhibitNo> = rows.map(|row| row.exhibit).collect();
        if !numbers.is_empty() {
            let text = format!("{} ({}).", counted(numbers.len(), one, many), exhibits(&numbers));
            let ids = numbers.iter().map(|&no| exhibit_id(no));
            out.push(w.say(text, Support::every(ids, "exhibits")));
        }
    }
    out
}

fn refused(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let refused = index.input.refused;
    let at: BTreeSet<ExhibitNo> = refused.iter().filter_map(|row| row.archive).collect();
    let members = refused.iter().filter(|row| row.archive.is_some()).count();
    let mut words = Vec::new();
    if members > 0 {
        let noun = counted(members, "membre d'archive refusé", "membres d'archives refusés");
        words.push(format!("{noun} ({})", exhibits(&at)));
    }
    if refused.len() > members {
        let outside = refused.len() - members;
        words.push(counted(outside, "fichier refusé à l'entrée", "fichiers refusés à l'entrée"));
    }
    let text = format!("{} ; raisons en section 8.", list(&words, LISTED));
    (!refused.is_empty()).then(|| w.say(text, support_of(refused)))
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

/// Datasets with holes. Those of the Tor history are told with the connections that fell in one.
fn gaps(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&DatasetLine> = index
        .input
        .datasets
        .iter()
        .filter(|row| !row.gaps.is_empty() && !row.id.starts_with(TOR))
        .collect();
    let names = rows.iter().take(LISTED).map(|row| Text::new().code(cut(&row.id)));
    let text = Text::from("Jeux de données lacunaires : ").then(Text::join(names, ", "));
    let text = match rows.len().saturating_sub(LISTED) {
        0 => text,
        n => text.plain(format!(" et {}", counted(n, "autre", "autres"))),
    };
    (!rows.is_empty()).then(|| {
        let ids = rows.iter().map(|row| format!("dat:{}", row.id));
        w.say(text.plain(" (annexe B)."), Support::every(ids, "set:datasets"))
    })
}

fn addresses(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let (mut all, mut no_port, mut no_tor) = (0, 0, 0);
    for row in bound(index) {
        all += 1;
        no_port += usize::from(row.port.known().is_none());
        // A list of exits says nothing of an address that the Internet does not route.
        let public = row.scope == AddressScope::Global;
        no_tor += usize::from(public && row.tor == Listing::NoData);
    }
    let mut out = Vec::new();
    if no_port > 0 {
        let text = format!(
            "Sur {} de comptes, le port source manque {} fois.",
            counted(all, "connexion", "connexions"),
            count(no_port)
        );
        out.push(w.say(text, Support::one(OF_ACCOUNTS).and(of_accounts("port="))));
    }
    if no_tor > 0 {
        let noun = counted(no_tor, "connexion de compte", "connexions de comptes");
        let text = format!("Pour {noun}, aucune liste Tor ne couvre l'instant");
        let support = Support::one(of_accounts("scope=global&tor=no_data"));
        let tor = index.input.datasets.iter();
        let tor = tor.filter(|row| row.id.starts_with(TOR)).find(|row| !row.gaps.is_empty());
        let (text, support) = match tor {
            Some(row) => (
                Text::from(format!("{text} ; l'historique Tor a des lacunes ("))
                    .data(&row.gaps.join(", "), GAP)
                    .plain(" ; annexe B)."),
                support.and(format!("dat:{}", row.id)),
            ),
            None => (format!("{text}.").into(), support),
        };
        out.push(w.say(text, support));
    }
    out
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

/// What was not looked at among many accounts: silence on it would read as a search without result.
fn unsought(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let counts = index.input.unsought.counts().into_iter().filter(|(_, count)| *count > 0);
    counts
        .map(|(code, n)| {
            let text = format!("{}\u{a0}{}.", count(n), index.words.unsought(code, n));
            w.say(text, Support::one("set:summary.unsought"))
        })
        .collect()
}
