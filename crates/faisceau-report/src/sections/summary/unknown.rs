//! What stays unknown: unread records and exhibits, refused members, gaps, old datasets, times,
//! and what was left out of the search for pairs.

use std::collections::BTreeSet;

use faisceau_model::rows::{ExhibitRow, Reject};
use faisceau_model::{
    AddressScope, ClockVerdict, ExhibitNo, Listing, Maybe, RejectReason, SignatureState, ZoneSource,
};

use super::LISTED;
use crate::index::{Index, cut, exhibit_id};
use crate::input::DatasetLine;
use crate::language::{Language, said};
use crate::sections::addresses::{OF_ACCOUNTS, bound, of_accounts};
use crate::sections::annexes;
use crate::sections::rejects::{by_reason, has_problem, is_unread, selection, support_of};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// How the id of the Tor history begins; its date follows.
const TOR: &str = "tor-exits";

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

/// `pièce 3` or `pièces 3, 5 et 2 autres`; `exhibit 3` or `exhibits 3, 5 and 2 others`.
fn exhibits(lang: Language, numbers: &BTreeSet<ExhibitNo>) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let noun = if texts.len() < 2 {
        lang.pick("pièce", "exhibit")
    } else {
        lang.pick("pièces", "exhibits")
    };
    format!("{noun}\u{a0}{}", lang.list(&texts, LISTED))
}

fn unread(index: &Index<'_>, w: &mut Writer) -> Statement {
    let lang = index.lang;
    let unread = |row: &&Reject| row.reason != RejectReason::SetAside;
    let groups = by_reason(index.input.rejects.iter().filter(unread));
    let read: usize = groups.values().map(Vec::len).sum();
    if read == 0 {
        let text = lang.pick("Aucun enregistrement n'est illisible.", "No record was unreadable.");
        return w.say(text, Support::one("rejects"));
    }
    let at: BTreeSet<ExhibitNo> = groups.keys().map(|(exhibit, _)| *exhibit).collect();
    let text = said!(
        lang,
        "{} ({} ; détail en section 8).",
        "{} ({}; details in section 8).",
        lang.counted(
            read,
            ["enregistrement est illisible", "enregistrements sont illisibles"],
            ["record could not be read", "records could not be read"]
        ),
        exhibits(lang, &at)
    );
    let selections = groups.keys().map(|&(exhibit, reason)| selection(exhibit, reason));
    w.say(text, Support::every(selections, "rejects"))
}

fn set_aside(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let aside = |row: &&Reject| row.reason == RejectReason::SetAside;
    let aside = index.input.rejects.iter().filter(aside).count();
    let text = said!(
        index.lang,
        "{} de côté.",
        "{} set aside.",
        index.lang.counted(
            aside,
            ["enregistrement, compris, est mis", "enregistrements, compris, sont mis"],
            ["record was understood and", "records were understood and"]
        )
    );
    (aside > 0).then(|| w.say(text, Support::one("rejects?reason=set_aside")))
}

/// Fields that no format knows, signatures that are false, clocks that contradict declared times.
fn checks(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let (lang, input) = (index.lang, index.input);
    let disagree = input.clocks.iter().filter(|row| row.verdict == ClockVerdict::Disagrees).count();
    let bad = input.signatures.iter().filter(|row| row.state == SignatureState::Bad).count();
    let counts: [(usize, [&str; 2], &str, &str); 3] = [
        (
            input.unknown_fields.len(),
            lang.pick(
                [
                    "champ inconnu du format n'a pas été lu",
                    "champs inconnus de leur format n'ont pas été lus",
                ],
                [
                    "field unknown to its format was not read",
                    "fields unknown to their format were not read",
                ],
            ),
            "unknown_fields",
            "8",
        ),
        (
            bad,
            lang.pick(
                ["signature est fausse", "signatures sont fausses"],
                ["signature is false", "signatures are false"],
            ),
            "signatures?state=bad",
            "10",
        ),
        (
            disagree,
            lang.pick(
                [
                    "heure déclarée est contredite par une seconde horloge",
                    "heures déclarées sont contredites par une seconde horloge",
                ],
                [
                    "declared time is contradicted by a second clock",
                    "declared times are contradicted by a second clock",
                ],
            ),
            "clock_checks?verdict=disagrees",
            "10",
        ),
    ];
    let found = counts.into_iter().filter(|(count, ..)| *count > 0);
    found
        .map(|(count, nouns, selection, section)| {
            let text = said!(
                lang,
                "{} (détail en section {section}).",
                "{} (details in section {section}).",
                lang.agreed(count, nouns)
            );
            w.say(text, Support::one(selection))
        })
        .collect()
}

