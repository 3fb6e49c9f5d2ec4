//! Records as bytes (ISO 28500, sections 4 to 6): a draft comes in, a record goes out, plain or as
//! a gzip member. The same draft gives the same bytes, its identity included.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use jiff::Timestamp;

use super::digest::{hex, sha256};
use super::head::Kind;

/// The version of the standard that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Version {
    /// ISO 28500:2009: times in seconds.
    V1_0,
    /// ISO 28500:2017: times in microseconds.
    #[default]
    V1_1,
}

/// A record before it has an identity and digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its type.
    pub kind: Kind,
    /// What it is about.
    pub uri: Option<String>,
    /// When it was recorded.
    pub date: Timestamp,
    /// The media type of the block.
    pub content_type: String,
    /// Fields beside those that the writer makes.
    pub fields: Vec<(&'static str, String)>,
    /// The content.
    pub block: Vec<u8>,
    /// Where the payload begins in the block; its digest is stated.
    pub payload_at: Option<usize>,
    /// The version that is written.
    pub version: Version,
}

impl Draft {
    /// A record without further fields.
    pub fn new(kind: Kind, uri: &str, date: Timestamp, content_type: &str, block: Vec<u8>) -> Self {
        Self {
            kind,
            uri: Some(uri.to_owned()),
            date,
            content_type: content_type.to_owned(),
            fields: Vec::new(),
            block,
            payload_at: None,
            version: Version::default(),
        }
    }

    /// Adds a field. Line breaks and other control characters in it become blanks.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.fields.push((name, value));
        self
    }

    /// `<urn:uuid:…>`, a UUID of version 8 (RFC 9562): the beginning of SHA-256 over what is
    /// recorded, of what, and when.
    pub fn id(&self) -> String {
        let uri = self.uri.as_deref().unwrap_or_default();
        let (kind, date, block) = (self.kind.as_str(), self.date(), sha256(&self.block));
        let named = format!("{kind}\n{}\n{date}\n{block}\n", uri_text(uri));
        let digits = sha256(named.as_bytes());
        let digits = digits.strip_prefix("sha256:").unwrap_or_default();
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        // The variant is two bits, 10: the digit is 8, 9, a or b.
        let variant = match part(16, 17) {
            "0" | "4" | "8" | "c" => "8",
            "1" | "5" | "9" | "d" => "9",
            "2" | "6" | "a" | "e" => "a",
            _ => "b",
        };
        let first = format!("{}-{}-8{}", part(0, 8), part(8, 12), part(13, 16));
        format!("<urn:uuid:{first}-{variant}{}-{}>", part(17, 20), part(20, 32))
    }

    fn date(&self) -> String {
        let form = match self.version {
            Version::V1_0 => "%Y-%m-%dT%H:%M:%SZ",
            Version::V1_1 => "%Y-%m-%dT%H:%M:%S.%6fZ",
        };
        self.date.strftime(form).to_string()
    }

    /// The record as it stands in a plain file.
    pub fn bytes(&self) -> Vec<u8> {
        let version = match self.version {
            Version::V1_0 => "1.0",
            Version::V1_1 => "1.1",
        };
        let mut head = format!("WARC/{version}\r\n");
        let mut line = |name: &str, value: &str| {
            head.push_str(name);
            head.push_str(": ");
            head.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
            head.push_str("\r\n");
        };
        line("WARC-Type", self.kind.as_str());
        line("WARC-Record-ID", &self.id());
        line("WARC-Date", &self.date());
        if let Some(uri) = &self.uri {
            line("WARC-Target-URI", &uri_text(uri));
        }
        for (name, value) in &self.fields {
            line(name, value);
        }
        if let Some(payload) = self.payload_at.and_then(|at| self.block.get(at..)) {
            line("WARC-Payload-Digest", &sha256(payload));
        }
        line("WARC-Block-Digest", &sha256(&self.block));
        line("Content-Type", &self.content_type);
        line("Content-Length", &self.block.len().to_string());
        [head.as_bytes(), b"\r\n", &self.block, b"\r\n\r\n"].concat()
    }

    /// The record as a gzip member of its own, without a time or a name of a file.
    pub fn member(&self) -> Vec<u8> {
        let mut encoder = GzBuilder::new()
            .mtime(0)
            .operating_system(255)
            .write(Vec::new(), Compression::default());
        // A vector takes every byte.
        let _written = encoder.write_all(&self.bytes());
        encoder.finish().unwrap_or_default()
    }
}

/// An address without blanks and control characters, which a field cannot have.
fn uri_text(uri: &str) -> String {
    let mut out = String::with_capacity(uri.len());
    for c in uri.chars() {
        if c.is_whitespace() || c.is_control() {
            let mut utf8 = [0; 4];
            for byte in c.encode_utf8(&mut utf8).bytes() {
                out.push('%');
                out.push_str(&hex(&[byte]).to_ascii_uppercase());
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// What the first record of a file says: who recorded it, with what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Info {
    /// The name of the file, if it has one.
    pub filename: Option<String>,
    /// Program and version.
    pub software: String,
    /// Further fields: `operator`, `robots`, `ip`, `hostname`, `http-header-user-agent`.
    pub fields: Vec<(String, String)>,
}

/// The `warcinfo` record that a file begins with.
pub fn file_head(info: &Info, at: Timestamp) -> Draft {
    let standard = ("format".to_owned(), "WARC File Format 1.1".to_owned());
    let software = ("software".to_owned(), info.software.clone());
    let mut block = String::new();
    for (name, value) in [&software, &standard].into_iter().chain(&info.fields) {
        let inert = |text: &str| text.replace(|c: char| c.is_control(), " ");
        block.push_str(&[&inert(name).replace(':', "-"), ": ", &inert(value), "\r\n"].concat());
    }
    let media = "application/warc-fields";
    let mut draft = Draft::new(Kind::Warcinfo, "", at, media, block.into_bytes());
    draft.uri = None;
    match &info.filename {
        Some(name) => draft.with("WARC-Filename", name.clone()),
        None => draft,
    }
}

/// A resource that came from no server as it is: a screenshot, a DOM, a page as PDF, a resource
/// that a browser decoded. `of` is the identity of the record that it was made from.
pub fn resource(
    uri: &str,
    at: Timestamp,
    content_type: &str,
    content: Vec<u8>,
    of: Option<&str>,
) -> Draft {
    let mut draft = Draft::new(Kind::Resource, uri, at, content_type, content);
    draft.payload_at = Some(0);
    match of {
        Some(id) => draft.with("WARC-Concurrent-To", id.to_owned()),
        None => draft,
    }
}
