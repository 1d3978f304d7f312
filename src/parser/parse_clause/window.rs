//! WINDOW clauses and frames.

use super::check_expr_is_var_free;
use super::group::transform_group_clause;
use super::sort::transform_sort_clause;
use crate::catalog::PgAmproc;
use crate::catalog::lsyscache::get_ordering_op_properties;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::{CoercionContext, Expr, TargetEntry, WindowClause};
use crate::nodes::tree::{Node, WindowDef};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{can_coerce_type, coerce_to_specific_type};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

const FRAMEOPTION_RANGE: i32 = 0x2;
const FRAMEOPTION_ROWS: i32 = 0x4;
const FRAMEOPTION_GROUPS: i32 = 0x8;
/// PostgreSQL: FRAMEOPTION_START_OFFSET | FRAMEOPTION_END_OFFSET.
const FRAMEOPTION_OFFSETS: i32 = 0x800 | 0x2000 | 0x1000 | 0x4000;
/// RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW (PostgreSQL: FRAMEOPTION_DEFAULTS).
const FRAMEOPTION_DEFAULTS: i32 = FRAMEOPTION_RANGE | 0x20 | 0x400;
/// PostgreSQL: BTINRANGE_PROC.
const BTINRANGE_PROC: i16 = 3;

/// PostgreSQL: findWindowClause.
fn find_window_clause<'c>(clauses: &'c [WindowClause], name: &str) -> Option<&'c WindowClause> {
    clauses.iter().find(|clause| clause.name.as_deref() == Some(name))
}

/// PostgreSQL: transformWindowDefinitions.
pub fn transform_window_definitions(
    pstate: &mut ParseState,
    window_defs: &[WindowDef],
    target_list: &mut Vec<TargetEntry>,
) -> PgResult<Vec<WindowClause>> {
    let mut result: Vec<WindowClause> = Vec::with_capacity(window_defs.len());
    for (i, def) in window_defs.iter().enumerate() {
        let clause = window_definition(pstate, def, i as u32 + 1, &result, target_list)?;
        result.push(clause);
    }
    Ok(result)
}

fn window_definition(
    pstate: &mut ParseState,
    def: &WindowDef,
    winref: u32,
    before: &[WindowClause],
    target_list: &mut Vec<TargetEntry>,
) -> PgResult<WindowClause> {
    let location = def.location.0;
    let windowing = |message: String| error_at(sqlstate::WINDOWING_ERROR, message, location);
    if let Some(name) = def.name.as_deref()
        && find_window_clause(before, name).is_some()
    {
        return windowing(format!("window \"{name}\" is already defined"));
    }
    let referenced = match def.refname.as_deref() {
        None => None,
        Some(refname) => match find_window_clause(before, refname) {
            Some(clause) => Some(clause),
            None => {
                return error_at(
                    sqlstate::UNDEFINED_OBJECT,
                    format!("window \"{refname}\" does not exist"),
                    location,
                );
            }
        },
    };
    let order_kind = ExprKind::WindowOrder;
    let order = transform_sort_clause(pstate, &def.order_clause, target_list, order_kind, true)?;
    let (partition, _) = transform_group_clause(
        pstate,
        &def.partition_clause,
        target_list,
        &order,
        ExprKind::WindowPartition,
        true,
    )?;
    let mut clause = WindowClause {
        name: def.name.as_ref().map(Name::from),
        refname: def.refname.as_ref().map(Name::from),
        partition_clause: partition,
        order_clause: order,
        frame_options: def.frame_options,
        start_offset: None,
        end_offset: None,
        winref,
        copied_order: false,
    };
    if let Some(referenced) = referenced {
        merge_referenced(&mut clause, referenced, def)?;
    }
    let mut range_sort = None;
    let options = clause.frame_options;
    if options & FRAMEOPTION_RANGE != 0 && options & FRAMEOPTION_OFFSETS != 0 {
        let [column] = clause.order_clause.as_slice() else {
            return windowing(
                "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column"
                    .to_string(),
            );
        };
        range_sort = get_ordering_op_properties(pstate.catalog(), column.sortop);
    }
    if options & FRAMEOPTION_GROUPS != 0 && clause.order_clause.is_empty() {
        return windowing("GROUPS mode requires an ORDER BY clause".to_string());
    }
    let sort = range_sort.map(|(family, type_id, _)| (family, type_id));
    clause.start_offset = frame_offset(pstate, options, sort, def.start_offset.as_ref())?;
    clause.end_offset = frame_offset(pstate, options, sort, def.end_offset.as_ref())?;
    Ok(clause)
}

