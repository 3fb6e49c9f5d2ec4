//! The settings of a case that reaches every parser: mapped tables, owners, keys, a recipe.

use faisceau_import::{ImportSettings, KeyExhibit, Recipe};
use faisceau_model::{AccountKey, ExhibitNo};

/// The platforms whose exports do not name their owner.
const PLATFORMS: [&str; 20] = [
    "apple",
    "bluesky",
    "discord",
    "facebook",
    "forum.example",
    "google",
    "instagram",
    "kik",
    "linkedin",
    "mastodon",
    "microsoft",
    "operateur.example",
    "reddit",
    "snapchat",
    "telegram",
    "tiktok",
    "whatsapp",
    "x",
    "youtube",
    "own.example",
];

macro_rules! key {
    ($name:literal) => {
        include_bytes!(concat!("../../crates/faisceau-import/tests/fixtures/openpgp/", $name))
    };
}

/// The settings, with `exhibit` as the export of somebody on every platform.
pub fn settings(exhibit: ExhibitNo) -> ImportSettings {
    let mut settings: ImportSettings =
        toml::from_str(include_str!("settings.toml")).expect("settings");
    settings.check().expect("settings that can be used");
    for platform in PLATFORMS {
        settings.owners.insert(exhibit, AccountKey::by_id(platform, "42"));
    }
    let keys: [&[u8]; 5] = [
        key!("platform.asc"),
        key!("subkey.asc"),
        key!("expired.asc"),
        key!("revoked.asc"),
        key!("rsa.asc"),
    ];
    for (key, number) in keys.into_iter().zip(2..) {
        let exhibit = ExhibitNo::top(number);
        settings.keys.push(KeyExhibit { exhibit, armoured: key.to_vec() });
    }
    settings.recipes.push(Recipe::parse(include_str!("recipe.toml")).expect("a recipe"));
    settings
}
