//! Planted worlds with their truth, for tests and for the demonstration case. Never shipped.
//!
//! In: a seed. Out: the files of a case in French, its settings, and the truth about it as data.
//! A world is a pure function of its seed: its own generator of chance, no clock, no machine zone,
//! no hash order. Other seeds give other texts, times, ids and addresses around the same persons.
//! Refused: real persons, real accounts, hurtful words.
//!
//! What is planted: one person behind four accounts, one behind two, four persons who act together
//! on two evenings and share nothing else, two who share a school's network, two who share a VPN
//! exit with each other and with one of the first person's accounts, a camera behind three
//! services, a copied image, records that must be refused and a file that nobody can read.

mod activity;
mod calendar;
mod cast;
mod connections;
mod exif;
mod files;
mod network;
mod picture;
mod random;
mod text;
mod told;
mod truth;
mod world;

pub use truth::{
    AccountTruth, GroupTruth, ImageTruth, NetworkTruth, PersonTruth, RejectTruth, ServiceTruth,
    Truth,
};
pub use world::{DEMO_SEED, World, demo, small};
