//! A case on disk and the pipeline over it: the calls that every front end makes.
