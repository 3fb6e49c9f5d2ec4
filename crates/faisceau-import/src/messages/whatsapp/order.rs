//! Whether the day or the month comes first, told from the whole file.
//!
//! In: the dates of all lines as they are written, and the dates that names of attached files
//! hold. Out: the order, or that it cannot be told. Refused: the language of the file as a hint,
//! for the order is a setting of the telephone.
//!
//! What tells, in this order:
//! 1. A number above 12 is no month; and messages are in the order of their times, so that a
//!    reading which jumps back by more than two days is wrong. Both count as contradictions; a
//!    reading stands against another with ten times fewer, so that a line which somebody wrote
//!    into a message does not decide for the file.
//! 2. Names such as `IMG-20260312-WA0001.jpg` and `00000004-PHOTO-2026-09-20-14-02-11.jpg`.
//! 3. No language writes the month first with full stops.

use jiff::civil::Date;

/// How much better a reading must be.
const FACTOR: u64 = 10;
/// Days that the clock of a telephone may jump back.
const JUMP: i32 = 2;

/// Which number of a date comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Day, month, year.
    Day,
    /// Month, day, year.
    Month,
    /// Year, month, day.
    Year,
}

/// What the file tells of its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All dates read this way.
    Known(Order),
    /// Day or month may come first.
    Open,
}

impl Order {
    const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    /// The date, if these numbers are one in this order.
    pub(super) fn date(self, numbers: [i16; 3], widths: [usize; 3]) -> Option<Date> {
        let (year, month, day, width) = match self {
            Self::Day => (numbers[2], numbers[1], numbers[0], widths[2]),
            Self::Month => (numbers[2], numbers[0], numbers[1], widths[2]),
            Self::Year => (numbers[0], numbers[1], numbers[2], widths[0]),
        };
        let year = match (self, width) {
            (_, 4) => year,
            (Self::Day | Self::Month, 2) => 2000 + year,
            _ => return None,
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// What the lines met so far say.
#[derive(Debug, Default, Clone)]
pub(super) struct Evidence {
    /// Lines.
    pub(super) lines: u64,
    contradictions: [u64; 3],
    named: [u64; 3],
    before: [Option<Date>; 3],
    /// Lines whose date depends on the order.
    differing: u64,
}

impl Evidence {
    /// Takes the date of a line, and the date in the name of the file attached to it.
    pub(super) fn note(&mut self, numbers: [i16; 3], widths: [usize; 3], named: Option<Date>) {
        self.lines += 1;
        let dates = Order::ALL.map(|order| order.date(numbers, widths));
        for (at, date) in dates.into_iter().enumerate() {
            let Some(date) = date else {
                self.contradictions[at] += 1;
                continue;
            };
            let back = self.before[at]
                .is_some_and(|before| before.since(date).is_ok_and(|span| span.get_days() > JUMP));
            self.contradictions[at] += u64::from(back);
            self.named[at] += u64::from(named == Some(date));
            self.before[at] = Some(date);
        }
        self.differing += u64::from(dates[0] != dates[1]);
    }

    /// What they say all together. `separator` stands between the numbers.
    pub(super) fn verdict(&self, separator: char) -> Verdict {
        let least = self.contradictions.iter().min().copied().unwrap_or(0);
        let stands = |at: usize| self.contradictions[at] <= least * FACTOR;
        let standing: Vec<usize> = (0..3).filter(|&at| stands(at)).collect();
        if let [only] = standing[..] {
            return Verdict::Known(Order::ALL[only]);
        }
        if self.named[0] > FACTOR * self.named[1] {
            return Verdict::Known(Order::Day);
        }
        if self.named[1] > FACTOR * self.named[0] {
            return Verdict::Known(Order::Month);
        }
        if separator == '.' || self.differing == 0 {
            return Verdict::Known(Order::Day);
        }
        Verdict::Open
    }
}

/// The date in the name that the application gives to an attached file.
pub(super) fn in_name(line: &str) -> Option<Date> {
    let android = ["IMG-", "VID-", "AUD-", "PTT-", "STK-"];
    let ios = ["-PHOTO-", "-VIDEO-", "-AUDIO-", "-STICKER-", "-GIF-"];
    let after = |start: &str| line.split_once(start).map(|(_, rest)| rest);
    let compact = android.iter().find_map(|start| {
        let (digits, rest) = after(start)?.split_at_checked(8)?;
        rest.starts_with("-WA").then_some(())?;
        parts(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?)
    });
    compact.or_else(|| {
        ios.iter().find_map(|start| {
            let date = after(start)?.get(..10)?;
            let mut numbers = date.split('-');
            parts(numbers.next()?, numbers.next()?, numbers.next()?)
        })
    })
}

fn parts(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(dates: &[(i16, i16)], separator: char) -> Verdict {
        let mut evidence = Evidence::default();
        for &(first, second) in dates {
            evidence.note([first, second, 2024], [2, 2, 4], None);
        }
        evidence.verdict(separator)
    }

    #[test]
    fn numbers_above_twelve_tell() {
        assert_eq!(verdict(&[(3, 4), (13, 4)], '/'), Verdict::Known(Order::Day));
        assert_eq!(verdict(&[(3, 4), (4, 13)], '/'), Verdict::Known(Order::Month));
    }

    #[test]
    fn the_order_of_lines_tells() {
        // 3 April, 2 May; as months: 4 March, 5 February.
        assert_eq!(verdict(&[(3, 4), (2, 5)], '/'), Verdict::Known(Order::Day));
        assert_eq!(verdict(&[(3, 9), (4, 2)], '/'), Verdict::Known(Order::Month));
    }

    #[test]
    fn one_line_written_into_a_message_does_not_decide() {
        let mut dates: Vec<(i16, i16)> = (1..=12).map(|day| (day, 3)).collect();
        dates.extend((1..=12).map(|day| (day, 4)));
        assert_eq!(verdict(&dates, '/'), Verdict::Known(Order::Day));
        dates.insert(3, (3, 30));
        assert_ne!(verdict(&dates, '/'), Verdict::Known(Order::Month));
    }

    #[test]
    fn what_cannot_be_told_stays_open() {
        assert_eq!(verdict(&[(3, 4), (3, 5), (4, 6)], '/'), Verdict::Open);
        assert_eq!(verdict(&[(3, 4), (3, 5), (4, 6)], '.'), Verdict::Known(Order::Day));
        assert_eq!(verdict(&[(4, 4), (5, 5)], '/'), Verdict::Known(Order::Day));
        assert_eq!(verdict(&[], '/'), Verdict::Known(Order::Day));
    }

    #[test]
    fn a_year_before_is_told_by_its_digits() {
        let mut evidence = Evidence::default();
        evidence.note([2024, 3, 4], [4, 2, 2], None);
        assert_eq!(evidence.verdict('/'), Verdict::Known(Order::Year));
    }

    #[test]
    fn names_of_attached_files_tell() {
        let mut evidence = Evidence::default();
        let named = in_name("a: IMG-20240304-WA0001.jpg (file attached)");
        evidence.note([3, 4, 24], [1, 1, 2], named);
        evidence.note([3, 5, 24], [1, 1, 2], None);
        assert_eq!(evidence.verdict('/'), Verdict::Known(Order::Month));
        let named = in_name("<attached: 00000004-PHOTO-2026-09-20-14-02-11.jpg>");
        assert_eq!(named, Date::new(2026, 9, 20).ok());
        assert_eq!(in_name("IMG-2024é304-WA0001.jpg"), None);
        assert_eq!(in_name("-PHOTO-2026-09"), None);
    }
}
