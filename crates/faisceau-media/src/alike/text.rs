//! A look as a text, for a table.
//!
//! `c1240 w… f… p… p…`: the contrast, then hashes of 64 hexadecimal digits, marked whole, unframed
//! and part.

use std::fmt;
use std::str::FromStr;

use super::{Hash, Look};

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}", self.contrast)?;
        let mut put = |mark: char, hash: &Hash| {
            write!(f, " {mark}")?;
            hash.0.iter().try_for_each(|part| write!(f, "{part:016x}"))
        };
        put('w', &self.whole)?;
        self.unframed.iter().try_for_each(|hash| put('f', hash))?;
        self.parts.iter().try_for_each(|hash| put('p', hash))
    }
}

/// A text that is no look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoLook;

impl FromStr for Look {
    type Err = NoLook;

    fn from_str(text: &str) -> Result<Self, NoLook> {
        let mut words = text.split(' ');
        let contrast = words.next().and_then(|word| word.strip_prefix('c')).ok_or(NoLook)?;
        let contrast = contrast.parse().map_err(|_| NoLook)?;
        let whole = words.next().and_then(|word| hash(word, 'w')).ok_or(NoLook)?;
        let (mut unframed, mut parts) = (None, Vec::new());
        for word in words {
            match (hash(word, 'f'), hash(word, 'p')) {
                (Some(hash), _) if unframed.is_none() => unframed = Some(hash),
                (_, Some(hash)) => parts.push(hash),
                _ => return Err(NoLook),
            }
        }
        Ok(Self { whole, unframed, parts, contrast })
    }
}

fn hash(word: &str, mark: char) -> Option<Hash> {
    let digits = word.strip_prefix(mark).filter(|digits| digits.len() == 64)?;
    let mut parts = [0; 4];
    for (index, part) in parts.iter_mut().enumerate() {
        let digits = digits.get(16 * index..16 * (index + 1))?;
        // `from_str_radix` takes a sign too.
        let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        *part = u64::from_str_radix(digits, 16).ok().filter(|_| plain)?;
    }
    Some(Hash(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_comes_back_from_its_text() {
        for unframed in [None, Some(Hash([5, 6, 7, u64::MAX]))] {
            let parts = vec![Hash([1, 2, 3, 4]), Hash([0; 4])];
            let look = Look { whole: Hash([9, 8, 7, 6]), unframed, parts, contrast: 1240 };
            assert_eq!(look.to_string().parse(), Ok(look));
        }
        for text in ["", "c1", "c1 w12", "x", "c1 w+000000000000000000000000000000000000000"] {
            assert_eq!(text.parse::<Look>(), Err(NoLook), "{text}");
        }
    }
}
