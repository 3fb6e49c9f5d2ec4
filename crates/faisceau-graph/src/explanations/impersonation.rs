//! `impersonation`: one account imitates the other, its name, its pictures, its words.
//!
//! Speaks for it: one began after the other's public posts, under a name like the other's or with
//! a picture that the other had posted before. Against: the two share a home line, which the
//! public cannot see. The order of beginning is the creation stated, else the first post.

use faisceau_model::Family;
use faisceau_model::rows::Account;

use super::found::Found;
use super::history::History;
use super::pair::Pair;

const DAY_S: i64 = 86_400;
/// Names of one account that are compared, the first in order.
const MOST_NAMES: usize = 20;
/// Characters of a name that are compared.
const MOST_OF_NAME: usize = 40;
/// Characters below which two names are alike only if they are the same.
const SHORT_NAME: usize = 6;

pub(super) const FAMILIES: &[Family] = &[Family::Style, Family::Media, Family::Identifiers];
pub(super) const COUNTS: &[&str] =
    &["names_alike", "apart_days", "public_before", "pictures_after", "common_lines"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let near = FAMILIES.iter().any(|family| pair.leans_near(*family));
    let concerned = pair.raises(code) || (pair.favours("H1") && near);
    if !concerned {
        return None;
    }
    let (one, other) = (pair.a, pair.b);
    let alike = names_alike(one, other);
    let lines = pair.common_lines();
    let mut found = Found::new();
    found.count("names_alike", i64::from(alike));
    let mut follows = false;
    if let Some((began_a, began_b)) = one.began().zip(other.began()) {
        let elder = if began_a <= began_b { one } else { other };
        let since = began_a.max(began_b);
        let before = elder.public.partition_point(|at| *at < since);
        let (mine, theirs) = if began_a <= began_b {
            (&pair.link.b, &pair.link.a)
        } else {
            (&pair.link.a, &pair.link.b)
        };
        let pictures = pair.case.pictures.taken_over(mine, theirs);
        found.count("apart_days", (began_a - began_b).abs() / DAY_S);
        found.count("public_before", before);
        found.count("pictures_after", pictures.len());
        follows = before > 0 && (alike || !pictures.is_empty());
        found.rest_on(pictures.iter().flat_map(|(was, is)| [&was.id, &is.id]));
    }
    found.count("common_lines", lines.len());
    found.judge(follows && lines.is_empty(), !lines.is_empty());
    found.rest_on(lines.iter().map(|c| &c.id));
    found.rest_on(one.rows.iter().take(2).chain(other.rows.iter().take(2)).map(|row| &row.id));
    found.rest_on(pair.posts_of_both());
    Some(found)
}

fn names_alike(one: &History<'_>, other: &History<'_>) -> bool {
    let names = |rows: &[&Account]| -> Vec<Vec<char>> {
        let shown = rows.iter().flat_map(|row| [row.handle.known(), row.display_name.known()]);
        let mut names: Vec<Vec<char>> =
            shown.flatten().map(|name| plain(name)).filter(|name| name.len() > 2).collect();
        names.sort();
        names.dedup();
        names.truncate(MOST_NAMES);
        names
    };
    let others = names(&other.rows);
    names(&one.rows).iter().any(|own| others.iter().any(|other| alike(own, other)))
}

/// Letters and digits in lower case.
fn plain(name: &str) -> Vec<char> {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.take(MOST_OF_NAME).collect()
}

/// The same name, or one letter in six of the longer one changed, added or left out.
fn alike(one: &[char], other: &[char]) -> bool {
    let (least, most) = (one.len().min(other.len()), one.len().max(other.len()));
    one == other || (least >= SHORT_NAME && distance(one, other) * SHORT_NAME <= most)
}

/// Levenshtein's distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, x) in one.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(other) {
            let above = *cell;
            left = (corner + usize::from(x != y)).min(above + 1).min(left + 1);
            corner = above;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(one.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_more_is_alike_and_a_common_start_is_not() {
        let alike = |one: &str, other: &str| alike(&plain(one), &plain(other));
        assert!(alike("Corbeau_92", "corbeau92"));
        assert!(alike("corbeau92", "c0rbeau92"));
        assert!(!alike("corbeau92", "corbeille"));
        assert!(!alike("lea", "leo"));
        assert_eq!(distance(&plain("kitten"), &plain("sitting")), 3);
        assert_eq!(distance(&[], &plain("abc")), 3);
    }
}
