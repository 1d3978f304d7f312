//! INSERT, UPDATE, DELETE and MERGE, as rules and SQL-standard function bodies hold them.

use super::context::{Context, PRETTYINDENT_STD};
use super::from::only_marker;
use crate::catalog::{PgConstraint, lsyscache};
use crate::nodes::primnodes::*;
use crate::pg::oid::Oid;

impl<'a> Context<'a> {
    fn result_relation(query: &'a Query, index: u32) -> Option<(&'a RangeTblEntry, Oid)> {
        let rte = query.rtable.get((index as usize).checked_sub(1)?)?;
        match &rte.kind {
            RteKind::Relation { relid, .. } => Some((rte, *relid)),
            _ => None, // only relations are written to
        }
    }

    fn begin(&mut self, query: &'a Query) {
        self.with_clause(query);
        if self.pretty_indent {
            self.indent_level += PRETTYINDENT_STD;
            self.put(" ");
        }
    }

    fn where_clause(&mut self, quals: &'a Option<Expr>) {
        if let Some(quals) = quals {
            self.clause(" WHERE ", 1);
            self.rule_expr(quals, false);
        }
    }

    /// PostgreSQL: get_insert_query_def.
    pub(super) fn insert_query(&mut self, query: &'a Query) {
        let Some((rte, relid)) = Self::result_relation(query, query.result_relation) else {
            return;
        };
        self.begin(query);
        let name = self.deparse.relation_name(relid);
        self.put("INSERT INTO ");
        self.put(&name);
        self.rte_alias(rte, query.result_relation, true);
        self.put(" ");
        let stripped = self.insert_columns(&query.target_list, relid);
        self.put(if stripped.is_empty() { "" } else { " " });
        self.put(override_text(query.override_));
        let select = query.rtable.iter().find_map(|rte| match &rte.kind {
            RteKind::Subquery { query, .. } => Some(query),
            _ => None, // INSERT … SELECT has one subquery
        });
        let values = query.rtable.iter().find_map(|rte| match &rte.kind {
            RteKind::Values { lists, .. } => Some(lists),
            _ => None, // a multi-row VALUES is one entry
        });
        match (select, values) {
            (Some(select), _) => self.subquery(select, None, false),
            (None, Some(lists)) => self.values_def(lists),
            (None, None) if stripped.is_empty() => self.put("DEFAULT VALUES"),
            (None, None) => {
                self.clause("VALUES (", 2);
                for (i, value) in stripped.iter().enumerate() {
                    self.put(if i > 0 { ", " } else { "" });
                    self.rule_expr_toplevel(value, false);
                }
                self.put(")");
            }
        }
        if let Some(conflict) = &query.on_conflict {
            self.on_conflict(conflict, relid);
        }
        self.returning(query);
    }

