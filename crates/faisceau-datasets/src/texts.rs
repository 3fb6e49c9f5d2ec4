//! Bundled files that other crates parse: the law, the reference population, its calibration.
//!
//! They are edited more often than the datasets of the catalogue, so nothing here pins a hash: the
//! record of each run does.

use crate::error::DatasetError;
use crate::pack;

/// A bundled file: its name, and what it holds.
type Text = (&'static str, &'static str);

macro_rules! texts {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../datasets/", $folder, "/", $name)))),+]
    };
}

static LAW: &[Text] = texts!("law": "addressees.toml", "categories.toml", "deadlines.toml",
    "gravity.toml", "heads.toml", "offences.toml");

/// Parsed by `faisceau-media`, which embeds them itself; here for the record of a run.
static MEDIA: &[Text] =
    texts!("media": "devices.toml", "screens.toml", "tables.toml", "traces.toml");

static MAIL_PROVIDERS: &str = include_str!("../../../datasets/mail-providers/providers.toml");
static CALIBRATION: &str = include_str!("../../../datasets/reference/calibration.json");
static DISCRETE: &str = include_str!("../../../datasets/reference/discrete.toml");
static HOURS: &str = include_str!("../../../datasets/reference/hours.json");
static FUSION: &str = include_str!("../../../datasets/reference/fusion.json");
static AUTHORS: &[u8] = include_bytes!("../../../datasets/reference/authors.jsonl.zst");

/// The reference population, unpacked.
#[derive(Debug, Clone)]
pub struct ReferenceFiles {
    /// `authors.jsonl`: texts of authors.
    pub authors: Vec<u8>,
    /// `hours.json`: active hours of authors.
    pub hours: &'static str,
    /// `fusion.json`: weights of the signals that are fused.
    pub fusion: &'static str,
}

/// The files of the law, by name.
pub fn law_files() -> &'static [(&'static str, &'static str)] {
    LAW
}

/// The reference population.
///
/// # Errors
/// When the program was built from a damaged file.
pub fn reference_files() -> Result<ReferenceFiles, DatasetError> {
    Ok(ReferenceFiles {
        authors: pack::unpack("reference/authors.jsonl.zst", AUTHORS)?,
        hours: HOURS,
        fusion: FUSION,
    })
}

/// What mail providers leave of the client's address.
pub fn mail_provider_file() -> &'static str {
    MAIL_PROVIDERS
}

/// `calibration.json` and `discrete.toml`.
pub fn calibration_files() -> (&'static str, &'static str) {
    (CALIBRATION, DISCRETE)
}

/// Law, mail providers, marks of media, reference and calibration as they are embedded, by path below `datasets/`.
pub fn text_files() -> Vec<(String, &'static [u8])> {
    let law = LAW.iter().map(|(name, text)| (format!("law/{name}"), text.as_bytes()));
    let reference: [(&str, &'static [u8]); 5] = [
        ("reference/authors.jsonl.zst", AUTHORS),
        ("reference/calibration.json", CALIBRATION.as_bytes()),
        ("reference/discrete.toml", DISCRETE.as_bytes()),
        ("reference/hours.json", HOURS.as_bytes()),
        ("reference/fusion.json", FUSION.as_bytes()),
    ];
    let mails = ("mail-providers/providers.toml".to_owned(), MAIL_PROVIDERS.as_bytes());
    let reference = reference.map(|(name, bytes)| (name.to_owned(), bytes));
    let media = MEDIA.iter().map(|(name, text)| (format!("media/{name}"), text.as_bytes()));
    law.chain([mails]).chain(media).chain(reference).collect()
}
