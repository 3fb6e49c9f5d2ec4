//! A name that nobody has, for the site to deny.
//!
//! In: a handle and a site. Out: a name of the same shape: capitals for capitals, digits for digits,
//! signs where they stand, so that a site which refuses the shape refuses both. What takes the place
//! of letters and digits comes from SHA-256, so that a run that is repeated asks for the same name.
//! A short handle is made longer: of eight letters many names are taken, of [`DRAWN`] none.

use sha2::{Digest, Sha256};

/// Letters and digits that are drawn at least: 26^14 and 10^14 are beyond the accounts of any site.
const DRAWN: usize = 14;

/// Draws below a bound, from a hash that is prolonged as needed.
struct Draws {
    seed: [u8; 32],
    block: [u8; 32],
    number: u64,
    at: usize,
}

impl Draws {
    fn new(handle: &str, site: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"faisceau presence control 1\0");
        hash.update((handle.len() as u64).to_le_bytes());
        hash.update(handle.as_bytes());
        hash.update(site.as_bytes());
        Self { seed: hash.finalize().into(), block: [0; 32], number: 0, at: 32 }
    }

    fn byte(&mut self) -> u8 {
        if self.at >= self.block.len() {
            let mut hash = Sha256::new();
            hash.update(self.seed);
            hash.update(self.number.to_le_bytes());
            self.block = hash.finalize().into();
            (self.number, self.at) = (self.number + 1, 0);
        }
        let byte = self.block.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        byte
    }

    fn below(&mut self, bound: u8) -> u8 {
        // The slight bias of the remainder does no harm here.
        self.byte() % bound
    }

    fn letter(&mut self) -> char {
        char::from(b'a' + self.below(26))
    }

    fn digit(&mut self) -> char {
        char::from(b'0' + self.below(10))
    }
}

/// The name for a handle on a site.
pub(super) fn name(handle: &str, site: &str) -> String {
    let mut draws = Draws::new(handle, site);
    let mut out = String::new();
    let mut drawn = 0;
    for c in handle.chars() {
        let shape = match c {
            '0'..='9' => draws.digit(),
            _ if c.is_alphabetic() && c.is_uppercase() => draws.letter().to_ascii_uppercase(),
            _ if c.is_alphanumeric() => draws.letter(),
            _ => c,
        };
        drawn += usize::from(c.is_alphanumeric());
        out.push(shape);
    }
    let digits = !handle.chars().any(char::is_alphabetic);
    while drawn < DRAWN {
        // Before what ends the handle, so that a sign at its end stays there.
        let more = if digits { draws.digit() } else { draws.letter() };
        out.insert(0, more);
        drawn += 1;
    }
    // Numbers do not start with zero.
    if digits && out.starts_with('0') {
        out.replace_range(0..1, "9");
    }
    if out == handle { format!("zq{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_name_has_the_shape_of_the_handle_and_is_the_same_each_time() {
        for (handle, name) in [
            ("LeVengeur_59", self::name("LeVengeur_59", "a")),
            ("ana", self::name("ana", "a")),
            ("12345", self::name("12345", "a")),
        ] {
            assert_eq!(name, self::name(handle, "a"));
            assert_ne!(name, self::name(handle, "b"));
            assert!(name.chars().filter(|c| c.is_alphanumeric()).count() >= DRAWN, "{name}");
        }
        let name = self::name("LeVengeur.du_59", "a");
        let shape = |name: &str| -> String {
            let one = |c: char| match c {
                '0'..='9' => '9',
                'a'..='z' => 'a',
                'A'..='Z' => 'A',
                c => c,
            };
            name.chars().map(one).collect()
        };
        assert!(shape(&name).ends_with(&shape("LeVengeur.du_59")), "{name}");
        assert!(self::name("007", "x").chars().all(|c| c.is_ascii_digit()));
        assert!(!self::name("007", "x").starts_with('0'));
    }

    proptest! {
        #[test]
        fn it_is_a_handle_and_another_one(handle in "[\\p{L}\\p{N}._~+-]{1,64}", site in "\\PC{0,20}") {
            let name = name(&handle, &site);
            prop_assert_ne!(&name, &handle);
            prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._~+-".contains(c)), "{}", name);
        }
    }
}
