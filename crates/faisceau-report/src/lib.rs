//! The note technique: sentences with support, Typst, PDF.
