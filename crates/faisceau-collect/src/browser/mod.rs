//! A page as a browser shows it: picture, print, document, and what was asked of whom for it.
//!
//! In: an address, a Chromium that the machine already has, a dialer, a clock. Out: a [`Capture`].
//! The browser runs with a profile that was made for this page, and reaches nothing but our own
//! proxy, which dials what the dialer allows. Refused: logging in, keeping anything, pretending to
//! be another browser, addresses that are none of the web.
//!
//! The scripts of the page run, as in any browser: the sites that it refers to are asked too, and
//! may be told what its scripts tell. Orders go over a pipe (`--remote-debugging-pipe`), with the
//! few messages of the `DevTools` protocol that are needed written out here.

mod capture;
mod find;
mod launch;
mod network;
mod picture;
mod process;
mod proxy;
mod record;
mod session;
mod settings;
mod value;
mod visit;
mod wire;

pub use capture::{CaptureError, Step, capture};
pub use find::{FindError, Found, NAMES, find, find_in};
pub use proxy::{Connection, Dial, Dialled, Limits};
pub use record::{
    Browser, Capture, CaptureRecord, Cookie, Document, Exchange, File, PageClock, Profile, Refused,
    Resource, Security, Tile, Window,
};
pub use settings::{Plan, Settings, SettingsError, plan};
