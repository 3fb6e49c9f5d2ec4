//! From the bytes of a file to a row of the table `media`, and the rows of its fields.
//!
//! In: the bytes, the place they were found at, the account that sent them where the source says.
//! Out: one record: a row, or a reject. Refused: files beyond [`MAX`], and what shows no picture
//! and says nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use faisceau_media::traces::{self, Trace};
use faisceau_media::{Description, Kind, describe, describe_stream, hex};
use faisceau_model::rows::{Account, Media, MediaField, Reject};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, RowId, Sink, inert,
};
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::{columns, looks};
use crate::contract::{ImportError, Source};
use crate::settings::ImportSettings;

/// Largest file that is held in memory, in bytes.
pub(super) const MAX: u64 = 256 << 20;

/// Where a file was found.
pub(crate) struct Found<'a> {
    /// The exhibit.
    pub(crate) exhibit: ExhibitNo,
    /// Its place in it.
    pub(crate) place: Place,
    /// Its file name.
    pub(crate) name: &'a str,
    /// Who sent it.
    pub(crate) account: Maybe<AccountKey>,
    /// The zone assumed for times without one.
    pub(crate) zone: Option<&'a TimeZone>,
}

/// Reads an exhibit that is one file.
pub(super) fn alone(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
    kind: Kind,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    let owner = settings.declared_owner(source.exhibit);
    if let Some(owner) = &owner {
        // It may have nothing else in the case: an avatar, say.
        sink.account(Account::new(source.exhibit, &Place::Whole, 0, owner.clone()));
    }
    let found = Found {
        exhibit: source.exhibit,
        place: Place::Whole,
        name: source.name,
        account: Maybe::or_absent(owner, Absent::NotRecorded),
        zone: zone.as_ref(),
    };
    if !kind.is_stream() {
        let bytes = source.read_all(MAX)?;
        if let Some(described) = describe(&bytes) {
            let seen = (!settings.blind).then_some(&bytes[..]);
            record(found, &hex(&Sha256::digest(&bytes)), &described, seen, sink);
        }
        return Ok(());
    }
    let mut hashed = Hashed { inner: (source.open)()?, hash: Sha256::new() };
    let described = describe_stream(kind, &mut hashed)?.unwrap_or_default();
    // What the reader left, for the hash is of the whole file.
    io::copy(&mut hashed, &mut io::sink())?;
    record(found, &hex(&hashed.hash.finalize()), &described, None, sink);
    Ok(())
}

/// Hashes what is read.
struct Hashed {
    inner: Box<dyn io::Read + Send>,
    hash: Sha256,
}

impl io::Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Whether the bytes are of a file that [`attached`] reads.
pub(crate) fn is_media(bytes: &[u8]) -> bool {
    faisceau_media::kind(bytes).is_some()
}

/// Whether the first bytes are of a picture, which takes long to look at.
pub fn is_picture(head: &[u8]) -> bool {
    use Kind::{Gif, Jpeg, Png, Webp};
    matches!(faisceau_media::kind(head), Some(Jpeg | Png | Webp | Gif))
}

/// Reads a file inside another exhibit: one record, if it is of a kind that is known.
pub(crate) fn attached(found: Found<'_>, bytes: &[u8], sink: &mut dyn Sink) {
    if let Some(described) = describe(bytes) {
        record(found, &hex(&Sha256::digest(bytes)), &described, Some(bytes), sink);
    }
}

fn record(
    found: Found<'_>,
    sha256: &str,
    described: &Description,
    bytes: Option<&[u8]>,
    sink: &mut dyn Sink,
) {
    sink.records(1);
    if described.is_empty() {
        let detail = described.flaws.first().map_or("nothing in it can be read", |f| f.detail);
        let reject = Reject::new(found.exhibit, found.place, RejectReason::Truncated, detail, b"");
        sink.reject(reject);
        return;
    }
    let (mut media, fields) = rows(found, sha256, described);
    if let Some(bytes) = bytes.filter(|_| media.mime.starts_with("image/")) {
        looks::fill(&mut media, described, bytes);
    }
    sink.media(media);
    for field in fields {
        sink.media_field(field);
    }
    sink.read(1);
}

fn rows(found: Found<'_>, sha256: &str, described: &Description) -> (Media, Vec<MediaField>) {
    let Found { exhibit, place, name, account, zone } = found;
    let mut row = Media::new(exhibit, &place, 0, sha256.to_owned(), described.mime);
    name.clone_into(&mut row.name);
    row.name = inert(&row.name).into_owned();
    row.account = account;
    row.picture_sha256 =
        Maybe::or_absent(described.coded.map(|hash| hex(&hash)), Absent::Unreadable);
    row.fields = described.fields.len() as i64;
    row.flaws = described.flaws.len() as i64 + i64::from(described.left_out > 0);
    columns::fill(&mut row, described, zone);
    let traces = traces::read(name, described);
    row.traces = codes(&traces);
    let values = described.fields.iter().map(|field| Said {
        group: field.group,
        name: &field.name,
        value: field.value.clone(),
        at: field.at.clone(),
    });
    let flaws = described.flaws.iter().map(|flaw| Said {
        group: "Flaw",
        name: "Flaw",
        value: flaw.detail.to_owned(),
        at: flaw.at..flaw.at,
    });
    let hints = traces.iter().map(|trace| Said {
        group: "Trace",
        name: trace.entry,
        value: hint(trace),
        at: 0..0,
    });
    // What is beyond the limit is not kept, and not lost in silence.
    let beyond = (described.left_out > 0).then(|| Said {
        group: "Flaw",
        name: "FieldsLeftOut",
        value: described.left_out.to_string(),
        at: 0..0,
    });
    let all = values.chain(flaws).chain(beyond).chain(hints).enumerate();
    let fields = all.map(|(part, said)| {
        let (start, len) = (said.at.start, said.at.end.saturating_sub(said.at.start));
        let own = if place == Place::Whole { Place::Bytes { start, len } } else { place.clone() };
        MediaField {
            id: RowId::at("mfd", exhibit, &own, part as u32),
            exhibit,
            place: own,
            media: row.id.clone(),
            group: said.group.to_owned(),
            name: said.name.to_owned(),
            value: said.value,
            byte: start as i64,
            length: len as i64,
        }
    });
    let fields = fields.collect();
    (row, fields)
}

/// What a row of `media_fields` holds.
struct Said<'a> {
    group: &'a str,
    name: &'a str,
    value: String,
    at: Range<u64>,
}

/// `copy:whatsapp`, each once, in order.
fn codes(traces: &[Trace]) -> Vec<String> {
    let codes: BTreeSet<String> =
        traces.iter().map(|trace| format!("{}:{}", trace.kind.as_str(), trace.platform)).collect();
    codes.into_iter().collect()
}

/// `copy whatsapp, by its name; saved 2024-01-31 local; id=WA0007`.
fn hint(trace: &Trace) -> String {
    let mut text =
        format!("{} {}, by its {}", trace.kind.as_str(), trace.platform, trace.basis.as_str());
    if let Some(at) = &trace.at {
        let _ = write!(text, "; {} {at}", trace.means.unwrap_or("at"));
    }
    let facts = [("id", &trace.id), ("app", &trace.app), ("sequence", &trace.sequence)];
    for (name, value) in facts {
        if let Some(value) = value {
            let _ = write!(text, "; {name}={value}");
        }
    }
    inert(&text).into_owned()
}
