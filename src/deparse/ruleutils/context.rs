//! What printing needs to know: the catalog, the search path, the queries around, and the layout.

use std::borrow::Cow;
use std::rc::Rc;

use super::names::Namespace;
use crate::catalog::format_type::{format_type_be, format_type_with_typemod};
use crate::catalog::namespace::{
    SearchPath, collation_is_visible, opclass_is_visible, relation_is_visible,
};
use crate::catalog::*;
use crate::nodes::primnodes::{Expr, RangeTblEntry, RteKind, TargetEntry, WindowClause};
use crate::pg::name::{Name, quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

/// Indentation of a clause.
pub(super) const PRETTYINDENT_STD: i32 = 8;
/// Indentation of a join.
pub(super) const PRETTYINDENT_JOIN: i32 = 4;
/// Indentation of a wrapped list.
pub(super) const PRETTYINDENT_VAR: i32 = 4;
const PRETTYINDENT_LIMIT: i32 = 40;

/// The printer of one catalog's objects, for a session with a search path.
#[derive(Clone)]
pub struct Deparse<'a> {
    pub catalog: &'a Catalog,
    pub path: SearchPath,
}

/// PostgreSQL: deparse_context.
pub(super) struct Context<'a> {
    pub(super) deparse: &'a Deparse<'a>,
    pub(super) buf: String,
    /// The innermost query's is last.
    pub(super) namespaces: Vec<Rc<Namespace<'a>>>,
    pub(super) result_desc: Option<&'a [Name]>,
    pub(super) target_list: &'a [TargetEntry],
    pub(super) window_clause: &'a [WindowClause],
    pub(super) pretty_indent: bool,
    /// Only the parentheses that are needed (PostgreSQL: PRETTYFLAG_PAREN).
    pub(super) pretty_paren: bool,
    pub(super) indent_level: i32,
    pub(super) varprefix: bool,
    pub(super) col_names_visible: bool,
    pub(super) in_group_by: bool,
    pub(super) var_in_order_by: bool,
}

