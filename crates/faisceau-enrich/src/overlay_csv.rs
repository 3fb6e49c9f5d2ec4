//! Reads an overlay.
//!
//! In: CSV with the header `prefix,from,to,access,operator,country,asn,source`; empty lines and
//! lines that start with `#` are passed over; a field does not go over several lines. `prefix` is a prefix or one address; `from` and
//! `to` are civil days in UTC, both included, either may be empty; `access` is a word of the
//! access kinds; `source` says on what document the line rests. Out: an [`Overlay`].
//!
//! Refuses the whole file at the first line that is not understood: a line left out in silence
//! would let a dataset answer where the investigator knows better.

use std::net::IpAddr;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use faisceau_model::{AccessKind, excerpt};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::overlay::{Overlay, OverlayLine, Prefix};

const HEADER: [&str; 8] =
    ["prefix", "from", "to", "access", "operator", "country", "asn", "source"];

/// An overlay that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OverlayError {
    /// The first line is not the header.
    #[error("the overlay must start with the line `{}`", HEADER.join(","))]
    Header,
    /// A line is not CSV with eight fields.
    #[error("line {line} of the overlay does not have the 8 fields of the header")]
    Fields {
        /// The line, from 1.
        line: u64,
    },
    /// A field is not understood.
    #[error("line {line} of the overlay: `{text}` is not {expected}")]
    Field {
        /// The line, from 1.
        line: u64,
        /// The field, made inert.
        text: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The days are in the wrong order.
    #[error("line {line} of the overlay ends before it begins")]
    Days {
        /// The line, from 1.
        line: u64,
    },
    /// Nothing is said of the range, or no source is named.
    #[error("line {line} of the overlay names no {missing}")]
    Silent {
        /// The line, from 1.
        line: u64,
        /// What is missing.
        missing: &'static str,
    },
    /// Two lines speak of the same prefix on the same day.
    #[error("lines {first} and {second} of the overlay give the same prefix for the same days")]
    Twice {
        /// The first line, from 1.
        first: u64,
        /// The second line.
        second: u64,
    },
}

impl Overlay {
    /// Reads the text of an overlay file.
    pub fn parse(text: &str) -> Result<Self, OverlayError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Line by line: a reader of whole files counts lines it passes over as part of the next.
        let mut records = text.lines().zip(1..).filter(|(line, _)| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        });
        if records.next().and_then(|(line, _)| split(line)).is_none_or(|row| row != HEADER[..]) {
            return Err(OverlayError::Header);
        }
        let mut lines = Vec::new();
        for (text, line) in records {
            let record = split(text).ok_or(OverlayError::Fields { line })?;
            lines.push(read(&record, line)?);
        }
        refuse_twice(&mut lines)?;
        Ok(Self::new(lines))
    }
}

/// The fields of one line of CSV.
fn split(line: &str) -> Option<StringRecord> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .buffer_capacity(256)
        .from_reader(line.as_bytes());
    let mut record = StringRecord::new();
    reader.read_record(&mut record).ok()?.then_some(record)
}

