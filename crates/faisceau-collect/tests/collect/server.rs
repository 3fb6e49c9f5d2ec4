//! A DNS server on loopback that answers from a table, and misbehaves where it is told to.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::rdata::{A, PTR, TXT};
use hickory_proto::rr::{Name, RData, Record};

/// What the server does instead of answering at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trick {
    /// Answers.
    None,
    /// Says nothing to the first questions about each name.
    DropFirst(u64),
    /// Says nothing at all.
    Silent,
    /// Sends answers with another number, to another question, and garbage before the right one.
    Forge,
    /// Cuts every answer over UDP.
    Cut,
    /// Cuts, and does not answer over TCP.
    CutAndHang,
}

/// The server; its threads end with the test process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) seen: Arc<AtomicU64>,
}

impl Server {
    pub(crate) fn start(records: &[(&str, RData)], trick: Trick) -> Self {
        let mut table: BTreeMap<String, Vec<RData>> = BTreeMap::new();
        for (name, data) in records {
            table.entry((*name).to_owned()).or_default().push(data.clone());
        }
        let table = Arc::new(table);
        let (udp, tcp) = sockets();
        let address = udp.local_addr().unwrap();
        let seen = Arc::new(AtomicU64::new(0));
        let (count, known) = (Arc::clone(&seen), Arc::clone(&table));
        std::thread::spawn(move || datagrams(&udp, &known, trick, &count));
        std::thread::spawn(move || connections(&tcp, &table, trick));
        Self { address, seen }
    }
}

/// A port that is free for both.
fn sockets() -> (UdpSocket, TcpListener) {
    loop {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        if let Ok(udp) = UdpSocket::bind(tcp.local_addr().unwrap()) {
            return (udp, tcp);
        }
    }
}

pub(crate) fn ptr(name: &str) -> RData {
    RData::PTR(PTR(Name::from_ascii(name).unwrap()))
}

pub(crate) fn a(ip: &str) -> RData {
    RData::A(A(ip.parse().unwrap()))
}

pub(crate) fn txt(text: &str) -> RData {
    RData::TXT(TXT::from_bytes(vec![text.as_bytes()]))
}

fn datagrams(
    socket: &UdpSocket,
    table: &BTreeMap<String, Vec<RData>>,
    trick: Trick,
    seen: &AtomicU64,
) {
    let mut met: BTreeMap<String, u64> = BTreeMap::new();
    let mut buffer = [0; 4096];
    while let Ok((len, from)) = socket.recv_from(&mut buffer) {
        seen.fetch_add(1, Ordering::SeqCst);
        let Ok(asked) = Message::from_vec(&buffer[..len]) else { continue };
        let answer = answer(&asked, table);
        let times = met.entry(asked.queries[0].to_string()).or_default();
        *times += 1;
        match trick {
            Trick::Silent => continue,
            Trick::DropFirst(drops) if *times <= drops => continue,
            Trick::Forge => {
                let mut number = answer.clone();
                number.metadata.id ^= 0x5555;
                let mut question = answer.clone();
                question.queries = vec![Query::query(
                    Name::from_ascii("evil.example.net.").unwrap(),
                    asked.queries[0].query_type(),
                )];
                for forged in [number.to_vec().unwrap(), question.to_vec().unwrap()] {
                    socket.send_to(&forged, from).unwrap();
                }
                socket.send_to(&buffer[..7], from).unwrap();
                socket.send_to(&[], from).unwrap();
            }
            Trick::Cut | Trick::CutAndHang => {
                let mut cut = answer.clone();
                cut.metadata.truncation = true;
                cut.answers.clear();
                socket.send_to(&cut.to_vec().unwrap(), from).unwrap();
                continue;
            }
            _ => {}
        }
        socket.send_to(&answer.to_vec().unwrap(), from).unwrap();
    }
}

fn connections(listener: &TcpListener, table: &BTreeMap<String, Vec<RData>>, trick: Trick) {
    let held = Mutex::new(Vec::new());
    while let Ok((mut stream, _)) = listener.accept() {
        if trick == Trick::CutAndHang {
            held.lock().unwrap().push(stream);
            continue;
        }
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut length = [0; 2];
        stream.read_exact(&mut length).unwrap();
        let mut bytes = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut bytes).unwrap();
        let asked = Message::from_vec(&bytes).unwrap();
        let answer = answer(&asked, table).to_vec().unwrap();
        stream.write_all(&(answer.len() as u16).to_be_bytes()).unwrap();
        stream.write_all(&answer).unwrap();
    }
}

fn answer(asked: &Message, table: &BTreeMap<String, Vec<RData>>) -> Message {
    let query = &asked.queries[0];
    let mut answer = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
    answer.add_query(query.clone());
    match table.get(&query.name().to_lowercase().to_ascii()) {
        Some(data) => {
            for data in data.iter().filter(|data| data.record_type() == query.query_type()) {
                answer.add_answer(Record::from_rdata(query.name().clone(), 300, data.clone()));
            }
        }
        None => answer.metadata.response_code = ResponseCode::NXDomain,
    }
    answer
}
