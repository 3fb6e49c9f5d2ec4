//! Planted worlds with their truth.
