//! Definitions of whole objects: views, rules, constraints, indexes, triggers, partition keys and bounds, statistics
//! (PostgreSQL: pg_get_viewdef, pg_get_constraintdef and their kin).

use std::rc::Rc;
use std::sync::Arc;

use super::context::{Context, Deparse, relation_entry, simple_quote_literal};
use super::expr::looks_like_function;
use super::names::Namespace;
use super::query::flatten_group_exprs;
use crate::catalog::*;
use crate::nodes::node_funcs::{expr_collation, expr_type};
use crate::nodes::primnodes::{Const, Expr, Query, RteKind};
use crate::pg::name::{Name, quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

/// `name='value', …` (PostgreSQL: get_reloptions).
pub fn reloptions(options: &[(Arc<str>, Arc<str>)]) -> String {
    let one = |(name, value): &(Arc<str>, Arc<str>)| {
        let safe = quote_identifier(value) == value.as_ref();
        let value = if safe { value.to_string() } else { simple_quote_literal(value) };
        format!("{}={value}", quote_identifier(name))
    };
    options.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Deparse<'_> {
    /// The query of a view, with its semicolon (PostgreSQL: pg_get_viewdef).
    pub fn view_definition(&self, relid: Oid) -> Option<String> {
        let class = self.catalog.get::<PgClass>(relid)?;
        let rule = self.catalog.find_all::<PgRewrite>(&relid).find(|rule| rule.ev_type == b'1')?;
        let names: Vec<Name> = class.attributes.iter().map(|a| a.attname.clone()).collect();
        let mut query = rule.ev_action.first()?.clone();
        flatten_group_exprs(&mut query);
        let old_and_new = self.catalog.version().major() < 16;
        let mut context = Context::new(self, true);
        context.query_def(&query, Some(&names), true, 0, old_and_new);
        context.put(";");
        Some(context.buf)
    }

    /// PostgreSQL: pg_get_ruledef.
    pub fn rule_definition(&self, rule: &PgRewrite) -> String {
        let mut queries: Vec<Query> = rule.ev_action.as_ref().clone();
        queries.iter_mut().for_each(flatten_group_exprs);
        let event = match rule.ev_type {
            b'1' => "SELECT",
            b'2' => "UPDATE",
            b'3' => "INSERT",
            _ => "DELETE", // '4', the last there is
        };
        let class = self.catalog.get::<PgClass>(rule.ev_class);
        let names: Vec<Name> = class
            .map(|class| class.attributes.iter().map(|a| a.attname.clone()).collect())
            .unwrap_or_default();
        let desc = (rule.ev_type == b'1').then_some(names.as_slice());
        let mut text = format!(
            "CREATE RULE {} AS\n    ON {event} TO {}",
            quote_identifier(&rule.rulename),
            self.qualified_relation_name(rule.ev_class),
        );
        if let (Some(qual), Some(first)) = (&rule.ev_qual, queries.first()) {
            let query = insert_select_query(first);
            let mut context = Context::new(self, true);
            context.varprefix = query.rtable.len() != 1;
            context.namespaces.push(Rc::new(Namespace::for_query(self.catalog, query, &[])));
            context.rule_expr(qual, false);
            text.push_str("\n   WHERE ");
            text.push_str(&context.buf);
        }
        text.push_str(" DO ");
        text.push_str(if rule.is_instead { "INSTEAD " } else { "" });
        let mut context = Context::new(self, true);
        match queries.as_slice() {
            [only] => {
                context.query_def(only, desc, true, 0, false);
                context.put(";");
            }
            several => {
                context.put("(");
                for query in several {
                    context.query_def(query, desc, true, 0, false);
                    context.put(";\n");
                }
                context.put(");");
            }
        }
        // A clause that begins on a line of its own leaves no space before it.
        let kept = if context.buf.starts_with('\n') { text.trim_end().len() } else { text.len() };
        text.truncate(kept);
        text.push_str(&context.buf);
        text
    }

    fn column_name(&self, relid: Oid, attnum: i16) -> String {
        lsyscache::get_attname(self.catalog, relid, attnum)
            .map_or_else(|| "???".to_string(), |name| quote_identifier(&name).into_owned())
    }

    fn column_names(&self, relid: Oid, attnums: &[i16]) -> String {
        let names: Vec<String> =
            attnums.iter().map(|attnum| self.column_name(relid, *attnum)).collect();
        names.join(", ")
    }

    /// PostgreSQL: pg_get_constraintdef.
    pub fn constraint_definition(&self, row: &PgConstraint) -> String {
        let mut text = match row.contype {
            b'f' => self.foreign_key_definition(row),
            b'p' | b'u' => self.unique_definition(row),
            b'c' => {
                let source = row
                    .conbin
                    .as_ref()
                    .map_or_else(String::new, |expr| self.expression(expr, row.conrelid, true));
                let inherit = if row.connoinherit { " NO INHERIT" } else { "" };
                format!("CHECK ({source}){inherit}")
            }
            b'n' if row.conrelid.is_valid() => {
                let inherit = if row.connoinherit { " NO INHERIT" } else { "" };
                format!("NOT NULL {}{inherit}", self.column_names(row.conrelid, &row.conkey))
            }
            b'n' => "NOT NULL".to_string(),
            b't' => "TRIGGER".to_string(),
            _ => self.index_definition_worker(row.conindid, Some(&row.conexclop)), // 'x'
        };
        if row.condeferrable {
            text.push_str(" DEFERRABLE");
        }
        if row.condeferred {
            text.push_str(" INITIALLY DEFERRED");
        }
        if !row.conenforced {
            text.push_str(" NOT ENFORCED");
        } else if !row.convalidated {
            text.push_str(" NOT VALID");
        }
        text
    }

    fn foreign_key_definition(&self, row: &PgConstraint) -> String {
        let columns = |relid: Oid, attnums: &[i16]| match attnums.split_last() {
            Some((last, rest)) if row.conperiod => {
                let rest = self.column_names(relid, rest);
                format!("{rest}, PERIOD {}", self.column_name(relid, *last))
            }
            Some(_) | None => self.column_names(relid, attnums),
        };
        let mut text = format!(
            "FOREIGN KEY ({}) REFERENCES {}({})",
            columns(row.conrelid, &row.conkey),
            self.relation_name(row.confrelid),
            columns(row.confrelid, &row.confkey),
        );
        text.push_str(match row.confmatchtype {
            b'f' => " MATCH FULL",
            b'p' => " MATCH PARTIAL",
            _ => "", // simple, the default
        });
        for (word, action) in [("UPDATE", row.confupdtype), ("DELETE", row.confdeltype)] {
            let action = match action {
                b'r' => "RESTRICT",
                b'c' => "CASCADE",
                b'n' => "SET NULL",
                b'd' => "SET DEFAULT",
                _ => continue, // no action, the default
            };
            text.push_str(&format!(" ON {word} {action}"));
        }
        if !row.confdelsetcols.is_empty() {
            text.push_str(&format!(" ({})", self.column_names(row.conrelid, &row.confdelsetcols)));
        }
        text
    }

    fn unique_definition(&self, row: &PgConstraint) -> String {
        let index = self.catalog.get::<PgIndex>(row.conindid);
        let mut text = (if row.contype == b'p' { "PRIMARY KEY " } else { "UNIQUE " }).to_string();
        if index.is_some_and(|index| index.indnullsnotdistinct) {
            text.push_str("NULLS NOT DISTINCT ");
        }
        text.push_str(&format!("({}", self.column_names(row.conrelid, &row.conkey)));
        text.push_str(if row.conperiod { " WITHOUT OVERLAPS)" } else { ")" });
        let included = index.and_then(|index| index.indkey.get(row.conkey.len()..));
        if let Some(included) = included.filter(|included| !included.is_empty()) {
            text.push_str(&format!(" INCLUDE ({})", self.column_names(row.conrelid, included)));
        }
        text
    }

    /// PostgreSQL: pg_get_indexdef.
    pub fn index_definition(&self, indexrelid: Oid) -> String {
        self.index_definition_worker(indexrelid, None)
    }

    /// With operators the definition of an exclusion constraint (PostgreSQL: pg_get_indexdef_worker).
    fn index_definition_worker(&self, indexrelid: Oid, exclude: Option<&[Oid]>) -> String {
        let Some(index) = self.catalog.get::<PgIndex>(indexrelid) else { return "???".to_string() };
        let Some(class) = self.catalog.get::<PgClass>(indexrelid) else { return "???".to_string() };
        let method = self.catalog.get::<PgAm>(class.relam).map_or("btree", |am| am.amname.as_str());
        let mut text = match exclude {
            Some(_) => format!("EXCLUDE USING {} (", quote_identifier(method)),
            None => format!(
                "CREATE {}INDEX {} ON {}{} USING {} (",
                if index.indisunique { "UNIQUE " } else { "" },
                quote_identifier(&class.relname),
                if class.relkind == b'I' { "ONLY " } else { "" },
                self.qualified_relation_name(index.indrelid),
                quote_identifier(method),
            ),
        };
        let mut expressions = index.indexprs.iter();
        let keys = usize::try_from(index.indnkeyatts).unwrap_or(0);
        for (i, attnum) in index.indkey.iter().enumerate() {
            text.push_str(match i {
                _ if i == keys => ") INCLUDE (",
                0 => "",
                _ => ", ",
            });
            let (typid, collation) = if *attnum != 0 {
                text.push_str(&self.column_name(index.indrelid, *attnum));
                lsyscache::get_atttypetypmodcoll(self.catalog, index.indrelid, *attnum)
                    .map_or((Oid::INVALID, Oid::INVALID), |(typid, _, collation)| {
                        (typid, collation)
                    })
            } else if let Some(expr) = expressions.next() {
                text.push_str(&self.key_expression(expr, index.indrelid));
                (expr_type(expr), expr_collation(expr))
            } else {
                (Oid::INVALID, Oid::INVALID)
            };
            if i < keys {
                text.push_str(&self.index_key_options(index, i, typid, collation, class.relam));
                if let Some(operator) = exclude.and_then(|operators| operators.get(i)) {
                    text.push_str(&format!(" WITH {}", self.operator_name(*operator)));
                }
            }
        }
        text.push(')');
        if index.indnullsnotdistinct {
            text.push_str(" NULLS NOT DISTINCT");
        }
        if !class.reloptions.is_empty() {
            text.push_str(&format!(" WITH ({})", reloptions(&class.reloptions)));
        }
        if let Some(predicate) = &index.indpred {
            let source = self.expression(predicate, index.indrelid, true);
            let source = if exclude.is_some() { format!("({source})") } else { source };
            text.push_str(&format!(" WHERE {source}"));
        }
        text
    }

    fn index_key_options(
        &self,
        index: &PgIndex,
        i: usize,
        typid: Oid,
        collation: Oid,
        method: Oid,
    ) -> String {
        let mut text = String::new();
        let own = index.indcollation.get(i).copied().unwrap_or_default();
        if own.is_valid() && own != collation {
            text.push_str(&format!(" COLLATE {}", self.collation_name(own)));
        }
        let options = index.indclassoptions.get(i).filter(|options| !options.is_empty());
        if let Some(opclass) = index.indclass.get(i) {
            text.push_str(&self.opclass_name(*opclass, options.is_none().then_some(typid)));
        }
        if let Some(options) = options {
            text.push_str(&format!(" ({})", reloptions(options)));
        }
        if method == fixed::BTREE_AM_OID {
            let option = index.indoption.get(i).copied().unwrap_or_default();
            text.push_str(match (option & 1 != 0, option & 2 != 0) {
                (true, true) => " DESC",
                (true, false) => " DESC NULLS LAST",
                (false, true) => " NULLS FIRST",
                (false, false) => "",
            });
        }
        text
    }

    /// In parentheses unless it is a call.
    fn key_expression(&self, expr: &Expr, relid: Oid) -> String {
        let source = self.expression(expr, relid, true);
        if looks_like_function(expr) { source } else { format!("({source})") }
    }

    /// PostgreSQL: pg_get_partkeydef.
    pub fn partition_key(&self, relid: Oid) -> Option<String> {
        let row = self.catalog.get::<PgPartitionedTable>(relid)?;
        let mut expressions = row.partexprs.iter();
        let mut text = match row.partstrat {
            b'h' => "HASH (",
            b'l' => "LIST (",
            _ => "RANGE (", // 'r'
        }
        .to_string();
        for (i, attnum) in row.partattrs.iter().enumerate() {
            text.push_str(if i > 0 { ", " } else { "" });
            let (typid, collation) = if *attnum != 0 {
                text.push_str(&self.column_name(relid, *attnum));
                lsyscache::get_atttypetypmodcoll(self.catalog, relid, *attnum)
                    .map_or((Oid::INVALID, Oid::INVALID), |(typid, _, collation)| {
                        (typid, collation)
                    })
            } else {
                let expr = expressions.next()?;
                text.push_str(&self.key_expression(expr, relid));
                (expr_type(expr), expr_collation(expr))
            };
            let own = row.partcollation.get(i).copied().unwrap_or_default();
            if own.is_valid() && own != collation {
                text.push_str(&format!(" COLLATE {}", self.collation_name(own)));
            }
            if let Some(opclass) = row.partclass.get(i) {
                text.push_str(&self.opclass_name(*opclass, Some(typid)));
            }
        }
        text.push(')');
        Some(text)
    }

    /// PostgreSQL: get_rule_expr of a PartitionBoundSpec.
    pub fn partition_bound(&self, bound: &PartitionBound) -> String {
        let value = |expr: &Expr| {
            let mut context = Context::new(self, false);
            match expr {
                Expr::Const(constant) => context.constant(constant, -1),
                _ => context.put(&self.expression(expr, Oid::INVALID, false)), // evaluated already
            }
            context.buf
        };
        let range = |list: &[RangeDatum]| {
            let values: Vec<String> = list
                .iter()
                .map(|datum| match datum {
                    RangeDatum::MinValue => "MINVALUE".to_string(),
                    RangeDatum::MaxValue => "MAXVALUE".to_string(),
                    RangeDatum::Value(expr) => value(expr),
                })
                .collect();
            format!("({})", values.join(", "))
        };
        match bound {
            PartitionBound::Default => "DEFAULT".to_string(),
            PartitionBound::List(values) => {
                let values: Vec<String> = values.iter().map(value).collect();
                format!("FOR VALUES IN ({})", values.join(", "))
            }
            PartitionBound::Range { lower, upper } => {
                format!("FOR VALUES FROM {} TO {}", range(lower), range(upper))
            }
            PartitionBound::Hash { modulus, remainder } => {
                format!("FOR VALUES WITH (modulus {modulus}, remainder {remainder})")
            }
        }
    }

    /// PostgreSQL: pg_get_triggerdef.
    pub fn trigger_definition(&self, row: &PgTrigger) -> String {
        let has = |bit: i16| row.tgtype & bit != 0;
        let constraint = if row.tgconstraint.is_valid() { "CONSTRAINT " } else { "" };
        let mut text = format!("CREATE {constraint}TRIGGER {} ", quote_identifier(&row.tgname));
        text.push_str(match (has(64), has(2)) {
            (true, _) => "INSTEAD OF",
            (false, true) => "BEFORE",
            (false, false) => "AFTER",
        });
        let mut separator = " ";
        for (bit, word) in [(4, "INSERT"), (8, "DELETE"), (16, "UPDATE"), (32, "TRUNCATE")] {
            if !has(bit) {
                continue;
            }
            text.push_str(separator);
            separator = " OR ";
            text.push_str(word);
            if bit == 16 && !row.tgattr.is_empty() {
                text.push_str(&format!(" OF {}", self.column_names(row.tgrelid, &row.tgattr)));
            }
        }
        text.push_str(&format!(" ON {} ", self.qualified_relation_name(row.tgrelid)));
        if row.tgconstraint.is_valid() {
            if row.tgconstrrelid.is_valid() {
                text.push_str(&format!("FROM {} ", self.relation_name(row.tgconstrrelid)));
            }
            text.push_str(if row.tgdeferrable { "" } else { "NOT " });
            text.push_str("DEFERRABLE INITIALLY ");
            text.push_str(if row.tginitdeferred { "DEFERRED " } else { "IMMEDIATE " });
        }
        if row.tgoldtable.is_some() || row.tgnewtable.is_some() {
            text.push_str("REFERENCING ");
            for (word, name) in [("OLD", &row.tgoldtable), ("NEW", &row.tgnewtable)] {
                if let Some(name) = name {
                    text.push_str(&format!("{word} TABLE AS {} ", quote_identifier(name)));
                }
            }
        }
        text.push_str(if has(1) { "FOR EACH ROW " } else { "FOR EACH STATEMENT " });
        if let Some(qual) = &row.tgqual {
            text.push_str(&format!("WHEN ({}) ", self.trigger_condition(qual, row.tgrelid)));
        }
        let arguments: Vec<String> = row.tgargs.iter().map(|a| simple_quote_literal(a)).collect();
        let function = self.function_name(row.tgfoid, false);
        text.push_str(&format!("EXECUTE FUNCTION {function}({})", arguments.join(", ")));
        text
    }

    /// The condition behind WHEN, without its parentheses.
    pub fn trigger_condition(&self, qual: &Expr, relid: Oid) -> String {
        let Some(class) = self.catalog.get::<PgClass>(relid) else { return String::new() };
        let rtable = [
            relation_entry(class, &Name::fixed("old")),
            relation_entry(class, &Name::fixed("new")),
        ];
        let mut context = Context::new(self, true);
        context.varprefix = true;
        context.namespaces.push(Rc::new(Namespace::simple(self.catalog, &rtable)));
        context.rule_expr(qual, false);
        context.buf
    }

    /// PostgreSQL: pg_get_statisticsobjdef.
    pub fn statistics_definition(&self, row: &PgStatisticExt) -> String {
        let name = quote_qualified_identifier(Some(self.schema(row.stxnamespace)), &row.stxname);
        let mut text = format!("CREATE STATISTICS {name}");
        let kinds: Vec<&str> = [(b'd', "ndistinct"), (b'f', "dependencies"), (b'm', "mcv")]
            .iter()
            .filter(|(letter, _)| row.stxkind.contains(letter))
            .map(|(_, word)| *word)
            .collect();
        if kinds.len() < 3 && row.stxkeys.len() + row.stxexprs.len() > 1 {
            text.push_str(&format!(" ({})", kinds.join(", ")));
        }
        let mut items: Vec<String> =
            row.stxkeys.iter().map(|attnum| self.column_name(row.stxrelid, *attnum)).collect();
        items.extend(row.stxexprs.iter().map(|expr| {
            let source = self.expression_with_few_parentheses(expr, row.stxrelid);
            if looks_like_function(expr) { source } else { format!("({source})") }
        }));
        text.push_str(&format!(
            " ON {} FROM {}",
            items.join(", "),
            self.relation_name(row.stxrelid)
        ));
        text
    }

    /// A constant's text without its type, as PostgreSQL's catalogs show it.
    pub fn constant(&self, constant: &Const) -> String {
        let mut context = Context::new(self, false);
        context.constant(constant, 0);
        context.buf
    }
}

/// Where OLD and NEW of an INSERT … SELECT stand (PostgreSQL: getInsertSelectQuery).
fn insert_select_query(query: &Query) -> &Query {
    let old_or_new = |query: &Query| {
        query.rtable.first().is_some_and(|rte| rte.eref.aliasname == "old" && !rte.in_from_cl)
    };
    let inner = query.rtable.iter().find_map(|rte| match &rte.kind {
        RteKind::Subquery { query, .. } if old_or_new(query) => Some(query.as_ref()),
        _ => None, // only a subquery can hold them
    });
    if old_or_new(query) { query } else { inner.unwrap_or(query) }
}
