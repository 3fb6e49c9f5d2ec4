//! The entry: rows of accounts in, comparisons out.
//!
//! The order of the comparisons is total (accounts, signal, value shared) and does not depend on
//! the order of the rows nor on the number of threads.

use std::collections::BTreeSet;

use faisceau_model::rows::Comparison;
use faisceau_model::{Absent, AccessKind, AccountKey, Family, Maybe, RowId};

use crate::activity::Activity;
use crate::card::Card;
use crate::material::Material;
use crate::pairs::Pairs;
use crate::{coordination, identifiers, infra, media, objects, style, timing};

/// Unit of an amount of material.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit {
    Words,
    ActiveHours,
    Coincidences,
    Accounts,
    Meetings,
    Minutes,
}

impl Unit {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::ActiveHours => "active hours",
            Self::Coincidences => "expected common minutes",
            Self::Accounts => "accounts",
            Self::Meetings => "meetings",
            Self::Minutes => "minutes",
        }
    }
}

/// A comparison before it has a number.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) signal: &'static str,
    pub(crate) family: Family,
    pub(crate) a: AccountKey,
    pub(crate) b: AccountKey,
    pub(crate) score: f64,
    pub(crate) material: (usize, usize),
    pub(crate) unit: Unit,
    pub(crate) access: Maybe<AccessKind>,
    pub(crate) shared: Maybe<String>,
    pub(crate) innocent: BTreeSet<&'static str>,
    /// The signals fused in the score, each with what it says.
    pub(crate) parts: Vec<(&'static str, f64)>,
    pub(crate) rows: Vec<String>,
}

impl Finding {
    /// A finding without value shared, explanations and rows.
    pub(crate) fn new(
        card: &Card,
        a: &AccountKey,
        b: &AccountKey,
        score: f64,
        material: (usize, usize),
        unit: Unit,
    ) -> Self {
        Self {
            signal: card.name,
            family: card.family,
            a: a.clone(),
            b: b.clone(),
            score,
            material,
            unit,
            access: Maybe::Missing(Absent::NotApplicable),
            shared: Maybe::Missing(Absent::NotApplicable),
            innocent: BTreeSet::new(),
            parts: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn numbered(self, number: usize) -> Comparison {
        Comparison {
            id: RowId::derived("cmp", number),
            a: self.a,
            b: self.b,
            signal: self.signal.to_owned(),
            family: self.family,
            score: self.score,
            material_a: self.material.0 as i64,
            material_b: self.material.1 as i64,
            unit: self.unit.as_str().to_owned(),
            access: self.access,
            shared: self.shared,
            innocent: self.innocent.into_iter().map(str::to_owned).collect(),
            parts: self.parts.iter().map(|(part, score)| format!("{part}={score:.4}")).collect(),
            rows: self.rows,
        }
    }
}

/// Comparisons, and what no signal looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// The comparisons.
    pub comparisons: Vec<Comparison>,
    /// What `shared_objects` looked at, and which objects were too popular for it.
    pub objects: coordination::Coverage,
    /// Minutes in which so many accounts posted that `synchrony` nominated no pair, or not all.
    pub crowded_minutes: usize,
}

/// Compares all pairs of accounts under every signal.
pub fn compare(material: &Material<'_>) -> Vec<Comparison> {
    compare_pairs(material, Pairs::All)
}

/// Compares pairs of accounts under every signal. The numbers of `pairs` are those of the
/// accounts in ascending order, each once, as `blocking::Builder` numbers them. Signals that go
/// through shared values meet the pairs that share one, listed or not.
pub fn compare_pairs(material: &Material<'_>, pairs: Pairs<'_>) -> Vec<Comparison> {
    compare_counted(material, pairs).comparisons
}

/// As [`compare_pairs`], with the counts of what was not looked at.
pub fn compare_counted(material: &Material<'_>, pairs: Pairs<'_>) -> Compared {
    let mut accounts = material.accounts.to_vec();
    accounts.sort();
    accounts.dedup();
    // What needs most room besides the findings goes first, while there are few of them.
    let copies = media::Copies::of(material.media);
    let (posts, images) = (material.posts, material.media);
    let (mut findings, objects) =
        coordination::shared_objects::findings(&accounts, posts, images, &copies);
    let (synchronous, crowded_minutes) = coordination::synchrony::findings(&accounts, posts);
    findings.extend(synchronous);
    findings.extend(written(&accounts, pairs, material));
    findings.extend(timed(&accounts, pairs, material));
    findings.extend(infra::shared_address::findings(&accounts, material.addresses));
    findings.extend(media::same_image::findings(&accounts, material.media));
    findings.extend(media::near_image::findings(&accounts, &copies));
    findings.extend(media::same_camera::findings(&accounts, material.media, &copies));
    findings.extend(media::same_document::findings(&accounts, material.media, &copies));
    findings.extend(media::same_device::findings(&accounts, material.media, &copies));
    let profiles = (material.account_rows, material.posts);
    let activity = Activity::of(material.posts, material.account_rows, material.devices);
    findings.extend(infra::shared_device::findings(&accounts, material.devices));
    findings.extend(identifiers::shared_mail::findings(&accounts, profiles, &activity));
    findings.extend(identifiers::shared_phone::findings(&accounts, profiles, &activity));
    findings.extend(identifiers::similar_handle::findings(&accounts, profiles));
    let posting = Activity::of(material.posts, &[], &[]);
    findings.extend(objects::shared_link::findings(&accounts, material.posts, &posting));
    findings.extend(objects::sharer_id::findings(&accounts, material.posts, &posting));
    findings.retain(|finding| finding.score.is_finite());
    findings.sort_by(|one, other| key(one).cmp(&key(other)));
    Compared { comparisons: number(findings), objects, crowded_minutes }
}

/// Style and phrases: all that needs what the accounts wrote, which is let go with them. Of a
/// crowd it is as large as the posts.
fn written(accounts: &[AccountKey], pairs: Pairs<'_>, material: &Material<'_>) -> Vec<Finding> {
    let (posts, reference) = (material.posts, material.reference);
    let writings = style::writings(posts);
    let mut findings = style::writing_style::findings(accounts, pairs, &writings, reference);
    let languages: Vec<(AccountKey, String)> =
        writings.into_iter().map(|(key, writing)| (key, writing.language)).collect();
    let phrases = objects::Phrases::of(posts, accounts, &languages, reference);
    findings.extend(objects::rare_phrase::findings(&phrases));
    findings.extend(objects::shared_phrase::findings(&phrases));
    findings
}

/// When the accounts post.
fn timed(accounts: &[AccountKey], pairs: Pairs<'_>, material: &Material<'_>) -> Vec<Finding> {
    let activities = timing::activities(material.posts);
    let mut findings =
        timing::posting_times::findings(accounts, pairs, &activities, material.reference);
    findings.extend(timing::shared_hands::findings(accounts, pairs, &activities));
    findings
}

/// Numbers the findings in their order. They are let go as they are numbered: all pairs of a
/// thousand accounts would else be held twice.
fn number(mut findings: Vec<Finding>) -> Vec<Comparison> {
    const LET_GO: usize = 1 << 16;
    let mut comparisons = Vec::with_capacity(findings.len());
    findings.reverse();
    while let Some(finding) = findings.pop() {
        comparisons.push(finding.numbered(comparisons.len() + 1));
        if findings.len().is_multiple_of(LET_GO) {
            findings.shrink_to_fit();
        }
    }
    comparisons
}

fn key(finding: &Finding) -> (&AccountKey, &AccountKey, &str, &Maybe<String>) {
    (&finding.a, &finding.b, finding.signal, &finding.shared)
}
