//! `case.toml` of a world: who asks, for what, and how the two tables are read.

use std::fmt::Write;

use faisceau_model::Role;

use crate::cast::Cast;

const HEAD: &str = r#"# Dossier de démonstration : personnes, lieux, comptes et opérateurs sont inventés.

[case]
title = "Atelier des Lilas c/ X (démonstration)"
claimant = "Maud Ancelin"
capacity = "victime"
date = "2026-11-20"
access_place = "Saint-Aubrac-du-Lac (commune fictive)"
claimant_domicile = "Saint-Aubrac-du-Lac (commune fictive)"
facts = { stated = ["repeated", "raid", "health_harm", "online"] }

[import]
service = "atelier-des-lilas.example"
zone = "Europe/Paris"

[[import.table]]
name = "forum"
kind = "posts"
platform = "forum-du-lac"
match = ["post_id", "auteur_id", "date_utc", "message"]
time_format = "rfc3339"
columns = { account_id = "auteur_id", handle = "pseudo", time = "date_utc", thread = "sujet", text = "message", content_id = "post_id", permalink = "url", media = "image" }

[[import.table]]
name = "reponse-du-forum"
kind = "connections"
platform = "forum-du-lac"
match = ["compte_id", "horodatage_utc", "adresse_ip", "port_source"]
time_format = "rfc3339"
columns = { account_id = "compte_id", handle = "pseudonyme", time = "horodatage_utc", ip = "adresse_ip", port = "port_source", action = "action" }

[enrich]
overlay = "overlay.csv"
"#;

/// Writes the settings, with the claimant's and the examined accounts.
pub(crate) fn case_toml(cast: &Cast) -> String {
    let mut out = HEAD.to_owned();
    for role in [Role::Claimant, Role::Examined] {
        for (index, account) in cast.accounts.iter().enumerate() {
            if cast.role(index) == role {
                // Writing to a string cannot fail.
                let _ = write!(
                    out,
                    "\n[[account]]\nkey = \"{}\"\nrole = \"{role}\" # {}\n",
                    account.key(),
                    account.name
                );
            }
        }
    }
    out
}
