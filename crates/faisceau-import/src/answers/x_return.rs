//! X (Twitter), answer to a legal request: JSON of the archive inside a text signed in clear.
//!
//! In: one file of an answer (`…-ip-audit.txt`, `…-account.txt`, `…-tweet.txt`, …). That they are
//! signed in clear, and that lines such as `**** conversationId: … ****` and `**** id: … ****`
//! stand between their objects, is known from RLEAPP (`twitterReturnsTip.py`), read on 2026-11-21;
//! the fields are those of the archive. No real answer was at hand. Out: the rows of
//! [`crate::accounts::x_archive`], read by the same code, and a row for each signature. Refused:
//! what is not JSON, and what stands outside of the signed text, each a reject with its place.
//!
//! Traps of the format:
//! - A signature that fails is told and the rows are kept: a lawyer must see what the file says
//!   and that it was changed.
//! - Neither the frame nor the name of an element says which part it is of: an element is told by
//!   its keys.
//! - Tweets do not say who wrote them. The account of the answer is the one that all other
//!   elements of the same file name, or the one that the case declares; other files of an answer
//!   are not asked, for an answer may concern several accounts.
//! - An answer may give headers of messages and tweets without text: they are posts without text.
//! - Places are bytes: there is more than one list in a file, and text between them.

mod elements;

use faisceau_model::{AccountKey, Sink};

use crate::accounts::x_archive::PLATFORM;
use crate::accounts::x_archive::reader::Reader;
use crate::accounts::x_archive::rows::Context;
use crate::accounts::x_archive::spot::Spot;
use crate::answers::clear_signed::{self, unsigned};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json;
use crate::openpgp::cleartext::{Block, Piece, pieces};
use crate::openpgp::signed_text::Unescaped;
use crate::openpgp::{check, keys};
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "x-return",
    title: "X (Twitter) answer to a legal request, signed text",
    group: Group::Answers,
    gives: &["signatures", "connections", "accounts", "posts", "devices", "subscribers"],
    versions: "answers of 2022 to 2025",
    checked: "2026-11-21",
    sample: "tests/fixtures/x_return/ip-audit.txt",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    // An answer may concern several accounts: one file does not speak for the others.
    owner: None,
};

/// Keys that stand in answers of X and hardly elsewhere: one of them is enough inside the frame.
const KEYS: &[&str] = &[
    "\"ipAudit\"",
    "\"loginIp\"",
    "\"userCreationIp\"",
    "\"accountDisplayName\"",
    "\"clientApplicationId\"",
    "\"dmConversation\"",
    "**** conversationId:",
    "\"in_reply_to_status_id_str\"",
    "\"full_text\"",
    "\"niDeviceResponse\"",
    "\"screenNameChange\"",
    "\"emailAddressChange\"",
    "\"accountSuspension\"",
    "\"accountTimezone\"",
    "\"ageInfo\"",
    "\"tweet_id\"",
    "\"userLink\"",
    "\"tweetId\"",
];

/// Whether the head is of an answer of X.
pub(crate) fn sniff(head: &Head<'_>) -> bool {
    clear_signed::sniff(head) && KEYS.iter().any(|key| head.text().contains(key))
}

/// Reads one file of an answer.
///
/// # Errors
/// When the exhibit is too large.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let ring = keys::keyring(&settings.keys);
    let pieces = pieces(&bytes);
    let declared = settings.owners.get(source.exhibit, PLATFORM).cloned();
    let context = Context {
        exhibit: source.exhibit,
        owner: declared.or_else(|| sole_account(&bytes, &pieces)),
    };
    let mut reader = Reader { context, fields: Fields::default(), sink, bare: true };
    for piece in pieces {
        match piece {
            Piece::Outside(range) => unsigned(source.exhibit, &bytes, range, reader.sink),
            Piece::Signed(block) => {
                for row in check::rows(source.exhibit, &bytes, &block, &ring) {
                    reader.sink.signature(row);
                }
                read_block(&bytes, &block, &mut reader);
            }
        }
    }
    reader.fields.finish(source.exhibit, reader.sink);
    Ok(())
}

fn read_block(bytes: &[u8], block: &Block, reader: &mut Reader<'_>) {
    let text = Unescaped::new(bytes.get(block.text.clone()).unwrap_or_default(), block.text.start);
    let (readable, _) = json::text(&text.bytes);
    elements::read(readable, Spot::Bytes { text: &text, readable }, reader);
    if readable.len() < text.bytes.len() {
        let at = readable.len();
        let rest = text.bytes.get(at..).unwrap_or_default();
        let place = text.place(at, rest.len());
        elements::not_json(&place, rest, "not UTF-8 from here on", reader);
    }
}

/// The account that the elements of the file name, if all name the same.
fn sole_account(bytes: &[u8], pieces: &[Piece]) -> Option<AccountKey> {
    let mut sole: Option<String> = None;
    for piece in pieces {
        let Piece::Signed(block) = piece else { continue };
        let text = bytes.get(block.text.clone()).unwrap_or_default();
        let text = Unescaped::new(text, block.text.start);
        let (readable, _) = json::text(&text.bytes);
        for id in elements::holders(readable) {
            match &sole {
                Some(known) if *known != id => return None,
                Some(_) => {}
                None => sole = Some(id),
            }
        }
    }
    Some(AccountKey::by_id(PLATFORM, &sole?))
}

#[cfg(test)]
mod tests;
