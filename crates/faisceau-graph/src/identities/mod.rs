//! Identities: groups of accounts that one hand may hold.
//!
//! Comes in: links. Goes out: [`Identity`](faisceau_model::rows::Identity) rows, each with its
//! weakest link, what would split it and what would enlarge it; groups that act together stand apart. Refuses: chaining, coordination links, and single
//! accounts, which are nobody's group.
//!
//! # Why not connected components
//! On 387 accounts whose largest true group has 4, components at LR > 10^1.5 put 364 accounts in
//! one group (pair precision .004); at 10^2, 63 in one. Greedy contraction with prior odds 1/100
//! gives pair precision .61 and recall .29, and .80/.47 with twice the text. That is why the floor
//! defaults to 2 (1/100 on the log10 scale): a pair must exceed it to speak for joining, and a pair
//! that was never compared speaks against it by that much.
//!
//! # Rule
//! The support of a pair is what its interval cannot take back: the lower end when the total is
//! above LR 1, the upper end when it is below, 0 when the interval crosses. Its weight is the
//! support less the floor. Clusters are joined while the sum of the weights between two of them is
//! positive, the largest sum first, and only if the union keeps three guards: no pair leans to H2
//! beyond the veto (default LR 1/10); each member's mean support towards the rest reaches the
//! floor; each member has its own link above the floor to at least half of the rest. The last one
//! ends every chain at three accounts, however strong its links.

mod contract;
mod evidence;
mod group;
mod joining;

pub use contract::{ClusterSettings, coordination_groups, identities};
