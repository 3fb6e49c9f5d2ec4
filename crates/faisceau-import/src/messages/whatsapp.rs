//! `WhatsApp` chat export, the `.txt` file of "Export chat" on a telephone.
//!
//! In: the text that `WhatsApp` for Android and iOS writes, in French or English, with the layouts
//! and phrases of German, Spanish and Italian as far as public readers list them
//! (`whatsapp-chat-parser`, tests of `Chat2Doc`, lists of phrases; read on 2026-11-21). Out: a post for each
//! message, an account the first time it speaks. A message is one record, whatever its number of
//! lines; its place is that of its first line. Refused: lines of the application without author,
//! and its notices under the name of one (set aside), messages whose time never was.
//!
//! Traps of the format:
//! - Nothing says whether the day or the month comes first. The whole file is read for that before
//!   any message is: see [`order`]. Where it cannot be told, each time is an interval that covers
//!   both readings, and the file says so among its rejects.
//! - No zone: that of the settings is assumed. On Android no seconds.
//! - No ids: an account is the name in the exporter's address book, or the number where there is
//!   none. `~` before a name marks one that its bearer chose.
//! - A line break inside a message is a line break in the file. A message that holds a second line
//!   in the very layout of the export cannot be told from two messages: whoever writes it can put
//!   words in the mouth of another. Lines in any other layout stay part of their message.
//! - Missing media leave a phrase in the language of the telephone, which a sender can also type.
//!
//! What the application did to the text: it puts invisible marks (U+200E and the like) before its
//! own words and around mentions and numbers, and `<This message was edited>` after edited ones.
//! These are taken off; `text_raw` keeps them.

mod body;
mod head;
mod order;
mod phrases;
mod reading;

use faisceau_model::Sink;

use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::settings::ImportSettings;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "whatsapp";
/// Lines of the head by which the format is told.
const SNIFF_LINES: usize = 100;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "whatsapp-txt",
    title: "WhatsApp chat export (.txt)",
    group: Group::Messages,
    gives: &["posts", "accounts"],
    versions: "Android and iOS layouts",
    checked: "2026-11-21",
    sample: "tests/fixtures/whatsapp/android_fr.txt",
    origin: Origin::Synthetic,
    rank: Rank::Lines,
    sniff,
    parse,
    owner: None,
};

/// Whether lines start like messages, and enough of them to be no accident.
fn sniff(head: &Head<'_>) -> bool {
    let text = head.text();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(SNIFF_LINES);
    let (mut starts, mut authored, mut usual) = (None, 0, true);
    for line in lines {
        let found = head::head(line);
        starts.get_or_insert(found.is_some());
        let Some(found) = found else { continue };
        if phrases::tells(found.rest) {
            return true;
        }
        // These layouts are also those of many logs.
        usual &= found.layout.frame != head::Frame::Colon && found.widths[0] <= 2;
        authored += usize::from(body::sender(found.rest).is_some());
    }
    starts == Some(true) && usual && authored >= 2
}

/// Reads the chat, twice: first for the order of day and month.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let survey = reading::survey(source)?;
    reading::read(source, settings, &survey, sink)
}

#[cfg(test)]
mod tests;
