//! One mail as it was received: `.eml`, RFC 5322 with MIME.
//!
//! In: headers and body. Out: a post (the sender's own words), the account of the sender, a hop
//! for each Received line, a connection where the sender's provider wrote `X-Originating-IP`, and
//! a row for each attached image. Refused: what has no header or no sender.
//!
//! Every header below the ones of the recipient's own servers is what the sender claims, `From`
//! and `Date` first. `at` of a post is the claim of `Date`; the clocks of the servers are those of
//! the hops. A mail without readable `Date` is kept, for a sender could otherwise hide it.
//!
//! Traps: a body without plain text is HTML turned into text; the subject is no part of the text
//! unless the body is empty; attached mails are not opened, and like all attachments that are no
//! image they are set aside; beyond [`parts::MAX_PARTS`] parts, or
//! where the parts contradict each other, only the headers are read, and a reject says so.

mod again;
mod encoded;
mod head;
mod parts;

use faisceau_model::rows::{Account, Connection, Post, Reject};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, PostKind, RejectReason, Sink};
use jiff::tz::TimeZone;
use mail_parser::{Header, HeaderName, HeaderValue, Message, MessageParser};

pub use again::mail_again;
pub(super) use head::after_blank;
pub(crate) use head::sniff;
pub(super) use parts::Shift;
use parts::attachments;

use super::mail_time;
use super::own_words::own_words;
use super::received::{self, Of};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::media;
use crate::rows::repeated::repeated;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "eml",
    title: "One mail (RFC 5322)",
    group: Group::Messages,
    gives: &["posts", "accounts", "connections", "mail_hops", "media"],
    versions: "RFC 5322, MIME",
    checked: "2026-11-21",
    sample: "tests/fixtures/mail/list.eml",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "mail";
/// Largest mail, in bytes.
pub(super) const MAX_MAIL: u64 = 64 << 20;

/// Reads one mail.
///
/// # Errors
/// When the bytes cannot be had or are more than the limit.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(MAX_MAIL)?;
    Mails::new(source.exhibit, settings).record(&Place::Whole, &bytes, &Shift::none(), sink);
    Ok(())
}

/// Reads the mails of one exhibit.
pub(super) struct Mails {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    parser: MessageParser,
}

impl Mails {
    pub(super) fn new(exhibit: ExhibitNo, settings: &ImportSettings) -> Self {
        Self { exhibit, zone: settings.zone().ok().flatten(), parser: MessageParser::default() }
    }

    /// One mail: a record, one more for each attachment, and one for a body left unread.
    pub(super) fn record(&self, place: &Place, raw: &[u8], shift: &Shift, sink: &mut dyn Sink) {
        sink.records(1);
        let (record, skipped) = (raw, head::start(raw));
        let raw = &raw[skipped..];
        let disarmed = encoded::disarmed(raw);
        let body = parts::parsed(&self.parser, &disarmed);
        let outcome = match self.parser.parse_headers(raw).filter(|head| !head.parts.is_empty()) {
            None => Err((RejectReason::Syntax, "no header that could be read")),
            Some(head) => self.rows(place, raw, &head, body.as_ref().ok(), sink),
        };
        match (outcome, body) {
            (Ok(account), Ok(body)) => {
                sink.read(1);
                self.attached(&account, &body, &shift.from(skipped), sink);
            }
            (Ok(_), Err(detail)) => {
                sink.read(1);
                sink.records(1);
                let reason = RejectReason::Limit;
                sink.reject(Reject::new(self.exhibit, place.clone(), reason, detail, b""));
            }
            (Err((reason, detail)), _) => {
                sink.reject(Reject::new(self.exhibit, place.clone(), reason, detail, record));
            }
        }
    }

    fn rows(
        &self,
        place: &Place,
        raw: &[u8],
        message: &Message<'_>,
        body: Option<&Message<'_>>,
        sink: &mut dyn Sink,
    ) -> Result<AccountKey, (RejectReason, &'static str)> {
        let sender = message.from().and_then(|from| from.first());
        let address = sender
            .and_then(|sender| sender.address())
            .map(|address| address.trim().to_lowercase())
            .filter(|address| !address.is_empty())
            .ok_or((RejectReason::MissingField, "`From` has no address"))?;
        let account = AccountKey::by_handle(PLATFORM, &address);
        let headers = message.headers();
        let post = self.post(place, &account, raw, message, body);
        let of = Of {
            exhibit: self.exhibit,
            place,
            message: &post.content_id,
            zone: self.zone.as_ref(),
        };
        let hops = received::hops(&of, headers, raw);
        let origin = other(headers, "X-Originating-IP")
            .and_then(|header| received::tagged_endpoint(&received::unfolded(header, raw)));
        let connection = origin.map(|(ip, port)| {
            let first = hops.first();
            let server = first.and_then(|hop| hop.by.known().cloned());
            let server = server.unwrap_or_else(|| PLATFORM.to_owned());
            Connection {
                account: Maybe::Known(account.clone()),
                at: first.and_then(|hop| hop.at.known().copied()).map_or(post.at, Maybe::Known),
                port: Maybe::or_absent(port.map(i64::from), Absent::NotRecorded),
                user_agent: post.client.clone(),
                request: Maybe::Known("X-Originating-IP (claim of the sender's provider)".into()),
                status: Maybe::Missing(Absent::NotApplicable),
                bytes: Maybe::Missing(Absent::NotApplicable),
                referer: Maybe::Missing(Absent::NotApplicable),
                declared: true,
                ..Connection::new(self.exhibit, place, 0, ip.to_string(), &server)
            }
        });
        let name = sender.and_then(|sender| sender.name()).unwrap_or_default();
        sink.account(self.account(place, &account, name));
        sink.post(post);
        sink.connections(connection.into_iter().collect());
        for hop in hops {
            sink.mail_hop(hop);
        }
        Ok(account)
    }

