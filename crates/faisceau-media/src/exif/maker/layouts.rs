//! How each maker lays its notes out, and which of its tags matter.

use super::super::directory::Entry;
use super::super::tags::{Tag, hex, plain};
use crate::collector::Collector;

/// Where the directory of the notes begins, and what says its byte order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start {
    /// At that byte, in the order of the file.
    At(usize),
    /// The order stands at the first, the directory at the second.
    OrderAt(usize, usize),
    /// A little-endian pointer stands there.
    PointerAt(usize),
    /// A TIFF head stands there.
    Inner(usize),
}

/// What offsets count from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Base {
    /// The start of the TIFF structure.
    Tiff,
    /// The start of the notes.
    Note,
    /// So many bytes behind the start of the notes.
    Inner(usize),
}

/// Reads a value with a structure of its own.
pub(super) type Binary = fn(&Entry<'_>, &'static str, &mut Collector);

/// A layout.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) group: &'static str,
    /// First bytes of the notes.
    pub(super) prefix: &'static [u8],
    /// How the maker's name begins; none where the first bytes are enough.
    pub(super) makes: &'static [&'static str],
    pub(super) start: Start,
    pub(super) base: Base,
    pub(super) tags: &'static [Tag],
    /// Directories inside the notes.
    pub(super) subs: &'static [(u16, &'static [Tag])],
    /// Bytes before a directory that is a value and not pointed to.
    pub(super) sub_head: usize,
    pub(super) binary: &'static [(u16, Binary)],
}

const NONE: Layout = Layout {
    group: "",
    prefix: b"",
    makes: &[],
    start: Start::At(0),
    base: Base::Tiff,
    tags: &[],
    subs: &[],
    sub_head: 0,
    binary: &[],
};

const NIKON_TAGS: &[Tag] = &[
    plain(0x001d, "SerialNumber"),
    plain(0x00a0, "SerialNumber"),
    plain(0x00a5, "ImageCount"),
    plain(0x00a7, "ShutterCount"),
];

const KODAK: Layout = Layout {
    group: "Kodak",
    makes: &["KODAK", "EASTMAN"],
    subs: &[(0xfc00, &[plain(0xfa19, "SerialNumber")]), (0xfc05, &[plain(0xfa04, "SerialNumber")])],
    ..NONE
};

const OLYMPUS_TAGS: &[Tag] = &[
    plain(0x0207, "CameraType"),
    plain(0x0209, "CameraID"),
    plain(0x0404, "SerialNumber"),
    plain(0x101a, "SerialNumber"),
];

const OLYMPUS_SUBS: &[(u16, &[Tag])] = &[(
    0x2010,
    &[
        plain(0x0101, "SerialNumber"),
        plain(0x0102, "InternalSerialNumber"),
        plain(0x0202, "LensSerialNumber"),
        plain(0x0203, "LensModel"),
        plain(0x0302, "ExtenderSerialNumber"),
        plain(0x1003, "FlashSerialNumber"),
    ],
)];

const OLYMPUS: Layout = Layout { group: "Olympus", tags: OLYMPUS_TAGS, subs: OLYMPUS_SUBS, ..NONE };

const PENTAX: Layout = Layout {
    group: "Pentax",
    tags: &[plain(0x0005, "PentaxModelID"), plain(0x0229, "SerialNumber")],
    binary: &[(0x0215, pentax_camera)],
    ..NONE
};

const SIGMA: Layout = Layout {
    group: "Sigma",
    start: Start::At(10),
    tags: &[plain(0x0002, "SerialNumber"), plain(0x0017, "Firmware"), plain(0x0018, "Software")],
    ..NONE
};

const RICOH: Layout = Layout {
    group: "Ricoh",
    start: Start::At(8),
    makes: &["RICOH"],
    tags: &[hex(0x0005, "InternalSerialNumber")],
    ..NONE
};

