//! Error figures of the signals on a corpus whose truth is known.
//!
//! In: a corpus of messages with their authors. Out: how well each system tells one hand from two,
//! for each amount of material, beside baselines that anyone can run; and the reference population
//! with its calibration. Nothing here reads a file, a clock or the environment: the caller opens
//! the corpus and writes what comes out.
//!
//! - [`corpus`]: reading, with limits and rejects.
//! - [`protocol`]: trials by cut, scope and amount of material; [`protocol::System`] is what is
//!   validated.
//! - [`baselines`]: the published script `alterego.py` again.
//! - [`grouping`]: histories cut into accounts, and who is joined.
//! - [`transfer`]: calibrated on one corpus, applied to another.
//! - [`report`]: data, table, page.
//! - [`reference`](mod@reference): `authors.jsonl`, `hours.json`, `corpora.json`,
//!   `calibration.json`.

pub mod baselines;
pub mod corpus;
pub mod grouping;
pub mod protocol;
pub mod reference;
pub mod report;
pub mod transfer;
