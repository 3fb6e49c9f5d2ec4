//! Every explanation that is looked into, with the names of what is counted.
//!
//! The report gives each code and each name its words. A code that is not here stays open.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;
use super::{
    carrier_nat, common_event, common_name, common_schedule, common_subject, copied_image,
    copied_link, copied_text, different_genre, different_period, hosting_exit, impersonation,
    named_identifier, network_exit, other_holders, reassigned_address, reference_population,
    same_client, same_household, same_scene, scheduled_posts, selected_pair, shared_site,
    unknown_access,
};

/// How one code is looked into.
pub(super) struct Explainer {
    pub(super) code: &'static str,
    /// What it counts.
    counts: &'static [&'static str],
    /// What it could explain where no comparison carries the code.
    pub(super) families: &'static [Family],
    /// Looks into one link; `None` where the explanation has nothing to do with it.
    pub(super) look: fn(&Pair<'_>, &str) -> Option<Found>,
}

const ALL: &[Family] = Family::ALL;

macro_rules! explainers {
    ($($code:literal $room:ident $families:expr;)+) => {
        /// All of them, in the order of their codes.
        pub(super) const EXPLAINERS: &[Explainer] = &[$(Explainer {
            code: $code,
            counts: $room::COUNTS,
            families: $families,
            look: $room::look,
        },)+];

        /// The codes that are looked into, each with the names of what is counted, in order.
        pub const EXPLANATION_COUNTS: &[(&str, &[&str])] = &[$(($code, $room::COUNTS),)+];
    };
}

explainers! {
    "carrier_nat" carrier_nat &[];
    "common_audience" common_schedule &[];
    "common_event" common_event common_event::FAMILIES;
    "common_image" other_holders &[];
    "common_name" common_name &[];
    "common_schedule" common_schedule common_schedule::FAMILIES;
    "common_subject" common_subject common_subject::FAMILIES;
    "common_template" other_holders &[];
    "copied_image" copied_image &[];
    "copied_link" copied_link &[];
    "copied_text" copied_text copied_text::FAMILIES;
    "different_genre" different_genre different_genre::FAMILIES;
    "different_period" different_period different_period::FAMILIES;
    "foreign_population" reference_population reference_population::FAMILIES;
    "hosting_exit" hosting_exit &[];
    "impersonation" impersonation impersonation::FAMILIES;
    "mail_alias" named_identifier &[];
    "masked_fragment" named_identifier &[];
    "popular_device" other_holders &[];
    "quotation" copied_text copied_text::FAMILIES;
    "reassigned_address" reassigned_address &[];
    "relay_exit" network_exit &[];
    "same_client" same_client &[];
    "same_household" same_household &[];
    "same_scene" same_scene &[];
    "scheduled_posts" scheduled_posts scheduled_posts::FAMILIES;
    "selected_pair" selected_pair ALL;
    "shared_camera" other_holders &[];
    "shared_identifier" named_identifier &[];
    "shared_site" shared_site &[];
    "small_population" reference_population reference_population::FAMILIES;
    "third_party_identifier" named_identifier &[];
    "tor_exit" network_exit &[];
    "unknown_access" unknown_access &[];
    "vpn_exit" network_exit &[];
}

/// The names of what is counted for a code; none for a code that is not looked into.
pub fn counts_of(code: &str) -> &'static [&'static str] {
    EXPLAINERS.iter().find(|own| own.code == code).map_or(&[], |own| own.counts)
}
