//! Constants (PostgreSQL: get_const_expr).

use super::context::{Context, simple_quote_literal};
use crate::catalog::namespace::{function_is_visible, operator_is_visible, ts_config_is_visible};
use crate::catalog::*;
use crate::nodes::primnodes::{Const, Datum};
use crate::pg::name::{quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

impl Context<'_> {
    /// With `showtype` negative the bare constant, 0 its type where needed, 1 always (PostgreSQL: get_const_expr).
    pub(super) fn constant(&mut self, constant: &Const, showtype: i32) {
        let Some(value) = &constant.value else {
            self.put("NULL");
            if showtype >= 0 {
                self.type_label(constant);
                self.constant_collation(constant);
            }
            return;
        };
        let text = self.output(constant.consttype, value);
        let mut need_label = false;
        match constant.consttype {
            fixed::INT4OID if !text.starts_with('-') => self.put(&text),
            fixed::NUMERICOID
                if text.starts_with(|c: char| c.is_ascii_digit())
                    && text.contains(['e', 'E', '.']) =>
            {
                self.put(&text);
            }
            fixed::INT4OID | fixed::NUMERICOID => {
                self.put(&simple_quote_literal(&text));
                need_label = true;
            }
            fixed::BOOLOID => self.put(if text.starts_with('t') { "true" } else { "false" }),
            _ => self.put(&simple_quote_literal(&text)), // every other type in quotes
        }
        if showtype < 0 {
            return;
        }
        need_label = match constant.consttype {
            fixed::BOOLOID | fixed::UNKNOWNOID => false,
            fixed::INT4OID => need_label,
            fixed::NUMERICOID => need_label || constant.consttypmod >= 0,
            _ => true, // every other type
        };
        if need_label || showtype > 0 {
            self.type_label(constant);
        }
        self.constant_collation(constant);
    }

    fn type_label(&mut self, constant: &Const) {
        let text = self.deparse.type_with_typmod(constant.consttype, constant.consttypmod);
        self.put("::");
        self.put(&text);
    }

    /// PostgreSQL: get_const_collation.
    fn constant_collation(&mut self, constant: &Const) {
        let own = lsyscache::get_typcollation(self.catalog(), constant.consttype);
        if constant.constcollid.is_valid() && constant.constcollid != own {
            let name = self.deparse.collation_name(constant.constcollid);
            self.put(" COLLATE ");
            self.put(&name);
        }
    }

    /// What the type's output function prints.
    fn output(&self, typid: Oid, value: &Datum) -> String {
        match value {
            Datum::Text(text) | Datum::Raw(text) => text.to_string(),
            Datum::Oid(oid) => self.object_name(typid, *oid),
        }
    }

    /// PostgreSQL: regclassout and its kin.
    fn object_name(&self, typid: Oid, oid: Oid) -> String {
        let deparse = self.deparse;
        let catalog = deparse.catalog;
        if !oid.is_valid() {
            return if typid == fixed::REGOPEROID { "0" } else { "-" }.to_string();
        }
        let bare = oid.to_string();
        match typid {
            fixed::REGCLASSOID if catalog.get::<PgClass>(oid).is_some() => {
                deparse.relation_name(oid)
            }
            fixed::REGTYPEOID => deparse.type_name(oid),
            fixed::REGPROCOID => catalog.get::<PgProc>(oid).map_or(bare, |proc| {
                let visible = function_is_visible(catalog, &deparse.path, oid);
                let schema = (!visible).then(|| deparse.schema(proc.pronamespace));
                quote_qualified_identifier(schema, &proc.proname)
            }),
            fixed::REGPROCEDUREOID => catalog.get::<PgProc>(oid).map_or(bare, |proc| {
                let visible = function_is_visible(catalog, &deparse.path, oid);
                let schema = (!visible).then(|| deparse.schema(proc.pronamespace));
                let types: Vec<String> =
                    proc.proargtypes.iter().map(|typid| deparse.type_name(*typid)).collect();
                let name = quote_qualified_identifier(schema, &proc.proname);
                format!("{name}({})", types.join(","))
            }),
            fixed::REGOPEROID | fixed::REGOPERATOROID => {
                catalog.get::<PgOperator>(oid).map_or(bare, |row| {
                    let visible = operator_is_visible(catalog, &deparse.path, oid);
                    let schema = quote_identifier(deparse.schema(row.oprnamespace));
                    if visible {
                        row.oprname.to_string()
                    } else {
                        format!("{schema}.{}", row.oprname)
                    }
                })
            }
            fixed::REGROLEOID => catalog
                .get::<PgAuthid>(oid)
                .map_or(bare, |role| quote_identifier(&role.rolname).into_owned()),
            fixed::REGNAMESPACEOID => catalog
                .get::<PgNamespace>(oid)
                .map_or(bare, |row| quote_identifier(&row.nspname).into_owned()),
            fixed::REGCOLLATIONOID if catalog.get::<PgCollation>(oid).is_some() => {
                deparse.collation_name(oid)
            }
            fixed::REGCONFIGOID => catalog.get::<PgTsConfig>(oid).map_or(bare, |row| {
                let visible = ts_config_is_visible(catalog, &deparse.path, oid);
                let schema = (!visible).then(|| deparse.schema(row.cfgnamespace));
                quote_qualified_identifier(schema, &row.cfgname)
            }),
            fixed::REGDICTIONARYOID => catalog.get::<PgTsDict>(oid).map_or(bare, |row| {
                let visible = namespace::ts_dictionary_is_visible(catalog, &deparse.path, oid);
                let schema = (!visible).then(|| deparse.schema(row.dictnamespace));
                quote_qualified_identifier(schema, &row.dictname)
            }),
            _ => bare, // an oid, or an object that is gone
        }
    }
}
