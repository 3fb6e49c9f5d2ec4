//! A message as the data package of Discord keeps it: id, time, contents, attachments.
//!
//! In: these four texts, and what else a table has. Out: a post. Refused: a message whose sender
//! nothing names.
//!
//! Packages since 2024 write times without offset. The id of a message holds the millisecond at
//! which the service made it (`(id >> 22) + 1420070400000`, Discord's reference of its API): where
//! the written time is a whole number of quarters of an hour from it, that is its offset, and the
//! zone is inferred.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason,
    ZoneSource, excerpt,
};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::json::Flaw;
use crate::time::civil;

/// The first millisecond of Discord, 2015-01-01 UTC.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// Offsets are multiples of this.
const QUARTER_MS: i64 = 15 * 60 * 1000;
/// How far the written second may be from the millisecond of the id.
const SLACK_MS: i64 = 2000;

/// What a record has of a message.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) id: Option<String>,
    pub(super) time: Option<String>,
    pub(super) contents: Option<String>,
    /// Addresses, with white space between them.
    pub(super) attachments: Option<String>,
    /// Id of the channel.
    pub(super) channel: Option<String>,
}

/// The post that it is.
pub(super) fn post(
    exhibit: ExhibitNo,
    place: &Place,
    account: Option<AccountKey>,
    zone: Option<&TimeZone>,
    sent: Sent,
) -> Result<Post, Flaw> {
    let account = account.ok_or_else(|| {
        let detail = "a message does not say its author, and the package has no readable user.json";
        (RejectReason::MissingField, detail.to_owned())
    })?;
    let id = sent.id.ok_or_else(|| (RejectReason::MissingField, "`ID` is missing".to_owned()))?;
    let at = match &sent.time {
        None => Maybe::Missing(Absent::NotExported),
        Some(time) => Maybe::Known(moment(time, &id, zone).ok_or_else(|| {
            (RejectReason::Time, format!("`Timestamp` is no time: `{}`", excerpt(time, 40)))
        })?),
    };
    let whole = id.bytes().all(|b| b.is_ascii_digit());
    Ok(Post {
        at,
        at_raw: Maybe::or_absent(sent.time, Absent::NotExported),
        kind: PostKind::Private,
        text: Maybe::or_absent(sent.contents, Absent::NotExported),
        thread: Maybe::or_absent(sent.channel, Absent::NotRecorded),
        // A spreadsheet rounds ids: `1.08E+18` may be that of another message.
        content_id: if whole { Maybe::Known(id) } else { Maybe::Missing(Absent::Unreadable) },
        media: sent.attachments.as_deref().map(files).unwrap_or_default(),
        ..Post::new(exhibit, place, 0, account)
    })
}

/// A time with its offset, else a local time whose offset the id tells, else one in the zone of
/// the settings.
fn moment(text: &str, id: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    if let Some(at) = Moment::from_rfc3339(text) {
        return Some(at);
    }
    let local: DateTime = text.trim().parse().ok()?;
    let precision = if text.contains('.') { Precision::Milli } else { Precision::Second };
    let utc = Offset::UTC.to_timestamp(local).ok()?.as_millisecond();
    let made = id.parse::<u64>().ok().map(|id| (id >> 22) as i64 + EPOCH_MS);
    if let Some(made) = made {
        let offset = (utc - made + QUARTER_MS / 2).div_euclid(QUARTER_MS) * QUARTER_MS;
        let near = (utc - made - offset).abs() <= SLACK_MS;
        if near && offset.abs() <= 14 * 4 * QUARTER_MS {
            let at = utc.checked_sub(offset)?.checked_mul(1000)?;
            return Moment::new(at, precision, ZoneSource::Inferred);
        }
    }
    civil::assumed(local, precision, zone)
}

/// The names of files, at the end of their addresses.
fn files(addresses: &str) -> Vec<String> {
    let name = |address: &str| {
        let path = address.split(['?', '#']).next()?;
        let name = path.rsplit('/').next()?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    addresses.split_whitespace().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The id that the service would make at this millisecond.
    fn id_at(ms: i64) -> String {
        (((ms - EPOCH_MS) as u64) << 22).to_string()
    }

    #[test]
    fn the_id_tells_the_offset_of_a_local_time() {
        let id = id_at(1_676_723_591_412);
        let at = |text: &str, id: &str| {
            moment(text, id, None).map(|at| format!("{at} {} {}", at.precision(), at.zone()))
        };
        let second = Some("2023-02-18 12:33:11 UTC s inferred".to_owned());
        assert_eq!(at("2023-02-18 12:33:11", &id), second);
        assert_eq!(at("2023-02-18 13:33:11", &id), second);
        assert_eq!(
            at("2023-02-18T18:03:12", &id),
            Some("2023-02-18 12:33:12 UTC s inferred".into())
        );
        assert_eq!(at("2023-02-18 12:40:11", &id), Some("2023-02-18 day assumed".into()));
        assert_eq!(at("2023-02-18 12:33:11", "x"), Some("2023-02-18 day assumed".into()));
        assert_eq!(
            at("2023-02-18 12:33:11.412000+00:00", &id),
            Some("2023-02-18 12:33:11.412000 UTC us explicit".into())
        );
        assert_eq!(at("hier", &id), None);
        assert_eq!(
            at("2023-02-18 12:33:11", &u64::MAX.to_string()),
            Some("2023-02-18 day assumed".into())
        );
    }

    #[test]
    fn files_are_named_by_the_end_of_their_address() {
        assert_eq!(
            files(
                "https://cdn.example.org/a/1/x.png?ex=1&is=2 \nhttps://cdn.example.org/a/2/y.jpg"
            ),
            ["x.png", "y.jpg"]
        );
        assert!(files(" https://cdn.example.org/ ").is_empty());
    }
}
