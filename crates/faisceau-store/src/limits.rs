//! How much an archive may cost.

/// Limits on what is taken out of one exhibit, with all the archives inside it.
///
/// A real export of a large account has some tens of thousands of members and a few gibibytes;
/// text compresses five to thirty times, a log of one repeated line up to about a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Members, kept or refused. 100 000.
    pub max_members: u64,
    /// Bytes of one member. 4 GiB.
    pub max_member_bytes: u64,
    /// Bytes of all members. 16 GiB. As much again may be read and thrown away, to reach what
    /// stands behind a refused member.
    pub max_total_bytes: u64,
    /// Bytes of a member for one byte stored. 200. Deflate reaches 1032.
    pub max_ratio: u64,
    /// Bytes of a member up to which the ratio is not looked at. 16 MiB.
    pub ratio_floor: u64,
    /// Archives in archives: 1 opens an archive, 2 also those inside it. 3, which is also as
    /// deep as the numbers of exhibits go.
    pub max_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_members: 100_000,
            max_member_bytes: 4 << 30,
            max_total_bytes: 16 << 30,
            max_ratio: 200,
            ratio_floor: 16 << 20,
            max_depth: 3,
        }
    }
}
