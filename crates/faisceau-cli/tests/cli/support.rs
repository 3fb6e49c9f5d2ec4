//! Runs the real binary, with a cleared environment and a fixed clock.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

/// The binary under test.
pub(crate) fn binary() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("faisceau").to_path_buf()
}

/// A command with nothing from the machine but the search path.
pub(crate) fn faisceau(folder: &Path) -> Command {
    hermetic(Command::new(binary()), folder)
}

/// Clears the environment of a command and fixes its clock.
pub(crate) fn hermetic(mut command: Command, folder: &Path) -> Command {
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("FAISCEAU_CLOCK", "2026-11-20T10:00:00Z")
        .args(["--who", "test"])
        .current_dir(folder);
    command
}

/// What a command printed and how it ended.
#[derive(Debug)]
#[must_use]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Checks the exit code and gives what was printed.
    pub(crate) fn code(self, expected: i32) -> Self {
        assert_eq!(self.code, expected, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// Runs the binary in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    Ran::of(&faisceau(folder).args(arguments).output().unwrap())
}

/// Opens a case `affaire` in a folder and gives its folder.
pub(crate) fn opened(work: &Path) -> PathBuf {
    let _ = run(work, &["new", "affaire"]).code(0);
    work.join("affaire")
}

/// SHA-256 of every file below a folder, by path.
pub(crate) fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                let sum = Sha256::digest(fs::read(&path).unwrap());
                all.insert(name, hex(&sum));
            }
        }
    }
    all
}

/// A missing program: said on stderr, and a failure where nothing may be skipped.
pub(crate) fn skip(what: &str) {
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs {what}");
    eprintln!("SKIPPED: needs {what}");
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|b| [b >> 4, b & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}
