//! What is not established: no person, silent links, links against, other explanations.

use std::collections::BTreeMap;

use faisceau_model::rows::Link;
use faisceau_model::{AccessKind, Relation, Standing, excerpt};

use super::LISTED;
use crate::french::{lower_first, spaced};
use crate::index::Index;
use crate::language::said;
use crate::sections::addresses::{bound, of_accounts};
use crate::sections::links::{all, chosen, favours};
use crate::sentence::{Prose, Statement, Support};
use crate::wording::Catalogue;
use crate::writer::Writer;

/// Kinds of access that lead to no subscriber, or to many.
const SHARED: [AccessKind; 6] = [
    AccessKind::SharedSite,
    AccessKind::Cgnat,
    AccessKind::Vpn,
    AccessKind::Relay,
    AccessKind::TorExit,
    AccessKind::Hosting,
];

pub(super) fn statements(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let no_person: Statement = Prose::new(index.words.prose.no_person.as_str()).into();
    let mut out = vec![no_person];
    out.extend(silent(index, w));
    out.extend(against(index, w));
    out.extend(explained(index, w));
    out.extend(shared(index, w));
    out
}

fn silent(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let lang = index.lang;
    let links = || index.of_relation(Relation::SameHand);
    let silent = links().filter(|link| favours(link).is_none()).count();
    let text = said!(
        lang,
        "{} ni H1 ni H2, sur {}.",
        "{} neither H1 nor H2, out of {}.",
        lang.counted(
            silent,
            ["rapprochement ne soutient", "rapprochements ne soutiennent"],
            ["link supports", "links support"]
        ),
        lang.count(links().count())
    );
    let support = Support::one(chosen(Relation::SameHand, "")).and(all(Relation::SameHand));
    (silent > 0).then(|| w.say(text, support))
}

fn against(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let rows: Vec<&Link> =
        index.of_relation(Relation::SameHand).filter(|l| favours(l) == Some("H2")).collect();
    let text = said!(
        index.lang,
        "{} en faveur de H2, c'est-à-dire de mains différentes.",
        "{} in favour of H2, that is, of different hands.",
        index.lang.counted(
            rows.len(),
            ["rapprochement est", "rapprochements sont"],
            ["link is", "links are"]
        )
    );
    let selection = chosen(Relation::SameHand, "H2");
    let support = Support::rows(rows.iter().map(|link| &link.id), &selection);
    (!rows.is_empty()).then(|| w.say(text, support))
}

fn explained(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let lang = index.lang;
    let rows: Vec<&Link> = index
        .of_relation(Relation::SameHand)
        .filter(|link| favours(link) == Some("H1") && !link.innocent.is_empty())
        .collect();
    // In the order of their French titles, so that both editions show the same ones.
    let mut titles: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for code in rows.iter().flat_map(|link| &link.innocent) {
        let title = |words: &Catalogue| excerpt(&words.innocent(code).title, 60);
        let of_title = titles.entry(title(Catalogue::french()));
        of_title.or_insert_with(|| (title(index.words), 0)).1 += 1;
    }
    let titles: Vec<String> = titles
        .into_values()
        .map(|(title, n)| format!("{} ({})", spaced(&lower_first(&title)), lang.count(n)))
        .collect();
    let supported = |link: &&&Link| {
        let explanations = index.explanations(&link.id);
        explanations.iter().any(|row| row.standing == Standing::Supported)
    };
    let supported = match rows.iter().filter(supported).count() {
        0 => String::new(),
        n => said!(
            lang,
            " Pour {} d'entre eux, des éléments des pièces en appuient une.",
            " For {} of them, points in the exhibits support such an explanation.",
            lang.count(n)
        ),
    };
    let text = said!(
        lang,
        "{} H1 en laissant possible une explication innocente : {}.{supported}",
        "{} H1 while leaving an innocent explanation possible: {}.{supported}",
        lang.counted(
            rows.len(),
            ["rapprochement soutient", "rapprochements soutiennent"],
            ["link supports", "links support"]
        ),
        lang.list(&titles, LISTED)
    );
    (!rows.is_empty())
        .then(|| w.say(text, Support::every(rows.iter().map(|link| &link.id), "links")))
}

fn shared(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let lang = index.lang;
    let mut counts: BTreeMap<AccessKind, usize> = BTreeMap::new();
    for row in bound(index) {
        *counts.entry(row.access).or_default() += 1;
    }
    let kinds: Vec<(AccessKind, usize)> =
        SHARED.iter().filter_map(|kind| Some((*kind, *counts.get(kind)?))).collect();
    let (first, rest) = kinds.split_first()?;
    let names: Vec<String> = kinds
        .iter()
        .map(|(kind, n)| format!("{} ({})", index.words.access(kind.as_str()), lang.count(*n)))
        .collect();
    let text = said!(
        lang,
        "Des connexions de comptes passent par des accès que plusieurs personnes partagent ou qui ne mènent à aucun abonné : {}.",
        "Connections of accounts pass through kinds of access that several persons share or that lead to no subscriber: {}.",
        lang.list(&names, LISTED)
    );
    let selection = |kind: &AccessKind| of_accounts(&format!("access={kind}"));
    let support = Support::one(selection(&first.0));
    Some(w.say(text, support.and_all(rest.iter().map(|(kind, _)| selection(kind)))))
}
