//! The ground that the facts stated by the case give to every request.

use faisceau_model::{Absent, Maybe};

use crate::law::{CaseFacts, GravityLevel, Law};

/// The article with the highest maximum, « susceptible de ».
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub(super) article: Maybe<String>,
    pub(super) years: Maybe<f64>,
    /// What may be expected of a request for connection data.
    pub(super) level: GravityLevel,
    /// What is missing, as codes.
    pub(super) missing: Vec<&'static str>,
}

impl Ground {
    pub(super) fn of(law: &Law, facts: &CaseFacts) -> Self {
        let Some(first) = law.max_penalty(facts).into_iter().next() else {
            return Self {
                article: Maybe::Missing(Absent::NoData),
                years: Maybe::Missing(Absent::NoData),
                level: GravityLevel::Refused,
                missing: vec!["no_ground"],
            };
        };
        Self {
            level: law.gravity_level(first.years),
            article: Maybe::Known(first.article),
            years: Maybe::Known(first.years),
            missing: if first.complaint_missing { vec!["no_complaint"] } else { Vec::new() },
        }
    }
}
