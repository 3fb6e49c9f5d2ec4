//! Messages of the examined accounts in time: a lane an account, one scale.
//!
//! In: posts whose day is known. Out: at most [`BARS`] bars; the longest bars are days, the widest
//! 365 days. A few messages far from all others are left out of the drawing and counted.

use std::collections::BTreeMap;

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Moment, Precision};
use jiff::civil::Date;

use super::told;
use crate::drawing::{Drawing, Lane, Span, Timeline};
use crate::index::{Index, of_account};
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::Writer;

/// Most bars.
const BARS: i64 = 130;
/// Most lanes; the accounts with the fewest messages share one more.
const LANES: usize = 20;
/// Labels on the scale.
const TICKS: usize = 6;
/// Raids marked.
const MARKS: usize = 8;
/// One message in so many, at either end, may be left out where that halves the period.
const TRIMMED: usize = 100;

const SPANS: [Span; 4] = [Span::Day, Span::Week, Span::ThirtyDays, Span::Year];

/// The figure, or nothing where no day is known.
pub(in crate::sections) fn block(
    index: &Index<'_>,
    posts: &[&Post],
    w: &mut Writer,
) -> Option<Block> {
    let lang = index.lang;
    let mut of: BTreeMap<&AccountKey, Vec<i64>> = BTreeMap::new();
    for post in posts {
        let days = of.entry(&post.account).or_default();
        days.extend(post.at.known().and_then(|at| day(*at)));
    }
    let window = Window::of(of.values().flatten().copied().collect())?;
    let mut drawn = 0;
    let mut lanes: Vec<(&AccountKey, Vec<u64>)> = Vec::new();
    for (account, days) in &of {
        let mut counts = vec![0; window.bars];
        for bar in days.iter().filter_map(|day| window.bar(*day)) {
            if let Some(count) = counts.get_mut(bar) {
                *count += 1;
                drawn += 1;
            }
        }
        lanes.push((account, counts));
    }
    let total = |counts: &[u64]| counts.iter().sum::<u64>();
    lanes.sort_by(|(a, x), (b, y)| total(y).cmp(&total(x)).then_with(|| a.cmp(b)));
    let rest = lanes.split_off(lanes.len().min(LANES));
    let full = lanes.iter().flat_map(|(_, counts)| counts).max().copied().unwrap_or(0);
    let mut lanes: Vec<Lane> = lanes
        .into_iter()
        .map(|(account, counts)| Lane { label: index.name(account), counts, full })
        .collect();
    if !rest.is_empty() {
        let mut counts = vec![0; window.bars];
        for (_, own) in &rest {
            counts.iter_mut().zip(own).for_each(|(sum, n)| *sum += n);
        }
        let label = lang
            .counted(
                rest.len(),
                ["autre compte", "autres comptes"],
                ["other account", "other accounts"],
            )
            .into();
        let full = counts.iter().max().copied().unwrap_or(0);
        lanes.push(Lane { label, counts, full });
    }
    let starts: Vec<String> = (0..window.bars).map(|bar| window.start(bar)).collect();
    let ticks = ticks(&starts);
    let marks: Vec<(usize, String)> = index
        .input
        .raids
        .iter()
        .filter_map(|raid| Some((window.bar(day(raid.onset)?)?, raid.id.to_string())))
        .take(MARKS)
        .collect();
    let caption = caption(
        lang,
        window.unit,
        [!rest.is_empty(), !marks.is_empty()],
        posts.len().saturating_sub(drawn),
    );
    let alt = told(
        lang,
        lanes.iter().map(|lane| {
            let bars = starts.iter().zip(&lane.counts).filter(|(_, n)| **n > 0);
            let bars: Vec<String> =
                bars.map(|(start, n)| format!("{start} {}", lang.count(*n))).collect();
            (lane.label.clone(), bars.join(", "))
        }),
    );
    let support = Support::every(of.keys().map(|key| of_account("posts", key)), "posts");
    let support = support.and_all(index.input.raids.iter().take(MARKS).map(|raid| &raid.id));
    let drawing = Timeline { unit: window.unit, starts, ticks, marks, lanes };
    Some(w.figure(caption, alt, Drawing::Timeline(drawing), support))
}

