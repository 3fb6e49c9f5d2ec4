//! The end of a Parquet file, kept as the bytes that it will be.
//!
//! A writer remembers where every column of every row group stands until the footer is written.
//! As structures that is some two kilobytes a column of a group, and memory grows with the rows;
//! encoded at once it is about fifty bytes. Layout: <https://parquet.apache.org/docs/file-format/>,
//! in Thrift's compact protocol.

use polars_parquet::parquet::metadata::ThriftFileMetadata;
use polars_parquet_format::thrift::Result as ThriftResult;
use polars_parquet_format::thrift::protocol::TCompactOutputProtocol;
use polars_parquet_format::{ColumnOrder, KeyValue, RowGroup, SchemaElement, TypeDefinedOrder};

const MAGIC: &[u8; 4] = b"PAR1";

/// What the compact protocol calls a structure, in the header of a list.
const STRUCTURE: u8 = 0x0c;

/// The longest list whose length stands in the four upper bits of its header.
const SHORT_LIST: usize = 14;

/// The row groups written so far.
#[derive(Default)]
pub(crate) struct Footer {
    groups: Vec<u8>,
    count: usize,
    rows: i64,
}

impl Footer {
    /// Row groups noted.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Notes a row group whose offsets are those of the file.
    pub(crate) fn push(&mut self, group: &RowGroup) -> ThriftResult<()> {
        group.write_to_out_protocol(&mut TCompactOutputProtocol::new(&mut self.groups))?;
        self.count += 1;
        self.rows += group.num_rows;
        Ok(())
    }

    /// The bytes that end the file: metadata, their length, the magic number.
    pub(crate) fn bytes(
        self,
        schema: Vec<SchemaElement>,
        columns: usize,
        notes: Vec<KeyValue>,
    ) -> ThriftResult<Vec<u8>> {
        let mut metadata = ThriftFileMetadata {
            version: 1,
            schema,
            num_rows: self.rows,
            row_groups: Vec::new(),
            key_value_metadata: None,
            created_by: None,
            column_orders: None,
            encryption_algorithm: None,
            footer_signing_key_metadata: None,
        };
        // Up to the list of groups: the empty list is one byte, and one byte ends the structure.
        let mut bytes = encoded(&metadata)?;
        bytes.truncate(bytes.len().saturating_sub(2));
        let before = bytes.len();
        metadata.key_value_metadata = Some(notes);
        metadata.created_by = Some("faisceau".to_owned());
        let order = || ColumnOrder::TYPEORDER(TypeDefinedOrder {});
        metadata.column_orders = Some((0..columns).map(|_| order()).collect());
        let after = encoded(&metadata)?;
        list_header(self.count, &mut bytes);
        bytes.extend_from_slice(&self.groups);
        bytes.extend_from_slice(after.get(before + 1..).unwrap_or_default());
        let length = u32::try_from(bytes.len())?;
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(MAGIC);
        Ok(bytes)
    }
}

fn encoded(metadata: &ThriftFileMetadata) -> ThriftResult<Vec<u8>> {
    let mut bytes = Vec::new();
    metadata.write_to_out_protocol(&mut TCompactOutputProtocol::new(&mut bytes))?;
    Ok(bytes)
}

fn list_header(count: usize, out: &mut Vec<u8>) {
    if count <= SHORT_LIST {
        out.push((count as u8) << 4 | STRUCTURE);
        return;
    }
    out.push(0xf0 | STRUCTURE);
    let mut rest = count;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use polars_parquet_format::thrift::protocol::TCompactInputProtocol;

    use super::*;

    fn group(rows: i64) -> RowGroup {
        RowGroup {
            columns: Vec::new(),
            total_byte_size: 7 * rows,
            num_rows: rows,
            sorting_columns: None,
            file_offset: Some(4),
            total_compressed_size: Some(3 * rows),
            ordinal: i16::try_from(rows).ok(),
        }
    }

    /// What a reader of the format's own crate finds in the footer.
    fn read_back(groups: i64) -> ThriftFileMetadata {
        let mut footer = Footer::default();
        (0..groups).for_each(|n| footer.push(&group(n)).unwrap());
        let notes = vec![KeyValue { key: "a".into(), value: Some("b".into()) }];
        let bytes = footer.bytes(Vec::new(), 2, notes).unwrap();
        let (metadata, end) = bytes.split_at(bytes.len() - 8);
        assert_eq!(end[..4], u32::try_from(metadata.len()).unwrap().to_le_bytes());
        assert_eq!(&end[4..], MAGIC);
        let mut protocol = TCompactInputProtocol::new(metadata, usize::MAX);
        ThriftFileMetadata::read_from_in_protocol(&mut protocol).unwrap()
    }

    #[test]
    fn groups_kept_as_bytes_are_read_as_groups() {
        for groups in [0, 1, 14, 15, 127, 128, 129, 20_000] {
            let read = read_back(groups);
            let expected: Vec<RowGroup> = (0..groups).map(group).collect();
            assert_eq!(read.row_groups, expected, "{groups} groups");
            assert_eq!(read.num_rows, (0..groups).sum::<i64>());
            assert_eq!(read.column_orders.map(|o| o.len()), Some(2));
            assert_eq!(read.key_value_metadata.unwrap()[0].key, "a");
        }
    }
}
