//! The signal `writing_style`: every part of style, as one score.
//!
//! In: what the accounts wrote. Out: a score for each pair of the same language with enough text.
//! Refuses languages that the reference does not have: the score has never been measured there.

use std::collections::BTreeSet;

use faisceau_model::{AccountKey, Family, selection};

use super::Writing;
use super::crowd::Crowd;
use super::parts::{PARTS, Parts};
use super::plan::Rivals;
use super::population::{Group, MOST, Population, groups};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::pairs::Pairs;
use crate::reference::Reference;

/// The card.
pub const CARD: Card = Card {
    name: "writing_style",
    family: Family::Style,
    measures: "Whether two texts are nearer to each other than to texts of other authors. Texts are \
        cut to one length; each part says how many standard deviations the pair stands above \
        pairs with other authors; the score is the sum of the parts with the weights that the \
        reference gave. 0 is an ordinary pair of different authors, higher is nearer.",
    source: "posts, without forwarded ones; links, mentions, mail addresses, quotes, code and \
        lines that several accounts share are masked",
    needs: "50 words a side in the same language, which must be one of the bundled reference \
        (English, French): in another, or where the language cannot be told, nothing was ever \
        measured and nothing is compared; 6 other authors with as much text in the \
        case or 24 in the bundled reference",
    innocent: &[
        "common_subject",
        "copied_text",
        "foreign_population",
        "same_client",
        "small_population",
    ],
    depends_on: "Every other feature of the text: signals of the family style are never \
        multiplied. Independent of the hours of activity on the reference.",
    validation: "Alter ego: histories of reference authors cut in two halves, all pairs of halves \
        of the same site, at each length, with rivals from the same site, with six rivals, and \
        with rivals from another site. Figures in the calibration file, printed with each report.",
    reference: "Brümmer and Preez, Computer Speech & Language 2006 (fusion by logistic \
        regression); those of its parts",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    pairs: Pairs<'_>,
    writings: &[(AccountKey, Writing)],
    reference: &Reference,
) -> Vec<Finding> {
    let place = |account| writings.binary_search_by(|(key, _)| key.cmp(account)).ok();
    let examined: Vec<Option<usize>> = accounts.iter().map(place).collect();
    let known = pairs.among(examined.len());
    let known = known.filter_map(|(a, b)| Some(((*examined.get(a)?)?, (*examined.get(b)?)?)));
    groups(known, writings, reference)
        .into_iter()
        .flat_map(|(group, pairs)| compare(group, &pairs, writings, reference))
        .collect()
}

fn compare(
    group: Group<'_>,
    pairs: &[(usize, usize)],
    writings: &[(AccountKey, Writing)],
    reference: &Reference,
) -> Vec<Finding> {
    let Group { language, rung, rivals, .. } = group;
    let local = writings.iter().enumerate().filter(|(_, writing)| group.holds(writing));
    let (numbers, texts): (Vec<usize>, Vec<&Writing>) =
        local.map(|(number, (_, writing))| (number, writing)).unzip();
    let placed = |place: &dyn Fn(usize) -> usize| -> Vec<(usize, usize)> {
        pairs.iter().map(|&(a, b)| (place(a), place(b))).collect()
    };
    let finding = |pair: &(usize, usize), said: [f64; PARTS.len()]| {
        finding(&said, reference, (rung, rivals), *pair, writings)
    };
    if texts.len() > MOST {
        let bundled: Vec<&Writing> =
            reference.writings().iter().filter(|writing| group.reaches(writing)).collect();
        let crowd = Crowd { texts: &texts, reference: &bundled, words: rung, language };
        let places = placed(&|number| numbers.binary_search(&number).unwrap_or_default());
        let scores = crowd.of_pairs(&places);
        return pairs.iter().zip(scores).map(|(pair, said)| finding(pair, said)).collect();
    }
    let population = Population::new(group, pairs, writings, reference);
    let parts = Parts::new(&population.documents(), &population.written(), language);
    let places = placed(&|number| population.place(number));
    let scores = parts.of_pairs(&places, &population.pool);
    let mut found = Vec::with_capacity(pairs.len());
    for ((pair, &(x, y)), said) in pairs.iter().zip(&places).zip(scores) {
        let Some(said) = said else { continue };
        let mut finding = finding(pair, said);
        if finding.score > 0.0 {
            let [one, other] = [pair.0, pair.1].map(|number| &writings[number].1.client);
            let declared = one.is_some() && one == other;
            finding.innocent.extend(parts.innocent(x, y, declared));
        }
        found.push(finding);
    }
    found
}

fn finding(
    parts: &[f64],
    reference: &Reference,
    (rung, rivals): (usize, Rivals),
    (a, b): (usize, usize),
    writings: &[(AccountKey, Writing)],
) -> Finding {
    let ((key_a, x), (key_b, y)) = (&writings[a], &writings[b]);
    let mut innocent: BTreeSet<&str> = rivals.code().into_iter().collect();
    if x.copied_with.contains(&b) {
        innocent.insert("copied_text");
    }
    if x.subjects.intersection(&y.subjects).next().is_some() {
        innocent.insert("common_subject");
    }
    let score = reference.fused(CARD.name, &PARTS, parts);
    Finding {
        rows: vec![
            selection("posts", &[("account", key_a.as_str())]),
            selection("posts", &[("account", key_b.as_str())]),
        ],
        innocent,
        parts: PARTS.into_iter().zip(parts.iter().copied()).collect(),
        ..Finding::new(&CARD, key_a, key_b, score, (rung, rung), Unit::Words)
    }
}
