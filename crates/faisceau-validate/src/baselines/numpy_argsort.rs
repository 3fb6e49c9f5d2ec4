//! The order in which `NumPy`'s `argsort` puts equal numbers.
//!
//! In: numbers. Out: their places in ascending order of value, as `NumPy`'s portable introsort
//! leaves them. scikit-learn cuts the most frequent words with it, so which of the words that
//! occur equally often are kept depends on it. With vector instructions it sorts in another way
//! (`numpy_argsort_simd`); `NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR"`
//! gives the order below anywhere. Sources: Hoare's quicksort with the median of three, Musser
//! 1997 (introsort), Williams 1964 (heapsort).

/// Runs up to this many steps are sorted by insertion.
const SMALL: usize = 15;

/// The places of the values in ascending order.
pub(super) fn argsort(values: &[i64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    let depth = 2 * values.len().checked_ilog2().unwrap_or(0);
    sort(values, &mut places, i64::from(depth));
    places
}

/// `depth` bounds the partitions before the heap takes over; only the larger halves ask for it.
fn sort(values: &[i64], mut places: &mut [usize], mut depth: i64) {
    if depth < 0 {
        heap_sort(values, places);
        return;
    }
    while places.len() > SMALL + 1 {
        let middle = partition(values, places);
        depth -= 1;
        let (below, rest) = places.split_at_mut(middle);
        let above = rest.get_mut(1..).unwrap_or_default();
        // Which half comes first does not matter for the result.
        if below.len() < above.len() {
            sort(values, above, depth);
            places = below;
        } else {
            sort(values, below, depth);
            places = above;
        }
    }
    insertion_sort(values, places);
}

/// Puts the median of the first, middle and last value where it belongs.
fn partition(values: &[i64], places: &mut [usize]) -> usize {
    let (first, last) = (0, places.len() - 1);
    let middle = last / 2;
    for (low, high) in [(first, middle), (middle, last), (first, middle)] {
        if values[places[high]] < values[places[low]] {
            places.swap(low, high);
        }
    }
    let pivot = values[places[middle]];
    places.swap(middle, last - 1);
    let (mut low, mut high) = (first, last - 1);
    loop {
        low += 1;
        while values[places[low]] < pivot {
            low += 1;
        }
        high -= 1;
        while pivot < values[places[high]] {
            high -= 1;
        }
        if low >= high {
            break;
        }
        places.swap(low, high);
    }
    places.swap(low, last - 1);
    low
}

fn insertion_sort(values: &[i64], places: &mut [usize]) {
    for end in 1..places.len() {
        let mut at = end;
        while at > 0 && values[places[at]] < values[places[at - 1]] {
            places.swap(at, at - 1);
            at -= 1;
        }
    }
}

fn heap_sort(values: &[i64], places: &mut [usize]) {
    for root in (0..places.len() / 2).rev() {
        sift(values, places, root);
    }
    for end in (1..places.len()).rev() {
        places.swap(0, end);
        sift(values, &mut places[..end], 0);
    }
}

/// Lets the place at `root` sink below larger values.
fn sift(values: &[i64], places: &mut [usize], mut root: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= places.len() {
            return;
        }
        if child + 1 < places.len() && values[places[child]] < values[places[child + 1]] {
            child += 1;
        }
        if values[places[root]] >= values[places[child]] {
            return;
        }
        places.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A sequence with many ties, the same in the script that recorded the sums.
    fn sequence(count: usize, modulus: i64) -> Vec<i64> {
        (0..count as i64).map(|i| -((i * i * 7 + i * 13) % modulus)).collect()
    }

    fn sum(places: &[usize]) -> usize {
        places.iter().enumerate().map(|(at, place)| at * place).sum()
    }

    #[test]
    fn numpy_gave_these() {
        // numpy 2.4.6 with NPY_DISABLE_CPU_FEATURES as above:
        // x = np.array([-((i*i*7+i*13) % m) for i in range(n)]); p = x.argsort()
        // sum(a*b for a, b in enumerate(p.tolist()))
        for (count, modulus, expected) in [
            (100, 10, 235_954),
            (1000, 37, 249_892_503),
            (20000, 101, 1_999_308_806_837),
            (5000, 3, 28_411_179_418),
            (300, 1, 5_434_492),
        ] {
            assert_eq!(sum(&argsort(&sequence(count, modulus))), expected, "{count} {modulus}");
        }
        assert_eq!(
            argsort(&sequence(30, 7)),
            [
                29, 1, 22, 15, 8, 2, 16, 23, 9, 17, 24, 3, 10, 11, 4, 18, 25, 26, 5, 19, 12, 27,
                13, 6, 20, 0, 28, 7, 21, 14
            ]
        );
    }

    #[test]
    fn the_heap_sorts_too() {
        let values = sequence(500, 91);
        let mut places: Vec<usize> = (0..500).collect();
        sort(&values, &mut places, -1);
        assert!(places.is_sorted_by_key(|&place| values[place]));
    }

    proptest! {
        #[test]
        fn any_values_come_in_order(values in prop::collection::vec(-20_i64..20, 0..300)) {
            let places = argsort(&values);
            prop_assert!(places.is_sorted_by_key(|&place| values[place]));
            let mut all = places;
            all.sort_unstable();
            prop_assert_eq!(all, (0..values.len()).collect::<Vec<_>>());
        }
    }
}
