//! Accounts, addresses and images as a graph; identities; requests; the law that bounds them.
//!
//! Comes in: rows of the tables, the facts that the case states, the law files. Goes out: a
//! [`CaseGraph`] to walk, [`Identity`](faisceau_model::rows::Identity) rows (groups of accounts
//! that one hand may hold),
//! [`Explanation`](faisceau_model::rows::Explanation) rows (what else would explain a link) and [`Request`](faisceau_model::rows::Request) rows (what to ask of
//! whom, until when). Refuses: to render, to read files, to name anyone as the author of anything,
//! and to state a qualification other than « susceptible de ».

pub mod explanations;
pub mod graph;
pub mod identities;
pub mod law;
pub mod requests;

pub use explanations::{ExplanationInput, explanations};
pub use graph::{
    CaseGraph, Edge, GraphBuilder, GraphInput, Mention, Node, NodeInfo, NodeKind, Observation,
    Shared, Step, Window,
};
pub use identities::{ClusterSettings, coordination_groups, identities};
pub use law::{CaseFacts, Law, LawError, Qualification};
pub use requests::{Activity, Plan, RequestInput, RequestSettings, requests, requests_and_plan};
