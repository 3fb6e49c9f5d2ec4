//! One line.

use faisceau_model::{AccountKey, ExhibitNo, Moment, Place, RowId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::reviewed::OfAccount;

/// What a row says, whatever the time.
pub(super) struct Subject<'a> {
    pub(super) kind: &'static str,
    pub(super) row: &'a RowId,
    pub(super) exhibit: ExhibitNo,
    pub(super) place: &'a Place,
    pub(super) account: Option<&'a AccountKey>,
    pub(super) message: String,
    pub(super) text: Option<&'a str>,
    pub(super) thread: Option<&'a str>,
    pub(super) permalink: Option<&'a str>,
    pub(super) ip: Option<&'a str>,
    pub(super) port: Option<i64>,
    pub(super) user_agent: Option<&'a str>,
    pub(super) service: Option<&'a str>,
    pub(super) declared: Option<bool>,
    pub(super) sha256: Option<&'a str>,
    pub(super) trust: Option<&'static str>,
    pub(super) verdict: Option<&'static str>,
}

impl<'a> Subject<'a> {
    /// A row of which only its place and its account are told.
    pub(super) fn new(
        kind: &'static str,
        row: &'a RowId,
        exhibit: ExhibitNo,
        place: &'a Place,
        account: Option<&'a AccountKey>,
    ) -> Self {
        Self {
            kind,
            row,
            exhibit,
            place,
            account,
            message: String::new(),
            text: None,
            thread: None,
            permalink: None,
            ip: None,
            port: None,
            user_agent: None,
            service: None,
            declared: None,
            sha256: None,
            trust: None,
            verdict: None,
        }
    }
}

/// An event as Timesketch reads it.
#[derive(Serialize)]
pub(super) struct Event<'a> {
    message: &'a str,
    datetime: String,
    timestamp: i64,
    timestamp_desc: &'static str,
    data_type: &'static str,
    row_id: &'a str,
    exhibit: String,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    precision: &'static str,
    zone_source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permalink: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trust: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tag: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    reviews: &'a [String],
}

impl<'a> Event<'a> {
    /// An event, or `None` before the year 1, which Timesketch cannot hold.
    pub(super) fn of(
        subject: &'a Subject<'_>,
        what: &'static str,
        at: Moment,
        reviewed: Option<&'a OfAccount>,
    ) -> Option<Self> {
        let stamp = Timestamp::from_microsecond(at.at_us()).ok()?.to_zoned(TimeZone::UTC);
        if stamp.year() < 1 {
            return None;
        }
        Some(Self {
            message: &subject.message,
            datetime: stamp.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string(),
            timestamp: at.at_us(),
            timestamp_desc: what,
            data_type: subject.kind,
            row_id: subject.row.as_str(),
            exhibit: subject.exhibit.to_string(),
            place: subject.place.to_string(),
            account: subject.account.map(AccountKey::as_str),
            precision: at.precision().as_str(),
            zone_source: at.zone().as_str(),
            text: subject.text,
            thread: subject.thread,
            permalink: subject.permalink,
            ip: subject.ip,
            port: subject.port,
            user_agent: subject.user_agent,
            service: subject.service,
            declared: subject.declared,
            sha256: subject.sha256,
            trust: subject.trust,
            verdict: subject.verdict,
            tag: reviewed.map_or(&[], |reviewed| &reviewed.tags),
            reviews: reviewed.map_or(&[], |reviewed| &reviewed.lines),
        })
    }
}
