//! Archives that are the same bytes everywhere: members stored without compression, with one
//! fixed time, so that no version of a compressor has a say.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A ZIP archive of the members in their order, or nothing if the archive cannot be written.
pub(crate) fn stored<'a>(members: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    write(members).unwrap_or_default()
}

fn write<'a>(
    members: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let time = DateTime::from_date_and_time(2026, 11, 20, 12, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(time)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The archive that is committed: the case, the overlay and the exhibits under `pieces/`.
pub(crate) fn pack(case_toml: &str, overlay: &str, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let pieces: Vec<(String, &[u8])> =
        files.iter().map(|(name, bytes)| (format!("pieces/{name}"), bytes.as_slice())).collect();
    let settings = [("case.toml", case_toml.as_bytes()), ("overlay.csv", overlay.as_bytes())];
    stored(settings.into_iter().chain(pieces.iter().map(|(name, bytes)| (name.as_str(), *bytes))))
}
