//! The facts that a case may state, as a closed vocabulary.

use std::collections::BTreeSet;

use serde::Deserialize;

/// A fact that bears on a qualification. Its French label stands in `offences.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the label of each stands in offences.toml, `[fact]`")]
pub enum Fact {
    Repeated,
    Raid,
    HealthHarm,
    Online,
    Written,
    Image,
    Minor,
    Vulnerable,
    Elected,
    MinorPresent,
    Journalist,
    PublicAgent,
    Partner,
    SameSchool,
    /// Follows from [`CaseFacts::itt_days`]; stating it has the same effect.
    #[serde(rename = "itt_over_8")]
    IttOver8,
    Suicide,
    RacistMotive,
    SexistMotive,
    MaliciousMessages,
    Threat,
    DeathThreat,
    ConditionOrdered,
    Blackmail,
    SexualHarassment,
    SexualImages,
    Privacy,
    IdentityUse,
    Montage,
    SexualMontage,
    Doxing,
    Correspondence,
    SystemAccess,
    DataAltered,
    ComplaintFiled,
}

/// What the case states: nothing is deduced from the exhibits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseFacts {
    /// The facts stated.
    pub stated: BTreeSet<Fact>,
    /// Total incapacity for work stated by a physician, in days.
    pub itt_days: Option<u32>,
}

impl CaseFacts {
    /// Whether the case states `fact`.
    pub fn states(&self, fact: Fact) -> bool {
        self.stated.contains(&fact)
            || (fact == Fact::IttOver8 && self.itt_days.is_some_and(|days| days > 8))
    }
}
