//! The statements of a dump and the values of a row.
//!
//! In: bytes. Out: what an INSERT or a CREATE TABLE names, then the values of each row. Refused:
//! values of more than 1 MiB, rows of more than 8 MiB or 1,024 values: they are passed over.

use super::token::{NAME, Parts};
use crate::contract::ImportError;
use crate::text::decode::decode;

/// Bytes of one value that are kept.
const VALUE: usize = 1 << 20;
/// Bytes of one row that are kept.
const ROW: usize = 8 << 20;
/// Most columns of a table and values of a row.
const COLUMNS: usize = 1_024;

/// A statement, up to its rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// `CREATE TABLE`, with its columns.
    Create { table: String, columns: Vec<String> },
    /// `INSERT INTO` or `REPLACE INTO`, up to `VALUES`.
    Insert { table: String, columns: Vec<String> },
    /// Anything else, passed over.
    Other,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// NULL.
    Null,
    /// A text or a number.
    Text(Vec<u8>),
    /// Not asked for.
    Dropped,
    /// Beyond the limits.
    TooLong,
}

/// Why a row could not be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// The source ends.
    End,
    /// Something else was expected.
    Syntax(&'static str),
    /// The source cannot be read further.
    Read(ImportError),
}

impl From<ImportError> for Stop {
    fn from(error: ImportError) -> Self {
        Self::Read(error)
    }
}

