//! Answers without an end, and answers that come too slowly. `Wire` bounds them all.

use std::io;
use std::time::Duration;

use crate::request::Seen;
use crate::respond::{chunk, deterministic, head};
use crate::wire::{After, Wire};

/// How many bytes leave at a time.
const BLOCK: usize = 64 * 1024;
/// How long the line of `/long-header` is.
const LINE: usize = 10_000_000;
/// Between two bytes of the slow ones.
const SECOND: Duration = Duration::from_secs(1);

/// Sends the same block again and again, until the wire refuses.
fn for_ever(wire: &mut Wire<'_>, block: &[u8]) -> io::Result<After> {
    loop {
        wire.send(block)?;
    }
}

fn header_after_header(wire: &mut Wire<'_>) -> io::Result<After> {
    wire.send(b"HTTP/1.1 200 OK\r\n")?;
    for number in 0_u64.. {
        wire.send(format!("X-{number}: {}\r\n", "a".repeat(1000)).as_bytes())?;
    }
    Ok(After::Cut)
}

fn interim_after_interim(wire: &mut Wire<'_>) -> io::Result<After> {
    for_ever(wire, "HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n".repeat(1000).as_bytes())
}

fn long_header(wire: &mut Wire<'_>) -> io::Result<After> {
    wire.send(b"HTTP/1.1 200 OK\r\nX-Long: ")?;
    let block = vec![b'a'; BLOCK];
    let mut left = LINE - "X-Long: ".len();
    while left > 0 {
        let part = block.get(..left.min(BLOCK)).unwrap_or_default();
        wire.send(part)?;
        left -= part.len();
    }
    wire.send(b"\r\nContent-Length: 3\r\nConnection: close\r\n\r\nfin")?;
    Ok(After::Close)
}

fn byte_by_byte(wire: &mut Wire<'_>, bytes: &[u8]) -> io::Result<After> {
    for byte in bytes {
        wire.send(&[*byte])?;
        wire.pause(SECOND)?;
    }
    Ok(After::Close)
}

/// The endless and the slow answers of the site.
pub(crate) fn answer(seen: &Seen, wire: &mut Wire<'_>) -> Option<io::Result<After>> {
    Some(match seen.path() {
        "/endless" => wire
            .send(&head(&["Connection: close"]))
            .and_then(|()| for_ever(wire, &deterministic(BLOCK))),
        "/endless-chunked" => wire
            .send(&head(&["Transfer-Encoding: chunked"]))
            .and_then(|()| for_ever(wire, &chunk(&deterministic(BLOCK)))),
        "/endless-chunk-line" => wire
            .send(&head(&["Transfer-Encoding: chunked"]))
            .and_then(|()| wire.send(b"7;"))
            .and_then(|()| for_ever(wire, &vec![b'a'; BLOCK])),
        "/endless-trailers" => wire
            .send(&head(&["Transfer-Encoding: chunked"]))
            .and_then(|()| wire.send(b"0\r\n"))
            .and_then(|()| for_ever(wire, "X-T: a\r\n".repeat(1000).as_bytes())),
        "/endless-headers" => header_after_header(wire),
        "/endless-interim" => interim_after_interim(wire),
        "/long-header" => long_header(wire),
        "/slow-head" => byte_by_byte(wire, &head(&["Content-Length: 0", "Connection: close"])),
        "/slow-body" => wire
            .send(&head(&["Content-Length: 50", "Connection: close"]))
            .and_then(|()| byte_by_byte(wire, &[b'.'; 50])),
        "/silent" => wire.wait_for_the_end().map(|()| After::Close),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::time::Instant;

    use super::*;
    use crate::{Site, client};

    #[test]
    fn bodies_and_heads_go_on_until_the_peer_leaves() {
        let site = Site::start().unwrap();
        let many = 8_000_000;
        let body = client::first(site.http(), "/endless", many);
        assert!(body.starts_with(b"HTTP/1.1 200 OK\r\n"));
        let (head, body) = client::parts(&client::first(site.http(), "/endless-chunked", many));
        assert!(head.contains("Transfer-Encoding: chunked\r\n"));
        assert!(body.starts_with(b"10000\r\n"));
        let one = chunk(&deterministic(BLOCK));
        assert!(body.chunks(one.len()).all(|chunk| one.starts_with(chunk)));
        for target in ["/endless-headers", "/endless-chunk-line"] {
            let bytes = client::first(site.http(), target, many);
            let ends = bytes.windows(4).filter(|window| window == b"\r\n\r\n").count();
            assert_eq!(ends, usize::from(target == "/endless-chunk-line"), "{target}");
        }
        let trailers = client::first(site.http(), "/endless-trailers", 100_000);
        assert!(client::parts(&trailers).1.starts_with(b"0\r\nX-T: a\r\nX-T: a\r\n"));
        let interim = String::from_utf8(client::first(site.http(), "/endless-interim", 100_000));
        assert!(interim.unwrap().matches("HTTP/1.1 103 Early Hints\r\n").count() > 1000);
    }

    #[test]
    fn a_peer_that_leaves_ends_what_has_no_end() {
        let site = Site::start().unwrap();
        for target in ["/endless", "/endless-chunked", "/endless-headers", "/silent"] {
            let mut stream = client::connect(site.http());
            stream.write_all(&client::request(target)).unwrap();
            while site.served() == 0 {
                std::thread::yield_now();
            }
            drop(stream);
            let left = Instant::now();
            while site.served() > 0 {
                assert!(left.elapsed() < Duration::from_secs(5), "{target} goes on");
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }

    #[test]
    fn one_line_has_ten_million_bytes() {
        let site = Site::start().unwrap();
        let (head, body) = client::parts(&client::get(site.http(), "/long-header"));
        let line = head.lines().find(|line| line.starts_with("X-Long: ")).unwrap();
        assert_eq!((line.len(), body.as_slice()), (LINE, b"fin".as_slice()));
    }

    #[test]
    fn slow_ones_take_a_second_for_each_byte() {
        let site = Site::start().unwrap();
        let started = Instant::now();
        assert_eq!(client::first(site.http(), "/slow-head", 3), b"HTT");
        let taken = started.elapsed();
        assert!(
            (Duration::from_millis(1900)..Duration::from_secs(10)).contains(&taken),
            "{taken:?}"
        );
        let head = head(&["Content-Length: 50", "Connection: close"]).len();
        let started = Instant::now();
        assert!(client::first(site.http(), "/slow-body", head + 2).ends_with(b".."));
        assert!(started.elapsed() > Duration::from_millis(900));
    }

    #[test]
    fn silence_and_what_is_without_end_do_not_outlive_the_site() {
        let site = Site::start().unwrap();
        let mut waiting: Vec<_> = ["/silent", "/slow-body", "/endless", "/endless-headers"]
            .iter()
            .map(|target| {
                let mut stream = client::connect(site.http());
                stream.write_all(&client::request(target)).unwrap();
                stream
            })
            .collect();
        while site.requests().len() < waiting.len() {
            std::thread::yield_now();
        }
        waiting[0].set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        assert!(waiting[0].read(&mut [0]).is_err(), "something came");
        let started = Instant::now();
        drop(site);
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        assert!(matches!(waiting[0].read(&mut [0]), Ok(0) | Err(_)));
    }
}
