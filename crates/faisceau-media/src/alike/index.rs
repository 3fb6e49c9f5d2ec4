//! Pairs of pictures that look the same, without comparing every picture with every other.
//!
//! In: looks. Out: all pairs within a distance, each with the way in which one is a copy of the
//! other, in the order of the pictures given. A picture that is copied thousands of times makes one
//! group or a mark of being crowded, and not millions of pairs.
//!
//! Multi-index hashing: M. Norouzi, A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with
//! Multi-Index Hashing", CVPR 2012. A hash is cut into 16 pieces; two hashes that differ in few bits
//! have a piece that differs in fewer, so it is enough to look up pieces. Nothing is missed.

use rayon::prelude::*;

use super::look::Look;
use super::tables::{PIECES, Tables, Within};

/// Largest distance that is searched for.
pub const FARTHEST: u32 = 47;
/// More pictures than this with the very same hash are a group, of which only the first is compared.
const SAME: usize = 16;
/// Most pairs that one picture gives; the nearest.
const PAIRS: usize = 64;
/// After so many hits of one picture no more are kept.
const HITS: usize = 1_024;
/// Most hashes that one picture is compared with: among 100,000 pictures it is some 13,000 at distance 31.
const COMPARISONS: u64 = 1_000_000;
/// Pictures that are looked for together.
const TOGETHER: usize = 256;

/// How one picture is a copy of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// As it is.
    AsItIs,
    /// In a mirror.
    Mirrored,
    /// A part of one is the other, or the picture inside the frame of one is.
    Cropped,
    /// Both.
    CroppedAndMirrored,
}

/// Two pictures that look the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The one that was given first.
    pub first: u64,
    /// The other.
    pub second: u64,
    /// Bits that differ.
    pub distance: u32,
    /// The way in which they are nearest.
    pub how: How,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Pairs, in the order in which the pictures were given.
    pub pairs: Vec<Pair>,
    /// Many pictures with the very same hash. The first stands for all of them in the pairs.
    pub groups: Vec<Vec<u64>>,
    /// Pictures that may have more like them than are listed: a limit was reached.
    pub crowded: Vec<u64>,
}

/// Looks that are ready to be searched.
#[derive(Debug)]
pub struct Index<'a> {
    looks: &'a [(u64, Look)],
    /// Places in `looks` of what is compared.
    compared: Vec<u32>,
    groups: Vec<Vec<u64>>,
    faces: Vec<Face>,
    tables: Tables,
}

/// What a picture is found by: its hash, or the one without its frame.
#[derive(Debug, Clone, Copy)]
struct Face {
    place: u32,
    unframed: bool,
}

/// A hit, from the side of the picture that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    other: u32,
    distance: u32,
    how: How,
}

impl<'a> Index<'a> {
    /// Prepares looks. Each number that a picture is called by should be there once.
    pub fn build(looks: &'a [(u64, Look)]) -> Self {
        let (compared, groups) = grouped(looks);
        let mut faces = Vec::with_capacity(compared.len());
        let mut hashes = Vec::with_capacity(compared.len());
        for place in &compared {
            let Some((_, look)) = looks.get(*place as usize) else { continue };
            for (hash, unframed) in look.faces() {
                faces.push(Face { place: *place, unframed });
                hashes.push(hash);
            }
        }
        Self { looks, compared, groups, faces, tables: Tables::new(hashes) }
    }

    /// All pairs within a distance, of at most [`FARTHEST`].
    pub fn pairs(&self, distance: u32) -> Found {
        let within = Within::new(distance.min(FARTHEST));
        let of_each: Vec<(Vec<Hit>, bool)> = self
            .compared
            .par_chunks(TOGETHER)
            .flat_map_iter(|places| self.hits(places, &within))
            .collect();
        let mut found = Found { groups: self.groups.clone(), ..Found::default() };
        let mut pairs = Vec::new();
        for (place, (hits, crowded)) in self.compared.iter().zip(of_each) {
            if crowded {
                found.crowded.extend(self.looks.get(*place as usize).map(|(id, _)| *id));
            }
            let ordered = |hit: Hit| (hit.other.min(*place), hit.other.max(*place), hit);
            pairs.extend(hits.into_iter().map(ordered));
        }
        // Either picture may have found the other; the nearest of it counts.
        pairs.sort_unstable_by_key(|(first, second, hit)| (*first, *second, hit.distance, hit.how));
        pairs.dedup_by_key(|(first, second, _)| (*first, *second));
        found.pairs = pairs
            .into_iter()
            .filter_map(|(first, second, hit)| {
                let id = |place: u32| self.looks.get(place as usize).map(|(id, _)| *id);
                let (first, second) = (id(first)?, id(second)?);
                Some(Pair { first, second, distance: hit.distance, how: hit.how })
            })
            .collect();
        found
    }

