//! SELECT and what all queries share (PostgreSQL: get_query_def, get_select_query_def, get_setop_query).

use std::rc::Rc;

use super::context::{Context, PRETTYINDENT_STD, PRETTYINDENT_VAR, simple_quote_literal};
use super::names::Namespace;
use crate::catalog::lsyscache::lookup_type_cache;
use crate::nodes::node_funcs::{
    NodeMut, expr_type, expression_tree_mutator, mutate_expr_deep, mutate_query, query_tree_mutator,
};
use crate::nodes::primnodes::*;
use crate::pg::name::Name;
use crate::pg::oid::fixed;

/// What a query sets in the context while it is printed.
struct Surroundings<'a> {
    result_desc: Option<&'a [Name]>,
    target_list: &'a [TargetEntry],
    window_clause: &'a [WindowClause],
    indent_level: i32,
    varprefix: bool,
    col_names_visible: bool,
    in_group_by: bool,
    var_in_order_by: bool,
}

/// Vars of GROUP BY's own entry replaced by what they stand for, in the query and below (PostgreSQL:
/// flatten_group_exprs, for every query that get_query_def meets).
pub(super) fn flatten_group_exprs(query: &mut Query) {
    let group = query.rtable.iter().enumerate().find_map(|(index, rte)| match &rte.kind {
        RteKind::Group { exprs } => Some((index as u32 + 1, exprs.clone())),
        _ => None, // only that kind matters here
    });
    if let Some((group_index, exprs)) = group {
        mutate_query(query, 0, &mut |expr, depth| {
            let Expr::Var(var) = expr else { return };
            if var.varno != group_index || var.varlevelsup != depth {
                return;
            }
            let index = usize::try_from(var.varattno).ok().and_then(|a| a.checked_sub(1));
            let Some(replacement) = index.and_then(|i| exprs.get(i)) else { return };
            *expr = replacement.clone();
            increment_var_sublevels_up(expr, depth);
        });
    }
    query_tree_mutator(query, 0, &mut |node| {
        flatten_below(node);
        false
    });
}

fn flatten_below(node: NodeMut<'_>) {
    match node {
        NodeMut::Query(query) => flatten_group_exprs(query),
        NodeMut::Expr(expr) => {
            expression_tree_mutator(expr, &mut |child| {
                flatten_below(child);
                false
            });
        }
    }
}

/// PostgreSQL: IncrementVarSublevelsUp.
fn increment_var_sublevels_up(expr: &mut Expr, delta: u32) {
    if delta == 0 {
        return;
    }
    mutate_expr_deep(expr, 0, &mut |e, depth| match e {
        Expr::Var(var) if var.varlevelsup >= depth => var.varlevelsup += delta,
        Expr::Aggref(agg) if agg.agglevelsup >= depth => agg.agglevelsup += delta,
        Expr::GroupingFunc(f) if f.agglevelsup >= depth => f.agglevelsup += delta,
        _ => {} // nothing else knows its level
    });
}

impl<'a> Context<'a> {
    /// Prints a query below the present one.
    pub(super) fn subquery(
        &mut self,
        query: &'a Query,
        result_desc: Option<&'a [Name]>,
        names_visible: bool,
    ) {
        let indent = self.indent_level;
        self.query_def(query, result_desc, names_visible, indent, false);
    }

    /// PostgreSQL: get_query_def. `old_and_new`: a view's query of a version that kept OLD and NEW in its range table.
    pub(super) fn query_def(
        &mut self,
        query: &'a Query,
        result_desc: Option<&'a [Name]>,
        names_visible: bool,
        start_indent: i32,
        old_and_new: bool,
    ) {
        let entries =
            query.rtable.iter().filter(|rte| !matches!(rte.kind, RteKind::Group { .. })).count();
        let nested = !self.namespaces.is_empty();
        let namespace = Namespace::for_query(self.catalog(), query, &self.namespaces);
        self.namespaces.push(Rc::new(namespace));
        let outer = self.exchange(Surroundings {
            result_desc,
            target_list: &[],
            window_clause: &[],
            indent_level: start_indent,
            varprefix: nested || entries != 1 || old_and_new,
            col_names_visible: names_visible,
            in_group_by: false,
            var_in_order_by: false,
        });
        match query.command_type {
            CmdType::CmdSelect => {
                // The result names of a SELECT only are shown.
                self.select_query(query);
            }
            CmdType::CmdUpdate => self.update_query(query),
            CmdType::CmdInsert => self.insert_query(query),
            CmdType::CmdDelete => self.delete_query(query),
            CmdType::CmdMerge => self.merge_query(query),
            CmdType::CmdNothing => self.put("NOTHING"),
            CmdType::CmdUtility | CmdType::CmdUnknown => self.utility_query(query),
        }
        self.exchange(outer);
        self.namespaces.pop();
    }

