//! Datasets that are fetched anew from where `case.toml` says. The fetching itself is not here: a front
//! end hands over what `faisceau-collect` obtained.
//!
//! In: a source, the bytes that it gave, when. Out: a new pin beside the older ones, which earlier
//! events are asked by; nothing where the bytes are those of a pin. Refused: bytes that are no
//! dataset, compressed ones beyond the limit.

use std::io::Read as _;

use faisceau_datasets::LARGEST;
use faisceau_store::Sha256Sum;
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::pins::{PinWish, PinnedFile, is_name};
use crate::settings::DatasetSource;

/// What came of fetching a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewed {
    /// It is pinned, beside those that were there.
    Pinned(PinnedFile),
    /// The case has these bytes already.
    Unchanged(PinnedFile),
}

/// The act that says that sources are going to be asked.
const BEGUN: &str = "datasets_update_begun";

impl Case {
    /// Records which sources are going to be asked, before any is.
    ///
    /// # Errors
    /// When the case cannot be written.
    pub fn renewal_begun(
        &mut self,
        fields: Map<String, Value>,
        who: &str,
        now: Timestamp,
    ) -> Result<(), CaseError> {
        Ok(self.store.write(who, now)?.record(BEGUN, fields)?)
    }

    /// Pins what a source gave. The day of the data is the one that they state, else `day`: that of
    /// the last change that the server states, or that of the fetching.
    ///
    /// # Errors
    /// When the bytes are no dataset, may not be used, or the name and date are those of others.
    pub fn renew(
        &mut self,
        source: &DatasetSource,
        bytes: Vec<u8>,
        day: Date,
        who: &str,
        now: Timestamp,
    ) -> Result<Renewed, CaseError> {
        let wrong = |what: String| CaseError::Pin { path: source.name.clone().into(), what };
        if !is_name(&source.name) {
            return Err(wrong("a name is up to 60 of a-z, 0-9, `-`, `_`, `.`".to_owned()));
        }
        let bytes = unpacked(bytes).map_err(wrong)?;
        let sum = Sha256Sum::of(&bytes).to_string();
        if let Some(pin) = self.pins().into_iter().find(|pin| pin.sha256 == sum) {
            return Ok(Renewed::Unchanged(pin));
        }
        let wish = PinWish {
            kind: source.kind,
            name: Some(source.name.clone()),
            date: None,
            licence: Some(source.licence.clone()),
            credit: Some(source.credit.clone()),
            source: Some(source.url.clone()),
        };
        let undated = self.pin_bytes(&source.name, &bytes, &wish, who, now);
        let pinned = match undated {
            Err(CaseError::Pin { .. }) => {
                let wish = PinWish { date: Some(day.to_string()), ..wish };
                self.pin_bytes(&source.name, &bytes, &wish, who, now)
            }
            done => done,
        };
        pinned.map(Renewed::Pinned)
    }
}

/// The bytes of a file compressed by gzip, or the bytes as they are.
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut content = Vec::new();
    let read = MultiGzDecoder::new(&*bytes).take(LARGEST + 1).read_to_end(&mut content);
    read.map_err(|error| format!("its compression is broken: {error}"))?;
    if content.len() as u64 > LARGEST {
        return Err(format!("more than {LARGEST} bytes once unpacked"));
    }
    Ok(content)
}
