//! The tables of multi-index hashing: hashes by each of their sixteen pieces.
//!
//! In: hashes. Out: those within a distance of another, each once, in an order that depends on
//! nothing but the hashes. The paper: see [`super::index`]; which pieces may differ by how many
//! bits is its section 3.1.

use super::hash::{BITS, Hash};

/// Pieces of a hash, one table each.
pub(super) const PIECES: usize = 16;
/// Values of a piece.
const VALUES: usize = 1 << (BITS as usize / PIECES);

/// Hashes by the values of their pieces.
#[derive(Debug)]
pub(super) struct Tables {
    hashes: Vec<Hash>,
    tables: Vec<Table>,
}

/// The numbers of hashes in the order of the values of one piece.
#[derive(Debug)]
struct Table {
    numbers: Vec<u32>,
    /// Of each value, where its numbers begin; one more for the end.
    begins: Vec<u32>,
}

/// A distance, and what follows from it for the pieces.
#[derive(Debug)]
pub(super) struct Within {
    distance: u32,
    /// Of each piece, how many of its bits may differ.
    radii: [u32; PIECES],
    /// What a piece differs by, least bits first; one list for each number of bits.
    changes: Vec<Vec<u16>>,
}

impl Within {
    /// If two hashes differ in at most `16 r + a` bits, then one of their first `a + 1` pieces
    /// differs in at most `r` bits, or one of the others in at most `r - 1`.
    pub(super) fn new(distance: u32) -> Self {
        let (radius, rest) = (distance / PIECES as u32, distance as usize % PIECES);
        // A piece that need not be looked up at all has a radius of "minus one", here `u32::MAX`.
        let radii =
            std::array::from_fn(
                |piece| {
                    if piece <= rest { radius } else { radius.wrapping_sub(1) }
                },
            );
        let of_bits = |bits| (0..=u16::MAX).filter(|change| change.count_ones() == bits).collect();
        Self { distance, radii, changes: (0..=radius).map(of_bits).collect() }
    }

    fn changes(&self, piece: usize) -> impl Iterator<Item = u16> {
        let lists = self.radius(piece).map_or(0, |radius| radius as usize + 1);
        self.changes.iter().take(lists).flatten().copied()
    }

    fn radius(&self, piece: usize) -> Option<u32> {
        self.radii.get(piece).copied().filter(|radius| *radius != u32::MAX)
    }
}

impl Tables {
    /// Sorts hashes; their numbers are their places.
    pub(super) fn new(hashes: Vec<Hash>) -> Self {
        let tables = (0..PIECES).map(|piece| Table::new(&hashes, piece)).collect();
        Self { hashes, tables }
    }

    /// Hands over the number and distance of every hash within a distance that this piece finds and
    /// no piece before it. Each comparison takes one from what is left; at zero there are no more.
    pub(super) fn search(
        &self,
        piece: usize,
        hash: Hash,
        within: &Within,
        left: &mut u64,
        mut hit: impl FnMut(u32, u32),
    ) {
        let Some(table) = self.tables.get(piece) else { return };
        let value = value(hash, piece);
        for change in within.changes(piece) {
            for number in table.of(value ^ change) {
                if *left == 0 {
                    return;
                }
                *left -= 1;
                let Some(other) = self.hashes.get(*number as usize) else { continue };
                let Some(distance) = hash.within(*other, within.distance) else { continue };
                if !earlier(hash, *other, piece, within) {
                    hit(*number, distance);
                }
            }
        }
    }
}

impl Table {
    fn new(hashes: &[Hash], piece: usize) -> Self {
        let mut begins = vec![0_u32; VALUES + 1];
        let mut numbers: Vec<u32> = (0..hashes.len() as u32).collect();
        let of = |number: &u32| hashes.get(*number as usize).map_or(0, |hash| value(*hash, piece));
        numbers.sort_by_key(of);
        for number in &numbers {
            if let Some(count) = begins.get_mut(usize::from(of(number)) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
        Self { numbers, begins }
    }

    fn of(&self, value: u16) -> &[u32] {
        let begin = |at: usize| self.begins.get(at).map_or(0, |begin| *begin as usize);
        let value = usize::from(value);
        self.numbers.get(begin(value)..begin(value + 1)).unwrap_or_default()
    }
}

fn value(hash: Hash, piece: usize) -> u16 {
    let word = hash.0.get(piece / 4).copied().unwrap_or_default();
    (word >> (piece % 4 * 16)) as u16
}

/// Whether an earlier table has handed this one over.
fn earlier(hash: Hash, other: Hash, piece: usize, within: &Within) -> bool {
    (0..piece).any(|piece| {
        let bits = (value(hash, piece) ^ value(other, piece)).count_ones();
        within.radius(piece).is_some_and(|radius| bits <= radius)
    })
}
