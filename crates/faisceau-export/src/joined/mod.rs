//! What the tables say of the nodes of the graph.
//!
//! Comes in: the folder of the tables. Goes out: names of accounts, files of pictures, networks of
//! addresses, each under what its node is called. Refuses: `subscribers`, whose names are for the
//! lawyer and never enter a graph, and the position of a picture.

mod accounts;
mod networks;
mod pictures;

pub(crate) use accounts::{AccountCard, account_cards};
pub(crate) use networks::{Networks, networks};
pub(crate) use pictures::{Pictures, pictures};
