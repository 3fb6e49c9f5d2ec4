//! Texts that are nearly the same.
//!
//! In: texts. Out: for each text that is long enough the text that stands for its group. Links and
//! mentions do not count. A text joins a group when it is near the one that stands for it, never
//! through a third: groups do not grow by chains. Source: Broder 1997 (`MinHash`, shingles).

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

/// For each normal form the place of the one that stands for its group. `forms` holds each once, in
/// order; there is no memory for as many as 2^32. Most forms share no band with any other: only
/// hashes that two forms share are looked up, and shingles are held of those forms alone.
pub(super) fn groups(forms: &[String]) -> Vec<u32> {
    let seeds = seeds();
    let hashes: Vec<[u64; BANDS]> =
        forms.par_iter().map(|form| bands(&shingles(form), &seeds)).collect();
    let shared: Vec<Vec<u64>> = (0..BANDS)
        .into_par_iter()
        .map(|band| shared(hashes.iter().map(|bands| bands[band])))
        .collect();
    // For each hash that two forms share, the forms that stand for a group.
    let mut heads: Vec<Vec<Vec<u32>>> =
        shared.iter().map(|hashes| vec![Vec::new(); hashes.len()]).collect();
    let mut held: Vec<Box<[u32]>> = vec![Box::default(); forms.len()];
    let mut groups = Vec::with_capacity(forms.len());
    for (number, (form, bands)) in (0_u32..).zip(forms.iter().zip(&hashes)) {
        let places: Vec<Option<usize>> = bands
            .iter()
            .zip(&shared)
            .map(|(hash, shared)| shared.binary_search(hash).ok())
            .collect();
        let mut near: Vec<u32> = Vec::new();
        for (heads, place) in heads.iter().zip(&places) {
            let met = place.and_then(|place| heads.get(place)).into_iter().flatten();
            near.extend(met.take(MOST_COMPARED));
        }
        near.sort_unstable();
        near.dedup();
        let meets = places.iter().any(Option::is_some);
        let own: Box<[u32]> = if meets { short(&shingles(form)) } else { Box::default() };
        let alike =
            |head: &&u32| held.get(**head as usize).is_some_and(|h| jaccard(h, &own) >= ALIKE);
        let head = near.iter().find(alike).copied().unwrap_or(number);
        if head == number {
            if let Some(place) = held.get_mut(number as usize) {
                *place = own;
            }
            for (heads, place) in heads.iter_mut().zip(places) {
                if let Some(of_hash) = place.and_then(|place| heads.get_mut(place)) {
                    of_hash.push(number);
                }
            }
        }
        groups.push(head);
    }
    groups
}

/// The hashes that stand there twice or more, in order.
fn shared(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut all: Vec<u64> = hashes.collect();
    all.sort_unstable();
    let twice = |run: &[u64]| run.first().copied().filter(|_| run.len() > 1);
    all.chunk_by(|one, other| one == other).filter_map(twice).collect()
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

fn bands(shingles: &[u64], seeds: &[u64]) -> [u64; BANDS] {
    let lowest = |seed: &u64| {
        // An odd factor permutes the numbers of 64 bits.
        let mixed = |hash: &u64| (hash ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        shingles.iter().map(mixed).min().unwrap_or(0)
    };
    let rows: Vec<u64> = seeds.iter().map(lowest).collect();
    let mut bands = [0; BANDS];
    for (band, rows) in bands.iter_mut().zip(rows.chunks(ROWS)) {
        *band = rows.iter().fold(0, |sum: u64, row| SplitMix64::new(sum ^ row).next());
    }
    bands
}

/// The same in half the memory, sorted, each once.
fn short(shingles: &[u64]) -> Box<[u32]> {
    let mut short: Vec<u32> = shingles.iter().map(|hash| (hash >> 32) as u32).collect();
    // They were in the order of their upper halves already.
    short.dedup();
    short.into()
}

fn jaccard(one: &[u32], other: &[u32]) -> f64 {
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
        let head = |text: &&str| groups[forms.binary_search(&normal_form(text).unwrap()).unwrap()];
        let heads: Vec<u32> = texts.iter().map(head).collect();
        assert_eq!(heads[0], heads[1]);
        assert_ne!(heads[0], heads[2]);
        assert_eq!(normal_form("Bonne nuit à tous et à toutes"), None);
    }

    /// The definition without short cuts: every band of every form is looked up.
    fn plainly(forms: &[String]) -> Vec<u32> {
        let seeds = seeds();
        let sketch = |form: &String| (shingles(form), bands(&shingles(form), &seeds));
        let sketches: Vec<(Vec<u64>, [u64; BANDS])> = forms.iter().map(sketch).collect();
        let mut heads = std::collections::BTreeMap::<(usize, u64), Vec<u32>>::new();
        let mut groups = Vec::new();
        for (number, (own, bands)) in (0_u32..).zip(&sketches) {
            let meets = |(band, hash): (usize, &u64)| heads.get(&(band, *hash));
            let near = bands.iter().enumerate().filter_map(meets);
            let near: std::collections::BTreeSet<u32> =
                near.flat_map(|heads| heads.iter().take(MOST_COMPARED)).copied().collect();
            let alike =
                |head: &u32| jaccard(&short(&sketches[*head as usize].0), &short(own)) >= ALIKE;
            let head = near.into_iter().find(alike).unwrap_or(number);
            if head == number {
                for (band, hash) in bands.iter().enumerate() {
                    heads.entry((band, *hash)).or_default().push(number);
                }
            }
            groups.push(head);
        }
        groups
    }

    #[test]
    fn the_groups_are_those_of_the_definition() {
        let words =
            ["portail", "mairie", "demain", "jamais", "encore", "voisin", "marche", "soupe"];
        let mut chance = SplitMix64::new(7);
        let mut forms = Vec::new();
        for _ in 0..60 {
            let text: Vec<&str> = (0..12).map(|_| words[chance.below(8)]).collect();
            for _ in 0..3 {
                let mut copy = text.clone();
                copy[chance.below(12)] = words[chance.below(8)];
                forms.push(copy.join(" "));
            }
        }
        forms.sort();
        forms.dedup();
        let groups = groups(&forms);
        assert_eq!(groups, plainly(&forms));
        let joined = groups.iter().zip(0..).filter(|(head, own)| **head != *own).count();
        assert!(joined > 20 && joined < forms.len() / 2 + 60, "{joined} of {}", forms.len());
    }
}
