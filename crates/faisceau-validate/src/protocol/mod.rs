//! The alter-ego protocol over a whole corpus.
//!
//! In: a corpus, systems, amounts of material. Out: for each of them trials of one hand and of
//! different hands, and their figures. The two sides of one author are a trial of one hand, sides
//! of two authors one of different hands. LRs come from fits that saw neither author.

mod draws;
mod plan;
mod run;
mod sides;
mod signals;
mod system;
mod task;

pub use draws::draws;
pub use plan::{Material, Plan, Scope};
pub use run::{Validation, validate};
pub use sides::{Cut, sides};
pub use signals::{Read, Signals};
pub use system::{Outcome, System};
pub use task::{MOST_AUTHORS, Task};
