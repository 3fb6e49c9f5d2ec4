//! The name that somebody meant.

/// Longest name that is compared; identifiers of tables are far shorter.
const LONGEST: usize = 64;

/// The nearest of `known` to `name`, if one is near: a third of its letters may differ, case aside.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect();
    if wanted.len() > LONGEST {
        return None;
    }
    known
        .into_iter()
        .map(|known| {
            let letters: Vec<char> = known.chars().flat_map(char::to_lowercase).collect();
            (distance(&wanted, &letters), known)
        })
        .filter(|(distance, known)| *distance <= known.chars().count().max(wanted.len()) / 3)
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein's distance: letters to insert, remove or replace.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let best = (diagonal + usize::from(x != y)).min(*above + 1).min(left + 1);
            diagonal = *above;
            *above = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_finds_its_name() {
        let known = ["posts", "connections", "links"];
        assert_eq!(nearest("post", known), Some("posts"));
        assert_eq!(nearest("Conections", known), Some("connections"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(nearest(&"p".repeat(1000), known), None);
    }

    #[test]
    fn the_distance_is_that_of_levenshtein() {
        let of = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(of("kitten", "sitting"), 3);
        assert_eq!(of("", "abc"), 3);
        assert_eq!(of("abc", ""), 3);
        assert_eq!(of("flaw", "lawn"), 2);
    }
}
