//! FROM: tables, subqueries, functions, joins, and their aliases (PostgreSQL: get_from_clause).

use super::context::{Context, PRETTYINDENT_JOIN, PRETTYINDENT_STD, PRETTYINDENT_VAR};
use super::names::Columns;
use crate::catalog::{PgProc, lsyscache};
use crate::nodes::primnodes::*;
use crate::pg::oid::fixed;

impl<'a> Context<'a> {
    /// PostgreSQL: get_from_clause.
    pub(super) fn from_clause(&mut self, query: &'a Query, prefix: &str) {
        let mut first = true;
        for node in &query.jointree.fromlist {
            if let JoinTreeNode::RangeTblRef(index) = node {
                let rte = (*index as usize).checked_sub(1).and_then(|i| query.rtable.get(i));
                if !rte.is_some_and(|rte| rte.in_from_cl) {
                    continue;
                }
            }
            if first {
                self.clause(prefix, 2);
                first = false;
                self.from_item(node, query);
                continue;
            }
            self.put(", ");
            let before = std::mem::take(&mut self.buf);
            self.from_item(node, query);
            let item = std::mem::replace(&mut self.buf, before);
            if self.pretty_indent {
                if item.starts_with('\n') {
                    self.remove_trailing_spaces();
                } else {
                    self.keyword("", -PRETTYINDENT_STD, PRETTYINDENT_STD, PRETTYINDENT_VAR);
                }
            }
            self.put(&item);
        }
    }

    /// PostgreSQL: get_from_clause_item.
    fn from_item(&mut self, node: &'a JoinTreeNode, query: &'a Query) {
        match node {
            JoinTreeNode::RangeTblRef(index) => {
                let rte = (*index as usize).checked_sub(1).and_then(|i| query.rtable.get(i));
                if let Some(rte) = rte {
                    self.from_entry(rte, *index);
                }
            }
            JoinTreeNode::Join(join) => self.from_join(join, query),
        }
    }

    fn from_entry(&mut self, rte: &'a RangeTblEntry, index: u32) {
        let Some(namespace) = self.namespace(0) else { return };
        let Some(columns) = namespace.columns_of(index) else { return };
        self.put(if rte.lateral { "LATERAL " } else { "" });
        let mut definition_list = None;
        match &rte.kind {
            RteKind::Relation { relid, .. } => {
                let name = self.from_relation_name(*relid);
                self.put(only_marker(rte));
                self.put(&name);
            }
            RteKind::Subquery { query, .. } => {
                self.put("(");
                self.subquery(query, None, true);
                self.put(")");
            }
            RteKind::Function { functions, ordinality } => {
                definition_list = self.from_functions(functions, *ordinality);
                self.put(if *ordinality { " WITH ORDINALITY" } else { "" });
            }
            RteKind::TableFunc(function) => self.table_func(function),
            RteKind::Values { lists, .. } => {
                self.put("(");
                self.values_def(lists);
                self.put(")");
            }
            RteKind::Cte { name, .. } | RteKind::NamedTuplestore { name, .. } => {
                self.put_identifier(name);
            }
            RteKind::Join(_) | RteKind::Result | RteKind::Group { .. } => {}
        }
        self.rte_alias(rte, index, false);
        match definition_list {
            Some(function) => self.column_definitions(function, Some(columns)),
            None => self.column_alias_list(columns),
        }
        if let RteKind::Relation { tablesample: Some(sample), .. } = &rte.kind {
            let name = self.deparse.function_name(sample.tsmhandler, false);
            self.put(" TABLESAMPLE ");
            self.put(&name);
            self.put(" (");
            self.rule_list(&sample.args, false);
            self.put(")");
            if let Some(seed) = &sample.repeatable {
                self.put(" REPEATABLE (");
                self.rule_expr(seed, false);
                self.put(")");
            }
        }
    }

    /// Qualified also where a WITH query has that name (PostgreSQL: generate_relation_name with namespaces).
    fn from_relation_name(&self, relid: crate::pg::oid::Oid) -> String {
        let name = lsyscache::get_rel_name(self.catalog(), relid);
        let hidden = self
            .namespaces
            .iter()
            .any(|namespace| namespace.ctes.iter().any(|cte| Some(&cte.ctename) == name));
        if hidden {
            self.deparse.qualified_relation_name(relid)
        } else {
            self.deparse.relation_name(relid)
        }
    }

