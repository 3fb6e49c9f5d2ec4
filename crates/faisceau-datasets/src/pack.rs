//! Unpacks an embedded file.

use std::io::Read;

use crate::catalogue::DatasetFile;
use crate::error::DatasetError;

/// The original bytes of an embedded file. The frame's own checksum and the size in the catalogue
/// are checked; the hashes are checked by the tests, on every build of the program.
pub(crate) fn bytes(file: &DatasetFile) -> Result<Vec<u8>, DatasetError> {
    let fail = |detail: String| DatasetError::Packed { dataset: file.path.to_owned(), detail };
    let size = file.raw_bytes as usize;
    let mut out = Vec::with_capacity(size + 1);
    let decoder = zstd::Decoder::with_buffer(packed(file)?).map_err(|e| fail(e.to_string()))?;
    decoder.take(file.raw_bytes + 1).read_to_end(&mut out).map_err(|e| fail(e.to_string()))?;
    if out.len() == size {
        Ok(out)
    } else {
        Err(fail(format!("{} bytes where {size} are expected", out.len())))
    }
}

fn packed(file: &DatasetFile) -> Result<&'static [u8], DatasetError> {
    file.packed().ok_or_else(|| DatasetError::Packed {
        dataset: file.path.to_owned(),
        detail: "the program embeds its columns".to_owned(),
    })
}

/// The same as text.
pub(crate) fn text(file: &DatasetFile) -> Result<String, DatasetError> {
    String::from_utf8(bytes(file)?).map_err(|e| DatasetError::Packed {
        dataset: file.path.to_owned(),
        detail: format!("byte {} is not UTF-8", e.utf8_error().valid_up_to()),
    })
}

/// The text of a file that is embedded as it is.
pub(crate) fn plain(file: &DatasetFile) -> Result<&'static str, DatasetError> {
    std::str::from_utf8(packed(file)?).map_err(|e| DatasetError::Packed {
        dataset: file.path.to_owned(),
        detail: format!("byte {} is not UTF-8", e.valid_up_to()),
    })
}

/// Most bytes that a file without an entry in the catalogue unpacks to.
const LIMIT: u64 = 64 << 20;

/// The original bytes of an embedded file that the catalogue does not list.
pub(crate) fn unpack(path: &'static str, packed: &[u8]) -> Result<Vec<u8>, DatasetError> {
    let fail = |detail: String| DatasetError::Packed { dataset: path.to_owned(), detail };
    let mut out = Vec::new();
    let decoder = zstd::Decoder::with_buffer(packed).map_err(|e| fail(e.to_string()))?;
    decoder.take(LIMIT).read_to_end(&mut out).map_err(|e| fail(e.to_string()))?;
    Ok(out)
}
