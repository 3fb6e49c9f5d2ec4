//! Texts that are nearly the same.
//!
//! In: texts. Out: for each text that is long enough the text that stands for its group. Links and
//! mentions do not count. A text joins a group when it is near the one that stands for it, never
//! through a third: groups do not grow by chains. Source: Broder 1997 (`MinHash`, shingles).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::SplitMix64;

/// Fewest letters and digits: shorter texts coincide by chance.
const LEAST_CHARACTERS: usize = 30;
/// Fewest words.
const LEAST_WORDS: usize = 5;
/// Letters of a text that are compared.
const MOST_CHARACTERS: usize = 2000;
/// Characters of a shingle.
const SHINGLE: usize = 5;
/// Bands and rows: two texts with Jaccard .7 meet with probability .97.
const BANDS: usize = 20;
const ROWS: usize = 5;
/// Least Jaccard similarity of the shingles.
const ALIKE: f64 = 0.7;
/// Most groups of one band that a text is compared with.
const MOST_COMPARED: usize = 20;
/// Seed of the hash functions.
const SEED: u64 = 0x6661_6973_6365_6175;

/// The words of a text in lower case, or `None` for a short one.
pub(super) fn normal_form(text: &str) -> Option<String> {
    let pointer = |word: &&str| {
        word.starts_with('@') || word.contains("://") || word.starts_with("www.") || *word == "URL"
    };
    let (mut form, mut characters, mut words) = (String::new(), 0, 0);
    for word in text.split_whitespace().filter(|word| !pointer(word)) {
        let before = form.len();
        for c in word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            if characters < MOST_CHARACTERS {
                form.push(c);
                characters += 1;
            }
        }
        if form.len() > before {
            form.push(' ');
            words += 1;
        }
    }
    (characters >= LEAST_CHARACTERS && words >= LEAST_WORDS).then_some(form)
}

/// For each normal form the one that stands for its group. `forms` holds each once, in order.
pub(super) fn groups(forms: &[String]) -> BTreeMap<&str, &str> {
    let seeds = seeds();
    let sketches: Vec<(Vec<u64>, Vec<u64>)> = forms
        .par_iter()
        .map(|form| {
            let shingles = shingles(form);
            let bands = bands(&shingles, &seeds);
            (shingles, bands)
        })
        .collect();
    let mut heads = BTreeMap::<(usize, u64), Vec<usize>>::new();
    let mut groups = BTreeMap::new();
    for (number, (form, (shingles, bands))) in forms.iter().zip(&sketches).enumerate() {
        let mut near: Vec<usize> = Vec::new();
        for (band, hash) in bands.iter().enumerate() {
            if let Some(numbers) = heads.get(&(band, *hash)) {
                near.extend(numbers.iter().take(MOST_COMPARED));
            }
        }
        near.sort_unstable();
        near.dedup();
        let alike = near.iter().find(|&&head| jaccard(&sketches[head].0, shingles) >= ALIKE);
        let head = alike.copied().unwrap_or(number);
        if head == number {
            for (band, hash) in bands.iter().enumerate() {
                heads.entry((band, *hash)).or_default().push(number);
            }
        }
        groups.insert(form.as_str(), forms[head].as_str());
    }
    groups
}

fn seeds() -> Vec<u64> {
    let mut chance = SplitMix64::new(SEED);
    (0..BANDS * ROWS).map(|_| chance.next()).collect()
}

/// Hashes of the runs of characters, sorted, each once.
fn shingles(form: &str) -> Vec<u64> {
    let starts: Vec<usize> = form.char_indices().map(|(at, _)| at).collect();
    let ends = starts.iter().skip(SHINGLE).copied().chain([form.len()]);
    let mut hashes: Vec<u64> = starts
        .iter()
        .zip(ends)
        .filter_map(|(&start, end)| Some(SplitMix64::for_text(SEED, form.get(start..end)?).next()))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn bands(shingles: &[u64], seeds: &[u64]) -> Vec<u64> {
    let lowest = |seed: &u64| {
        // An odd factor permutes the numbers of 64 bits.
        let mixed = |hash: &u64| (hash ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        shingles.iter().map(mixed).min().unwrap_or(0)
    };
    let rows: Vec<u64> = seeds.iter().map(lowest).collect();
    rows.chunks(ROWS)
        .map(|rows| rows.iter().fold(0, |sum: u64, row| SplitMix64::new(sum ^ row).next()))
        .collect()
}

fn jaccard(one: &[u64], other: &[u64]) -> f64 {
    let (mut x, mut y, mut common) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(x), other.get(y)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                x += 1;
                y += 1;
            }
        }
    }
    let union = one.len() + other.len() - common;
    if union == 0 { 0.0 } else { common as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_keeps_a_text_in_its_group_and_another_text_is_out() {
        let texts = [
            "Elle ment depuis le début et tout le monde le sait, il faut que cela cesse enfin !",
            "@toi elle ment depuis le debut et tout le monde le sait, il faut que cela cesse https://x.org",
            "Le conseil municipal se réunira mardi soir pour examiner le budget de la commune.",
        ];
        let mut forms: Vec<String> = texts.iter().filter_map(|text| normal_form(text)).collect();
        forms.sort();
        let groups = groups(&forms);
        let heads: Vec<&str> =
            texts.iter().map(|text| groups[normal_form(text).unwrap().as_str()]).collect();
        assert_eq!(heads[0], heads[1]);
        assert_ne!(heads[0], heads[2]);
        assert_eq!(normal_form("Bonne nuit à tous et à toutes"), None);
    }
}