fn read(record: &StringRecord, line: u64) -> Result<(Prefix, OverlayLine), OverlayError> {
    let fields: Vec<&str> = record.iter().collect();
    let [prefix, from, to, access, operator, country, asn, source] = fields[..] else {
        return Err(OverlayError::Fields { line });
    };
    let bad = |text, expected| OverlayError::Field { line, text: excerpt(text, 60), expected };
    let prefix = read_prefix(prefix)
        .ok_or_else(|| bad(prefix, "an address or a prefix such as 192.0.2.0/24"))?;
    let day = |text| given(text, |text| text.parse::<Date>().ok());
    let from_day = day(from).ok_or_else(|| bad(from, "a day such as 2026-03-01"))?;
    let to_day = day(to).ok_or_else(|| bad(to, "a day such as 2026-03-01"))?;
    if from_day.zip(to_day).is_some_and(|(from, to)| to < from) {
        return Err(OverlayError::Days { line });
    }
    let access = given(access, |text| text.parse::<AccessKind>().ok())
        .ok_or_else(|| bad(access, "a kind of access such as access_line or shared_site"))?;
    let country = given(country, read_country)
        .ok_or_else(|| bad(country, "a country of two letters such as FR"))?;
    let asn = given(asn, |text| text.strip_prefix("AS").unwrap_or(text).parse().ok())
        .ok_or_else(|| bad(asn, "an AS number such as 12322"))?;
    let operator = given(operator, |text| Some(Arc::from(excerpt(text, 200)))).flatten();
    if access.is_none() && operator.is_none() && country.is_none() && asn.is_none() {
        return Err(OverlayError::Silent { line, missing: "access, operator, country or AS" });
    }
    if source.is_empty() {
        return Err(OverlayError::Silent { line, missing: "source" });
    }
    let row = OverlayLine {
        line,
        from_s: from_day.and_then(first_second),
        to_s: to_day.and_then(last_second),
        access,
        operator,
        country,
        asn,
        label: Arc::from(format!("overlay:{line}")),
        basis: Arc::from(format!("overlay:{line} ({})", excerpt(source, 200))),
    };
    Ok((prefix, row))
}

/// `None` for a text that is not understood, `Some(None)` for an empty one.
#[expect(clippy::option_option, reason = "an empty field and a bad one are two things")]
fn given<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

fn read_prefix(text: &str) -> Option<Prefix> {
    let (ip, length) = text.split_once('/').map_or((text, None), |(ip, len)| (ip, Some(len)));
    let ip: IpAddr = ip.parse().ok()?;
    let length = match length {
        Some(length) => length.parse().ok()?,
        None if ip.is_ipv4() => 32,
        None => 128,
    };
    Prefix::new(ip, length)
}

fn read_country(text: &str) -> Option<Arc<str>> {
    let letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    letters.then(|| Arc::from(text))
}

fn first_second(day: Date) -> Option<i64> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

fn last_second(day: Date) -> Option<i64> {
    Some(first_second(day)? + 86_399)
}

