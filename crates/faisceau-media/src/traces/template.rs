//! A template of literal text and fields, which reads a whole text or nothing of it.
//!
//! In: a text such as the name of a file. Out: what the fields hold. A field is a piece of a date
//! (`{Y}` `{M}` `{D}` `{h}` `{m}` `{s}` `{ms}`, `{h1}` for an hour of one or two digits, `{AP}` for
//! AM or PM), `{open}` for a brace, or `{role:class:length}`, as in `{id:digits:15-17}`. A field takes as much as it can and
//! gives back where the rest would not fit; the steps are counted, so that no text takes long.

/// Most attempts to fit a piece; beyond, the text is not read.
const STEPS: u32 = 20_000;
/// Most pieces of a template.
const PIECES: usize = 40;

/// What a field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    /// AM or PM.
    Half,
    /// An identifier that the platform gave.
    Id,
    /// A number in a row.
    Sequence,
    /// A program, or the identifier of its package.
    App,
    /// Nothing that is known.
    Any,
}

/// Which characters a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digits,
    Hex,
    /// Small letters and digits.
    Lower,
    /// Small letters and digits, of which one of each.
    Base36,
    Alnum,
    /// Letters and digits, of which a capital, a small one and a digit.
    Mixed,
    /// The alphabet of RFC 4648, section 5.
    Base64Url,
    /// Letters, digits, dots and low lines, of which a dot: `com.whatsapp`.
    Package,
    /// Letters of any script, digits, blanks and `-_.`.
    Words,
    /// Everything.
    Text,
}

impl Class {
    fn holds(self, c: char) -> bool {
        match self {
            Self::Digits => c.is_ascii_digit(),
            Self::Hex => c.is_ascii_digit() || matches!(c, 'a'..='f'),
            Self::Lower | Self::Base36 => c.is_ascii_digit() || c.is_ascii_lowercase(),
            Self::Alnum | Self::Mixed => c.is_ascii_alphanumeric(),
            Self::Base64Url => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
            Self::Package => c.is_ascii_alphanumeric() || matches!(c, '.' | '_'),
            Self::Words => c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'),
            Self::Text => true,
        }
    }

    fn accepts(self, value: &str) -> bool {
        let any = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
        match self {
            Self::Mixed => {
                any(u8::is_ascii_digit)
                    && any(u8::is_ascii_lowercase)
                    && any(u8::is_ascii_uppercase)
            }
            Self::Base36 => any(u8::is_ascii_digit) && any(u8::is_ascii_lowercase),
            Self::Package => any(|byte| *byte == b'.'),
            _ => true,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Field { role: Role, class: Class, least: usize, most: usize },
}

/// A template such as `IMG-{Y}{M}{D}-WA{seq:digits:4}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

/// What the fields of a text hold, in its order.
pub(super) type Found<'t> = Vec<(Role, &'t str)>;

impl Template {
    /// Reads a template, or says what is not understood.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (mut pieces, mut rest) = (Vec::new(), text);
        while let Some((literal, after)) = rest.split_once('{') {
            let (word, after) =
                after.split_once('}').ok_or_else(|| format!("`{text}` lacks a brace"))?;
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.to_owned()));
            }
            pieces.push(field(word).ok_or_else(|| format!("`{{{word}}}` is no field"))?);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        let fits = (1..=PIECES).contains(&pieces.len());
        fits.then_some(Self(pieces)).ok_or_else(|| format!("`{text}` has no or too many pieces"))
    }

    /// Whether it has a field of that role.
    #[cfg(test)]
    pub(super) fn has(&self, of: Role) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Field { role, .. } if *role == of))
    }

    /// What the fields hold, where the template reads the whole text.
    pub(super) fn read<'t>(&self, text: &'t str) -> Option<Found<'t>> {
        let mut found = Vec::new();
        let mut steps = STEPS;
        fit(&self.0, text, &mut found, &mut steps).then_some(found)
    }
}

fn fit<'t>(pieces: &[Piece], text: &'t str, found: &mut Found<'t>, steps: &mut u32) -> bool {
    let Some(left) = steps.checked_sub(1) else { return false };
    *steps = left;
    match pieces.split_first() {
        None => text.is_empty(),
        Some((Piece::Literal(literal), rest)) => match text.strip_prefix(literal.as_str()) {
            Some(text) => fit(rest, text, found, steps),
            None => false,
        },
        Some((&Piece::Field { role, class, least, most }, rest)) => {
            let held = text.chars().take(most).take_while(|c| class.holds(*c));
            let mut lengths = vec![0];
            lengths.extend(held.scan(0, |end, c| {
                *end += c.len_utf8();
                Some(*end)
            }));
            lengths.into_iter().skip(least).rev().any(|length| {
                let Some((value, text)) = text.split_at_checked(length) else { return false };
                let kept = found.len();
                found.push((role, value));
                let fits = class.accepts(value) && fit(rest, text, found, steps);
                if !fits {
                    found.truncate(kept);
                }
                fits
            })
        }
    }
}

