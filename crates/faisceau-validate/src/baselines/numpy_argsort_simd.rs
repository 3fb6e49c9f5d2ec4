//! The order in which `NumPy`'s `argsort` puts equal numbers on processors with AVX-512 or AVX2.
//!
//! In: numbers, and how many of them the processor holds in a register. Out: their places in
//! ascending order of value, as the vectorised sort leaves them: partitions that fill both ends a
//! register at a time, then bitonic networks. Sources: Bramas 2017 (partition with compressed
//! stores), Batcher 1968 (networks), Blacher and others 2022; `x86-simd-sort`, which `NumPy` holds.

/// Runs up to this length are sorted by a network.
const NETWORK: usize = 256;
/// Registers that the partition takes at a time.
const UNROLLED: usize = 4;
/// Longest run, in rounds of that many registers, that is taken by single registers.
const SINGLE_ROUNDS: usize = 8;

/// Values in a register of AVX2.
const AVX2_LANES: usize = 4;

/// The places of the values in ascending order. `lanes`: 8 with AVX-512, 4 with AVX2.
pub(super) fn argsort(values: &[i64], lanes: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    let rounds = 2 * values.len().checked_ilog2().unwrap_or(0);
    if !values.is_sorted() {
        sort(values, &mut places, lanes, rounds);
    }
    places
}

fn sort(values: &[i64], places: &mut [usize], lanes: usize, rounds: u32) {
    if places.len() <= NETWORK {
        network(values, places);
        return;
    }
    if rounds == 0 {
        // The library falls back to another sort here, whose ties are not made again.
        places.sort_by_key(|&place| values[place]);
        return;
    }
    let pivot = pivot(values, places, lanes);
    let all = || places.iter().map(|&place| values[place]);
    let (smallest, biggest) = (all().min(), all().max());
    let middle = partition(values, places, pivot, lanes);
    let (below, above) = places.split_at_mut(middle);
    if smallest != Some(pivot) {
        sort(values, below, lanes, rounds - 1);
    }
    if biggest != Some(pivot) {
        sort(values, above, lanes, rounds - 1);
    }
}

/// The upper median of evenly spread values, as many as a register holds.
fn pivot(values: &[i64], places: &[usize], lanes: usize) -> i64 {
    let step = (places.len() - 1) / lanes;
    let mut sample: Vec<i64> = (1..=lanes).map(|at| values[places[at * step]]).collect();
    sample.sort_unstable();
    sample[lanes / 2]
}

/// Puts what is below the pivot before the rest, and says where the rest begins.
fn partition(values: &[i64], places: &mut [usize], pivot: i64, lanes: usize) -> usize {
    let long = places.len() > SINGLE_ROUNDS * UNROLLED * lanes;
    let round = if long { UNROLLED * lanes } else { lanes };
    let (mut left, mut right) = (0, places.len());
    // What does not fill a round goes one by one.
    for _ in 0..places.len() % round {
        if values[places[left]] < pivot {
            left += 1;
        } else {
            right -= 1;
            places.swap(left, right);
        }
    }
    if left == right {
        return left;
    }
    let mut ends = Ends { left, right, turned: lanes == AVX2_LANES };
    let mut store = |places: &mut [usize], taken: &[usize]| {
        taken.chunks(lanes).for_each(|register| ends.store(values, places, register, pivot));
    };
    if right - left == round && !long {
        let taken = places[left..right].to_vec();
        store(places, &taken);
        return ends.left;
    }
    // The first and the last round make room and are stored at the end.
    let first = places[left..left + round].to_vec();
    let last = places[right - round..right].to_vec();
    (left, right) = (left + round, right - round);
    let (mut free_left, mut free_right) = (round, round);
    while left < right {
        // The side with less room is read next.
        let taken = if free_right < free_left {
            right -= round;
            free_right += round;
            places[right..right + round].to_vec()
        } else {
            left += round;
            free_left += round;
            places[left - round..left].to_vec()
        };
        let below = taken.iter().filter(|&&place| values[place] < pivot).count();
        (free_left, free_right) = (free_left - below, free_right - (round - below));
        store(places, &taken);
    }
    store(places, &first);
    store(places, &last);
    ends.left
}

/// Where the next register is stored.
struct Ends {
    left: usize,
    right: usize,
    turned: bool,
}

impl Ends {
    /// Stores what is below the pivot at the left end, the rest at the right end.
    fn store(&mut self, values: &[i64], places: &mut [usize], register: &[usize], pivot: i64) {
        let (below, mut above): (Vec<usize>, Vec<usize>) =
            register.iter().partition(|&&place| values[place] < pivot);
        // AVX2 has no compressed store; the permutation in its place turns the rest round.
        if self.turned {
            above.reverse();
        }
        places[self.left..self.left + below.len()].copy_from_slice(&below);
        places[self.right - above.len()..self.right].copy_from_slice(&above);
        (self.left, self.right) = (self.left + below.len(), self.right - above.len());
    }
}

/// A bitonic network over the next power of two; places beyond the end would not move.
fn network(values: &[i64], places: &mut [usize]) {
    let count = places.len();
    let mut exchange = |low: usize, high: usize| {
        if high < count && values[places[low]] > values[places[high]] {
            places.swap(low, high);
        }
    };
    let size = count.next_power_of_two();
    let mut block = 2;
    while block <= size {
        for base in (0..size).step_by(block) {
            (0..block / 2).for_each(|at| exchange(base + at, base + block - 1 - at));
        }
        let mut distance = block / 4;
        while distance > 0 {
            for base in (0..size).step_by(2 * distance) {
                (base..base + distance).for_each(|at| exchange(at, at + distance));
            }
            distance /= 2;
        }
        block *= 2;
    }
}

#[cfg(test)]
#[expect(clippy::unreadable_literal, reason = "numbers as they were recorded")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum(count: usize, modulus: i64, lanes: usize) -> usize {
        let values: Vec<i64> =
            (0..count as i64).map(|i| -((i * i * 7 + i * 13) % modulus)).collect();
        argsort(&values, lanes).iter().enumerate().map(|(at, place)| at * place).sum()
    }

    #[test]
    fn numpy_gave_these() {
        // numpy 2.4.6 with AVX-512, and with NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL
        // AVX512_SPR"; the sums are those of `numpy_argsort`.
        for (lanes, count, modulus, expected) in [
            (8, 100, 10, 260546),
            (8, 256, 37, 4177897),
            (8, 1000, 37, 249590611),
            (8, 1500, 211, 843617063),
            (8, 3000, 60, 6741055603),
            (8, 5000, 3, 32374846047),
            (8, 5000, 70, 31249205450),
            (8, 8000, 90, 127952610360),
            (4, 100, 10, 260546),
            (4, 256, 37, 4177897),
            (4, 1000, 37, 249657619),
            (4, 1500, 211, 843493178),
            (4, 5000, 3, 32372409127),
            (4, 5000, 70, 31239962783),
            (4, 8000, 90, 127830866343),
        ] {
            assert_eq!(sum(count, modulus, lanes), expected, "{lanes} {count} {modulus}");
        }
    }

    proptest! {
        #[test]
        fn any_values_come_in_order(
            values in prop::collection::vec(-20_i64..20, 0..900),
            wide in any::<bool>(),
        ) {
            let places = argsort(&values, if wide { 8 } else { 4 });
            prop_assert!(places.is_sorted_by_key(|&place| values[place]));
            let mut all = places;
            all.sort_unstable();
            prop_assert_eq!(all, (0..values.len()).collect::<Vec<_>>());
        }
    }
}
