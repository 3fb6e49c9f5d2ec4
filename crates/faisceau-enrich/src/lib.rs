//! Addresses as they were at the instant of the event.