fn refuse_twice(lines: &mut [(Prefix, OverlayLine)]) -> Result<(), OverlayError> {
    lines.sort_by_key(|(prefix, line)| (*prefix, line.from_s, line.line));
    for pair in lines.windows(2) {
        let [(prefix, first), (other, second)] = pair else { continue };
        if prefix == other && first.shares_a_day(second) {
            let (first, second) = (first.line.min(second.line), first.line.max(second.line));
            return Err(OverlayError::Twice { first, second });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::{Absent, Maybe, Moment};
    use proptest::prelude::*;

    const FILE: &str = "\
prefix,from,to,access,operator,country,asn,source
# the school first
192.0.2.0/24,,,shared_site,Lycée Hugo,FR,,\"attestation, pièce 9\"

192.0.2.7,2026-03-01,2026-03-31,access_line,Orange,FR,AS3215,\"réponse de l'opérateur, pièce 12\"
192.0.2.7,2026-04-01,,mobile,,,,pièce 13
2001:db8::/32,,,,Free,,12322,pièce 14
";

    fn at(text: &str) -> Maybe<Moment> {
        Maybe::or_absent(Moment::from_rfc3339(text), Absent::Unreadable)
    }

    fn line(overlay: &Overlay, ip: &str, when: &str) -> Option<u64> {
        overlay.find(ip.parse().unwrap(), at(when)).map(|line| line.line)
    }

    #[test]
    fn the_longest_prefix_that_holds_on_the_day_answers() {
        let overlay = Overlay::parse(FILE).unwrap();
        assert_eq!(line(&overlay, "192.0.2.8", "2026-03-15T00:00:00Z"), Some(3));
        assert_eq!(line(&overlay, "192.0.2.7", "2026-03-31T23:59:59Z"), Some(5));
        assert_eq!(line(&overlay, "192.0.2.7", "2026-04-01T00:00:00Z"), Some(6));
        assert_eq!(line(&overlay, "192.0.2.7", "2026-02-28T23:59:59Z"), Some(3));
        assert_eq!(line(&overlay, "192.0.2.7", "?"), Some(3), "no time, no dated line");
        assert_eq!(line(&overlay, "::ffff:192.0.2.7", "2026-04-02T00:00:00Z"), Some(6));
        assert_eq!(line(&overlay, "2001:db8:1::", "?"), Some(7));
        assert_eq!(line(&overlay, "192.0.3.1", "?"), None);
        let found = overlay.find("192.0.2.7".parse().unwrap(), at("2026-03-15T00:00:00Z")).unwrap();
        assert_eq!(&*found.basis, "overlay:5 (réponse de l'opérateur, pièce 12)");
        assert_eq!((&*found.label, found.asn), ("overlay:5", Some(3_215)));
        assert_eq!(found.access, Some(AccessKind::AccessLine));
    }

    #[test]
    fn every_error_names_its_line() {
        let error = |line: &str| {
            let text = format!("{}\n{line}\n", HEADER.join(","));
            Overlay::parse(&text).unwrap_err().to_string()
        };
        for (line, expected) in [
            (
                "192.0.2.1/24,,,mobile,,,,p",
                "line 2 of the overlay: `192.0.2.1/24` is not an address",
            ),
            (
                "192.0.2.0/33,,,mobile,,,,p",
                "line 2 of the overlay: `192.0.2.0/33` is not an address",
            ),
            (
                "192.0.2.1,2026-02-30,,mobile,,,,p",
                "line 2 of the overlay: `2026-02-30` is not a day",
            ),
            ("192.0.2.1,2026-03-02,2026-03-01,mobile,,,,p", "line 2 of the overlay ends before"),
            ("192.0.2.1,,,fibre,,,,p", "line 2 of the overlay: `fibre` is not a kind of access"),
            ("192.0.2.1,,,mobile,,france,,p", "line 2 of the overlay: `france` is not a country"),
            ("192.0.2.1,,,mobile,,,x,p", "line 2 of the overlay: `x` is not an AS number"),
            ("192.0.2.1,,,mobile,,,,", "line 2 of the overlay names no source"),
            ("192.0.2.1,,,,,,,p", "line 2 of the overlay names no access, operator"),
            ("192.0.2.1,,,mobile", "line 2 of the overlay does not have the 8 fields"),
            ("# a\n\n192.0.2.1,,,mobile", "line 4 of the overlay does not have"),
            (
                "192.0.2.1,,,mobile,,,,p\n192.0.2.1/32,2026-01-01,,mobile,,,,p",
                "lines 2 and 3 of the overlay give the same prefix",
            ),
        ] {
            let error = error(line);
            assert!(error.starts_with(expected), "{error}");
        }
        assert_eq!(Overlay::parse("a,b\n").unwrap_err(), OverlayError::Header);
        assert_eq!(Overlay::parse("").unwrap_err(), OverlayError::Header);
        assert!(Overlay::parse(&HEADER.join(",")).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(prefix,from,to,access,operator,country,asn,source\n)?[0-9a-f:./, \"\n#A-Z-]{0,200}") {
            let _ = Overlay::parse(&text);
        }

        #[test]
        fn a_prefix_holds_exactly_its_addresses(network in any::<u32>(), length in 0..=32u8, ip in any::<u32>()) {
            let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
            let prefix = std::net::Ipv4Addr::from_bits(network & mask);
            let text = format!("{}\n{prefix}/{length},,,mobile,,,,p\n", HEADER.join(","));
            let overlay = Overlay::parse(&text).unwrap();
            let found = overlay.find(std::net::Ipv4Addr::from_bits(ip).into(), at("?")).is_some();
            prop_assert_eq!(found, ip & mask == network & mask);
        }
    }
}
