//! Messages of the `DevTools` protocol over two pipes: JSON, each ended by a zero byte.
//!
//! In: the pipes of the browser. Out: messages as they come; one that is too long, or is no JSON,
//! is said to be so. Neither reading nor writing ever waits longer than asked: each has a thread.

use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Instant;

use serde::Deserialize;
use serde_json::Value;

/// Bytes of one message.
const MESSAGE: usize = 192 << 20;
/// Messages that have come and are not read yet. The browser waits beyond.
const WAITING_IN: usize = 64;
/// Messages that are not written yet.
const WAITING_OUT: usize = 4_096;

/// What came from the browser.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Message {
    /// The number of the order that this answers.
    pub(super) id: Option<u64>,
    /// The name of an event.
    #[serde(default)]
    pub(super) method: String,
    #[serde(default)]
    pub(super) params: Value,
    #[serde(default)]
    pub(super) result: Value,
    pub(super) error: Option<Fault>,
    #[serde(rename = "sessionId")]
    pub(super) session: Option<String>,
}

/// Why an order was not followed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fault {
    #[serde(default)]
    pub(super) message: String,
}

/// No message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoMessage {
    /// Not in time.
    Late,
    /// And there will be none: the browser has ended.
    Gone,
}

pub(super) struct Wire {
    orders: SyncSender<Vec<u8>>,
    messages: Receiver<Message>,
}

impl Wire {
    pub(super) fn new(
        mut to: impl Write + Send + 'static,
        from: impl Read + Send + 'static,
    ) -> std::io::Result<Self> {
        let (orders, written) = sync_channel::<Vec<u8>>(WAITING_OUT);
        let (read, messages) = sync_channel(WAITING_IN);
        std::thread::Builder::new().spawn(move || {
            while let Ok(mut order) = written.recv() {
                order.push(0);
                if to.write_all(&order).and_then(|()| to.flush()).is_err() {
                    return;
                }
            }
        })?;
        std::thread::Builder::new().spawn(move || {
            let mut from = BufReader::with_capacity(64 * 1024, from);
            while let Some(message) = read_message(&mut from, MESSAGE) {
                if read.send(message).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { orders, messages })
    }

    pub(super) fn send(&self, order: &Value) -> Result<(), NoMessage> {
        self.orders.try_send(order.to_string().into_bytes()).map_err(|error| match error {
            TrySendError::Full(_) => NoMessage::Late,
            TrySendError::Disconnected(_) => NoMessage::Gone,
        })
    }

    pub(super) fn receive(&self, until: Instant) -> Result<Message, NoMessage> {
        let left = until.saturating_duration_since(Instant::now());
        self.messages.recv_timeout(left).map_err(|error| match error {
            RecvTimeoutError::Timeout => NoMessage::Late,
            RecvTimeoutError::Disconnected => NoMessage::Gone,
        })
    }
}

/// The next message; none at the end.
fn read_message(from: &mut impl BufRead, most: usize) -> Option<Message> {
    let mut bytes = Vec::new();
    let mut over = false;
    loop {
        let piece = match from.fill_buf() {
            Ok(piece) if !piece.is_empty() => piece,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            _ => return None,
        };
        let end = piece.iter().position(|byte| *byte == 0);
        let part = piece.get(..end.unwrap_or(piece.len())).unwrap_or_default();
        let room = most - bytes.len();
        over |= part.len() > room;
        bytes.extend_from_slice(part.get(..part.len().min(room)).unwrap_or_default());
        let used = part.len() + usize::from(end.is_some());
        from.consume(used);
        if end.is_some() {
            break;
        }
    }
    let fault = |message: &str| Some(Fault { message: message.to_owned() });
    if over {
        let error = fault("an answer that is too long");
        return Some(Message { id: number(&bytes), error, ..Message::default() });
    }
    Some(serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        let error = fault("an answer that cannot be read");
        Message { id: number(&bytes), error, ..Message::default() }
    }))
}

/// The number at the beginning of an answer, `{"id":12,`.
fn number(bytes: &[u8]) -> Option<u64> {
    let digits = bytes.strip_prefix(br#"{"id":"#)?;
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(digits.get(..end)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(mut bytes: &[u8], most: usize) -> Vec<Message> {
        std::iter::from_fn(|| read_message(&mut bytes, most)).collect()
    }

    #[test]
    fn what_is_too_long_or_no_json_is_said_and_the_next_message_is_read() {
        let bytes = b"{\"id\":1,\"result\":{}}\0{\"id\":7,\"result\":\"0123456789012345678901234567890\"}\0\
            {\"method\":\"Page.x\"}\0{\"id\":9,oh}\0cut";
        let found = all(bytes, 40);
        assert_eq!(
            found.iter().map(|m| m.id).collect::<Vec<_>>(),
            [Some(1), Some(7), None, Some(9)]
        );
        assert_eq!(found[1].error.as_ref().unwrap().message, "an answer that is too long");
        assert_eq!(found[2].method, "Page.x");
        assert_eq!(found[3].error.as_ref().unwrap().message, "an answer that cannot be read");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_are_as_many_messages_as_they_have_ends(bytes: Vec<u8>) {
            let ends = bytes.split(|byte| *byte == 0).count() - 1;
            prop_assert_eq!(all(&bytes, 16).len(), ends);
        }
    }
}
