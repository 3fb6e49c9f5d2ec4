//! Whether sites know a handle, by a file of sites in the form of `WhatsMyName`.
//!
//! In: the file, which the user has, and a handle. Out: [`plan()`], what is going to be asked of whom,
//! and [`run()`], which asks and gives a line of the form `presence/1` for each site
//! (`docs/presence-format.md`). Refused: logging in, cookies, headers that name somebody, posting
//! where the user does not allow it, private targets.
//!
//! A hit counts only if the same site denies, within a minute, a name that nobody has. That a handle
//! is known somewhere is a lead and no identity: the same handle elsewhere may be anybody's. How
//! many people choose such a handle is weighed elsewhere.
//!
//! `sites` reads the file, `handle` is what may stand for `{account}`, `control` the name that nobody
//! has, `target` and `headers` say what is not asked, `rule` reads an answer, `check` asks the pair,
//! `line` writes it down.

mod check;
mod control;
mod handle;
mod headers;
mod line;
mod plan;
mod rule;
mod run;
mod sites;
mod target;

pub use check::Verdict;
pub use handle::{Handle, HandleError};
pub use plan::{Choice, PlannedCheck, plan};
pub use run::{PresenceError, Presences, run};
pub use sites::{Site, SiteFile, SiteFileError};
