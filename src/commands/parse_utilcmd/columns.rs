//! One column's definition with its constraints, and a table's own constraints, sorted by kind (PostgreSQL:
//! transformColumnDefinition, transformTableConstraint and transformConstraintAttrs, parser/parse_utilcmd.c).

use super::CreateStmtContext;
use super::make::{make_constraint, make_not_null_constraint, make_type_name_from_oid};
use super::serial::generate_serial_extra_stmts;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::type_is_collatable;
use crate::commands::Context;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::accessors::{make_func_call, make_string, system_type_name};
use crate::nodes::tree::{AConst, ColumnDef, ConstrType, Constraint, Node, TypeCast};
use crate::nodes::{ParseLoc, Str};
use crate::parser::parse_type::{lookup_collation, typename_type_id_and_mod};
use crate::pg::name::quote_identifier;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::version::Version;

fn syntax(message: String, location: i32) -> Stop {
    PgError::new(sqlstate::SYNTAX_ERROR, message).at(location).into()
}

fn not_supported(message: &str, location: i32) -> Stop {
    PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).at(location).into()
}

/// What has been said of a column so far.
#[derive(Default)]
struct Seen {
    nullable: bool,
    default: bool,
    identity: bool,
    generated: bool,
    need_not_null: bool,
    /// Where in nnconstraints the column's own NOT NULL stands.
    not_null_at: Option<usize>,
    disallow_no_inherit: bool,
}

/// Takes a column's constraints apart; they stay on the column only as it needs them (PostgreSQL:
/// transformColumnDefinition).
pub fn transform_column_definition(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    column: &mut ColumnDef,
) -> PgResult<()> {
    let since_18 = context.catalog.version().major() >= 18;
    let serial = serial_type(column)?;
    if serial.is_none() && column.type_name.is_some() {
        transform_column_type(context, column)?;
    }
    let mut seen = Seen::default();
    if let Some(type_oid) = serial {
        let type_name = make_type_name_from_oid(context.catalog, type_oid, -1);
        let location = column.type_name.as_ref().map_or(ParseLoc::NONE, |name| name.location);
        column.type_name = Some(Box::new(crate::nodes::tree::TypeName { location, ..type_name }));
        transform_column_type(context, column)?;
        let (schema, name) =
            generate_serial_extra_stmts(context, cxt, column, type_oid, &[], false, false)?;
        let mut default = make_constraint(ConstrType::ConstrDefault);
        default.raw_expr = Some(nextval_call(&schema, &name));
        column.constraints.push(Node::Constraint(Box::new(default)));
        if since_18 {
            seen.need_not_null = true;
        } else {
            let not_null = make_constraint(ConstrType::ConstrNotnull);
            column.constraints.push(Node::Constraint(Box::new(not_null)));
        }
    }
    let mut constraints: Vec<Constraint> = std::mem::take(&mut column.constraints)
        .into_iter()
        .filter_map(|node| match node {
            Node::Constraint(constraint) => Some(*constraint),
            _ => None, // a column's constraints are all Constraint nodes
        })
        .collect();
    transform_constraint_attrs(&mut constraints)?;
    seen.disallow_no_inherit = seen.need_not_null;
    seen.disallow_no_inherit |= constraints.iter().any(|constraint| {
        matches!(constraint.contype, ConstrType::ConstrIdentity | ConstrType::ConstrPrimary)
    });
    for constraint in constraints {
        column_constraint(context, cxt, column, constraint, &mut seen, since_18)?;
    }
    if since_18 && seen.need_not_null && !(seen.nullable && column.is_not_null) {
        column.is_not_null = true;
        let name = column.colname.clone().unwrap_or_default();
        cxt.nnconstraints.push(make_not_null_constraint(&name));
    }
    Ok(())
}

/// The integer type behind SERIAL and its kin.
fn serial_type(column: &ColumnDef) -> PgResult<Option<Oid>> {
    let Some(type_name) = column.type_name.as_deref() else { return Ok(None) };
    let [only] = type_name.names.as_slice() else { return Ok(None) };
    if type_name.pct_type {
        return Ok(None);
    }
    let type_oid = match only.str_val() {
        "smallserial" | "serial2" => fixed::INT2OID,
        "serial" | "serial4" => fixed::INT4OID,
        "bigserial" | "serial8" => fixed::INT8OID,
        _ => return Ok(None), // a type of its own
    };
    if !type_name.array_bounds.is_empty() {
        return Err(not_supported("array of serial is not implemented", type_name.location.0));
    }
    Ok(Some(type_oid))
}

