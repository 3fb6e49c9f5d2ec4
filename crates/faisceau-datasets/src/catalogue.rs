//! The bundled datasets: what each is, where it comes from, what it covers.
//!
//! The facts stand here and in the `SOURCE.md` of each folder of `datasets/`; a test holds the two
//! and the files themselves against each other.

use std::fmt;

/// One dataset at one date.
#[derive(Debug, Clone)]
pub struct DatasetInfo {
    /// Short name; with the date, the source that verdicts cite.
    pub id: &'static str,
    /// What it says.
    pub title: &'static str,
    /// Where it was obtained.
    pub source: &'static str,
    /// Licence.
    pub licence: &'static str,
    /// The credit to print where the data are shown.
    pub credit: &'static str,
    /// The date of the data themselves, ISO 8601.
    pub date: &'static str,
    /// First and last instant of a history.
    pub covers: Option<(&'static str, &'static str)>,
    /// Periods inside a history in which nothing is known.
    pub gaps: u32,
    /// What a reader must know before relying on it.
    pub limits: &'static str,
    /// The files.
    pub files: &'static [DatasetFile],
}

impl DatasetInfo {
    /// The source as verdicts cite it: `asn@2026-06-17`.
    pub fn label(&self) -> String {
        format!("{}@{}", self.id, self.date)
    }
}

/// One file.
#[derive(Clone)]
pub struct DatasetFile {
    /// Path below `datasets/`.
    pub path: &'static str,
    /// SHA-256 of the (compressed) file.
    pub sha256: &'static str,
    /// SHA-256 of the original, as obtained.
    pub raw_sha256: &'static str,
    /// Size of the original, in bytes.
    pub raw_bytes: u64,
    packed: Option<&'static [u8]>,
}

impl DatasetFile {
    /// The bytes of the file, where the program embeds them; of the largest, it embeds the columns
    /// that the build script made of them.
    pub const fn packed(&self) -> Option<&'static [u8]> {
        self.packed
    }
}

impl fmt::Debug for DatasetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes, SHA-256 {})", self.path, self.raw_bytes, self.raw_sha256)
    }
}

/// A file below `datasets/`: path, SHA-256 as embedded, size and SHA-256 of the original.
macro_rules! file {
    ($path:literal, $sha256:literal, $raw_bytes:literal, $raw_sha256:literal) => {
        DatasetFile {
            path: $path,
            sha256: $sha256,
            raw_sha256: $raw_sha256,
            raw_bytes: $raw_bytes,
            packed: Some(include_bytes!(concat!("../../../datasets/", $path))),
        }
    };
}

/// A file that the build script turns into columns.
macro_rules! columns_of {
    ($path:literal, $sha256:literal, $raw_bytes:literal, $raw_sha256:literal) => {
        DatasetFile {
            path: $path,
            sha256: $sha256,
            raw_sha256: $raw_sha256,
            raw_bytes: $raw_bytes,
            packed: None,
        }
    };
}

const NPM_WARNING: &str = "one release; its README warns of incorrect data in the packages of that \
                           date: an indication, never proof";

pub(crate) static COUNTRY: DatasetInfo = DatasetInfo {
    id: "country",
    title: "country of registration or declared use of an address",
    source: "npm package @ip-location-db/geo-whois-asn-country-mmdb 2.3.2026061719",
    licence: "CC0-1.0; statistics of the NRO CC BY 4.0",
    credit: "geo-whois-asn-country by ip-location-db (CC0); statistics of the Number Resource \
             Organization, https://www.nro.net (CC BY 4.0)",
    date: "2026-06-17",
    covers: None,
    gaps: 0,
    limits: NPM_WARNING,
    files: &[columns_of!(
        "country/geo-whois-asn-country.mmdb.zst",
        "259c239dccca0a242556ed1e6674bcd1e57a83e4e66efa203df783291a1416c7",
        7_841_291,
        "c5f7c0e9bd6a6ccb5a2e9634764544a0d08bd0bd8788b8aedfac87bea184c652"
    )],
};

