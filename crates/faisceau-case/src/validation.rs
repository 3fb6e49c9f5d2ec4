//! How well the signals do on a corpus whose authors are known.

use std::path::Path;

use faisceau_model::excerpt;
use faisceau_validate::baselines::{self, Processor, Settings};
use faisceau_validate::protocol::{Cut, Material, Plan, Read, Signals, System, validate};
use faisceau_validate::report::{CorpusSummary, ValidationReport};

use crate::case::Case;
use crate::error::CaseError;
use crate::own_reference::{corpus, reference_of};
use crate::progress::{Progress, Step};

pub use faisceau_validate::protocol::{Cut as ValidationCut, Scope};
pub use faisceau_validate::report::{page, table};

/// Words and posts of the baselines.
const BASELINE_WORDS: usize = 250;
const BASELINE_POSTS: usize = 100;

/// What is validated.
#[derive(Debug, Clone, Default)]
pub struct ValidationWish<'a> {
    /// Cuts, scopes and amounts; what is empty is as the protocol has it.
    pub cuts: Vec<Cut>,
    /// Whether pairs of different sites are trials too.
    pub across: bool,
    /// Words a side.
    pub words: Vec<usize>,
    /// Posts a side.
    pub posts: Vec<usize>,
    /// A reference file in place of the bundled one.
    pub reference: Option<&'a Path>,
    /// Whether the baselines are left out.
    pub without_baselines: bool,
}

impl ValidationWish<'_> {
    fn plan(&self) -> Plan {
        let mut plan = Plan::default();
        if !self.cuts.is_empty() {
            plan.cuts.clone_from(&self.cuts);
        }
        if self.across {
            plan.scopes = vec![Scope::Within, Scope::Across];
        }
        if !self.words.is_empty() || !self.posts.is_empty() {
            let words = self.words.iter().map(|&words| Material::words(words));
            let posts = self.posts.iter().map(|&posts| Material::posts(posts));
            let most = self.posts.iter().copied().max().unwrap_or(BASELINE_POSTS);
            let both = self.words.iter().map(|&words| Material::both(words, most));
            plan.materials = words.chain(posts).chain(both).collect();
        }
        plan
    }
}

/// Runs the protocol over a corpus, with the reference of a case where one is given.
pub fn validation(
    path: &Path,
    wish: &ValidationWish<'_>,
    case: Option<&Case>,
    progress: Progress<'_>,
) -> Result<ValidationReport, CaseError> {
    let corpus = corpus(path)?;
    let (reference, calibration) = match (wish.reference, case) {
        (None, Some(case)) => case.reference()?,
        (file, _) => reference_of(file)?,
    };
    let reads = [Read::Style, Read::Time, Read::Both];
    let of = |weighed_by| {
        let reference = &reference;
        reads.map(|read| Signals { read, reference, weighed_by, held: true })
    };
    let one_fit =
        Signals { read: Read::Fused, reference: &reference, weighed_by: None, held: false };
    let signals = [&of(None)[..], &of(Some(&calibration)), &[one_fit]].concat();
    let systems: Vec<&dyn System> = signals.iter().map(|signals| signals as &dyn System).collect();
    let what = "protocol";
    let validations = validate(&corpus, &systems, &wish.plan(), &mut |done, total| {
        progress(&Step { stage: "validate", what, done: done as u64, total: total as u64 });
    });
    let mut baselines = Vec::new();
    if !wish.without_baselines {
        let settings = Settings {
            words: wish.words.iter().copied().max().unwrap_or(BASELINE_WORDS),
            posts: wish.posts.iter().copied().max().unwrap_or(BASELINE_POSTS),
            cut: Cut::Halves,
            within: true,
            least_share: 0.8,
            processor: Processor::Portable,
        };
        let what = "baselines";
        baselines.push(baselines::run(&corpus, &settings, &mut |done, total| {
            progress(&Step { stage: "validate", what, done: done as u64, total: total as u64 });
        }));
    }
    let name = path.file_name().map(|name| excerpt(&name.to_string_lossy(), 100));
    let summary = CorpusSummary::new(&name.unwrap_or_default(), &corpus);
    Ok(ValidationReport::new(summary, &validations, baselines))
}
