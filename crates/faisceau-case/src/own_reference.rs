//! A reference population of the user's own material: made, kept with the case, read again.
//!
//! In: corpora whose authors are known. Out: one file with the texts and hours of the authors, the
//! weights of the fused signals and the calibration, which the case pins as a dataset of kind
//! `reference` and uses in place of the bundled one. Refused: corpora too small to calibrate on, a
//! second reference beside the first.

use std::fs::File;
use std::path::Path;

use faisceau_model::excerpt;
use faisceau_signals::{Fusion, Reference};
use faisceau_store::Aside;
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::reference::{
    Source, build_reference, calibrate, calibration_json, fusion_json,
};
use faisceau_weigh::Calibration;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::bundled;
use crate::case::Case;
use crate::error::CaseError;
use crate::pins::{PINNED, PinnedFile};
use crate::progress::{Progress, Step};

/// The kind of the pin.
pub(crate) const KIND: &str = "reference";
/// The version of the file.
const VERSION: u32 = 1;
/// Level of the compression; the bytes depend on it.
const LEVEL: i32 = 19;
/// Most bytes of the file when unpacked.
const MOST_BYTES: u64 = 512 << 20;

/// What the user says of the corpora.
#[derive(Debug, Clone, Default)]
pub struct ReferenceWish {
    /// What the reference is called.
    pub name: String,
    /// The site of authors whose corpus names none.
    pub site: Option<String>,
    /// Who is to be credited, under which licence.
    pub credit: String,
}

/// A reference that was made.
#[derive(Debug)]
pub struct MadeReference {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it holds.
    pub summary: ReferenceSummary,
}

/// What a reference holds.
#[derive(Debug, Clone, Serialize)]
pub struct ReferenceSummary {
    /// Authors with texts.
    pub authors: usize,
    /// Bins of the calibration, as `faisceau explain` prints them.
    pub figures: Vec<String>,
    /// Records of the corpora that could not be read.
    pub rejects: u64,
    /// The first of them: file, line and reason.
    pub first_rejects: Vec<String>,
    /// First and last day of the messages.
    pub period: (String, String),
}

/// The file of a reference.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    version: u32,
    authors_jsonl: String,
    hours_json: String,
    corpora_json: String,
    fusion_json: String,
    calibration_json: String,
}

/// Makes a reference of corpora, with its calibration.
pub fn make_reference(
    paths: &[impl AsRef<Path>],
    wish: &ReferenceWish,
    progress: Progress<'_>,
) -> Result<MadeReference, CaseError> {
    let (mut corpora, mut rejects, mut first_rejects) = (Vec::new(), 0, Vec::new());
    for path in paths {
        let corpus = corpus(path.as_ref())?;
        rejects += corpus.rejects.count;
        first_rejects.extend(corpus.rejects.first.iter().map(|reject| {
            let file = excerpt(&path.as_ref().to_string_lossy(), 100);
            format!("{file}, line {}: {}", reject.line, reject.reason)
        }));
        corpora.push(corpus);
    }
    let source = |corpus| Source {
        corpus,
        site: wish.site.as_deref(),
        keeps_text: true,
        name: &wish.name,
        credit: &wish.credit,
    };
    let sources: Vec<Source<'_>> = corpora.iter().map(source).collect();
    let broken = |message: String| CaseError::Reference { message };
    let files = build_reference(&sources).map_err(|e| broken(e.to_string()))?;
    let fallback = bundled_fusion()?;
    let what = "calibration";
    let (fusion, file) = calibrate(&files, fallback, &mut |done, total| {
        progress(&Step { stage: "reference", what, done: done as u64, total: total as u64 });
    })
    .map_err(|e| broken(e.to_string()))?;
    if file.tables.is_empty() {
        return Err(broken(
            "no amount of material has 15 authors with both halves: a calibration needs more \
             authors, or longer histories"
                .to_owned(),
        ));
    }
    let figures = file.tables.iter().flat_map(crate::cards::figures).collect();
    let packed = Packed {
        version: VERSION,
        fusion_json: fusion_json(&fusion).map_err(|e| broken(e.to_string()))?,
        calibration_json: calibration_json(&file).map_err(|e| broken(e.to_string()))?,
        authors_jsonl: files.authors_jsonl,
        hours_json: files.hours_json,
        corpora_json: files.corpora_json,
    };
    let json = serde_json::to_vec(&packed).map_err(|e| broken(e.to_string()))?;
    let bytes = zstd::encode_all(&*json, LEVEL).map_err(|e| broken(e.to_string()))?;
    let days = |of: fn(&faisceau_weigh::Corpus) -> &String| file.corpora.iter().map(of);
    let summary = ReferenceSummary {
        authors: corpora.iter().map(|corpus| corpus.authors.len()).sum(),
        figures,
        rejects,
        first_rejects,
        period: (
            days(|c| &c.from).min().cloned().unwrap_or_default(),
            days(|c| &c.to).max().cloned().unwrap_or_default(),
        ),
    };
    Ok(MadeReference { bytes, summary })
}

