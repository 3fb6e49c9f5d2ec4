//! JSON exhibits, taken apart without losing what precedes a flaw.
//!
//! - `list`: the elements of a list, and where a broken exhibit ends; limits of all of JSON.
//! - `record`: one element as an object, and its fields.
//! - `document`: one object with lists of records beside other values.
//! - `listing`: a list, or such an object: records with their pointers.
//! - `tree`: objects within objects, whose names and depth change from version to version, and
//!   `leaves`: reading such a tree list by list.
//! - `ndjson`: an object a line, of any size; `lines_or_lists`: that, or a `listing`; `records`:
//!   the same for collected posts, with what `prune` leaves out while reading.

pub(crate) mod document;
pub(crate) mod leaves;
pub(crate) mod lines_or_lists;
mod list;
pub(crate) mod listing;
pub(crate) mod ndjson;
pub(crate) mod prune;
mod record;
pub(crate) mod records;
pub(crate) mod tree;

pub(crate) use list::{Elements, MAX_EXHIBIT, MAX_RECORD, MAX_RECORDS, end_of, offset, stop, text};
pub(crate) use record::{Flaw, Object, field, integer, object, object_by, pointer_step, required};
