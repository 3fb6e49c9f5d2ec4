//! Prints what the newest list of Tor exits misses for an older event (`docs/lists-age.md`), from
//! the bundled intervals: for each age,
//! the share of the exits of that day that the newest list lacks, and the mean over pairs of lists
//! that far apart, every four weeks.

#![expect(clippy::unwrap_used, reason = "an example without its data has nothing to print")]
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const DAY: i64 = 86_400;
const AGES: [(&str, i64); 8] = [
    ("1 week", 7),
    ("1 month", 30),
    ("3 months", 91),
    ("6 months", 182),
    ("1 year", 365),
    ("2 years", 730),
    ("4 years", 1461),
    ("8 years", 2922),
];

fn second(text: &str) -> i64 {
    let at: DateTime = text.trim_end_matches('Z').parse().unwrap();
    at.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second()
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/tor/");
    let file = std::fs::File::open(format!("{folder}{name}")).unwrap();
    let text = String::from_utf8(zstd::decode_all(file).unwrap()).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn main() {
    println!("age\tmissed by the newest list (IPv4)\tmean of all anchors (both)\tevents");
    for (name, newest, mean, events) in table() {
        println!("{name}\t{newest} %\t{mean} %\t{events}");
    }
}

/// For each age: what the newest list misses, the mean over pairs of lists, and how many pairs.
fn table() -> Vec<(&'static str, String, String, u32)> {
    let stays: Vec<(String, i64, i64)> = rows("tor_exit_intervals.csv.zst")
        .into_iter()
        .map(|row| (row[0].clone(), second(&row[1]), second(&row[2])))
        .collect();
    let gaps: Vec<(i64, i64)> = rows("tor_exit_intervals_gaps.csv.zst")
        .into_iter()
        .map(|row| (second(&row[0]), second(&row[1])))
        .collect();
    let first = stays.iter().map(|stay| stay.1).min().unwrap();
    let last = stays.iter().map(|stay| stay.2).max().unwrap();
    let listed = |at: i64| -> BTreeSet<&str> {
        let there = stays.iter().filter(|stay| stay.1 <= at && at <= stay.2);
        there.map(|stay| stay.0.as_str()).collect()
    };
    let in_gap = |at: i64| gaps.iter().any(|gap| gap.0 < at && at < gap.1);
    // IPv6 came into the feeds late and leaves the list slower or faster: IPv4 is the longer series.
    let v4_missed = |then: i64, now: i64| {
        let then: BTreeSet<&str> =
            listed(then).into_iter().filter(|ip| !ip.contains(':')).collect();
        then.difference(&listed(now)).count() as f64 / then.len() as f64
    };
    let mut out = Vec::new();
    for (name, days) in AGES {
        // Where the feed was silent, the last day before on which it was not.
        let mut then = last - days * DAY;
        while then > first && (in_gap(then) || listed(then).len() <= 300) {
            then -= DAY;
        }
        let newest = v4_missed(then, last);
        let (mut missed, mut events) = (0.0, 0_u32);
        let mut at = last - DAY - days * DAY;
        while at >= first {
            let (then, now) = (listed(at), listed(at + days * DAY));
            // Fewer than 300 exits is a feed that was empty, not a network without exits.
            if !in_gap(at) && !in_gap(at + days * DAY) && then.len() > 300 && now.len() > 300 {
                missed += then.difference(&now).count() as f64 / then.len() as f64;
                events += 1;
            }
            at -= 28 * DAY;
        }
        let mean = missed / f64::from(events);
        let percent = |share: f64| format!("{:.0}", 100.0 * share);
        out.push((name, percent(newest), percent(mean), events));
    }
    out
}

/// The page says what this prints.
#[cfg(test)]
mod tests {
    #[test]
    fn the_page_has_the_table() {
        let page = include_str!("../../../docs/lists-age.md");
        for (name, newest, mean, events) in super::table() {
            let row = format!("| {name} | {newest} % | {mean} % | {events} |");
            assert!(page.lines().any(|line| line == row), "{row}");
        }
    }
}
