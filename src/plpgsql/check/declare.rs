//! The types that declarations name: `%TYPE` and `%ROWTYPE` too (PostgreSQL: plpgsql_parse_wordtype and its sisters,
//! pl_comp.c).

use super::body::Checker;
use super::words::dotted;
use crate::catalog::PgClass;
use crate::catalog::lsyscache::{get_array_type, get_element_type};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::tree::RangeVar;
use crate::parser::parse_type::parse_type_string;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::ast::Sql;

impl Checker<'_> {
    /// The type and typmod that a declaration names.
    pub(super) fn declared_type(&mut self, sql: &Sql) -> PgResult<(Oid, i32)> {
        let text = sql.text.trim();
        if text.eq_ignore_ascii_case("record") {
            return Ok((fixed::RECORDOID, -1));
        }
        let Some((names, rest)) = dotted(text) else { return self.named_type(sql) };
        let rest = rest.trim_start();
        let Some(after) = rest.strip_prefix('%').map(str::trim_start) else {
            return self.named_type(sql);
        };
        let lower = after.to_ascii_lowercase();
        if let Some(array) = lower.strip_prefix("rowtype") {
            let relid = self.relation(&names, sql)?;
            let row = self.shared.catalog.get::<PgClass>(relid).map_or(Oid::INVALID, |c| c.reltype);
            return Ok((self.maybe_array(row, array), -1));
        }
        let Some(array) = lower.strip_prefix("type") else {
            return unknown("a type is not understood");
        };
        if let Some((number, field)) = self.names.lookup(&names) {
            let found = match field {
                None => {
                    let variable = &self.names.variables[number];
                    (variable.type_id, variable.typmod)
                }
                Some(field) => self.field_type(number, &field)?,
            };
            return Ok((self.maybe_array(found.0, array), found.1));
        }
        let [table @ .., column] = names.as_slice() else {
            return unknown("a type is not understood");
        };
        if table.is_empty() {
            return Ok((Oid::INVALID, -1));
        }
        let relid = self.relation(table, sql)?;
        let class = self.shared.catalog.get::<PgClass>(relid);
        let Some(attribute) = class.and_then(|class| class.attribute_named(column)) else {
            let table = table.last().map_or("", String::as_str);
            let message = format!("column \"{column}\" of relation \"{table}\" does not exist");
            return Err(PgError::new(sqlstate::UNDEFINED_COLUMN, message).into());
        };
        let found = (attribute.atttypid, attribute.atttypmod);
        self.touch(ObjectAddress::column(relid, attribute.attnum), sql.offset);
        Ok((self.maybe_array(found.0, array), found.1))
    }

    fn maybe_array(&self, type_id: Oid, rest: &str) -> Oid {
        let rest = rest.trim_start();
        if !(rest.starts_with('[') || rest.starts_with("array")) {
            return type_id;
        }
        let catalog = self.shared.catalog;
        if get_element_type(catalog, type_id).is_valid() {
            type_id
        } else {
            get_array_type(catalog, type_id)
        }
    }

    fn named_type(&mut self, sql: &Sql) -> PgResult<(Oid, i32)> {
        let (type_id, typmod) = parse_type_string(&self.shared, &sql.text)?;
        if !type_id.is_builtin() {
            self.touch(ObjectAddress::new(Class::Type, type_id), sql.offset);
        }
        Ok((type_id, typmod))
    }

    fn relation(&mut self, names: &[String], sql: &Sql) -> PgResult<Oid> {
        let (schema, name) = match names {
            [name] => (None, name),
            [.., schema, name] => (Some(schema.as_str().into()), name),
            [] => return unknown("a type without a name"),
        };
        let range = RangeVar {
            catalogname: None,
            schemaname: schema,
            relname: Some(name.as_str().into()),
            inh: true,
            relpersistence: b'p',
            alias: None,
            location: ParseLoc::NONE,
        };
        let Some(relid) = range_var_get_relid(&self.shared, &range, false)? else {
            return unknown("a table is not known");
        };
        self.touch(ObjectAddress::new(Class::Relation, relid), sql.offset);
        Ok(relid)
    }
}
