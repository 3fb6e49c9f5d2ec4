//! `case.toml`: who asks, in what capacity, for what; the accounts; the settings.
//!
//! In: the text of the file. Out: [`CaseSettings`], or an error with the line at fault. Unknown
//! keys are refused: a misspelt setting must not be ignored in silence.

use std::path::Path;

use faisceau_datasets::DatasetKind;
use faisceau_enrich::{Proxies, Recipients};
use faisceau_graph::law::CaseFacts;
use faisceau_import::ImportSettings;
use faisceau_model::{AccountKey, Role, inert};
use faisceau_report::{ActFacts, RedactSettings};
use serde::Deserialize;

use crate::error::CaseError;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSettings {
    /// Who asks, for what.
    pub case: CaseSection,
    /// Accounts whose role is known.
    #[serde(default, rename = "account")]
    pub accounts: Vec<AccountSetting>,
    /// How exhibits are read.
    #[serde(default)]
    pub import: ImportSettings,
    /// How addresses are looked up.
    #[serde(default)]
    pub enrich: EnrichSection,
    /// Where datasets can be fetched anew.
    #[serde(default, rename = "dataset_source")]
    pub dataset_sources: Vec<DatasetSource>,
    /// How mails are judged.
    #[serde(default)]
    pub mail: MailSection,
    /// How accounts are compared and grouped.
    #[serde(default)]
    pub compare: CompareSection,
    /// What acts are drafted with.
    #[serde(default)]
    pub acts: ActFacts,
    /// Whom the filed version protects beside the third parties of the accounts.
    #[serde(default)]
    pub redact: RedactSettings,
}

/// `[case]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSection {
    /// What the case is called.
    pub title: String,
    /// How the claimant is designated in the note.
    #[serde(default)]
    pub claimant: String,
    /// In what capacity the claimant acts.
    #[serde(default)]
    pub capacity: String,
    /// Day at which the note is drawn up, ISO 8601; the day of the last act on the exhibits
    /// otherwise.
    pub date: Option<String>,
    /// Place where the content was accessed.
    #[serde(default)]
    pub access_place: String,
    /// The claimant's domicile, which the competence of the court may rest on.
    #[serde(default)]
    pub claimant_domicile: String,
    /// The facts that the claimant states, from which maxima are computed.
    #[serde(default)]
    pub facts: CaseFacts,
}

/// `[[account]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSetting {
    /// The account, `platform:id` or `platform:@handle`.
    pub key: String,
    /// What it is in the case.
    pub role: Role,
}

/// `[enrich]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnrichSection {
    /// Ranges that the investigator supplies, a CSV file beside `case.toml`.
    pub overlay: Option<String>,
    /// Addresses and ranges of the proxies whose forwarded chains are believed.
    pub trusted_proxies: Vec<String>,
}

impl EnrichSection {
    /// The trusted proxies; [`CaseSettings::parse`] has refused what cannot be read.
    pub(crate) fn proxies(&self) -> Proxies {
        Proxies::parse(&self.trusted_proxies).unwrap_or_default()
    }
}

/// `[[dataset_source]]`: where `faisceau datasets update` fetches a dataset anew.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatasetSource {
    /// What the dataset is called.
    pub name: String,
    /// Where it stands.
    pub url: String,
    /// What it answers, where the file does not say.
    pub kind: Option<DatasetKind>,
    /// The licence under which it may be held.
    pub licence: String,
    /// The credit to print.
    #[serde(default)]
    pub credit: String,
}

/// `[mail]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSection {
    /// The recipient's servers: names of hosts, domains that they stand under, addresses, ranges.
    pub trusted: Vec<String>,
}

/// `[compare]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompareSection {
    /// Lowest support, log10 LR at the cautious end of its interval, that may hold two accounts in
    /// one group.
    pub floor_log10: f64,
    /// Most accounts compared with each other; those with the fewest posts are left out, counted.
    pub max_accounts: usize,
}

impl Default for CompareSection {
    fn default() -> Self {
        Self { floor_log10: 2.0, max_accounts: 200 }
    }
}

impl CaseSettings {
    /// Parses the text of `case.toml`.
    pub fn parse(text: &str, path: &Path) -> Result<Self, CaseError> {
        let settings: Self = toml::from_str(text).map_err(|error| CaseError::Settings {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        let floor = settings.compare.floor_log10;
        if !floor.is_finite() || floor < 0.0 {
            return Err(CaseError::Settings {
                path: path.to_owned(),
                message: format!("[compare] floor_log10: {floor} is no log10 LR of 0 or more"),
            });
        }
        for (at, account) in settings.accounts.iter().enumerate() {
            if settings.accounts[..at].iter().any(|earlier| earlier.key == account.key) {
                return Err(CaseError::Settings {
                    path: path.to_owned(),
                    message: format!("[[account]] names `{}` twice", inert(&account.key)),
                });
            }
            account.key.parse::<AccountKey>().map_err(|error| CaseError::Settings {
                path: path.to_owned(),
                message: format!("[[account]] key: {error}"),
            })?;
        }
        Recipients::parse(&settings.mail.trusted).map_err(|entry| CaseError::Settings {
            path: path.to_owned(),
            message: format!("[mail] trusted: `{}` is no host and no range", inert(&entry)),
        })?;
        settings.import.check().map_err(|error| CaseError::Settings {
            path: path.to_owned(),
            message: format!("[import]: {error}"),
        })?;
        Proxies::parse(&settings.enrich.trusted_proxies).map_err(|error| CaseError::Settings {
            path: path.to_owned(),
            message: format!("[enrich] trusted_proxies: {error}"),
        })?;
        Ok(settings)
    }

    /// The role of an account: what the file says, or examined.
    pub fn role_of(&self, account: &AccountKey) -> Option<Role> {
        self.accounts.iter().find(|a| a.key == account.as_str()).map(|a| a.role)
    }

    /// The file that `faisceau new` writes: every setting with its meaning.
    pub fn template(title: &str) -> String {
        TEMPLATE.replace("@TITLE@", &toml::Value::from(title).to_string())
    }
}

const TEMPLATE: &str = include_str!("case_template.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_case() {
        let settings = CaseSettings::parse(
            &CaseSettings::template("Affaire « L. » \"x\""),
            Path::new("case.toml"),
        )
        .unwrap();
        assert_eq!(settings.case.title, "Affaire « L. » \"x\"");
        assert_eq!(settings.compare, CompareSection::default());
        assert!(settings.case.facts.stated.contains(&faisceau_graph::law::Fact::Online));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error =
            CaseSettings::parse("[case]\ntitle = \"x\"\ntitel = 1\n", Path::new("case.toml"));
        let text = error.unwrap_err().to_string();
        assert!(text.contains("titel") && text.contains("line 3"), "{text}");
    }

    #[test]
    fn a_trusted_server_that_is_none_is_refused() {
        let text =
            "[case]\ntitle = \"x\"\n[mail]\ntrusted = [\"mx.example.fr\", \"203.0.113.0/24\"]\n";
        assert!(CaseSettings::parse(text, Path::new("case.toml")).is_ok());
        let text = text.replace("mx.example.fr", "mon serveur");
        assert!(CaseSettings::parse(&text, Path::new("case.toml")).is_err());
    }

    #[test]
    fn a_key_that_is_no_account_is_refused() {
        let text = "[case]\ntitle = \"x\"\n[[account]]\nkey = \"bob\"\nrole = \"examined\"\n";
        assert!(CaseSettings::parse(text, Path::new("case.toml")).is_err());
    }
}
