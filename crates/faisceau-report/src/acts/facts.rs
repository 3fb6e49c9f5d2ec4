//! `[acts]` of `case.toml`: what only the claimant and the lawyer know. Everything may be missing:
//! what is, is a blank of the act.

use serde::Deserialize;

/// `[acts]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ActFacts {
    /// The court: `tribunal judiciaire de Paris`.
    pub court: String,
    /// Day, hour and room of the hearing, as the court gave them.
    pub hearing: String,
    /// The lawyer: name, bar, box at the court.
    pub lawyer: String,
    /// Within how many days the data are to be communicated.
    pub days: Option<u32>,
    /// The penalty for each day of delay, in euros.
    pub astreinte_eur: Option<u32>,
    /// Article 700 CPC, in euros.
    pub costs_eur: Option<u32>,
    /// Why the other side must not be heard (articles 493 and 845 CPC). Without it no *requête* is
    /// drafted.
    pub reason_against_contradiction: String,
    /// What the claimant states of the effects on health and daily life, in a sentence or two.
    pub effects: String,
    /// Exhibits on paper that the bordereau lists after those of the case: a medical certificate,
    /// attestations, the bailiff's record.
    pub other_exhibits: Vec<String>,
    /// The claimant, as article 54 CPC wants a natural person named.
    pub claimant: ClaimantFacts,
}

/// `[acts.claimant]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimantFacts {
    /// Names and first names.
    pub names: String,
    /// Profession.
    pub profession: String,
    /// Domicile.
    pub domicile: String,
    /// Nationality.
    pub nationality: String,
    /// Day and place of birth.
    pub born: String,
    /// Electronic mail address, for notifications (DSA, article 16).
    pub email: String,
}
