//! The special-purpose registry that an address falls in.
//!
//! Source: the IANA IPv4 and IPv6 special-purpose address registries (RFC 6890 and its updates),
//! checked in August 2026. IPv6 outside `2000::/3` that no line names is not allocated: reserved.

use std::net::IpAddr;

use crate::AddressScope;
use crate::AddressScope::{
    Documentation, Global, LinkLocal, Loopback, Multicast, Private, Reserved, Shared,
};

/// The scope of an address. IPv4 written inside IPv6 (`::ffff:192.0.2.1`) counts as IPv4.
pub fn scope(ip: IpAddr) -> AddressScope {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let bits = ip.to_bits();
            let inside = |(net, len): (u32, u32)| (bits ^ net) >> (32 - len) == 0;
            V4.iter().find(|row| inside((row.0, row.1))).map_or(Global, |row| row.2)
        }
        IpAddr::V6(ip) => {
            let bits = ip.to_bits();
            let inside = |(net, len): (u128, u32)| (bits ^ net) >> (128 - len) == 0;
            V6.iter().find(|row| inside((row.0, row.1))).map_or(Reserved, |row| row.2)
        }
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8) -> u32 {
    u32::from_be_bytes([a, b, c, d])
}

/// The first three groups of an IPv6 address; the rest is zero.
const fn v6(a: u16, b: u16, c: u16) -> u128 {
    (a as u128) << 112 | (b as u128) << 96 | (c as u128) << 80
}

/// First match answers.
const V4: [(u32, u32, AddressScope); 16] = [
    (v4(0, 0, 0, 0), 8, Reserved),            // RFC 791
    (v4(10, 0, 0, 0), 8, Private),            // RFC 1918
    (v4(100, 64, 0, 0), 10, Shared),          // RFC 6598
    (v4(127, 0, 0, 0), 8, Loopback),          // RFC 1122
    (v4(169, 254, 0, 0), 16, LinkLocal),      // RFC 3927
    (v4(172, 16, 0, 0), 12, Private),         // RFC 1918
    (v4(192, 0, 0, 0), 24, Reserved),         // RFC 6890
    (v4(192, 0, 2, 0), 24, Documentation),    // RFC 5737
    (v4(192, 88, 99, 0), 24, Reserved),       // RFC 7526
    (v4(192, 168, 0, 0), 16, Private),        // RFC 1918
    (v4(198, 18, 0, 0), 15, Reserved),        // RFC 2544
    (v4(198, 51, 100, 0), 24, Documentation), // RFC 5737
    (v4(203, 0, 113, 0), 24, Documentation),  // RFC 5737
    (v4(224, 0, 0, 0), 4, Multicast),         // RFC 1112
    (v4(240, 0, 0, 0), 4, Reserved),          // RFC 1112
    (v4(255, 255, 255, 255), 32, Reserved),   // RFC 8190
];

/// First match answers: exceptions stand before the block that they are cut from.
const V6: [(u128, u32, AddressScope); 18] = [
    (0, 128, Reserved),                        // RFC 4291, unspecified
    (1, 128, Loopback),                        // RFC 4291
    (v6(0x64, 0xff9b, 0), 96, Global),         // RFC 6052
    (v6(0x64, 0xff9b, 1), 48, Private),        // RFC 8215
    (v6(0x100, 0, 0), 64, Reserved),           // RFC 6666, discard
    (v6(0x2001, 0, 0), 32, Global),            // RFC 4380, Teredo
    (v6(0x2001, 1, 0), 32, Reserved),          // RFC 7723 and others, anycast services
    (v6(0x2001, 3, 0), 32, Global),            // RFC 7450
    (v6(0x2001, 4, 0x112), 48, Global),        // RFC 7535
    (v6(0x2001, 0x20, 0), 28, Global),         // RFC 7343
    (v6(0x2001, 0, 0), 23, Reserved),          // RFC 2928
    (v6(0x2001, 0xdb8, 0), 32, Documentation), // RFC 3849
    (v6(0x3fff, 0, 0), 20, Documentation),     // RFC 9637
    (v6(0x2000, 0, 0), 3, Global),             // RFC 4291
    (v6(0xfc00, 0, 0), 7, Private),            // RFC 4193
    (v6(0xfe80, 0, 0), 10, LinkLocal),         // RFC 4291
    (v6(0xfec0, 0, 0), 10, Reserved),          // RFC 3879
    (v6(0xff00, 0, 0), 8, Multicast),          // RFC 4291
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The first and the last address of each block, and the neighbours outside.
    #[test]
    fn the_edges_of_every_block() {
        for (scope_expected, inside) in [
            (Reserved, "0.0.0.0 0.255.255.255 192.0.0.1 192.88.99.1 198.18.0.0 198.19.255.255"),
            (Reserved, "240.0.0.0 255.255.255.254 255.255.255.255"),
            (Private, "10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0"),
            (Private, "192.168.255.255 fc00:: fdff:ffff:: 64:ff9b:1::1"),
            (Shared, "100.64.0.0 100.127.255.255"),
            (Loopback, "127.0.0.1 127.255.255.255 ::1 ::ffff:127.0.0.1"),
            (LinkLocal, "169.254.0.0 169.254.255.255 fe80::1 febf:ffff::"),
            (Documentation, "192.0.2.0 192.0.2.255 198.51.100.7 203.0.113.255 2001:db8::1"),
            (Documentation, "2001:db8:ffff:ffff:: 3fff:: 3fff:fff:ffff:: ::ffff:192.0.2.1"),
            (Multicast, "224.0.0.0 239.255.255.255 ff02::1"),
            (Reserved, ":: 100::1 2001:1::1 2001:2::1 2001:10::1 fec0::1 4000:: 5f00::1 ::2"),
            (Global, "1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.0.0.1"),
            (Global, "128.0.0.0 169.253.255.255 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0"),
            (Global, "192.167.255.255 198.17.255.255 198.20.0.0 198.51.99.255 203.0.114.0"),
            (Global, "223.255.255.255 82.64.10.10 2a01:e0a::1 2001:0:53aa::1 2001:200::1"),
            (Global, "2001:db7:: 2001:db9:: 3ffe:: 3fff:1000:: 64:ff9b::1 2001:20::1 2002::1"),
        ] {
            for ip in inside.split(' ') {
                assert_eq!(scope(ip.parse().unwrap()), scope_expected, "{ip}");
            }
        }
    }
}
