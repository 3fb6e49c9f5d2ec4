//! Masked identifiers such as `j***@g***.com` or `•• •• •• 12 34`.
//!
//! In: a text with mask characters. Out: what is known of it, whether a whole value or another
//! fragment fits it, and how rare values of that shape are. A run of masks stands for one or more
//! characters of a mail address, since services print a fixed number of stars; for one digit each
//! of a telephone number, which services mask digit by digit. Refused: fragments of which too
//! little is known.

/// Longest fragment read, in characters.
const LONGEST: usize = 80;
/// Decades that a known digit of a telephone number is worth.
const DIGIT: f64 = 1.0;
/// First digits that say the country and the kind of line, and no more.
const KIND_OF_LINE: usize = 3;
/// Decades that a known character of a mail address is worth: names begin with few letters, and
/// one letter leads to the next.
const LETTER: f64 = 0.8;
/// Decades that a domain is worth: half of all mailboxes are with a few providers.
const DOMAIN: f64 = 0.4;
/// Least decades: below, the fragment says next to nothing.
const LEAST_DECADES: f64 = 1.2;

/// A masked identifier.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    /// The fragment with `*` for each run of masks (mail) or each masked digit (telephone).
    pub(crate) shape: String,
    /// −log10 of the share of values that fit it, at most.
    pub(crate) decades: f64,
}

/// Whether a character stands for a masked one.
pub(crate) fn is_mask(c: char) -> bool {
    matches!(c, '*' | '•' | '●' | '∙' | '·')
}

impl Fragment {
    /// A masked mail address, in lower case.
    pub(crate) fn mail(text: &str) -> Option<Self> {
        let mut shape = String::new();
        for c in text.chars().take(LONGEST + 1) {
            if !is_mask(c) {
                shape.push(c);
            } else if !shape.ends_with('*') {
                shape.push('*');
            }
        }
        let (local, domain) = shape.split_once('@')?;
        let letters = local.chars().filter(|c| *c != '*').count();
        let known = domain.split('.').next().is_some_and(|name| name.starts_with(|c| c != '*'));
        let decades = LETTER * letters as f64 + if known { DOMAIN } else { 0.0 };
        (decades >= LEAST_DECADES && shape.chars().count() <= LONGEST)
            .then_some(Self { shape, decades })
    }

    /// A masked telephone number: digits, and `*` for each masked one.
    pub(crate) fn phone(digits: &str) -> Option<Self> {
        let known = digits.chars().filter(char::is_ascii_digit).count();
        let lead = digits.chars().take_while(char::is_ascii_digit).count();
        let decades = DIGIT * (known - lead.min(KIND_OF_LINE)) as f64;
        (digits.contains('*') && decades >= LEAST_DECADES && digits.len() <= LONGEST)
            .then(|| Self { shape: digits.to_owned(), decades })
    }

    /// Whether a whole mail address fits.
    pub(crate) fn fits_mail(&self, whole: &str) -> bool {
        let sides = (self.shape.split_once('@'), whole.split_once('@'));
        let (Some((local, domain)), Some((name, host))) = sides else { return false };
        fits(local.as_bytes(), name.as_bytes()) && fits(domain.as_bytes(), host.as_bytes())
    }

    /// Whether a whole number fits, compared from its last digit: where the start is masked, it
    /// may hide the code of the country or not.
    pub(crate) fn fits_phone(&self, whole: &str) -> bool {
        let masked = self.shape.trim_start_matches('*');
        let mut known = masked.bytes().rev().zip(whole.bytes().rev());
        masked.len() <= whole.len() && known.all(|(f, w)| f == b'*' || f == w)
    }
}

/// Glob match where `*` stands for one or more bytes: linear space, no backtracking beyond the
/// last star.
fn fits(shape: &[u8], text: &[u8]) -> bool {
    let (mut s, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match shape.get(s) {
            Some(b'*') => {
                star = Some((s, t + 1));
                s += 1;
                t += 1;
            }
            Some(c) if text.get(t) == Some(c) => {
                s += 1;
                t += 1;
            }
            _ => {
                let Some((at, eaten)) = star else { return false };
                star = Some((at, eaten + 1));
                s = at + 1;
                t = eaten + 1;
            }
        }
    }
    s == shape.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_fragment_fits_what_it_could_have_been_made_of() {
        let fragment = Fragment::mail("j•••t@g***.com").unwrap();
        assert_eq!(fragment.shape, "j*t@g*.com");
        assert!(fragment.fits_mail("jean.dupont@gmail.com"));
        assert!(!fragment.fits_mail("jt@gmail.com"), "a mask hides something");
        assert!(!fragment.fits_mail("jean.dupond@gmail.com"));
        assert!(!fragment.fits_mail("jean.dupont@gmail.com.evil.org"));
        assert!(Fragment::mail("j***@***.com").is_none(), "one letter says nothing");
    }

    #[test]
    fn the_last_digits_of_a_number_decide() {
        let fragment = Fragment::phone("******1234").unwrap();
        assert_eq!(fragment.decades, 4.0);
        assert!(fragment.fits_phone("33612341234") && fragment.fits_phone("0612341234"));
        assert!(!fragment.fits_phone("0612341235"));
        assert!(Fragment::phone("336********").is_none(), "the kind of line says nothing");
    }

    proptest! {
        #[test]
        fn masking_a_value_leaves_a_fragment_that_fits(
            local in "[a-z.]{4,20}", from in 1_usize..3, until in 0_usize..2,
        ) {
            let masked = format!(
                "{}***{}@gmail.com", &local[..from], &local[local.len() - until..]
            );
            if let Some(fragment) = Fragment::mail(&masked) {
                let whole = format!("{local}@gmail.com");
                prop_assert!(fragment.fits_mail(&whole));
            }
        }

        #[test]
        fn nothing_breaks_it(shape in "[a*]{0,40}", text in "[ab]{0,60}") {
            let expected = {
                // The plain recursive meaning, on a table.
                let (s, t) = (shape.as_bytes(), text.as_bytes());
                let mut ok = vec![vec![false; t.len() + 1]; s.len() + 1];
                ok[0][0] = true;
                for i in 1..=s.len() {
                    for j in 1..=t.len() {
                        ok[i][j] = if s[i - 1] == b'*' {
                            ok[i - 1][j - 1] || ok[i][j - 1]
                        } else {
                            ok[i - 1][j - 1] && s[i - 1] == t[j - 1]
                        };
                    }
                }
                ok[s.len()][t.len()]
            };
            prop_assert_eq!(fits(shape.as_bytes(), text.as_bytes()), expected);
        }
    }
}
