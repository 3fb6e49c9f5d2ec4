use proptest::prelude::*;

use super::*;
use crate::tables::{Component, Frame, Huffman};

/// The tables that libjpeg writes for a colour picture.
fn of(luminance: [u16; 64], chrominance: [u16; 64]) -> Tables {
    let component = |table| Component { sampling: (1, 1), table };
    let components = vec![component(0), component(1), component(1)];
    Tables {
        quantisation: vec![(0, luminance), (1, chrominance)],
        huffman: Vec::new(),
        frame: Some(Frame { process: 0xc0, components }),
    }
}

fn quality(tables: &Tables) -> Quality {
    quantisation(tables).unwrap().quality
}

#[test]
fn every_quality_of_libjpeg_is_found_again() {
    for value in 1..=100 {
        let Quality::Exact { base: "standard", quality } = quality(&libjpeg(value)) else {
            panic!("{value}")
        };
        // The least ones are all 255, so that several are the same.
        assert_eq!(
            scaled(&LUMINANCE, quality, BASELINE),
            scaled(&LUMINANCE, value, BASELINE),
            "{value}"
        );
        assert!(quality == value || value <= 1, "{value} is read as {quality}");
    }
}

#[test]
fn the_scaling_is_that_of_libjpeg() {
    // The first values of the tables that cjpeg writes, zigzag.
    let first = |quality| scaled(&LUMINANCE, quality, BASELINE)[..6].to_vec();
    assert_eq!(first(50), [16, 11, 12, 14, 12, 10]);
    assert_eq!(first(75), [8, 6, 6, 7, 6, 5]);
    assert_eq!(first(90), [3, 2, 2, 3, 2, 2]);
    assert_eq!(first(100), [1; 6]);
    assert_eq!(first(10), [80, 55, 60, 70, 60, 50]);
    assert_eq!(scaled(&LUMINANCE, 1, EXTENDED)[0], 800);
}

#[test]
fn a_changed_table_is_an_estimate() {
    let mut tables = libjpeg(80);
    tables.quantisation[0].1[10] += 1;
    assert_eq!(quality(&tables), Quality::Estimate { quality: 80, residual: 0 });
    tables.quantisation[0].1[11] += 64;
    let Quality::Estimate { quality, residual } = quality(&tables) else { panic!() };
    assert!((78..=80).contains(&quality) && (30..=60).contains(&residual), "{quality} {residual}");
}

#[test]
fn one_table_for_all_components_is_that_of_brightness() {
    let mut tables = libjpeg(60);
    tables.quantisation.truncate(1);
    tables.frame.as_mut().unwrap().components.iter_mut().for_each(|c| c.table = 0);
    assert_eq!(quality(&tables), Quality::Exact { base: "standard", quality: 60 });
    // A frame that names tables which are not there: those that are there count.
    tables.frame.as_mut().unwrap().components[0].table = 3;
    assert_eq!(quality(&tables), Quality::Exact { base: "standard", quality: 60 });
}

#[test]
fn other_bases_have_their_name() {
    let mozjpeg = bases::bases().iter().find(|base| base.id == "mozjpeg").unwrap();
    let of_mozjpeg = |quality| scaled(&mozjpeg.luminance, quality, BASELINE);
    assert_eq!(
        quality(&of(of_mozjpeg(75), of_mozjpeg(75))),
        Quality::Exact { base: "mozjpeg", quality: 75 }
    );
}

#[test]
fn a_fingerprint_is_of_the_tables_in_force() {
    let print = |tables: &Tables| quantisation(tables).unwrap().fingerprint;
    let tables = libjpeg(75);
    assert_eq!(print(&tables).len(), DIGITS);
    assert_ne!(print(&tables), print(&libjpeg(76)));
    let mut other_order = libjpeg(75);
    other_order.quantisation.reverse();
    assert_eq!(print(&other_order), print(&tables));
    let mut defined_twice = libjpeg(75);
    defined_twice.quantisation.insert(0, (1, [9; 64]));
    assert_eq!(print(&defined_twice), print(&tables), "the earlier definition is void");
    assert_eq!(quantisation(&Tables::default()), None);
}

#[test]
fn huffman_tables_have_a_word() {
    assert_eq!(coding(&Tables::default()), None);
    let table = |class, id, (counts, symbols): standard_huffman::Standard| Huffman {
        class,
        id,
        counts,
        symbols: symbols.to_vec(),
    };
    let mut tables = libjpeg(75);
    tables.huffman = vec![
        table(0, 0, standard_huffman::DC_LUMINANCE),
        table(1, 0, standard_huffman::AC_LUMINANCE),
        table(0, 1, standard_huffman::DC_CHROMINANCE),
        table(1, 1, standard_huffman::AC_CHROMINANCE),
    ];
    let (word, print) = coding(&tables).unwrap();
    assert_eq!((word.as_str(), print.len()), ("standard", DIGITS));
    tables.huffman[1].symbols.swap(3, 4);
    assert_eq!(coding(&tables).unwrap().0, Coding::Own);
    tables.huffman[1].symbols.truncate(20);
    assert_eq!(coding(&tables).unwrap().0, Coding::Optimised);
}

#[test]
fn the_standard_huffman_tables_are_whole() {
    for (counts, symbols) in [
        standard_huffman::DC_LUMINANCE,
        standard_huffman::DC_CHROMINANCE,
        standard_huffman::AC_LUMINANCE,
        standard_huffman::AC_CHROMINANCE,
    ] {
        assert_eq!(counts.iter().map(|n| usize::from(*n)).sum::<usize>(), symbols.len());
        let distinct: std::collections::BTreeSet<_> = symbols.iter().collect();
        assert_eq!(distinct.len(), symbols.len());
    }
}

proptest! {
    #[test]
    fn any_tables_are_safe(ids in prop::collection::vec(any::<u8>(), 0..8), value in any::<u16>()) {
        let quantisation = ids.iter().map(|id| (*id, [value; 64])).collect();
        let tables = Tables { quantisation, ..Tables::default() };
        prop_assert_eq!(super::quantisation(&tables).is_some(), !ids.is_empty());
    }
}
