//! Telling the format of an exhibit by its first 64 KiB.
//!
//! In: the head of the exhibit and the settings. Out: a format, or none. The file name plays no
//! part: the one who hands the exhibit over chose it.
//!
//! The order matters where one format could pass for another: unmistakable signatures first, then
//! the tables that the case itself maps, then the looser shapes. Mails alone get a second look, at
//! their first 1 MiB.

use faisceau_model::Sink;

use crate::contract::{Format, ImportError, Source};
use crate::read::read_limited;
use crate::settings::ImportSettings;
use crate::{accounts, images, logs, messages, posts};

/// How many bytes the formats are told by.
pub(crate) const HEAD_LEN: usize = 64 * 1024;

/// How many bytes a mail with headers beyond that is told by; servers take no longer headers.
const LONG_HEAD_LEN: usize = 1024 * 1024;

/// The function that reads a format.
pub(crate) type Parser = fn(&Source<'_>, &ImportSettings, &mut dyn Sink) -> Result<(), ImportError>;

/// The format of an exhibit that starts with `head`.
pub(crate) fn sniff(head: &[u8], settings: &ImportSettings) -> Option<Format> {
    let tests: [(Format, &dyn Fn() -> bool); 10] = [
        (Format::Jpeg, &|| images::jpeg::sniff(head)),
        (Format::Png, &|| images::png::sniff(head)),
        (Format::XArchive, &|| accounts::x_archive::sniff(head)),
        (Format::TelegramJson, &|| messages::telegram::sniff(head)),
        (Format::MappedCsv, &|| posts::mapped::sniff(head, settings)),
        (Format::MappedJsonl, &|| posts::mapped_jsonl::sniff(head, settings)),
        (Format::FourcatCsv, &|| posts::fourcat::sniff(head)),
        (Format::Mbox, &|| messages::mbox::sniff(head)),
        (Format::Mail, &|| messages::mail::sniff(head)),
        (Format::AccessLog, &|| logs::access::sniff(head)),
    ];
    tests.iter().find(|(_, test)| test()).map(|(format, _)| *format)
}

/// The format of an exhibit that its first 64 KiB do not tell: a sender can put a header of any
/// length before all others.
pub(crate) fn late(source: &Source<'_>, head: &[u8]) -> Result<Option<Format>, ImportError> {
    if head.len() < HEAD_LEN {
        return Ok(None);
    }
    let head = read_limited(&mut (source.open)()?, LONG_HEAD_LEN as u64)?;
    if messages::mbox::sniff(&head) {
        return Ok(Some(Format::Mbox));
    }
    Ok(messages::mail::sniff(&head).then_some(Format::Mail))
}

/// The parser of a format.
pub(crate) fn parser(format: Format) -> Parser {
    match format {
        Format::AccessLog => logs::access::parse,
        Format::TelegramJson => messages::telegram::parse,
        Format::XArchive => accounts::x_archive::parse,
        Format::FourcatCsv => posts::fourcat::parse,
        Format::MappedCsv => posts::mapped::parse,
        Format::MappedJsonl => posts::mapped_jsonl::parse,
        Format::Mail => messages::mail::parse,
        Format::Mbox => messages::mbox::parse,
        Format::Jpeg => images::jpeg::parse,
        Format::Png => images::png::parse,
    }
}
