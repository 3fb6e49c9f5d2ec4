//! Drawings as plain data for the template.

use serde_json::{Value, json};

use super::content::Content;
use crate::drawing::{Drawing, Figure};

/// A figure: its caption, its alternative text and what is drawn.
pub(super) fn figure(figure: &Figure, c: &Content<'_>) -> Value {
    json!({
        "kind": "figure",
        "label": format!("Figure\u{a0}{}", figure.id),
        "caption": c.runs(&figure.caption),
        "alt": c.shown(&figure.alt.to_plain()),
        "drawing": drawing(&figure.drawing, c),
    })
}

fn drawing(drawing: &Drawing, c: &Content<'_>) -> Value {
    let lang = c.lang;
    match drawing {
        Drawing::Timeline(d) => {
            let lanes: Vec<Value> = d
                .lanes
                .iter()
                .map(|lane| {
                    let bars = lane.counts.iter().enumerate().filter(|(_, n)| **n > 0);
                    let most = lane.counts.iter().max().copied().unwrap_or(0);
                    json!({
                        "label": c.runs(&lane.label),
                        "bars": bars.map(|(at, n)| json!([at, n])).collect::<Vec<_>>(),
                        "total": lang.count(lane.counts.iter().sum::<u64>()),
                        "most": lang.count(most),
                        "full": lane.full.max(1),
                    })
                })
                .collect();
            json!({
                "kind": "timeline",
                "bars": d.starts.len(),
                "ticks": d.ticks,
                "marks": d.marks,
                "lanes": lanes,
            })
        }
        Drawing::Hours(d) => {
            let grids: Vec<Value> = d
                .grids
                .iter()
                .map(|grid| {
                    let most = grid.counts.iter().flatten().max().copied().unwrap_or(0);
                    json!({ "label": c.runs(&grid.label), "counts": grid.counts, "most": most })
                })
                .collect();
            json!({ "kind": "hours", "grids": grids })
        }
        Drawing::Network(d) => {
            let nodes: Vec<Value> = d
                .nodes
                .iter()
                .map(|n| json!({ "label": c.runs(&n.label), "x": n.x, "y": n.y, "side": n.side }))
                .collect();
            let edges: Vec<Value> = d
                .edges
                .iter()
                .map(|e| {
                    json!({
                        "a": e.a,
                        "b": e.b,
                        "text": format!("{} ({})", c.shown(&e.band), lang.signed(e.value)),
                        "weight": e.weight,
                        "together": e.together,
                        "at": e.at,
                    })
                })
                .collect();
            json!({ "kind": "network", "height": d.height, "nodes": nodes, "edges": edges })
        }
        Drawing::Counts(d) => {
            let most = d.rows.iter().map(|row| row.value).max().unwrap_or(0);
            let rows: Vec<Value> = d
                .rows
                .iter()
                .map(|row| {
                    json!({
                        "label": c.runs(&row.label),
                        "value": row.value,
                        "text": lang.count(row.value),
                        "beside": c.runs(&row.beside),
                    })
                })
                .collect();
            json!({ "kind": "counts", "most": most, "rows": rows })
        }
    }
}