fn field(word: &str) -> Option<Piece> {
    let digits = |role, least, most| Piece::Field { role, class: Class::Digits, least, most };
    Some(match word {
        "open" => Piece::Literal("{".to_owned()),
        "Y" => digits(Role::Year, 4, 4),
        "M" => digits(Role::Month, 2, 2),
        "D" => digits(Role::Day, 2, 2),
        "h" => digits(Role::Hour, 2, 2),
        "h1" => digits(Role::Hour, 1, 2),
        "m" => digits(Role::Minute, 2, 2),
        "s" => digits(Role::Second, 2, 2),
        "ms" => digits(Role::Millisecond, 3, 3),
        "AP" => Piece::Field { role: Role::Half, class: Class::Alnum, least: 2, most: 2 },
        _ => {
            let mut parts = word.split(':');
            let (role, class, length) = (parts.next()?, parts.next()?, parts.next()?);
            let (least, most) = length.split_once('-').unwrap_or((length, length));
            let (least, most) = (least.parse().ok()?, most.parse().ok()?);
            let sound = parts.next().is_none() && least <= most && most > 0;
            sound.then_some(())?;
            Piece::Field { role: of_role(role)?, class: of_class(class)?, least, most }
        }
    })
}

fn of_role(word: &str) -> Option<Role> {
    Some(match word {
        "id" => Role::Id,
        "seq" => Role::Sequence,
        "app" => Role::App,
        "any" => Role::Any,
        _ => return None,
    })
}

fn of_class(word: &str) -> Option<Class> {
    Some(match word {
        "digits" => Class::Digits,
        "hex" => Class::Hex,
        "lower" => Class::Lower,
        "base36" => Class::Base36,
        "alnum" => Class::Alnum,
        "mixed" => Class::Mixed,
        "base64url" => Class::Base64Url,
        "package" => Class::Package,
        "words" => Class::Words,
        "text" => Class::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read<'t>(template: &str, text: &'t str) -> Option<Vec<&'t str>> {
        let found = Template::parse(template).unwrap().read(text)?;
        Some(found.into_iter().map(|(_, value)| value).collect())
    }

    #[test]
    fn a_template_reads_the_whole_text_or_nothing() {
        assert_eq!(
            read("IMG-{Y}{M}{D}-WA{seq:digits:4}", "IMG-20240131-WA0007").unwrap(),
            ["2024", "01", "31", "0007"]
        );
        assert_eq!(read("IMG-{Y}{M}{D}-WA{seq:digits:4}", "IMG-20240131-WA00071"), None);
        assert_eq!(read("IMG-{Y}", " IMG-2024"), None);
        // A field gives back what the rest needs.
        assert_eq!(
            read("{any:text:1-50}-v0-{id:lower:13}", "a-v0-b-v0-abc123def4567").unwrap(),
            ["a-v0-b", "abc123def4567"]
        );
        assert_eq!(read("{id:mixed:7}", "picture"), None);
        assert_eq!(read("{id:mixed:7}", "aB3dEfG").unwrap(), ["aB3dEfG"]);
        assert_eq!(read("_{app:package:3-40}", "_com.whatsapp").unwrap(), ["com.whatsapp"]);
        assert_eq!(read("_{app:package:3-40}", "_whatsapp"), None);
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for text in
            ["", "{", "{}", "{x}", "{id:digits}", "{id:digits:3-1}", "{id:digits:0:1}", "{id:x:1}"]
        {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn many_ways_to_fit_end_soon() {
        let template = "{any:text:0-2000}a{any:text:0-2000}a{any:text:0-2000}b";
        assert_eq!(read(template, &"a".repeat(2_000)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in any::<String>(), template in "[A-Z_]{0,3}(\\{(Y|M|ms|AP|id:text:0-9|any:words:1-30)\\}){1,4}") {
            let template = Template::parse(&template).unwrap();
            if let Some(found) = template.read(&text) {
                prop_assert!(found.iter().map(|(_, v)| v.len()).sum::<usize>() <= text.len());
            }
        }
    }
}
