//! STIX, CASE/UCO and `FollowTheMoney`: what is written, what hostile texts do to it, and what
//! independent readers find in it.
//!
//! The readers are Python programs: `FAISCEAU_PYTHON` names a Python that has them.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts the readers")]

mod case;
mod golden;
mod hostile;
mod planted;
mod readers;
