//! A package is written: the same archives, pages and key give the same bytes. Files are stored
//! without compression, so that a reader can go to a record in them.

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::cdxj;
use super::error::WaczError;
use super::package::Page;
use super::sign::SigningKey;
use crate::warc::{Item, Limits, Reader, digest_of};

/// Lines of a block of the compressed index.
const BLOCK: usize = 3000;
/// The version that is written.
const VERSION: &str = "1.1.1";

/// What goes into a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents<'c> {
    /// Archives with their names (`data.warc.gz`): letters, digits, `-`, `_` and `.` only.
    pub archives: Vec<(&'c str, &'c [u8])>,
    /// Pages at which a reader begins.
    pub pages: Vec<Page>,
    /// What the package is called.
    pub title: Option<String>,
    /// Program and version.
    pub software: String,
    /// When it was made. A second is the precision of the format.
    pub created: Timestamp,
}

#[derive(Serialize)]
struct Resource {
    name: String,
    path: String,
    hash: String,
    bytes: u64,
}

#[derive(Serialize)]
struct Package<'p> {
    profile: &'static str,
    resources: Vec<Resource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'p str>,
    created: &'p str,
    wacz_version: &'static str,
    software: &'p str,
}

#[derive(Serialize)]
struct PageLine<'p> {
    id: String,
    url: &'p str,
    ts: &'p str,
    title: &'p str,
}

#[derive(Serialize)]
struct Seal<'s> {
    path: &'static str,
    hash: &'s str,
    #[serde(rename = "signedData", skip_serializing_if = "Option::is_none")]
    signed: Option<Signed<'s>>,
}

#[derive(Serialize)]
struct Signed<'s> {
    hash: &'s str,
    created: &'s str,
    software: &'s str,
    version: &'static str,
    signature: String,
    #[serde(flatten)]
    by: SignedBy<'s>,
}

/// Who signed.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum SignedBy<'s> {
    Key {
        /// DER, in base 64.
        #[serde(rename = "publicKey")]
        public_key: String,
    },
    Domain {
        domain: &'s str,
        /// PEM.
        #[serde(rename = "domainCert")]
        chain: &'s str,
        /// The answer of the authority, in base 64.
        #[serde(rename = "timeSignature")]
        stamp: String,
        /// PEM.
        #[serde(rename = "timestampCert")]
        authority: String,
    },
}

/// Writes a package. With a key, it is sealed anonymously: somebody has to say whose key it is.
///
/// # Errors
/// When an archive has a name that is none, is broken, or the package cannot be put together.
pub fn write(contents: &Contents<'_>, key: Option<&SigningKey>) -> Result<Vec<u8>, WaczError> {
    let unsealed = Unsealed::of(contents)?;
    let Some(key) = key else { return unsealed.finish(None) };
    let refused = || WaczError::Key("it does not sign".to_owned());
    let signature = STANDARD.encode(key.sign(unsealed.hash.as_bytes()).ok_or_else(refused)?);
    let by = SignedBy::Key { public_key: STANDARD.encode(key.public_key()) };
    unsealed.finish(Some((signature, by)))
}

/// Files with their paths in the package.
type Files<'c> = Vec<(String, Cow<'c, [u8]>)>;

/// A package without its seal.
pub(super) struct Unsealed<'c> {
    /// Every file that the package lists.
    files: Files<'c>,
    /// `datapackage.json`.
    package: Vec<u8>,
    /// Its digest.
    hash: String,
    created: String,
    software: String,
}

