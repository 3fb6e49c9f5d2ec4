//! Questions over TCP, for answers that do not fit a datagram (RFC 7766).
//!
//! In: the questions whose answer was cut. Out: their ends. A server has until the time-out for
//! the whole of an exchange, however slowly it drips.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::dns::ask::{Asked, Encoded, End, Lane, Tally};
use crate::dns::wire::{self, Arrived};
use crate::pace::Pace;

/// Connections at a time.
const CONNECTIONS: usize = 8;

/// Asks over TCP. Each question of `todo` has an end afterwards.
pub(crate) fn ask(lane: &mut Lane<'_>, todo: &[usize]) {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, Asked)>> = Mutex::new(Vec::new());
    let pace = Mutex::new(&mut *lane.pace);
    let tally = Mutex::new(&mut *lane.tally);
    let (resolver, questions, clock) = (lane.resolver, lane.questions, lane.clock);
    let (timeout, retries) = (lane.settings.timeout, lane.settings.retries);
    let one = |encoded: &Encoded<'_>| {
        let mut asked = Asked { at: clock(), resolver, end: End::Silence };
        for attempt in 0..=retries {
            wait(&pace);
            asked.at = clock();
            let mut counts = tally.lock().unwrap_or_else(PoisonError::into_inner);
            count(&mut counts, attempt);
            drop(counts);
            match exchange(resolver, encoded, timeout) {
                Ok(Arrived::Reply(reply)) => {
                    asked.end = End::Reply(reply);
                    return asked;
                }
                Ok(Arrived::Unreadable | Arrived::Cut) => asked.end = End::Unreadable,
                Ok(Arrived::Foreign) => {
                    tally.lock().unwrap_or_else(PoisonError::into_inner).foreign += 1;
                }
                Err(_) => {}
            }
        }
        asked
    };
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS.min(todo.len()) {
            scope.spawn(|| {
                while let Some(index) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(encoded) = questions.get(*index) else { continue };
                    let asked = one(encoded);
                    found.lock().unwrap_or_else(PoisonError::into_inner).push((*index, asked));
                }
            });
        }
    });
    for (index, asked) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Some(place) = lane.ends.get_mut(index) {
            *place = Some(asked);
        }
    }
}

fn count(tally: &mut Tally, attempt: u8) {
    tally.sent += 1;
    tally.over_tcp += u64::from(attempt == 0);
    tally.again += u64::from(attempt > 0);
}

fn wait(pace: &Mutex<&mut Pace>) {
    while !pace.lock().unwrap_or_else(PoisonError::into_inner).allows(Instant::now()) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// One question, one connection.
fn exchange(resolver: SocketAddr, encoded: &Encoded<'_>, timeout: Duration) -> io::Result<Arrived> {
    let deadline = Instant::now() + timeout;
    let mut stream = TcpStream::connect_timeout(&resolver, timeout)?;
    stream.set_nodelay(true)?;
    let id = rand::random();
    let mut question = encoded.bytes.clone();
    wire::set_number(&mut question, id);
    let mut bytes = (question.len() as u16).to_be_bytes().to_vec();
    bytes.extend(question);
    stream.set_write_timeout(Some(left(deadline)?))?;
    stream.write_all(&bytes)?;
    let mut length = [0; 2];
    read(&mut stream, &mut length, deadline)?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    read(&mut stream, &mut answer, deadline)?;
    Ok(wire::decode(&answer, id, encoded.question))
}

fn read(stream: &mut TcpStream, mut into: &mut [u8], deadline: Instant) -> io::Result<()> {
    while !into.is_empty() {
        stream.set_read_timeout(Some(left(deadline)?))?;
        match stream.read(into) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(len) => into = into.get_mut(len..).unwrap_or_default(),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
}
