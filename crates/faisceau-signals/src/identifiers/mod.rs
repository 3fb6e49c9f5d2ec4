//! Family identifiers: what names a person or a line.
//!
//! In: accounts with their profiles, and posts. Out: a score for each mail address, telephone
//! number or handle that two accounts share. What an account says of itself is told from what it
//! posts: whoever harasses somebody posts that person's number.

mod fragment;
mod handle;
mod mail;
mod pairs;
mod phone;
pub mod shared_mail;
pub mod shared_phone;
pub mod similar_handle;
mod written;

pub(crate) use mail::{Mail, is_role, mails};
pub(crate) use phone::{Phone, is_service, phones};
pub(crate) use written::{Written, own_lines, written};
