//! One directory of a TIFF structure: entries with their values, wherever these lie.

use std::ops::Range;

use crate::collector::Collector;
use crate::part::Part;

/// Most entries of a directory.
const ENTRIES: usize = 1_024;
/// Longest value that is looked at, in bytes.
const VALUE: usize = 16 << 20;

/// Byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// `II`.
    Little,
    /// `MM`.
    Big,
}

impl Order {
    /// The order that the head of a TIFF structure states; the number 42 after it varies with some
    /// makers (Olympus `RO`, Panasonic `U\0`) and is not looked at.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes.get(..2)? {
            b"II" => Some(Self::Little),
            b"MM" => Some(Self::Big),
            _ => None,
        }
    }

    /// The other order.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Little => Self::Big,
            Self::Big => Self::Little,
        }
    }

    /// The number of two bytes at an index.
    pub(crate) fn u16_at(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(two),
            Self::Big => u16::from_be_bytes(two),
        })
    }

    /// The number of four bytes at an index.
    pub(crate) fn u32_at(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = *bytes.get(at..)?.first_chunk::<4>()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(four),
            Self::Big => u32::from_be_bytes(four),
        })
    }

    /// The number of eight bytes at an index.
    pub(crate) fn u64_at(self, bytes: &[u8], at: usize) -> Option<u64> {
        let eight = *bytes.get(at..)?.first_chunk::<8>()?;
        Some(match self {
            Self::Little => u64::from_le_bytes(eight),
            Self::Big => u64::from_be_bytes(eight),
        })
    }
}

/// How a value is laid out (TIFF 6.0, page 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Byte,
    Ascii,
    Short,
    Long,
    Rational,
    SignedByte,
    Undefined,
    SignedShort,
    SignedLong,
    SignedRational,
    Float,
    Double,
    /// EXIF 3.0.
    Utf8,
}

impl Kind {
    fn of(number: u16) -> Option<Self> {
        Some(match number {
            1 => Self::Byte,
            2 => Self::Ascii,
            3 => Self::Short,
            4 | 13 => Self::Long,
            5 => Self::Rational,
            6 => Self::SignedByte,
            7 => Self::Undefined,
            8 => Self::SignedShort,
            9 => Self::SignedLong,
            10 => Self::SignedRational,
            11 => Self::Float,
            12 => Self::Double,
            129 => Self::Utf8,
            _ => return None,
        })
    }

    /// Bytes of one value.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::Byte | Self::Ascii | Self::SignedByte | Self::Undefined | Self::Utf8 => 1,
            Self::Short | Self::SignedShort => 2,
            Self::Long | Self::SignedLong | Self::Float => 4,
            Self::Rational | Self::SignedRational | Self::Double => 8,
        }
    }
}

/// One entry.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) tag: u16,
    pub(crate) kind: Kind,
    pub(crate) order: Order,
    pub(crate) data: Part<'a>,
}

impl Entry<'_> {
    /// The unsigned whole numbers of the value; none where it holds something else.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let (bytes, order) = (self.data.bytes(), self.order);
        let step = match self.kind {
            Kind::Byte | Kind::Short | Kind::Long => self.kind.size(),
            // Some writers call a pointer undefined.
            Kind::Undefined if bytes.len() == 4 => 4,
            _ => usize::MAX,
        };
        (0..bytes.len() / step).filter_map(move |index| match step {
            1 => bytes.get(index).copied().map(u32::from),
            2 => order.u16_at(bytes, index * 2).map(u32::from),
            _ => order.u32_at(bytes, index * 4),
        })
    }
}

/// A directory.
#[derive(Debug)]
pub(crate) struct Directory<'a> {
    pub(crate) entries: Vec<Entry<'a>>,
    /// Offset of the next directory of the chain; 0 for none.
    pub(crate) next: u32,
}

impl<'a> Directory<'a> {
    /// Reads the directory at `offset` of `bytes`, whose values are found from `base` on: an offset
    /// in an entry counts from there.
    pub(crate) fn read(
        bytes: &Part<'a>,
        order: Order,
        offset: usize,
        base: i64,
        out: &mut Collector,
    ) -> Option<Self> {
        let all = bytes.bytes();
        let Some(count) = order.u16_at(all, offset) else {
            out.flaw(bytes.whole().start, "a directory lies beyond the end");
            return None;
        };
        let mut entries = Vec::new();
        let count = usize::from(count);
        if count > ENTRIES {
            out.flaw(bytes.place(offset..offset + 2).start, "a directory with too many entries");
            return None;
        }
        for index in 0..count {
            let at = offset + 2 + 12 * index;
            let Some(entry) = bytes.get(at..at + 12) else {
                out.flaw(bytes.place(offset..offset + 2).start, "a directory ends too early");
                break;
            };
            match entry_at(bytes, order, &entry, base) {
                Ok(entry) => entries.push(entry),
                Err(detail) => {
                    out.flaw(entry.whole().start, detail);
                    // A first entry that is none: this is no directory.
                    if index == 0 && detail == NO_KIND {
                        return None;
                    }
                }
            }
        }
        let next = order.u32_at(all, offset + 2 + 12 * count).unwrap_or(0);
        Some(Self { entries, next })
    }

    /// The first entry of a tag.
    pub(crate) fn find(&self, tag: u16) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }
}

/// Offset and length of the values that lie outside a directory, and where its entries end.
pub(crate) fn offsets(bytes: &[u8], order: Order, at: usize) -> (Vec<(i64, i64)>, usize) {
    let count = usize::from(order.u16_at(bytes, at).unwrap_or(0)).min(ENTRIES);
    let values = (0..count).filter_map(|index| {
        let entry = bytes.get(at + 2 + 12 * index..)?.first_chunk::<12>()?;
        let kind = Kind::of(order.u16_at(entry, 2)?)?;
        let length = (order.u32_at(entry, 4)? as usize).checked_mul(kind.size())?;
        let offset = order.u32_at(entry, 8)?;
        (length > 4).then_some((i64::from(offset), length as i64))
    });
    (values.collect(), at + 2 + 12 * count + 4)
}

const NO_KIND: &str = "an entry of no known type";

fn entry_at<'a>(
    bytes: &Part<'a>,
    order: Order,
    entry: &Part<'a>,
    base: i64,
) -> Result<Entry<'a>, &'static str> {
    let raw = entry.bytes();
    let short = |at| order.u16_at(raw, at).ok_or(NO_KIND);
    let tag = short(0)?;
    let kind = Kind::of(short(2)?).ok_or(NO_KIND)?;
    let count = order.u32_at(raw, 4).ok_or(NO_KIND)? as usize;
    let length = count.checked_mul(kind.size()).filter(|length| *length <= VALUE);
    let length = length.ok_or("a value that is too long")?;
    let range: Range<usize> = if length <= 4 {
        return entry
            .get(8..8 + length)
            .map(|data| Entry { tag, kind, order, data })
            .ok_or("an entry is cut");
    } else {
        let offset = order.u32_at(raw, 8).map_or(0, i64::from) + base;
        let start = usize::try_from(offset).map_err(|_| "a value lies before the file")?;
        start..start.saturating_add(length)
    };
    let data = bytes.get(range).ok_or("a value lies beyond the end")?;
    Ok(Entry { tag, kind, order, data })
}
