//! Accounts, addresses and images as a graph; identities; requests.
