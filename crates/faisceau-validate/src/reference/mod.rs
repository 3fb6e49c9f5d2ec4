//! The reference population and its calibration, from corpora.

mod apart;
mod build;
mod calibrate;
mod fusion;

pub use apart::calibrated_on;
pub use build::{ReferenceFiles, Source, build_reference};
pub use calibrate::{
    CalibrateError, HOURS, PROTOCOL, RIVALS, TIMES, WORDS, calibrate, calibration_json, style_bin,
    style_trials, time_bin,
};
pub use fusion::{fusion, fusion_json};
