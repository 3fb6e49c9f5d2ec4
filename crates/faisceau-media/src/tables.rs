//! The tables of a JPEG, which its encoder chose.
//!
//! In: what the reader of JPEG meets in the segments DQT, DHT and SOF (ITU-T T.81, B.2). Out: the
//! tables as they are written, from which [`crate::quantisation`] takes a fingerprint and a quality.
//! Nothing is decoded. How to fill [`Tables`]: one entry of `quantisation` for each table of each
//! DQT segment, in the order of the file, up to the first SOS; one entry of `huffman` for each table
//! of each DHT segment, likewise; `frame` from the first SOF. The tables of the main picture alone,
//! not those of a thumbnail. A table that is cut off is left out.

/// Most tables of a kind that are kept; a file may define a table again and again.
const TABLES: usize = 64;

/// The tables of a JPEG in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// The quantisation tables: the identifier `Tq` (0 to 3), and the 64 values in zigzag order.
    pub quantisation: Vec<(u8, [u16; 64])>,
    /// The Huffman tables.
    pub huffman: Vec<Huffman>,
    /// The frame, if one was met.
    pub frame: Option<Frame>,
}

/// One Huffman table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Huffman {
    /// The class `Tc`: 0 for DC, 1 for AC.
    pub class: u8,
    /// The identifier `Th` (0 to 3).
    pub id: u8,
    /// How many codes there are of each length, 1 to 16.
    pub counts: [u8; 16],
    /// The symbols in the order of the codes, at most 256.
    pub symbols: Vec<u8>,
}

/// The frame: how the picture is coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The second byte of the marker: 0xC0 baseline, 0xC1 extended, 0xC2 progressive.
    pub process: u8,
    /// The components in the order of the frame.
    pub components: Vec<Component>,
}

/// A component of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component {
    /// Sampling factors, across and down.
    pub sampling: (u8, u8),
    /// The quantisation table that it uses.
    pub table: u8,
}

impl Tables {
    /// Adds a quantisation table, within the limit.
    pub fn add_quantisation(&mut self, id: u8, values: [u16; 64]) {
        if self.quantisation.len() < TABLES {
            self.quantisation.push((id, values));
        }
    }

    /// Adds a Huffman table, within the limit.
    pub fn add_huffman(&mut self, table: Huffman) {
        if self.huffman.len() < TABLES {
            self.huffman.push(table);
        }
    }

    /// Whether the picture is coded in several passes.
    pub fn progressive(&self) -> bool {
        self.frame.as_ref().is_some_and(|frame| matches!(frame.process, 0xc2 | 0xc6 | 0xca | 0xce))
    }

    /// The sampling as it is spoken of: `4:2:0`, `4:4:4`; `None` where it has no such name.
    pub fn sampling(&self) -> Option<&'static str> {
        let factors: Vec<_> = self.frame.as_ref()?.components.iter().map(|c| c.sampling).collect();
        Some(match *factors.as_slice() {
            [_] => "4:0:0",
            [(1, 1), (1, 1), (1, 1)] => "4:4:4",
            [(2, 1), (1, 1), (1, 1)] => "4:2:2",
            [(2, 2), (1, 1), (1, 1)] => "4:2:0",
            [(1, 2), (1, 1), (1, 1)] => "4:4:0",
            [(4, 1), (1, 1), (1, 1)] => "4:1:1",
            _ => return None,
        })
    }

    /// The last definition of each quantisation table, by identifier: those that remain in force.
    pub(crate) fn in_force(&self) -> Vec<(u8, &[u16; 64])> {
        let mut last: Vec<(u8, &[u16; 64])> = Vec::new();
        for (id, values) in self.quantisation.iter().take(TABLES) {
            last.retain(|(other, _)| other != id);
            last.push((*id, values));
        }
        last.sort_by_key(|(id, _)| *id);
        last
    }

    /// The table of brightness, and the others that the frame uses. Without a frame, or with one
    /// that names tables which are not there: the table of least identifier, and the others.
    pub(crate) fn roles(&self) -> Option<(&[u16; 64], Vec<&[u16; 64]>)> {
        let tables = self.in_force();
        let mut used: Vec<u8> = Vec::new();
        for component in self.frame.iter().flat_map(|frame| &frame.components) {
            if !used.contains(&component.table) {
                used.push(component.table);
            }
        }
        let there = |id: &u8| tables.iter().any(|(other, _)| other == id);
        if used.is_empty() || !used.iter().all(there) {
            used = tables.iter().map(|(id, _)| *id).collect();
        }
        let of = |id: &u8| tables.iter().find(|(other, _)| other == id).map(|(_, values)| *values);
        let mut values = used.iter().filter_map(of);
        Some((values.next()?, values.collect()))
    }
}