pub(crate) static ASN: DatasetInfo = DatasetInfo {
    id: "asn",
    title: "autonomous system that announces an address, and its name",
    source: "npm package @ip-location-db/asn 2.3.2026061719",
    licence: "CC BY 4.0",
    credit: "RouteViews, https://www.routeviews.org; IP Geolocation by DB-IP, https://db-ip.com; \
             Number Resource Organization, https://www.nro.net; merged by ip-location-db \
             (CC BY 4.0)",
    date: "2026-06-17",
    covers: None,
    gaps: 0,
    limits: NPM_WARNING,
    files: &[
        columns_of!(
            "asn/asn-ipv4.csv.zst",
            "1e1c34d8770ac2c954f9d0b818d19c61b18b80907e58a10368eca4467a21bd9a",
            23_843_547,
            "76afd7f575bc22d3b3d52f4666fb1ec20c254948829c8f23b1ecc8b8856106d5"
        ),
        columns_of!(
            "asn/asn-ipv6.csv.zst",
            "e988aca3234baf75445d835529e16d3d9bd0261a83636dc8a5f08fa6ba8712d5",
            8_764_890,
            "c91289d4d5dba149fb5f0c12ff3a6db3ad2d1910250034f56f187f4d32f1d337"
        ),
    ],
};

pub(crate) static TOR: DatasetInfo = DatasetInfo {
    id: "tor-exits",
    title: "addresses listed as Tor exits, hour by hour",
    source: "git histories of SecOps-Institute/Tor-IP-Addresses and alireza-rezaee/tor-nodes, \
             61,498 snapshots",
    licence: "MIT",
    credit: "Tor-IP-Addresses, (c) 2023 SecOps - Institute of Information Security; tor-nodes, \
             alireza-rezaee",
    date: "2026-08-22",
    covers: Some(("2018-03-13T10:00Z", "2026-08-22T21:13Z")),
    gaps: 53,
    limits: "listed in those feeds at that hour, which is not proof of exiting; an exit may leave \
             by an address that no list has; 53 periods, 288 days in all, are not known",
    files: &[
        columns_of!(
            "tor/tor_exit_intervals.csv.zst",
            "1ef57788d391a67214bbb441f9eb6fa075417052e3d5264cc1790481ef8941f9",
            20_551_463,
            "1c8d55ac17fed66ecc6b70f26b5ccc09e5d2c4171df2ad866fb5e951983a977c"
        ),
        file!(
            "tor/tor_exit_intervals_gaps.csv.zst",
            "16e17bbe2a13127b99358dc9f4e050d33abaff79582af4ce8add9d7130242266",
            776,
            "e1bab7ecd8a0f65138a5c342fed3feecb9454a17c83bc16fa065d8944a57b5ba"
        ),
    ],
};

/// The VPN ranges of `X4BNet` at one date.
macro_rules! vpn {
    ($date:literal, $commit:literal, $($file:expr),+) => {
        DatasetInfo {
            id: "vpn",
            title: "ranges of commercial VPN services",
            source: concat!("X4BNet/lists_vpn at ", $commit),
            licence: "MIT",
            credit: "lists_vpn, (c) 2024 X4B (Mathew Heard), https://github.com/X4BNet/lists_vpn",
            date: $date,
            covers: None,
            gaps: 0,
            limits: "whole networks of hosts that VPN services rent from, and not every VPN",
            files: &[$($file),+],
        }
    };
}

