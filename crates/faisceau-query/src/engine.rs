//! Runs polars where neither a deep plan nor a panic of it reaches the caller.

use std::thread::Builder;

use crate::error::QueryError;

/// Stack of the thread that parses, plans and runs. Polars recurses into expressions as deep as
/// [`MAX_DEPTH`](crate::MAX_DEPTH) lets them be, with large frames.
const STACK: usize = 64 << 20;

/// Does the work on a thread of its own with a deep stack; a panic becomes an error.
pub(crate) fn on_a_deep_stack<T: Send>(
    work: impl FnOnce() -> Result<T, QueryError> + Send,
) -> Result<T, QueryError> {
    std::thread::scope(|scope| {
        Builder::new()
            .name("query".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(QueryError::from)?
            .join()
            .unwrap_or_else(|panic| Err(QueryError::Engine { message: said(panic) }))
    })
}

/// What a panic said.
fn said(panic: Box<dyn std::any::Any + Send>) -> String {
    let text = panic
        .downcast::<String>()
        .map(|text| *text)
        .or_else(|panic| panic.downcast::<&str>().map(|text| (*text).to_owned()));
    match text {
        Ok(text) => faisceau_model::excerpt(&text, 300),
        Err(_) => "without a word".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;

    use super::*;

    #[test]
    fn a_panic_is_an_error_that_quotes_it() {
        let broken =
            on_a_deep_stack::<()>(|| resume_unwind(Box::new("torn \u{1b}[31m".to_owned())));
        assert!(
            matches!(&broken, Err(QueryError::Engine { message }) if message == "torn ␛[31m"),
            "{broken:?}"
        );
        let silent = on_a_deep_stack::<()>(|| resume_unwind(Box::new(7)));
        assert!(silent.is_err_and(|e| e.to_string().contains("without a word")));
    }
}
