//! Exhibit bytes to rows and rejects.
