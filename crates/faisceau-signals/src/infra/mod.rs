//! Family network: the addresses that accounts were used from, and the devices.
//!
//! In: enriched addresses and devices with their account. Out: a score for each address and for
//! each identifier of a device that two accounts share. Addresses that are not routed on the Internet are never compared: every home has its
//! own 192.168.1.10.

pub mod shared_address;
pub mod shared_device;