/// `nextval('schema.sequence'::regclass)`.
fn nextval_call(schema: &str, name: &str) -> Node {
    let text = format!("{}.{}", quote_identifier(schema), quote_identifier(name));
    let literal =
        Node::AConst(AConst { val: Some(Box::new(make_string(&text))), location: ParseLoc::NONE });
    let cast = Node::TypeCast(Box::new(TypeCast {
        arg: Some(literal),
        type_name: Some(Box::new(system_type_name("regclass", -1))),
        location: ParseLoc::NONE,
    }));
    Node::FuncCall(Box::new(make_func_call(
        vec![make_string("pg_catalog"), make_string("nextval")],
        vec![cast],
        ParseLoc::NONE,
    )))
}

/// The type must exist, and COLLATE must suit it (PostgreSQL: transformColumnType).
fn transform_column_type(context: &Context, column: &ColumnDef) -> PgResult<()> {
    let Some(type_name) = column.type_name.as_deref() else { return Ok(()) };
    let shared = context.shared();
    let (type_oid, _) = typename_type_id_and_mod(&shared, type_name)?;
    if let Some(clause) = column.coll_clause.as_deref() {
        lookup_collation(&shared, &clause.collname, clause.location.0)?;
        if !type_is_collatable(context.catalog, type_oid) {
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!(
                    "collations are not supported by type {}",
                    format_type_be(context.catalog, &context.path, type_oid)
                ),
            )
            .at(clause.location.0)
            .into());
        }
    }
    Ok(())
}

fn column_constraint(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    column: &mut ColumnDef,
    mut constraint: Constraint,
    seen: &mut Seen,
    since_18: bool,
) -> PgResult<()> {
    let location = constraint.location.0;
    let name: Str = column.colname.clone().unwrap_or_default();
    let table = cxt.relname().to_string();
    let conflicting_null = || {
        syntax(
            format!(
                "conflicting NULL/NOT NULL declarations for column \"{name}\" of table \
                 \"{table}\""
            ),
            location,
        )
    };
    match constraint.contype {
        ConstrType::ConstrNull => {
            if seen.nullable && column.is_not_null || seen.need_not_null {
                return Err(conflicting_null());
            }
            column.is_not_null = false;
            seen.nullable = true;
        }
        ConstrType::ConstrNotnull => {
            if cxt.ispartitioned && constraint.is_no_inherit {
                return Err(no_inherit_on_partitioned(location));
            }
            if seen.nullable && !column.is_not_null {
                return Err(conflicting_null());
            }
            if since_18 {
                column_not_null(cxt, column, constraint, seen, &name)?;
            } else {
                column.is_not_null = true;
                seen.nullable = true;
            }
        }
        ConstrType::ConstrDefault => {
            if seen.default {
                return Err(syntax(
                    format!(
                        "multiple default values specified for column \"{name}\" of table \
                         \"{table}\""
                    ),
                    location,
                ));
            }
            column.raw_default = constraint.raw_expr.take();
            seen.default = true;
        }
        ConstrType::ConstrIdentity => {
            column_identity(context, cxt, column, &constraint, seen, since_18)?;
        }
        ConstrType::ConstrGenerated => {
            if cxt.of_type {
                return Err(not_supported(
                    "generated columns are not supported on typed tables",
                    -1,
                ));
            }
            if seen.generated {
                return Err(syntax(
                    format!(
                        "multiple generation clauses specified for column \"{name}\" of table \
                         \"{table}\""
                    ),
                    location,
                ));
            }
            column.generated =
                if constraint.generated_kind == 0 { b's' } else { constraint.generated_kind };
            column.raw_default = constraint.raw_expr.take();
            seen.generated = true;
        }
        ConstrType::ConstrCheck => cxt.ckconstraints.push(constraint),
        ConstrType::ConstrPrimary | ConstrType::ConstrUnique => {
            if constraint.contype == ConstrType::ConstrPrimary {
                if since_18 {
                    if seen.nullable && !column.is_not_null {
                        return Err(conflicting_null());
                    }
                    seen.need_not_null = true;
                }
                refuse_on_foreign(cxt, "primary key", location)?;
            }
            refuse_on_foreign(cxt, "unique", location)?;
            if constraint.keys.is_empty() {
                constraint.keys = vec![make_string(&name)];
            }
            cxt.ixconstraints.push(constraint);
        }
        ConstrType::ConstrForeign => {
            refuse_on_foreign(cxt, "foreign key", location)?;
            constraint.fk_attrs = vec![make_string(&name)];
            cxt.fkconstraints.push(constraint);
        }
        // What they say was put on the constraint before; the grammar has no EXCLUDE of a column.
        ConstrType::ConstrAttrDeferrable
        | ConstrType::ConstrAttrNotDeferrable
        | ConstrType::ConstrAttrDeferred
        | ConstrType::ConstrAttrImmediate
        | ConstrType::ConstrAttrEnforced
        | ConstrType::ConstrAttrNotEnforced
        | ConstrType::ConstrExclusion => {}
    }
    let both = |first: &str, second: &str| {
        Err(syntax(
            format!(
                "both {first} and {second} specified for column \"{name}\" of table \"{table}\""
            ),
            location,
        ))
    };
    if seen.default && seen.identity {
        return both("default", "identity");
    }
    if seen.default && seen.generated {
        return both("default", "generation expression");
    }
    if seen.identity && seen.generated {
        return both("identity", "generation expression");
    }
    Ok(())
}

