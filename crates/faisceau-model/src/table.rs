//! How a row struct describes itself: column names, kinds, units, meanings, and its cells.
//!
//! [`table!`](crate::table!) declares a struct and implements [`Row`] for it. The crate
//! `faisceau-tables` turns any [`Row`] into Parquet and back; nothing else needs to know columns.

use std::borrow::Cow;
use std::sync::Arc;

use crate::absent::{Absent, Maybe};
use crate::ids::IdError;
use crate::moment::Moment;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// UTF-8 text with few different values: a closed vocabulary, the names that datasets give.
    Word,
    /// A list of texts.
    Texts,
    /// 64-bit integer.
    Int,
    /// 64-bit float.
    Float,
    /// True or false.
    Bool,
    /// An instant: three Parquet columns, `NAME_utc` (microseconds), `NAME_prec`, `NAME_zone`.
    Moment,
}

/// The description of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name, in `snake_case`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The unit, or an empty text where there is none.
    pub unit: &'static str,
    /// Whether it may be null; the reason then stands in the column `absent`.
    pub nullable: bool,
    /// The meaning, one or more sentences.
    pub doc: &'static str,
}

/// One value on its way into a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A list of texts.
    Texts(Cow<'a, [String]>),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// An instant.
    Moment(Moment),
    /// Nothing, and why.
    Missing(Absent),
}

/// A cell that does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// The cell holds another kind of value.
    #[error("the cell holds {found}, {expected} was expected")]
    Kind {
        /// What the field takes.
        expected: &'static str,
        /// What the cell held.
        found: &'static str,
    },
    /// The text is not one of the closed vocabulary.
    #[error("`{text}` is not a {vocabulary}")]
    Word {
        /// The vocabulary.
        vocabulary: &'static str,
        /// The text, made inert.
        text: String,
    },
    /// The text is not an identifier.
    #[error(transparent)]
    Id(IdError),
}

impl FieldError {
    pub(crate) fn word(vocabulary: &'static str, text: &str) -> Self {
        Self::Word { vocabulary, text: crate::excerpt(text, 60) }
    }

    pub(crate) fn id(error: IdError) -> Self {
        Self::Id(error)
    }
}

impl Cell<'_> {
    fn kind_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Texts(_) => "a list",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Bool(_) => "a boolean",
            Self::Moment(_) => "an instant",
            Self::Missing(_) => "nothing",
        }
    }
}

/// A Rust type that can stand in a column.
pub trait Field: Sized {
    /// The kind of its column.
    const KIND: Kind;
    /// Whether the column may be null.
    const NULLABLE: bool = false;

    /// The value as a cell.
    fn cell(&self) -> Cell<'_>;

