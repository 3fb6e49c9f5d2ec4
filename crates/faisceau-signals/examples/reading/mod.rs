//! Reads the times of a corpus of messages.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use faisceau_model::Moment;
use faisceau_signals::AuthorHours;
use flate2::read::GzDecoder;

/// The times of one author.
#[derive(Default)]
pub(crate) struct Read {
    author: String,
    source: String,
    /// Second and offset from UTC in minutes, where it is known.
    pub(crate) offsets: Vec<(i64, i64)>,
    halves: [Vec<i64>; 2],
}

pub(crate) fn read(path: &Path, site: &str) -> Result<Vec<Read>, Box<dyn Error>> {
    let mut rows = csv::Reader::from_reader(GzDecoder::new(std::fs::File::open(path)?));
    let mut authors = BTreeMap::<String, Read>::new();
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row?;
        let column = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let at = column("timestamp_utc").parse::<jiff::Timestamp>()?.as_second();
        let author = authors.entry(column("author").to_owned()).or_default();
        column("author").clone_into(&mut author.author);
        let source = if site.is_empty() { column("source") } else { site };
        source.clone_into(&mut author.source);
        author.offsets.extend(column("tz_offset_min").parse().ok().map(|offset| (at, offset)));
        author.halves[usize::from(column("split") == "B")].push(at);
    }
    for author in authors.values_mut() {
        author.offsets.sort_unstable();
        author.halves.iter_mut().for_each(|half| half.sort_unstable());
    }
    Ok(authors.into_values().collect())
}

impl Read {
    /// Hours and minutes of the `messages` messages of each side nearest the cut.
    pub(crate) fn hours(&self, messages: usize) -> AuthorHours {
        let [first, second] = &self.halves;
        let near =
            [&first[first.len().saturating_sub(messages)..], &second[..second.len().min(messages)]];
        let unit = |seconds: &[i64], unit: i64| -> Vec<i64> {
            seconds.iter().map(|at| at.div_euclid(unit)).collect()
        };
        let mut offsets: Vec<i64> = self.offsets.iter().map(|(_, offset)| *offset).collect();
        offsets.sort_unstable();
        AuthorHours {
            author: self.author.clone(),
            source: self.source.clone(),
            offset_min: offsets.get(offsets.len() / 2).copied(),
            halves: near.map(|half| {
                let mut hours = unit(half, 3600);
                hours.dedup();
                hours
            }),
            steps: near.map(|half| AuthorHours::steps(&unit(half, 60))),
        }
    }

    /// The `messages` messages in the middle of the history, and the offset of most of them.
    pub(crate) fn middle(&self, messages: usize) -> (Vec<Moment>, i64) {
        let kept = self.offsets.len().min(messages);
        let from = (self.offsets.len() - kept) / 2;
        let middle = &self.offsets[from..from + kept];
        let mut counts = BTreeMap::<i64, usize>::new();
        for (_, offset) in middle {
            *counts.entry(*offset).or_default() += 1;
        }
        let truth = counts.into_iter().max_by_key(|(offset, count)| (*count, -offset));
        let moments = middle.iter().filter_map(|(at, _)| Moment::from_unix_seconds(*at));
        (moments.collect(), truth.map_or(0, |(offset, _)| offset))
    }
}