fn no_inherit_on_partitioned(location: i32) -> Stop {
    let _ = location;
    PgError::new(
        sqlstate::FEATURE_NOT_SUPPORTED,
        "not-null constraints on partitioned tables cannot be NO INHERIT",
    )
    .into()
}

/// A column's NOT NULL becomes a constraint of the table.
fn column_not_null(
    cxt: &mut CreateStmtContext,
    column: &mut ColumnDef,
    mut constraint: Constraint,
    seen: &mut Seen,
    name: &str,
) -> PgResult<()> {
    let conflicting = || {
        syntax(
            format!(
                "conflicting NO INHERIT declarations for not-null constraints on column \"{name}\""
            ),
            -1,
        )
    };
    if seen.disallow_no_inherit && constraint.is_no_inherit {
        return Err(conflicting());
    }
    if !column.is_not_null {
        column.is_not_null = true;
        seen.nullable = true;
        seen.need_not_null = false;
        constraint.keys = vec![make_string(name)];
        seen.not_null_at = Some(cxt.nnconstraints.len());
        cxt.nnconstraints.push(constraint);
        return Ok(());
    }
    let Some(first) = seen.not_null_at.and_then(|at| cxt.nnconstraints.get_mut(at)) else {
        return Ok(());
    };
    if let (Some(name), Some(other)) = (&first.conname, &constraint.conname)
        && name != other
    {
        return Err(PgError::new(
            sqlstate::INTERNAL_ERROR,
            format!("conflicting not-null constraint names \"{name}\" and \"{other}\""),
        )
        .into());
    }
    if first.is_no_inherit != constraint.is_no_inherit {
        return Err(conflicting());
    }
    if first.conname.is_none() {
        first.conname = constraint.conname;
    }
    Ok(())
}

fn column_identity(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    column: &mut ColumnDef,
    constraint: &Constraint,
    seen: &mut Seen,
    since_18: bool,
) -> PgResult<()> {
    let location = constraint.location.0;
    let name: Str = column.colname.clone().unwrap_or_default();
    if cxt.of_type {
        return Err(not_supported("identity columns are not supported on typed tables", -1));
    }
    if cxt.is_partition && !(context.catalog.version().major() >= 17 && cxt.isalter) {
        return Err(not_supported("identity columns are not supported on partitions", -1));
    }
    let Some(type_name) = column.type_name.as_deref() else { return Ok(()) };
    let (type_oid, _) = typename_type_id_and_mod(&context.shared(), type_name)?;
    if seen.identity {
        return Err(syntax(
            format!(
                "multiple identity specifications for column \"{name}\" of table \"{}\"",
                cxt.relname()
            ),
            location,
        ));
    }
    generate_serial_extra_stmts(context, cxt, column, type_oid, &constraint.options, true, false)?;
    column.identity = constraint.generated_when;
    seen.identity = true;
    if seen.nullable && !column.is_not_null {
        return Err(syntax(
            format!(
                "conflicting NULL/NOT NULL declarations for column \"{name}\" of table \"{}\"",
                cxt.relname()
            ),
            location,
        ));
    }
    if since_18 {
        seen.need_not_null |= !column.is_not_null;
    } else {
        column.is_not_null = true;
        seen.nullable = true;
    }
    Ok(())
}

fn refuse_on_foreign(cxt: &CreateStmtContext, what: &str, location: i32) -> PgResult<()> {
    if cxt.isforeign {
        let message = format!("{what} constraints are not supported on foreign tables");
        return Err(not_supported(&message, location));
    }
    Ok(())
}

