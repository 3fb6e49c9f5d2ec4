//! Copies of shared texts for one thread.
//!
//! A row holds a dozen texts that stand once in the datasets. Were all threads to count their
//! references on those, they would wait for each other at each row; each task therefore counts on
//! copies of its own. Which copy a row holds is invisible: the text is the same.

use std::sync::Arc;

/// More than the sources, countries and operators that a stretch of rows is likely to meet.
const SLOTS: usize = 512;

/// Copies by the address in memory of their originals. Originals that share a slot take turns.
pub(crate) struct Texts(Vec<Option<(Arc<str>, Arc<str>)>>);

impl Texts {
    /// No copies yet.
    pub(crate) fn new() -> Self {
        Self(vec![None; SLOTS])
    }

    /// This task's copy of a text.
    pub(crate) fn own(&mut self, original: &Arc<str>) -> Arc<str> {
        let slot = slot(original);
        match &self.0[slot] {
            Some((known, copy)) if Arc::ptr_eq(known, original) => copy.clone(),
            _ => {
                let copy: Arc<str> = Arc::from(&**original);
                self.0[slot] = Some((original.clone(), copy.clone()));
                copy
            }
        }
    }
}

/// Where a text has its place, from its address in memory (Fibonacci hashing).
fn slot(text: &Arc<str>) -> usize {
    let address = Arc::as_ptr(text).addr() as u64;
    (address.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_the_same_and_is_made_once() {
        let originals: Vec<Arc<str>> = (0..10_000).map(|n| n.to_string().into()).collect();
        let mut texts = Texts::new();
        for original in originals.iter().chain(&originals) {
            let copy = texts.own(original);
            assert_eq!(&copy, original);
            assert!(!Arc::ptr_eq(&copy, original));
            assert!(Arc::ptr_eq(&copy, &texts.own(original)));
        }
    }
}
