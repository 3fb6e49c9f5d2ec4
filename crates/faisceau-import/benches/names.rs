//! Answers a second of the importer of massdns, on lines made here one by one.

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

const ANSWERS: u64 = 100_000;

/// Counts rows and lets them go, as a writer that streams would.
#[derive(Default)]
struct Counting {
    names: u64,
    rejects: u64,
}

impl Sink for Counting {
    fn records(&mut self, _: u64) {}
    fn read(&mut self, _: u64) {}
    fn account(&mut self, _: Account) {}
    fn post(&mut self, _: Post) {}
    fn connections(&mut self, _: Vec<Connection>) {}
    fn media(&mut self, _: Media) {}
    fn media_field(&mut self, _: MediaField) {}
    fn mail_hop(&mut self, _: MailHop) {}
    fn name(&mut self, _: Name) {
        self.names += 1;
    }
    fn device(&mut self, _: Device) {}
    fn subscriber(&mut self, _: Subscriber) {}
    fn signature(&mut self, _: Signature) {}
    fn unknown_field(&mut self, _: UnknownField) {}
    fn reject(&mut self, _: Reject) {
        self.rejects += 1;
    }
}

/// A reverse name a line.
fn lines() -> Arc<[u8]> {
    let mut text = String::new();
    for number in 0..ANSWERS {
        let (a, b, c) = (number % 256, number / 256 % 256, number / 65_536);
        let name = format!("{a}.{b}.{c}.10.in-addr.arpa.");
        let _ = writeln!(
            text,
            r#"{{"name":"{name}","type":"PTR","class":"IN","status":"NOERROR","rx_ts":1772373912{number:09},"data":{{"answers":[{{"ttl":86400,"type":"PTR","class":"IN","name":"{name}","data":"lfbn-lyo-1-{number}-10.w10-{c}.abo.example.net."}}]}},"flags":["rd","ra"],"resolver":"192.0.2.53:53","proto":"UDP"}}"#
        );
    }
    text.into_bytes().into()
}

#[divan::bench(sample_count = 10, args = [1, 2])]
fn massdns(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let lines = lines();
    let open = || Ok(Box::new(Cursor::new(Arc::clone(&lines))) as Box<dyn std::io::Read + Send>);
    let settings = ImportSettings::default();
    let source = Source {
        exhibit: ExhibitNo::top(1),
        name: "names.ndjson",
        len: lines.len() as u64,
        open: &open,
    };
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else { return };
    bencher.counter(ItemsCount::new(ANSWERS)).counter(BytesCount::new(lines.len())).bench_local(
        || {
            let counted = pool.install(|| {
                let mut sink = Counting::default();
                import(&source, &settings, &mut sink);
                (sink.names, sink.rejects)
            });
            assert_eq!(counted, (ANSWERS, 0));
            counted
        },
    );
}

fn main() {
    divan::main();
}
