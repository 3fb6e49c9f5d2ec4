//! Questions over UDP, many at a time on one socket.
//!
//! In: the questions of a lane. Out: their ends, and those that are to be asked over TCP. A resolver
//! that never answered is left alone, and the questions that were not asked have no end. The
//! socket is connected, so that the system drops what other sources send; each question has a
//! random number of its own, and its answer repeats the question. What fits none of them is
//! counted and changes nothing.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::dns::ask::{Asked, End, GIVE_UP, Lane};
use crate::dns::wire::{self, Arrived};

/// How long a read waits before time-outs and pace are looked at again.
const TICK: Duration = Duration::from_millis(5);
/// The longest datagram.
const LONGEST: usize = 65_535;

/// A question on its way.
struct Flight {
    index: usize,
    attempt: u8,
    at: Timestamp,
    deadline: Instant,
}

/// What is left to do after UDP.
pub(crate) struct Found {
    /// The questions whose answers were cut or cannot be read.
    pub(crate) cut: Vec<usize>,
    /// Whether the resolver was left alone because it never answers.
    pub(crate) gave_up: bool,
}

/// Asks over UDP.
///
/// # Errors
/// When the resolver cannot be reached from this machine; nothing was sent then.
pub(crate) fn ask(lane: &mut Lane<'_>, todo: &[usize], server: SocketAddr) -> io::Result<Found> {
    let socket = connected(server)?;
    socket.set_read_timeout(Some(TICK))?;
    let mut buffer = vec![0; LONGEST];
    let mut state = State {
        fresh: todo.iter().copied().collect(),
        again: VecDeque::new(),
        flights: BTreeMap::new(),
        deadlines: VecDeque::new(),
        cut: Vec::new(),
        answered: false,
        gave_up: false,
        done: 0,
        total: todo.len() as u64,
    };
    loop {
        let now = Instant::now();
        state.expire(lane, now);
        state.send(lane, &socket, now);
        if state.flights.is_empty() && state.again.is_empty() && state.fresh.is_empty() {
            state.cut.sort_unstable();
            return Ok(Found { cut: state.cut, gave_up: state.gave_up });
        }
        // Errors of a read are those of a datagram sent before: its time-out answers for it.
        match socket.recv(&mut buffer) {
            Ok(len) => state.arrived(lane, buffer.get(..len).unwrap_or_default()),
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            // A read that fails at once must not spin.
            Err(_) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

fn connected(resolver: SocketAddr) -> io::Result<UdpSocket> {
    let any: SocketAddr = match resolver {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any)?;
    socket.connect(resolver)?;
    Ok(socket)
}

/// Where the questions of a lane are.
struct State {
    fresh: VecDeque<usize>,
    /// Questions to ask again, with the number of the attempt.
    again: VecDeque<(usize, u8)>,
    flights: BTreeMap<u16, Flight>,
    /// In the order of sending, which is that of time: all wait equally long.
    deadlines: VecDeque<(Instant, u16)>,
    cut: Vec<usize>,
    answered: bool,
    gave_up: bool,
    done: u64,
    total: u64,
}

impl State {
    fn expire(&mut self, lane: &mut Lane<'_>, now: Instant) {
        while let Some((deadline, id)) = self.deadlines.front().copied() {
            if deadline > now {
                return;
            }
            self.deadlines.pop_front();
            // The number may be that of a later question by now.
            if self.flights.get(&id).is_none_or(|flight| flight.deadline != deadline) {
                continue;
            }
            let Some(flight) = self.flights.remove(&id) else { continue };
            if flight.attempt < lane.settings.retries {
                self.again.push_back((flight.index, flight.attempt + 1));
            } else {
                self.end(lane, &flight, End::Silence);
                if !self.answered && self.done >= GIVE_UP && !self.fresh.is_empty() {
                    self.fresh.clear();
                    self.gave_up = true;
                }
            }
        }
    }

    fn send(&mut self, lane: &mut Lane<'_>, socket: &UdpSocket, now: Instant) {
        while self.flights.len() < usize::from(lane.settings.concurrency.max(1)) {
            if (self.again.is_empty() && self.fresh.is_empty()) || !lane.pace.allows(now) {
                return;
            }
            let first = || self.fresh.pop_front().map(|index| (index, 0));
            let Some((index, attempt)) = self.again.pop_front().or_else(first) else { return };
            let Some(encoded) = lane.questions.get(index) else { continue };
            let id = self.free_number();
            let mut bytes = encoded.bytes.clone();
            wire::set_number(&mut bytes, id);
            let at = (lane.clock)();
            // What could not leave is lost like what got lost on the way: it is asked again. The
            // first failure may be of a datagram before this one.
            if socket.send(&bytes).is_err() {
                let _ = socket.send(&bytes);
            }
            lane.tally.sent += 1;
            lane.tally.again += u64::from(attempt > 0);
            let deadline = now + lane.settings.timeout;
            self.flights.insert(id, Flight { index, attempt, at, deadline });
            self.deadlines.push_back((deadline, id));
        }
    }

    /// A random number that no question on its way has. These are at most a few hundred.
    fn free_number(&self) -> u16 {
        loop {
            let id = rand::random();
            if !self.flights.contains_key(&id) {
                return id;
            }
        }
    }

    fn arrived(&mut self, lane: &mut Lane<'_>, bytes: &[u8]) {
        let flight = wire::number(bytes).and_then(|id| Some((id, self.flights.get(&id)?)));
        let encoded = flight.and_then(|(id, flight)| Some((id, lane.questions.get(flight.index)?)));
        let Some((id, encoded)) = encoded else {
            lane.tally.foreign += 1;
            return;
        };
        let arrived = wire::decode(bytes, id, encoded.question, lane.keep);
        if arrived == Arrived::Foreign {
            lane.tally.foreign += 1;
            return;
        }
        let Some(flight) = self.flights.remove(&id) else { return };
        self.answered = true;
        if let Arrived::Reply(reply) = arrived {
            self.end(lane, &flight, End::Reply(reply));
        } else {
            // Until TCP says more.
            self.end(lane, &flight, End::Unreadable);
            self.cut.push(flight.index);
        }
    }

    fn end(&mut self, lane: &mut Lane<'_>, flight: &Flight, end: End) {
        let asked = Asked { at: flight.at, resolver: lane.resolver, end };
        if let Some(place) = lane.ends.get_mut(flight.index) {
            *place = Some(asked);
        }
        self.done += 1;
        (lane.progress)(self.done, self.total);
    }
}
