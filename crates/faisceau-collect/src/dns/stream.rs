//! Questions over a stream: TCP, for answers that do not fit a datagram (RFC 7766), or TLS
//! (RFC 7858).
//!
//! In: questions, and what opens a stream. Out: their ends. A server has until the time-out for
//! the whole of an exchange, however slowly it drips. Over TLS a stream is kept for the next
//! question, for opening one costs more than asking.

use std::io::{self, ErrorKind, Read};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use crate::dns::ask::{Asked, Encoded, End, GIVE_UP_STREAM, Lane, Tally};
use crate::dns::question::Question;
use crate::dns::ways::ReadWrite;
use crate::dns::wire::{self, Arrived};
use crate::pace::Pace;

/// Streams at a time.
const STREAMS: usize = 8;

pub(crate) type Stream = Box<dyn ReadWrite + Send>;
pub(crate) type Connect<'c> = dyn Fn() -> io::Result<Stream> + Sync + 'c;

/// Whether a stream is what a resolver is always asked over, or only what did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// After UDP: one question a stream.
    AfterUdp,
    /// Always: streams are kept open, and a resolver that never answers is left alone.
    Always,
}

/// What the threads share.
struct Shared<'s, 'l> {
    connect: &'s Connect<'s>,
    lane: &'s LaneOf<'l>,
    pace: Mutex<&'s mut Pace>,
    tally: Mutex<&'s mut Tally>,
    answered: AtomicBool,
    silent: AtomicUsize,
    how: Use,
}

/// The parts of a lane that only are read.
struct LaneOf<'l> {
    resolver: usize,
    questions: &'l [Encoded<'l>],
    settings: &'l crate::dns::ask::Settings,
    clock: &'l crate::Clock<'l>,
    keep: bool,
}

/// Asks over streams. Gives whether the resolver was left alone, for it never answered; questions
/// of `todo` without an end were not asked then.
pub(crate) fn ask(lane: &mut Lane<'_>, todo: &[usize], connect: &Connect<'_>, how: Use) -> bool {
    let of = LaneOf {
        resolver: lane.resolver,
        questions: lane.questions,
        settings: lane.settings,
        clock: lane.clock,
        keep: lane.keep,
    };
    let shared = Shared {
        connect,
        lane: &of,
        pace: Mutex::new(&mut *lane.pace),
        tally: Mutex::new(&mut *lane.tally),
        answered: AtomicBool::new(false),
        silent: AtomicUsize::new(0),
        how,
    };
    let next = AtomicUsize::new(0);
    let (ends, progress) = (&mut *lane.ends, &mut *lane.progress);
    let (found, arriving) = mpsc::channel::<(usize, Asked)>();
    std::thread::scope(|scope| {
        for _ in 0..STREAMS.min(todo.len()) {
            let (found, shared, next) = (found.clone(), &shared, &next);
            scope.spawn(move || {
                let mut stream = None;
                while !shared.gave_up()
                    && let Some(index) = todo.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let Some(encoded) = shared.lane.questions.get(*index) else { continue };
                    let asked = shared.one(encoded, &mut stream);
                    // The receiver outlives the threads.
                    let _ = found.send((*index, asked));
                }
            });
        }
        drop(found);
        for (done, (index, asked)) in (1_u64..).zip(arriving) {
            if let Some(place) = ends.get_mut(index) {
                *place = Some(asked);
            }
            if how == Use::Always {
                progress(done, todo.len() as u64);
            }
        }
    });
    shared.gave_up()
}

impl<'s> Shared<'s, '_> {
    fn gave_up(&self) -> bool {
        self.how == Use::Always
            && !self.answered.load(Ordering::Relaxed)
            && self.silent.load(Ordering::Relaxed) >= GIVE_UP_STREAM
    }

    fn one(&self, encoded: &Encoded<'_>, stream: &mut Option<Stream>) -> Asked {
        let (lane, timeout) = (self.lane, self.lane.settings.timeout);
        let mut asked = Asked { at: (lane.clock)(), resolver: lane.resolver, end: End::Silence };
        for attempt in 0..=lane.settings.retries {
            wait(&self.pace);
            asked.at = (lane.clock)();
            self.count(attempt);
            let got = exchange(stream, self.connect, encoded, timeout, lane.keep);
            if !matches!(got, Ok(Arrived::Reply(_))) || self.how == Use::AfterUdp {
                // What comes late on this stream would be taken for the next answer.
                *stream = None;
            }
            if got.is_ok() {
                self.answered.store(true, Ordering::Relaxed);
            }
            match got {
                Ok(Arrived::Reply(reply)) => {
                    asked.end = End::Reply(reply);
                    return asked;
                }
                Ok(Arrived::Unreadable | Arrived::Cut) => asked.end = End::Unreadable,
                Ok(Arrived::Foreign) => self.tally().foreign += 1,
                Err(_) => {}
            }
        }
        self.silent.fetch_add(1, Ordering::Relaxed);
        asked
    }

    fn tally(&self) -> MutexGuard<'_, &'s mut Tally> {
        // A thread that died has left whole numbers behind.
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, attempt: u8) {
        let mut tally = self.tally();
        tally.sent += 1;
        tally.over_tcp += u64::from(attempt == 0 && self.how == Use::AfterUdp);
        tally.again += u64::from(attempt > 0);
    }
}

fn wait(pace: &Mutex<&mut Pace>) {
    while !pace.lock().unwrap_or_else(PoisonError::into_inner).allows(Instant::now()) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// One question on a stream, which is opened where there is none.
fn exchange(
    kept: &mut Option<Stream>,
    connect: &Connect<'_>,
    encoded: &Encoded<'_>,
    timeout: Duration,
    keep: bool,
) -> io::Result<Arrived> {
    let deadline = Instant::now() + timeout;
    let stream = match kept {
        Some(stream) => stream,
        None => kept.insert(connect()?),
    };
    let id = rand::random();
    let bytes = framed(&encoded.bytes, id);
    stream.set_timeout(left(deadline)?)?;
    stream.write_all(&bytes)?;
    stream.flush()?;
    receive(&mut **stream, id, encoded.question, deadline, keep)
}

/// A question with its number, and its length before it (RFC 1035, section 4.2.2).
fn framed(question: &[u8], id: u16) -> Vec<u8> {
    let mut question = question.to_vec();
    wire::set_number(&mut question, id);
    // A question has a name of at most 255 bytes.
    let mut bytes = (question.len() as u16).to_be_bytes().to_vec();
    bytes.extend(question);
    bytes
}

fn receive(
    stream: &mut dyn ReadWrite,
    id: u16,
    question: &Question,
    deadline: Instant,
    keep: bool,
) -> io::Result<Arrived> {
    let mut length = [0; 2];
    read(stream, &mut length, deadline)?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    read(stream, &mut answer, deadline)?;
    Ok(wire::decode(&answer, id, question, keep))
}

fn read(stream: &mut dyn ReadWrite, mut into: &mut [u8], deadline: Instant) -> io::Result<()> {
    while !into.is_empty() {
        stream.set_timeout(left(deadline)?)?;
        match Read::read(stream, into) {
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
