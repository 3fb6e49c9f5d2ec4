//! Every signal there is, in the order of its name.

use crate::card::Card;
use crate::{coordination, identifiers, infra, media, objects, style, timing};

/// The cards of all signals, sorted by name.
pub fn catalogue() -> &'static [Card] {
    const CARDS: &[Card] = &[
        style::char_impostors::CARD,
        timing::hour_of_week::CARD,
        style::lambda_g::CARD,
        media::near_image::CARD,
        timing::posting_gaps::CARD,
        timing::posting_times::CARD,
        objects::rare_phrase::CARD,
        media::same_camera::CARD,
        media::same_device::CARD,
        media::same_document::CARD,
        media::same_image::CARD,
        infra::shared_address::CARD,
        infra::shared_device::CARD,
        timing::shared_hands::CARD,
        objects::shared_link::CARD,
        identifiers::shared_mail::CARD,
        coordination::shared_objects::CARD,
        identifiers::shared_phone::CARD,
        objects::shared_phrase::CARD,
        objects::sharer_id::CARD,
        identifiers::similar_handle::CARD,
        coordination::synchrony::CARD,
        style::word_dirichlet::CARD,
        style::word_impostors::CARD,
        style::habits::CARD,
        style::writing_style::CARD,
    ];
    CARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_is_empty_and_names_are_in_order() {
        for card in catalogue() {
            for (heading, text) in card.headings() {
                assert!(!text.trim().is_empty(), "{}: {heading} is empty", card.name);
            }
            let in_order = card.innocent.windows(2).all(|pair| pair[0] < pair[1]);
            assert!(in_order, "{}: codes are not sorted", card.name);
        }
        assert!(catalogue().windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
