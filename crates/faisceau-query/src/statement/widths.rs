//! Functions that fill a text up to a width: the width has to stand there, and be one that a
//! machine can hold for every row.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectNamePart, Value,
};

use crate::error::QueryError;

/// Widest that `LPAD` and `RPAD` may fill to, in characters.
const WIDEST: u32 = 1_000;

/// Refuses a width that is not a number, or a large one.
pub(super) fn bounded(expression: &Expr) -> Result<(), QueryError> {
    let Expr::Function(Function { name, args, .. }) = expression else { return Ok(()) };
    let [ObjectNamePart::Identifier(ident)] = name.0.as_slice() else { return Ok(()) };
    let name = ident.value.to_lowercase();
    if name != "lpad" && name != "rpad" {
        return Ok(());
    }
    match args {
        FunctionArguments::List(list) if list.args.get(1).is_some_and(is_small) => Ok(()),
        _ => {
            Err(QueryError::refused(format!("{name} to a width that is no number up to {WIDEST}")))
        }
    }
}

fn is_small(argument: &FunctionArg) -> bool {
    let FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(value))) = argument else {
        return false;
    };
    matches!(&value.value, Value::Number(digits, _)
        if digits.parse::<u32>().is_ok_and(|width| width <= WIDEST))
}
