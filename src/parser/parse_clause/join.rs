//! Joins: which columns they merge and which names they let through.

use std::rc::Rc;
use std::sync::Arc;

use super::from::{FromItem, set_namespace_lateral_state, transform_from_clause_item};
use super::transform_where_clause;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::{
    Alias, BoolExprType, CoalesceExpr, CoercionContext, CoercionForm, Expr, JoinExpr, JoinRte,
    JoinTreeNode, JoinType, RelabelType, Var, VarReturningType,
};
use crate::nodes::tree::{self, AExprKind, Node};
use crate::parser::parse_coerce::{
    coerce_to_boolean, coerce_type, select_common_type, select_common_typmod,
};
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, NamespaceColumn, NamespaceItem, ParseState};
use crate::parser::parse_relation::{
    add_range_table_entry_for_join, alias_from_raw, check_name_space_conflicts,
    mark_var_for_select_priv,
};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// What a join's columns are, while they are being collected.
#[derive(Default)]
struct JoinColumns {
    names: Vec<Name>,
    vars: Vec<Expr>,
    columns: Vec<NamespaceColumn>,
    left: Vec<i32>,
    right: Vec<i32>,
}

/// One column that USING merges.
struct UsingColumn {
    left: Var,
    right: Var,
    left_index: usize,
    right_index: usize,
}

/// PostgreSQL: the JoinExpr arm of transformFromClauseItem.
pub(super) fn transform_join(pstate: &mut ParseState, join: &tree::JoinExpr) -> PgResult<FromItem> {
    let missing = || Stop::Unknown("a join without two sides".to_string());
    let mut left = transform_from_clause_item(pstate, join.larg.as_ref().ok_or_else(missing)?)?;
    let lateral_ok = matches!(join.jointype, JoinType::JoinInner | JoinType::JoinLeft);
    set_namespace_lateral_state(&mut left.namespace, true, lateral_ok);
    let saved = pstate.namespace.len();
    pstate.namespace.extend(left.namespace.iter().cloned());
    let right = transform_from_clause_item(pstate, join.rarg.as_ref().ok_or_else(missing)?)?;
    pstate.namespace.truncate(saved);
    check_name_space_conflicts(pstate, &left.namespace, &right.namespace)?;
    let mut namespace = left.namespace;
    namespace.extend(right.namespace);

    let using: Vec<Name> = if join.is_natural {
        let common = left
            .top
            .colnames
            .iter()
            .filter(|name| !name.is_empty() && right.top.colnames.contains(name));
        common.cloned().collect()
    } else {
        join.using_clause.iter().map(|name| Name::new(name.str_val())).collect()
    };
    let mut joined = JoinColumns::default();
    let mut merged = Vec::with_capacity(using.len());
    for name in &using {
        merged.push(using_column(&mut joined, name, &left.top, &right.top)?);
    }
    let quals = if !using.is_empty() {
        Some(transform_join_using_clause(pstate, &merged)?)
    } else {
        transform_join_on_clause(pstate, join, &mut namespace)?
    };

    let rtindex = pstate.rtable.len() as u32 + 1;
    for column in &merged {
        let var = build_merged_join_var(pstate, join.jointype, column)?;
        joined.columns.push(if var == Expr::Var(column.left.clone()) {
            left.top.columns[column.left_index].clone()
        } else if var == Expr::Var(column.right.clone()) {
            right.top.columns[column.right_index].clone()
        } else {
            merged_column(rtindex, joined.columns.len() as i16 + 1, &var)
        });
        joined.vars.push(var);
    }
    extract_remaining_columns(&left.top, &mut joined, true);
    extract_remaining_columns(&right.top, &mut joined, false);

    let alias = join.alias.as_deref().map(alias_from_raw);
    if alias.is_some() {
        for (i, column) in joined.columns.iter_mut().enumerate() {
            column.varnosyn = rtindex;
            column.varattnosyn = i as i16 + 1;
        }
    }
    let using_alias = join
        .join_using_alias
        .as_deref()
        .map(|alias| Alias { aliasname: alias_from_raw(alias).aliasname, colnames: using.clone() });
    let columns = Rc::new(joined.columns.clone());
    let rte = JoinRte {
        jointype: join.jointype,
        joinmergedcols: using.len(),
        joinaliasvars: joined.vars,
        joinleftcols: joined.left,
        joinrightcols: joined.right,
        join_using_alias: using_alias.clone(),
    };
    let mut top = add_range_table_entry_for_join(
        pstate,
        joined.names,
        joined.columns,
        rte,
        alias.as_ref(),
        true,
    )?;
    if let Some(using_alias) = &using_alias {
        let item = NamespaceItem {
            name: using_alias.aliasname.clone(),
            colnames: Rc::new(using_alias.colnames.clone()),
            rtindex: top.rtindex,
            columns,
            rel_visible: true,
            cols_visible: true,
            lateral_only: false,
            lateral_ok: true,
            returning_type: VarReturningType::Default,
        };
        check_name_space_conflicts(pstate, std::slice::from_ref(&item), &namespace)?;
        namespace.push(item);
    }
    if alias.is_some() {
        namespace.clear();
    } else {
        for item in &mut namespace {
            item.cols_visible = false;
        }
    }
    top.rel_visible = alias.is_some();
    namespace.push(top.clone());
    let node = JoinExpr {
        jointype: join.jointype,
        is_natural: join.is_natural,
        larg: left.node,
        rarg: right.node,
        using_clause: using,
        join_using_alias: using_alias,
        quals,
        alias,
        rtindex: top.rtindex,
    };
    pstate.joinexprs[top.rtindex as usize - 1] = Some(Box::new(node.clone()));
    Ok(FromItem { node: JoinTreeNode::Join(Box::new(node)), top, namespace })
}