impl<'a> Deparse<'a> {
    /// As pg_dump's sessions are: only pg_catalog is searched.
    pub fn for_dump(catalog: &'a Catalog) -> Deparse<'a> {
        let schemas = vec![fixed::PG_CATALOG_NAMESPACE];
        Deparse { catalog, path: SearchPath { schemas, creation: None, temp: None } }
    }

    /// An expression that refers to at most one relation's columns (PostgreSQL: deparse_expression_pretty).
    pub fn expression(&self, expr: &Expr, relid: Oid, pretty_indent: bool) -> String {
        let rtable = self.relation_rtable(relid);
        let namespace = Namespace::simple(self.catalog, &rtable);
        let mut context = Context::new(self, pretty_indent);
        if relid.is_valid() {
            context.namespaces.push(Rc::new(namespace));
        }
        context.rule_expr(expr, false);
        context.buf
    }

    /// The same with only the parentheses that are needed.
    pub fn expression_with_few_parentheses(&self, expr: &Expr, relid: Oid) -> String {
        let rtable = self.relation_rtable(relid);
        let mut context = Context::new(self, false);
        context.pretty_paren = true;
        context.namespaces.push(Rc::new(Namespace::simple(self.catalog, &rtable)));
        context.rule_expr(expr, false);
        context.buf
    }

    /// A range table of one relation (PostgreSQL: deparse_context_for).
    pub(super) fn relation_rtable(&self, relid: Oid) -> Vec<RangeTblEntry> {
        let Some(class) = self.catalog.get::<PgClass>(relid) else { return Vec::new() };
        vec![relation_entry(class, &class.relname)]
    }

    /// PostgreSQL: format_type_with_typemod.
    pub fn type_with_typmod(&self, typid: Oid, typmod: i32) -> String {
        format_type_with_typemod(self.catalog, &self.path, typid, typmod)
    }

    /// PostgreSQL: format_type_be.
    pub fn type_name(&self, typid: Oid) -> String {
        format_type_be(self.catalog, &self.path, typid)
    }

    /// The schema's name, to put before a dot.
    pub fn schema(&self, namespace: Oid) -> &str {
        self.catalog.get::<PgNamespace>(namespace).map_or("???", |row| row.nspname.as_str())
    }

    /// Qualified where the search path does not find it (PostgreSQL: generate_relation_name).
    pub fn relation_name(&self, relid: Oid) -> String {
        let Some(class) = self.catalog.get::<PgClass>(relid) else { return "???".to_string() };
        let visible = relation_is_visible(self.catalog, &self.path, relid);
        let schema = (!visible).then(|| self.schema(class.relnamespace));
        quote_qualified_identifier(schema, &class.relname)
    }

    /// PostgreSQL: generate_qualified_relation_name.
    pub fn qualified_relation_name(&self, relid: Oid) -> String {
        let Some(class) = self.catalog.get::<PgClass>(relid) else { return "???".to_string() };
        quote_qualified_identifier(Some(self.schema(class.relnamespace)), &class.relname)
    }

    /// PostgreSQL: generate_collation_name.
    pub fn collation_name(&self, collation: Oid) -> String {
        let Some(row) = self.catalog.get::<PgCollation>(collation) else {
            return "???".to_string();
        };
        let visible = collation_is_visible(self.catalog, &self.path, collation);
        let schema = (!visible).then(|| self.schema(row.collnamespace));
        quote_qualified_identifier(schema, &row.collname)
    }

    /// A call's function by name: qualified where its schema is not searched (PostgreSQL: generate_function_name, whose
    /// lookup of the call comes to the same for the paths that are printed for).
    pub fn function_name(&self, funcid: Oid, force_qualify: bool) -> String {
        let Some(row) = self.catalog.get::<PgProc>(funcid) else { return "???".to_string() };
        let qualify = force_qualify || !self.path.contains(row.pronamespace);
        let schema = qualify.then(|| self.schema(row.pronamespace));
        quote_qualified_identifier(schema, &row.proname)
    }

    /// PostgreSQL: generate_operator_name.
    pub fn operator_name(&self, opno: Oid) -> String {
        let Some(row) = self.catalog.get::<PgOperator>(opno) else { return "???".to_string() };
        if self.path.contains(row.oprnamespace) {
            return row.oprname.to_string();
        }
        format!("OPERATOR({}.{})", quote_identifier(self.schema(row.oprnamespace)), row.oprname)
    }

    /// ` opclass` when it is not the type's default; always without a type (PostgreSQL: get_opclass_name).
    pub(super) fn opclass_name(&self, opclass: Oid, actual_type: Option<Oid>) -> String {
        let Some(row) = self.catalog.get::<PgOpclass>(opclass) else { return String::new() };
        let default = actual_type.is_some_and(|typid| {
            lsyscache::get_default_opclass(self.catalog, typid, row.opcmethod) == Some(opclass)
        });
        if default {
            return String::new();
        }
        let visible = opclass_is_visible(self.catalog, &self.path, opclass);
        let schema = (!visible).then(|| self.schema(row.opcnamespace));
        format!(" {}", quote_qualified_identifier(schema, &row.opcname))
    }
}

/// The range table entry of a plain reference to a relation.
pub(super) fn relation_entry(class: &PgClass, alias: &Name) -> RangeTblEntry {
    use crate::nodes::primnodes::{Alias, Permissions};
    RangeTblEntry {
        kind: RteKind::Relation { relid: class.oid, relkind: class.relkind, tablesample: None },
        alias: Some(Alias { aliasname: alias.clone(), colnames: Vec::new() }),
        eref: Alias {
            aliasname: alias.clone(),
            colnames: class.attributes.iter().map(|a| a.attname.clone()).collect(),
        },
        lateral: false,
        in_from_cl: true,
        inh: false,
        perms: Permissions::default(),
    }
}

/// `'text'`, with quotes doubled and nothing else (PostgreSQL: simple_quote_literal under
/// standard_conforming_strings).
pub fn simple_quote_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl<'a> Context<'a> {
    pub(super) fn new(deparse: &'a Deparse<'a>, pretty_indent: bool) -> Context<'a> {
        Context {
            deparse,
            buf: String::new(),
            namespaces: Vec::new(),
            result_desc: None,
            target_list: &[],
            window_clause: &[],
            pretty_indent,
            pretty_paren: false,
            indent_level: 0,
            varprefix: false,
            col_names_visible: true,
            in_group_by: false,
            var_in_order_by: false,
        }
    }

    pub(super) fn catalog(&self) -> &'a Catalog {
        self.deparse.catalog
    }

    pub(super) fn put(&mut self, text: &str) {
        self.buf.push_str(text);
    }

    pub(super) fn put_identifier(&mut self, name: &str) {
        let quoted: Cow<str> = quote_identifier(name);
        self.buf.push_str(&quoted);
    }

    pub(super) fn put_identifiers(&mut self, names: &[Name]) {
        for (i, name) in names.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            self.put_identifier(name);
        }
    }

    /// PostgreSQL: appendContextKeyword.
    pub(super) fn keyword(&mut self, text: &str, before: i32, after: i32, plus: i32) {
        if !self.pretty_indent {
            self.put(text);
            return;
        }
        self.indent_level += before;
        self.remove_trailing_spaces();
        self.buf.push('\n');
        let amount = if self.indent_level < PRETTYINDENT_LIMIT {
            self.indent_level.max(0) + plus
        } else {
            let excess = (self.indent_level - PRETTYINDENT_LIMIT) / (PRETTYINDENT_STD / 2);
            (PRETTYINDENT_LIMIT + excess) % PRETTYINDENT_LIMIT + plus
        };
        for _ in 0..amount {
            self.buf.push(' ');
        }
        self.put(text);
        self.indent_level = (self.indent_level + after).max(0);
    }

    /// PostgreSQL: removeStringInfoSpaces.
    pub(super) fn remove_trailing_spaces(&mut self) {
        let length = self.buf.trim_end_matches(' ').len();
        self.buf.truncate(length);
    }

    /// The namespace that many queries up.
    pub(super) fn namespace(&self, levels_up: u32) -> Option<Rc<Namespace<'a>>> {
        let index = self.namespaces.len().checked_sub(1 + levels_up as usize)?;
        self.namespaces.get(index).cloned()
    }
}
