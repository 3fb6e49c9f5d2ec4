//! Comparisons of two accounts: score, material, the rows behind.
//!
//! In: rows of accounts, posts, addresses, devices and images, and a reference population. Out: [`Comparison`] rows,
//! the same bytes for the same rows whatever their order and the number of threads. A signal says
//! how near two accounts are and what could explain it innocently; what that is worth as evidence
//! is the business of `faisceau-weigh`, and no likelihood is spoken of here.
//!
//! One file a signal; each has a [`Card`] that `faisceau explain SIGNAL` prints.
//!
//! [`Comparison`]: faisceau_model::rows::Comparison

mod activity;
pub mod alterego;
pub mod blocking;
mod card;
mod catalogue;
mod compare;
pub mod coordination;
mod dirichlet;
mod frequency;
mod fusion;
mod holdings;
pub mod identifiers;
pub mod infra;
mod language;
mod material;
pub mod media;
mod mentions;
pub mod objects;
mod pairs;
mod reference;
mod splitmix;
pub mod style;
pub mod timing;

pub use card::Card;
pub use catalogue::catalogue;
pub use compare::{Compared, compare, compare_counted, compare_pairs};
pub use fusion::{Fusion, Weight, Weights};
pub use material::Material;
pub use mentions::{Mention, Mentioned, mentions};
pub use pairs::{ALL_PAIRS_UP_TO, Pairs};
pub use reference::{Author, AuthorHours, Hours, Reference, ReferenceError};
pub use splitmix::SplitMix64;