    fn account(&self, place: &Place, account: &AccountKey, name: &str) -> Account {
        Account {
            handle: Maybe::Known(account.native().trim_start_matches('@').to_owned()),
            display_name: Maybe::text(name, Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, account.clone())
        }
    }

    fn post(
        &self,
        place: &Place,
        account: &AccountKey,
        raw: &[u8],
        message: &Message<'_>,
        body: Option<&Message<'_>>,
    ) -> Post {
        let headers = message.headers();
        let id = message.message_id().map(|id| repeated(id.to_owned()));
        let root = first_id(message.references()).or_else(|| first_id(message.in_reply_to()));
        let client = ["X-Mailer", "User-Agent"].iter().find_map(|name| other(headers, name));
        let lang = headers.iter().find(|header| header.name == HeaderName::ContentLanguage);
        let line = |header: Option<&Header<'_>>| {
            let text = header.map(|header| received::unfolded(header, raw)).unwrap_or_default();
            Maybe::text(&text, Absent::NotRecorded)
        };
        Post {
            at: self.date(message, raw),
            at_raw: line(date(message)),
            kind: PostKind::Mail,
            text: body.map_or(Maybe::Missing(Absent::Unreadable), words),
            target: target(message),
            thread: Maybe::or_absent(root.or_else(|| id.clone()), Absent::NotExported),
            permalink: Maybe::Missing(Absent::NotApplicable),
            content_id: Maybe::or_absent(id, Absent::NotExported),
            lang: line(lang),
            client: line(client),
            media: body.into_iter().flat_map(attachments).map(|(_, name)| name).collect(),
            ..Post::new(self.exhibit, place, 0, account.clone())
        }
    }

    fn date(&self, message: &Message<'_>, raw: &[u8]) -> Maybe<faisceau_model::Moment> {
        let Some(header) = date(message) else { return Maybe::Missing(Absent::NotExported) };
        let at = mail_time::parse(&received::unfolded(header, raw), self.zone.as_ref());
        Maybe::or_absent(at, Absent::Unreadable)
    }

    /// The attachments, each a record at the bytes of its part: images, videos and documents are
    /// read, all else is set aside.
    fn attached(
        &self,
        account: &AccountKey,
        message: &Message<'_>,
        shift: &Shift,
        sink: &mut dyn Sink,
    ) {
        for (part, name) in attachments(message) {
            let bytes = part.contents();
            let place = shift.place(part.offset_body, part.offset_end);
            if media::is_media(bytes) {
                let found = media::Found {
                    exhibit: self.exhibit,
                    place,
                    name: &name,
                    account: Maybe::Known(account.clone()),
                    zone: self.zone.as_ref(),
                };
                media::attached(found, bytes, sink);
            } else {
                sink.records(1);
                let detail = format!("attachment of type {} is not read", parts::kind(part));
                let reason = RejectReason::SetAside;
                sink.reject(Reject::new(self.exhibit, place, reason, detail, b""));
            }
        }
    }
}

/// The first header of this name among those that the parser has no word for.
fn other<'a, 'x>(headers: &'a [Header<'x>], name: &str) -> Option<&'a Header<'x>> {
    headers.iter().find(|header| header.name.as_str().eq_ignore_ascii_case(name))
}

/// The first id of `References` or `In-Reply-To`.
fn first_id(value: &HeaderValue<'_>) -> Option<String> {
    match value {
        HeaderValue::Text(id) => Some(id.to_string()),
        HeaderValue::TextList(ids) => ids.first().map(ToString::to_string),
        _ => None,
    }
}

/// The addresses of `To`, as they are written.
fn target(message: &Message<'_>) -> Maybe<String> {
    let to = message.to().map(|to| to.iter().filter_map(|one| one.address()).collect::<Vec<_>>());
    Maybe::text(&to.unwrap_or_default().join(", "), Absent::NotExported)
}

/// The sender's own words; the subject where there is no body.
fn words(message: &Message<'_>) -> Maybe<String> {
    let bodies = (0..message.text_body_count()).filter_map(|index| message.body_text(index));
    let body = own_words(&bodies.collect::<Vec<_>>().join("\n"));
    let text = if body.is_empty() { message.subject().unwrap_or_default() } else { &body };
    Maybe::text(text, Absent::NotExported)
}

/// The last `Date`, which is the first that the sender's side wrote.
fn date<'m>(message: &'m Message<'_>) -> Option<&'m Header<'m>> {
    message.headers().iter().rev().find(|header| header.name == HeaderName::Date)
}

#[cfg(test)]
mod tests;