/// Exhibits that gave nothing, or not all that they hold.
fn troubled(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    type Test = fn(&ExhibitRow) -> bool;
    let lang = index.lang;
    let in_part: Test = |row| row.problem.known().is_some() && row.records > 0;
    let nothing: Test = |row| {
        has_problem(row)
            && row.records == 0
            && !is_unread(row)
            && row.format.known().is_none_or(|format| format != "archive")
    };
    let kinds: [([&str; 2], Test); 3] = [
        (
            lang.pick(
                ["pièce d'aucun format connu", "pièces d'aucun format connu"],
                ["exhibit in no known format", "exhibits in no known format"],
            ),
            is_unread,
        ),
        (
            lang.pick(
                ["pièce lue en partie", "pièces lues en partie"],
                ["exhibit read in part", "exhibits read in part"],
            ),
            in_part,
        ),
        (
            lang.pick(
                ["pièce dont rien n'a pu être lu", "pièces dont rien n'a pu être lu"],
                [
                    "exhibit of which nothing could be read",
                    "exhibits of which nothing could be read",
                ],
            ),
            nothing,
        ),
    ];
    let mut out = Vec::new();
    for (nouns, test) in kinds {
        let rows = index.input.exhibits.iter().filter(|row| test(row));
        let numbers: BTreeSet<ExhibitNo> = rows.map(|row| row.exhibit).collect();
        if !numbers.is_empty() {
            let count = lang.agreed(numbers.len(), nouns);
            let text = format!("{count} ({}).", exhibits(lang, &numbers));
            let ids = numbers.iter().map(|&no| exhibit_id(no));
            out.push(w.say(text, Support::every(ids, "exhibits")));
        }
    }
    out
}

fn refused(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let (lang, refused) = (index.lang, index.input.refused);
    let at: BTreeSet<ExhibitNo> = refused.iter().filter_map(|row| row.archive).collect();
    let members = refused.iter().filter(|row| row.archive.is_some()).count();
    let mut words = Vec::new();
    if members > 0 {
        let noun = lang.counted(
            members,
            ["membre d'archive refusé", "membres d'archives refusés"],
            ["archive member refused", "archive members refused"],
        );
        words.push(format!("{noun} ({})", exhibits(lang, &at)));
    }
    if refused.len() > members {
        let outside = refused.len() - members;
        words.push(lang.counted(
            outside,
            ["fichier refusé à l'entrée", "fichiers refusés à l'entrée"],
            ["file refused at intake", "files refused at intake"],
        ));
    }
    let text = said!(
        lang,
        "{} ; raisons en section 8.",
        "{}; reasons in section 8.",
        lang.list(&words, LISTED)
    );
    (!refused.is_empty()).then(|| w.say(text, support_of(refused)))
}

fn oldest(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let dated = |row: &'_ DatasetLine| Some((row.days_max?, row.id.clone()));
    let (days, id) = index.input.datasets.iter().filter_map(dated).max()?;
    let lang = index.lang;
    let which = lang.pick(
        "Le jeu de données le plus éloigné des faits, ",
        "The dataset furthest in time from the facts, ",
    );
    let days = lang.counted(usize::try_from(days).unwrap_or(0), ["jour", "jours"], ["day", "days"]);
    let text = Text::from(which).code(cut(&id)).plain(said!(
        lang,
        ", l'est de {days} au plus (annexe B).",
        ", is at most {days} away from them (annex B)."
    ));
    Some(w.say(text, Support::one(format!("dat:{id}"))))
}

