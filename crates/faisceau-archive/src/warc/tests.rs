use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

const AT: Timestamp = Timestamp::constant(1_790_000_000, 123_456_000);

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn exchange(path: &str, body: &str) -> Exchange {
    let size = body.len();
    Exchange {
        url: format!("https://example.org/{path}"),
        method: "GET".to_owned(),
        sent: format!("GET /{path} HTTP/1.1\r\nHost: example.org\r\n\r\n").into_bytes(),
        received: format!("HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n{body}").into_bytes(),
        at: AT,
        ended: AT,
        remote: Some("[2001:db8::1]:443".parse().unwrap()),
        via: None,
        tls: Some(Tls {
            version: "TLSv1.3".to_owned(),
            cipher: "TLS13_AES_128_GCM_SHA256".to_owned(),
            server_name: "example.org".to_owned(),
            chain: vec![vec![0x30, 0], vec![0x30, 1, 2]],
        }),
        resolved: vec!["2001:db8::1 by the system".to_owned()],
        cut: None,
    }
}

fn read_with(file: &[u8], limits: Limits) -> Vec<Item> {
    let mut reader = Reader::new(file, limits).unwrap();
    let mut items = Vec::new();
    while let Some(item) = reader.next_item().unwrap() {
        items.push(item);
        assert!(items.len() <= file.len() + 1, "an item without a byte");
    }
    items
}

fn read(file: &[u8]) -> Vec<Item> {
    read_with(file, Limits::default())
}

fn records(file: &[u8]) -> Vec<Record> {
    let record = |item| match item {
        Item::Record(record) => *record,
        Item::Broken(broken) => panic!("{broken}"),
    };
    read(file).into_iter().map(record).collect()
}

/// `r` for a whole record, `f` for one with flaws, `b` for a broken one.
fn shape(items: &[Item]) -> String {
    let letter = |item: &Item| match item {
        Item::Record(record) if record.flaws.is_empty() => 'r',
        Item::Record(_) => 'f',
        Item::Broken(_) => 'b',
    };
    items.iter().map(letter).collect()
}

fn why(items: &[Item]) -> Vec<BrokenRecord> {
    let broken = |item: &Item| match item {
        Item::Broken(broken) => Some(broken.why.clone()),
        Item::Record(_) => None,
    };
    items.iter().filter_map(broken).collect()
}

fn drafts() -> Vec<Draft> {
    let info = Info { software: "faisceau 0.1".to_owned(), ..Info::default() };
    let mut all = vec![file_head(&info, AT)];
    all.extend(exchange("a", "hello").records());
    all.push(resource("https://example.org/a", AT, "image/png", vec![0; 3], None));
    all
}

fn plain() -> Vec<u8> {
    drafts().iter().flat_map(Draft::bytes).collect()
}

fn compressed() -> Vec<u8> {
    drafts().iter().flat_map(Draft::member).collect()
}

#[test]
fn what_is_written_is_read_in_every_form() {
    let (plain, members) = (plain(), compressed());
    for (file, own) in [(plain.clone(), true), (members, true), (gzip(&plain), false)] {
        let records = records(&file);
        let kinds: Vec<&str> = records.iter().map(|r| r.kind.as_str()).collect();
        assert_eq!(kinds, ["warcinfo", "response", "request", "metadata", "resource"]);
        assert!(records.iter().all(|r| r.flaws.is_empty() && r.block_digest == Checked::Right));
        assert_eq!(records[1].payload_digest, Checked::Right);
        assert_eq!(records[2].payload_digest, Checked::Absent);
        assert_eq!(records[1].field("warc-date"), Some("2026-09-21T14:13:20.123456Z"));
        assert_eq!(records[1].field("WARC-IP-Address"), Some("2001:db8::1"));
        assert_eq!(records[3].field("WARC-Concurrent-To"), records[1].field("WARC-Record-ID"));
        if own {
            // Each record can be cut out and read alone.
            for record in &records {
                let from = record.place.at as usize;
                let cut = &file[from..from + record.place.length.unwrap() as usize];
                let alone = read(cut);
                let [Item::Record(alone)] = &alone[..] else { panic!("{alone:?}") };
                assert_eq!(alone.block, record.block);
            }
            let ends: u64 = records.iter().map(|r| r.place.length.unwrap()).sum();
            assert_eq!(ends, file.len() as u64);
        } else {
            assert!(records.iter().all(|r| r.place.at == 0 && r.place.length.is_none()));
            assert_eq!(records[0].place.inside, 0);
            let head = drafts()[0].bytes().len() as u64;
            assert_eq!(records[1].place.inside, head);
        }
    }
}

