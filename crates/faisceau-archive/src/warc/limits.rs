//! How much a WARC file may cost.

/// Limits on the reading of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the head of a record. 256 KiB: addresses may be long.
    pub max_head: usize,
    /// Bytes of the block of a record, which is held in memory. 512 MiB.
    pub max_block: u64,
    /// Bytes of the whole file, decompressed. 64 GiB.
    pub max_total: u64,
    /// Decompressed bytes of a gzip member for one byte stored. 200. Deflate reaches 1032.
    pub max_ratio: u64,
    /// Bytes of a member up to which the ratio is not looked at. 16 MiB.
    pub ratio_floor: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_head: 256 << 10,
            max_block: 512 << 20,
            max_total: 64 << 30,
            max_ratio: 200,
            ratio_floor: 16 << 20,
        }
    }
}
