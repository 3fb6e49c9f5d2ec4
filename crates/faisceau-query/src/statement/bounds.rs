//! How much SQL is taken: counted before anything recurses into it.

use sqlparser::dialect::GenericDialect;
use sqlparser::tokenizer::{Token, Tokenizer};

use crate::error::QueryError;

/// Longest statement, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Most words, numbers, texts and signs in a statement.
pub const MAX_TOKENS: usize = 8_000;

/// Deepest nesting of brackets. The parser tries several readings of an open bracket, so that
/// deeper ones would take it long.
pub const MAX_BRACKETS: usize = 16;

/// Deepest nesting of expressions and queries; `a OR b OR c` is one deeper at each `OR`.
pub const MAX_DEPTH: usize = 256;

/// Holds a text to the limits.
pub(super) fn of_text(sql: &str) -> Result<(), QueryError> {
    at_most("bytes", sql.len(), MAX_BYTES)?;
    let tokens = Tokenizer::new(&GenericDialect, sql).tokenize().map_err(|error| {
        QueryError::Syntax { message: faisceau_model::excerpt(&error.to_string(), 300) }
    })?;
    let (mut words, mut depth, mut deepest) = (0, 0_usize, 0);
    for token in &tokens {
        match token {
            Token::LParen | Token::LBracket | Token::LBrace => depth += 1,
            Token::RParen | Token::RBracket | Token::RBrace => depth = depth.saturating_sub(1),
            Token::Whitespace(_) => continue,
            _ => {}
        }
        words += 1;
        deepest = deepest.max(depth);
    }
    at_most("words and signs", words, MAX_TOKENS)?;
    at_most("brackets inside each other", deepest, MAX_BRACKETS)
}

/// The error where something is too much.
pub(crate) fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), QueryError> {
    if found > most { Err(QueryError::TooBig { what, found, most }) } else { Ok(()) }
}