    /// Returns the function whose column definition list comes after the alias.
    fn from_functions(
        &mut self,
        functions: &'a [RangeTblFunction],
        ordinality: bool,
    ) -> Option<&'a RangeTblFunction> {
        if let [only] = functions
            && (only.funccolnames.is_empty() || !ordinality)
        {
            self.rule_expr_funccall(&only.funcexpr, true);
            return (!only.funccolnames.is_empty()).then_some(only);
        }
        let unnest = |function: &RangeTblFunction| match &function.funcexpr {
            Expr::FuncExpr(call) if function.funccolnames.is_empty() => {
                self.catalog().get::<PgProc>(call.funcid).is_some_and(|proc| {
                    proc.proname == "unnest" && proc.proargtypes == [fixed::ANYARRAYOID]
                })
            }
            _ => false, // any other call
        };
        if functions.iter().all(unnest) {
            self.put("UNNEST(");
            let calls = functions.iter().filter_map(|function| match &function.funcexpr {
                Expr::FuncExpr(call) => Some(call),
                _ => None, // checked above
            });
            for (i, arg) in calls.flat_map(|call| call.args.iter()).enumerate() {
                self.put(if i > 0 { ", " } else { "" });
                self.rule_expr(arg, true);
            }
            self.put(")");
            return None;
        }
        self.put("ROWS FROM(");
        for (i, function) in functions.iter().enumerate() {
            self.put(if i > 0 { ", " } else { "" });
            self.rule_expr_funccall(&function.funcexpr, true);
            if !function.funccolnames.is_empty() {
                self.put(" AS ");
                self.column_definitions(function, None);
            }
        }
        self.put(")");
        None
    }

    /// PostgreSQL: get_from_clause_coldeflist.
    fn column_definitions(&mut self, function: &RangeTblFunction, columns: Option<&Columns>) {
        self.put("(");
        for (i, name) in function.funccolnames.iter().enumerate() {
            self.put(if i > 0 { ", " } else { "" });
            let assigned = columns.and_then(|c| c.colnames.get(i)).and_then(Option::as_ref);
            self.put_identifier(assigned.unwrap_or(name));
            self.put(" ");
            self.column_type(&function.columns, i);
            let typid = function.columns.types.get(i).copied().unwrap_or_default();
            let collation = function.columns.collations.get(i).copied().unwrap_or_default();
            if collation.is_valid()
                && collation != lsyscache::get_typcollation(self.catalog(), typid)
            {
                let name = self.deparse.collation_name(collation);
                self.put(" COLLATE ");
                self.put(&name);
            }
        }
        self.put(")");
    }

    /// PostgreSQL: get_rte_alias.
    pub(super) fn rte_alias(&mut self, rte: &RangeTblEntry, index: u32, use_as: bool) {
        let Some(namespace) = self.namespace(0) else { return };
        let Some(refname) = namespace.name_of(index) else { return };
        let print = rte.alias.is_some()
            || namespace.columns_of(index).is_some_and(|columns| columns.print_aliases)
            || match &rte.kind {
                RteKind::Relation { relid, .. } => {
                    lsyscache::get_rel_name(self.catalog(), *relid) != Some(refname)
                }
                RteKind::Function { .. } | RteKind::Subquery { .. } | RteKind::Values { .. } => {
                    true
                }
                RteKind::Cte { name, .. } => name != refname,
                RteKind::Join(_)
                | RteKind::TableFunc(_)
                | RteKind::NamedTuplestore { .. }
                | RteKind::Result
                | RteKind::Group { .. } => false,
            };
        if print {
            self.put(if use_as { " AS " } else { " " });
            self.put_identifier(refname);
        }
    }

    /// PostgreSQL: get_column_alias_list.
    fn column_alias_list(&mut self, columns: &Columns) {
        if columns.print_aliases && !columns.new_colnames.is_empty() {
            self.put("(");
            self.put_identifiers(&columns.new_colnames);
            self.put(")");
        }
    }

    fn from_join(&mut self, join: &'a JoinExpr, query: &'a Query) {
        let Some(namespace) = self.namespace(0) else { return };
        let Some(columns) = namespace.columns_of(join.rtindex) else { return };
        self.put("(");
        self.from_item(&join.larg, query);
        let word = match (join.jointype, &join.quals) {
            (JoinType::JoinInner, None) if join.using_clause.is_empty() => " CROSS JOIN ",
            (JoinType::JoinInner, _) => " JOIN ",
            (JoinType::JoinLeft, _) => " LEFT JOIN ",
            (JoinType::JoinFull, _) => " FULL JOIN ",
            (JoinType::JoinRight, _) => " RIGHT JOIN ",
            _ => " ??? JOIN ", // parse analysis makes no others
        };
        self.keyword(word, -PRETTYINDENT_STD, PRETTYINDENT_STD, PRETTYINDENT_JOIN);
        self.from_item(&join.rarg, query);
        if !join.using_clause.is_empty() {
            self.put(" USING (");
            self.put_identifiers(&columns.using_names);
            self.put(")");
            if let Some(alias) = &join.join_using_alias {
                self.put(" AS ");
                self.put_identifier(&alias.aliasname);
            }
        } else if let Some(quals) = &join.quals {
            self.put(" ON (");
            self.rule_expr(quals, false);
            self.put(")");
        } else if join.jointype != JoinType::JoinInner {
            self.put(" ON TRUE");
        }
        self.put(")");
        if join.alias.is_some() {
            if let Some(name) = namespace.name_of(join.rtindex) {
                self.put(" ");
                self.put_identifier(name);
            }
            self.column_alias_list(columns);
        }
    }
}

/// `ONLY ` where descendants are left out (PostgreSQL: only_marker).
pub(super) fn only_marker(rte: &RangeTblEntry) -> &'static str {
    if rte.inh { "" } else { "ONLY " }
}
