//! The dates of texts.
//!
//! In: a date as RFC 1123 writes it, `Sat, 14 Jul 2012 16:30:12 +0200`. Out: the form of EXIF. What
//! is written otherwise stays as it is.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date in the form of EXIF.
pub(super) fn written(text: &str) -> String {
    parsed(text).unwrap_or_else(|| text.to_owned())
}

fn parsed(text: &str) -> Option<String> {
    let mut words = text.split_ascii_whitespace();
    let first = words.next()?;
    // The day of the week is left out by some.
    let day =
        if first.ends_with(',') || first.parse::<u8>().is_err() { words.next()? } else { first };
    let day = day.parse::<u8>().ok().filter(|day| (1..=31).contains(day))?;
    let month = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year = match words.next()?.parse::<u16>().ok()? {
        year @ 0..=70 => year + 2000,
        year @ 71..=99 => year + 1900,
        year => year,
    };
    let mut clock = words.next()?.split(':').map(|number| number.parse::<u8>().ok());
    let (hour, minute) = (clock.next()??, clock.next()??);
    let second = clock.next().unwrap_or(Some(0))?;
    let zone = zone(words.next().unwrap_or_default())?;
    Some(format!("{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}{zone}"))
}

/// An offset; a name that is known becomes one.
fn zone(text: &str) -> Option<String> {
    Some(match text.to_ascii_uppercase().as_str() {
        "" => String::new(),
        "UT" | "GMT" | "Z" => "+00:00".to_owned(),
        "EDT" => "-04:00".to_owned(),
        "EST" | "CDT" => "-05:00".to_owned(),
        "CST" | "MDT" => "-06:00".to_owned(),
        "MST" | "PDT" => "-07:00".to_owned(),
        "PST" => "-08:00".to_owned(),
        offset => {
            let digits = offset.strip_prefix(['+', '-'])?.replace(':', "");
            let (hours, minutes) = (digits.get(..2)?, digits.get(2..4)?);
            if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            format!("{}{hours}:{minutes}", offset.get(..1)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn dates_take_the_form_of_exif() {
        for (text, date) in [
            ("Sat, 14 Jul 2012 16:30:12 +0200", "2012:07:14 16:30:12+02:00"),
            ("Sat, 14 Jul 2012 16:30:12 GMT", "2012:07:14 16:30:12+00:00"),
            ("14 Jul 12 16:30", "2012:07:14 16:30:00"),
            ("2012-07-14T16:30:12", "2012-07-14T16:30:12"),
            ("Sat, 99 Jul 2012 16:30:12", "Sat, 99 Jul 2012 16:30:12"),
            ("", ""),
        ] {
            assert_eq!(written(text), date);
        }
    }
}
