//! Conversations of Instagram and Messenger, as Meta exports them.

mod conversation;
pub(crate) mod encrypted;
pub(crate) mod thread;
mod words;