/// What a window takes over from the one it names.
fn merge_referenced(
    clause: &mut WindowClause,
    referenced: &WindowClause,
    def: &WindowDef,
) -> PgResult<()> {
    let refname = def.refname.as_deref().unwrap_or_default();
    let error =
        |message: String| PgError::new(sqlstate::WINDOWING_ERROR, message).at(def.location.0);
    if !clause.partition_clause.is_empty() {
        let message = format!("cannot override PARTITION BY clause of window \"{refname}\"");
        return Err(error(message).into());
    }
    let own_order = !clause.order_clause.is_empty();
    if own_order && !referenced.order_clause.is_empty() {
        let message = format!("cannot override ORDER BY clause of window \"{refname}\"");
        return Err(error(message).into());
    }
    if referenced.frame_options != FRAMEOPTION_DEFAULTS {
        let error =
            error(format!("cannot copy window \"{refname}\" because it has a frame clause"));
        let decorated =
            def.name.is_some() || own_order || def.frame_options != FRAMEOPTION_DEFAULTS;
        return Err(Stop::from(if decorated {
            error
        } else {
            error.hint("Omit the parentheses in this OVER clause.")
        }));
    }
    clause.partition_clause = referenced.partition_clause.clone();
    if !own_order {
        clause.order_clause = referenced.order_clause.clone();
        clause.copied_order = true;
    }
    Ok(())
}

/// PostgreSQL: transformFrameOffset.
fn frame_offset(
    pstate: &mut ParseState,
    options: i32,
    range_sort: Option<(Oid, Oid)>,
    clause: Option<&Node>,
) -> PgResult<Option<Expr>> {
    let Some(clause) = clause else { return Ok(None) };
    let (kind, construct) = if options & FRAMEOPTION_ROWS != 0 {
        (ExprKind::WindowFrameRows, "ROWS")
    } else if options & FRAMEOPTION_RANGE != 0 {
        (ExprKind::WindowFrameRange, "RANGE")
    } else {
        (ExprKind::WindowFrameGroups, "GROUPS")
    };
    let node = transform_expr(pstate, clause, kind)?;
    let type_id = match range_sort.filter(|_| construct == "RANGE") {
        Some((family, sort_type)) => in_range_type(pstate, &node, family, sort_type)?,
        None => fixed::INT8OID,
    };
    let node = coerce_to_specific_type(pstate, node, type_id, construct)?;
    check_expr_is_var_free(&node, construct)?;
    Ok(Some(node))
}

/// The type that the offset of a RANGE frame must have.
fn in_range_type(pstate: &ParseState, node: &Expr, family: Oid, sort_type: Oid) -> PgResult<Oid> {
    let node_type = expr_type(node);
    let preferred = if node_type == fixed::UNKNOWNOID { sort_type } else { node_type };
    let functions = pstate
        .catalog()
        .find_all::<PgAmproc>(&family)
        .filter(|f| f.amproclefttype == sort_type && f.amprocnum == BTINRANGE_PROC);
    let (mut known, mut matches, mut selected) = (0, 0, Oid::INVALID);
    for function in functions {
        known += 1;
        let implicit = CoercionContext::CoercionImplicit;
        let right = function.amprocrighttype;
        if !can_coerce_type(&pstate.shared, &[node_type], &[right], implicit) {
            continue;
        }
        matches += 1;
        if selected != preferred {
            selected = right;
        }
    }
    let base = || format!("for column type {}", pstate.shared.format_type(sort_type));
    let both = || format!("{} and offset type {}", base(), pstate.shared.format_type(node_type));
    let error = |message: String| {
        PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).at(expr_location(node))
    };
    if known == 0 {
        return Err(error(format!(
            "RANGE with offset PRECEDING/FOLLOWING is not supported {}",
            base()
        ))
        .into());
    }
    if matches == 0 {
        return Err(error(format!(
            "RANGE with offset PRECEDING/FOLLOWING is not supported {}",
            both()
        ))
        .hint("Cast the offset value to an appropriate type.")
        .into());
    }
    if matches != 1 && selected != preferred {
        return Err(error(format!(
            "RANGE with offset PRECEDING/FOLLOWING has multiple interpretations {}",
            both()
        ))
        .hint("Cast the offset value to the exact intended type.")
        .into());
    }
    Ok(selected)
}
