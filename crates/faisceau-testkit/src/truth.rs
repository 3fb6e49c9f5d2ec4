//! What is true of a world, as data: what a run over its files is measured against.

use serde::{Deserialize, Serialize};

/// The truth of one world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// Version of this layout.
    pub version: u32,
    /// The seed of the world.
    pub seed: u64,
    /// One sentence for readers.
    pub note: String,
    /// Persons and what they hold, in the order of the cast.
    pub persons: Vec<PersonTruth>,
    /// Accounts, in the order of the cast.
    pub accounts: Vec<AccountTruth>,
    /// Accounts by service, in alphabetical order.
    pub services: Vec<ServiceTruth>,
    /// Pairs of examined accounts that one person holds, each in alphabetical order.
    pub same_hand: Vec<[String; 2]>,
    /// Groups of different persons who act together and are not one hand.
    pub together: Vec<GroupTruth>,
    /// Addresses behind more than one examined account.
    pub shared_networks: Vec<NetworkTruth>,
    /// Images, and who posted them.
    pub images: Vec<ImageTruth>,
    /// Records planted to be refused.
    pub rejects: Vec<RejectTruth>,
    /// Files that no importer is meant to recognise.
    pub unread: Vec<String>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTruth {
    /// `A`, `B`, `R1`…, `I1`…, `M` (the claimant), `P1`….
    pub id: String,
    /// `several`, `raider`, `innocent`, `claimant` or `passer_by`.
    pub part: String,
    /// The manner and the hours, for readers.
    pub note: String,
    /// Accounts held.
    pub accounts: Vec<String>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountTruth {
    /// The key that the importers give it.
    pub account: String,
    /// The service.
    pub service: String,
    /// The handle.
    pub handle: String,
    /// The person who holds it.
    pub person: String,
    /// `examined`, `claimant` or `third_party`.
    pub role: String,
    /// Posts in the files.
    pub posts: usize,
    /// Words in those posts, cut at white space.
    pub words: usize,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTruth {
    /// The service.
    pub service: String,
    /// Its accounts, in alphabetical order.
    pub accounts: Vec<String>,
    /// Posts on it.
    pub posts: usize,
}

/// Accounts of different persons that act together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTruth {
    /// What it is.
    pub what: String,
    /// Accounts, in alphabetical order.
    pub accounts: Vec<String>,
    /// The link that they share.
    pub link: String,
    /// The evenings: first and last post, UTC.
    pub evenings: Vec<[String; 2]>,
    /// Texts that they copy word for word, without the link.
    pub copied: Vec<String>,
    /// Accounts that repeat a text hours later without being of the group.
    pub echoes: Vec<String>,
}

/// An address behind several accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkTruth {
    /// The address.
    pub address: String,
    /// Its kind of access, as the overlay says.
    pub access: String,
    /// The accounts seen behind it, in alphabetical order.
    pub accounts: Vec<String>,
    /// Whether one person holds all of these accounts.
    pub one_person: bool,
    /// Why they share it.
    pub reason: String,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageTruth {
    /// File name.
    pub file: String,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// Make and model that it declares.
    pub camera: Option<String>,
    /// Serial number that it declares.
    pub serial: Option<String>,
    /// Accounts that posted it, in alphabetical order.
    pub accounts: Vec<String>,
    /// What it is there for.
    pub note: String,
}

/// Records that must be refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectTruth {
    /// File, or member of an archive after a slash.
    pub file: String,
    /// The reason, as in the table `rejects`.
    pub reason: String,
    /// How many.
    pub count: usize,
    /// What is wrong with them.
    pub note: String,
}
