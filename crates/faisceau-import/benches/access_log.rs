//! Lines a second of the access log importer, on a combined log made here line by line.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use faisceau_import::{ImportSettings, Source, import};
use faisceau_model::rows::{
    Account, Connection, Device, MailHop, Media, MediaField, Name, Post, Reject, Signature,
    Subscriber, UnknownField,
};
use faisceau_model::{ExhibitNo, Sink};

const LINES: u64 = 200_000;

const PATHS: [&str; 4] = [
    "GET /presentations/logstash-monitorama-2013/images/kibana-search.png HTTP/1.1",
    "GET / HTTP/1.1",
    "POST /forum/posting.php?mode=reply&f=4&t=1021 HTTP/2.0",
    "GET /articles/dynamic-dns-with-dhcp/?utm_source=x HTTP/1.1",
];

const AGENTS: [&str; 3] = [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/32.0.1700.77 Safari/537.36",
    "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:27.0) Gecko/20100101 Firefox/27.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 6_0 like Mac OS X) AppleWebKit/536.26 (KHTML, like Gecko) Version/6.0",
];

/// Counts rows and lets them go, as a writer that streams would.
#[derive(Default)]
struct Counting {
    rows: usize,
    rejects: usize,
}

impl Sink for Counting {
    fn records(&mut self, _: u64) {}
    fn read(&mut self, _: u64) {}
    fn account(&mut self, _: Account) {}
    fn post(&mut self, _: Post) {}
    fn connections(&mut self, rows: Vec<Connection>) {
        self.rows += rows.len();
    }
    fn media(&mut self, _: Media) {}
    fn media_field(&mut self, _: MediaField) {}
    fn mail_hop(&mut self, _: MailHop) {}
    fn name(&mut self, _: Name) {}
    fn device(&mut self, _: Device) {}
    fn subscriber(&mut self, _: Subscriber) {}
    fn signature(&mut self, _: Signature) {}
    fn unknown_field(&mut self, _: UnknownField) {}
    fn reject(&mut self, _: Reject) {
        self.rejects += 1;
    }
}

/// The same log every time: a multiplicative generator (Knuth's constants) draws the fields.
fn log() -> Arc<[u8]> {
    let mut text = String::new();
    let mut state = 1_u64;
    for line in 0..LINES {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = state >> 33;
        let (path, agent) = (PATHS[draw as usize % 4], AGENTS[draw as usize % 3]);
        let ip = if draw.is_multiple_of(9) {
            format!("2001:db8:{:x}:{:x}::{:x}", draw % 65_521, draw % 4_093, draw % 251)
        } else {
            format!("198.{}.{}.{}", draw % 253, draw % 241, draw % 239)
        };
        let (day, hour, minute, second) =
            (1 + line / 86_400 % 28, line / 3_600 % 24, line / 60 % 60, line % 60);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{ip} - - [{day:02}/Mar/2026:{hour:02}:{minute:02}:{second:02} +0000] \"{path}\" 200 {} \
             \"http://semicomplete.com/presentations/\" \"{agent}\"",
            draw % 200_000,
        );
    }
    text.into_bytes().into()
}

#[divan::bench(sample_count = 10)]
fn combined(bencher: divan::Bencher<'_, '_>) {
    let log = log();
    let open = || Ok(Box::new(Cursor::new(Arc::clone(&log))) as Box<dyn std::io::Read + Send>);
    let settings = ImportSettings::default();
    let source = Source {
        exhibit: ExhibitNo::top(1),
        name: "access.log",
        len: log.len() as u64,
        open: &open,
    };
    bencher.counter(ItemsCount::new(LINES)).counter(BytesCount::new(log.len())).bench_local(|| {
        let mut sink = Counting::default();
        import(&source, &settings, &mut sink);
        assert_eq!((sink.rows as u64, sink.rejects), (LINES, 0));
        sink.rows
    });
}

fn main() {
    divan::main();
}
