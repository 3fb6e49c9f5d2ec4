//! Stamps times as RFC 3161 asks for, truly and falsely. The program `openssl` makes the tokens, in
//! a folder of its own that goes with the site.

use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use tempfile::TempDir;

use crate::certificates::{Chain, Holder};
use crate::listener::locked;
use crate::request::Seen;
use crate::respond::{Reply, TEXT, deterministic};
use crate::site::State;

mod query;

use query::Part;

const ASKED: &str = "application/timestamp-query";
const GIVEN: &str = "application/timestamp-reply";

/// One that is honest, and five that are not.
const PATHS: [&str; 6] =
    ["/tsa", "/tsa-expired", "/tsa-wrong-nonce", "/tsa-other-bytes", "/tsa-reject", "/tsa-garbage"];

/// A `TimeStampResp` without a token: status 2 (rejection), a text, failure badAlg.
const REJECTION: &[u8] =
    b"\x30\x1c\x30\x1a\x02\x01\x02\x30\x11\x0c\x0fno stamps today\x03\x02\x07\x80";

/// Makes tokens, one at a time.
pub(crate) struct Authority {
    folder: Mutex<TempDir>,
}

fn settings(folder: &Path, name: &str) -> String {
    let folder = folder.display();
    format!(
        "[tsa]\n\
         serial = {folder}/serial\n\
         crypto_device = builtin\n\
         signer_cert = {folder}/{name}.pem\n\
         signer_key = {folder}/{name}.key\n\
         certs = {folder}/above.pem\n\
         signer_digest = sha256\n\
         default_policy = 1.2.3.4.1\n\
         other_policies = 1.2.3.4.5\n\
         digests = sha256, sha384, sha512\n\
         accuracy = secs:1\n\
         ordering = no\n\
         tsa_name = yes\n\
         ess_cert_id_chain = no\n\
         ess_cert_id_alg = sha256\n"
    )
}

impl Authority {
    /// Whether the program is there.
    pub(crate) fn possible() -> bool {
        Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success())
    }

    pub(crate) fn new(chain: &Chain) -> io::Result<Self> {
        if !Self::possible() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "openssl is not on the path"));
        }
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("above.pem"), chain.above_pem())?;
        for (name, expired) in [("current", false), ("expired", true)] {
            let Holder { certificate, key } = chain.stamping(expired)?;
            let file = |end: &str| folder.path().join(format!("{name}.{end}"));
            std::fs::write(file("pem"), certificate.pem())?;
            std::fs::write(file("key"), key.serialize_pem())?;
            std::fs::write(file("cnf"), settings(folder.path(), name))?;
        }
        Ok(Self { folder: Mutex::new(folder) })
    }

    /// What the program answers a query; a query that it cannot read is answered by a rejection.
    fn stamp(&self, query: &[u8], name: &str) -> io::Result<Vec<u8>> {
        let folder = locked(&self.folder);
        let file = |name: &str| folder.path().join(name);
        std::fs::write(file("query"), query)?;
        let output = Command::new("openssl")
            .args(["ts", "-reply", "-section", "tsa", "-config"])
            .arg(file(&format!("{name}.cnf")))
            .arg("-queryfile")
            .arg(file("query"))
            .arg("-out")
            .arg(file("reply"))
            .output()?;
        if !output.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        std::fs::read(file("reply"))
    }

    fn answer(&self, path: &str, query: &[u8]) -> io::Result<Vec<u8>> {
        let unreadable = || io::Error::other("the query has no such part");
        let changed = |part: Part| {
            let query = query::changed(query, part).ok_or_else(unreadable)?;
            self.stamp(&query, "current")
        };
        match path {
            "/tsa" => self.stamp(query, "current"),
            "/tsa-expired" => self.stamp(query, "expired"),
            "/tsa-wrong-nonce" => changed(Part::Nonce),
            "/tsa-other-bytes" => changed(Part::Hash),
            "/tsa-reject" => Ok(REJECTION.to_vec()),
            "/tsa-garbage" => Ok(deterministic(2000)),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// What stamps times, where the site has it.
pub(crate) fn reply(seen: &Seen, state: &State) -> Option<Reply> {
    let authority = state.authority.as_ref()?;
    if !PATHS.contains(&seen.path()) {
        return None;
    }
    if seen.method != "POST" {
        return Some(Reply::new(405, TEXT, "POST\n").with("Allow", "POST"));
    }
    if seen.header("Content-Type") != Some(ASKED) {
        return Some(Reply::new(415, TEXT, ASKED));
    }
    Some(match authority.answer(seen.path(), &seen.body) {
        Ok(reply) => Reply::ok(GIVEN, reply),
        Err(error) => Reply::new(500, TEXT, error.to_string()),
    })
}

#[cfg(test)]
mod tests;
