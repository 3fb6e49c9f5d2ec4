//! Quantisation and Huffman tables: the habits of the program that wrote the picture.

use crate::collector::Collector;

/// Adds the tables of a DQT segment, coefficients in zigzag order (T.81, B.2.4.1).
pub(super) fn quantisation(mut payload: &[u8], out: &mut Collector) {
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
        if out.found.quantisation.len() < 8 {
            out.found.quantisation.push((head & 0x0f, table));
        }
        payload = &rest[length..];
    }
}

/// Adds the tables of a DHT segment: class and number, counts, symbols (T.81, B.2.4.2).
pub(super) fn huffman(mut payload: &[u8], out: &mut Collector) {
    while let Some(counts) = payload.get(1..17) {
        let symbols: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let Some(table) = payload.get(..17 + symbols) else { return };
        if out.found.huffman.len() < 16 {
            out.found.huffman.push(table.to_vec());
        }
        payload = &payload[17 + symbols..];
    }
}