/// PostgreSQL: transformTableConstraint.
pub fn transform_table_constraint(
    context: &Context,
    cxt: &mut CreateStmtContext,
    constraint: &Constraint,
) -> PgResult<()> {
    let location = constraint.location.0;
    match constraint.contype {
        ConstrType::ConstrPrimary => {
            refuse_on_foreign(cxt, "primary key", location)?;
            cxt.ixconstraints.push(constraint.clone());
        }
        ConstrType::ConstrUnique => {
            refuse_on_foreign(cxt, "unique", location)?;
            cxt.ixconstraints.push(constraint.clone());
        }
        ConstrType::ConstrExclusion => {
            refuse_on_foreign(cxt, "exclusion", location)?;
            if cxt.ispartitioned && context.catalog.version() < Version::nearest(17) {
                let message = "exclusion constraints are not supported on partitioned tables";
                return Err(not_supported(message, location));
            }
            cxt.ixconstraints.push(constraint.clone());
        }
        ConstrType::ConstrCheck => cxt.ckconstraints.push(constraint.clone()),
        ConstrType::ConstrNotnull => {
            if cxt.ispartitioned && constraint.is_no_inherit {
                return Err(no_inherit_on_partitioned(location));
            }
            cxt.nnconstraints.push(constraint.clone());
        }
        ConstrType::ConstrForeign => {
            refuse_on_foreign(cxt, "foreign key", location)?;
            cxt.fkconstraints.push(constraint.clone());
        }
        // The grammar makes no other constraint of a table.
        ConstrType::ConstrNull
        | ConstrType::ConstrDefault
        | ConstrType::ConstrIdentity
        | ConstrType::ConstrGenerated
        | ConstrType::ConstrAttrDeferrable
        | ConstrType::ConstrAttrNotDeferrable
        | ConstrType::ConstrAttrDeferred
        | ConstrType::ConstrAttrImmediate
        | ConstrType::ConstrAttrEnforced
        | ConstrType::ConstrAttrNotEnforced => {}
    }
    Ok(())
}

/// Which DEFERRABLE, INITIALLY and ENFORCED words the last constraint has had.
#[derive(Default)]
struct AttributesSeen {
    deferrability: bool,
    initially: bool,
    enforced: bool,
}

/// DEFERRABLE and its kin belong to the constraint before them (PostgreSQL: transformConstraintAttrs).
fn transform_constraint_attrs(constraints: &mut [Constraint]) -> PgResult<()> {
    use ConstrType::*;
    let mut last: Option<usize> = None;
    let mut seen = AttributesSeen::default();
    for at in 0..constraints.len() {
        let location = constraints[at].location.0;
        let contype = constraints[at].contype;
        let target = last.filter(|last| {
            let kind = constraints[*last].contype;
            match contype {
                ConstrAttrEnforced | ConstrAttrNotEnforced => {
                    matches!(kind, ConstrCheck | ConstrForeign)
                }
                _ => matches!(kind, ConstrPrimary | ConstrUnique | ConstrExclusion | ConstrForeign),
            }
        });
        let misplaced = |what: &str| syntax(format!("misplaced {what} clause"), location);
        let multiple =
            |what: &str| syntax(format!("multiple {what} clauses not allowed"), location);
        let must_be_deferrable = || {
            syntax(
                "constraint declared INITIALLY DEFERRED must be DEFERRABLE".to_string(),
                location,
            )
        };
        match contype {
            ConstrAttrDeferrable | ConstrAttrNotDeferrable => {
                let deferrable = contype == ConstrAttrDeferrable;
                let words = if deferrable { "DEFERRABLE" } else { "NOT DEFERRABLE" };
                let Some(target) = target else { return Err(misplaced(words)) };
                if seen.deferrability {
                    return Err(multiple("DEFERRABLE/NOT DEFERRABLE"));
                }
                seen.deferrability = true;
                constraints[target].deferrable = deferrable;
                if !deferrable && seen.initially && constraints[target].initdeferred {
                    return Err(must_be_deferrable());
                }
            }
            ConstrAttrDeferred | ConstrAttrImmediate => {
                let deferred = contype == ConstrAttrDeferred;
                let words = if deferred { "INITIALLY DEFERRED" } else { "INITIALLY IMMEDIATE" };
                let Some(target) = target else { return Err(misplaced(words)) };
                if seen.initially {
                    return Err(multiple("INITIALLY IMMEDIATE/DEFERRED"));
                }
                seen.initially = true;
                constraints[target].initdeferred = deferred;
                if deferred && !seen.deferrability {
                    constraints[target].deferrable = true;
                } else if deferred && !constraints[target].deferrable {
                    return Err(must_be_deferrable());
                }
            }
            ConstrAttrEnforced | ConstrAttrNotEnforced => {
                let enforced = contype == ConstrAttrEnforced;
                let words = if enforced { "ENFORCED" } else { "NOT ENFORCED" };
                let Some(target) = target else { return Err(misplaced(words)) };
                if seen.enforced {
                    return Err(multiple("ENFORCED/NOT ENFORCED"));
                }
                seen.enforced = true;
                constraints[target].is_enforced = enforced;
                if !enforced {
                    constraints[target].skip_validation = true;
                    constraints[target].initially_valid = false;
                }
            }
            ConstrNull | ConstrNotnull | ConstrDefault | ConstrIdentity | ConstrGenerated
            | ConstrCheck | ConstrPrimary | ConstrUnique | ConstrExclusion | ConstrForeign => {
                last = Some(at);
                seen = AttributesSeen::default();
            }
        }
    }
    Ok(())
}
