//! The fuzz target of HTTP responses: as they arrive in pieces, and as they were recorded.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a broken
//! promise: an end that depends on the pieces, or a response that is complete as it arrives and not
//! when it is read.

#![no_main]

use faisceau_archive::message::{Flaw, Framing, MessageError, Step, interim_length, response};
use libfuzzer_sys::fuzz_target;

const LIMIT: u64 = 1 << 20;

fuzz_target!(|data: &[u8]| {
    let Some((how, raw)) = data.split_first() else { return };
    let is_head = how & 0x80 != 0;
    let whole = framed(raw, is_head, raw.len());
    let framed = framed(raw, is_head, usize::from(how & 0x7f) + 1);
    // What is wrong may be seen before the end of a piece; where the response ends may not differ.
    match (&whole, &framed) {
        (Ok(a), Ok(b)) => assert_eq!(a, b),
        (Err(_), Err(_)) => {}
        _ => panic!("{whole:?} at once, {framed:?} in pieces"),
    }
    let read = response(raw, is_head, LIMIT);
    let _ = interim_length(raw);
    let (status, at) = match whole {
        Ok((Step::Complete { at }, status)) => (status, at),
        Ok((Step::More, status)) => (status, raw.len()),
        Err(_) => return,
    };
    let alone = response(&raw[..at], is_head, LIMIT).expect("it came whole");
    assert_eq!(Some(alone.status), status);
    assert_eq!(alone.body_at as u64 + alone.body_sent, at as u64, "{alone:?}");
    let cut = |flaw: &Flaw| {
        matches!(
            flaw,
            Flaw::Cut { .. } | Flaw::ChunksCut { .. } | Flaw::Chunk { .. } | Flaw::Trailing(_)
        )
    };
    assert!(!alone.flaws.iter().any(cut), "{alone:?}");
    let read = read.expect("more bytes make it no less readable");
    assert_eq!(read.body, alone.body);
});

fn framed(raw: &[u8], is_head: bool, piece: usize) -> Result<(Step, Option<u16>), MessageError> {
    let mut framing = Framing::new(is_head);
    for end in (0..raw.len()).step_by(piece.max(1)).chain([raw.len()]) {
        if let complete @ Step::Complete { .. } = framing.feed(&raw[..end])? {
            return Ok((complete, framing.status()));
        }
    }
    framing.closed(raw)?;
    Ok((Step::More, framing.status()))
}
