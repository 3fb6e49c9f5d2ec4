//! Names of chunks, as `ExifTool` calls them.

/// Chunks of the list `INFO`.
const INFORMATION: [(&[u8; 4], &str); 29] = [
    (b"IARL", "ArchivalLocation"),
    (b"IART", "Artist"),
    (b"IBSU", "BaseURL"),
    (b"ICMS", "Commissioned"),
    (b"ICMT", "Comment"),
    (b"ICNM", "Cinematographer"),
    (b"ICNT", "Country"),
    (b"ICOP", "Copyright"),
    (b"ICRD", "DateCreated"),
    (b"IDST", "DistributedBy"),
    (b"IEDT", "EditedBy"),
    (b"IENC", "EncodedBy"),
    (b"IENG", "Engineer"),
    (b"IKEY", "Keywords"),
    (b"ILNG", "Language"),
    (b"IMED", "Medium"),
    (b"INAM", "Title"),
    (b"IPRD", "Product"),
    (b"IPRO", "ProducedBy"),
    (b"IRIP", "RippedBy"),
    (b"ISBJ", "Subject"),
    (b"ISFT", "Software"),
    (b"ISRC", "Source"),
    (b"ISRF", "SourceForm"),
    (b"ISTD", "ProductionStudio"),
    (b"ISTR", "Starring"),
    (b"ITCH", "Technician"),
    (b"IWRI", "WrittenBy"),
    (b"IGNR", "Genre"),
];

/// What a text is called.
pub(super) fn information(kind: [u8; 4]) -> Option<&'static str> {
    INFORMATION.iter().find(|(known, _)| **known == kind).map(|(_, name)| *name)
}

/// What a record of Nikon is called.
pub(super) fn nikon(number: u16) -> Option<&'static str> {
    Some(match number {
        0x03 => "Make",
        0x04 => "Model",
        0x05 => "Software",
        0x06 => "Equipment",
        0x13 => "DateTimeOriginal",
        0x14 => "CreateDate",
        _ => return None,
    })
}
