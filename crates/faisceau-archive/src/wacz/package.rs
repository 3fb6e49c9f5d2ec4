//! `datapackage.json` and `pages.jsonl`: bytes come in, what they state goes out. Read: the form of
//! WACZ 1.1, and that of 1.0, which had digests under `stats`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::PackageFlaw;

/// The most files of a package.
const MAX_FILES: usize = 100_000;
/// The most pages that are listed.
const MAX_PAGES: usize = 100_000;

/// A file as the package states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) path: String,
    /// `sha256:…`
    pub(super) hash: Option<String>,
    pub(super) bytes: Option<u64>,
}

/// What `datapackage.json` states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) version: Option<String>,
    pub(super) created: Option<String>,
    pub(super) software: Option<String>,
    pub(super) title: Option<String>,
    pub(super) files: Vec<Stated>,
    pub(super) flaws: Vec<PackageFlaw>,
}

impl Package {
    /// Reads `datapackage.json`. The error is why it cannot be.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let resources = value.get("resources").and_then(Value::as_array);
        let resources = resources.ok_or("has no list of resources")?;
        let mut package = Self {
            version: text("wacz_version"),
            created: text("created"),
            software: text("software"),
            title: text("title"),
            ..Self::default()
        };
        match package.version.as_deref() {
            Some(version) if version.starts_with("1.") => {}
            version => {
                let stated = version.unwrap_or("not stated").chars().take(40).collect();
                package.flaws.push(PackageFlaw::Version(stated));
            }
        }
        if resources.len() > MAX_FILES {
            package.flaws.push(PackageFlaw::TooMany { what: "files", limit: MAX_FILES });
        }
        for resource in resources.iter().take(MAX_FILES) {
            let Some(path) = resource.get("path").and_then(Value::as_str) else { continue };
            package.files.push(stated(path, resource));
        }
        Ok(package)
    }
}

fn stated(path: &str, resource: &Value) -> Stated {
    let stats = resource.get("stats");
    let under = |name: &str| resource.get(name).or_else(|| stats.and_then(|s| s.get(name)));
    let hash = under("hash").and_then(Value::as_str).map(|hash| {
        let algorithm = resource.get("hashing").and_then(Value::as_str).unwrap_or("sha256");
        if hash.contains(':') { hash.to_owned() } else { format!("{algorithm}:{hash}") }
    });
    Stated { path: path.to_owned(), hash, bytes: under("bytes").and_then(Value::as_u64) }
}

/// A page that was captured: where a reader begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// When it was captured, RFC 3339.
    pub ts: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
}

/// Reads `pages.jsonl`.
pub(super) fn pages(bytes: &[u8], flaws: &mut Vec<PackageFlaw>) -> Vec<Page> {
    let (mut pages, mut lost) = (Vec::new(), 0);
    for line in bytes.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        if pages.len() == MAX_PAGES {
            flaws.push(PackageFlaw::TooMany { what: "pages", limit: MAX_PAGES });
            break;
        }
        match serde_json::from_slice::<Page>(line) {
            Ok(page) => pages.push(page),
            // The first line says what the file is.
            Err(_)
                if serde_json::from_slice::<Value>(line)
                    .is_ok_and(|v| v.get("format").is_some()) => {}
            Err(_) => lost += 1,
        }
    }
    if lost > 0 {
        flaws.push(PackageFlaw::Pages(lost));
    }
    pages
}
