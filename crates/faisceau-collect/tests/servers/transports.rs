//! The same answers over TLS and HTTPS, whose streams the caller opens.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use faisceau_collect::dns::{Kind, ReadWrite, Resolver, Settings, Ways};
use faisceau_collect::http::{Answer, Fetch, FetchError, Method, Request};
use jiff::Timestamp;

use crate::programs::{is_missing, nsd};
use crate::{lines, plan, run, run_with};

fn zone() -> String {
    "$ORIGIN example.net.\n$TTL 300\n@ SOA ns root 1 60 60 60 60\n@ NS ns\nns A 127.0.0.1\nwww A 9.9.9.9\n"
        .to_owned()
}

/// Passes the body of a request on to a server over TCP.
struct Bridge {
    server: SocketAddr,
    /// Statuses to answer with first.
    first: VecDeque<u16>,
    asked: Vec<Request>,
}

impl Fetch for Bridge {
    fn fetch(&mut self, request: &Request) -> Result<Answer, FetchError> {
        self.asked.push(request.clone());
        let status = self.first.pop_front().unwrap_or(200);
        let mut stream = TcpStream::connect(self.server).unwrap();
        stream.write_all(&(request.body.len() as u16).to_be_bytes()).unwrap();
        stream.write_all(&request.body).unwrap();
        let mut length = [0; 2];
        stream.read_exact(&mut length).unwrap();
        let mut body = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut body).unwrap();
        let headers = vec![("Content-Type".to_owned(), "application/dns-message".to_owned())];
        let url = request.url.clone();
        Ok(Answer { url, status, headers, body, at: Timestamp::now(), cut: None })
    }
}

#[test]
fn answers_are_the_same_over_https() {
    if is_missing("nsd") {
        return;
    }
    let server = nsd(&[("example.net", zone())]);
    let mut bridge =
        Bridge { server: server.address, first: VecDeque::from([503]), asked: Vec::new() };
    let resolver: Resolver = "https://dns.example.net/dns-query".parse().unwrap();
    let plan = plan(&[("www.example.net", Kind::A), ("none.example.net", Kind::A)]);
    let mut ways = Ways { dial: None, fetch: Some(&mut bridge) };
    let collected = run(&plan, &[resolver], false, None, &mut ways);
    assert_eq!((collected.answered, collected.sent, collected.again), (2, 3, 1));
    let request = &bridge.asked[0];
    assert_eq!((request.method, &request.body[..2]), (Method::Post, &[0_u8, 0][..]));
    assert!(request.headers.contains(&("Content-Type".into(), "application/dns-message".into())));
    let lines = lines(&collected);
    assert_eq!(lines[0]["answers"][0]["data"], "9.9.9.9");
    assert_eq!(lines[0]["resolver"], "https://dns.example.net/dns-query");
    assert_eq!(lines[1]["status"], "NXDOMAIN");
}

#[test]
fn resolvers_of_every_kind_stand_in_one_collection() {
    if is_missing("nsd") {
        return;
    }
    let server = nsd(&[("example.net", zone())]);
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let dial = |_: &str, _: SocketAddr| -> io::Result<Box<dyn ReadWrite + Send>> {
        Err(io::ErrorKind::ConnectionRefused.into())
    };
    let mut bridge = Bridge { server: server.address, first: VecDeque::new(), asked: Vec::new() };
    let resolvers: Vec<Resolver> = [
        silent.to_string(),
        format!("tls://dns.example.net@{silent}"),
        "https://dns.example.net/dns-query".to_owned(),
        server.address.to_string(),
    ]
    .iter()
    .map(|text| text.parse().unwrap())
    .collect();
    let plan = plan(&[("www.example.net", Kind::A)]);
    let mut ways = Ways { dial: Some(&dial), fetch: Some(&mut bridge) };
    let hasty = Settings { timeout: Duration::from_millis(300), retries: 0, ..Settings::default() };
    let collected = run_with(&hasty, &plan, &resolvers, false, None, &mut ways);
    assert_eq!(collected.answered, 1);
    assert_eq!(lines(&collected)[0]["resolver"], "https://dns.example.net/dns-query");
    let compared = run_with(&hasty, &plan, &resolvers, true, None, &mut ways);
    assert_eq!((compared.answered, compared.silent, compared.differences.len()), (2, 2, 0));
    let tells = plan.tells(&resolvers, true, true);
    assert_eq!(tells.len(), 6);
    assert!(tells[0].learns.contains("zones above"), "{tells:?}");
}

#[test]
fn streams_over_tls_are_kept_and_opened_again() {
    if is_missing("nsd") {
        return;
    }
    let server = nsd(&[("example.net", zone())]);
    let (opened, name) = (AtomicU64::new(0), "dns.example.net");
    let dial = |host: &str, address: SocketAddr| -> io::Result<Box<dyn ReadWrite + Send>> {
        assert_eq!(host, name);
        // The first stream is closed before an answer.
        if opened.fetch_add(1, Ordering::SeqCst) == 0 {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(Box::new(TcpStream::connect(address)?))
    };
    let resolver: Resolver = format!("tls://{name}@{}", server.address).parse().unwrap();
    let names: Vec<String> = (0..200).map(|n| format!("n{n}.example.net")).collect();
    let questions: Vec<(&str, Kind)> = names.iter().map(|name| (name.as_str(), Kind::A)).collect();
    let mut ways = Ways { dial: Some(&dial), fetch: None };
    let collected = run(&plan(&questions), std::slice::from_ref(&resolver), false, None, &mut ways);
    assert_eq!((collected.answered, collected.again), (200, 1));
    assert!(opened.load(Ordering::SeqCst) <= 9, "{opened:?}");
    assert_eq!(lines(&collected)[7]["resolver"], resolver.to_string());
}

#[test]
fn a_way_that_is_missing_is_said_before_anything_leaves() {
    let plan = plan(&[("www.example.net", Kind::A)]);
    let settings = crate::settings();
    for resolver in ["tls://dns.example.net@127.0.0.1:9", "https://dns.example.net/dns-query"] {
        let resolvers = [resolver.parse::<Resolver>().unwrap()];
        let collection = faisceau_collect::dns::Collection {
            plan: &plan,
            resolvers: &resolvers,
            settings: &settings,
            compare: false,
            dnssec: None,
        };
        let result = collection.run(&mut Ways::default(), &Timestamp::now, &mut |_, _| {});
        assert!(result.unwrap_err().to_string().contains("at hand"), "{resolver}");
    }
}
