//! The same order of rows on any number of threads.
//!
//! Polars cuts groups, distinct rows and joins into as many parts as it has threads, and gives
//! them in the order of the parts unless it is told to keep that of the input. SQL has no word for
//! it, so that the plan is told here, after it was optimised. Sorting keeps the order of equals.

use std::sync::Arc;

use polars_core::frame::UniqueKeepStrategy;
use polars_core::prelude::{PolarsResult, SortMultipleOptions};
use polars_lazy::prelude::{JoinType, LazyFrame};
use polars_ops::prelude::MaintainOrderJoin;
use polars_plan::plans::expr_ir::ExprIR;
use polars_plan::plans::{AExpr, IR, IRFunctionExpr};
use polars_plan::prelude::{Arena, Node};

/// Runs a plan; equal rows come in the order of the tables.
pub(crate) fn collect(plan: LazyFrame) -> PolarsResult<polars_core::prelude::DataFrame> {
    plan._collect_post_opt(|_, plans, expressions, _| {
        for index in 0..plans.len() {
            keep_order(Node(index), plans, expressions);
        }
        for index in 0..expressions.len() {
            keep_order_within(expressions.get_mut(Node(index)));
        }
        Ok(())
    })
}

fn keep_order(node: Node, plans: &mut Arena<IR>, expressions: &mut Arena<AExpr>) {
    let mut unordered = None;
    match plans.get_mut(node) {
        IR::GroupBy { maintain_order, .. } => *maintain_order = true,
        IR::Distinct { options, .. } => {
            options.maintain_order = true;
            if options.keep_strategy == UniqueKeepStrategy::Any {
                options.keep_strategy = UniqueKeepStrategy::First;
            }
        }
        IR::Sort { sort_options, .. } => sort_options.maintain_order = true,
        IR::Join { options, .. } => {
            let options = Arc::make_mut(options);
            match options.args.how {
                JoinType::IEJoin | JoinType::Range => unordered = Some(options.args.slice.take()),
                JoinType::Right => options.args.maintain_order = MaintainOrderJoin::RightLeft,
                _ => options.args.maintain_order = MaintainOrderJoin::LeftRight,
            }
        }
        _ => {}
    }
    if let Some(slice) = unordered {
        sort_after(node, slice, plans, expressions);
    }
}

/// Sorts what an inequality join gives by all columns, for it has no order of its own to keep, and
/// only then takes the slice of it that was asked for.
fn sort_after(
    node: Node,
    slice: Option<(i64, usize)>,
    plans: &mut Arena<IR>,
    expressions: &mut Arena<AExpr>,
) {
    let schema = plans.get(node).schema(plans).into_owned();
    let by_column = schema
        .iter_names_cloned()
        .map(|name| ExprIR::from_column_name(name, expressions))
        .collect();
    let join = std::mem::take(plans.get_mut(node));
    let input = plans.add(join);
    let sort_options = SortMultipleOptions::default().with_maintain_order(true);
    let slice = slice.map(|(offset, rows)| (offset, rows, None));
    plans.replace(node, IR::Sort { input, by_column, slice, sort_options });
}

fn keep_order_within(expression: &mut AExpr) {
    match expression {
        AExpr::Sort { options, .. } | AExpr::Over { order_by: Some((_, options)), .. } => {
            options.maintain_order = true;
        }
        AExpr::SortBy { sort_options, .. } => sort_options.maintain_order = true,
        AExpr::Function { function: IRFunctionExpr::Unique(stable), .. } => *stable = true,
        _ => {}
    }
}
