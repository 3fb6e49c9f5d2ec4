//! Calibrated on one corpus, applied to another.
//!
//! In: two corpora, and the reference with its calibration that were made of the first alone
//! (weights of the parts, coefficients, caps). Out: for each amount of text, Cllr of the second
//! calibrated inside itself and with the calibration of the first, as a case weighs it and without
//! holding it against the second, and how many innocents end up above LR 10, 100, 1000; for style
//! alone and for style with times. With few posts: whether times make it worse. Alter-ego protocol, histories cut at the median post, pairs of one site.

use faisceau_signals::Reference;
use faisceau_weigh::Calibration;
use faisceau_weigh::validation::{Scores, Trial, cllr, costs, misleading};

use crate::corpus::Corpus;
use crate::protocol::{Cut, Material, Read, Scope, Signals, System, Task};

/// Words a side.
pub const WORDS: [usize; 4] = [100, 180, 250, 500];
/// Posts a side that go with text.
pub const POSTS: usize = 100;
/// Posts a side of the sparse regime.
pub const SPARSE: [usize; 3] = [6, 10, 14];
/// Words a side that go with few posts.
pub const SPARSE_WORDS: usize = 250;

/// What weighs, and where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Weigher<'a> {
    /// The reference.
    pub reference: &'a Reference,
    /// Its calibration.
    pub calibration: &'a Calibration,
}

/// Figures of LRs whose truth is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Trials of one hand.
    pub same: usize,
    /// Trials of different hands.
    pub different: usize,
    /// Cllr.
    pub cllr: f64,
    /// Its halves: what trials of one hand cost, and those of different hands.
    pub costs: [f64; 2],
    /// Shares of trials of different hands above LR 10, 100, 1000.
    pub innocents: [f64; 3],
}

/// One amount of material.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transfer {
    /// Words a side.
    pub words: usize,
    /// Posts a side, none where times are not read.
    pub posts: Option<usize>,
    /// Calibrated inside the corpus, on other authors of it.
    pub inside: Option<Figures>,
    /// Calibrated elsewhere, as a case weighs it.
    pub transferred: Option<Figures>,
    /// Calibrated elsewhere, and not held against the corpus.
    pub unheld: Option<Figures>,
}

/// Applies a calibration made elsewhere to a corpus. `inside` is a reference made of the corpus
/// itself: its weights of the parts were fitted on all its authors, which flatters the figures
/// inside and makes the comparison harder for the transfer.
pub fn transfer(corpus: &Corpus, elsewhere: Weigher<'_>, inside: &Reference) -> Vec<Transfer> {
    let both = |words| [Material::words(words), Material::both(words, POSTS)];
    let materials = WORDS.into_iter().flat_map(both);
    materials.map(|material| one(corpus, elsewhere, inside, material)).collect()
}

/// The sparse regime: style alone, then style with the times of few posts.
pub fn sparse(corpus: &Corpus, elsewhere: Weigher<'_>, inside: &Reference) -> Vec<Transfer> {
    let few = SPARSE.into_iter().map(|posts| Material::both(SPARSE_WORDS, posts));
    let materials = std::iter::once(Material::words(SPARSE_WORDS)).chain(few);
    materials.map(|material| one(corpus, elsewhere, inside, material)).collect()
}

fn one(
    corpus: &Corpus,
    elsewhere: Weigher<'_>,
    inside: &Reference,
    material: Material,
) -> Transfer {
    let task = Task::new(corpus, Cut::Halves, Scope::Within, material);
    let read = if material.posts.is_some() { Read::Both } else { Read::Style };
    let own = Signals { read, reference: inside, weighed_by: None, held: false };
    let other = |held| {
        let weighed_by = Some(elsewhere.calibration);
        let signals = Signals { read, reference: elsewhere.reference, weighed_by, held };
        figures(&signals.outcome(&task).lrs)
    };
    Transfer {
        words: material.words.unwrap_or_default(),
        posts: material.posts,
        inside: figures(&own.outcome(&task).lrs),
        transferred: other(true),
        unheld: other(false),
    }
}

fn figures(lrs: &[Trial]) -> Option<Figures> {
    let lrs = Scores::of(lrs);
    (!lrs.same.is_empty() && !lrs.different.is_empty()).then(|| Figures {
        same: lrs.same.len(),
        different: lrs.different.len(),
        cllr: cllr(&lrs),
        costs: costs(&lrs),
        innocents: misleading(&lrs).different,
    })
}

/// The head of the table.
pub const HEAD: &str = "calibrated on  applied to     words posts  same different  Cllr inside  \
    unheld  loss   >100 %  as a case  loss    innocents above 10, 100, 1000 (%)";

/// The lines of one corpus.
pub fn lines(from: &str, to: &str, transfers: &[Transfer]) -> String {
    let line = |transfer: &Transfer| {
        let posts = posts(transfer);
        let head = format!("{from:14} {to:14} {:5} {posts:>5}", transfer.words);
        let (Some(moved), Some(unheld)) = (transfer.transferred, transfer.unheld) else {
            return format!("{head}  too few authors\n");
        };
        let inside = transfer.inside.map_or(f64::NAN, |inside| inside.cllr);
        let [ten, hundred, thousand] = moved.innocents.map(|share| 100.0 * share);
        format!(
            "{head} {:5} {:9}  {inside:11.3}  {:6.3} {:+6.3} {:6.2}  {:9.3} {:+6.3}  {ten:6.2} \
             {hundred:6.2} {thousand:6.2}\n",
            moved.same,
            moved.different,
            unheld.cllr,
            unheld.cllr - inside,
            100.0 * unheld.innocents[1],
            moved.cllr,
            moved.cllr - inside,
        )
    };
    transfers.iter().map(line).collect()
}

fn posts(transfer: &Transfer) -> String {
    transfer.posts.map_or("-".to_owned(), |posts| posts.to_string())
}

/// The head of the table of costs.
pub const COSTS_HEAD: &str = "calibrated on  applied to     words posts  one hand, different: \
    inside  unheld  as a case";

/// On which side a transfer costs.
pub fn cost_lines(from: &str, to: &str, transfers: &[Transfer]) -> String {
    let line = |transfer: &Transfer| {
        let sides = |figures: Option<Figures>| {
            let [same, different] = figures.map_or([f64::NAN; 2], |figures| figures.costs);
            format!("{same:.3} {different:.3}")
        };
        format!(
            "{from:14} {to:14} {:5} {:>5}  {}  {}  {}\n",
            transfer.words,
            posts(transfer),
            sides(transfer.inside),
            sides(transfer.unheld),
            sides(transfer.transferred),
        )
    };
    transfers.iter().map(line).collect()
}
