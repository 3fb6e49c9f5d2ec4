//! The flags of a relay in a consensus (Tor directory protocol, version 3, `s` line).

/// A set of flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flags(pub(crate) u16);

macro_rules! flags {
    ($($name:ident = $text:literal, $bit:literal, $doc:literal;)+) => {
        impl Flags {
            $(#[doc = $doc] pub const $name: Self = Self(1 << $bit);)+
            const ALL: &[(&'static str, Self)] = &[$(($text, Self::$name)),+];
        }
    };
}

flags! {
    AUTHORITY = "Authority", 0, "A directory authority.";
    BAD_EXIT = "BadExit", 1, "An exit that authorities warn of.";
    EXIT = "Exit", 2, "An exit that clients choose.";
    FAST = "Fast", 3, "Fast enough for any circuit.";
    GUARD = "Guard", 4, "Fit to be entered by.";
    HS_DIR = "HSDir", 5, "Keeps descriptors of onion services.";
    MIDDLE_ONLY = "MiddleOnly", 6, "Neither entered nor left by.";
    NO_ED_CONSENSUS = "NoEdConsensus", 7, "No agreement on its Ed25519 key.";
    RUNNING = "Running", 8, "Reached by the authorities within the last 45 minutes.";
    STABLE = "Stable", 9, "Fit for long connections.";
    STALE_DESC = "StaleDesc", 10, "Its descriptor is old.";
    SYBIL = "Sybil", 11, "One of many at one address.";
    V2_DIR = "V2Dir", 12, "Serves directory documents.";
    VALID = "Valid", 13, "Validated.";
}

/// Stands for any flag that this version does not know.
const OTHER: u16 = 1 << 15;

impl Flags {
    /// Reads the flags of an `s` line without its keyword; unknown ones are kept as one.
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter(|word| !word.is_empty()).fold(Self::default(), |set, word| {
            let known = Self::ALL.iter().find(|(name, _)| *name == word);
            Self(set.0 | known.map_or(OTHER, |(_, flag)| flag.0))
        })
    }

    /// Whether all of `other` are in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the known flags, in alphabetical order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().filter(move |(_, flag)| self.has(*flag)).map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_and_named() {
        let flags = Flags::parse("Exit Running  Novel");
        assert!(flags.has(Flags::EXIT) && flags.has(Flags::RUNNING) && !flags.has(Flags::BAD_EXIT));
        assert_eq!(flags.names().collect::<Vec<_>>(), ["Exit", "Running"]);
        assert_ne!(flags, Flags::parse("Exit Running"));
    }
}