/// Datasets with holes. Those of the Tor history are told with the connections that fell in one.
fn gaps(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let lang = index.lang;
    let rows: Vec<&DatasetLine> = index
        .input
        .datasets
        .iter()
        .filter(|row| row.gaps > 0 && !row.id.starts_with(TOR))
        .collect();
    let names = rows.iter().take(LISTED).map(|row| Text::new().code(cut(&row.id)));
    let text = Text::from(lang.pick("Jeux de données lacunaires : ", "Datasets with gaps: "))
        .then(Text::join(names, ", "));
    let text = match rows.len().saturating_sub(LISTED) {
        0 => text,
        n => text.plain(said!(lang, " et {}", " and {}", lang.others(n))),
    };
    (!rows.is_empty()).then(|| {
        let ids = rows.iter().map(|row| format!("dat:{}", row.id));
        w.say(
            text.plain(lang.pick(" (annexe B).", " (annex B).")),
            Support::every(ids, "set:datasets"),
        )
    })
}

fn addresses(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
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
        let text = said!(
            lang,
            "Sur {} de comptes, le port source manque {} fois.",
            "Of {} of accounts, the source port is missing for {}.",
            lang.counted(all, ["connexion", "connexions"], ["connection", "connections"]),
            lang.count(no_port)
        );
        out.push(w.say(text, Support::one(OF_ACCOUNTS).and(of_accounts("port="))));
    }
    if no_tor > 0 {
        let noun = lang.counted(
            no_tor,
            ["connexion de compte", "connexions de comptes"],
            ["connection of an account", "connections of accounts"],
        );
        let text = said!(
            lang,
            "Pour {noun}, aucune liste Tor ne couvre l'instant",
            "For {noun}, no Tor list covers the instant"
        );
        let support = Support::one(of_accounts("scope=global&tor=no_data"));
        let tor = index.input.datasets.iter();
        let tor = tor.filter(|row| row.id.starts_with(TOR)).find(|row| row.gaps > 0);
        let (text, support) = match tor {
            Some(row) => (
                said!(
                    lang,
                    "{text} ; l'historique Tor a des lacunes ({} ; annexe B).",
                    "{text}; the Tor history has gaps ({}; annex B).",
                    annexes::gaps(lang, row)
                ),
                support.and(format!("dat:{}", row.id)),
            ),
            None => (format!("{text}."), support),
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
    let lang = index.lang;
    let text = said!(
        lang,
        "Messages sans date : {} ; messages dont le fuseau horaire est supposé : {}.",
        "Messages without a date: {}; messages whose time zone is assumed: {}.",
        lang.count(undated),
        lang.count(assumed)
    );
    (undated + assumed > 0)
        .then(|| w.say(text, Support::one("posts?at=").and("posts?at_zone=assumed")))
}

/// What was not looked at among many accounts: silence on it would read as a search without result.
fn unsought(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let counts = index.input.unsought.counts().into_iter().filter(|(_, count)| *count > 0);
    counts
        .map(|(code, n)| {
            let text = format!("{}\u{a0}{}.", index.lang.count(n), index.words.unsought(code, n));
            w.say(text, Support::one("set:summary.unsought"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exhibits_agree_with_their_number() {
        let said = |lang, numbers: &[&str]| {
            let numbers = numbers.iter().map(|n| n.parse().expect("a number")).collect();
            exhibits(lang, &numbers).replace('\u{a0}', " ")
        };
        assert_eq!(said(Language::French, &["3"]), "pièce 3");
        assert_eq!(said(Language::English, &["3"]), "exhibit 3");
        assert_eq!(said(Language::English, &["3", "5.2"]), "exhibits 3 and 5.2");
        let many = ["1", "2", "3", "4", "5", "6", "7"];
        assert_eq!(said(Language::English, &many), "exhibits 1, 2, 3, 4, 5, 6 and 1 other");
    }
}
