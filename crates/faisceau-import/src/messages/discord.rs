//! Discord: what its own data package holds of messages, and what `DiscordChatExporter` saves.

pub(crate) mod chat_exporter;
mod exported;
pub(crate) mod package_csv;
pub(crate) mod package_json;
mod sent;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "discord";

#[cfg(test)]
mod tests;