impl std::fmt::Debug for Unsealed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unsealed").field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl<'c> Unsealed<'c> {
    pub(super) fn of(contents: &Contents<'c>) -> Result<Self, WaczError> {
        let mut files: Files<'c> = index(&contents.archives)?;
        for (name, archive) in &contents.archives {
            files.push((format!("archive/{name}"), Cow::Borrowed(archive)));
        }
        files.push(("pages/pages.jsonl".to_owned(), pages(&contents.pages)?.into()));
        let created = contents.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let package = Package {
            profile: "data-package",
            resources: files.iter().map(|(path, bytes)| resource(path, bytes)).collect(),
            title: contents.title.as_deref(),
            created: &created,
            wacz_version: VERSION,
            software: &contents.software,
        };
        let package = serde_json::to_vec_pretty(&package).map_err(|e| json(&e))?;
        let hash = digest_of(&package);
        Ok(Self { files, package, hash, created, software: contents.software.clone() })
    }

    /// What is signed: the digest of `datapackage.json`, as text.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    /// Writes the package with a signature, in base 64, and whose it is.
    pub(super) fn finish(
        mut self,
        signed: Option<(String, SignedBy<'_>)>,
    ) -> Result<Vec<u8>, WaczError> {
        let (hash, created, software) = (&self.hash, &self.created, &self.software);
        let version = "0.1.0";
        let signed = signed.map(|(signature, by)| Signed {
            hash,
            created,
            software,
            version,
            signature,
            by,
        });
        let seal = Seal { path: "datapackage.json", hash, signed };
        let seal = serde_json::to_vec_pretty(&seal).map_err(|e| json(&e))?;
        self.files.push(("datapackage.json".to_owned(), self.package.into()));
        self.files.push(("datapackage-digest.json".to_owned(), seal.into()));
        pack(&self.files)
    }
}

fn json(e: &serde_json::Error) -> WaczError {
    WaczError::Write(e.to_string())
}

fn resource(path: &str, bytes: &[u8]) -> Resource {
    let file = path.rsplit('/').next().unwrap_or(path);
    // Validators of data packages take lower-case letters alone.
    let name = file.to_ascii_lowercase().replace('_', "-");
    Resource { name, path: path.to_owned(), hash: digest_of(bytes), bytes: bytes.len() as u64 }
}

fn pages(pages: &[Page]) -> Result<Vec<u8>, WaczError> {
    let mut out =
        b"{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n".to_vec();
    for page in pages {
        let digest = digest_of(format!("{}\n{}", page.ts, page.url).as_bytes());
        let id = digest.trim_start_matches("sha256:").chars().take(22).collect();
        let line = PageLine { id, url: &page.url, ts: &page.ts, title: &page.title };
        out.extend(serde_json::to_vec(&line).map_err(|e| json(&e))?);
        out.push(b'\n');
    }
    Ok(out)
}

/// The compressed index and its own index.
fn index<'c>(archives: &[(&str, &[u8])]) -> Result<Files<'c>, WaczError> {
    let mut lines = Vec::new();
    for (name, archive) in archives {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || !name.chars().all(plain) || name.starts_with('.') {
            return Err(WaczError::Write(format!("`{}` is no name", name.escape_debug())));
        }
        let mut reader = Reader::new(*archive, Limits::default())?;
        while let Some(item) = reader.next_item()? {
            let record = match item {
                Item::Record(record) => record,
                Item::Broken(broken) => {
                    return Err(WaczError::Write(format!("`{name}` is broken: {broken}")));
                }
            };
            let stored = usize::try_from(record.place.at).ok().zip(record.place.length);
            let stored = stored.and_then(|(at, length)| {
                archive.get(at..at.checked_add(usize::try_from(length).ok()?)?)
            });
            let Some(stored) = stored else {
                let text = format!("`{name}` has records that share a gzip member");
                return Err(WaczError::Write(text));
            };
            lines.extend(cdxj::line(&record, stored, name));
        }
    }
    lines.sort();
    let (mut gz, mut idx) = (
        Vec::new(),
        "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}\n".to_owned(),
    );
    for block in lines.chunks(BLOCK) {
        let mut encoder = GzBuilder::new()
            .mtime(0)
            .operating_system(255)
            .write(Vec::new(), Compression::default());
        encoder.write_all(block.concat().as_bytes())?;
        let packed = encoder.finish()?;
        let first = block.first().map_or("", String::as_str);
        let key = first.split_once(" {").map_or(first, |(key, _)| key);
        let (offset, length, digest) = (gz.len(), packed.len(), digest_of(&packed));
        idx.extend([
            key,
            &format!(" {{\"offset\": {offset}, \"length\": {length}, \"digest\": \"{digest}\"}}\n"),
        ]);
        gz.extend(packed);
    }
    let idx = ("indexes/index.idx".to_owned(), idx.into_bytes().into());
    Ok(vec![("indexes/index.cdx.gz".to_owned(), gz.into()), idx])
}

fn pack(files: &[(String, Cow<'_, [u8]>)]) -> Result<Vec<u8>, WaczError> {
    let failed = |e: zip::result::ZipError| WaczError::Write(e.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(bytes.len() as u64 >= u64::from(u32::MAX));
        zip.start_file(path.as_str(), options).map_err(failed)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}
