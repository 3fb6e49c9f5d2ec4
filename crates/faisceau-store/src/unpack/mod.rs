//! Taking archives apart: an exhibit that is an archive comes in, its members go out as exhibits
//! or refusals. It refuses to use the name of a member as a path.
//!
//! A member's number is its place among the files of the archive (folders have no content and
//! are only counted), whether it is taken or refused: `4.7` is the seventh file of exhibit 4
//! under any limits.

pub(crate) mod compressed;
mod receiver;
mod tar;
mod warc;
mod warc_name;
mod zip;

pub(crate) use receiver::{Spent, unpack};
