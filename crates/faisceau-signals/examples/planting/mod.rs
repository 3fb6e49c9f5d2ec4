//! Groups planted in real shares, and the same shares with their delays made chance.
//!
//! A group is 3 to 10 real accounts of at least three shares. It acts on 3 to 10 objects, half of
//! them drawn evenly and half by their shares, each at the time of a real share of it. A member
//! takes part with a probability of the group (.3 to .9), after a delay that is exponential around
//! a mean of the group (10 s to 15 min, even on the logarithm). No law of the score is used.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Read;
use std::path::Path;

use faisceau_signals::SplitMix64;

/// Groups.
const GROUPS: usize = 30;

/// One row of a share file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) account: String,
    pub(crate) object: String,
    pub(crate) content: String,
    pub(crate) at: i64,
}

/// The rows of a share file, in order.
pub(crate) fn read(file: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let mut text = String::new();
    if Path::new(file).extension().is_some_and(|end| end == "gz") {
        flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text)?;
    } else {
        text = String::from_utf8(bytes)?;
    }
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row?;
        rows.push(Row {
            account: row[0].to_owned(),
            object: row[1].to_owned(),
            content: row[2].to_owned(),
            at: row[3].parse()?,
        });
    }
    rows.sort();
    Ok(rows)
}

/// The rows with groups, and the pairs of accounts of one group.
pub(crate) fn plant(rows: &[Row], seed: u64) -> (Vec<Row>, BTreeSet<(String, String)>) {
    let mut chance = SplitMix64::new(seed);
    let mut acts = BTreeMap::<&str, usize>::new();
    let mut times = BTreeMap::<&str, Vec<i64>>::new();
    for row in rows {
        *acts.entry(&row.account).or_default() += 1;
        times.entry(&row.object).or_default().push(row.at);
    }
    let mut pool: Vec<&str> = acts.iter().filter(|(_, n)| **n >= 3).map(|(a, _)| *a).collect();
    for at in (1..pool.len()).rev() {
        pool.swap(at, chance.below(at + 1));
    }
    let objects: Vec<&str> = times.iter().filter(|(_, t)| t.len() >= 3).map(|(o, _)| *o).collect();
    let (mut planted, mut truth) = (rows.to_vec(), BTreeSet::new());
    for group in 0..GROUPS {
        let size = 3 + chance.below(8);
        let mut members: Vec<&str> = pool.split_off(pool.len() - size);
        members.sort_unstable();
        let mean = 10.0 * libm::exp(unit(&mut chance) * libm::log(90.0));
        let part = 0.3 + 0.6 * unit(&mut chance);
        for action in 0..3 + chance.below(8) {
            let object = if chance.below(2) == 0 {
                objects[chance.below(objects.len())]
            } else {
                rows[chance.below(rows.len())].object.as_str()
            };
            let seen = &times[object];
            let start = seen[chance.below(seen.len())];
            for member in &members {
                if unit(&mut chance) < part {
                    let delay = -mean * libm::log(1.0 - unit(&mut chance));
                    planted.push(Row {
                        account: (*member).to_owned(),
                        object: object.to_owned(),
                        content: format!("g{group}a{action}{member}"),
                        at: start + delay as i64,
                    });
                }
            }
        }
        for (at, a) in members.iter().enumerate() {
            truth.extend(members[at + 1..].iter().map(|b| ((*a).to_owned(), (*b).to_owned())));
        }
    }
    (planted, truth)
}

/// The rows with ten raids: 20 to 40 accounts of the file on one real object, each with a delay
/// that is exponential around five minutes; with the objects and onsets.
pub(crate) fn raided(rows: &[Row], seed: u64) -> (Vec<Row>, Vec<(String, i64)>) {
    let mut chance = SplitMix64::new(seed);
    let (mut planted, mut truth) = (rows.to_vec(), Vec::new());
    for raid in 0..10 {
        let on = rows[chance.below(rows.len())].clone();
        for member in 0..20 + chance.below(21) {
            let delay = -300.0 * libm::log(1.0 - unit(&mut chance));
            planted.push(Row {
                account: rows[chance.below(rows.len())].account.clone(),
                content: format!("r{raid}m{member}"),
                at: on.at + delay as i64,
                object: on.object.clone(),
            });
        }
        truth.push((on.object, on.at));
    }
    (planted, truth)
}

/// The rows with the accounts of each object permuted.
pub(crate) fn permuted(rows: &[Row], chance: &mut SplitMix64) -> Vec<Row> {
    let mut by_object = BTreeMap::<&str, Vec<&Row>>::new();
    for row in rows {
        by_object.entry(&row.object).or_default().push(row);
    }
    let mut permuted = Vec::new();
    for rows in by_object.values() {
        let mut accounts: Vec<&String> = rows.iter().map(|row| &row.account).collect();
        for at in (1..accounts.len()).rev() {
            accounts.swap(at, chance.below(at + 1));
        }
        let pairs = rows.iter().zip(accounts);
        permuted
            .extend(pairs.map(|(row, account)| Row { account: account.clone(), ..(*row).clone() }));
    }
    permuted
}

/// A number from 0 to below 1.
fn unit(chance: &mut SplitMix64) -> f64 {
    (chance.next() >> 11) as f64 / (1_u64 << 53) as f64
}
