//! Zones that Knot DNS signs, and what an adversary makes of them.

use std::fmt::Write as _;
use std::fs;

use faisceau_collect::dns::dnssec::Anchors;
use faisceau_collect::dns::{Collected, Kind, Plan, Resolver, Ways};

use crate::programs::{Program, free, is_missing, nsd, output, start, wait_for};
use crate::{lines, plan, run};

const TOP: &str = "example.net";
/// Zones below the first one: policy, and lines of their own.
const BELOW: [(&str, &str, &str); 4] = [
    ("child.example.net", "hashed", ""),
    ("loose.example.net", "loose", "plain NS ns.plain\nns.plain A 127.0.0.1\n"),
    ("old.example.net", "old", ""),
    ("stripped.example.net", "plain", ""),
];
/// Zones that nobody signs.
const UNSIGNED: [&str; 2] = ["plain.example.net", "plain.loose.example.net"];

fn zone(name: &str, more: &str) -> String {
    format!(
        "$ORIGIN {name}.\n$TTL 300\n@ SOA ns root 1 60 60 60 60\n@ NS ns\nns A 127.0.0.1\nwww A \
         9.9.9.9\nalias CNAME www\n*.wild TXT \"x\"\na.ent A 9.9.9.8\nUp MX 1 MAIL\n_x._tcp SRV 0 0 1 WWW\ncaa CAA 0 issue \"CA.example\"\nmoved DNAME ENT\n{more}"
    )
}

/// Knot DNS, and the anchor of its first zone.
pub(crate) struct World {
    knot: Program,
    pub(crate) anchors: Anchors,
    /// The anchor as `keymgr` writes it.
    pub(crate) digest: String,
}

/// What is asked of the altered world.
pub(crate) const QUESTIONS: [(&str, Kind); 20] = [
    ("www.example.net", Kind::A),
    ("www.child.example.net", Kind::A),
    ("ns.child.example.net", Kind::A),
    ("www.loose.example.net", Kind::A),
    ("www.stripped.example.net", Kind::A),
    ("none.stripped.example.net", Kind::A),
    ("www.plain.example.net", Kind::A),
    ("b.wild.example.net", Kind::Txt),
    ("none.example.net", Kind::A),
    ("www.example.net", Kind::Mx),
    ("none.child.example.net", Kind::A),
    ("b.wild.child.example.net", Kind::Txt),
    ("www.plain.loose.example.net", Kind::A),
    ("alias.child.example.net", Kind::A),
    ("up.child.example.net", Kind::Mx),
    ("_x._tcp.example.net", Kind::Srv),
    ("caa.example.net", Kind::Caa),
    ("UP.example.net", Kind::Mx),
    ("example.net", Kind::Ns),
    ("a.moved.example.net", Kind::A),
];

/// The world with one signature of `child` changed, one record of `loose`, and `stripped` without
/// signatures. None where a server is missing.
pub(crate) fn altered_world() -> Option<(World, Program)> {
    if is_missing("knotd") || is_missing("keymgr") || is_missing("nsd") {
        return None;
    }
    let world = world();
    let server = world.altered(|name, text| match name {
        "child.example.net" => altered_signature(&text, "www.child.example.net.", "RRSIG\tA "),
        "loose.example.net" => text.replace("9.9.9.9", "9.9.9.10"),
        "stripped.example.net" => zone(name, ""),
        _ => text,
    });
    Some((world, server))
}

fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let (path, address) = (folder.path().display().to_string(), free());
    let mut conf = format!(
        "server:\n  listen: {}@{}\n  rundir: {path}\n  pidfile: {path}/pid\ndatabase:\n  storage: \
         {path}\npolicy:\n",
        address.ip(),
        address.port()
    );
    let policies = [("plain", ""), ("hashed", "0"), ("loose", "0"), ("old", "90")];
    for (id, iterations) in policies {
        write!(conf, "  - id: {id}\n    manual: on\n    algorithm: ecdsap256sha256\n").unwrap();
        if !iterations.is_empty() {
            write!(conf, "    nsec3: on\n    nsec3-iterations: {iterations}\n").unwrap();
        }
        if id == "loose" {
            conf += "    nsec3-opt-out: on\n";
        }
    }
    write!(conf, "template:\n  - id: default\n    storage: {path}\n    zonefile-sync: 0\n    semantic-checks: \
         off\nzone:\n").unwrap();
    let signed =
        std::iter::once((TOP, "plain")).chain(BELOW.map(|(name, policy, _)| (name, policy)));
    for (name, policy) in signed {
        write!(
            conf,
            "  - domain: {name}\n    file: {name}.zone\n    dnssec-signing: on\n    dnssec-policy: \
             {policy}\n"
        )
        .unwrap();
    }
    for name in UNSIGNED {
        write!(conf, "  - domain: {name}\n    file: {name}.zone\n").unwrap();
        fs::write(folder.path().join(format!("{name}.zone")), zone(name, "")).unwrap();
    }
    let conf_path = folder.path().join("knot.conf").display().to_string();
    fs::write(&conf_path, conf).unwrap();
    let digest = |name: &str| {
        let generate = ["-c", &conf_path, name, "generate", "ksk=yes", "zsk=yes"];
        output("keymgr", &generate);
        let digests = output("keymgr", &["-c", &conf_path, name, "ds"]);
        digests.lines().find(|line| line.contains(" 13 2 ")).unwrap().to_owned() + "\n"
    };
    let mut more = "plain NS ns.plain\nns.plain A 127.0.0.1\n".to_owned();
    for (name, _, own) in BELOW {
        fs::write(folder.path().join(format!("{name}.zone")), zone(name, own)).unwrap();
        write!(more, "{name}. NS ns.{name}.\nns.{name}. A 127.0.0.1\n{}", digest(name)).unwrap();
    }
    fs::write(folder.path().join(format!("{TOP}.zone")), zone(TOP, &more)).unwrap();
    let digest = digest(TOP);
    let anchors = Anchors::parse(&digest).unwrap();
    let knot = start("knotd", &["-c", &conf_path], address, folder);
    for (name, ..) in BELOW {
        wait_for(&knot.folder.path().join(format!("{name}.zone")), "RRSIG");
    }
    wait_for(&knot.folder.path().join(format!("{TOP}.zone")), "RRSIG");
    World { knot, anchors, digest }
}

impl World {
    /// Serves the signed zones with NSD, altered.
    fn altered(&self, alter: impl Fn(&str, String) -> String) -> Program {
        let names = BELOW.map(|(name, ..)| name);
        let names = std::iter::once(TOP).chain(names).chain(UNSIGNED);
        let zones: Vec<(&str, String)> = names
            .map(|name| {
                let path = self.knot.folder.path().join(format!("{name}.zone"));
                (name, alter(name, fs::read_to_string(path).unwrap()))
            })
            .collect();
        nsd(&zones)
    }

    fn checked(&self, plan: &Plan, server: &Program) -> Collected {
        let resolvers = [Resolver::from(server.address)];
        run(plan, &resolvers, false, Some(&self.anchors), &mut Ways::default())
    }
}

fn states(collected: &Collected) -> Vec<String> {
    let state = |line: &serde_json::Value| Some(line.get("dnssec")?["state"].as_str()?.to_owned());
    lines(collected).iter().filter_map(state).collect()
}