pub(crate) static VPN: [DatasetInfo; 5] = [
    vpn!(
        "2024-06-30",
        "30a386944755b45592a7274eee06dd5015e404b5",
        file!(
            "vpn/x4bnet-vpn-ipv4_2024-06-30.txt.zst",
            "213c7ec8729ce1e2f218a4159358b5123cc77cbfb2ce1f712ede668b4a16c647",
            58_314,
            "cd0d69f56fed4867bcd2ee685e6032580e28b352a8837bf5ed98e031042507bd"
        )
    ),
    vpn!(
        "2025-01-01",
        "601869431939decd33b1fad57a658be41e420847",
        file!(
            "vpn/x4bnet-vpn-ipv4_2025-01-01.txt.zst",
            "f5fb10bb0e9906911006de4e8f6a1763fbaad0d582f65eddf591e2e156882edb",
            68_583,
            "5129f035a75dbe4a510fb023ab4709e33ec6acbd03d7644279917a6041ce392e"
        )
    ),
    vpn!(
        "2025-07-01",
        "1648b90f370e8b236c7db7538cfe302f9081a227",
        file!(
            "vpn/x4bnet-vpn-ipv4_2025-07-01.txt.zst",
            "2a7717659867ef07a726a55d2943c0f28115d2fcb52babfb85d173680de367b1",
            169_386,
            "cb57d81d5914e566b7556ce8139e8cef94b1a2ed51f1845b1d275fad47f6f521"
        )
    ),
    vpn!(
        "2026-01-01",
        "ef835f2233ef167facdc9b651482f7d3e4118058",
        file!(
            "vpn/x4bnet-vpn-ipv4_2026-01-01.txt.zst",
            "08f6a54668d1f2b6d75e05ed38c53119d186475ef78a2b66a958c4cfcf978663",
            177_129,
            "91591c42e60b1569a60ea9511062334cebd605c4fab5caed4119e2796aa69ba4"
        )
    ),
    vpn!(
        "2026-08-22",
        "167937a76d424a1a176eccda7d929e40cedd6b40",
        file!(
            "vpn/x4bnet-vpn-ipv4_2026-08-22.txt.zst",
            "7ed62eb40ae20462f4038275f0b2f016d545e2d1e98d3f32297e2be57cc86ba5",
            178_279,
            "d9c11123704770e307f814d36c5bdbdd1997c65c9f3de7ca3a95aa9fa0d5d7e3"
        ),
        file!(
            "vpn/x4bnet-vpn-ipv6_2026-08-22.txt.zst",
            "4a0c9ecf8b5957d6203b29f82f71bf72409ac58007b3a9c772004a883611bfae",
            8_708,
            "5b91e26f6706d20307b4f329ce2f148cfa17d5939d9c367962e2b91b65333d0a"
        )
    ),
];

pub(crate) static PROTONVPN: DatasetInfo = DatasetInfo {
    id: "protonvpn",
    title: "exit addresses of ProtonVPN, IPv4",
    source: "lord-alfred/ipranges at 14dd971b",
    licence: "CC0-1.0",
    credit: "ipranges, lord-alfred, https://github.com/lord-alfred/ipranges",
    date: "2026-08-22",
    covers: None,
    gaps: 0,
    limits: "a part of the service's addresses; the list last changed on 2025-04-10",
    files: &[file!(
        "vpn/protonvpn-ipv4_2026-08-22.txt.zst",
        "c2ffd4c4b507ac3daf048a9f31cc089c1d17f8918098af4e53767c984858c2e9",
        11_678,
        "69f310342818e39f15a37d1b18663c6b1e10e553a871af6e5d079aac7b0708f4"
    )],
};

pub(crate) static HOSTING: DatasetInfo = DatasetInfo {
    id: "hosting",
    title: "autonomous systems of server hosts",
    source: "X4BNet/lists_vpn at 167937a76d424a1a176eccda7d929e40cedd6b40",
    licence: "MIT",
    credit: "lists_vpn, (c) 2024 X4B (Mathew Heard), https://github.com/X4BNet/lists_vpn",
    date: "2026-08-22",
    covers: None,
    gaps: 0,
    limits: "whole autonomous systems, found by the dataset asn of another date",
    files: &[file!(
        "hosting/x4bnet-datacenter-asn.txt.zst",
        "0c3df722f957d3ee36f48d146108403fba3fa004ffa4cb3a6fbfcfd20ad25e4b",
        31_763,
        "29d3ab2ffabd7b618ef8d386c5f2619ed666e07d15168f86972ecffaa9549dc7"
    )],
};

