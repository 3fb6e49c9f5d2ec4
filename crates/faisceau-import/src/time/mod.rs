//! Times: instant, precision, and who says the zone.
//!
//! `civil` is below all of it: local times with an offset or a zone. `written` reads the forms of
//! platforms, `stamp` keeps the text beside; `configured` reads what the settings describe. Forms
//! of one format alone (the log of a server, the date of a mail) stand beside that format.

pub(crate) mod civil;
pub(crate) mod configured;
pub(crate) mod stamp;
pub(crate) mod written;