#[test]
fn what_is_signed_is_told_from_what_is_not() {
    if is_missing("knotd") || is_missing("keymgr") {
        return;
    }
    let world = world();
    let expected = [
        ("www.example.net", Kind::A, "secure"),
        ("alias.example.net", Kind::A, "secure"),
        ("b.wild.example.net", Kind::Txt, "secure"),
        ("b.wild.example.net", Kind::A, "secure"),
        ("ent.example.net", Kind::A, "secure"),
        ("none.example.net", Kind::A, "secure"),
        ("a.none.example.net", Kind::Txt, "secure"),
        ("www.example.net", Kind::Mx, "secure"),
        ("example.net", Kind::Soa, "secure"),
        ("child.example.net", Kind::Ds, "secure"),
        ("child.example.net", Kind::Dnskey, "secure"),
        ("plain.example.net", Kind::Ds, "secure"),
        ("www.child.example.net", Kind::A, "secure"),
        ("alias.child.example.net", Kind::A, "secure"),
        ("b.wild.child.example.net", Kind::Txt, "secure"),
        ("b.wild.child.example.net", Kind::A, "secure"),
        ("ent.child.example.net", Kind::A, "secure"),
        ("none.child.example.net", Kind::A, "secure"),
        ("www.child.example.net", Kind::Mx, "secure"),
        ("www.plain.example.net", Kind::A, "insecure"),
        ("none.plain.example.net", Kind::A, "insecure"),
        ("www.loose.example.net", Kind::A, "secure"),
        ("none.loose.example.net", Kind::A, "insecure"),
        ("www.plain.loose.example.net", Kind::A, "insecure"),
        ("www.old.example.net", Kind::A, "secure"),
        ("none.old.example.net", Kind::A, "indeterminate"),
        ("www.example.org", Kind::A, "indeterminate"),
        ("up.loose.example.net", Kind::Mx, "secure"),
        ("_x._tcp.child.example.net", Kind::Srv, "secure"),
        ("caa.example.net", Kind::Caa, "secure"),
        ("example.net", Kind::Dnskey, "secure"),
    ];
    let questions = expected.map(|(name, kind, _)| (name, kind));
    let collected = world.checked(&plan(&questions), &world.knot);
    let found = states(&collected);
    let wanted: Vec<&str> = expected.iter().map(|(.., state)| *state).collect();
    let lines = lines(&collected);
    for ((line, found), wanted) in lines.iter().zip(&found).zip(&wanted) {
        assert_eq!(found, wanted, "{line:#}");
    }
    assert_eq!(found.len(), wanted.len());
    assert_eq!((collected.states.bogus, collected.states.insecure), (0, 4));
    assert_eq!(lines.len() as u64, collected.questions + collected.of_chain);
    // What was asked on the way is in the exhibit, each once; the resolver claims nothing here.
    assert!((8..30).contains(&collected.of_chain), "{}", collected.of_chain);
    assert!(lines.iter().all(|line| line["ad"] == false));
    let how = lines[12]["dnssec"]["how"].as_str().unwrap();
    assert!(how.starts_with("anchor example.net. (") && how.contains("> child.example.net. ("));
    assert_eq!(lines[0]["aa"], true);
    assert_eq!(lines[5]["authority"][0]["type"], "SOA");
}

#[test]
fn what_was_altered_is_bogus() {
    let Some((world, server)) = altered_world() else { return };
    let collected = world.checked(&plan(&QUESTIONS), &server);
    let expected = [
        "secure", "bogus", "secure", "bogus", "bogus", "bogus", "insecure", "secure", "secure",
        "secure", "secure", "secure", "insecure", "bogus", "secure", "secure", "secure", "secure",
        "secure", "secure",
    ];
    assert_eq!(states(&collected), expected, "{:#?}", collected.bogus);
    assert_eq!(collected.bogus.len(), 5);
    assert!(collected.bogus[0].1.contains("signature is wrong"), "{:?}", collected.bogus);
    // Another anchor: nothing is believed.
    let other = Anchors::parse(&format!("{TOP}. DS 1 13 2 {}", "00".repeat(32))).unwrap();
    let resolvers = [Resolver::from(server.address)];
    let collected = run(
        &plan(&[("www.example.net", Kind::A)]),
        &resolvers,
        false,
        Some(&other),
        &mut Ways::default(),
    );
    assert_eq!(states(&collected), ["bogus"]);
}

/// Changes one character of the signature of a set.
fn altered_signature(text: &str, owner: &str, kind: &str) -> String {
    let mut changed = 0;
    let alter = |line: &str| {
        let is_it =
            line.starts_with(owner) && line.replace(' ', "\t").contains(&kind.replace(' ', "\t"));
        if !is_it {
            return line.to_owned();
        }
        changed += 1;
        let at = line.len() - 20;
        let other = if &line[at..=at] == "A" { "B" } else { "A" };
        format!("{}{other}{}", &line[..at], &line[at + 1..])
    };
    let lines: Vec<String> = text.lines().map(alter).collect();
    assert_eq!(changed, 1);
    lines.join("\n") + "\n"
}
