//! Measures confirmed reverse lookups against a server on this machine.
//!
//! `measure_dns zones DIR COUNT` writes the zones `9.in-addr.arpa` and `measure.example.net` with
//! COUNT addresses from 9.0.0.0 on, for a server to serve; `measure_dns ask IP:PORT COUNT [CONCURRENCY]`
//! asks it about them and prints what came, how long it took, and whether anything is missing. With
//! ANCHORS, a file of trust anchors, as a further argument the signatures are checked too.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement prints, writes its zones, and reads the clock"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Instant;

use faisceau_collect::dns::dnssec::Anchors;
use faisceau_collect::dns::{Collection, Plan, Resolver, Settings, Ways};

const HEAD: &str = "$TTL 300\n@ SOA ns.measure.example.net. root.measure.example.net. 1 60 60 60 60\n\
                    @ NS ns.measure.example.net.\n";

fn address(n: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(0x0900_0000 + n)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["zones", folder, count] => zones(Path::new(folder), count.parse()?),
        ["ask", server, count] => ask(server.parse()?, count.parse()?, 64, None),
        ["ask", server, count, concurrency] => {
            ask(server.parse()?, count.parse()?, concurrency.parse()?, None)
        }
        ["ask", server, count, concurrency, anchors] => {
            let anchors = Anchors::parse(&std::fs::read_to_string(anchors)?)?;
            ask(server.parse()?, count.parse()?, concurrency.parse()?, Some(&anchors))
        }
        _ => Err("measure_dns zones DIR COUNT | ask IP:PORT COUNT [CONCURRENCY [ANCHORS]]".into()),
    }
}

fn zones(folder: &Path, count: u32) -> Result<(), Box<dyn Error>> {
    let (mut reverse, mut forward) = (HEAD.to_owned(), HEAD.to_owned());
    writeln!(forward, "ns A 127.0.0.1")?;
    for n in 0..count {
        let [_, b, c, d] = address(n).octets();
        writeln!(reverse, "{d}.{c}.{b} PTR h{n}.measure.example.net.")?;
        writeln!(forward, "h{n} A {}", address(n))?;
    }
    std::fs::write(folder.join("reverse.zone"), reverse)?;
    std::fs::write(folder.join("forward.zone"), forward)?;
    Ok(())
}

fn ask(
    server: SocketAddr,
    count: u32,
    concurrency: u16,
    dnssec: Option<&Anchors>,
) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut plan = Plan::new(true);
    (0..count).for_each(|n| plan.add_address(address(n).into()));
    let settings = Settings { concurrency, ..Settings::default() };
    let resolvers = [Resolver::from(server)];
    let collection = Collection {
        plan: &plan,
        resolvers: &resolvers,
        settings: &settings,
        compare: false,
        dnssec,
    };
    let got = collection.run(&mut Ways::default(), &jiff::Timestamp::now, &mut |_, _| {})?;
    let took = start.elapsed();
    let lines = got.bytes.split_inclusive(|byte| *byte == b'\n').count();
    println!(
        "{count} addresses, {concurrency} at a time: {:.3} s; {lines} lines, {} answered, {} without \
         answer, {} asked again, {} confirmations, {} bytes",
        took.as_secs_f64(),
        got.answered,
        got.silent,
        got.again,
        got.confirmations,
        got.bytes.len()
    );
    if dnssec.is_some() {
        println!("{:?}; {} questions for it", got.states, got.of_chain);
    }
    Ok(())
}
