//! The case as a graph: what was observed, and what was weighed.
//!
//! Comes in: accounts, posts (counted), addresses bound to an account, images, devices, what
//! accounts wrote, names, links. Goes out: [`CaseGraph`], whose nodes and edges stand in one order
//! whatever the order of the rows. Refuses: addresses that no account used (a million of them tell
//! nothing), addresses that a sender only claims, cameras and devices without a number of their own
//! (a model is a class, not a device), and evidence: a path is a map of the case, and two accounts
//! are never linked through a third.

mod build;
mod edge;
mod gather;
mod input;
mod node;
mod shortest;
mod sources;
mod walk;

pub use build::{CaseGraph, GraphBuilder};
pub use edge::{Edge, Observation};
pub use gather::ROWS_PER_EDGE;
pub use input::{GraphInput, Mention, Window};
pub use node::{Node, NodeInfo, NodeKind};
pub use walk::{Shared, Step};
