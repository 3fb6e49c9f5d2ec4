//! A planted world through the whole pipeline, and its groups held against the truth.

#![allow(clippy::disallowed_methods, reason = "a test writes the files that it adds")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use faisceau_case::Case;
use faisceau_testkit::{Truth, World};

/// Pairs of accounts, each in alphabetical order.
type Pairs = BTreeSet<(String, String)>;

/// What the groups of one world come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Pairs of examined accounts that one person holds.
    pub(crate) planted: usize,
    /// Pairs that stand in one group and are held by one person.
    pub(crate) right: usize,
    /// Pairs that stand in one group and are not.
    pub(crate) wrong: usize,
}

impl Outcome {
    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            planted: self.planted + other.planted,
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
        }
    }
}

/// Runs a world in a folder that is not there yet. Without decoys, the accounts of persons who hold
/// one account alone (those who raid together, share a school's network, a VPN exit or a copied
/// image) are not examined.
pub(crate) fn outcome(world: &World, decoys: bool, root: &Path) -> Result<Outcome, Box<dyn Error>> {
    let now = "2026-11-20T10:00:00Z".parse()?;
    let settings = if decoys {
        world.case_toml.clone()
    } else {
        without_decoys(&world.case_toml, &world.truth)?
    };
    let mut case = Case::create_with(root, &settings, "test", now)?;
    fs::write(root.join("overlay.csv"), &world.overlay_csv)?;
    let pieces = root.join("pieces");
    fs::create_dir_all(&pieces)?;
    let mut paths = Vec::new();
    for (name, bytes) in &world.files {
        let path = pieces.join(name);
        fs::write(&path, bytes)?;
        paths.push(path);
    }
    case.add(&paths, "test", now, &mut |_| {})?;
    case.run("test", now, &mut |_| {})?;
    let truth: Pairs = world.truth.same_hand.iter().map(|[a, b]| (a.clone(), b.clone())).collect();
    let mut joined = Pairs::new();
    for group in case.identities()? {
        for (n, a) in group.members.iter().enumerate() {
            let rest = group.members.iter().skip(n + 1);
            joined.extend(rest.map(|b| (a.min(b).clone(), a.max(b).clone())));
        }
    }
    let right = joined.intersection(&truth).count();
    Ok(Outcome { planted: truth.len(), right, wrong: joined.len() - right })
}

/// The settings with the decoys as bystanders.
fn without_decoys(settings: &str, truth: &Truth) -> Result<String, Box<dyn Error>> {
    let several: BTreeSet<&str> = truth
        .persons
        .iter()
        .filter(|person| person.part == "several")
        .flat_map(|person| person.accounts.iter().map(String::as_str))
        .collect();
    let mut table: toml::Table = settings.parse()?;
    let accounts = table.get_mut("account").and_then(toml::Value::as_array_mut);
    for account in accounts.into_iter().flatten() {
        let key = account.get("key").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        let examined = account.get("role").and_then(toml::Value::as_str) == Some("examined");
        if examined
            && !several.contains(key.as_str())
            && let Some(account) = account.as_table_mut()
        {
            account.insert("role".to_owned(), toml::Value::from("third_party"));
        }
    }
    Ok(toml::to_string(&table)?)
}
