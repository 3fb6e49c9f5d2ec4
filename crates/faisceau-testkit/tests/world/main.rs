//! Planted worlds: the same bytes for the same seed, files that other readers can read, a truth
//! that the files bear out, words that may be shown to people.

#[cfg(test)]
mod committed;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod style;
#[cfg(test)]
mod truth;
#[cfg(test)]
mod words;