    /// `(a, b[1])`; returns the values without the indirection (PostgreSQL: processIndirection).
    fn insert_columns(&mut self, targets: &'a [TargetEntry], relid: Oid) -> Vec<&'a Expr> {
        let mut values = Vec::new();
        for target in targets.iter().filter(|target| !target.resjunk) {
            self.put(if values.is_empty() { "(" } else { ", " });
            self.target_column(target, relid);
            values.push(self.indirection(&target.expr));
        }
        self.put(if values.is_empty() { "" } else { ")" });
        values
    }

    fn target_column(&mut self, target: &TargetEntry, relid: Oid) {
        let name = lsyscache::get_attname(self.catalog(), relid, target.resno);
        self.put_identifier(name.as_deref().unwrap_or("???"));
    }

    /// PostgreSQL: processIndirection.
    fn indirection(&mut self, expr: &'a Expr) -> &'a Expr {
        match expr {
            Expr::SubscriptingRef(e) => match &e.refassgnexpr {
                Some(value) => {
                    self.subscripts(e);
                    self.indirection(value)
                }
                None => expr,
            },
            Expr::FieldStore(e) => match (e.newvals.as_slice(), e.fieldnums.as_slice()) {
                ([value], [field]) => {
                    let base = lsyscache::get_base_type(self.catalog(), e.resulttype);
                    let relid = lsyscache::get_typ_typrelid(self.catalog(), base);
                    let name = lsyscache::get_attname(self.catalog(), relid, *field);
                    self.put(".");
                    self.put_identifier(name.as_deref().unwrap_or("???"));
                    self.indirection(value)
                }
                _ => expr, // an assignment names one field
            },
            Expr::CoerceToDomain(e)
                if e.coercionformat == CoercionForm::CoerceImplicitCast
                    && matches!(e.arg, Expr::FieldStore(_) | Expr::SubscriptingRef(_)) =>
            {
                self.indirection(&e.arg)
            }
            _ => expr, // a plain value
        }
    }

    fn on_conflict(&mut self, conflict: &'a OnConflictExpr, relid: Oid) {
        self.put(" ON CONFLICT");
        if !conflict.arbiter_elems.is_empty() {
            let saved = std::mem::replace(&mut self.varprefix, false);
            for (i, element) in conflict.arbiter_elems.iter().enumerate() {
                self.put(if i == 0 { "(" } else { ", " });
                self.inference_element(element);
            }
            self.put(")");
            self.where_clause(&conflict.arbiter_where);
            self.varprefix = saved;
        } else if let Some(row) = self.catalog().get::<PgConstraint>(conflict.constraint) {
            self.put(" ON CONSTRAINT ");
            self.put_identifier(&row.conname);
        }
        if conflict.action == OnConflictAction::OnconflictNothing {
            self.put(" DO NOTHING");
            return;
        }
        self.put(" DO UPDATE SET ");
        self.update_targets(&conflict.on_conflict_set, relid);
        self.where_clause(&conflict.on_conflict_where);
    }

    fn inference_element(&mut self, element: &'a InferenceElem) {
        let bare = match &element.expr {
            Expr::Var(_) => true,
            Expr::FuncExpr(call) => call.funcformat == CoercionForm::CoerceExplicitCall,
            _ => false, // any other expression
        };
        self.put(if bare { "" } else { "(" });
        self.rule_expr(&element.expr, false);
        self.put(if bare { "" } else { ")" });
        if element.infercollid.is_valid() {
            let name = self.deparse.collation_name(element.infercollid);
            self.put(" COLLATE ");
            self.put(&name);
        }
        if element.inferopclass.is_valid() {
            let typid = lsyscache::get_opclass_input_type(self.catalog(), element.inferopclass);
            let name = self.deparse.opclass_name(element.inferopclass, Some(typid));
            self.put(&name);
        }
    }

    /// PostgreSQL: get_update_query_def.
    pub(super) fn update_query(&mut self, query: &'a Query) {
        let Some((rte, relid)) = Self::result_relation(query, query.result_relation) else {
            return;
        };
        self.begin(query);
        let name = self.deparse.relation_name(relid);
        self.put("UPDATE ");
        self.put(only_marker(rte));
        self.put(&name);
        self.rte_alias(rte, query.result_relation, false);
        self.put(" SET ");
        self.update_targets(&query.target_list, relid);
        self.from_clause(query, " FROM ");
        self.where_clause(&query.jointree.quals);
        self.returning(query);
    }

    /// PostgreSQL: get_update_query_targetlist_def.
    fn update_targets(&mut self, targets: &'a [TargetEntry], relid: Oid) {
        let multi = |expr: &Expr| matches!(expr, Expr::Param(p) if p.kind == ParamKind::Multiexpr);
        let sublinks = targets.iter().filter(|target| target.resjunk);
        let mut sublinks = sublinks.filter_map(|target| match &target.expr {
            Expr::SubLink(link) if link.sub_link_type == SubLinkType::MultiexprSublink => {
                Some(&target.expr)
            }
            _ => None, // other junk columns are not shown
        });
        let shown: Vec<&'a TargetEntry> = targets.iter().filter(|target| !target.resjunk).collect();
        let mut i = 0;
        while let Some(target) = shown.get(i) {
            self.put(if i > 0 { ", " } else { "" });
            if multi(&target.expr) {
                let mut first = true;
                while let Some(target) = shown.get(i).filter(|t| multi(&t.expr)) {
                    self.put(if first { "(" } else { ", " });
                    first = false;
                    self.target_column(target, relid);
                    i += 1;
                }
                self.put(") = ");
                if let Some(link) = sublinks.next() {
                    self.rule_expr(link, false);
                }
                continue;
            }
            self.target_column(target, relid);
            let value = self.indirection(&target.expr);
            self.put(" = ");
            self.rule_expr(value, false);
            i += 1;
        }
    }

    /// PostgreSQL: get_delete_query_def.
    pub(super) fn delete_query(&mut self, query: &'a Query) {
        let Some((rte, relid)) = Self::result_relation(query, query.result_relation) else {
            return;
        };
        self.begin(query);
        let name = self.deparse.relation_name(relid);
        self.put("DELETE FROM ");
        self.put(only_marker(rte));
        self.put(&name);
        self.rte_alias(rte, query.result_relation, false);
        self.from_clause(query, " USING ");
        self.where_clause(&query.jointree.quals);
        self.returning(query);
    }

    /// PostgreSQL: get_merge_query_def.
    pub(super) fn merge_query(&mut self, query: &'a Query) {
        let Some((rte, relid)) = Self::result_relation(query, query.result_relation) else {
            return;
        };
        self.begin(query);
        let name = self.deparse.relation_name(relid);
        self.put("MERGE INTO ");
        self.put(only_marker(rte));
        self.put(&name);
        self.rte_alias(rte, query.result_relation, false);
        self.from_clause(query, " USING ");
        self.clause(" ON ", 2);
        if let Some(condition) =
            query.merge_join_condition.as_ref().or(query.jointree.quals.as_ref())
        {
            self.rule_expr(condition, false);
        }
        let by_source = query
            .merge_action_list
            .iter()
            .any(|action| action.match_kind == MergeMatchKind::MergeWhenNotMatchedBySource);
        for action in &query.merge_action_list {
            self.merge_action(action, relid, by_source);
        }
        self.returning(query);
    }

    fn merge_action(&mut self, action: &'a MergeAction, relid: Oid, by_source: bool) {
        self.clause(" WHEN ", 2);
        self.put(match action.match_kind {
            MergeMatchKind::MergeWhenMatched => "MATCHED",
            MergeMatchKind::MergeWhenNotMatchedBySource => "NOT MATCHED BY SOURCE",
            MergeMatchKind::MergeWhenNotMatchedByTarget if by_source => "NOT MATCHED BY TARGET",
            MergeMatchKind::MergeWhenNotMatchedByTarget => "NOT MATCHED",
        });
        if let Some(qual) = &action.qual {
            self.clause(" AND ", 3);
            self.rule_expr(qual, false);
        }
        self.clause(" THEN ", 3);
        match action.command_type {
            CmdType::CmdInsert => {
                self.put("INSERT");
                self.put(if action.target_list.is_empty() { "" } else { " " });
                let values = self.insert_columns(&action.target_list, relid);
                if action.override_ != OverridingKind::OverridingNotSet {
                    self.put(" ");
                    self.put(override_text(action.override_).trim_end());
                }
                if values.is_empty() {
                    self.put(" DEFAULT VALUES");
                } else {
                    self.clause(" VALUES (", 4);
                    for (i, value) in values.iter().enumerate() {
                        self.put(if i > 0 { ", " } else { "" });
                        self.rule_expr_toplevel(value, false);
                    }
                    self.put(")");
                }
            }
            CmdType::CmdUpdate => {
                self.put("UPDATE SET ");
                self.update_targets(&action.target_list, relid);
            }
            CmdType::CmdDelete => self.put("DELETE"),
            _ => self.put("DO NOTHING"), // CmdNothing; no other action exists
        }
    }

    /// PostgreSQL: get_returning_clause.
    fn returning(&mut self, query: &'a Query) {
        if query.returning_list.is_empty() {
            return;
        }
        self.clause(" RETURNING", 1);
        let aliases = [("OLD", &query.returning_old_alias), ("NEW", &query.returning_new_alias)];
        let mut first = true;
        for (word, alias) in aliases {
            let Some(alias) = alias.as_ref().filter(|a| !a.eq_ignore_ascii_case(word)) else {
                continue;
            };
            self.put(if first { " WITH (" } else { ", " });
            first = false;
            self.put(word);
            self.put(" AS ");
            self.put_identifier(alias);
        }
        self.put(if first { "" } else { ")" });
        self.target_list = &query.returning_list;
        self.target_list_def(&query.returning_list);
    }
}

fn override_text(kind: OverridingKind) -> &'static str {
    match kind {
        OverridingKind::OverridingNotSet => "",
        OverridingKind::OverridingUserValue => "OVERRIDING USER VALUE ",
        OverridingKind::OverridingSystemValue => "OVERRIDING SYSTEM VALUE ",
    }
}
