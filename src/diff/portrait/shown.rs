//! Facts as PostgreSQL prints them: what is compared is spelled by `canon`, what is shown by `deparse`.

use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::Deparse;
use crate::pg::oid::Oid;

/// The fact's text; None where what is compared is what is shown.
pub(in crate::diff) fn shown(
    catalog: &Catalog,
    address: ObjectAddress,
    fact: &str,
) -> Option<String> {
    let deparse = Deparse::for_dump(catalog);
    let oid = address.object;
    match (address.class, fact) {
        (Class::Constraint, "definition") => {
            let row = catalog.get::<PgConstraint>(oid)?;
            let mut row = PgConstraint::clone(row);
            // The fact "state" says the rest.
            (row.condeferrable, row.condeferred) = (false, false);
            (row.convalidated, row.conenforced) = (true, true);
            Some(deparse.constraint_definition(&row))
        }
        (Class::Relation, "definition") => index(catalog, &deparse, oid),
        (Class::Relation, "query") => {
            let text = deparse.view_definition(oid)?;
            Some(text.trim().trim_end_matches(';').to_string())
        }
        (Class::Relation, "partitioned") => deparse.partition_key(oid),
        (Class::Relation, "bound") => {
            let class = catalog.get::<PgClass>(oid)?;
            class.relpartbound.as_ref().map(|bound| deparse.partition_bound(bound))
        }
        (Class::Attrdef, "default" | "generated") => {
            let row = catalog.get::<PgAttrdef>(oid)?;
            let class = catalog.get::<PgClass>(row.adrelid);
            let column = class.and_then(|class| class.attribute(row.adnum));
            let kind = column.map_or("", |column| match column.attgenerated {
                b'v' => " virtual",
                b's' => " stored",
                _ => "", // a default
            });
            Some(format!("{}{kind}", deparse.expression(&row.adbin, row.adrelid, false)))
        }
        (Class::Type, "default") => {
            let row = catalog.get::<PgType>(oid)?;
            let expr = row.typdefaultbin.as_ref()?;
            Some(deparse.expression(expr, Oid::INVALID, false))
        }
        (Class::Trigger, "when") => {
            let row = catalog.get::<PgTrigger>(oid)?;
            let qual = row.tgqual.as_ref()?;
            Some(deparse.trigger_condition(qual, row.tgrelid))
        }
        (Class::Policy, "using" | "with check") => {
            let row = catalog.get::<PgPolicy>(oid)?;
            let expr = if fact == "using" { &row.polqual } else { &row.polwithcheck };
            Some(deparse.expression(expr.as_ref()?, row.polrelid, false))
        }
        (Class::Rewrite, "does") => {
            let text = deparse.rule_definition(catalog.get::<PgRewrite>(oid)?);
            Some(text.split_once(" DO ").map_or(text.clone(), |(_, action)| action.to_string()))
        }
        (Class::Proc, "arguments") => {
            let row = catalog.get::<PgProc>(oid)?;
            Some(deparse.function_arguments(row)).filter(|_| row.prokind != b'a')
        }
        (Class::Proc, "body") => deparse.function_sqlbody(catalog.get::<PgProc>(oid)?),
        _ => None, // the compared text is readable
    }
}

/// What stands behind `ON table`.
fn index(catalog: &Catalog, deparse: &Deparse, oid: Oid) -> Option<String> {
    let index = catalog.get::<PgIndex>(oid)?;
    let mut text = deparse.index_definition(oid);
    let table = deparse.qualified_relation_name(index.indrelid);
    let marker = format!("{table} USING ");
    let at = text.find(&marker)? + table.len() + 1;
    let unique = if index.indisunique { "UNIQUE " } else { "" };
    text.replace_range(..at, unique);
    Some(text)
}