    /// The nearest pictures to each of some; one table after the other, so that it stays in the cache.
    fn hits(&self, places: &[u32], within: &Within) -> Vec<(Vec<Hit>, bool)> {
        let mut searches: Vec<Search> = places.iter().map(|place| Search::new(*place)).collect();
        for piece in 0..PIECES {
            for search in &mut searches {
                let Some((_, look)) = self.looks.get(search.place as usize) else { continue };
                for (view, cropped) in look.views() {
                    for (hash, mirrored) in [(view, false), (view.mirrored(), true)] {
                        let left = &mut search.left;
                        self.tables.search(piece, hash, within, left, |number, distance| {
                            let Some(face) = self.faces.get(number as usize) else { return };
                            if face.place != search.place && search.hits.len() < HITS {
                                let how = how(cropped || face.unframed, mirrored);
                                search.hits.push(Hit { other: face.place, distance, how });
                            }
                        });
                    }
                }
            }
        }
        searches.into_iter().map(Search::nearest).collect()
    }
}

/// The search for what is like one picture.
struct Search {
    place: u32,
    /// How many comparisons may still be made.
    left: u64,
    hits: Vec<Hit>,
}

impl Search {
    fn new(place: u32) -> Self {
        Self { place, left: COMPARISONS, hits: Vec::new() }
    }

    /// The nearest, each once, and whether there may be more.
    fn nearest(self) -> (Vec<Hit>, bool) {
        let full = self.left == 0 || self.hits.len() >= HITS;
        let mut hits = self.hits;
        hits.sort_unstable();
        hits.dedup_by_key(|hit| hit.other);
        hits.sort_unstable_by_key(|hit| (hit.distance, hit.other));
        let crowded = full || hits.len() > PAIRS;
        hits.truncate(PAIRS);
        (hits, crowded)
    }
}

/// How far two looks are apart, and in which way they are nearest.
pub fn nearest(a: &Look, b: &Look) -> (u32, How) {
    let one_way = |of: &Look, among: &Look| {
        let mut best = (u32::MAX, How::CroppedAndMirrored);
        for (view, part) in of.views() {
            for (face, inside) in among.faces() {
                best = best.min((view.distance(face), how(part || inside, false)));
                best = best.min((view.mirrored().distance(face), how(part || inside, true)));
            }
        }
        best
    };
    one_way(a, b).min(one_way(b, a))
}

fn how(cropped: bool, mirrored: bool) -> How {
    match (cropped, mirrored) {
        (false, false) => How::AsItIs,
        (false, true) => How::Mirrored,
        (true, false) => How::Cropped,
        (true, true) => How::CroppedAndMirrored,
    }
}

/// Sets aside all but the first of many with the same hash.
fn grouped(looks: &[(u64, Look)]) -> (Vec<u32>, Vec<Vec<u64>>) {
    let mut places: Vec<u32> = (0..u32::try_from(looks.len()).unwrap_or(u32::MAX)).collect();
    let whole = |place: &u32| looks.get(*place as usize).map(|(_, look)| look.whole);
    places.sort_by_key(whole);
    let mut groups: Vec<(u32, Vec<u64>)> = Vec::new();
    let mut compared = Vec::with_capacity(places.len());
    for same in places.chunk_by(|a, b| whole(a) == whole(b)) {
        match same {
            [first, ..] if same.len() > SAME => {
                compared.push(*first);
                let id = |place: &u32| looks.get(*place as usize).map(|(id, _)| *id);
                groups.push((*first, same.iter().filter_map(id).collect()));
            }
            _ => compared.extend(same),
        }
    }
    compared.sort_unstable();
    groups.sort_unstable_by_key(|(first, _)| *first);
    (compared, groups.into_iter().map(|(_, ids)| ids).collect())
}

#[cfg(test)]
mod tests;
