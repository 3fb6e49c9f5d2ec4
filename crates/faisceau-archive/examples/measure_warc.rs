//! Reads WARC files to their end and says what is in them: for measuring, beside `warcio check`.
//!
//! ```text
//! time cargo run --release -p faisceau-archive --example measure_warc -- FILE…
//! time warcio check FILE…
//! ```

#![expect(clippy::print_stdout, reason = "an example that says what it read")]

use std::fs::File;
use std::io;

use faisceau_archive::warc::{Item, Limits, Reader};

fn main() -> io::Result<()> {
    for path in std::env::args_os().skip(1) {
        let mut reader = Reader::new(File::open(&path)?, Limits::default())?;
        let (mut records, mut bytes, mut wrong, mut broken) = (0_u64, 0_u64, 0_u64, 0_u64);
        while let Some(item) = reader.next_item()? {
            match item {
                Item::Record(record) => {
                    records += 1;
                    bytes += record.block.len() as u64;
                    let is_wrong =
                        record.block_digest.is_wrong() || record.payload_digest.is_wrong();
                    wrong += u64::from(is_wrong);
                }
                Item::Broken(_) => broken += 1,
            }
        }
        println!(
            "{}: {records} records, {bytes} bytes in blocks, {wrong} with another digest, {broken} broken",
            path.display()
        );
    }
    Ok(())
}
