//! Walks a parsed query: which tables it names, how deep it is, and that it only asks.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, ObjectName, ObjectNamePart, Query, Select, SetExpr, Statement, TableAlias, TableFactor,
    Visitor,
};

use super::bounds::{MAX_DEPTH, at_most};
use super::widths::bounded;
use crate::error::QueryError;

/// The name of a table, which has one part.
pub(super) fn single_name(name: &ObjectName) -> Result<String, QueryError> {
    match name.0.as_slice() {
        [ObjectNamePart::Identifier(ident)] => Ok(ident.value.clone()),
        _ => Err(QueryError::refused(format!(
            "the name `{}`, which is not one word",
            faisceau_model::excerpt(&name.to_string(), 80)
        ))),
    }
}

/// What the walk has met.
pub(super) struct Names<'a> {
    known: &'a BTreeSet<String>,
    relations: BTreeSet<String>,
    given: BTreeSet<String>,
    depth: usize,
}

impl<'a> Names<'a> {
    pub(super) fn new(known: &'a BTreeSet<String>) -> Self {
        Self { known, relations: BTreeSet::new(), given: BTreeSet::new(), depth: 0 }
    }

    /// The tables named that the query does not define itself.
    pub(super) fn tables(self) -> BTreeSet<String> {
        let Self { relations, given, .. } = self;
        relations.into_iter().filter(|name| !given.contains(name)).collect()
    }

    fn deeper(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        at_most("levels", self.depth, MAX_DEPTH)
    }

    fn query(&mut self, query: &Query) -> Result<(), QueryError> {
        self.deeper()?;
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.free(&cte.alias.name.value, "the WITH")?;
            self.given.insert(cte.alias.name.value.clone());
        }
        if query.with.as_ref().is_some_and(|with| with.recursive) {
            return Err(QueryError::refused("WITH RECURSIVE"));
        }
        only_asks(&query.body)
    }

    fn factor(&mut self, factor: &TableFactor) -> Result<(), QueryError> {
        match factor {
            TableFactor::Table { name, alias, args: None, .. } => {
                let name = single_name(name)?;
                if alias.as_ref().is_some_and(|alias| alias.name.value != name) {
                    self.alias(alias.as_ref())?;
                }
                Ok(())
            }
            TableFactor::Table { name, .. } | TableFactor::Function { name, .. } => {
                Err(QueryError::refused(format!(
                    "the table function `{}`",
                    faisceau_model::excerpt(&name.to_string(), 80)
                )))
            }
            TableFactor::Derived { alias, .. }
            | TableFactor::UNNEST { alias, .. }
            | TableFactor::NestedJoin { alias, .. } => self.alias(alias.as_ref()),
            other => Err(QueryError::refused(format!(
                "`{}` in FROM",
                faisceau_model::excerpt(&other.to_string(), 80)
            ))),
        }
    }

    fn alias(&self, alias: Option<&TableAlias>) -> Result<(), QueryError> {
        alias.map_or(Ok(()), |alias| self.free(&alias.name.value, "the AS"))
    }

    fn free(&self, name: &str, what: &'static str) -> Result<(), QueryError> {
        if self.known.contains(name) {
            return Err(QueryError::Taken { name: name.to_owned(), what });
        }
        Ok(())
    }
}

/// That the parts of a query are queries too, and say from where.
fn only_asks(body: &SetExpr) -> Result<(), QueryError> {
    let mut parts = vec![body];
    let mut seen = 0;
    while let Some(part) = parts.pop() {
        seen += 1;
        at_most("levels", seen, MAX_DEPTH)?;
        match part {
            SetExpr::SetOperation { left, right, .. } => {
                parts.extend([left.as_ref(), right.as_ref()]);
            }
            SetExpr::Select(_) | SetExpr::Query(_) | SetExpr::Values(_) => {}
            SetExpr::Table(_) => return Err(QueryError::refused("the statement TABLE")),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => {
                return Err(QueryError::refused("a statement that changes rows"));
            }
        }
    }
    Ok(())
}

/// A step of the walk, which an error ends.
fn step(outcome: Result<(), QueryError>) -> ControlFlow<Box<QueryError>> {
    outcome.map_or_else(|error| ControlFlow::Break(Box::new(error)), ControlFlow::Continue)
}

impl Visitor for Names<'_> {
    type Break = Box<QueryError>;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Self::Break> {
        step(self.query(query))
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<Self::Break> {
        self.depth = self.depth.saturating_sub(1);
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Self::Break> {
        step(select.into.as_ref().map_or(Ok(()), |_| Err(QueryError::refused("SELECT INTO"))))
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<Self::Break> {
        step(single_name(relation).map(|name| {
            self.relations.insert(name);
        }))
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<Self::Break> {
        step(self.factor(factor))
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<Self::Break> {
        step(self.deeper().and_then(|()| bounded(expression)))
    }

    fn post_visit_expr(&mut self, _: &Expr) -> ControlFlow<Self::Break> {
        self.depth = self.depth.saturating_sub(1);
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<Self::Break> {
        step(match statement {
            Statement::Query(_) => Ok(()),
            _ => Err(QueryError::refused("a statement inside another")),
        })
    }
}
