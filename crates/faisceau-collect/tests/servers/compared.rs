//! Two servers that do not say the same.

use faisceau_collect::dns::{Kind, Resolver, Ways};

use crate::programs::{is_missing, nsd};
use crate::{lines, plan, run};

fn zone(more: &str) -> String {
    format!(
        "$ORIGIN example.net.\n$TTL 300\n@ SOA ns root 1 60 60 60 60\n@ NS ns\nns A 127.0.0.1\n{more}"
    )
}

#[test]
fn what_resolvers_say_differently_is_listed() {
    if is_missing("nsd") {
        return;
    }
    let one =
        nsd(&[("example.net", zone("www A 9.9.9.9\nwww A 9.9.9.8\nonly TXT x\nmx MX 1 NS\n"))]);
    let other = nsd(&[("example.net", zone("www 60 A 9.9.9.8\nwww 60 A 9.9.9.9\nmx MX 1 ns\n"))]);
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let resolvers = [one.address, other.address, silent.local_addr().unwrap()].map(Resolver::from);
    let plan = plan(&[
        ("www.example.net", Kind::A),
        ("only.example.net", Kind::Txt),
        ("mx.example.net", Kind::Mx),
    ]);
    let collected = run(&plan, &resolvers, true, None, &mut Ways::default());
    let lines = lines(&collected);
    assert_eq!((lines.len(), collected.silent, collected.answered), (9, 3, 6));
    let who: Vec<&str> = lines.iter().map(|line| line["resolver"].as_str().unwrap()).collect();
    assert_eq!(who[..3], who[3..6]);
    assert_eq!(lines[0]["question"], lines[2]["question"]);
    assert_eq!(collected.differences.len(), 1, "{:#?}", collected.differences);
    let difference = &collected.differences[0];
    assert_eq!(difference.question, "TXT only.example.net.");
    let said: Vec<&str> = difference.said.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!(said, ["NOERROR: only.example.net. TXT \"x\"", "NXDOMAIN: ", "TIMEOUT"]);
}
