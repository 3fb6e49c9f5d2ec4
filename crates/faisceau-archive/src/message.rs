//! HTTP/1.1 messages as recorded bytes (RFC 9112).