    /// The value back from a cell.
    ///
    /// # Errors
    /// When the cell holds another kind or a text outside the vocabulary.
    fn from_cell(cell: Cell<'_>) -> Result<Self, FieldError>;
}

/// Implements [`Field`] for types that are text in a table.
macro_rules! text_field {
    ($name:ty) => {
        $crate::table::text_field!(@ $name, Text, |v: &'_ $name| std::borrow::Cow::Borrowed(v.as_str()));
    };
    (word $name:ty) => {
        $crate::table::text_field!(@ $name, Word, |v: &'_ $name| std::borrow::Cow::Borrowed(v.as_str()));
    };
    (display $name:ty) => {
        $crate::table::text_field!(@ $name, Text, |v: &'_ $name| std::borrow::Cow::Owned(v.to_string()));
    };
    (@ $name:ty, $kind:ident, $text:expr) => {
        impl $crate::table::Field for $name {
            const KIND: $crate::table::Kind = $crate::table::Kind::$kind;

            fn cell(&self) -> $crate::table::Cell<'_> {
                fn bind<F: for<'a> Fn(&'a $name) -> std::borrow::Cow<'a, str>>(f: F) -> F { f }
                $crate::table::Cell::Text(bind($text)(self))
            }

            fn from_cell(cell: $crate::table::Cell<'_>) -> Result<Self, $crate::table::FieldError> {
                $crate::table::take_text(cell)?.parse().map_err($crate::table::FieldError::from)
            }
        }
    };
}
pub(crate) use text_field;

pub(crate) fn take_text(cell: Cell<'_>) -> Result<String, FieldError> {
    match cell {
        Cell::Text(text) => Ok(text.into_owned()),
        other => Err(FieldError::Kind { expected: "a text", found: other.kind_name() }),
    }
}

macro_rules! plain_field {
    ($type:ty, $kind:ident, $expected:literal, |$v:ident| $cell:expr, $pat:pat => $back:expr) => {
        impl Field for $type {
            const KIND: Kind = Kind::$kind;

            fn cell(&self) -> Cell<'_> {
                let $v = self;
                $cell
            }

            fn from_cell(cell: Cell<'_>) -> Result<Self, FieldError> {
                match cell {
                    $pat => Ok($back),
                    other => {
                        Err(FieldError::Kind { expected: $expected, found: other.kind_name() })
                    }
                }
            }
        }
    };
}

plain_field!(String, Text, "a text", |v| Cell::Text(Cow::Borrowed(v)), Cell::Text(t) => t.into_owned());
plain_field!(Arc<str>, Word, "a text", |v| Cell::Text(Cow::Borrowed(v)), Cell::Text(t) => Arc::from(&*t));
plain_field!(Vec<String>, Texts, "a list", |v| Cell::Texts(Cow::Borrowed(v)), Cell::Texts(t) => t.into_owned());
plain_field!(i64, Int, "an integer", |v| Cell::Int(*v), Cell::Int(n) => n);
plain_field!(f64, Float, "a float", |v| Cell::Float(*v), Cell::Float(x) => x);
plain_field!(bool, Bool, "a boolean", |v| Cell::Bool(*v), Cell::Bool(b) => b);
plain_field!(Moment, Moment, "an instant", |v| Cell::Moment(*v), Cell::Moment(m) => m);

impl<T: Field> Field for Maybe<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;

    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Known(value) => value.cell(),
            Self::Missing(reason) => Cell::Missing(*reason),
        }
    }

    fn from_cell(cell: Cell<'_>) -> Result<Self, FieldError> {
        match cell {
            Cell::Missing(reason) => Ok(Self::Missing(reason)),
            cell => T::from_cell(cell).map(Self::Known),
        }
    }
}

/// A row of a table.
pub trait Row: Sized {
    /// The table, which is also its file name without `.parquet`.
    const TABLE: &'static str;
    /// The prefix of its row ids.
    const PREFIX: &'static str;
    /// What a row is.
    const DOC: &'static str;
    /// The columns, in order.
    const COLUMNS: &'static [Column];

    /// Hands each cell to `put`, in column order.
    fn cells<'a>(&'a self, put: &mut dyn FnMut(Cell<'a>));

    /// Builds a row from cells in column order.
    ///
    /// # Errors
    /// When a cell does not fit its column; the error names the column.
    fn from_cells(
        next: &mut dyn FnMut() -> Cell<'static>,
    ) -> Result<Self, (&'static str, FieldError)>;
}

/// Declares a table: the struct, its columns and its [`Row`] implementation.
///
/// The documentation comment of each field is the meaning that the schema page prints. A unit
/// follows the type in brackets.
#[macro_export]
macro_rules! table {
    (
        $(#[doc = $table_doc:literal])+
        $name:ident = $table:literal / $prefix:literal {
            $( $(#[doc = $doc:literal])+ $field:ident : $type:ty $(, [$unit:literal])? ; )+
        }
    ) => {
        $(#[doc = $table_doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $( $(#[doc = $doc])+ pub $field: $type, )+ }

        impl $crate::table::Row for $name {
            const TABLE: &'static str = $table;
            const PREFIX: &'static str = $prefix;
            const DOC: &'static str = concat!($($table_doc,)+);
            const COLUMNS: &'static [$crate::table::Column] = &[$(
                $crate::table::Column {
                    name: stringify!($field),
                    kind: <$type as $crate::table::Field>::KIND,
                    unit: concat!($($unit)?),
                    nullable: <$type as $crate::table::Field>::NULLABLE,
                    doc: concat!($($doc,)+),
                },
            )+];

            fn cells<'a>(&'a self, put: &mut dyn FnMut($crate::table::Cell<'a>)) {
                $( put($crate::table::Field::cell(&self.$field)); )+
            }

            fn from_cells(
                next: &mut dyn FnMut() -> $crate::table::Cell<'static>,
            ) -> Result<Self, (&'static str, $crate::table::FieldError)> {
                Ok(Self {
                    $( $field: $crate::table::Field::from_cell(next())
                        .map_err(|e| (stringify!($field), e))?, )+
                })
            }
        }
    };
}
