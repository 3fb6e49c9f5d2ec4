//! Takes the tables and the frame out of their segments, up to the first scan.

use crate::tables::{Component, Frame, Huffman, Tables};

/// Adds the tables of a DQT segment, values in zigzag order (T.81, B.2.4.1).
pub(super) fn quantisation(mut payload: &[u8], out: &mut Tables) {
    while let Some((head, rest)) = payload.split_first() {
        let wide = head >> 4 != 0;
        let length = if wide { 128 } else { 64 };
        let Some(values) = rest.get(..length) else { return };
        let mut table = [0_u16; 64];
        for (index, place) in table.iter_mut().enumerate() {
            *place = if wide {
                u16::from_be_bytes([values[2 * index], values[2 * index + 1]])
            } else {
                u16::from(values[index])
            };
        }
        out.add_quantisation(head & 0x0f, table);
        payload = rest.get(length..).unwrap_or_default();
    }
}

/// Adds the tables of a DHT segment: class and number, counts, symbols (T.81, B.2.4.2).
pub(super) fn huffman(mut payload: &[u8], out: &mut Tables) {
    while let Some((head, rest)) = payload.split_first() {
        let Some((counts, rest)) = rest.split_first_chunk::<16>() else { return };
        let symbols: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let Some(symbols) = rest.get(..symbols).filter(|symbols| symbols.len() <= 256) else {
            return;
        };
        let (class, id) = (head >> 4, head & 0x0f);
        out.add_huffman(Huffman { class, id, counts: *counts, symbols: symbols.to_vec() });
        payload = rest.get(symbols.len()..).unwrap_or_default();
    }
}

/// Takes the first frame (T.81, B.2.2).
pub(super) fn frame(process: u8, payload: &[u8], out: &mut Tables) {
    let components = payload.get(6..).unwrap_or_default().chunks_exact(3);
    let components = components
        .take(4)
        .map(|part| Component { sampling: (part[1] >> 4, part[1] & 0x0f), table: part[2] });
    out.frame = Some(Frame { process, components: components.collect() });
}
