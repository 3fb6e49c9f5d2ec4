//! What an address was on the Tor network at an instant.
//!
//! In: documents that the Tor network publishes and `CollecTor` archives: consensuses of both
//! flavours, exit lists, server descriptors, key certificates of the directory authorities, alone or
//! as compressed archives ([`TorIndexBuilder`]). Out: one compact index ([`TorIndex`]) that answers
//! for an address and a span of time: which relays had it, by which flags and exit policy, listed
//! in which consensus, signed by how many of the known authorities; which exit list saw it.
//!
//! What it refuses: to fetch anything; to take silence for an answer (where no consensus covers
//! the span there is no data, never *not listed*); to trust an index or a document.

mod ask;
mod authorities;
mod builder;
mod bytes;
mod certificate;
mod consensus;
mod coverage;
mod descriptor;
mod document;
mod encoding;
mod error;
mod exit_list;
mod exonerator;
mod flags;
mod index;
mod instant;
mod layout;
mod policy;
mod signature;
mod unpack;

pub use ask::{ScanSeen, Seen, Sighting};
pub use authorities::Authorities;
pub use builder::{Added, Reject, TorIndexBuilder};
pub use certificate::{Certificate, Certificates};
pub use consensus::{BadRelay, Consensus, Flavour, Relay, Relays};
pub use coverage::Coverage;
pub use descriptor::Descriptor;
pub use error::{BadIndex, Refused};
pub use exit_list::{ExitList, ExitScan};
pub use exonerator::{Exonerated, Match};
pub use flags::Flags;
pub use index::{Covering, TorIndex};
pub use policy::{AddressPolicy, PortSummary};
pub use signature::{Signature, SignatureFault, Signed};
pub use unpack::Limits;

/// The SHA-1 fingerprint of a relay's or an authority's identity key.
pub type Fingerprint = [u8; 20];
