//! Logs that servers write by themselves.

pub(crate) mod access;
mod clf;
mod clf_time;
mod layout;
