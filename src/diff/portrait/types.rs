//! Types of the user's own: enums, domains, composite types, ranges, base types.

use super::{Drawing, Owner, Portrait};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgEnum, PgRange, PgType};
use crate::diff::canon;
use crate::pg::name::{quote_identifier, quote_literal};

impl Drawing<'_> {
    pub(super) fn types(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgType>().cloned().collect();
        for row in &rows {
            if !self.is_own(Class::Type, row.oid) || self.is_derived(row) {
                continue;
            }
            let name = self.names.qualified(row.typnamespace, &row.typname);
            let mut portrait = Portrait::new(ObjectAddress::new(Class::Type, row.oid), "");
            match row.typtype {
                b'e' => self.enum_facts(&mut portrait, row),
                b'd' => self.domain_facts(&mut portrait, row),
                b'c' => self.composite_facts(&mut portrait, row),
                b'r' => self.range_facts(&mut portrait, row),
                _ => self.base_facts(&mut portrait, row), // base and shell types
            }
            self.common(&mut portrait, row.typowner, &row.typacl);
            let kind = if row.typtype == b'd' { "domain" } else { "type" };
            self.add(kind, name.clone(), portrait);
            if row.typtype == b'd' {
                self.domain_constraints(&Owner { kind, name }, row);
            }
        }
    }

    /// Whether the type came with another object: an array, a table's row, a multirange.
    fn is_derived(&self, row: &PgType) -> bool {
        let element = self.catalog.get::<PgType>(row.typelem);
        let is_array = element.is_some_and(|element| element.typarray == row.oid);
        let class = self.catalog.get::<PgClass>(row.typrelid);
        is_array || class.is_some_and(|class| class.relkind != b'c') || row.typtype == b'm'
    }

    fn enum_facts(&self, portrait: &mut Portrait, row: &PgType) {
        let mut labels: Vec<_> = self.catalog.find_all::<PgEnum>(&row.oid).collect();
        labels.sort_by(|a, b| a.enumsortorder.total_cmp(&b.enumsortorder));
        let labels: Vec<String> =
            labels.iter().map(|label| quote_literal(&label.enumlabel)).collect();
        portrait.fact("kind", "enum");
        portrait.fact("values", labels.join(", "));
    }

    fn domain_facts(&self, portrait: &mut Portrait, row: &PgType) {
        portrait.fact("of", self.names.type_(row.typbasetype, row.typtypmod));
        portrait.fact("null", if row.typnotnull { "not null" } else { "nullable" });
        let default = row.typdefaultbin.as_deref().map(|expr| canon::alone(self.names, expr));
        portrait.fact("default", default.unwrap_or_else(|| "none".to_string()));
        let base = self.catalog.get::<PgType>(row.typbasetype);
        if base.is_some_and(|base| base.typcollation != row.typcollation) {
            portrait.fact("collation", self.names.collation(row.typcollation));
        }
    }

    fn domain_constraints(&mut self, owner: &Owner, row: &PgType) {
        let rows: Vec<_> = self.catalog.find_all::<PgConstraint>(&row.oid).cloned().collect();
        for constraint in rows {
            if constraint.contype != b'c' {
                continue;
            }
            let address = ObjectAddress::new(Class::Constraint, constraint.oid);
            let definition = self.constraint_definition(&constraint);
            let mut portrait = Portrait::new(address, definition.clone());
            portrait.fact("definition", definition);
            portrait.flag("valid", constraint.convalidated);
            self.comment(&mut portrait);
            self.add_part(
                owner,
                "constraint",
                quote_identifier(&constraint.conname).into_owned(),
                portrait,
            );
        }
    }

    fn composite_facts(&self, portrait: &mut Portrait, row: &PgType) {
        let Some(class) = self.catalog.get::<PgClass>(row.typrelid) else { return };
        let columns: Vec<String> = class
            .live_attributes()
            .map(|column| {
                let kind = self.names.type_(column.atttypid, column.atttypmod);
                let own = self.catalog.get::<PgType>(column.atttypid).map(|row| row.typcollation);
                let collation = match own {
                    Some(own) if own != column.attcollation => {
                        format!(" COLLATE {}", self.names.collation(column.attcollation))
                    }
                    _ => String::new(), // its type's own
                };
                format!("{} {kind}{collation}", quote_identifier(&column.attname))
            })
            .collect();
        portrait.fact("kind", "composite");
        portrait.fact("attributes", columns.join(", "));
        self.column_comments(portrait, class);
    }

    fn range_facts(&self, portrait: &mut Portrait, row: &PgType) {
        portrait.fact("kind", "range");
        let Some(range) = self.catalog.get::<PgRange>(row.oid) else { return };
        portrait.fact("of", self.names.plain_type(range.rngsubtype));
        portrait.fact("multirange", self.names.plain_type(range.rngmultitypid));
        portrait.fact("operator class", self.names.opclass(range.rngsubopc));
        if range.rngcollation.is_valid() {
            portrait.fact("collation", self.names.collation(range.rngcollation));
        }
        portrait.fact("canonical", self.names.function_or_none(range.rngcanonical));
        portrait.fact("difference", self.names.function_or_none(range.rngsubdiff));
    }

    fn base_facts(&self, portrait: &mut Portrait, row: &PgType) {
        portrait.fact("kind", if row.typisdefined { "base" } else { "shell" });
        portrait.fact("length", row.typlen.to_string());
        portrait.flag("by value", row.typbyval);
        portrait.fact("category", char::from(row.typcategory).to_string());
        portrait.flag("preferred", row.typispreferred);
        portrait.fact("input", self.names.function_name(row.typinput));
        portrait.fact("output", self.names.function_name(row.typoutput));
        portrait.fact("default", row.typdefault.as_deref().unwrap_or("none"));
        portrait.fact("receive", self.names.function_name(row.typreceive));
        portrait.fact("send", self.names.function_name(row.typsend));
        portrait.fact("typmod in", self.names.function_name(row.typmodin));
        portrait.fact("typmod out", self.names.function_name(row.typmodout));
        portrait.fact("analyze", self.names.function_name(row.typanalyze));
        portrait.fact("subscript", self.names.function_name(row.typsubscript));
        if row.typelem.is_valid() {
            portrait.fact("element", self.names.plain_type(row.typelem));
        }
        portrait.fact("delimiter", char::from(row.typdelim).to_string());
        portrait.fact("alignment", char::from(row.typalign).to_string());
        portrait.fact("storage", char::from(row.typstorage).to_string());
        portrait.flag("collatable", row.typcollation.is_valid());
    }
}
