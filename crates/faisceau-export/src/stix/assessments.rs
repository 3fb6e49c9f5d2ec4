//! What speaks beside a link: innocent explanations as notes, decisions of an analyst as opinions,
//! identities as groupings.

use std::collections::BTreeMap;

use faisceau_model::rows::{Explanation, Identity};
use faisceau_model::{Decision, Review};
use serde_json::json;

use super::edges::{Edges, pair};
use super::frame::{Maker, Object, put_list};
use super::nodes::Ids;
use crate::json::{Objects, Stop};
use crate::weighed::explained;

/// What was written, and what spoke of nothing in the bundle.
#[derive(Default)]
pub(super) struct Assessed {
    pub(super) notes: u64,
    pub(super) opinions: u64,
    pub(super) groupings: u64,
    pub(super) left_out: u64,
}

/// Writes the explanations of links, whether the rows speak for them, against them, or not at all.
pub(super) fn explanations(
    to: &mut Objects<'_>,
    maker: &Maker,
    rows: &[Explanation],
    edges: &Edges,
    done: &mut Assessed,
) -> Result<(), Stop> {
    for row in rows {
        let Some(link) = edges.links.get(row.link.as_str()) else {
            done.left_out += 1;
            continue;
        };
        let mut note = maker.object("note", &json!([link, row.code]).to_string());
        note.insert("abstract".into(), format!("Innocent explanation: {}", row.code).into());
        note.insert("content".into(), explained(row).into());
        note.insert("object_refs".into(), json!([link]));
        let mut own = Object::new();
        own.insert("explanation".into(), row.code.as_str().into());
        own.insert("standing".into(), row.standing.as_str().into());
        put_list(&mut own, "counted", &row.counted);
        put_list(&mut own, "explains", &row.explains);
        put_list(&mut own, "rows", &row.rows);
        maker.extend(&mut note, own);
        to.put(&note)?;
        done.notes += 1;
    }
    Ok(())
}

/// Writes the decisions. They stand beside the figures and change none.
pub(super) fn reviews(
    to: &mut Objects<'_>,
    maker: &Maker,
    reviews: &[Review],
    ids: &Ids<'_>,
    edges: &Edges,
    done: &mut Assessed,
) -> Result<(), Stop> {
    for review in reviews {
        let [a, b] = [&review.a, &review.b].map(|account| format!("account:{account}"));
        let refs = edges.pairs.get(&pair(&a, &b)).cloned().unwrap_or_else(|| {
            // A pair without a link: the decision speaks of the accounts.
            [&a, &b].iter().filter_map(|node| ids.get(node.as_str()).cloned()).collect()
        });
        if refs.is_empty() {
            done.left_out += 1;
            continue;
        }
        let mut opinion =
            maker.object("opinion", &json!([review.a.as_str(), review.b.as_str()]).to_string());
        opinion.insert("opinion".into(), grade(review.decision).into());
        if !review.because.is_empty() {
            opinion.insert("explanation".into(), review.because.as_str().into());
        }
        if !review.who.is_empty() {
            opinion.insert("authors".into(), json!([review.who]));
        }
        opinion.insert("object_refs".into(), json!(refs));
        let mut own = Object::new();
        own.insert("decision".into(), review.decision.as_str().into());
        own.insert("decided".into(), review.at.as_str().into());
        own.insert("journal_line".into(), review.seq.into());
        own.insert("earlier_decisions".into(), review.earlier.into());
        maker.extend(&mut opinion, own);
        to.put(&opinion)?;
        done.opinions += 1;
    }
    Ok(())
}

/// The step of `opinion-enum`.
const fn grade(decision: Decision) -> &'static str {
    match decision {
        Decision::Accept => "agree",
        Decision::Dismiss => "strongly-disagree",
        Decision::Hold => "neutral",
    }
}

/// Writes the identities. Their context is `unspecified`: a grouping says which links bind the
/// accounts, not that an act is suspicious.
pub(super) fn identities(
    to: &mut Objects<'_>,
    maker: &Maker,
    rows: &[Identity],
    ids: &Ids<'_>,
    edges: &Edges,
    done: &mut Assessed,
) -> Result<(), Stop> {
    for row in rows {
        let members = row
            .members
            .iter()
            .filter_map(|member| ids.get(format!("account:{member}").as_str()).cloned());
        let links = row.rows.iter().filter_map(|link| edges.links.get(link).cloned());
        let refs: Vec<String> = members.chain(links).collect();
        if refs.is_empty() {
            done.left_out += 1;
            continue;
        }
        let mut grouping = maker.object("grouping", &json!(row.members).to_string());
        grouping.insert("name".into(), format!("Accounts of {}", row.id).into());
        grouping.insert("context".into(), "unspecified".into());
        grouping.insert(
            "description".into(),
            format!(
                "{} accounts that one hand may hold. Weakest link {}, log10 LR {:+.2}. Nothing is \
                 said of whose hand.",
                row.members.len(),
                row.weakest_link,
                row.weakest
            )
            .into(),
        );
        grouping.insert("object_refs".into(), json!(refs));
        let mut own = Object::new();
        own.insert("identity".into(), row.id.as_str().into());
        own.insert("weakest_link".into(), row.weakest_link.as_str().into());
        let figures = BTreeMap::from([("weakest", row.weakest), ("cohesion", row.cohesion)]);
        for (name, value) in figures {
            if value.is_finite() {
                own.insert(name.into(), value.into());
            }
        }
        put_list(&mut own, "would_split", &row.would_split);
        maker.extend(&mut grouping, own);
        to.put(&grouping)?;
        done.groupings += 1;
    }
    Ok(())
}
