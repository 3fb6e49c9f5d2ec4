//! Bytes between the browser and a host.
//!
//! In: both streams, what was already read. Out: when both have nothing more to say, or why it was
//! cut. A request over HTTP is alone on its connection: what the browser sends behind it is meant
//! for another host perhaps, so it ends the connection and the browser asks again.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Shared;
use super::log::Counters;
use super::request::{TICK, Target, is_timeout};

/// How long one side may refuse to take bytes.
const WRITE: Duration = Duration::from_secs(20);

struct Pass<'p> {
    shared: &'p Shared,
    entry: &'p Counters,
    /// The browser has left.
    left: AtomicBool,
}

pub(super) fn run(
    client: &mut TcpStream,
    mut server: TcpStream,
    rest: &[u8],
    target: &Target,
    shared: &Arc<Shared>,
    entry: &Arc<Counters>,
) -> Result<(), String> {
    let pass = Pass { shared, entry, left: AtomicBool::new(false) };
    for stream in [&*client, &server] {
        let set = stream.set_read_timeout(Some(TICK)).and(stream.set_write_timeout(Some(WRITE)));
        set.and(stream.set_nodelay(true)).map_err(|e| e.to_string())?;
    }
    // What the browser may still send.
    let mut allowed = None;
    if let Some(head) = &target.forward {
        let body = rest.get(..(target.body as usize).min(rest.len())).unwrap_or_default();
        pass.count(true, head.len())?;
        server.write_all(head).map_err(|e| e.to_string())?;
        pass.count(true, body.len())?;
        server.write_all(body).map_err(|e| e.to_string())?;
        allowed = Some(target.body.saturating_sub(body.len() as u64));
    } else {
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").map_err(|e| e.to_string())?;
        pass.count(true, rest.len())?;
        server.write_all(rest).map_err(|e| e.to_string())?;
    }
    let (from, to) = (client.try_clone(), server.try_clone());
    let (Ok(mut from), Ok(mut to)) = (from, to) else { return Err("no more streams".to_owned()) };
    std::thread::scope(|scope| {
        let pass = &pass;
        let up = std::thread::Builder::new().spawn_scoped(scope, move || {
            let end = pass.up(&mut from, &mut to, allowed);
            pass.left.store(true, Ordering::Relaxed);
            let _ = to.shutdown(if end.is_ok() { Shutdown::Write } else { Shutdown::Both });
            end
        });
        let down = pass.down(&mut server, client);
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
        let up = up.map_err(|e| e.to_string())?.join().unwrap_or(Ok(()));
        up.and(down)
    })
}

impl Pass<'_> {
    fn count(&self, up: bool, bytes: usize) -> Result<(), String> {
        self.entry.add(up, bytes as u64);
        if self.entry.bytes() > self.shared.limits.bytes_each {
            return Err(format!("more than {} bytes", self.shared.limits.bytes_each));
        }
        if self.shared.log.add(bytes as u64) > self.shared.limits.bytes {
            return Err(format!("more than {} bytes altogether", self.shared.limits.bytes));
        }
        Ok(())
    }

    fn up(
        &self,
        from: &mut TcpStream,
        to: &mut TcpStream,
        mut allowed: Option<u64>,
    ) -> Result<(), String> {
        let mut piece = [0; 16_384];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(len) => {
                    if let Some(left) = &mut allowed {
                        // Another request: it gets a connection of its own.
                        let Some(less) = left.checked_sub(len as u64) else {
                            let _ = from.shutdown(Shutdown::Both);
                            return Ok(());
                        };
                        *left = less;
                    }
                    self.count(true, len)?;
                    if to.write_all(piece.get(..len).unwrap_or_default()).is_err() {
                        return Ok(());
                    }
                }
                Err(e) if is_timeout(e.kind()) => {
                    if self.shared.over() {
                        return Ok(());
                    }
                }
                Err(_) => return Ok(()),
            }
        }
    }

    fn down(&self, from: &mut TcpStream, to: &mut TcpStream) -> Result<(), String> {
        let mut piece = vec![0; 65_536];
        loop {
            if self.shared.over() {
                return Err("cut at the end of the capture".to_owned());
            }
            match from.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(len) => {
                    self.count(false, len)?;
                    if to.write_all(piece.get(..len).unwrap_or_default()).is_err() {
                        return Ok(());
                    }
                }
                Err(e) if is_timeout(e.kind()) => {
                    if self.left.load(Ordering::Relaxed) {
                        return Ok(());
                    }
                }
                Err(_) => return Ok(()),
            }
        }
    }
}
