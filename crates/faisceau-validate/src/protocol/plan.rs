//! What is validated: cuts, scopes, amounts of material.

use super::sides::Cut;

/// Which pairs of different authors are trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Those of one site: the fair ones.
    Within,
    /// Those of all sites: pairs of different sites are easy, and flatter.
    Across,
}

impl Scope {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Across => "across",
        }
    }
}

/// Material a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Material {
    /// Words, for what reads text.
    pub words: Option<usize>,
    /// Posts, for what reads times.
    pub posts: Option<usize>,
}

impl Material {
    /// Text alone.
    pub const fn words(words: usize) -> Self {
        Self { words: Some(words), posts: None }
    }

    /// Times alone.
    pub const fn posts(posts: usize) -> Self {
        Self { words: None, posts: Some(posts) }
    }

    /// Text and times.
    pub const fn both(words: usize, posts: usize) -> Self {
        Self { words: Some(words), posts: Some(posts) }
    }
}

/// Amounts of text of the protocol, in words a side.
const WORDS: [usize; 6] = [50, 100, 180, 250, 500, 1000];
/// Amounts of times of the protocol, in posts a side.
const POSTS: [usize; 4] = [10, 30, 100, 300];
/// Posts a side at most that go with text.
const POSTS_WITH_WORDS: usize = 100;

/// Everything that is validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How histories are cut.
    pub cuts: Vec<Cut>,
    /// Which pairs are trials.
    pub scopes: Vec<Scope>,
    /// Amounts of material.
    pub materials: Vec<Material>,
}

impl Default for Plan {
    /// Both cuts, inside a site, all amounts.
    fn default() -> Self {
        let words = WORDS.into_iter().map(Material::words);
        let posts = POSTS.into_iter().map(Material::posts);
        let both = WORDS.into_iter().map(|words| Material::both(words, POSTS_WITH_WORDS));
        Self {
            cuts: vec![Cut::Halves, Cut::Days],
            scopes: vec![Scope::Within],
            materials: words.chain(posts).chain(both).collect(),
        }
    }
}
