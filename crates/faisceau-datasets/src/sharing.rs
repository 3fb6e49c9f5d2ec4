//! How an operator shares one IPv4 address among lines, and which part of the ports is one line's.
//!
//! Sources: RFC 6346 (address plus port), RFC 6888 (carrier-grade NAT), RFC 6302 (why a server
//! logs the source port). That an operator shares its addresses is a line of the operator table.

use serde::Deserialize;

/// How one IPv4 address serves several lines at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Up to four lines, each with a quarter of the ports, the same for as long as the line has
    /// the address.
    PortQuarters,
    /// Many lines, whose ports the operator's translator hands out as it goes.
    Many,
}

/// Ports of one quarter.
const QUARTER: u16 = 16_384;

/// The first and last port of the quarter that a port stands in.
pub const fn quarter(port: u16) -> (u16, u16) {
    let first = port / QUARTER * QUARTER;
    (first, first + (QUARTER - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quarters_cover_all_ports_once() {
        assert_eq!([0, 16_383].map(quarter), [(0, 16_383); 2]);
        assert_eq!([16_384, 32_767].map(quarter), [(16_384, 32_767); 2]);
        assert_eq!([32_768, 49_151].map(quarter), [(32_768, 49_151); 2]);
        assert_eq!([49_152, 65_535].map(quarter), [(49_152, 65_535); 2]);
    }
}