impl Parts<'_> {
    /// The next statement, or none at the end. After an INSERT, its rows follow.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn statement(&mut self) -> Result<Option<Statement>, ImportError> {
        self.blank()?;
        if self.0.peek()?.is_none() {
            return Ok(None);
        }
        let statement = match self.word()?.to_ascii_uppercase().as_str() {
            "INSERT" | "REPLACE" => self.insert()?,
            "CREATE" => self.create()?,
            _ => None,
        };
        match statement {
            Some(insert @ Statement::Insert { .. }) => Ok(Some(insert)),
            other => {
                self.pass_to_end()?;
                Ok(Some(other.unwrap_or(Statement::Other)))
            }
        }
    }

    /// After `INSERT`: the table, the columns if they are named, up to `VALUES`.
    fn insert(&mut self) -> Result<Option<Statement>, ImportError> {
        loop {
            self.blank()?;
            let word = self.word()?.to_ascii_uppercase();
            match word.as_str() {
                "INTO" => break,
                "IGNORE" | "LOW_PRIORITY" | "DELAYED" | "HIGH_PRIORITY" => {}
                _ => return Ok(None),
            }
        }
        let Some(table) = self.name()? else { return Ok(None) };
        let columns = if self.peek_after_blank()? == Some(b'(') { self.columns()? } else { vec![] };
        self.blank()?;
        let values = self.word()?.to_ascii_uppercase();
        let rows = matches!(values.as_str(), "VALUES" | "VALUE");
        Ok(rows.then_some(Statement::Insert { table, columns }))
    }

    /// After `CREATE`: a table and its columns.
    fn create(&mut self) -> Result<Option<Statement>, ImportError> {
        self.blank()?;
        let mut word = self.word()?.to_ascii_uppercase();
        if word == "TEMPORARY" {
            self.blank()?;
            word = self.word()?.to_ascii_uppercase();
        }
        if word != "TABLE" {
            return Ok(None);
        }
        self.blank()?;
        let Some(mut table) = self.name()? else { return Ok(None) };
        if table.eq_ignore_ascii_case("IF") {
            for _ in 0..2 {
                self.blank()?;
                if self.word()?.eq_ignore_ascii_case("EXISTS") {
                    break;
                }
            }
            let Some(name) = self.name()? else { return Ok(None) };
            table = name;
        }
        if self.peek_after_blank()? != Some(b'(') {
            return Ok(None);
        }
        let columns = self.columns()?;
        Ok(Some(Statement::Create { table, columns }))
    }

    /// The names in parentheses: of each element the first word, unless it starts a key.
    fn columns(&mut self) -> Result<Vec<String>, ImportError> {
        const KEYS: [&str; 9] = [
            "PRIMARY",
            "KEY",
            "UNIQUE",
            "INDEX",
            "CONSTRAINT",
            "FULLTEXT",
            "SPATIAL",
            "FOREIGN",
            "CHECK",
        ];
        let mut columns = Vec::new();
        self.0.next()?;
        loop {
            let quoted = matches!(self.peek_after_blank()?, Some(b'`' | b'"' | b'['));
            if let Some(name) = self.name()?
                && (quoted || !KEYS.contains(&name.to_ascii_uppercase().as_str()))
                && columns.len() < COLUMNS
            {
                columns.push(name);
            }
            if !self.pass_to_comma()? {
                return Ok(columns);
            }
        }
    }

    /// Passes to the next comma at this level; false at the closing parenthesis or the end.
    fn pass_to_comma(&mut self) -> Result<bool, ImportError> {
        let mut depth = 0_u32;
        loop {
            match self.peek_after_blank()? {
                None => return Ok(false),
                Some(quote @ (b'\'' | b'"' | b'`')) => self.quoted(quote, None)?,
                Some(byte) => {
                    self.0.next()?;
                    match byte {
                        b',' if depth == 0 => return Ok(true),
                        b'(' => depth += 1,
                        b')' if depth == 0 => return Ok(false),
                        b')' => depth -= 1,
                        _ => {}
                    }
                }
            }
        }
    }

    /// A name, with or without quotes; of `base.table` the last part.
    fn name(&mut self) -> Result<Option<String>, ImportError> {
        let name = match self.peek_after_blank()? {
            Some(quote @ (b'`' | b'"')) => {
                let mut bytes = Vec::new();
                self.quoted(quote, Some((&mut bytes, NAME)))?;
                decode(&bytes).into_owned()
            }
            _ => self.word()?,
        };
        if self.0.peek()? == Some(b'.') {
            self.0.next()?;
            let mut last = Vec::new();
            return Ok(match self.0.peek()? {
                Some(quote @ (b'`' | b'"')) => {
                    self.quoted(quote, Some((&mut last, NAME)))?;
                    Some(decode(&last).into_owned())
                }
                _ => Some(self.word()?),
            });
        }
        Ok(Some(name).filter(|name| !name.is_empty()))
    }

    /// Passes to the next row and says where it starts.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn next_row(&mut self) -> Result<faisceau_model::Place, ImportError> {
        self.blank()?;
        Ok(self.0.place())
    }

    /// The values of a row, and whether another follows. Of columns that are not wanted, nothing
    /// is kept.
    pub(super) fn row(&mut self, wanted: &[bool], out: &mut Vec<Value>) -> Result<bool, Stop> {
        out.clear();
        match self.0.next()? {
            None => return Err(Stop::End),
            Some(b'(') => {}
            Some(_) => return Err(Stop::Syntax("a row in parentheses was expected")),
        }
        let mut room = ROW;
        loop {
            let keep = wanted.get(out.len()).copied().unwrap_or(false);
            let value = self.value(keep, &mut room)?;
            if out.len() > COLUMNS {
                return Err(Stop::Syntax("the row has more than 1024 values"));
            }
            out.push(value);
            self.blank()?;
            match self.0.next()? {
                None => return Err(Stop::End),
                Some(b',') => {}
                Some(b')') => break,
                Some(_) => return Err(Stop::Syntax("a comma was expected after a value")),
            }
        }
        // What follows belongs to the next row or to the end of the statement.
        self.blank()?;
        match self.0.peek()? {
            Some(b',') => {
                self.0.next()?;
                Ok(true)
            }
            None => Ok(false),
            Some(_) => {
                self.pass_to_end()?;
                Ok(false)
            }
        }
    }

    fn value(&mut self, keep: bool, room: &mut usize) -> Result<Value, Stop> {
        match self.peek_after_blank()? {
            None => Err(Stop::End),
            Some(quote @ (b'\'' | b'"')) => self.text(quote, keep, room),
            Some(byte) if byte.is_ascii_alphanumeric() || b"_+-.@".contains(&byte) => {
                let word = self.word()?;
                let next = self.peek_after_blank()?;
                match next {
                    // `_utf8mb4 '…'`, `X'…'`.
                    Some(quote @ (b'\'' | b'"')) if word.starts_with('_') || word.len() == 1 => {
                        self.text(quote, keep, room)
                    }
                    Some(b'(') => {
                        self.0.next()?;
                        while self.pass_to_comma()? {}
                        Ok(Value::Dropped)
                    }
                    _ if word.eq_ignore_ascii_case("NULL") => Ok(Value::Null),
                    _ if word.is_empty() => Err(Stop::Syntax("a value was expected")),
                    _ if keep => Ok(Value::Text(word.into_bytes())),
                    _ => Ok(Value::Dropped),
                }
            }
            Some(_) => Err(Stop::Syntax("a value was expected")),
        }
    }

    fn text(&mut self, quote: u8, keep: bool, room: &mut usize) -> Result<Value, Stop> {
        if !keep {
            self.closed(quote, None)?;
            return Ok(Value::Dropped);
        }
        let mut bytes = Vec::new();
        let limit = VALUE.min(*room);
        self.closed(quote, Some((&mut bytes, limit + 1)))?;
        if bytes.len() > limit {
            return Ok(Value::TooLong);
        }
        *room -= bytes.len();
        Ok(Value::Text(bytes))
    }

    /// As [`Self::quoted`]; the end of the source inside is the end of the row.
    fn closed(&mut self, quote: u8, keep: Option<(&mut Vec<u8>, usize)>) -> Result<(), Stop> {
        if self.quoted_to_its_end(quote, keep)? { Ok(()) } else { Err(Stop::End) }
    }
}
