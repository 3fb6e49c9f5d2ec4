//! The case as a graph: what was observed, and what was weighed.
//!
//! Comes in: accounts, posts (counted), addresses bound to an account, images, links. Goes out:
//! [`CaseGraph`], whose nodes and edges stand in one order whatever the order of the rows. Refuses:
//! addresses that no account used (a million of them tell nothing), addresses that a sender only
//! claims, cameras without a serial number
//! (a model is a class, not a device), and evidence: a path is a map of the case, and two accounts
//! are never linked through a third.

mod build;
mod edge;
mod node;
mod walk;

pub use build::{CaseGraph, GraphInput, ROWS_PER_EDGE};
pub use edge::{Edge, Observation};
pub use node::{Node, NodeInfo};
pub use walk::Step;
