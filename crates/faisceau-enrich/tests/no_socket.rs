//! No crate that this one compiles resolves names, speaks a protocol or waits for a socket.
//!
//! The lock file is walked from `faisceau-enrich`; it names more than is compiled (other platforms,
//! features that are off, crates of tests), so what it does not reach is not there at all. Our own
//! code is held to the same by the lint (`clippy.toml`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

/// Resolvers, clients, run times, and the crates that they all open sockets by.
const NETWORK: [&str; 20] = [
    "async-std",
    "curl",
    "hickory-net",
    "hickory-proto",
    "hickory-resolver",
    "hyper",
    "isahc",
    "mail-auth",
    "mio",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "tokio",
    "trust-dns-resolver",
    "ureq",
    "resolv-conf",
];

fn reached(lock: &str, from: &str) -> BTreeSet<String> {
    let lock: toml::Table = lock.parse().unwrap();
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        let list = package.get("dependencies").and_then(toml::Value::as_array);
        let words =
            list.into_iter().flatten().map(|d| d.as_str().unwrap().split(' ').next().unwrap());
        needs.entry(package["name"].as_str().unwrap()).or_default().extend(words);
    }
    let (mut all, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(name) = next.pop() {
        if all.insert(name.to_owned()) {
            next.extend(&needs[name]);
        }
    }
    all
}

#[test]
fn no_dependency_opens_a_socket() {
    let all = reached(include_str!("../../../Cargo.lock"), "faisceau-enrich");
    assert!(all.contains("rsa") && all.contains("psl"), "the walk reaches what there is");
    let found: Vec<_> = NETWORK.iter().filter(|name| all.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?}");
}
