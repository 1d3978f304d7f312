//! Where set-returning functions may stand (PostgreSQL: check_srf_call_placement,
//! parser/parse_func.c).

use crate::findings::PgResult;
use crate::parser::errors::error_at;
use crate::parser::parse_expr::parse_expr_kind_name;
use crate::parser::parse_node::{ExprKind, LastSrf, ParseState};
use crate::pg::sqlstate as state;

/// Refuses a set-returning function where it may not stand (PostgreSQL: check_srf_call_placement).
pub fn check_srf_call_placement(
    pstate: &mut ParseState,
    last_srf: Option<LastSrf>,
    location: i32,
) -> PgResult<()> {
    let kind = pstate.expr_kind;
    let place = match kind {
        ExprKind::None | ExprKind::Other => return Ok(()),
        ExprKind::JoinOn | ExprKind::JoinUsing => "JOIN conditions",
        ExprKind::FromFunction => {
            if pstate.last_srf == last_srf {
                return Ok(());
            }
            let inner = pstate.last_srf.map_or(-1, |srf| srf.location);
            let message = "set-returning functions must appear at top level of FROM";
            return error_at(state::FEATURE_NOT_SUPPORTED, message, inner);
        }
        ExprKind::Policy => "policy expressions",
        ExprKind::WindowPartition
        | ExprKind::WindowOrder
        | ExprKind::SelectTarget
        | ExprKind::InsertTarget
        | ExprKind::GroupBy
        | ExprKind::OrderBy
        | ExprKind::DistinctOn
        | ExprKind::ValuesSingle => {
            pstate.has_target_srfs = true;
            return Ok(());
        }
        ExprKind::WindowFrameRange | ExprKind::WindowFrameRows | ExprKind::WindowFrameGroups => {
            "window definitions"
        }
        ExprKind::MergeWhen => "MERGE WHEN conditions",
        ExprKind::CheckConstraint | ExprKind::DomainCheck => "check constraints",
        ExprKind::ColumnDefault | ExprKind::FunctionDefault => "DEFAULT expressions",
        ExprKind::IndexExpression => "index expressions",
        ExprKind::IndexPredicate => "index predicates",
        ExprKind::StatsExpression => "statistics expressions",
        ExprKind::AlterColTransform => "transform expressions",
        ExprKind::ExecuteParameter => "EXECUTE parameters",
        ExprKind::TriggerWhen => "trigger WHEN conditions",
        ExprKind::PartitionBound => "partition bound",
        ExprKind::PartitionExpression => "partition key expressions",
        ExprKind::CallArgument => "CALL arguments",
        ExprKind::CopyWhere => "COPY FROM WHERE conditions",
        ExprKind::GeneratedColumn => "column generation expressions",
        ExprKind::FromSubselect
        | ExprKind::Where
        | ExprKind::Having
        | ExprKind::Filter
        | ExprKind::UpdateSource
        | ExprKind::UpdateTarget
        | ExprKind::Limit
        | ExprKind::Offset
        | ExprKind::Returning
        | ExprKind::MergeReturning
        | ExprKind::Values
        | ExprKind::CycleMark => parse_expr_kind_name(kind),
    };
    let message = format!("set-returning functions are not allowed in {place}");
    error_at(state::FEATURE_NOT_SUPPORTED, message, location)
}
