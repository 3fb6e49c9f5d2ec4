//! A Discord channel saved with `DiscordChatExporter`, in JSON.
//!
//! In: the file that `JsonMessageWriter.cs` of `DiscordChatExporter` writes; all keys below are those
//! of its source of March 2026 and of a branch with `components`, read on 2026-11-21. Out: a post for each message, an account the
//! first time it speaks. Refused: what Discord itself says in a channel (somebody joined, pinned,
//! called; set aside with its type).
//!
//! Traps of the format:
//! - `content` is rewritten unless the tool was told not to: mentions become names (`@Marie`), own
//!   emoji become `:name:`, time stamps become dates. The text as typed is not in the file.
//! - `messageCount` says how many messages were written: fewer in the file are told as a reject.
//! - Times carry the offset of the machine that ran the tool; they are instants nonetheless.
//! - `nickname` is the name on the server, or the display name of the account. It changes; the
//!   id does not.
//! - The tool sees what its user's account could see, between the dates of `dateRange` and through
//!   its filters: what was deleted before is not there, and nothing says so.
//! - Nothing says whether a server is open to anyone: no message is taken for public.

use faisceau_model::rows::Reject;
use faisceau_model::{Place, RejectReason, Sink};

use super::exported::{self, Room};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json;
use crate::json::document::{Document, document};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "discord-chat-exporter",
    title: "Discord channel saved with DiscordChatExporter (JSON)",
    group: Group::Messages,
    gives: &["posts", "accounts"],
    versions: "sources of DiscordChatExporter up to March 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/discord/chat_exporter.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys of the file, and of its parts.
const TOP: [&str; 6] = ["guild", "channel", "dateRange", "exportedAt", "messages", "messageCount"];
const GUILD: [&str; 3] = ["id", "name", "iconUrl"];
const CHANNEL: [&str; 7] = ["id", "type", "categoryId", "category", "name", "topic", "iconUrl"];

fn sniff(head: &Head<'_>) -> bool {
    head.has_keys(&["guild.id", "channel.id", "channel.type", "dateRange", "messages"])
}

/// Reads a channel.
fn parse(
    source: &Source<'_>,
    _settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (found, outcome) = document(json::text(&bytes).0, &|key| key == "messages");
    let mut fields = Fields::default();
    let room = room(&found, &mut fields);
    found.only_list((exhibit, "messages"), sink, |message, place, sink| {
        exported::note_fields(message, &mut fields, place);
        let post = exported::post(&room, exhibit, place, message)?;
        sink.account(exported::account(exhibit, place, &post.account, message));
        sink.post(post);
        Ok(())
    });
    if outcome.is_ok() {
        check_count(source, &found, sink);
    }
    fields.finish(exhibit, sink);
    found.close(outcome, &bytes)
}

/// What the file says of its channel; unknown keys are noted.
fn room(found: &Document<'_>, fields: &mut Fields) -> Room {
    let object = |key: &str| {
        found.other(key).and_then(|raw| json::object(raw.get()).ok()).unwrap_or_default()
    };
    let place = |key: &str| Place::Pointer(format!("/{}", json::pointer_step(key)));
    for (key, _) in found.others.iter().filter(|(key, _)| !TOP.contains(&key.as_str())) {
        fields.note("", key, 1, &place(key));
    }
    let (guild, channel) = (object("guild"), object("channel"));
    fields.object("guild.", &guild, &GUILD, &place("guild"));
    fields.object("channel.", &channel, &CHANNEL, &place("channel"));
    Room::new(&guild, &channel)
}

/// Tells when the file does not hold as many messages as it says.
fn check_count(source: &Source<'_>, found: &Document<'_>, sink: &mut dyn Sink) {
    let Some(raw) = found.other("messageCount") else { return };
    let met = found.lists.first().map_or(0, |(_, list)| list.len()) as u64;
    let place = Place::Pointer("/messageCount".to_owned());
    let (reason, detail) = match raw.get().trim().parse::<u64>() {
        Ok(count) if count == met => return,
        Ok(count) if count > met => {
            let missing = count - met;
            let detail =
                format!("{count} messages are announced, {met} are here: {missing} missing");
            (RejectReason::Truncated, detail)
        }
        Ok(count) => {
            (RejectReason::Syntax, format!("{count} messages are announced, {met} are here"))
        }
        Err(_) => (RejectReason::Syntax, "`messageCount` is no number".to_owned()),
    };
    sink.records(1);
    sink.reject(Reject::new(source.exhibit, place, reason, detail, raw.get().as_bytes()));
}

#[cfg(test)]
mod tests;
