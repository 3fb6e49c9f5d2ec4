//! What one access log writes beyond the combined format.
//!
//! In: the head of the log and the settings. Out: whether its last number is a port, and whether
//! a port follows the address. Refused: deciding line by line what only the whole log shows.

use super::clf;
use crate::settings::ImportSettings;
use crate::text::address::endpoint;
use crate::text::decode::decode;
use crate::text::lines::Chunk;

/// Lines of the head that are looked at.
const SAMPLE: usize = 400;

/// What holds for every line of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Layout {
    /// A bare number at the end of the line is the source port.
    pub(super) port_last: bool,
    /// The address is followed by its port.
    pub(super) port_with_address: bool,
}

impl Layout {
    /// The layout that the head of a log shows.
    ///
    /// Ports that clients choose are above 1023 (RFC 6335). A duration or a size falls below that,
    /// or above 65535, within a few lines.
    pub(super) fn of(head: &[u8], settings: &ImportSettings) -> Self {
        let (mut numbers, mut ports, mut with_address) = (0, 0, false);
        for line in Chunk::head(head).lines().take(SAMPLE) {
            let text = decode(line.bytes);
            let Ok(fields) = clf::fields(&text) else { continue };
            if let Some(number) = fields.last_number {
                numbers += 1;
                ports += usize::from(number.parse::<u16>().is_ok_and(|port| port > 1023));
            }
            with_address |= endpoint(fields.client).is_some_and(|(_, port)| port.is_some());
        }
        let told = numbers > 0 && numbers == ports;
        Self {
            port_last: settings.last_number_is_port.unwrap_or(told),
            port_with_address: with_address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(clients: &[&str], numbers: &[u32], settings: &ImportSettings) -> Layout {
        let time = "[17/May/2015:10:05:03 +0000]";
        let lines: Vec<String> = clients
            .iter()
            .zip(numbers)
            .map(|(ip, number)| format!("{ip} - - {time} \"GET /\" 200 5 \"-\" \"a\" {number}\n"))
            .collect();
        Layout::of(lines.concat().as_bytes(), settings)
    }

    #[test]
    fn durations_are_not_taken_for_ports() {
        let settings = ImportSettings::default();
        let clients = ["192.0.2.1", "2001:db8::1", "192.0.2.3"];
        assert!(layout(&clients, &[51_234, 1_024, 60_000], &settings).port_last);
        assert!(!layout(&clients, &[51_234, 12, 60_000], &settings).port_last);
        assert!(!layout(&clients, &[51_234, 70_000, 60_000], &settings).port_last);
        let told = ImportSettings { last_number_is_port: Some(true), ..settings };
        assert!(layout(&clients, &[51_234, 12, 60_000], &told).port_last);
    }

    #[test]
    fn one_address_with_its_port_shows_the_layout() {
        let settings = ImportSettings::default();
        assert!(layout(&["192.0.2.1:4711"], &[1], &settings).port_with_address);
        assert!(!layout(&["192.0.2.1"], &[1], &settings).port_with_address);
    }
}