/// The layouts, those with first bytes of their own before those told by the maker alone.
pub(super) static LAYOUTS: &[Layout] = &[
    Layout {
        group: "Apple",
        prefix: b"Apple iOS\0",
        start: Start::OrderAt(12, 14),
        base: Base::Note,
        tags: &[
            plain(0x000b, "BurstUUID"),
            plain(0x0011, "MediaGroupUUID"),
            plain(0x0015, "ImageUniqueID"),
            plain(0x002b, "PhotoIdentifier"),
        ],
        ..NONE
    },
    Layout {
        group: "Nikon",
        prefix: b"Nikon\0\x02",
        start: Start::Inner(10),
        base: Base::Inner(10),
        tags: NIKON_TAGS,
        binary: &[(0x0024, nikon_time)],
        ..NONE
    },
    Layout {
        group: "Nikon",
        prefix: b"Nikon\0\x01",
        start: Start::At(8),
        tags: NIKON_TAGS,
        ..NONE
    },
    Layout { prefix: b"OLYMPUS\0", start: Start::OrderAt(8, 12), base: Base::Note, ..OLYMPUS },
    Layout { prefix: b"OM SYSTEM\0", start: Start::OrderAt(12, 16), base: Base::Note, ..OLYMPUS },
    Layout { prefix: b"OLYMP\0", start: Start::At(8), ..OLYMPUS },
    Layout { prefix: b"EPSON\0", start: Start::At(8), ..OLYMPUS },
    Layout { prefix: b"AGFA \0", start: Start::At(8), ..OLYMPUS },
    Layout {
        group: "Panasonic",
        prefix: b"Panasonic\0",
        start: Start::At(12),
        tags: &[
            plain(0x0025, "InternalSerialNumber"),
            plain(0x0051, "LensType"),
            plain(0x0052, "LensSerialNumber"),
            plain(0x0054, "AccessorySerialNumber"),
        ],
        ..NONE
    },
    Layout {
        group: "Leica",
        prefix: b"LEICA\0",
        start: Start::At(8),
        base: Base::Note,
        tags: &[
            plain(0x0303, "LensType"),
            plain(0x0305, "SerialNumber"),
            plain(0x0408, "FileName"),
            plain(0x0500, "InternalSerialNumber"),
        ],
        ..NONE
    },
    Layout {
        group: "FujiFilm",
        prefix: b"FUJIFILM",
        start: Start::PointerAt(8),
        base: Base::Note,
        tags: &[plain(0x0010, "InternalSerialNumber")],
        ..NONE
    },
    Layout { prefix: b"AOC\0", start: Start::OrderAt(4, 6), ..PENTAX },
    Layout { prefix: b"PENTAX \0", start: Start::OrderAt(8, 10), base: Base::Note, ..PENTAX },
    Layout { prefix: b"SIGMA\0", ..SIGMA },
    Layout { prefix: b"FOVEON\0", ..SIGMA },
    Layout { prefix: b"Ricoh", ..RICOH },
    Layout { prefix: b"RICOH", ..RICOH },
    Layout {
        group: "Sony",
        prefix: b"SONY ",
        start: Start::At(12),
        tags: &[plain(0x2031, "SerialNumber"), plain(0xb001, "SonyModelID")],
        ..NONE
    },
    Layout {
        group: "Motorola",
        prefix: b"MOT\0",
        start: Start::At(8),
        base: Base::Note,
        tags: &[plain(0x5501, "SerialNumber")],
        ..NONE
    },
    Layout {
        group: "Canon",
        makes: &["Canon"],
        tags: &[
            plain(0x0007, "CanonFirmwareVersion"),
            plain(0x0008, "FileNumber"),
            plain(0x0009, "OwnerName"),
            plain(0x000c, "SerialNumber"),
            plain(0x0010, "CanonModelID"),
            plain(0x0095, "LensModel"),
            plain(0x0096, "InternalSerialNumber"),
        ],
        binary: &[(0x0028, canon_image_id), (0x0035, canon_time), (0x4019, canon_lens)],
        ..NONE
    },
    Layout { group: "Nikon", makes: &["NIKON"], tags: NIKON_TAGS, ..NONE },
    Layout { prefix: b"MM\0\x2a", start: Start::Inner(0), base: Base::Note, ..KODAK },
    KODAK,
    Layout {
        group: "Samsung",
        makes: &["SAMSUNG"],
        base: Base::Note,
        tags: &[
            plain(0x0003, "SamsungModelID"),
            plain(0xa001, "FirmwareName"),
            plain(0xa002, "SerialNumber"),
            plain(0xa005, "InternalLensSerialNumber"),
        ],
        ..NONE
    },
    Layout {
        group: "Sony",
        makes: &["SONY"],
        tags: &[plain(0x2031, "SerialNumber"), plain(0xb001, "SonyModelID")],
        ..NONE
    },
];

/// Sixteen bytes, zeros where the camera has none.
fn canon_image_id(entry: &Entry<'_>, group: &'static str, out: &mut Collector) {
    let bytes = entry.data.bytes();
    if bytes.iter().any(|byte| *byte != 0) {
        out.add(group, "ImageUniqueID", &crate::hex::hex(bytes), entry.data.whole());
    }
}

/// Size, zone in minutes, city, summer time.
fn canon_time(entry: &Entry<'_>, group: &'static str, out: &mut Collector) {
    if let Some(minutes) = entry.order.u32_at(entry.data.bytes(), 4) {
        let minutes = minutes.cast_signed().to_string();
        out.add(group, "TimeZone", &minutes, entry.data.whole());
    }
}

/// Five bytes of the serial number of the lens, zeros where it has none.
fn canon_lens(entry: &Entry<'_>, group: &'static str, out: &mut Collector) {
    if let Some(serial) = entry.data.bytes().first_chunk::<5>()
        && serial.iter().any(|byte| *byte != 0)
    {
        out.add(group, "LensSerialNumber", &crate::hex::hex(serial), entry.data.whole());
    }
}

/// Zone in minutes, summer time.
fn nikon_time(entry: &Entry<'_>, group: &'static str, out: &mut Collector) {
    if let Some(minutes) = entry.order.u16_at(entry.data.bytes(), 0) {
        let minutes = minutes.cast_signed().to_string();
        out.add(group, "TimeZone", &minutes, entry.data.whole());
    }
}

/// Model, days of manufacture, code, serial number.
fn pentax_camera(entry: &Entry<'_>, group: &'static str, out: &mut Collector) {
    if let Some(serial) = entry.numbers().nth(4) {
        out.add(group, "InternalSerialNumber", &serial.to_string(), entry.data.whole());
    }
}
