//! Any bytes are read or refused, and the index says what a naive scan of the documents says.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its input fails")]

use std::fmt::Write as _;
use std::net::IpAddr;

use faisceau_datasets::Span;
use faisceau_tor::{Authorities, Coverage, Fingerprint, Flags, Limits, TorIndex, TorIndexBuilder};
use proptest::collection::vec;
use proptest::prelude::*;

fn builder() -> TorIndexBuilder {
    TorIndexBuilder::new(Authorities::bundled().unwrap(), Limits::default())
}

/// Relays of one hour: last byte of the address, whether it is an exit.
type Hour = (u8, Vec<(u8, bool)>);

fn document(hour: u8, relays: &[(u8, bool)]) -> String {
    let mut text = format!(
        "network-status-version 3\nvote-status consensus\nvalid-after 2021-08-29 {hour:02}:00:00\n\
         fresh-until 2021-08-29 {:02}:00:00\nvalid-until 2021-08-29 {:02}:00:00\n",
        hour + 1,
        hour + 3
    );
    for (byte, is_exit) in relays {
        let flags = if *is_exit { "Exit Running" } else { "Running" };
        let id = "A".repeat(26);
        writeln!(
            text,
            "r name {id}A {id}E 2021-08-29 00:00:00 192.0.2.{byte} 443 0\ns {flags}\n\
             p accept 443"
        )
        .unwrap();
    }
    text + "directory-footer\n"
}

/// The index with a content that was altered, under a checksum that is right.
fn altered(index: &[u8], changes: &[(usize, u8)], cut: Option<usize>) -> Vec<u8> {
    const HEAD: usize = 8 + 4 + 32;
    let mut content = index[HEAD..].to_vec();
    for (place, byte) in changes {
        let place = place % content.len();
        content[place] = *byte;
    }
    content.truncate(cut.map_or(content.len(), |cut| cut % content.len()));
    let sum = <sha2::Sha256 as sha2::Digest>::digest(&content);
    [&index[..12], &sum[..], &content].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn altered_content_is_refused_or_asked_without_a_panic(
        changes in vec((any::<usize>(), any::<u8>()), 0..4),
        cut in proptest::option::weighted(0.1, any::<usize>()),
    ) {
        let mut builder = builder();
        for hour in [1, 2, 5] {
            let relays = [(1, true), (hour, false), (9, hour == 2)];
            builder.add("doc", document(hour, &relays).as_bytes()).unwrap();
        }
        let list = format!("ExitNode {}\nExitAddress 192.0.2.1 2021-08-29 01:00:00\n", "0".repeat(40));
        builder.add("list", list.as_bytes()).unwrap();
        let good = builder.finish().to_bytes();
        let Ok(index) = TorIndex::from_bytes(&altered(&good, &changes, cut)) else {
            return Ok(());
        };
        for byte in [1, 2, 200] {
            let ip: IpAddr = [192, 0, 2, byte].into();
            let at = 1_630_195_200 + 5_400;
            for sighting in index.ask(ip, Span { from_s: at, to_s: at + 7_200 }).relays {
                let _ = sighting.allows(443, None);
            }
            let _ = index.neighbours(ip, Span { from_s: 0, to_s: i64::from(u32::MAX) });
            let _ = index.exonerator(ip, 1_630_195_200);
        }
        let again = TorIndex::from_bytes(&index.to_bytes());
        prop_assert_eq!(again.as_ref(), Ok(&index));
    }
}

proptest! {
    #[test]
    fn no_bytes_break_anything(bytes in vec(any::<u8>(), 0..400), word in 0..5_usize) {
        let words = ["", "network-status-version 3\n", "router a 192.0.2.1 1 0 0\n",
            "ExitNode ", "dir-key-certificate-version 3\n"];
        let text = [words[word].as_bytes(), &bytes[..]].concat();
        let mut builder = builder();
        let _ = builder.add("any", &text[..]);
        let index = builder.finish().to_bytes();
        prop_assert!(TorIndex::from_bytes(&index).is_ok());
        let _ = TorIndex::from_bytes(&bytes);
    }

    #[test]
    fn the_index_says_what_the_documents_say(
        hours in vec((0..20_u8, vec((0..6_u8, any::<bool>()), 0..5)), 0..6),
        second in 0..86_400_i64,
        byte in 0..6_u8,
    ) {
        let mut hours: Vec<Hour> = hours;
        hours.sort();
        hours.dedup_by_key(|(hour, _)| *hour);
        let mut builder = builder();
        for (hour, relays) in hours.iter().rev() {
            let added = builder.add("doc", document(*hour, relays).as_bytes()).unwrap();
            prop_assert_eq!(added.rejects, []);
        }
        let index = TorIndex::from_bytes(&builder.finish().to_bytes()).unwrap();
        let at = 1_630_195_200 + second;
        let ip: IpAddr = [192, 0, 2, byte].into();
        let seen = index.ask(ip, Span { from_s: at, to_s: at });
        let standing = hours.iter().rfind(|(hour, _)| i64::from(*hour) * 3600 <= second);
        let standing = standing.filter(|(hour, _)| second < (i64::from(*hour) + 3) * 3600);
        let Some((hour, relays)) = standing else {
            prop_assert!(matches!(seen.coverage, Coverage::None(_)));
            prop_assert!(seen.relays.is_empty());
            return Ok(());
        };
        let fresh = second < (i64::from(*hour) + 1) * 3600;
        prop_assert_eq!(seen.coverage, if fresh { Coverage::Fresh } else { Coverage::Stale });
        let mut naive: Vec<bool> =
            relays.iter().filter(|relay| relay.0 == byte).map(|relay| relay.1).collect();
        naive.sort_unstable();
        naive.dedup();
        let mut ours: Vec<bool> = seen.relays.iter().map(|r| r.flags.has(Flags::EXIT)).collect();
        ours.sort_unstable();
        prop_assert_eq!(ours, naive);
        let nobody: Fingerprint = [0; 20];
        prop_assert!(seen.relays.iter().all(|relay| relay.fingerprint == nobody));
    }
}
