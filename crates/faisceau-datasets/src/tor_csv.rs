//! Reads the history of Tor exits in CSV into columns of fixed width.
//!
//! In: a header, then lines `ip,first_listed,last_listed` with times such as `2026-08-22T21:13Z`.
//! Out: the stays of each address, sorted by address, then by time, and the minutes at which the
//! list changed. Refuses a line that it cannot read whole.
//!
//! The build script reads this file too: beside [`BadLine`] it uses nothing of this crate.

use std::net::IpAddr;

use super::asn_csv::BadLine;

/// A minute since the Unix epoch.
type Minute = u32;

/// The stays of both families; numbers are little-endian.
#[derive(Debug)]
pub(crate) struct TorColumns {
    pub(crate) v4: StayColumns<4>,
    pub(crate) v6: StayColumns<16>,
    /// Minutes with an arrival or a departure, sorted, each once.
    pub(crate) changes: Vec<[u8; 4]>,
}

/// The stays of each address of one family.
#[derive(Debug)]
pub(crate) struct StayColumns<const N: usize> {
    pub(crate) addresses: Vec<[u8; N]>,
    /// Where the stays of an address begin in `times`; one more at the end.
    pub(crate) begins: Vec<[u8; 4]>,
    /// First and last snapshot of each stay, one after the other.
    pub(crate) times: Vec<[u8; 8]>,
}

impl<const N: usize> StayColumns<N> {
    fn new<K: Copy + Ord>(mut rows: Vec<(K, Minute, Minute)>, raw: fn(K) -> [u8; N]) -> Self {
        rows.sort_unstable();
        let mut stays = Self { addresses: Vec::new(), begins: Vec::new(), times: Vec::new() };
        for (address, first, last) in rows {
            if stays.addresses.last() != Some(&raw(address)) {
                stays.addresses.push(raw(address));
                stays.begins.push((stays.times.len() as u32).to_le_bytes());
            }
            stays.times.push((u64::from(last) << 32 | u64::from(first)).to_le_bytes());
        }
        stays.begins.push((stays.times.len() as u32).to_le_bytes());
        stays
    }
}

impl TorColumns {
    /// Reads the intervals.
    pub(crate) fn read(intervals: &str) -> Result<Self, BadLine> {
        let (mut v4, mut v6, mut changes) = (Vec::new(), Vec::new(), Changes::default());
        // Neighbouring lines often share a day; reading it once halves the work.
        let mut clock = Clock::default();
        for (index, line) in intervals.lines().enumerate().skip(1) {
            let fail = |detail| BadLine { line: index + 1, detail };
            let (ip, times) = line.split_once(',').ok_or_else(|| fail("three fields expected"))?;
            let ip: IpAddr = ip.parse().map_err(|_| fail("not an address"))?;
            let (first, last) = clock.pair(times).ok_or_else(|| fail("not a pair of times"))?;
            changes.add(first);
            changes.add(last);
            match ip.to_canonical() {
                IpAddr::V4(ip) => v4.push((ip.to_bits(), first, last)),
                IpAddr::V6(ip) => v6.push((ip.to_bits(), first, last)),
            }
        }
        Ok(Self {
            v4: StayColumns::new(v4, u32::to_le_bytes),
            v6: StayColumns::new(v6, u128::to_le_bytes),
            changes: changes.sorted(),
        })
    }
}

/// Reads the declared gaps: a header, then a first and a last time a line.
pub(crate) fn gaps(text: &str) -> Result<Vec<(Minute, Minute)>, BadLine> {
    let mut clock = Clock::default();
    let lines = text.lines().enumerate().skip(1);
    lines
        .map(|(index, line)| {
            clock.pair(line).ok_or(BadLine { line: index + 1, detail: "not a pair of times" })
        })
        .collect()
}

/// A set of minutes, one bit each from the epoch: 4 MB, far less work than sorting all times.
#[derive(Default)]
struct Changes(Vec<u64>);

impl Changes {
    fn add(&mut self, minute: Minute) {
        let word = (minute / 64) as usize;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (minute % 64);
    }

    fn sorted(&self) -> Vec<[u8; 4]> {
        let mut minutes = Vec::new();
        for (index, word) in self.0.iter().enumerate().filter(|(_, word)| **word != 0) {
            let set = (0..64).filter(|bit| word >> bit & 1 == 1);
            minutes.extend(set.map(|bit| (index as Minute * 64 + bit).to_le_bytes()));
        }
        minutes
    }
}

/// Reads times such as `2026-08-22T21:13Z`.
#[derive(Default)]
pub(crate) struct Clock {
    day: String,
    start: Minute,
}

impl Clock {
    /// A first and a last time, in order.
    fn pair(&mut self, text: &str) -> Option<(Minute, Minute)> {
        let (first, last) = text.split_once(',')?;
        let (first, last) = (self.minute(first)?, self.minute(last)?);
        (first <= last).then_some((first, last))
    }

    pub(crate) fn minute(&mut self, text: &str) -> Option<Minute> {
        let (day, clock) = text.strip_suffix('Z')?.split_once('T')?;
        let (hour, minute) = clock.split_once(':')?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        if hour > 23 || minute > 59 {
            return None;
        }
        if self.day != day {
            self.start = days(day)?.checked_mul(24 * 60)?;
            day.clone_into(&mut self.day);
        }
        Some(self.start + hour * 60 + minute)
    }
}

/// Days from 1970-01-01 to a civil day such as `2026-08-22`, from 1970 to 2999: leap days are those
/// of the years divisible by 4, but by 100 only if by 400.
fn days(text: &str) -> Option<u32> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(month.checked_sub(1)? as usize)?;
    if !(1970..3000).contains(&year) || day == 0 || day > length {
        return None;
    }
    let leaps = |year: u32| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leaps(year - 1) - leaps(1969);
    Some(years + lengths[..month as usize - 1].iter().sum::<u32>() + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        let mut date = epoch;
        while date.year() < 2110 {
            let expected = (date - epoch).get_days() as u32;
            assert_eq!(days(&date.to_string()), Some(expected), "{date}");
            date = date.tomorrow().unwrap();
        }
        for wrong in ["2026-02-29", "1900-01-01", "2026-00-01", "2026-13-01", "2026-01-00", "x"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn bad_lines_are_named() {
        for line in [
            "2a02:29e,2024-03-01T02:00Z,2024-03-01T03:00Z",
            "198.51.100.1,2024-03-01T02:00Z,2024-03-01T01:00Z",
            "198.51.100.1,2024-02-30T02:00Z,2024-03-01T01:00Z",
            "198.51.100.1,2024-02-20T24:00Z,2024-03-01T01:00Z",
            "198.51.100.1",
        ] {
            let refused = TorColumns::read(&format!("h\n{line}\n")).unwrap_err();
            assert_eq!(refused.line, 2, "{line}");
        }
        assert_eq!(gaps("h\n2024-03-01T02:00Z\n").unwrap_err().line, 2);
    }
}