#[test]
fn the_same_draft_gives_the_same_bytes() {
    assert_eq!(compressed(), compressed());
    let ids: std::collections::BTreeSet<String> = drafts().iter().map(Draft::id).collect();
    assert_eq!(ids.len(), drafts().len());
    let id = drafts()[0].id();
    assert_eq!((id.len(), &id[24..25], &id[..10]), (47, "8", "<urn:uuid:"));
    assert!(matches!(&id[29..30], "8" | "9" | "a" | "b"));
}

#[test]
fn fields_cannot_be_forged() {
    let draft = resource("https://x/ \r\nWARC-Type: request", AT, "a\r\nB: c", Vec::new(), None);
    let record = records(&draft.bytes()).remove(0);
    assert_eq!(record.kind, Kind::Resource);
    assert_eq!(record.target(), Some("https://x/%20%0D%0AWARC-Type:%20request"));
    assert_eq!(record.field("Content-Type"), Some("a  B: c"));
    assert_eq!(record.field("B"), None);
}

#[test]
fn one_changed_byte_is_found() {
    let file = plain();
    let at = file.windows(5).position(|w| w == b"hello").unwrap();
    let mut changed = file;
    changed[at] = b'H';
    let record = &records(&changed)[1];
    assert!(record.block_digest.is_wrong() && record.payload_digest.is_wrong());
}

#[test]
fn a_digest_without_the_chunks_is_taken_too() {
    let block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: x\r\n\
         WARC-Payload-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    let file = [head.as_bytes(), block, b"\r\n\r\n"].concat();
    assert_eq!(records(&file)[0].payload_digest, Checked::RightDecoded);
}

#[test]
fn a_record_with_a_wrong_length_does_not_hide_the_others() {
    let file = plain();
    let text = String::from_utf8_lossy(&file).into_owned();
    let length = drafts()[1].block.len();
    let stated = format!("Content-Length: {length}\r\n\r\nHTTP");
    for (other, expected) in
        [(length - 2, "rfbrrr"), (length + 2, "rfrrr"), (1 << 20, "rbrrr"), (1 << 40, "rb")]
    {
        let lie = text.replace(&stated, &format!("Content-Length: {other}\r\n\r\nHTTP"));
        assert_eq!(shape(&read(lie.as_bytes())), expected, "{other}");
    }
    for other in ["", "-1", "1x", "5\r\nContent-Length: 6"] {
        let lie = text.replace(&stated, &format!("Content-Length: {other}\r\n\r\nHTTP"));
        assert_eq!(shape(&read(lie.as_bytes())), "rbrrr", "{other}");
    }
    let members: Vec<Vec<u8>> = drafts().iter().map(Draft::bytes).collect();
    let lie = members.iter().flat_map(|m| {
        let text = String::from_utf8_lossy(m).replace(&stated, "Content-Length: 999\r\n\r\nHTTP");
        gzip(text.as_bytes())
    });
    let items = read(&lie.collect::<Vec<u8>>());
    assert_eq!(shape(&items), "rbrrr");
    assert!(matches!(why(&items)[..], [BrokenRecord::Cut { want: 999, .. }]));
}