/// One name of USING, found on both sides.
fn using_column(
    joined: &mut JoinColumns,
    name: &Name,
    left: &NamespaceItem,
    right: &NamespaceItem,
) -> PgResult<UsingColumn> {
    let error = |state, message: String| Stop::from(PgError::new(state, message));
    if joined.names.contains(name) {
        return Err(error(
            sqlstate::DUPLICATE_COLUMN,
            format!("column name \"{name}\" appears more than once in USING clause"),
        ));
    }
    let find = |item: &NamespaceItem, side: &str| {
        let mut found = item.colnames.iter().enumerate().filter(|(_, n)| *n == name);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Ok(index),
            (Some(_), Some(_)) => Err(error(
                sqlstate::AMBIGUOUS_COLUMN,
                format!("common column name \"{name}\" appears more than once in {side} table"),
            )),
            (None, _) => Err(error(
                sqlstate::UNDEFINED_COLUMN,
                format!(
                    "column \"{name}\" specified in USING clause does not exist in {side} table"
                ),
            )),
        }
    };
    let left_index = find(left, "left")?;
    let right_index = find(right, "right")?;
    joined.left.push(left_index as i32 + 1);
    joined.right.push(right_index as i32 + 1);
    joined.names.push(name.clone());
    Ok(UsingColumn {
        left: build_var_from_ns_column(&left.columns[left_index]),
        right: build_var_from_ns_column(&right.columns[right_index]),
        left_index,
        right_index,
    })
}

/// PostgreSQL: buildVarFromNSColumn.
fn build_var_from_ns_column(column: &NamespaceColumn) -> Var {
    Var {
        varno: column.varno,
        varattno: column.varattno,
        vartype: column.vartype,
        vartypmod: column.vartypmod,
        varcollid: column.varcollid,
        varlevelsup: 0,
        varreturningtype: column.varreturningtype,
        syntax: column.syntax(),
        location: ParseLoc::NONE,
    }
}

fn merged_column(rtindex: u32, attno: i16, var: &Expr) -> NamespaceColumn {
    NamespaceColumn {
        varno: rtindex,
        varattno: attno,
        vartype: expr_type(var),
        vartypmod: expr_typmod(var),
        varcollid: expr_collation(var),
        varreturningtype: VarReturningType::Default,
        varnosyn: rtindex,
        varattnosyn: attno,
        dontexpand: false,
    }
}

/// PostgreSQL: extractRemainingColumns.
fn extract_remaining_columns(side: &NamespaceItem, joined: &mut JoinColumns, is_left: bool) {
    let colnos = if is_left { &mut joined.left } else { &mut joined.right };
    let merged = colnos.clone();
    for (i, name) in side.colnames.iter().enumerate() {
        let attnum = i as i32 + 1;
        if name.is_empty() || merged.contains(&attnum) {
            continue;
        }
        colnos.push(attnum);
        joined.names.push(name.clone());
        joined.vars.push(Expr::Var(build_var_from_ns_column(&side.columns[i])));
        joined.columns.push(side.columns[i].clone());
    }
}

