//! The weeks of two linked accounts side by side: messages by day and hour, in Paris.
//!
//! In: posts whose hour is known and whose zone is not assumed. Out: seven rows of twenty-four
//! counts for each account; nothing where one of them has none.

use std::collections::BTreeMap;

use faisceau_model::rows::{Link, Post};
use faisceau_model::{AccountKey, Moment};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::told;
use crate::drawing::{Drawing, HourGrid, Hours, days, hour};
use crate::index::{Index, of_account};
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::Writer;

type Grid = Vec<Vec<u64>>;

/// The weeks of all accounts, read once.
pub(in crate::sections) struct Weeks<'a>(BTreeMap<&'a AccountKey, Grid>);

impl<'a> Weeks<'a> {
    /// Counts the posts of the accounts of these links.
    pub(in crate::sections) fn of(posts: &'a [Post], links: &[&Link]) -> Self {
        let mut weeks: BTreeMap<&AccountKey, Grid> = BTreeMap::new();
        let Ok(paris) = TimeZone::get("Europe/Paris") else { return Self(weeks) };
        let wanted: std::collections::BTreeSet<&AccountKey> =
            links.iter().flat_map(|link| [&link.a, &link.b]).collect();
        for post in posts.iter().filter(|post| wanted.contains(&post.account)) {
            let Some((day, hour)) = post.at.known().and_then(|at| slot(*at, &paris)) else {
                continue;
            };
            let grid = weeks.entry(&post.account).or_insert_with(|| vec![vec![0; 24]; 7]);
            if let Some(n) = grid.get_mut(day).and_then(|hours| hours.get_mut(hour)) {
                *n += 1;
            }
        }
        Self(weeks)
    }

    /// The figure of a link.
    pub(in crate::sections) fn block(
        &self,
        index: &Index<'_>,
        link: &Link,
        w: &mut Writer,
    ) -> Option<Block> {
        let lang = index.lang;
        let pair = [self.0.get(&link.a)?, self.0.get(&link.b)?];
        let keys = [&link.a, &link.b];
        let grids: Vec<HourGrid> = keys
            .iter()
            .zip(pair)
            .map(|(key, grid)| HourGrid { label: index.name(key), counts: grid.clone() })
            .collect();
        let total = |grid: &Grid| {
            let n = usize::try_from(grid.iter().flatten().sum::<u64>()).unwrap_or(usize::MAX);
            lang.counted(n, ["message", "messages"], ["message", "messages"])
        };
        let caption = Text::from(said!(
            lang,
            "Messages par jour de la semaine et heure de Paris ({} et {} dont l'heure est sûre ; plus foncé : plus de messages de ce compte), ",
            "Messages by day of the week and hour, Paris time ({} and {} whose time is reliable; darker: more messages of this account), ",
            total(pair[0]),
            total(pair[1])
        ))
        .code(link.id.as_str());
        let alt =
            told(lang, grids.iter().map(|grid| (grid.label.clone(), values(lang, &grid.counts))));
        let support = Support::one(of_account("posts", &link.a)).and(of_account("posts", &link.b));
        Some(w.figure(caption, alt, Drawing::Hours(Hours { grids }), support))
    }
}

fn values(lang: Language, grid: &Grid) -> String {
    let cell =
        |day: &str, (at, n): (usize, &u64)| format!("{day} {} {}", hour(lang, at), lang.count(*n));
    let day = |(hours, day): (&Vec<u64>, &'static str)| -> Vec<String> {
        let used = hours.iter().enumerate().filter(|(_, n)| **n > 0);
        used.map(|entry| cell(day, entry)).collect()
    };
    grid.iter().zip(days(lang)).flat_map(day).collect::<Vec<_>>().join(", ")
}

/// The day of the week from Monday, and the hour.
fn slot(at: Moment, zone: &TimeZone) -> Option<(usize, usize)> {
    if !at.feeds_timing() {
        return None;
    }
    let local = Timestamp::from_microsecond(at.at_us()).ok()?.to_zoned(zone.clone());
    let day = usize::try_from(local.weekday().to_monday_zero_offset()).ok()?;
    Some((day, usize::try_from(local.hour()).ok()?))
}
