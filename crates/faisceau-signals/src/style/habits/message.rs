//! One message cut into characters and tokens.
//!
//! In: a masked passage, white space as written. Out: its characters, and its tokens: runs of
//! letters and digits with the apostrophes and hyphens inside them, in lower case, the typographic
//! apostrophe as the straight one.

/// A run of letters and digits.
#[derive(Debug)]
pub(super) struct Token {
    /// First character.
    pub(super) start: usize,
    /// One after the last character.
    pub(super) end: usize,
    /// Lower case, straight apostrophes.
    pub(super) lower: String,
    /// Whether the sentence goes on from the token before: only blanks lie between.
    pub(super) joined: bool,
}

/// A message.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) chars: Vec<char>,
    pub(super) tokens: Vec<Token>,
}

impl Message {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut tokens: Vec<Token> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if !chars[at].is_alphanumeric() {
                at += 1;
                continue;
            }
            let start = at;
            while at < chars.len() && continues(&chars, at) {
                at += 1;
            }
            let before = tokens.last().map_or(0, |last| last.end);
            let joined = !tokens.is_empty() && chars[before..start].iter().all(|c| is_blank(*c));
            let straight = |&c: &char| if is_apostrophe(c) { '\'' } else { c };
            let lower =
                chars[start..at].iter().map(straight).flat_map(char::to_lowercase).collect();
            tokens.push(Token { start, end: at, lower, joined });
        }
        Self { chars, tokens }
    }

    /// The character at a place, if there is one.
    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The character before a place, if there is one.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    /// The lower-case form of a token, empty where there is none.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.lower)
    }

    /// The word after a token in the same run of words, empty where there is none.
    pub(super) fn next(&self, at: usize) -> &str {
        self.tokens.get(at + 1).filter(|token| token.joined).map_or("", |token| &token.lower)
    }

    /// The word before a token in the same run of words, empty where there is none.
    pub(super) fn previous(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(token) if token.joined && at > 0 => self.word(at - 1),
            _ => "",
        }
    }
}

fn continues(chars: &[char], at: usize) -> bool {
    let inside = |c: char| c.is_alphanumeric();
    let next = chars.get(at + 1).copied().is_some_and(inside);
    inside(chars[at]) || ((is_apostrophe(chars[at]) || chars[at] == '-') && next)
}

/// The characters that stand for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '´' | '`' | '′')
}

/// White space that does not end a line.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// What follows the last apostrophe of a token: `est` of `c'est`.
pub(super) fn tail(token: &str) -> &str {
    token.rsplit('\'').next().unwrap_or(token)
}
