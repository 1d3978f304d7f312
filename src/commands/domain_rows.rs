//! What ALTER DOMAIN asks of the rows that hold the domain's values (PostgreSQL: validateDomainCheckConstraint and
//! validateDomainNotNullConstraint, commands/typecmds.c).

use super::Context;
use super::tablecmds::alter_type::{Altered, find_composite_type_dependencies};
use crate::catalog::depend::DependEntry;
use crate::catalog::format_type::format_type_be;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgType};
use crate::executor;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Expr;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Refuses a new CHECK that a stored value violates; what cannot be told passes.
pub fn validate_check_constraint(context: &Context, domain: Oid, check: &Expr) -> PgResult<()> {
    for (relid, attnum) in get_rels_with_domain(context, domain)? {
        for value in column_values(context, relid, attnum) {
            let holds = executor::over_domain_value(check, context.shared(), value)
                .map_err(Stop::without_place)?;
            if matches!(holds, Some(Value::Bool(false))) {
                return violated(context, relid, attnum, sqlstate::CHECK_VIOLATION, |column| {
                    format!("{column} contains values that violate the new constraint")
                });
            }
        }
    }
    Ok(())
}

/// Refuses NOT NULL where NULL is stored.
pub fn validate_not_null_constraint(context: &Context, domain: Oid) -> PgResult<()> {
    for (relid, attnum) in get_rels_with_domain(context, domain)? {
        if column_values(context, relid, attnum).iter().any(Value::is_null) {
            return violated(context, relid, attnum, sqlstate::NOT_NULL_VIOLATION, |column| {
                format!("{column} contains null values")
            });
        }
    }
    Ok(())
}

fn violated(
    context: &Context,
    relid: Oid,
    attnum: i16,
    state: sqlstate::SqlState,
    message: impl Fn(&str) -> String,
) -> PgResult<()> {
    let Some(class) = context.catalog.get::<PgClass>(relid) else { return Ok(()) };
    let column = class.attribute(attnum).map_or("", |column| column.attname.as_str());
    let column = format!("column \"{column}\" of table \"{}\"", class.relname);
    Err(PgError::new(state, message(&column)).into())
}

/// The known values of a column.
fn column_values(context: &Context, relid: Oid, attnum: i16) -> Vec<Value> {
    let index = usize::try_from(attnum).unwrap_or(0).wrapping_sub(1);
    let rows = context.catalog.contents(relid).unwrap_or_default();
    rows.iter().map(|row| row.get(index).cloned().unwrap_or(Value::Null)).collect()
}

/// The columns of tables whose type is the domain or one over it; where a type that holds it is stored, the domain
/// cannot change (PostgreSQL: get_rels_with_domain).
fn get_rels_with_domain(context: &Context, domain: Oid) -> PgResult<Vec<(Oid, i16)>> {
    let catalog = &*context.catalog;
    let altered = Altered::Type(format_type_be(catalog, &context.path, domain));
    let mut columns = Vec::new();
    let mut domains = vec![domain];
    while let Some(domain) = domains.pop() {
        let address = ObjectAddress::new(Class::Type, domain);
        for DependEntry { dependent, .. } in catalog.depend().dependents_of(address) {
            if dependent.class == Class::Type {
                match catalog.get::<PgType>(dependent.object) {
                    Some(row) if row.typtype == b'd' => domains.push(row.oid),
                    _ => find_composite_type_dependencies(context, dependent.object, &altered)?, // arrays, ranges
                }
                continue;
            }
            let Ok(attnum) = i16::try_from(dependent.sub) else { continue };
            if dependent.class != Class::Relation || attnum <= 0 {
                continue;
            }
            let Some(class) = catalog.get::<PgClass>(dependent.object) else { continue };
            find_composite_type_dependencies(context, class.reltype, &altered)?;
            let stored = matches!(class.relkind, b'r' | b'm');
            let column = class.attribute(attnum).filter(|column| !column.attisdropped);
            if stored && column.is_some_and(|column| column.atttypid == domain) {
                columns.push((class.oid, attnum));
            }
        }
    }
    Ok(columns)
}
