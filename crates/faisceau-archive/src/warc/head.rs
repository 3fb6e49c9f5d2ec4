//! The head of a record (ISO 28500, section 4): bytes come in, version and fields go out.

use std::fmt;

use super::error::{BrokenRecord, RecordFlaw};

/// The types of records (ISO 28500, section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// On the file itself.
    Warcinfo,
    /// What a server answered, with its head.
    Response,
    /// A resource without a protocol around it.
    Resource,
    /// What was asked of a server.
    Request,
    /// On another record.
    Metadata,
    /// A resource that was recorded before.
    Revisit,
    /// A resource in another form.
    Conversion,
    /// The rest of a record that was split.
    Continuation,
    /// A type that the standard does not have.
    Other,
}

impl Kind {
    /// The word of the standard.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warcinfo => "warcinfo",
            Self::Response => "response",
            Self::Resource => "resource",
            Self::Request => "request",
            Self::Metadata => "metadata",
            Self::Revisit => "revisit",
            Self::Conversion => "conversion",
            Self::Continuation => "continuation",
            Self::Other => "other",
        }
    }

    const ALL: [Self; 8] = [
        Self::Warcinfo,
        Self::Response,
        Self::Resource,
        Self::Request,
        Self::Metadata,
        Self::Revisit,
        Self::Conversion,
        Self::Continuation,
    ];

    fn read(text: Option<&str>) -> Self {
        let found = text.and_then(|t| Self::ALL.into_iter().find(|k| k.as_str() == t));
        found.unwrap_or(Self::Other)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The head of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) version: String,
    pub(super) kind: Kind,
    pub(super) fields: Vec<(String, String)>,
    pub(super) flaws: Vec<RecordFlaw>,
}

impl Head {
    /// Reads a head that begins with `WARC/` and ends with its empty line. A field may go on in
    /// the lines after it that begin with a blank.
    pub(super) fn read(raw: &[u8]) -> Self {
        let mut lines = raw.split(|b| *b == b'\n').map(|l| l.strip_suffix(b"\r").unwrap_or(l));
        let first = lines.next().unwrap_or_default();
        let version = String::from_utf8_lossy(first.strip_prefix(b"WARC/").unwrap_or(first));
        let version = version.trim().chars().take(20).collect::<String>();
        let (mut fields, mut flaws, mut lost) = (Vec::<(String, String)>::new(), Vec::new(), 0);
        for line in lines.filter(|line| !line.is_empty()) {
            let text = String::from_utf8_lossy(line);
            match (text.split_once(':'), fields.last_mut()) {
                _ if text.starts_with([' ', '\t']) => match fields.last_mut() {
                    Some((_, value)) => *value = format!("{value} {}", text.trim()),
                    None => lost += 1,
                },
                (Some((name, value)), _) => {
                    fields.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                (None, _) => lost += 1,
            }
        }
        if version != "1.0" && version != "1.1" {
            flaws.push(RecordFlaw::Version(version.clone()));
        }
        if lost > 0 {
            flaws.push(RecordFlaw::Lines(lost));
        }
        let mut head = Self { version, kind: Kind::Other, fields, flaws };
        head.kind = Kind::read(head.field("WARC-Type"));
        for name in ["WARC-Type", "WARC-Record-ID", "WARC-Date"] {
            if head.field(name).is_none() {
                head.flaws.push(RecordFlaw::Missing(name));
            }
        }
        head
    }

    /// The first field of a name, whatever its case.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    /// The length of the block.
    pub(super) fn length(&self) -> Result<u64, BrokenRecord> {
        let of_name = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-length");
        let mut stated = self.fields.iter().filter(of_name).map(|(_, value)| value.as_str());
        let wrong = |text: &str| BrokenRecord::Length(format!("`{}`", excerpt(text)));
        let first =
            stated.next().ok_or_else(|| BrokenRecord::Length("there is none".to_owned()))?;
        let digits = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
        let length = first.parse().ok().filter(|_| digits).ok_or_else(|| wrong(first))?;
        match stated.find(|other| *other != first) {
            Some(other) => Err(wrong(other)),
            None => Ok(length),
        }
    }
}

/// The first field of a name, whatever its case.
pub(super) fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    let found = fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

fn excerpt(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_default).collect()
}
