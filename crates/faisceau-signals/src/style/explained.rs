//! What habits and which words bring to comparisons of style: the parts that can be shown.
//!
//! In: the rows of a case, and comparisons of `writing_style` made of them. Out: rows of
//! `contributions`, on the same documents: for each comparison the habits that weigh most in both
//! directions, and on each side the stretches of text whose words weigh most under `lambda_g`,
//! each with its post. Where there are so many documents that rivals were drawn, the population
//! is the draw alone. Refuses comparisons of other signals and of accounts without text.

use std::collections::BTreeMap;
use std::ops::Range;

use faisceau_model::rows::{Comparison, Contribution};
use faisceau_model::table::Row as _;
use faisceau_model::{Absent, AccountKey, Maybe, RowId, selection};

use super::habits::{self, Habit, WritingHabits};
use super::lambda_g::explanation::TokenWeight;
use super::lambda_g::{self, LambdaG};
use super::population::{Group, Population, groups};
use super::{Writing, writing_style, writings};
use crate::material::Material;

/// Habits shown that bring the texts together, and that set them apart.
const HABITS: (usize, usize) = (8, 4);
/// Smallest part of a habit that is shown, as log10: a factor of about 1.1.
const LEAST: f64 = 0.05;
/// Passages shown of each account.
const PASSAGES: usize = 3;
/// Longest stretch of a passage that is shown, in characters.
const LENGTH: usize = 300;

/// The parts of comparisons of `writing_style`, in the order of their accounts.
pub fn explain_style(material: &Material<'_>, comparisons: &[&Comparison]) -> Vec<Contribution> {
    let of_style = comparisons.iter().filter(|c| c.signal == writing_style::CARD.name);
    let wanted: BTreeMap<(&AccountKey, &AccountKey), &RowId> =
        of_style.map(|c| ((&c.a, &c.b), &c.id)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let writings = writings(material.posts);
    let place = |account| writings.binary_search_by(|(key, _)| key.cmp(account)).ok();
    let mut ids = BTreeMap::<(usize, usize), &RowId>::new();
    for ((a, b), id) in wanted {
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            ids.insert((a, b), id);
        }
    }
    let groups = groups(ids.keys().copied(), &writings, material.reference);
    let mut found = BTreeMap::<(usize, usize), Vec<Contribution>>::new();
    for (group, pairs) in groups {
        let ground = Ground::new(group, &pairs, &writings, material);
        for pair in pairs {
            if let Some(id) = ids.get(&pair) {
                found.insert(pair, ground.parts(pair, id));
            }
        }
    }
    let mut rows: Vec<Contribution> = found.into_values().flatten().collect();
    for (number, row) in rows.iter_mut().enumerate() {
        row.id = RowId::derived(Contribution::PREFIX, number + 1);
    }
    rows
}

/// The documents of a group under the parts that can be shown.
struct Ground<'a> {
    writings: &'a [(AccountKey, Writing)],
    population: Population<'a>,
    written: Vec<Vec<&'a str>>,
    rung: usize,
    grammar: LambdaG,
    habits: WritingHabits,
}

impl<'a> Ground<'a> {
    fn new(
        group: Group<'_>,
        pairs: &[(usize, usize)],
        writings: &'a [(AccountKey, Writing)],
        material: &Material<'a>,
    ) -> Self {
        let Group { language, rung, .. } = group;
        let population = Population::new(group, pairs, writings, material.reference);
        let written = population.written();
        let grammar = LambdaG::new(&written, language);
        let habits = WritingHabits::new(&written, language);
        Self { writings, population, written, rung, grammar, habits }
    }

    /// The rows of a pair, without their numbers.
    fn parts(&self, (a, b): (usize, usize), comparison: &RowId) -> Vec<Contribution> {
        let (x, y) = (self.population.place(a), self.population.place(b));
        let posts = [a, b].map(|of| self.posts(of));
        let row = |habit: Habit| Contribution {
            id: comparison.clone(),
            comparison: comparison.clone(),
            account: Maybe::Missing(Absent::NotApplicable),
            part: habits::CARD.name.to_owned(),
            item: habit.name.to_owned(),
            value: habit.ln_ratio / std::f64::consts::LN_10,
            detail: habit.counts.iter().map(|(name, a, b)| format!("{name}={a}/{b}")).collect(),
            rows: posts.to_vec(),
        };
        let mut rows: Vec<Contribution> =
            weightiest(self.habits.explain(x, y)).into_iter().map(row).collect();
        for (number, own, other) in [(a, x, y), (b, y, x)] {
            rows.extend(self.passages(number, own, other, comparison));
        }
        rows
    }

    fn posts(&self, number: usize) -> String {
        let account = self.writings.get(number).map_or("", |(key, _)| key.as_str());
        selection("posts", &[("account", account)])
    }

