//! The recipes that come with the program.
//!
//! In: nothing. Out: the recipes, in the order in which they are tried. Refused: leaving one out
//! that cannot be read: a test reads them all.

use std::sync::LazyLock;

use super::recipe::Recipe;

/// The texts of the recipes.
pub(super) const TEXTS: [&str; 7] = [
    include_str!("../../../recipes/phpbb.toml"),
    include_str!("../../../recipes/discourse.toml"),
    include_str!("../../../recipes/discourse-crawler.toml"),
    include_str!("../../../recipes/wordpress.toml"),
    include_str!("../../../recipes/wordpress-block.toml"),
    include_str!("../../../recipes/jeuxvideo.toml"),
    include_str!("../../../recipes/jeuxvideo-2025.toml"),
];

static RECIPES: LazyLock<Vec<Recipe>> =
    LazyLock::new(|| TEXTS.iter().filter_map(|text| Recipe::parse(text).ok()).collect());

/// The recipes, in the order in which they are tried.
pub(super) fn recipes() -> &'static [Recipe] {
    &RECIPES
}