/// What the figure shows: whether accounts share a lane and raids are marked, how many messages it
/// leaves out.
fn caption(lang: Language, unit: Span, [others, raids]: [bool; 2], left_out: usize) -> Text {
    let mut caption = Text::from(said!(
        lang,
        "Messages des comptes examinés par {} (UTC), même échelle pour tous ; à droite, le total et, entre parenthèses, la plus haute barre",
        "Messages of the accounts under examination by {} (UTC), the same scale for all; on the right, the total and, in brackets, the highest bar",
        unit.words(lang)
    ));
    if others {
        caption = caption.plain(lang.pick(
            " ; la dernière ligne, qui réunit les autres, a sa propre échelle",
            "; the last row, which holds the others together, has its own scale",
        ));
    }
    if raids {
        caption = caption.plain(lang.pick(
            " ; tirets : premier acte d'un raid (section 4 bis)",
            "; dashes: first act of a raid (section 4 bis)",
        ));
    }
    if left_out > 0 {
        caption = caption.plain(said!(
            lang,
            " ; {} ou loin des autres n'y figurent pas",
            "; {} not shown",
            lang.counted(
                left_out,
                ["message sans jour connu", "messages sans jour connu"],
                [
                    "message without a known day or far from the others is",
                    "messages without a known day or far from the others are",
                ],
            )
        ));
    }
    caption
}

/// The day of an instant, UTC, counted from 1970-01-01, where it is known to the day.
fn day(at: Moment) -> Option<i64> {
    (at.precision() <= Precision::Day).then(|| at.at_s().div_euclid(86_400))
}

/// The days that are drawn.
struct Window {
    unit: Span,
    first: i64,
    bars: usize,
}

impl Window {
    fn of(mut days: Vec<i64>) -> Option<Self> {
        days.sort_unstable();
        let (mut first, mut last) = (*days.first()?, *days.last()?);
        let cut = days.len() / TRIMMED;
        let (low, high) = (*days.get(cut)?, *days.get(days.len().checked_sub(1 + cut)?)?);
        if cut > 0 && last - first > 2 * (high - low + 1) {
            (first, last) = (low, high);
        }
        let length = |unit: Span| (last - first) / unit.days() + 1;
        let unit = SPANS.into_iter().find(|unit| length(*unit) <= BARS).unwrap_or(Span::Year);
        let bars = usize::try_from(length(unit).min(BARS)).ok()?;
        Some(Self { unit, first, bars })
    }

    fn bar(&self, day: i64) -> Option<usize> {
        let bar = usize::try_from((day - self.first).div_euclid(self.unit.days())).ok()?;
        (bar < self.bars).then_some(bar)
    }

    fn start(&self, bar: usize) -> String {
        let days = i64::try_from(bar).unwrap_or(0) * self.unit.days() + self.first;
        let epoch = Date::constant(1970, 1, 1);
        epoch
            .checked_add(jiff::Span::new().try_days(days).unwrap_or_default())
            .map_or_else(|_| "–".to_owned(), |date| date.to_string())
    }
}

fn ticks(starts: &[String]) -> Vec<(usize, String)> {
    let step = starts.len().div_ceil(TICKS).max(1);
    starts.iter().enumerate().step_by(step).map(|(at, start)| (at, start.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_false_date_does_not_flatten_the_others() {
        let mut days: Vec<i64> = (0..300).map(|n| 20_000 + n % 40).collect();
        days.push(0);
        let window = Window::of(days).unwrap();
        assert_eq!((window.unit, window.first, window.bars), (Span::Day, 20_000, 40));
        assert_eq!(window.bar(0), None);
        assert_eq!(window.start(0), "2024-10-04");
    }

    #[test]
    fn any_days_make_few_bars() {
        for days in [vec![], vec![7], vec![-4_000_000, 2_900_000], vec![0, 131], vec![0, 40_000]] {
            let bars = Window::of(days.clone()).map_or(0, |window| window.bars);
            assert!(bars <= 130 && (bars > 0) != days.is_empty(), "{days:?}");
        }
        assert_eq!(ticks(&vec![String::new(); 130]).len(), 6);
    }
}
