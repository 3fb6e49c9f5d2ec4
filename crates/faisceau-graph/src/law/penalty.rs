//! The maximum penalty that the facts stated by a case carry.

use super::facts::{CaseFacts, Fact};
use super::offences::{Motive, Offence};
use super::parse::{Law, Status};

/// An article that the facts stated by the case are « susceptibles de » fall under.
#[derive(Debug, Clone, PartialEq)]
pub struct Qualification {
    /// Article of the criminal code.
    pub article: String,
    /// Name of the offence.
    pub name: String,
    /// Maximum imprisonment with the circumstances and motives stated, in years.
    pub years: f64,
    /// Maximum fine, in euros, where the law file has it.
    pub fine_eur: Option<u32>,
    /// The only wording allowed: « faits susceptibles de relever de l'article … ».
    pub wording: String,
    /// How the maximum was reached, step by step, in French.
    pub reasoning: Vec<String>,
    /// Elements that the case does not state.
    pub to_prove: Vec<String>,
    /// Traps.
    pub traps: Vec<String>,
    /// Whether a complaint of the victim is needed that the case does not state.
    pub complaint_missing: bool,
    /// How far the entry was checked.
    pub status: Status,
}

impl Law {
    /// The qualifications that the facts stated allow, the highest maximum first, then by article.
    ///
    /// Nothing is deduced: a fact that the case does not state does not exist here.
    pub fn max_penalty(&self, facts: &CaseFacts) -> Vec<Qualification> {
        let mut all: Vec<Qualification> =
            self.offences.iter().filter_map(|offence| self.qualify(offence, facts)).collect();
        all.sort_by(|a, b| b.years.total_cmp(&a.years).then_with(|| a.article.cmp(&b.article)));
        all
    }

    fn qualify(&self, offence: &Offence, facts: &CaseFacts) -> Option<Qualification> {
        let mut grounds: Vec<&str> = Vec::new();
        for group in &offence.when {
            let stated: Vec<Fact> = group.iter().copied().filter(|f| facts.states(*f)).collect();
            if stated.is_empty() {
                return None;
            }
            grounds.extend(stated.into_iter().map(|fact| self.label(fact)));
        }
        let mut reasoning = vec![
            format!("déclaré au dossier : {}", grounds.join(" ; ")),
            format!("maximum de base : {}", penalty_fr(offence.years, offence.fine_eur)),
        ];
        let (years, fine_eur) = self.aggravated(offence, facts, &mut reasoning);
        let years = self.with_motive(offence, facts, years, &mut reasoning);
        let unproved = |fact: Option<Fact>| !fact.is_some_and(|fact| facts.states(fact));
        Some(Qualification {
            article: offence.article.clone(),
            name: offence.name.clone(),
            years,
            fine_eur,
            wording: format!(
                "faits susceptibles de relever de l'article {} du code pénal ({})",
                offence.article, offence.name
            ),
            reasoning,
            to_prove: offence
                .to_prove
                .iter()
                .filter(|proof| unproved(proof.fact))
                .map(|proof| proof.text.clone())
                .collect(),
            traps: offence.traps.clone(),
            complaint_missing: offence.complaint_required && !facts.states(Fact::ComplaintFiled),
            status: offence.status,
        })
    }

    fn aggravated(
        &self,
        offence: &Offence,
        facts: &CaseFacts,
        reasoning: &mut Vec<String>,
    ) -> (f64, Option<u32>) {
        let base = (offence.years, offence.fine_eur);
        let counted = |of: &[Fact]| {
            offence
                .circumstance
                .iter()
                .filter(|c| facts.states(c.fact) && (of.is_empty() || of.contains(&c.fact)))
                .collect::<Vec<_>>()
        };
        let best = offence
            .tier
            .iter()
            .map(|tier| (tier, counted(&tier.of)))
            .filter(|(tier, stated)| stated.len() >= tier.at_least)
            .max_by(|(a, _), (b, _)| a.years.total_cmp(&b.years));
        let Some((tier, stated)) = best else { return base };
        let names: Vec<String> =
            stated.iter().map(|c| format!("{} ({})", self.label(c.fact), c.reference)).collect();
        reasoning.push(format!(
            "{} : {} : {}",
            if stated.len() == 1 { "circonstance déclarée" } else { "circonstances déclarées" },
            names.join(" ; "),
            penalty_fr(tier.years, tier.fine_eur),
        ));
        (tier.years, tier.fine_eur)
    }

    /// A motive raises the maximum once, whatever the number of motives stated.
    fn with_motive(
        &self,
        offence: &Offence,
        facts: &CaseFacts,
        years: f64,
        reasoning: &mut Vec<String>,
    ) -> f64 {
        let applies = |motive: &&Motive| {
            let couple = |fact: &Fact| {
                facts.states(*fact) && offence.circumstance.iter().any(|c| c.fact == *fact)
            };
            facts.states(motive.fact)
                && offence.motives.contains(&motive.article)
                && !motive.excluded_with.iter().any(couple)
        };
        let Some(motive) = self.motives.iter().find(applies) else { return years };
        let raised = raise(motive, years);
        if raised > years {
            reasoning.push(format!(
                "{} (article {}) : maximum porté de {} à {}",
                self.label(motive.fact),
                motive.article,
                years_fr(years),
                years_fr(raised),
            ));
        }
        raised
    }
}

fn raise(motive: &Motive, years: f64) -> f64 {
    if years <= motive.double_up_to {
        return years * 2.0;
    }
    motive.steps.iter().find(|step| step.from == years).map_or(years, |step| step.to)
}

