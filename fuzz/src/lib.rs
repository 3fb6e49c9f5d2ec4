//! What the fuzz target and the program that lays out its seeds share.

pub mod case;
pub mod web_seeds;
pub mod workbook;
