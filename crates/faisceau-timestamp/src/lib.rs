//! Time stamps of RFC 3161: writes requests, reads and verifies tokens. Opens no socket.