    /// Sets what holds within a query, and returns what held around it.
    fn exchange(&mut self, new: Surroundings<'a>) -> Surroundings<'a> {
        use std::mem::replace;
        Surroundings {
            result_desc: replace(&mut self.result_desc, new.result_desc),
            target_list: replace(&mut self.target_list, new.target_list),
            window_clause: replace(&mut self.window_clause, new.window_clause),
            indent_level: replace(&mut self.indent_level, new.indent_level),
            varprefix: replace(&mut self.varprefix, new.varprefix),
            col_names_visible: replace(&mut self.col_names_visible, new.col_names_visible),
            in_group_by: replace(&mut self.in_group_by, new.in_group_by),
            var_in_order_by: replace(&mut self.var_in_order_by, new.var_in_order_by),
        }
    }

    /// PostgreSQL: get_with_clause.
    pub(super) fn with_clause(&mut self, query: &'a Query) {
        if query.cte_list.is_empty() {
            return;
        }
        if self.pretty_indent {
            self.indent_level += PRETTYINDENT_STD;
            self.put(" ");
        }
        let mut separator = if query.has_recursive { "WITH RECURSIVE " } else { "WITH " };
        for cte in &query.cte_list {
            self.put(separator);
            separator = ", ";
            self.put_identifier(&cte.ctename);
            if !cte.aliascolnames.is_empty() {
                self.put("(");
                self.put_identifiers(&cte.aliascolnames);
                self.put(")");
            }
            self.put(" AS ");
            self.put(match cte.ctematerialized {
                CTEMaterialize::CTEMaterializeDefault => "",
                CTEMaterialize::CTEMaterializeAlways => "MATERIALIZED ",
                CTEMaterialize::CTEMaterializeNever => "NOT MATERIALIZED ",
            });
            self.put("(");
            self.keyword("", 0, 0, 0);
            self.subquery(&cte.ctequery, None, true);
            self.keyword("", 0, 0, 0);
            self.put(")");
            self.search_and_cycle(cte);
        }
        if self.pretty_indent {
            self.indent_level -= PRETTYINDENT_STD;
            self.keyword("", 0, 0, 0);
        } else {
            self.put(" ");
        }
    }

    fn search_and_cycle(&mut self, cte: &'a CommonTableExpr) {
        if let Some(search) = &cte.search_clause {
            let breadth = search.search_breadth_first;
            self.put(if breadth { " SEARCH BREADTH FIRST BY " } else { " SEARCH DEPTH FIRST BY " });
            self.put_identifiers(&search.search_col_list);
            self.put(" SET ");
            self.put_identifier(&search.search_seq_column);
        }
        if let Some(cycle) = &cte.cycle_clause {
            self.put(" CYCLE ");
            self.put_identifiers(&cycle.cycle_col_list);
            self.put(" SET ");
            self.put_identifier(&cycle.cycle_mark_column);
            let is = |expr: &Expr, text: &str| {
                matches!(expr, Expr::Const(Const { consttype: fixed::BOOLOID, value: Some(Datum::Text(value)), .. })
                    if value.starts_with(text))
            };
            if !(is(&cycle.cycle_mark_value, "t") && is(&cycle.cycle_mark_default, "f")) {
                self.put(" TO ");
                self.rule_expr(&cycle.cycle_mark_value, false);
                self.put(" DEFAULT ");
                self.rule_expr(&cycle.cycle_mark_default, false);
            }
            self.put(" USING ");
            self.put_identifier(&cycle.cycle_path_column);
        }
    }

    /// PostgreSQL: get_select_query_def.
    fn select_query(&mut self, query: &'a Query) {
        self.with_clause(query);
        self.target_list = &query.target_list;
        self.window_clause = &query.window_clause;
        let force_colno = match &query.set_operations {
            Some(operation) => {
                self.setop_operation(operation, query);
                true
            }
            None => {
                self.basic_select_query(query);
                false
            }
        };
        if !query.sort_clause.is_empty() {
            self.clause(" ORDER BY ", 1);
            self.rule_orderby(&query.sort_clause, &query.target_list, force_colno);
        }
        if let Some(offset) = &query.limit_offset {
            self.clause(" OFFSET ", 0);
            self.rule_expr(offset, false);
        }
        if let Some(count) = &query.limit_count {
            if query.limit_option == LimitOption::LimitOptionWithTies {
                self.clause(" FETCH FIRST ", 0);
                self.put("(");
                self.rule_expr(count, false);
                self.put(") ROWS WITH TIES");
            } else {
                self.clause(" LIMIT ", 0);
                match count {
                    Expr::Const(constant) if constant.value.is_none() => self.put("ALL"),
                    _ => self.rule_expr(count, false), // LIMIT ALL is the NULL above
                }
            }
        }
        if query.has_for_update {
            for mark in query.row_marks.iter().filter(|mark| !mark.pushed_down) {
                self.row_mark(mark);
            }
        }
    }

    fn row_mark(&mut self, mark: &RowMarkClause) {
        let word = match mark.strength {
            LockClauseStrength::LcsNone => return,
            LockClauseStrength::LcsForkeyshare => " FOR KEY SHARE",
            LockClauseStrength::LcsForshare => " FOR SHARE",
            LockClauseStrength::LcsFornokeyupdate => " FOR NO KEY UPDATE",
            LockClauseStrength::LcsForupdate => " FOR UPDATE",
        };
        self.clause(word, 0);
        let name = self.namespace(0).and_then(|n| n.name_of(mark.rti).cloned());
        self.put(" OF ");
        self.put_identifier(&name.unwrap_or_default());
        self.put(match mark.wait_policy {
            LockWaitPolicy::LockWaitBlock => "",
            LockWaitPolicy::LockWaitSkip => " SKIP LOCKED",
            LockWaitPolicy::LockWaitError => " NOWAIT",
        });
    }

    /// A clause on a line of its own.
    pub(super) fn clause(&mut self, word: &str, plus: i32) {
        self.keyword(word, -PRETTYINDENT_STD, PRETTYINDENT_STD, plus);
    }

    /// The one VALUES entry that a query selects unchanged (PostgreSQL: get_simple_values_rte).
    fn simple_values(&self, query: &'a Query) -> Option<&'a [Vec<Expr>]> {
        let mut found: Option<(&'a RangeTblEntry, &'a [Vec<Expr>])> = None;
        for rte in &query.rtable {
            match &rte.kind {
                RteKind::Values { lists, .. } if rte.in_from_cl && found.is_none() => {
                    found = Some((rte, lists));
                }
                RteKind::Relation { .. } if !rte.in_from_cl => {}
                _ => return None, // anything else makes it more than VALUES
            }
        }
        let (rte, lists) = found?;
        if query.target_list.len() != rte.eref.colnames.len() {
            return None;
        }
        for (i, target) in query.target_list.iter().enumerate() {
            let shown = self.result_desc.and_then(|names| names.get(i)).or(target.resname.as_ref());
            if target.resjunk || shown != rte.eref.colnames.get(i) {
                return None;
            }
        }
        Some(lists)
    }

    /// PostgreSQL: get_basic_select_query.
    fn basic_select_query(&mut self, query: &'a Query) {
        if self.pretty_indent {
            self.indent_level += PRETTYINDENT_STD;
            self.put(" ");
        }
        if let Some(lists) = self.simple_values(query) {
            self.values_def(lists);
            return;
        }
        self.put(if query.is_return { "RETURN" } else { "SELECT" });
        if !query.distinct_clause.is_empty() {
            if query.has_distinct_on {
                self.put(" DISTINCT ON (");
                self.sort_group_list(&query.distinct_clause, &query.target_list);
                self.put(")");
            } else {
                self.put(" DISTINCT");
            }
        }
        self.target_list_def(&query.target_list);
        self.from_clause(query, " FROM ");
        if let Some(quals) = &query.jointree.quals {
            self.clause(" WHERE ", 1);
            self.rule_expr(quals, false);
        }
        if !query.group_clause.is_empty() || !query.grouping_sets.is_empty() {
            self.clause(" GROUP BY ", 1);
            if query.group_distinct {
                self.put("DISTINCT ");
            }
            let saved = std::mem::replace(&mut self.in_group_by, true);
            if query.grouping_sets.is_empty() {
                self.sort_group_list(&query.group_clause, &query.target_list);
            } else {
                for (i, set) in query.grouping_sets.iter().enumerate() {
                    self.put(if i > 0 { ", " } else { "" });
                    self.grouping_set(set, &query.target_list, true);
                }
            }
            self.in_group_by = saved;
        }
        if let Some(having) = &query.having_qual {
            self.clause(" HAVING ", 0);
            self.rule_expr(having, false);
        }
        self.window_clause_def(query);
    }

    fn sort_group_list(&mut self, list: &'a [SortGroupClause], targets: &'a [TargetEntry]) {
        for (i, clause) in list.iter().enumerate() {
            self.put(if i > 0 { ", " } else { "" });
            self.sort_group_clause(clause.tle_sort_group_ref, targets, false);
        }
    }

    /// PostgreSQL: get_target_list.
    pub(super) fn target_list_def(&mut self, targets: &'a [TargetEntry]) {
        let shown = targets.iter().filter(|target| !target.resjunk);
        for (column, target) in shown.enumerate() {
            self.put(if column == 0 { " " } else { ", " });
            let before = std::mem::take(&mut self.buf);
            let attname = match &target.expr {
                Expr::Var(var) => self.variable(var, 0, true),
                expr => {
                    self.rule_expr(expr, true);
                    (!self.col_names_visible).then(|| Name::fixed("?column?"))
                }
            };
            let described = self.result_desc.and_then(|names| names.get(column));
            if let Some(name) = described.or(target.resname.as_ref())
                && attname.as_ref() != Some(name)
            {
                self.put(" AS ");
                self.put_identifier(name);
            }
            let field = std::mem::replace(&mut self.buf, before);
            if self.pretty_indent {
                if field.starts_with('\n') {
                    self.remove_trailing_spaces();
                } else if column > 0 {
                    self.keyword("", -PRETTYINDENT_STD, PRETTYINDENT_STD, PRETTYINDENT_VAR);
                }
            }
            self.put(&field);
        }
    }

    fn setop_operation(&mut self, operation: &'a SetOperationStmt, query: &'a Query) {
        let nested_left = match &operation.larg {
            SetOpNode::Op(left) => left.op != operation.op || left.all != operation.all,
            SetOpNode::RangeTblRef(_) => false,
        };
        if nested_left {
            self.put("(");
            self.keyword("", PRETTYINDENT_STD, 0, 0);
        }
        self.setop_node(&operation.larg, query);
        if nested_left {
            self.keyword(") ", -PRETTYINDENT_STD, 0, 0);
        } else if self.pretty_indent {
            self.keyword("", 0, 0, 0);
        } else {
            self.put(" ");
        }
        self.put(match operation.op {
            SetOperation::SetopUnion => "UNION ",
            SetOperation::SetopIntersect => "INTERSECT ",
            SetOperation::SetopExcept => "EXCEPT ",
            SetOperation::SetopNone => "",
        });
        self.put(if operation.all { "ALL " } else { "" });
        let nested_right = matches!(operation.rarg, SetOpNode::Op(_));
        let subindent = if nested_right { PRETTYINDENT_STD } else { 0 };
        self.put(if nested_right { "(" } else { "" });
        self.keyword("", subindent, 0, 0);
        let saved = std::mem::replace(&mut self.col_names_visible, false);
        self.setop_node(&operation.rarg, query);
        self.col_names_visible = saved;
        if self.pretty_indent {
            self.indent_level -= subindent;
        }
        if nested_right {
            self.keyword(")", 0, 0, 0);
        }
    }

    /// PostgreSQL: get_setop_query.
    fn setop_node(&mut self, node: &'a SetOpNode, query: &'a Query) {
        let index = match node {
            SetOpNode::Op(operation) => return self.setop_operation(operation, query),
            SetOpNode::RangeTblRef(index) => *index as usize,
        };
        let rte = index.checked_sub(1).and_then(|i| query.rtable.get(i));
        let Some(RteKind::Subquery { query: leaf, .. }) = rte.map(|rte| &rte.kind) else { return };
        let parens = !leaf.cte_list.is_empty()
            || !leaf.sort_clause.is_empty()
            || !leaf.row_marks.is_empty()
            || leaf.limit_offset.is_some()
            || leaf.limit_count.is_some()
            || leaf.set_operations.is_some();
        self.put(if parens { "(" } else { "" });
        let (desc, visible) = (self.result_desc, self.col_names_visible);
        self.subquery(leaf, desc, visible);
        self.put(if parens { ")" } else { "" });
    }

    /// PostgreSQL: get_rule_sortgroupclause.
    fn sort_group_clause(
        &mut self,
        reference: u32,
        targets: &'a [TargetEntry],
        force_colno: bool,
    ) -> Option<&'a Expr> {
        let target = targets.iter().find(|target| target.ressortgroupref == reference)?;
        if force_colno {
            let number = target.resno.to_string();
            self.put(&number);
            return Some(&target.expr);
        }
        match &target.expr {
            Expr::Const(constant) => self.constant(constant, 1),
            Expr::Var(var) => {
                let saved = std::mem::replace(&mut self.var_in_order_by, true);
                self.variable(var, 0, false);
                self.var_in_order_by = saved;
            }
            expr => {
                let parens = matches!(
                    expr,
                    Expr::FuncExpr(_)
                        | Expr::Aggref(_)
                        | Expr::WindowFunc(_)
                        | Expr::JsonConstructorExpr(_)
                );
                self.put(if parens { "(" } else { "" });
                self.rule_expr(expr, true);
                self.put(if parens { ")" } else { "" });
            }
        }
        Some(&target.expr)
    }

    /// PostgreSQL: get_rule_orderby.
    pub(super) fn rule_orderby(
        &mut self,
        order: &'a [SortGroupClause],
        targets: &'a [TargetEntry],
        force_colno: bool,
    ) {
        for (i, clause) in order.iter().enumerate() {
            self.put(if i > 0 { ", " } else { "" });
            let sorted = self.sort_group_clause(clause.tle_sort_group_ref, targets, force_colno);
            let Some(expr) = sorted else { continue };
            let operators = lookup_type_cache(self.catalog(), expr_type(expr));
            if clause.sortop == operators.lt_opr {
                self.put(if clause.nulls_first { " NULLS FIRST" } else { "" });
            } else if clause.sortop == operators.gt_opr {
                self.put(" DESC");
                self.put(if clause.nulls_first { "" } else { " NULLS LAST" });
            } else {
                let name = self.deparse.operator_name(clause.sortop);
                self.put(" USING ");
                self.put(&name);
                self.put(if clause.nulls_first { " NULLS FIRST" } else { " NULLS LAST" });
            }
        }
    }

    /// PostgreSQL: get_rule_groupingset.
    fn grouping_set(&mut self, set: &'a GroupingSet, targets: &'a [TargetEntry], bare: bool) {
        let mut bare_children = true;
        match set.kind {
            GroupingSetKind::Empty => return self.put("()"),
            GroupingSetKind::Simple => {
                let parens = !bare || set.refs.len() != 1;
                self.put(if parens { "(" } else { "" });
                for (i, reference) in set.refs.iter().enumerate() {
                    self.put(if i > 0 { ", " } else { "" });
                    self.sort_group_clause(*reference, targets, false);
                }
                return self.put(if parens { ")" } else { "" });
            }
            GroupingSetKind::Rollup => self.put("ROLLUP("),
            GroupingSetKind::Cube => self.put("CUBE("),
            GroupingSetKind::Sets => {
                self.put("GROUPING SETS (");
                bare_children = false;
            }
        }
        for (i, child) in set.content.iter().enumerate() {
            self.put(if i > 0 { ", " } else { "" });
            self.grouping_set(child, targets, bare_children);
        }
        self.put(")");
    }

    /// PostgreSQL: get_rule_windowclause.
    fn window_clause_def(&mut self, query: &'a Query) {
        let mut first = true;
        for window in &query.window_clause {
            let Some(name) = &window.name else { continue };
            if first {
                self.clause(" WINDOW ", 1);
            } else {
                self.put(", ");
            }
            first = false;
            self.put_identifier(name);
            self.put(" AS ");
            self.rule_windowspec(window, &query.target_list);
        }
    }

    /// PostgreSQL: get_rule_windowspec.
    pub(super) fn rule_windowspec(&mut self, window: &'a WindowClause, targets: &'a [TargetEntry]) {
        self.put("(");
        let mut space = "";
        if let Some(name) = &window.refname {
            self.put_identifier(name);
            space = " ";
        }
        if !window.partition_clause.is_empty() && window.refname.is_none() {
            self.put("PARTITION BY ");
            self.sort_group_list(&window.partition_clause, targets);
            space = " ";
        }
        if !window.order_clause.is_empty() && !window.copied_order {
            self.put(space);
            self.put("ORDER BY ");
            self.rule_orderby(&window.order_clause, targets, false);
            space = " ";
        }
        if window.frame_options & 1 != 0 {
            self.put(space);
            self.frame_options(window);
        }
        self.put(")");
    }

    /// PostgreSQL: get_window_frame_options.
    fn frame_options(&mut self, window: &'a WindowClause) {
        let has = |bit: i32| window.frame_options & bit != 0;
        self.put(match () {
            () if has(0x2) => "RANGE ",
            () if has(0x4) => "ROWS ",
            () => "GROUPS ",
        });
        let between = has(0x10);
        self.put(if between { "BETWEEN " } else { "" });
        if has(0x20) {
            self.put("UNBOUNDED PRECEDING ");
        } else if has(0x200) {
            self.put("CURRENT ROW ");
        } else if let Some(offset) = &window.start_offset {
            self.rule_expr(offset, false);
            self.put(if has(0x800) { " PRECEDING " } else { " FOLLOWING " });
        }
        if between {
            self.put("AND ");
            if has(0x100) {
                self.put("UNBOUNDED FOLLOWING ");
            } else if has(0x400) {
                self.put("CURRENT ROW ");
            } else if let Some(offset) = &window.end_offset {
                self.rule_expr(offset, false);
                self.put(if has(0x1000) { " PRECEDING " } else { " FOLLOWING " });
            }
        }
        if has(0x8000) {
            self.put("EXCLUDE CURRENT ROW ");
        } else if has(0x10000) {
            self.put("EXCLUDE GROUP ");
        } else if has(0x20000) {
            self.put("EXCLUDE TIES ");
        }
        self.remove_trailing_spaces();
    }

    /// PostgreSQL: get_utility_query_def.
    fn utility_query(&mut self, query: &Query) {
        match &query.utility {
            Some(Utility::Notify { channel, payload }) => {
                self.keyword("", 0, PRETTYINDENT_STD, 1);
                self.put("NOTIFY ");
                self.put_identifier(channel);
                if let Some(payload) = payload {
                    self.put(", ");
                    self.put(&simple_quote_literal(payload));
                }
            }
            Some(Utility::Other(tag)) => self.put(tag),
            None => self.put("???"),
        }
    }

    /// PostgreSQL: get_values_def.
    pub(super) fn values_def(&mut self, lists: &'a [Vec<Expr>]) {
        self.put("VALUES ");
        for (i, row) in lists.iter().enumerate() {
            self.put(if i > 0 { ", (" } else { "(" });
            for (j, value) in row.iter().enumerate() {
                self.put(if j > 0 { "," } else { "" });
                self.rule_expr_toplevel(value, false);
            }
            self.put(")");
        }
    }
}
