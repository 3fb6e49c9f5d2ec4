//! A resolver that checks signatures itself and says SERVFAIL to what it does not believe.

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use faisceau_collect::dns::{Kind, Resolver, Ways};

use crate::{lines, plan, run, signed};

/// Passes questions on, and says SERVFAIL unless they bear the CD bit.
fn validating(server: SocketAddr) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let onward = UdpSocket::bind("127.0.0.1:0").unwrap();
        onward.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut buffer = vec![0; 65_535];
        while let Ok((len, from)) = socket.recv_from(&mut buffer) {
            let unchecked = buffer[3] & 0x10 != 0;
            if unchecked {
                onward.send_to(&buffer[..len], server).unwrap();
                let len = onward.recv(&mut buffer).unwrap();
                socket.send_to(&buffer[..len], from).unwrap();
            } else {
                buffer[2] |= 0x80;
                buffer[3] = (buffer[3] & 0xf0) | 2;
                socket.send_to(&buffer[..len], from).unwrap();
            }
        }
    });
    address
}

#[test]
fn what_a_resolver_hides_is_looked_at() {
    let Some((world, server)) = signed::altered_world() else { return };
    let resolvers = [Resolver::from(validating(server.address))];
    let plan = plan(&[("www.child.example.net", Kind::A), ("www.example.net", Kind::A)]);
    let collected = run(&plan, &resolvers, false, Some(&world.anchors), &mut Ways::default());
    let lines = lines(&collected);
    assert_eq!(
        (&lines[0]["status"], &lines[1]["status"]),
        (&"SERVFAIL".into(), &"SERVFAIL".into())
    );
    assert_eq!(lines[0]["dnssec"]["state"], "bogus");
    assert_eq!(lines[1]["dnssec"]["state"], "secure");
    assert!(lines[1]["dnssec"]["how"].as_str().unwrap().starts_with("the resolver hides it"));
    assert_eq!(lines[2]["answers"][0]["data"], "9.9.9.9");
}

/// Needs `delv` of BIND, another validator.
#[test]
fn another_validator_says_the_same() {
    if crate::programs::is_missing("delv") {
        return;
    }
    let Some((world, server)) = signed::altered_world() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("anchors").display().to_string();
    let digest: Vec<&str> = world.digest.split_ascii_whitespace().collect();
    let (tag, hex) = (digest[2], digest[5]);
    let anchor = format!("trust-anchors {{ \"example.net.\" static-ds {tag} 13 2 \"{hex}\"; }};\n");
    std::fs::write(&file, anchor).unwrap();
    let raw = |name: &str, kind: &str| {
        let port = server.address.port().to_string();
        let arguments = ["@127.0.0.1", "-p", &port, "-a", &file, "+root=example.net", name, kind];
        let output = std::process::Command::new("delv").args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr)
    };
    let said = |name: &str, kind: &str| {
        let text = raw(name, kind);
        match &text {
            text if text.contains("; negative response, fully validated") => "secure",
            text if text.contains("; negative response, unsigned answer") => "insecure",
            text if text.contains("resolution failed") => "bogus",
            text if text.contains("; fully validated") => "secure",
            text if text.contains("; unsigned answer") => "insecure",
            _ => "bogus",
        }
    };
    let questions = signed::QUESTIONS.map(|(name, kind)| (name, kind));
    let collected = run(
        &plan(&questions),
        &[Resolver::from(server.address)],
        false,
        Some(&world.anchors),
        &mut Ways::default(),
    );
    let lines = lines(&collected);
    for ((name, kind), line) in questions.iter().zip(&lines) {
        assert_eq!(
            line["dnssec"]["state"],
            said(name, kind.as_str()),
            "{name} {kind}: {line:#}\n{}",
            raw(name, kind.as_str())
        );
    }
}
