//! How an id holds a time.
//!
//! In: a platform and an id. Out: the time, and how far the platform itself lets it lie from the
//! declared one. Refused: ids that the scheme did not make.

use faisceau_model::{Moment, Precision, ZoneSource};

/// Milliseconds of a minute and of an hour.
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// X and Twitter: first snowflakes on 2010-11-04; ids before are counted, not timed.
const X_EPOCH: i64 = 1_288_834_974_657;
const X_FIRST: u64 = 29_700_859_247;
/// Accounts on X are numbered by time since late 2015; smaller numbers are counted.
const X_FIRST_ACCOUNT: u64 = 100_000_000_000_000_000;
/// Discord: milliseconds since 2015-01-01.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;
/// Instagram: milliseconds since 2011-08-24 21:07:01.721.
const INSTAGRAM_EPOCH: i64 = 1_314_220_021_721;
/// Mastodon numbers statuses by time since 2.0 (2017-10); smaller numbers are counted.
const MASTODON_FIRST: u64 = 98_000_000_000_000_000;

/// The time in an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scheme {
    /// What the clock is called.
    pub(super) name: &'static str,
    /// The time that the id holds.
    pub(super) implied: Moment,
    /// The largest difference that the platform makes on its own, in milliseconds.
    pub(super) tolerance: i64,
    /// Whether the sender's own software makes the id.
    pub(super) client_made: bool,
}

impl Scheme {
    fn at(name: &'static str, millis: i64, tolerance: i64) -> Option<Self> {
        let implied = Moment::from_unix_millis(millis)?;
        Some(Self { name, implied, tolerance, client_made: false })
    }
}

/// The time in the id of a post.
pub(super) fn of_post(platform: &str, id: &str) -> Option<Scheme> {
    // Some formats give the address of the post as its id.
    let id = id.trim_end_matches('/').rsplit('/').next()?;
    match platform {
        "x" => {
            let id = number(id).filter(|id| *id >= X_FIRST)?;
            Scheme::at("x-snowflake", (id >> 22) as i64 + X_EPOCH, 2000)
        }
        "discord" => {
            let id = number(id)?;
            Scheme::at("discord-snowflake", (id >> 22) as i64 + DISCORD_EPOCH, 2000)
        }
        "instagram" | "threads" => {
            // `media_owner`: the part before is the id of the media.
            let id = number(id.split('_').next()?).filter(|id| *id >> 40 > 0)?;
            // An upload takes its time between the id and the publication.
            Scheme::at("instagram-id", (id >> 23) as i64 + INSTAGRAM_EPOCH, HOUR)
        }
        "mastodon" => {
            let id = number(id).filter(|id| *id >= MASTODON_FIRST)?;
            Scheme::at("mastodon-snowflake", (id >> 16) as i64, MINUTE)
        }
        "tiktok" => {
            let id = number(id).filter(|id| *id >> 60 > 0)?;
            let implied = Moment::from_unix_seconds((id >> 32) as i64)?;
            // Drafts and scheduled videos take their id before they are published.
            Some(Scheme { name: "tiktok-id", implied, tolerance: HOUR, client_made: false })
        }
        "bluesky" => tid(id),
        _ => None,
    }
}

/// The time in the id of an account, which is that of its creation.
pub(super) fn of_account(platform: &str, id: &str) -> Option<Scheme> {
    match platform {
        "x" => {
            let id = number(id).filter(|id| *id >= X_FIRST_ACCOUNT)?;
            Scheme::at("x-snowflake", (id >> 22) as i64 + X_EPOCH, HOUR)
        }
        "discord" => {
            let id = number(id)?;
            Scheme::at("discord-snowflake", (id >> 22) as i64 + DISCORD_EPOCH, MINUTE)
        }
        _ => None,
    }
}

/// A number in decimal that fits a signed integer, as these platforms write theirs.
fn number(id: &str) -> Option<u64> {
    let digits = (15..=19).contains(&id.len()) || (id.len() >= 11 && id.len() < 15);
    let plain = digits && id.bytes().all(|b| b.is_ascii_digit());
    id.parse().ok().filter(|number| plain && i64::try_from(*number).is_ok())
}

/// A TID: 13 characters of base 32, one bit of zero, 53 bits of microseconds, 10 bits of clock id.
fn tid(id: &str) -> Option<Scheme> {
    const DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    if id.len() != 13 {
        return None;
    }
    let value = id.bytes().try_fold(0_u64, |value, digit| {
        let digit = DIGITS.iter().position(|known| *known == digit)? as u64;
        value.checked_mul(32)?.checked_add(digit)
    })?;
    let micros = i64::try_from(value >> 10).ok().filter(|_| value >> 63 == 0)?;
    let implied = Moment::new(micros, Precision::Micro, ZoneSource::Unix)?;
    Some(Scheme { name: "bluesky-tid", implied, tolerance: MINUTE, client_made: true })
}
