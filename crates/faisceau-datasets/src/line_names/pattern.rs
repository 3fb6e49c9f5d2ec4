//! A template of literal text and named fields, read from left to right without turning back.
//!
//! In: the part of a name before its suffix. Out: what the fields hold. Each field has a closed
//! set of characters and a greatest length, so the time is that of one pass over the name.

use std::net::{IpAddr, Ipv6Addr};

/// A template such as `{site}{dep}-{n}-{a}-{b}-{c}-{d}`.
#[derive(Debug)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Literal(String),
    Field(Field),
}

#[derive(Debug, Clone, Copy)]
enum Field {
    Site,
    Pop,
    Department,
    Number,
    Id,
    /// One of the four numbers of an IPv4 address.
    Octet(usize),
    Hex32,
    Groups,
}

/// What the fields of a name hold.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) site: Option<String>,
    pub(super) department: Option<String>,
    pub(super) spelled: Spelled,
}

/// The address that a name spells, or the numbers of it.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    octets: [Option<u8>; 4],
    v6: Option<Ipv6Addr>,
}

impl Spelled {
    /// Whether all that is spelled is of that address; `None` where nothing is.
    pub(super) fn agrees_with(&self, ip: IpAddr) -> Option<bool> {
        if let Some(v6) = self.v6 {
            return Some(ip == IpAddr::V6(v6));
        }
        self.octets.iter().any(Option::is_some).then(|| match ip {
            IpAddr::V4(v4) => {
                let pairs = self.octets.iter().zip(v4.octets());
                pairs.into_iter().all(|(spelled, octet)| spelled.is_none_or(|s| s == octet))
            }
            IpAddr::V6(_) => false,
        })
    }
}

impl Template {
    /// Reads a template, or says what is not understood.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (mut pieces, mut rest) = (Vec::new(), text);
        while let Some((literal, after)) = rest.split_once('{') {
            let (word, after) =
                after.split_once('}').ok_or_else(|| format!("`{text}` lacks a brace"))?;
            let field = field(word).ok_or_else(|| format!("`{{{word}}}` is no field"))?;
            pieces.extend([Piece::Literal(literal.to_owned()), Piece::Field(field)]);
            rest = after;
        }
        pieces.push(Piece::Literal(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// What the fields hold, where the template reads the whole text.
    pub(super) fn read(&self, text: &str) -> Option<Found> {
        let (mut found, mut rest) = (Found::default(), text);
        for piece in &self.0 {
            rest = match piece {
                Piece::Literal(literal) => rest.strip_prefix(literal.as_str())?,
                Piece::Field(field) => {
                    let (value, after) = field.take(rest)?;
                    found.keep(*field, value)?;
                    after
                }
            };
        }
        rest.is_empty().then_some(found)
    }
}

fn field(word: &str) -> Option<Field> {
    Some(match word {
        "site" => Field::Site,
        "pop" => Field::Pop,
        "dep" => Field::Department,
        "n" => Field::Number,
        "id" => Field::Id,
        "a" => Field::Octet(0),
        "b" => Field::Octet(1),
        "c" => Field::Octet(2),
        "d" => Field::Octet(3),
        "hex32" => Field::Hex32,
        "groups" => Field::Groups,
        _ => return None,
    })
}

impl Field {
    /// Least and greatest length, and the characters.
    fn shape(self) -> (usize, usize, fn(u8) -> bool) {
        match self {
            Self::Site => (2, 30, |c| c.is_ascii_lowercase()),
            Self::Pop => (3, 30, |c| c.is_ascii_lowercase() || c.is_ascii_digit()),
            Self::Department => (2, 2, |c| c.is_ascii_digit()),
            Self::Number => (1, 6, |c| c.is_ascii_digit()),
            Self::Id => (6, 8, |c| c.is_ascii_hexdigit()),
            Self::Octet(_) => (1, 3, |c| c.is_ascii_digit()),
            Self::Hex32 => (32, 32, |c| c.is_ascii_hexdigit()),
            Self::Groups => (15, 39, |c| c.is_ascii_hexdigit() || c == b'-'),
        }
    }

    /// As many characters as the field may hold, and the rest.
    fn take(self, text: &str) -> Option<(&str, &str)> {
        let (least, most, fits) = self.shape();
        let length = text.bytes().take(most).take_while(|c| fits(*c)).count();
        (length >= least).then(|| text.split_at_checked(length)).flatten()
    }
}

impl Found {
    /// Keeps the value of a field; `None` where it is not of that field after all.
    fn keep(&mut self, field: Field, value: &str) -> Option<()> {
        match field {
            Field::Site | Field::Pop => self.site = Some(value.to_owned()),
            Field::Department => self.department = exists(value).then(|| value.to_owned()),
            Field::Octet(index) => *self.spelled.octets.get_mut(index)? = Some(value.parse().ok()?),
            Field::Hex32 => self.spelled.v6 = Some(u128::from_str_radix(value, 16).ok()?.into()),
            Field::Groups => self.spelled.v6 = Some(grouped(value)?),
            Field::Number | Field::Id => {}
        }
        Some(())
    }
}

/// 01 to 95 with 20 for Corsica, 97 and 98 overseas.
fn exists(digits: &str) -> bool {
    matches!(digits.parse(), Ok(1..=95 | 97 | 98))
}

fn grouped(text: &str) -> Option<Ipv6Addr> {
    let groups = text.split('-').map(|group| {
        let fits = (1..=4).contains(&group.len());
        fits.then(|| u16::from_str_radix(group, 16).ok()).flatten()
    });
    let groups: [u16; 8] = groups.collect::<Option<Vec<u16>>>()?.try_into().ok()?;
    Some(groups.into())
}
