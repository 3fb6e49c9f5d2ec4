//! Questions over HTTPS (RFC 8484), one after the other.
//!
//! In: questions, a URL, whoever fetches. Out: their ends. POST, so that no address stands in a
//! log of URLs; the number is 0, as section 4.1 wants. Refused: an answer that is not 200, of
//! another type than `application/dns-message`, cut, or longer than a message can be.

use std::io;
use std::time::{Duration, Instant};

use url::Url;

use crate::dns::ask::{Asked, Encoded, End, GIVE_UP_STREAM, Lane};
use crate::dns::wire::{self, Arrived};
use crate::http::{Answer, Fetch, FetchError, Request};

/// The media type of a message.
const MESSAGE: &str = "application/dns-message";
/// The longest message.
const LONGEST: usize = 65_535;

/// Asks over HTTPS. Gives whether the resolver was left alone, for it never answered.
///
/// # Errors
/// When what came cannot be kept; nothing more may be asked then.
pub(crate) fn ask(
    lane: &mut Lane<'_>,
    todo: &[usize],
    url: &Url,
    fetch: &mut dyn Fetch,
) -> io::Result<bool> {
    let (mut answered, mut silent) = (false, 0);
    for (done, index) in (1_u64..).zip(todo) {
        if !answered && silent >= GIVE_UP_STREAM {
            return Ok(true);
        }
        let Some(encoded) = lane.questions.get(*index) else { continue };
        let asked = one(lane, encoded, url, fetch)?;
        if matches!(asked.end, End::Silence) {
            silent += 1;
        } else {
            answered = true;
        }
        if let Some(place) = lane.ends.get_mut(*index) {
            *place = Some(asked);
        }
        (lane.progress)(done, todo.len() as u64);
    }
    Ok(!answered && silent >= GIVE_UP_STREAM)
}

fn one(
    lane: &mut Lane<'_>,
    encoded: &Encoded<'_>,
    url: &Url,
    fetch: &mut dyn Fetch,
) -> io::Result<Asked> {
    let request = Request::post(url.clone(), MESSAGE, MESSAGE, encoded.bytes.clone());
    let mut asked = Asked { at: (lane.clock)(), resolver: lane.resolver, end: End::Silence };
    for attempt in 0..=lane.settings.retries {
        while !lane.pace.allows(Instant::now()) {
            std::thread::sleep(Duration::from_millis(1));
        }
        asked.at = (lane.clock)();
        lane.tally.sent += 1;
        lane.tally.again += u64::from(attempt > 0);
        match fetch.fetch(&request) {
            Ok(answer) => match read(&answer, encoded, lane.keep) {
                Arrived::Reply(reply) => {
                    asked.end = End::Reply(reply);
                    return Ok(asked);
                }
                Arrived::Unreadable | Arrived::Cut => asked.end = End::Unreadable,
                Arrived::Foreign => lane.tally.foreign += 1,
            },
            Err(FetchError::Keeping { source, .. }) => return Err(source),
            // It would be refused again.
            Err(FetchError::Refused { .. } | FetchError::Robots { .. }) => return Ok(asked),
            Err(FetchError::NoAnswer { .. }) => {}
        }
    }
    Ok(asked)
}

fn read(answer: &Answer, encoded: &Encoded<'_>, keep: bool) -> Arrived {
    let kind = answer.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let fits = answer.status == 200 && kind.eq_ignore_ascii_case(MESSAGE);
    if !fits || answer.cut.is_some() || answer.body.len() > LONGEST {
        return Arrived::Unreadable;
    }
    wire::decode(&answer.body, 0, encoded.question, keep)
}
