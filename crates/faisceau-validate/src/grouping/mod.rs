//! Grouping on histories cut into accounts: who is joined rightly, who wrongly.
//!
//! In: corpora, an amount of words, a reference with its calibration. Each author's history is cut
//! into one to four accounts, which are compared, weighed and grouped by the code of a case. Out:
//! pair precision and recall at each floor, the groups that mix authors, those that hang together
//! by a chain, and what connected components would have done. Nothing is tuned here.

mod accounts;
mod components;
mod drawn;
mod figures;
mod run;
mod table;

pub use accounts::{Population, of_site, plant, sites};
pub use components::components;
pub use drawn::{Draw, Drawn, drawn};
pub use figures::{Grouped, WrongPair, wrong_pairs};
pub use run::{FLOORS, Grouping, floor_for, links, run};
pub use table::{HEAD, lines};
