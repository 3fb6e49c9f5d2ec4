//! The repository of a Bluesky account, as its owner downloads it: a CAR file.
//!
//! Producer: any server of the AT Protocol (`com.atproto.sync.getRepo`). Layout from the
//! specifications CAR v1, DAG-CBOR and "Repository" of the protocol, and the lexicons.
//!
//! In: blocks. Out: a post for each record of the collections of posts and reposts, the account
//! with its profile. Refused: blocks whose bytes are not those that their id names, and records
//! of other collections (likes, follows), set aside together.
//!
//! Traps:
//! - A record does not say its key: the nodes of the tree do, whose keys are written without what
//!   they share with the one before. A record without key in the file is set aside.
//! - A file can hold nodes of an older state; a record that two keys name is read under the first.
//! - The signature of the commit is not checked: the key stands in another document.
//! - `createdAt` is declared by the author's program, and no server's time stands beside it.

mod blocks;
mod cbor;

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, Place, RejectReason, Sink};

use super::bluesky_record::{self as record, Address, PLATFORM};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{self, Object};
use crate::records::{set_aside, settle};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;
use blocks::{Block, blocks};
use cbor::Cbor;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "bluesky-car",
    title: "Bluesky repository (CAR file)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "CAR v1, repository version 3 and 2",
    checked: "2026-11-21",
    sample: "tests/fixtures/bluesky/repo.car",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: Some(owner),
};

/// A header of CAR v1: its length, and a map whose first key is `roots`.
fn sniff(head: &[u8]) -> bool {
    matches!(head.get(..7), Some([8..=0x7f, 0xa2, 0x65, b'r', b'o', b'o', b't']))
}

/// The account whose repository a file is.
fn owner(file: &[u8]) -> Option<AccountKey> {
    if !sniff(file) {
        return None;
    }
    let (all, _) = blocks(file);
    let did = Repository::of(&all).did?;
    Some(AccountKey::by_id(PLATFORM, &did))
}

/// Most bytes of keys that are held: four times those of the largest repositories.
const MAX_KEYS: usize = 256 << 20;

/// Longest identifier that the protocol allows, in bytes.
const MAX_DID: usize = 2048;

/// What the blocks say together.
#[derive(Default)]
struct Repository<'b> {
    did: Option<String>,
    /// `collection/key` of each record, by its id.
    keys: BTreeMap<&'b [u8], String>,
    /// Bytes of the keys: a node of the tree shares the start of a key with the one before.
    text: usize,
}

impl<'b> Repository<'b> {
    fn of(all: &[Block<'b>]) -> Self {
        let mut found = Self::default();
        for block in all.iter().filter(|block| block.is_sound()) {
            let Some(value) = cbor::decode(block.data) else { continue };
            if let Some(did) = commit(&value) {
                found.did.get_or_insert(did);
            }
            found.node(&value);
        }
        found
    }

    /// The keys of a node of the tree.
    fn node(&mut self, value: &Cbor<'b>) {
        let Some(Cbor::List(entries)) = value.get("e") else { return };
        let mut key: Vec<u8> = Vec::new();
        for entry in entries {
            let (Some(Cbor::Int(shared)), Some(Cbor::Bytes(rest)), Some(Cbor::Link(id))) =
                (entry.get("p"), entry.get("k"), entry.get("v"))
            else {
                return;
            };
            let Ok(shared) = usize::try_from(*shared) else { return };
            // The protocol allows keys of 1024 bytes at most.
            if shared > key.len() || shared + rest.len() > 1024 {
                return;
            }
            key.truncate(shared);
            key.extend_from_slice(rest);
            let Ok(text) = std::str::from_utf8(&key) else { return };
            if self.text.saturating_add(text.len()) > MAX_KEYS {
                return;
            }
            self.text += text.len();
            self.keys.entry(id).or_insert_with(|| text.to_owned());
        }
    }
}

/// The owner that a commit names.
fn commit(value: &Cbor<'_>) -> Option<String> {
    match (value.get("did"), value.get("sig"), value.get("data")) {
        (Some(Cbor::Text(did)), Some(_), Some(Cbor::Link(_)))
            if did.starts_with("did:") && did.len() <= MAX_DID =>
        {
            Some((*did).to_owned())
        }
        _ => None,
    }
}

/// Reads the records in the order of the file.
///
/// # Errors
/// When a block ends after the file does; the blocks before are kept.
fn parse(
    source: &Source<'_>,
    _settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let (all, error) = blocks(&bytes);
    let repository = Repository::of(&all);
    let mut fields = Fields::default();
    let mut others: BTreeMap<String, u64> = BTreeMap::new();
    for block in &all {
        let place = block.place();
        if !block.is_sound() {
            settle(exhibit, &place, b"", sink, |_| {
                Err((RejectReason::Syntax, "the block is not the one that its id names".to_owned()))
            });
            continue;
        }
        if block.data.len() > json::MAX_RECORD {
            settle(exhibit, &place, b"", sink, |_| {
                let detail = format!("the block is longer than {} bytes", json::MAX_RECORD);
                Err((RejectReason::Limit, detail))
            });
            continue;
        }
        let Some(value) = cbor::decode(block.data) else {
            settle(exhibit, &place, b"", sink, |_| {
                Err((RejectReason::Syntax, "the block is not DAG-CBOR".to_owned()))
            });
            continue;
        };
        let kind = match value.get("$type") {
            Some(Cbor::Text(kind)) => *kind,
            // Records have a type; commits and nodes of the tree are the frame around them.
            _ if commit(&value).is_some() || value.get("e").is_some() => continue,
            _ => "(no type)",
        };
        if ![record::POST, record::REPOST, record::PROFILE].contains(&kind) {
            *others.entry(faisceau_model::excerpt(kind, 80)).or_default() += 1;
            continue;
        }
        let object = value.into_object();
        let text = object.as_ref().and_then(|object| serde_json::to_string(object).ok());
        settle(exhibit, &place, text.unwrap_or_default().as_bytes(), sink, |sink| {
            let address = address(&repository, block, kind)?;
            let object: Object = object
                .ok_or_else(|| (RejectReason::Syntax, "an object was expected".to_owned()))?;
            match kind {
                record::POST => {
                    sink.post(record::post(exhibit, &place, &address, &object, &mut fields)?);
                }
                record::REPOST => {
                    sink.post(record::repost(exhibit, &place, &address, &object)?);
                }
                _ => sink.account(record::profile(exhibit, &place, &address, &object)),
            }
            Ok(())
        });
    }
    for (kind, count) in others {
        let detail = format!("{count} records of `{kind}` hold no post");
        set_aside(exhibit, &Place::Whole, b"", &detail, sink);
    }
    fields.finish(exhibit, sink);
    error.map_or(Ok(()), Err)
}

/// Where a record stands in the repository.
fn address(
    repository: &Repository<'_>,
    block: &Block<'_>,
    kind: &str,
) -> Result<Address, json::Flaw> {
    let missing = |detail: &str| (RejectReason::MissingField, detail.to_owned());
    let did = repository.did.clone();
    let did = did.ok_or_else(|| missing("the file has no commit that names its owner"))?;
    let key = repository.keys.get(block.id);
    let key = key.ok_or_else(|| missing("no key of the repository leads to this record"))?;
    let (collection, key) =
        key.split_once('/').ok_or_else(|| missing("the key of this record has no collection"))?;
    if collection != kind {
        return Err(missing("the key of this record is of another collection"));
    }
    Ok(Address { did, collection: collection.to_owned(), key: key.to_owned() })
}

#[cfg(test)]
mod tests;