/// Reads a corpus of a file.
pub(crate) fn corpus(path: &Path) -> Result<Corpus, CaseError> {
    let shown = || excerpt(&path.to_string_lossy(), 200);
    let read = || {
        Corpus::read(File::open(path).map_err(|e| e.to_string())?, &Limits::default())
            .map_err(|e| e.to_string())
    };
    read().map_err(|message| CaseError::Reference { message: format!("{}: {message}", shown()) })
}

fn bundled_fusion() -> Result<Fusion, CaseError> {
    let files = faisceau_datasets::reference_files()?;
    serde_json::from_str(files.fusion)
        .map_err(|e| CaseError::Bundled { what: "weights", message: e.to_string() })
}

/// A reference and its calibration, from the bytes of a file.
pub(crate) fn unpack(bytes: &[u8]) -> Result<(Reference, Calibration), CaseError> {
    let broken = |message: String| CaseError::Reference { message };
    let decoder = zstd::Decoder::new(bytes).map_err(|e| broken(e.to_string()))?;
    let limited = std::io::Read::take(decoder, MOST_BYTES);
    let packed: Packed =
        serde_json::from_reader(limited).map_err(|e| broken(format!("no reference: {e}")))?;
    if packed.version != VERSION {
        return Err(broken(format!("the reference is of version {}", packed.version)));
    }
    let (authors, hours) = (packed.authors_jsonl.as_bytes(), packed.hours_json.as_bytes());
    let reference = Reference::parse(authors, hours, packed.fusion_json.as_bytes())
        .map_err(|e| broken(e.to_string()))?;
    let calibration = Calibration::parse(&packed.calibration_json, bundled::discrete())
        .map_err(|e| broken(e.to_string()))?;
    Ok((reference, calibration))
}

/// A reference and its calibration: of a file, else those bundled.
pub(crate) fn reference_of(path: Option<&Path>) -> Result<(Reference, Calibration), CaseError> {
    let Some(path) = path else { return Ok((bundled::reference()?, bundled::calibration()?)) };
    let bytes = std::fs::read(path).map_err(|source| CaseError::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    unpack(&bytes)
}

impl Case {
    /// Keeps a reference and uses it from the next run on.
    ///
    /// # Errors
    /// When the case has one already, or the bytes are no reference.
    pub fn pin_reference(
        &mut self,
        made: &MadeReference,
        wish: &ReferenceWish,
        who: &str,
        now: Timestamp,
    ) -> Result<PinnedFile, CaseError> {
        unpack(&made.bytes)?;
        if let Some(pin) = self.pinned_reference() {
            return Err(CaseError::Reference {
                message: format!(
                    "the case uses the reference `{}` already: remove it first (faisceau datasets \
                     remove {})",
                    pin.id, pin.id
                ),
            });
        }
        let (id, date) =
            (format!("{}@{}", wish.name, made.summary.period.1), made.summary.period.1.clone());
        if !crate::pins::is_name(&wish.name) {
            return Err(CaseError::Reference {
                message: "a name is up to 60 of a-z, 0-9, `-`, `_`, `.`".to_owned(),
            });
        }
        let fields = [
            ("id", id),
            ("kind", KIND.to_owned()),
            ("date", date),
            ("licence", "as the credit says".to_owned()),
            ("credit", excerpt(&wish.credit, 500)),
            ("source", "made with faisceau reference build".to_owned()),
        ];
        let fields = fields.map(|(name, text)| (name.to_owned(), Value::from(text)));
        let mut writer = self.store.write(who, now)?;
        writer.keep_aside(Aside::Datasets, PINNED, &made.bytes, Map::from_iter(fields))?;
        drop(writer);
        self.pinned_reference().ok_or_else(|| CaseError::Reference {
            message: "the journal does not hold it".to_owned(),
        })
    }

    /// The reference that the case uses in place of the bundled one.
    pub fn pinned_reference(&self) -> Option<PinnedFile> {
        self.pins().into_iter().find(PinnedFile::is_reference)
    }

    /// The reference and the calibration of a run.
    pub(crate) fn reference(&self) -> Result<(Reference, Calibration), CaseError> {
        match self.pinned_reference() {
            Some(pin) => unpack(&pin.read(self.root())?),
            None => reference_of(None),
        }
    }
}
