//! From the bytes of an image to a row of the table `media`.
//!
//! In: the bytes, the place they were found at, the account that sent them where the source says.
//! Out: one record: a row, or a reject. Refused: files beyond [`MAX_IMAGE`], and what is no image
//! that this module reads.

use std::fmt::Write;

use faisceau_model::rows::{Media, Reject};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, RowId, Sink, inert,
};
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::exif::{self, Camera};
use super::{jpeg, png};
use crate::contract::{ImportError, Source};
use crate::settings::ImportSettings;

/// Largest image, in bytes.
pub(super) const MAX_IMAGE: u64 = 256 << 20;

/// What the container of an image shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Picture {
    /// Width in pixels.
    pub(super) width: Option<i64>,
    /// Height in pixels.
    pub(super) height: Option<i64>,
    /// SHA-256 of the coded picture, where the file holds all of it.
    pub(super) sha256: Option<String>,
    /// The TIFF structure that holds the EXIF fields.
    pub(super) exif: Option<Vec<u8>>,
}

/// How a container is read.
pub(super) type Read = fn(&[u8]) -> Result<Picture, (RejectReason, &'static str)>;

/// Where an image was found.
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

/// Reads an exhibit that is one image.
pub(super) fn alone(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
    (mime, read): (&str, Read),
) -> Result<(), ImportError> {
    let bytes = source.read_all(MAX_IMAGE)?;
    let zone = settings.zone().ok().flatten();
    let found = Found {
        exhibit: source.exhibit,
        place: Place::Whole,
        name: source.name,
        account: Maybe::Missing(Absent::NotRecorded),
        zone: zone.as_ref(),
    };
    record(found, &bytes, (mime, read), sink);
    Ok(())
}

/// Whether the bytes are of an image that [`attached`] reads.
pub(crate) fn is_image(bytes: &[u8]) -> bool {
    container(bytes).is_some()
}

/// Reads an image inside another exhibit: one record, if it is an image at all.
pub(crate) fn attached(found: Found<'_>, bytes: &[u8], sink: &mut dyn Sink) {
    if let Some(container) = container(bytes) {
        record(found, bytes, container, sink);
    }
}

fn container(bytes: &[u8]) -> Option<(&'static str, Read)> {
    if jpeg::sniff(bytes) {
        Some(jpeg::CONTAINER)
    } else if png::sniff(bytes) {
        Some(png::CONTAINER)
    } else {
        None
    }
}

fn record(found: Found<'_>, bytes: &[u8], (mime, read): (&str, Read), sink: &mut dyn Sink) {
    sink.records(1);
    match read(bytes) {
        Ok(picture) => {
            sink.media(media(found, mime, bytes, picture));
            sink.read(1);
        }
        Err((reason, detail)) => {
            sink.reject(Reject::new(found.exhibit, found.place, reason, detail, b""));
        }
    }
}

fn media(found: Found<'_>, mime: &str, bytes: &[u8], picture: Picture) -> Media {
    let camera = picture.exif.map_or_else(Camera::none, |tiff| exif::read(tiff, found.zone));
    Media {
        id: RowId::at("med", found.exhibit, &found.place, 0),
        exhibit: found.exhibit,
        place: found.place,
        sha256: hex(&Sha256::digest(bytes)),
        picture_sha256: Maybe::or_absent(picture.sha256, Absent::Unreadable),
        name: inert(found.name).into_owned(),
        mime: mime.to_owned(),
        width: Maybe::or_absent(picture.width, Absent::Unreadable),
        height: Maybe::or_absent(picture.height, Absent::Unreadable),
        make: camera.make,
        model: camera.model,
        body_serial: camera.body_serial,
        lens_serial: camera.lens_serial,
        taken: camera.taken,
        latitude: camera.latitude,
        longitude: camera.longitude,
        software: camera.software,
        owner: camera.owner,
        unique_id: camera.unique_id,
        account: found.account,
        posted_in: Vec::new(),
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