/// PostgreSQL: transformJoinUsingClause.
fn transform_join_using_clause(pstate: &mut ParseState, columns: &[UsingColumn]) -> PgResult<Expr> {
    let mut args = Vec::with_capacity(columns.len());
    for column in columns {
        mark_var_for_select_priv(pstate, &column.left);
        mark_var_for_select_priv(pstate, &column.right);
        args.push(Node::AExpr(Box::new(tree::AExpr {
            kind: AExprKind::AexprOp,
            name: vec![crate::nodes::accessors::make_string("=")],
            lexpr: Some(Node::Analyzed(Arc::new(Expr::Var(column.left.clone())))),
            rexpr: Some(Node::Analyzed(Arc::new(Expr::Var(column.right.clone())))),
            rexpr_list_start: ParseLoc::NONE,
            rexpr_list_end: ParseLoc::NONE,
            location: ParseLoc::NONE,
        })));
    }
    let condition = match args.len() {
        1 => args.remove(0),
        _ => Node::BoolExpr(Box::new(tree::BoolExpr {
            // several columns must all be equal
            boolop: BoolExprType::AndExpr,
            args,
            location: ParseLoc::NONE,
        })),
    };
    let condition = transform_expr(pstate, &condition, ExprKind::JoinUsing)?;
    coerce_to_boolean(pstate, condition, "JOIN/USING")
}

/// PostgreSQL: transformJoinOnClause.
fn transform_join_on_clause(
    pstate: &mut ParseState,
    join: &tree::JoinExpr,
    namespace: &mut Vec<NamespaceItem>,
) -> PgResult<Option<Expr>> {
    if join.quals.is_none() {
        return Ok(None);
    }
    set_namespace_lateral_state(namespace, false, true);
    let saved = std::mem::replace(&mut pstate.namespace, std::mem::take(namespace));
    let result = transform_where_clause(pstate, join.quals.as_ref(), ExprKind::JoinOn, "JOIN/ON");
    *namespace = std::mem::replace(&mut pstate.namespace, saved);
    result
}

/// The value of a merged column (PostgreSQL: buildMergedJoinVar).
fn build_merged_join_var(
    pstate: &mut ParseState,
    jointype: JoinType,
    column: &UsingColumn,
) -> PgResult<Expr> {
    let (left, right) = (Expr::Var(column.left.clone()), Expr::Var(column.right.clone()));
    let (type_id, _) = select_common_type(pstate, &[&left, &right], Some("JOIN/USING"))?;
    let typmod = select_common_typmod(&[&left, &right], type_id);
    let left = merged_side(pstate, &column.left, type_id, typmod)?;
    let right = merged_side(pstate, &column.right, type_id, typmod)?;
    let mut result = match jointype {
        JoinType::JoinInner => match (&left, &right) {
            (Expr::Var(_), _) => left,
            (_, Expr::Var(_)) => right,
            (_, _) => left,
        },
        JoinType::JoinLeft => left,
        JoinType::JoinRight => right,
        JoinType::JoinFull
        | JoinType::JoinSemi
        | JoinType::JoinAnti
        | JoinType::JoinRightSemi
        | JoinType::JoinRightAnti
        | JoinType::JoinUniqueOuter
        | JoinType::JoinUniqueInner => Expr::CoalesceExpr(Box::new(CoalesceExpr {
            coalescetype: type_id,
            coalescecollid: Oid::INVALID,
            args: vec![left, right],
            location: ParseLoc::NONE,
        })),
    };
    assign_expr_collations(pstate, &mut result)?;
    Ok(result)
}

fn merged_side(pstate: &mut ParseState, var: &Var, type_id: Oid, typmod: i32) -> PgResult<Expr> {
    let expr = Expr::Var(var.clone());
    if var.vartype != type_id {
        return coerce_type(
            pstate,
            expr,
            var.vartype,
            type_id,
            typmod,
            CoercionContext::CoercionImplicit,
            CoercionForm::CoerceImplicitCast,
            -1,
        );
    }
    if var.vartypmod != typmod {
        return Ok(Expr::RelabelType(Box::new(RelabelType {
            arg: expr,
            resulttype: type_id,
            resulttypmod: typmod,
            resultcollid: Oid::INVALID,
            relabelformat: CoercionForm::CoerceImplicitCast,
            location: ParseLoc::NONE,
        })));
    }
    Ok(expr)
}
