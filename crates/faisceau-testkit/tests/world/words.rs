//! The world may be shown to people: no hurtful word in it, whatever the seed.

use faisceau_testkit::{demo, small};

use super::reading::posts;

/// Starts of words that have no place in the world.
const BANNED: &[&str] = &[
    "abruti",
    "arabe",
    "batard",
    "bâtard",
    "bombe",
    "bouffon",
    "brûler vive",
    "buter",
    "cadavre",
    "chien",
    "con ",
    "conne",
    "connard",
    "connasse",
    "couteau sous",
    "crève",
    "crever",
    "débile",
    "egorg",
    "égorg",
    "enculé",
    "feuj",
    "fils de",
    "frapper",
    "gouine",
    "imbécile",
    "juif",
    "juive",
    "menace",
    "merde",
    "mourir",
    "musulman",
    "nazi",
    "nègre",
    "nique",
    "ordure",
    "pédé",
    "pute",
    "putain",
    "race",
    "sale ",
    "salaud",
    "salope",
    "sexe",
    "suicide",
    "tapette",
    "tuer",
    "viol",
    "voleur",
    "voleuse",
];

#[test]
fn words_stay_mild() {
    for world in (0..6).map(small).chain([demo(faisceau_testkit::DEMO_SEED), demo(1)]) {
        for post in posts(&world) {
            let text = format!(" {} ", post.text.to_lowercase().replace(['\'', '’'], " "));
            for word in BANNED {
                assert!(!text.contains(&format!(" {word}")), "{word}: {}", post.text);
            }
        }
    }
}