#[test]
fn damage_of_a_member_costs_that_record_alone() {
    let file = compressed();
    let places: Vec<Place> = records(&file).iter().map(|r| r.place).collect();
    let inside = places[2].at as usize + 60;
    let mut changed = file.clone();
    changed[inside] ^= 0xff;
    let items = read(&changed);
    assert!(matches!(why(&items).last(), Some(BrokenRecord::Damage(Damage::Gzip(_)))));
    assert_eq!(shape(&items).replace('b', ""), "rrrr");
    for item in &items {
        if let Item::Broken(broken) = item {
            assert_eq!(broken.place.at, places[2].at);
        }
    }
    // The check sum of a member.
    let mut changed = file.clone();
    changed[places[3].at as usize - 8] ^= 1;
    assert_eq!(shape(&read(&changed)).chars().filter(|c| *c == 'r').count(), 4);
    let junk = [&file[..places[2].at as usize], b"junk", &file[places[2].at as usize..]].concat();
    assert_eq!(shape(&read(&junk)), "rrbrrr");
    let padded = [file.as_slice(), &[0; 700]].concat();
    assert_eq!(shape(&read(&padded)), "rrrrr");
}

/// A file that comes a few bytes at a time.
struct Pieces<'f>(&'f [u8], usize);

impl std::io::Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = out.len().min(self.1);
        self.0.read(&mut out[..length])
    }
}

#[test]
fn damage_is_the_same_however_the_bytes_come() {
    let file = compressed();
    for place in 0..file.len() {
        let mut changed = file.clone();
        changed[place] ^= 0x55;
        let mut reader = Reader::new(Pieces(&changed, 7), Limits::default()).unwrap();
        let items = std::iter::from_fn(|| reader.next_item().unwrap()).collect::<Vec<_>>();
        assert_eq!(items, read(&changed), "{place}");
    }
}

#[test]
fn junk_before_and_between_records_is_passed_over() {
    let parts: Vec<Vec<u8>> = drafts().iter().map(Draft::bytes).collect();
    let file = [b"junk WARC/1.0 no\n".as_slice(), &parts[0], b"more\r\n", &parts[1]].concat();
    let items = read(&file);
    assert_eq!(shape(&items), "brbr");
    assert_eq!(why(&items)[0], BrokenRecord::NoRecord { skipped: 17 });
    let Item::Record(record) = &items[1] else { panic!() };
    assert_eq!(record.place.at, 17);
}

#[test]
fn heads_and_blocks_are_bounded() {
    let endless = [b"WARC/1.0\r\n".to_vec(), b"a: b\r\n".repeat(100_000)].concat();
    assert!(matches!(why(&read(&endless))[..], [BrokenRecord::Head { .. }]));
    let small = Limits { max_block: 4, ..Limits::default() };
    let items = read_with(&plain(), small);
    assert_eq!(shape(&items), "bbbbr");
    assert!(matches!(why(&items)[0], BrokenRecord::TooLong { limit: 4, .. }));
    let total = Limits { max_total: 70_000, ..Limits::default() };
    let mut draft = resource("x:a", AT, "text/plain", vec![b'x'; 200_000], None);
    let items = read_with(&draft.bytes(), total);
    assert_eq!(why(&items), [BrokenRecord::Damage(Damage::Total(70_000))]);
    // A bomb between two records.
    draft.block = vec![0; 40 << 20];
    let file = [drafts()[0].member(), draft.member(), drafts()[1].member()].concat();
    let items = read(&file);
    assert_eq!(why(&items), [BrokenRecord::Damage(Damage::Ratio(200))]);
    assert_eq!(shape(&items), "rbr");
}