    /// The stretches of one account's text that weigh most in its direction.
    fn passages(
        &self,
        number: usize,
        own: usize,
        other: usize,
        comparison: &RowId,
    ) -> Vec<Contribution> {
        let (Some((account, writing)), Some(texts)) =
            (self.writings.get(number), self.written.get(own))
        else {
            return Vec::new();
        };
        let weights = self.grammar.explain(own, other, &self.population.pool, &writing.key);
        let posts = writing.sample_posts(self.rung);
        let of_passage = weights.chunk_by(|one, next| one.passage == next.passage);
        let mut stretches: Vec<Stretch<'_>> = of_passage
            .filter_map(|tokens| {
                let number = tokens.first()?.passage;
                Stretch::heaviest(number, texts.get(number)?, tokens)
            })
            .collect();
        stretches.sort_by(|one, other| {
            other.weight.total_cmp(&one.weight).then(one.passage.cmp(&other.passage))
        });
        let mut shown: Vec<Stretch<'_>> = Vec::new();
        for stretch in stretches {
            if shown.len() < PASSAGES && shown.iter().all(|own| own.text != stretch.text) {
                shown.push(stretch);
            }
        }
        let row = |stretch: Stretch<'_>| Contribution {
            id: comparison.clone(),
            comparison: comparison.clone(),
            account: Maybe::Known(account.clone()),
            part: lambda_g::CARD.name.to_owned(),
            item: stretch.text.to_owned(),
            value: stretch.tokens.iter().map(|token| token.log10_ratio).sum(),
            detail: stretch.detail(),
            rows: match posts.get(stretch.passage) {
                Some(Some(post)) => vec![post.to_string()],
                _ => vec![self.posts(number)],
            },
        };
        shown.into_iter().map(row).collect()
    }
}

/// The habits that bring together most, then those that set apart most.
fn weightiest(habits: Vec<Habit>) -> Vec<Habit> {
    let least = LEAST * std::f64::consts::LN_10;
    let (mut shown, apart): (Vec<Habit>, Vec<Habit>) = habits
        .into_iter()
        .filter(|habit| habit.ln_ratio.abs() >= least)
        .partition(|habit| habit.ln_ratio > 0.0);
    shown.truncate(HABITS.0);
    shown.extend(apart.into_iter().take(HABITS.1));
    shown
}

/// A stretch of a passage.
struct Stretch<'a> {
    /// Number of the passage.
    passage: usize,
    text: &'a str,
    /// Where it starts in the passage.
    start: usize,
    tokens: &'a [TokenWeight],
    /// Sum of what its tokens bring, in either direction.
    weight: f64,
}

impl<'a> Stretch<'a> {
    /// The stretch of at most [`LENGTH`] characters whose tokens weigh most; the first of equals.
    /// `None` where every token is longer.
    fn heaviest(passage: usize, text: &'a str, tokens: &'a [TokenWeight]) -> Option<Self> {
        let spans = spans(text, tokens);
        let mut best: Option<(f64, Range<usize>)> = None;
        let (mut from, mut weight) = (0, 0.0);
        for (to, (token, span)) in tokens.iter().zip(&spans).enumerate() {
            weight += token.log10_ratio.abs();
            while from <= to && span.end - spans[from].start > LENGTH {
                weight -= tokens[from].log10_ratio.abs();
                from += 1;
            }
            if from <= to && best.as_ref().is_none_or(|(most, _)| weight > *most) {
                best = Some((weight, from..to + 1));
            }
        }
        let (weight, range) = best?;
        let tokens = tokens.get(range)?;
        let start = tokens.first()?.bytes.start;
        let text = text.get(start..tokens.last()?.bytes.end)?;
        Some(Self { passage, text, start, tokens, weight })
    }

    /// One entry a token: bytes, part, and what the grammar saw where it is not the token.
    fn detail(&self) -> Vec<String> {
        let entry = |token: &TokenWeight| {
            let (start, end) = (token.bytes.start - self.start, token.bytes.end - self.start);
            let entry = format!("{start}-{end}={:+.3}", token.log10_ratio);
            match self.text.get(start..end) {
                Some(text) if text == token.seen => entry,
                _ => format!("{entry} {}", token.seen),
            }
        };
        self.tokens.iter().map(entry).collect()
    }
}

/// The characters of each token of a passage, tokens in the order of the text.
fn spans(text: &str, tokens: &[TokenWeight]) -> Vec<Range<usize>> {
    let (mut at, mut characters) = (0, 0);
    let mut count = |to: usize| {
        characters += text.get(at..to).map_or(0, |between| between.chars().count());
        at = to;
        characters
    };
    tokens.iter().map(|token| count(token.bytes.start)..count(token.bytes.end)).collect()
}

#[cfg(test)]
mod tests;
