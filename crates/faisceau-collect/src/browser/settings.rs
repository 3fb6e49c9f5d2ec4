//! How a page is captured, and the limits of it.
//!
//! In: what the user sets. Out: the same, checked. Refused: what would not be what it says once it
//! stands on a command line.

use std::time::Duration;

use serde::Serialize;
use url::Url;

use super::proxy::Limits;
use super::proxy::host_and_port;

/// Bytes of an address that is captured.
const ADDRESS: usize = 16 * 1024;

/// How a page is captured.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Width and height of the window's content, in CSS pixels.
    pub viewport: (u32, u32),
    /// Pixels of the device for each CSS pixel, 1 to 3.
    pub scale: u32,
    /// The language that is asked for and in which dates and numbers are written (BCP 47).
    pub language: String,
    /// The time zone that the page sees (IANA).
    pub time_zone: String,
    /// The way out, as it stands in the record: `direct`, or the address of a proxy.
    pub via: String,
    /// The operating system, as it stands in the record.
    pub os: String,
    /// How long the page may take to load.
    pub load: Duration,
    /// How long all of it may take.
    pub total: Duration,
    /// How long nothing may be under way for the page to count as loaded.
    pub quiet: Duration,
    /// How many screens are scrolled, so that what loads late does; 0 for none.
    pub scrolls: u32,
    /// Reads a site although its certificate is wrong; the record says so.
    pub wrong_certificates: bool,
    /// Lets the browser itself connect where no request of the page leads (such as for a missing
    /// certificate of an authority).
    pub unannounced: bool,
    /// Requests that are written down.
    pub requests: usize,
    /// Bytes of the body of one answer.
    pub body: usize,
    /// Bytes of the bodies of all answers.
    pub bodies: usize,
    /// What passes through the proxy.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            viewport: (1_280, 1_024),
            scale: 1,
            language: "fr-FR".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            via: "direct".to_owned(),
            os: std::env::consts::OS.to_owned(),
            load: Duration::from_secs(45),
            total: Duration::from_secs(150),
            quiet: Duration::from_millis(500),
            scrolls: 30,
            wrong_certificates: false,
            unannounced: false,
            requests: 5_000,
            body: 32 << 20,
            bodies: 256 << 20,
            limits: Limits {
                connections: 2_000,
                at_once: 128,
                bytes: 512 << 20,
                bytes_each: 128 << 20,
            },
        }
    }
}

/// What is no setting.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SettingsError {
    /// A number is out of its range.
    #[error("{name} is {value}, not from {least} to {most}")]
    Range {
        /// Which.
        name: &'static str,
        /// What it is.
        value: u32,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A text has other characters than its kind has.
    #[error("{value:?} is no {name}")]
    Text {
        /// What it should be.
        name: &'static str,
        /// What it is.
        value: String,
    },
    /// The address is none that is captured.
    #[error("{url} is not captured: {why}")]
    Address {
        /// The address.
        url: String,
        /// Why.
        why: &'static str,
    },
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let numbers = [
            ("the width", self.viewport.0, 200, 4_096),
            ("the height", self.viewport.1, 200, 4_096),
            ("the scale", self.scale, 1, 3),
            ("the number of scrolls", self.scrolls, 0, 500),
        ];
        for (name, value, least, most) in numbers {
            if !(least..=most).contains(&value) {
                return Err(SettingsError::Range { name, value, least, most });
            }
        }
        let texts =
            [("language", &self.language, "-", 35), ("time zone", &self.time_zone, "-_/+", 64)];
        for (name, value, more, longest) in texts {
            let fits = |c: char| c.is_ascii_alphanumeric() || more.contains(c);
            let starts = value.starts_with(|c: char| c.is_ascii_alphabetic());
            if !starts || value.len() > longest || !value.chars().all(fits) {
                return Err(SettingsError::Text { name, value: value.clone() });
            }
        }
        Ok(())
    }
}

/// Who is asked, and what they learn, before anything leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The host that is asked first.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What is learnt, and by whom.
    pub learns: Vec<String>,
}

/// What a capture would tell whom.
///
/// # Errors
/// When the address or the settings are none.
pub fn plan(url: &Url, settings: &Settings) -> Result<Plan, SettingsError> {
    settings.check()?;
    let (host, port) = check(url)?;
    let learns = vec![
        format!(
            "{host}: the address that asks (via {}), the time, that a headless Chromium of this \
             version asks in {}, the size of its window, its time zone, and whatever the scripts \
             of the page find out",
            settings.via, settings.language
        ),
        "every host that the page refers to, known only once it is read: the same".to_owned(),
    ];
    Ok(Plan { host, port, learns })
}

/// Host and port of an address that is captured.
pub(super) fn check(url: &Url) -> Result<(String, u16), SettingsError> {
    let refused = |why| Err(SettingsError::Address { url: url.as_str().to_owned(), why });
    if !matches!(url.scheme(), "http" | "https") {
        return refused("neither http nor https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refused("it holds credentials, and nothing is logged in to");
    }
    if url.as_str().len() > ADDRESS {
        return refused("too long");
    }
    host_and_port(url).map_or_else(|| refused("without a host"), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_another_flag_is_no_setting() {
        let good = Settings::default();
        assert_eq!(good.check(), Ok(()));
        for language in ["", "fr FR", "--x", "fr,--proxy-server=x", "fr\0"] {
            let settings = Settings { language: language.to_owned(), ..good.clone() };
            assert!(settings.check().is_err(), "{language}");
        }
        for scale in [0, 4] {
            assert!(Settings { scale, ..good.clone() }.check().is_err());
        }
        let settings = Settings { viewport: (1_280, 100_000), ..good };
        let error = settings.check().unwrap_err().to_string();
        assert_eq!(error, "the height is 100000, not from 200 to 4096");
    }

    #[test]
    fn the_plan_names_who_is_asked() {
        let settings = Settings::default();
        let of = |text: &str| plan(&Url::parse(text).unwrap(), &settings);
        let plan = of("https://Forum.example.net/x?y").unwrap();
        assert_eq!((plan.host.as_str(), plan.port), ("forum.example.net", 443));
        assert!(plan.learns[0].contains("via direct"), "{plan:?}");
        for text in ["file:///etc/passwd", "https://a:b@example.net/", "chrome://version"] {
            assert!(of(text).is_err(), "{text}");
        }
    }
}
