use super::*;
use crate::{Site, client};

const SILENT: Duration = Duration::from_millis(300);

fn map(site: &Site) -> BTreeMap<String, SocketAddr> {
    let at = |name: &str, address| (name.to_owned(), address);
    [at("site.test", site.http()), at("site.test:443", site.https()), at("192.0.2.1", site.http())]
        .into()
}

/// A request to a name or an address.
fn wanted(kind: u8, host: &[u8], port: u16) -> Vec<u8> {
    [&[5, 1, 0, kind], host, &port.to_be_bytes()].concat()
}

fn domain(name: &str, port: u16) -> Vec<u8> {
    wanted(3, &[&[name.len() as u8], name.as_bytes()].concat(), port)
}

/// Sends each part and reads so many bytes after it.
fn talk(proxy: &Socks, parts: &[(&[u8], usize)]) -> (TcpStream, Vec<Vec<u8>>) {
    let mut stream = client::connect(proxy.address());
    let mut answers = Vec::new();
    for (sent, count) in parts {
        stream.write_all(sent).unwrap();
        let mut answer = vec![0; *count];
        stream.read_exact(&mut answer).unwrap();
        answers.push(answer);
    }
    (stream, answers)
}

fn fetched(mut stream: TcpStream) -> Vec<u8> {
    stream.write_all(&client::request("/style.css")).unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    all
}

#[test]
fn names_and_addresses_are_passed_on_and_recorded() {
    let site = Site::start().unwrap();
    let proxy = Socks::start(map(&site)).unwrap();
    let direct = client::get(site.http(), "/style.css");
    for request in [domain("site.test", 80), wanted(1, &[192, 0, 2, 1], 8080)] {
        let (stream, answers) = talk(&proxy, &[(&[5, 1, 0], 2), (&request, 10)]);
        assert_eq!(answers, [vec![5, 0], vec![5, 0, 0, 1, 0, 0, 0, 0, 0, 0]]);
        assert_eq!(fetched(stream), direct);
    }
    let asked: Vec<_> = proxy.asked().into_iter().map(|asked| (asked.host, asked.port)).collect();
    let address = Host::Address(Ipv4Addr::new(192, 0, 2, 1).into());
    assert_eq!(asked, [(Host::Domain("site.test".to_owned()), 80), (address, 8080)]);
    assert_eq!((proxy.connections(), site.requests().len()), (2, 3));
    // Another port of the same name is another server.
    let (_stream, answers) = talk(&proxy, &[(&[5, 1, 0], 2), (&domain("site.test", 443), 10)]);
    assert_eq!(answers[1][1], 0);
    while site.connections().1 == 0 {
        std::thread::yield_now();
    }
}

#[test]
fn what_is_not_in_the_map_is_nowhere() {
    let proxy = Socks::start(BTreeMap::new()).unwrap();
    let six = wanted(4, &Ipv6Addr::LOCALHOST.octets(), 1);
    for (request, code) in [
        (domain("elsewhere.test", 80), UNREACHABLE),
        (six, UNREACHABLE),
        (vec![5, 1, 0, 9], NO_KIND),
        ([&[5, 2, 0, 1], [0; 6].as_slice()].concat(), NO_COMMAND),
    ] {
        let (_stream, answers) = talk(&proxy, &[(&[5, 1, 0], 2), (&request, 10)]);
        assert_eq!(answers[1][1], code);
    }
    assert_eq!(proxy.asked().len(), 3);
}

#[test]
fn only_the_right_password_is_served() {
    let site = Site::start().unwrap();
    let mode = Mode::Password("nom".to_owned(), "mot".to_owned());
    let proxy = Socks::start_as(mode, map(&site)).unwrap();
    let (_stream, answers) = talk(&proxy, &[(&[5, 1, 0], 2)]);
    assert_eq!(answers, [vec![5, 0xff]]);
    let (_stream, answers) = talk(&proxy, &[(&[5, 2, 0, 2], 2), (b"\x01\x03nom\x03non", 2)]);
    assert_eq!(answers, [vec![5, 2], vec![1, 1]]);
    assert_eq!(proxy.asked(), []);
    let right: &[(&[u8], usize)] =
        &[(&[5, 1, 2], 2), (b"\x01\x03nom\x03mot", 2), (&domain("site.test", 80), 10)];
    let (stream, answers) = talk(&proxy, right);
    assert_eq!(answers[1], [1, 0]);
    assert!(fetched(stream).starts_with(b"HTTP/1.1 200 OK"));
    assert_eq!(proxy.asked()[0].user.as_deref(), Some("nom"));
}

#[test]
fn each_failure_is_the_one_that_was_ordered() {
    let site = Site::start().unwrap();
    let start = |mode| Socks::start_as(mode, map(&site)).unwrap();
    let request = domain("site.test", 80);
    let answers = |mode, greeting: usize, count: usize| {
        let proxy = start(mode);
        let parts: [(&[u8], usize); 2] = [(&[5, 1, 0], greeting), (&request, count)];
        let (mut stream, answers) = talk(&proxy, &parts);
        stream.set_read_timeout(Some(SILENT)).unwrap();
        // Whether more would have come: the end, or silence.
        let end = stream.read(&mut [0]).ok();
        (answers.concat(), end)
    };
    assert_eq!(answers(Mode::NoMethod, 2, 0), (vec![5, 0xff], Some(0)));
    assert_eq!(answers(Mode::WrongVersion, 2, 0), (vec![4, 0], Some(0)));
    assert_eq!(answers(Mode::HangsAtOnce, 0, 0), (vec![], None));
    assert_eq!(answers(Mode::Hangs, 2, 0), (vec![5, 0], None));
    assert_eq!(answers(Mode::Cut, 2, 3), (vec![5, 0, 5, 0, 0], Some(0)));
    let (refused, end) = answers(Mode::Refuses(2), 2, 10);
    assert_eq!((refused[3], end), (2, Some(0)));
    for (kind, length) in [(3, 12), (4, 22), (9, 10)] {
        let (granted, _) = answers(Mode::Bound(kind), 2, length);
        assert_eq!(granted[2..6], [5, 0, 0, kind], "{kind}");
    }
}