#[test]
fn a_file_is_read_again_up_to_where_it_is_whole() {
    let info = Info { software: "faisceau 0.1".to_owned(), ..Info::default() };
    let head = file_head(&info, AT);
    let mut odd = exchange("b", "two");
    odd.received = [b"HTTP/1.1 103 Early\r\n\r\n".as_slice(), &odd.received].concat();
    odd.cut = Some("too slow".to_owned());
    odd.tls = None;
    let mut silent = exchange("c", "");
    silent.received = Vec::new();
    let mut other = exchange("d", "");
    other.received = b"SSH-2.0-x\r\n".to_vec();
    other.method = "POST".to_owned();
    other.sent = b"POST /d HTTP/1.1\r\nContent-Length: 1\r\n\r\nq".to_vec();
    let all = vec![exchange("a", "one"), odd, silent, other];
    assert_eq!(all[3].key(), Key::new("POST", "https://example.org/d", b"q"));
    for write in [Exchange::bytes as fn(&Exchange) -> Vec<u8>, Exchange::members] {
        let is_plain = write(&all[0]).starts_with(b"WARC");
        let mut file = if is_plain { head.bytes() } else { head.member() };
        let mut ends = vec![file.len() as u64];
        for one in &all {
            file.extend(write(one));
            ends.push(file.len() as u64);
        }
        assert_eq!(exchanges(&file), (all.clone(), file.len() as u64));
        for cut in 0..file.len() {
            let whole = ends.iter().rev().find(|end| **end <= cut as u64).copied().unwrap_or(0);
            let count = ends.iter().filter(|end| **end <= cut as u64).count().saturating_sub(1);
            let (found, complete) = exchanges(&file[..cut]);
            assert_eq!((found.len(), complete), (count, whole), "cut at {cut}");
        }
    }
}

#[test]
fn an_exchange_whose_records_were_changed_is_none() {
    let file = exchange("a", "hello").bytes();
    let changed = String::from_utf8(file).unwrap().replace("hello", "Hello");
    let mut replay = Replay::new(changed.as_bytes(), Limits::default()).unwrap();
    assert_eq!(replay.next_exchange().unwrap(), None);
    assert_eq!((replay.foreign(), replay.records(), replay.stopped()), (1, 3, None));
    assert_eq!(exchanges(changed.as_bytes()).0, []);
}

#[test]
fn an_exchange_as_it_is_written() {
    let info = Info {
        filename: Some("a.warc".to_owned()),
        software: "faisceau 0.1".to_owned(),
        fields: vec![("operator".to_owned(), "Me Durand".to_owned())],
    };
    let file = [file_head(&info, AT).bytes(), exchange("a", "hello").bytes()].concat();
    insta::assert_snapshot!(String::from_utf8(file).unwrap().replace('\r', ""));
}

/// Lengths that reach to the end of the file, in every record: nothing may be read twice.
#[test]
fn lying_records_are_passed_in_linear_time() {
    let one = b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nx\r\n\r\n";
    let items = read(&one.repeat(50_000));
    assert_eq!(shape(&items), "b".repeat(50_000));
    let marks = b"\nWARC/1.".repeat(200_000);
    assert!(!read(&marks).is_empty());
    let members = gzip(b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nx").repeat(20_000);
    assert_eq!(shape(&read(&members)), "b".repeat(20_000));
    let empty = gzip(b"").repeat(100_000);
    assert_eq!(read(&empty), []);
}

proptest! {
    #[test]
    fn junk_never_panics(raw in prop::collection::vec(any::<u8>(), 0..400)) {
        let _items = read(&raw);
        let _items = read(&[b"WARC/1.0\r\n".as_slice(), &raw].concat());
        let _items = read(&[&[0x1f, 0x8b, 8, 0][..], &raw].concat());
        let _items = read(&gzip(&raw));
    }

    #[test]
    fn mutated_files_never_panic(
        packed in any::<bool>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut file = if packed { compressed() } else { plain() };
        let place = at.index(file.len());
        file[place] = byte;
        let _items = read(&file);
        let (_exchanges, complete) = exchanges(&file);
        prop_assert!(complete <= file.len() as u64);
        let end = cut.index(file.len());
        let _items = read(&file[..end]);
    }
}