pub(crate) static RELAY: DatasetInfo = DatasetInfo {
    id: "relay",
    title: "egress ranges of iCloud Private Relay, IPv4",
    source: "lord-alfred/ipranges at 14dd971b",
    licence: "CC0-1.0",
    credit: "ipranges, lord-alfred, https://github.com/lord-alfred/ipranges",
    date: "2026-08-22",
    covers: None,
    gaps: 0,
    limits: "one date; IPv4 only",
    files: &[file!(
        "relay/apple-private-relay-ipv4_2026-08-22.txt.zst",
        "09d17602616ed85e1d43ab7b65b6ca017c1a4c8816ba1655aaf092240f5eb8b0",
        55_943,
        "53a14ca0a8ca0a0df0482ad452285d5c390e6fbbbb6de8b02bbba35a10d30563"
    )],
};

pub(crate) static CDN: DatasetInfo = DatasetInfo {
    id: "cdn",
    title: "edge ranges of Cloudflare, IPv4",
    source: "lord-alfred/ipranges at 14dd971b",
    licence: "CC0-1.0",
    credit: "ipranges, lord-alfred, https://github.com/lord-alfred/ipranges",
    date: "2026-08-22",
    covers: None,
    gaps: 0,
    limits: "one network; one date; IPv4 only",
    files: &[file!(
        "cdn/cloudflare-ipv4_2026-08-22.txt.zst",
        "f5fd871562612f751e90d781dc81872ec8ab668e1f92fa99c49d9cae196f0258",
        231,
        "db746a8739a51088c27d0b3c48679d21a69aab304d4c92af3ec0e89145b0cadd"
    )],
};

pub(crate) static CLOUD: DatasetInfo = DatasetInfo {
    id: "cloud",
    title: "ranges of Google, IPv4",
    source: "lord-alfred/ipranges at 14dd971b",
    licence: "CC0-1.0",
    credit: "ipranges, lord-alfred, https://github.com/lord-alfred/ipranges",
    date: "2026-08-22",
    covers: None,
    gaps: 0,
    limits: "one cloud and its owner's own services; one date; IPv4 only",
    files: &[file!(
        "cloud/google-ipv4_2026-08-22.txt.zst",
        "26f456a07db2c4103d873e899ad153e99f525a15df7354f40ffa9c084aebab75",
        1_428,
        "ebd52a9c91009f46599ee92e3aefb709bfbc0ef5fcaf7fc502f90afbe6337571"
    )],
};

pub(crate) static OPERATORS: DatasetInfo = DatasetInfo {
    id: "operators",
    title: "what the autonomous systems that French cases meet most are used for",
    source: "compiled for faisceau",
    licence: "CC0-1.0",
    credit: "none required",
    date: "2026-06",
    covers: None,
    gaps: 0,
    limits: "the kind of the whole system; the note says what it does not prove",
    files: &[file!(
        "operators/operators.toml",
        "4a6a725c64d653158c7030680a0b67edf4f32131910595f7bf8a99e3d31e0d28",
        7_055,
        "4a6a725c64d653158c7030680a0b67edf4f32131910595f7bf8a99e3d31e0d28"
    )],
};

pub(crate) static LINE_NAMES: DatasetInfo = DatasetInfo {
    id: "line-names",
    title: "what the reverse name of an address says of its line",
    source: "compiled for faisceau",
    licence: "CC0-1.0",
    credit: "none required",
    date: "2026-08",
    covers: None,
    gaps: 0,
    limits: "a reverse name is the word of whoever holds the address, on the day it was asked",
    files: &[file!(
        "line-names/patterns.toml",
        "5b79c6a443bbe6b563910fcb3d262e5c7237ee6c67c2f980939676f03407fc7d",
        7_024,
        "5b79c6a443bbe6b563910fcb3d262e5c7237ee6c67c2f980939676f03407fc7d"
    )],
};

/// All of them, in the order of their ids and dates.
pub(crate) fn all() -> Vec<DatasetInfo> {
    let mut all: Vec<DatasetInfo> =
        [&COUNTRY, &ASN, &TOR, &PROTONVPN, &HOSTING, &RELAY, &CDN, &CLOUD, &OPERATORS, &LINE_NAMES]
            .into_iter()
            .chain(&VPN)
            .cloned()
            .collect();
    all.sort_by_key(|info| (info.id, info.date));
    all
}
