//! A site on loopback for the browser, and a dialer that reaches only it.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use faisceau_collect::browser::{Dial, Dialled};

/// Status, fields, body.
pub(crate) type Page = (u16, Vec<(&'static str, String)>, Vec<u8>);

/// The site; its threads end with the test process.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    /// The request lines that came, with the host that was asked for.
    seen: Arc<Mutex<Vec<String>>>,
}

/// A page of HTML.
pub(crate) fn html(text: &str) -> Page {
    let kind = ("Content-Type", "text/html; charset=utf-8".to_owned());
    (200, vec![kind], text.as_bytes().to_vec())
}

impl Site {
    /// Serves pages by path. The paths `/endless` and `/events` never end, `/silent`
    /// never begins.
    pub(crate) fn start(pages: &[(&'static str, Page)]) -> Self {
        let pages: BTreeMap<&'static str, Page> = pages.iter().cloned().collect();
        let pages = Arc::new(pages);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (pages, list) = (Arc::clone(&pages), Arc::clone(&list));
                std::thread::spawn(move || serve(stream, &pages, &list));
            }
        });
        Self { address, seen }
    }

    /// What was asked for, such as `GET /a site.example`.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// Connects `site.example` on any port to this site; refuses every other host.
    pub(crate) fn dial(&self) -> Arc<Dial> {
        self.dial_also(&[])
    }

    /// The same for other names beside it.
    pub(crate) fn dial_also(&self, hosts: &'static [&'static str]) -> Arc<Dial> {
        let remote = self.address;
        Arc::new(move |host: &str, _| {
            if host != "site.example" && !hosts.contains(&host) {
                return Err(io::Error::new(ErrorKind::PermissionDenied, "not a public address"));
            }
            let stream = TcpStream::connect_timeout(&remote, Duration::from_secs(5))?;
            Ok(Dialled { stream, remote })
        })
    }
}

fn serve(
    mut stream: TcpStream,
    pages: &BTreeMap<&'static str, Page>,
    seen: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let host = head.lines().find_map(|line| line.strip_prefix("Host: ")).unwrap_or_default();
    let mut words = head.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    seen.lock().unwrap().push(format!("{method} {path} {host}"));
    match path {
        "/endless" => {
            let start = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n";
            stream.write_all(start).ok()?;
            while stream.write_all(&[b' '; 4_096]).is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        "/events" => {
            let start = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
            stream.write_all(start).ok()?;
            while stream.write_all(b"data: x\n\n").is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "/silent" => std::thread::sleep(Duration::from_mins(10)),
        _ => {
            let none = (404, Vec::new(), Vec::new());
            let (status, fields, body) = pages.get(path).unwrap_or(&none);
            let mut answer = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
            for (name, value) in fields {
                answer.extend([name, ": ", value, "\r\n"]);
            }
            stream.write_all(answer.as_bytes()).ok()?;
            stream.write_all(b"\r\n").ok()?;
            stream.write_all(body).ok()?;
            // Stays open, as servers do.
            std::thread::sleep(Duration::from_millis(300));
        }
    }
    Some(())
}
