//! Innocent explanations: for each link, what else would explain it, and what the rows say of that.
//!
//! Comes in: links with their comparisons, and the rows that these were made from. Goes out:
//! [`Explanation`](faisceau_model::rows::Explanation) rows, in the order of the links, then of the
//! codes: one a link and code, with what was counted. Refuses: to weigh. An explanation moves no
//! likelihood ratio; it says what a reader should hold against it.
//!
//! # Which links
//! Those that favour a proposition, either one, and those inside a group. Of the others nothing is
//! claimed, so nothing is to be explained.
//!
//! # Which explanations
//! Every code that a comparison of the link carries. Beside them, for a link that favours H1, what
//! could make different persons look alike, and for one that favours H2, what could make one
//! person look like two: both sides are looked into with the same rules.
//!
//! # Standing
//! *Supported*: something counted speaks for it. *Contradicted*: something counted speaks against
//! it, which never excludes it. *Open*: the rows say nothing. The thresholds stand in each file and
//! are conventions: no corpus with known innocent explanations exists to fit them on.

mod carrier_nat;
mod codes;
mod common_event;
mod common_name;
mod common_schedule;
mod common_subject;
mod copied_image;
mod copied_link;
mod copied_text;
mod different_genre;
mod different_period;
mod events;
mod found;
mod history;
mod hosting_exit;
mod impersonation;
mod input;
mod lines;
mod named_identifier;
mod network_exit;
mod other_holders;
mod pair;
mod passages;
mod pictures;
mod rank;
mod reassigned_address;
mod reference_population;
mod same_client;
mod same_household;
mod same_scene;
mod scheduled_posts;
mod selected_pair;
mod shared_site;
#[cfg(test)]
mod tests;
mod unknown_access;

pub use codes::{EXPLANATION_COUNTS, counts_of};
pub use input::{ExplanationInput, explanations};
pub use lines::needed_connections;
