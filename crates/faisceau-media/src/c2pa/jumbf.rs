//! Boxes of JUMBF. In: bytes. Out: superboxes with their labels.
//!
//! ISO/IEC 19566-5, Annex A and B; the same is told in C2PA 2.2, "Use of JUMBF"
//! (<https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html>).

use crate::part::Part;

/// Most boxes within one.
const BOXES: usize = 1_000;
/// The rest of a type whose first four letters tell what it is (ISO/IEC 11578, 19566-5 Annex B).
const TYPE: [u8; 12] = [0, 0x11, 0, 0x10, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
/// Longest label, in bytes.
const LABEL: usize = 1_000;

/// A box that holds others, the first of which describes it.
#[derive(Debug, Clone)]
pub(super) struct Superbox<'a> {
    /// The first four letters of its type: `c2ma`, `c2as`, `cbor`; zeros for one without.
    pub(super) kind: [u8; 4],
    pub(super) label: String,
    /// All that it holds, with the description: this is what a hash of it covers.
    pub(super) body: Part<'a>,
    /// What it holds behind the description.
    pub(super) boxes: Vec<([u8; 4], Part<'a>)>,
}

impl<'a> Superbox<'a> {
    /// A superbox, from what stands within its `jumb` box.
    pub(super) fn read(body: &Part<'a>) -> Option<Self> {
        let mut boxes = boxes(body).into_iter();
        let (_, description) = boxes.next().filter(|(kind, _)| kind == b"jumd")?;
        let bytes = description.bytes();
        let (kind, rest) = bytes.split_first_chunk::<4>()?;
        let kind = if rest.starts_with(&TYPE) { *kind } else { [0; 4] };
        let toggles = *bytes.get(16)?;
        let label = bytes.get(17..).filter(|_| toggles & 2 != 0).unwrap_or_default();
        let length = label.iter().take(LABEL).position(|byte| *byte == 0).unwrap_or_default();
        let label = String::from_utf8_lossy(label.get(..length)?).into_owned();
        Some(Self { kind, label, body: body.clone(), boxes: boxes.collect() })
    }

    /// The superboxes within.
    pub(super) fn inner(&self) -> impl Iterator<Item = Self> {
        self.boxes
            .iter()
            .filter(|(kind, _)| kind == b"jumb")
            .filter_map(|(_, body)| Self::read(body))
    }

    /// The first box of a kind.
    pub(super) fn content(&self, kind: [u8; 4]) -> Option<&Part<'a>> {
        self.boxes.iter().find(|(of, _)| *of == kind).map(|(_, body)| body)
    }
}

/// The boxes that stand one after the other in these bytes.
pub(super) fn boxes<'a>(part: &Part<'a>) -> Vec<([u8; 4], Part<'a>)> {
    let (mut rest, mut found) = (part.clone(), Vec::new());
    while found.len() < BOXES {
        let Some((kind, head, length)) = head(rest.bytes()) else { break };
        let Some(body) = rest.get(head..length) else { break };
        found.push((kind, body));
        rest = rest.from(length);
    }
    found
}

/// The kind of a box, the length of its head, and its whole length.
fn head(bytes: &[u8]) -> Option<([u8; 4], usize, usize)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (head, length) = match u32::from_be_bytes(*length) {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?),
        length => (8, usize::try_from(length).ok()?),
    };
    (length >= head).then_some((*kind, head, length))
}
