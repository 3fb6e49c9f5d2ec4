//! The signal `writing_style`: every part of style, as one score.
//!
//! In: what the accounts wrote. Out: a score for each pair of the same language with enough text.
//! Refuses languages that the reference does not have: the score has never been measured there.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, Family, selection};
use rayon::prelude::*;

use super::Writing;
use super::parts::{PARTS, Parts};
use super::plan::Rivals;
use super::sizes::Sizes;
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::pairs::Pairs;
use crate::reference::Reference;
use crate::splitmix::SplitMix64;

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
    innocent: &["common_subject", "copied_text", "foreign_population", "small_population"],
    depends_on: "Every other feature of the text: signals of the family style are never \
        multiplied. Independent of the hours of activity on the reference.",
    validation: "Alter ego: histories of reference authors cut in two halves, all pairs of halves \
        of the same site, at each length, with rivals from the same site, with six rivals, and \
        with rivals from another site. Figures in the calibration file, printed with each report.",
    reference: "Brümmer and Preez, Computer Speech & Language 2006 (fusion by logistic \
        regression); those of its parts",
};

/// One set of documents to compare: a language, a length, the kind of rivals.
type Group<'a> = (&'a str, usize, Rivals);

/// Documents that are compared at a time: more are cut in tiles, each pair in its own two.
const TILE: usize = 3_000;
/// Impostors drawn for each tile where there are more.
const RIVALS: usize = 400;
/// Start of the draw of the impostors.
const SEED: u64 = 0x7374_796c_6573_7479;

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    pairs: Pairs<'_>,
    writings: &[(AccountKey, Writing)],
    reference: &Reference,
) -> Vec<Finding> {
    let place = |account| writings.binary_search_by(|(key, _)| key.cmp(account)).ok();
    let examined: Vec<Option<usize>> = accounts.iter().map(place).collect();
    let mut groups = BTreeMap::<Group<'_>, Vec<(usize, usize)>>::new();
    let sizes = Sizes::new(writings.iter().map(|(_, writing)| writing), reference);
    for (a, b) in pairs.among(examined.len()) {
        let (Some(a), Some(b)) = (examined[a], examined[b]) else { continue };
        let (x, y) = (&writings[a].1, &writings[b].1);
        if let Some((rung, rivals)) = sizes.choose(x, y) {
            groups.entry((&x.language, rung, rivals)).or_default().push((a, b));
        }
    }
    let tiled = groups.into_iter().flat_map(|(group, pairs)| {
        tiles(group, pairs, writings).into_iter().map(move |pairs| (group, pairs))
    });
    tiled.flat_map(|(group, pairs)| compare(group, &pairs, writings, reference)).collect()
}

/// The pairs of a group, those of the same two tiles of documents together.
fn tiles(
    (language, rung, _): Group<'_>,
    pairs: Vec<(usize, usize)>,
    writings: &[(AccountKey, Writing)],
) -> Vec<Vec<(usize, usize)>> {
    let reaches = |(_, (_, writing)): &(usize, &(AccountKey, Writing))| {
        writing.language == language && writing.words() >= rung
    };
    let documents: Vec<usize> =
        writings.iter().enumerate().filter(reaches).map(|(number, _)| number).collect();
    if documents.len() <= TILE {
        return vec![pairs];
    }
    let tile = |number: usize| documents.binary_search(&number).unwrap_or_default() * 2 / TILE;
    let mut tiles = BTreeMap::<(usize, usize), Vec<(usize, usize)>>::new();
    for (a, b) in pairs {
        tiles.entry((tile(a), tile(b))).or_default().push((a, b));
    }
    tiles.into_values().collect()
}

fn compare(
    (language, rung, rivals): Group<'_>,
    pairs: &[(usize, usize)],
    writings: &[(AccountKey, Writing)],
    reference: &Reference,
) -> Vec<Finding> {
    let reaches = |writing: &&Writing| writing.language == language && writing.words() >= rung;
    let local = writings.iter().enumerate().filter(|(_, (_, writing))| reaches(&writing));
    let mut numbers: Vec<usize> = local.map(|(number, _)| number).collect();
    let mut drawn: Option<BTreeSet<usize>> = None;
    if numbers.len() > TILE {
        let mut order: Vec<(u64, usize)> = numbers
            .iter()
            .map(|&number| (SplitMix64::for_text(SEED, &writings[number].1.key).next(), number))
            .collect();
        order.sort_unstable();
        let rivals: BTreeSet<usize> =
            order.iter().take(RIVALS).map(|(_, number)| *number).collect();
        let asked = pairs.iter().flat_map(|&(a, b)| [a, b]);
        numbers =
            asked.chain(rivals.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
        drawn = Some(rivals);
    }
    let mut texts: Vec<&Writing> = numbers.iter().map(|&number| &writings[number].1).collect();
    let of_case = texts.len();
    // They tell what is common in the language, even where they are no rivals.
    texts.extend(reference.writings().iter().filter(reaches));
    let documents: Vec<Vec<&str>> = texts.iter().map(|writing| writing.sample(rung)).collect();
    let written: Vec<Vec<&str>> =
        texts.iter().map(|writing| writing.sample_as_written(rung)).collect();
    let parts = Parts::new(&documents, &written, language);
    let rivals_to = if rivals == Rivals::Reference { texts.len() } else { of_case };
    let is_rival =
        |at: &usize| drawn.as_ref().is_none_or(|d| numbers.get(*at).is_none_or(|n| d.contains(n)));
    let pool: Vec<usize> = (0..rivals_to).filter(is_rival).collect();
    let place = |number: usize| numbers.binary_search(&number).unwrap_or_default();
    let mut rows = BTreeMap::<usize, Vec<usize>>::new();
    for (a, b) in pairs.iter().map(|&(a, b)| (place(a), place(b))) {
        rows.entry(a).or_default().push(b);
        rows.entry(b).or_default().push(a);
    }
    for others in rows.values_mut() {
        others.sort_unstable();
    }
    let rows: Vec<(usize, Vec<usize>)> = rows.into_iter().collect();
    let scored: Vec<Vec<Option<Vec<f64>>>> =
        rows.par_iter().map(|(x, others)| parts.scores(*x, others, &pool)).collect();
    let of = |x: usize, y: usize| -> Option<&Vec<f64>> {
        let at = rows.binary_search_by_key(&x, |(x, _)| *x).ok()?;
        scored[at][rows[at].1.binary_search(&y).ok()?].as_ref()
    };
    let finding = |&(a, b): &(usize, usize)| {
        let (x, y) = (place(a), place(b));
        let parts: Vec<f64> = of(x, y)?
            .iter()
            .zip(of(y, x)?)
            .map(|(one, other)| f64::midpoint(*one, *other))
            .collect();
        Some(finding(&parts, reference, (rung, rivals), (a, b), writings))
    };
    pairs.iter().filter_map(finding).collect()
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