fn penalty_fr(years: f64, fine_eur: Option<u32>) -> String {
    match fine_eur {
        Some(fine) => format!("{} et {} € d'amende", years_fr(years), thousands(fine)),
        None => years_fr(years),
    }
}

fn years_fr(years: f64) -> String {
    match years {
        y if y < 1.0 => format!("{} mois", (y * 12.0).round()),
        1.0 => "1 an".to_owned(),
        y => format!("{} ans", y.to_string().replace('.', ",")),
    }
}

/// Groups of three digits with a no-break space.
fn thousands(n: u32) -> String {
    if n < 1000 { n.to_string() } else { format!("{}\u{a0}{:03}", thousands(n / 1000), n % 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::parse::tests::law;

    fn facts(stated: &[Fact]) -> CaseFacts {
        CaseFacts { stated: stated.iter().copied().collect(), itt_days: None }
    }

    fn years(stated: &[Fact], article: &str) -> Option<f64> {
        law()
            .max_penalty(&facts(stated))
            .into_iter()
            .find(|q| q.article == article)
            .map(|q| q.years)
    }

    #[test]
    fn online_harassment_climbs_with_its_circumstances() {
        use Fact::{Elected, Minor, MinorPresent, Online, Raid, Repeated};
        let of = |stated: &[Fact]| years(stated, "222-33-2-2");
        assert_eq!(of(&[Online, Minor]), None, "nothing says that it was repeated");
        assert_eq!(of(&[Repeated]), Some(1.0));
        assert_eq!(of(&[Raid, Online]), Some(2.0));
        assert_eq!(of(&[Repeated, Online, Minor]), Some(3.0));
        assert_eq!(of(&[Repeated, Elected, MinorPresent]), Some(3.0));
        assert_eq!(of(&[Repeated, Online, Minor, Elected, MinorPresent]), Some(3.0));
    }

    #[test]
    fn a_motive_doubles_once() {
        use Fact::{Minor, Online, RacistMotive, Repeated, SexistMotive};
        let of = |stated: &[Fact]| years(stated, "222-33-2-2");
        assert_eq!(of(&[Repeated, Online, SexistMotive]), Some(4.0));
        assert_eq!(of(&[Repeated, Online, Minor, RacistMotive]), Some(6.0));
        assert_eq!(of(&[Repeated, Online, Minor, RacistMotive, SexistMotive]), Some(6.0));
    }

    #[test]
    fn motives_stop_where_the_law_excludes_them() {
        use Fact::{
            Blackmail, DeathThreat, MaliciousMessages, Online, Partner, RacistMotive, SexistMotive,
            SexualHarassment, Written,
        };
        assert_eq!(years(&[SexualHarassment, Online, SexistMotive], "222-33, III, 6°"), Some(3.0));
        assert_eq!(years(&[SexualHarassment, Online, RacistMotive], "222-33, III, 6°"), Some(6.0));
        assert_eq!(years(&[MaliciousMessages, Partner, SexistMotive], "222-16"), Some(3.0));
        assert_eq!(years(&[MaliciousMessages, Partner, RacistMotive], "222-16"), Some(6.0));
        assert_eq!(years(&[Blackmail, RacistMotive], "312-10"), Some(7.0));
        assert_eq!(years(&[Blackmail, Online, RacistMotive], "312-10"), Some(7.0));
        let images = [Blackmail, Online, Fact::SexualImages, RacistMotive];
        assert_eq!(years(&images, "312-10"), Some(10.0));
        assert_eq!(years(&[DeathThreat, Written], "222-17"), Some(3.0));
        assert_eq!(years(&[DeathThreat], "222-17"), None);
        assert_eq!(years(&[Fact::Threat, Written, RacistMotive], "222-17"), Some(1.0));
    }

    #[test]
    fn eight_days_of_incapacity_are_not_more_than_eight() {
        let with = |days| {
            let facts = CaseFacts { itt_days: Some(days), ..facts(&[Fact::Repeated]) };
            law().max_penalty(&facts)[0].years
        };
        assert_eq!((with(8), with(9)), (1.0, 2.0));
    }

    #[test]
    fn the_highest_maximum_comes_first_and_says_how() {
        let stated = [Fact::Repeated, Fact::Online, Fact::Minor, Fact::MaliciousMessages];
        let all = law().max_penalty(&facts(&stated));
        let articles: Vec<&str> = all.iter().map(|q| q.article.as_str()).collect();
        assert_eq!(articles, ["222-33-2-2", "222-16"]);
        insta::assert_snapshot!(all[0].reasoning.join("\n"), @r"
        déclaré au dossier : propos ou comportements répétés
        maximum de base : 1 an et 15 000 € d'amende
        circonstances déclarées : victime mineure (2°) ; commis par un service de communication au public en ligne ou un support numérique (4°) : 3 ans et 45 000 € d'amende
        ");
        assert_eq!(all[0].to_prove.len(), 2);
        assert!(all.iter().all(|q| q.wording.starts_with("faits susceptibles de relever")));
    }

    #[test]
    fn a_complaint_that_is_not_stated_is_missing() {
        let missing = |stated: &[Fact]| law().max_penalty(&facts(stated))[0].complaint_missing;
        assert!(missing(&[Fact::Privacy]));
        assert!(!missing(&[Fact::Privacy, Fact::ComplaintFiled]));
        assert!(!missing(&[Fact::Blackmail]));
    }

    #[test]
    fn nothing_stated_gives_nothing() {
        assert!(law().max_penalty(&CaseFacts::default()).is_empty());
    }
}
