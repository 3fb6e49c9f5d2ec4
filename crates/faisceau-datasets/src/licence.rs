//! Under which licence a database may be used, as its type and build date say.
//!
//! In: `datasets/licences/mmdb.toml`, and the head of a database. Out: licence and credit. Refuses
//! a database whose licence forbids what this program does, or is not public, unless the user
//! states one of their own.

use serde::Deserialize;

use crate::error::DatasetError;
use crate::mmdb::Head;

static RULES: &str = include_str!("../../../datasets/licences/mmdb.toml");

/// Licence and credit of a dataset; empty where nobody stated them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Licence.
    pub licence: String,
    /// The credit to print where the data are shown.
    pub credit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// Beginning of the type.
    r#type: String,
    contains: Option<String>,
    /// First build date that the rule no longer covers.
    before: Option<String>,
    #[serde(default)]
    licence: String,
    refused: Option<String>,
    credit: String,
    basis: String,
    checked: String,
}

impl Rule {
    fn fits(&self, head: &Head) -> bool {
        let built = head.built.as_deref();
        head.database_type.starts_with(&self.r#type)
            && self.contains.as_ref().is_none_or(|word| head.database_type.contains(word))
            && self.before.as_deref().is_none_or(|day| built.is_some_and(|built| built < day))
    }
}

/// The terms of a database, those that the user states before those of the rules.
pub(crate) fn terms(dataset: &str, head: &Head, stated: &Terms) -> Result<Terms, DatasetError> {
    let whole = |detail: String| DatasetError::Whole { dataset: dataset.to_owned(), detail };
    let file: File = toml::from_str(RULES).map_err(|e| whole(e.to_string()))?;
    let Some(rule) = file.rule.into_iter().find(|rule| rule.fits(head)) else {
        return Ok(stated.clone());
    };
    if let Some(refused) = &rule.refused
        && stated.licence.is_empty()
    {
        return Err(DatasetError::Licence {
            dataset: dataset.to_owned(),
            database_type: head.database_type.clone(),
            built: head.built.clone().unwrap_or_else(|| "an unknown day".to_owned()),
            detail: format!("{refused} ({}, checked {})", rule.basis, rule.checked),
        });
    }
    let or = |stated: &String, rule: String| if stated.is_empty() { rule } else { stated.clone() };
    Ok(Terms {
        licence: or(&stated.licence, rule.licence),
        credit: or(&stated.credit, rule.credit),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(database_type: &str, built: &str, licence: &str) -> Result<Terms, DatasetError> {
        let head = Head { database_type: database_type.into(), built: Some(built.into()) };
        terms("x", &head, &Terms { licence: licence.into(), credit: String::new() })
    }

    #[test]
    fn the_date_of_a_geolite2_decides() {
        let old = of("GeoLite2-City", "2019-12-29", "").unwrap();
        assert_eq!(old.licence, "CC BY-SA 4.0");
        assert!(old.credit.contains("MaxMind"));
        let new = of("GeoLite2-City", "2019-12-30", "").unwrap_err().to_string();
        assert!(new.contains("households or individuals") && new.contains("30 days"), "{new}");
        let own = of("GeoLite2-City", "2024-01-01", "contract 7").unwrap();
        assert_eq!(own.licence, "contract 7");
        let undated = Head { database_type: "GeoLite2-City".into(), built: None };
        assert!(terms("x", &undated, &Terms::default()).is_err());
    }

    #[test]
    fn commercial_databases_need_a_licence_and_lite_ones_have_one() {
        assert!(of("GeoIP2-City", "2018-01-01", "").is_err());
        assert!(of("GeoIP-Anonymous-Plus", "2025-01-01", "").is_err());
        assert!(of("DBIP-City", "2025-01-01", "").is_err());
        let lite = of("DBIP-City-Lite (compat=City)", "2025-01-01", "").unwrap();
        assert_eq!(lite.licence, "CC BY 4.0");
        assert_eq!(of("country ipvAll", "2025-01-01", "").unwrap(), Terms::default());
    }
}
