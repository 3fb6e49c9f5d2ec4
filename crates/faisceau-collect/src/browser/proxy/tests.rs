//! The proxy over real sockets, and what it reads.

use std::io::Read;
use std::sync::atomic::AtomicUsize;

use proptest::prelude::*;

use super::request::read_target;
use super::*;

const MANY: Limits = Limits { connections: 20, at_once: 20, bytes: 1 << 20, bytes_each: 1 << 19 };

/// A server that answers each connection's first request and stays open; it gives what it read.
fn server(answer: &'static [u8]) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let read = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&read);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let list = Arc::clone(&list);
            std::thread::spawn(move || {
                let mut piece = [0; 4_096];
                while let Ok(len @ 1..) = stream.read(&mut piece) {
                    list.lock().unwrap().push(String::from_utf8_lossy(&piece[..len]).into_owned());
                    if stream.write_all(answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (address, read)
}

fn start(dial: Arc<Dial>, announced: Option<Arc<Announced>>, limits: Limits) -> Proxy {
    let deadline = Instant::now() + Duration::from_secs(30);
    Proxy::start(dial, announced, limits, Timestamp::UNIX_EPOCH, deadline).unwrap()
}

fn to(remote: SocketAddr) -> Arc<Dial> {
    Arc::new(move |_, _| Ok(Dialled { stream: TcpStream::connect(remote)?, remote }))
}

fn ask(proxy: &Proxy, request: &[u8]) -> (TcpStream, Vec<u8>) {
    let mut stream = TcpStream::connect(proxy.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(request).unwrap();
    let mut piece = [0; 4_096];
    let len = stream.read(&mut piece).unwrap_or_default();
    (stream, piece[..len].to_vec())
}

#[test]
fn a_tunnel_passes_bytes_and_counts_them() {
    let (remote, read) = server(b"pong");
    let proxy = start(to(remote), None, MANY);
    let (mut stream, answer) = ask(&proxy, b"CONNECT [2001:DB8::1]:443 HTTP/1.1\r\n\r\n");
    assert_eq!(answer, b"HTTP/1.1 200 OK\r\n\r\n");
    stream.write_all(b"ping!").unwrap();
    let mut pong = [0; 4];
    stream.read_exact(&mut pong).unwrap();
    drop(stream);
    std::thread::sleep(Duration::from_millis(400));
    let (connections, turned_away) = proxy.finish();
    assert_eq!((connections.len(), turned_away), (1, 0));
    let one = &connections[0];
    assert_eq!((&*one.method, &*one.host, one.port), ("CONNECT", "2001:db8::1", 443));
    assert_eq!((one.up, one.down, one.reached, &one.refused), (5, 4, Some(remote), &None));
    assert_eq!((&pong, read.lock().unwrap().as_slice()), (b"pong", &["ping!".to_owned()][..]));
    assert!(one.millis.is_some() && one.local.is_some());
}

#[test]
fn a_request_is_alone_on_its_connection() {
    let (remote, read) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    let proxy = start(to(remote), None, MANY);
    let request = b"POST http://one.example:8080/a?b HTTP/1.1\r\nHost: one.example:8080\r\n\
        Proxy-Connection: keep-alive\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nbody";
    let (mut stream, answer) = ask(&proxy, request);
    assert!(answer.ends_with(b"hi"));
    // The next one is for another host, on the same connection: nothing of it is sent on.
    stream.write_all(b"GET http://two.example/ HTTP/1.1\r\n\r\n").unwrap();
    let mut rest = Vec::new();
    assert!(matches!(stream.read_to_end(&mut rest), Ok(0) | Err(_)));
    let sent = read.lock().unwrap().concat();
    let expected = "POST /a?b HTTP/1.1\r\nHost: one.example:8080\r\nContent-Length: 4\r\n\
        Connection: close\r\n\r\nbody";
    assert_eq!(sent, expected);
    let (connections, _) = proxy.finish();
    assert_eq!(connections[0].up, expected.len() as u64);
}

#[test]
fn what_is_refused_is_not_dialled_and_is_written_down() {
    let dials = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&dials);
    let dial: Arc<Dial> = Arc::new(move |host, _| {
        count.fetch_add(1, Ordering::Relaxed);
        Err(io::Error::other(format!("{host} is private")))
    });
    let announced = Arc::new(Announced::default());
    announced.add("known.example", 443);
    let proxy = start(dial, Some(Arc::clone(&announced)), MANY);
    let (_, answer) = ask(&proxy, b"CONNECT known.example:443 HTTP/1.1\r\n\r\n");
    assert!(answer.starts_with(b"HTTP/1.1 403 "));
    // The same host on another port, and over HTTP: no answer that could be taken for the site's.
    let (_, answer) = ask(&proxy, b"GET http://known.example/ HTTP/1.1\r\n\r\n");
    assert_eq!(answer, b"");
    for odd in ["GET / HTTP/1.1\r\n\r\n", "GET ftp://a/ HTTP/1.1\r\n\r\n", "\x16\x03\x01\r\n\r\n"] {
        assert_eq!(ask(&proxy, odd.as_bytes()).1, b"", "{odd}");
    }
    assert_eq!(dials.load(Ordering::Relaxed), 1);
    let (connections, _) = proxy.finish();
    let why: Vec<_> = connections.iter().map(|one| one.refused.as_deref().unwrap()).collect();
    let none = "no request of the page named this host";
    let odd = ["no address of a resource", "another scheme than http", "no request line"];
    assert_eq!(why, [&["known.example is private", none][..], &odd[..]].concat());
}

#[test]
fn a_host_that_is_announced_late_is_dialled_then() {
    let (remote, _) = server(b"x");
    let announced = Arc::new(Announced::default());
    let proxy = start(to(remote), Some(Arc::clone(&announced)), MANY);
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        announced.add("Late.example", 443);
    });
    let (_, answer) = ask(&proxy, b"CONNECT late.example:443 HTTP/1.1\r\n\r\n");
    assert!(answer.starts_with(b"HTTP/1.1 200 "));
    late.join().unwrap();
}

#[test]
fn bytes_and_connections_are_limited() {
    let (remote, _) = server(vec![7; 60_000].leak());
    let connect = b"CONNECT a.example:443 HTTP/1.1\r\n\r\n";
    let take = |limits| {
        let proxy = start(to(remote), None, limits);
        let (mut stream, _) = ask(&proxy, connect);
        for _ in 0..4 {
            let _ = stream.write_all(b"more");
            std::thread::sleep(Duration::from_millis(50));
        }
        let mut piece = [0; 4_096];
        let mut all = 0;
        while let Ok(len @ 1..) = stream.read(&mut piece) {
            all += len;
        }
        assert!((50_000..=100_000).contains(&all), "{all}");
        proxy.finish().0.remove(0).refused.unwrap()
    };
    let each = take(Limits { bytes_each: 100_000, ..MANY });
    assert_eq!(each, "more than 100000 bytes");
    let all = take(Limits { bytes: 100_000, ..MANY });
    assert_eq!(all, "more than 100000 bytes altogether");

    let proxy = start(to(remote), None, Limits { connections: 3, at_once: 2, ..MANY });
    let (first, _) = ask(&proxy, connect);
    let (_second, _) = ask(&proxy, connect);
    assert_eq!(ask(&proxy, connect).1, b"", "a third at a time");
    drop(first);
    std::thread::sleep(Duration::from_millis(400));
    let (third, answer) = ask(&proxy, connect);
    assert!(answer.starts_with(b"HTTP/1.1 200 "));
    drop(third);
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(ask(&proxy, connect).1, b"", "a fourth altogether");
    let (connections, turned_away) = proxy.finish();
    assert_eq!((connections.len(), turned_away), (3, 2));
}

#[test]
fn a_request_of_a_body_without_a_length_is_none() {
    let read = |fields: &str| {
        read_target(format!("POST http://a.example/ HTTP/1.1\r\n{fields}\r\n\r\n").as_bytes())
    };
    assert_eq!(read("Transfer-Encoding: chunked"), Err("a body of unknown length"));
    assert_eq!(read("Content-Length: 1\r\nContent-Length: 2"), Err("two lengths of one body"));
    assert_eq!(read("Content-Length: -1"), Err("no length of a body"));
    assert_eq!(read("no colon"), Err("a field without a colon"));
    assert_eq!(read("Content-Length: 7\r\nX: y").unwrap().body, 7);
    let connect =
        |target: &str| read_target(format!("CONNECT {target} HTTP/1.1\r\n\r\n").as_bytes());
    for target in ["a.example", "a.example:99999", ":443", "http://a.example:1", "a b:1"] {
        assert!(connect(target).is_err(), "{target}");
    }
    assert_eq!(connect("0x7f.1:80").unwrap().host, "127.0.0.1");
}

proptest! {
    #[test]
    fn arbitrary_heads_never_panic_and_hold_one_request(
        head in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "(GET|CONNECT|PO ST) (http://)?[a-z:\\[\\]/?#@.%0-9]{0,30} HTTP/1.[01]\r\n[ -~\r\n]{0,60}"
                .prop_map(String::into_bytes),
        ],
    ) {
        if let Ok(Target { forward: Some(forward), host, .. }) = read_target(&head) {
            prop_assert!(!host.is_empty());
            let ends = forward.windows(4).filter(|window| window == b"\r\n\r\n").count();
            prop_assert_eq!(ends, 1);
        }
    }
}
