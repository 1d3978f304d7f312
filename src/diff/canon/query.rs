//! One canonical spelling for each query.

use super::{Canon, Scope, entries};
use crate::nodes::primnodes::{
    CmdType, CommonTableExpr, Expr, GroupingSet, JoinTreeNode, JoinType, LimitOption, Query,
    RangeTblFunction, RteKind, SetOpNode, SetOperation, SortGroupClause, TableFunc, TargetEntry,
};
use crate::pg::name::quote_identifier;

impl<'a> Canon<'a> {
    /// The query's spelling; with `named` its columns' names are part of it.
    pub(super) fn query(&mut self, query: &'a Query, named: bool) -> String {
        self.scopes.push(Scope { entries: entries(self.names, &query.rtable), query: Some(query) });
        let mut text = String::new();
        for cte in &query.cte_list {
            text.push_str(&self.cte(cte));
        }
        text.push_str(&match query.command_type {
            CmdType::CmdSelect => self.select(query, named),
            CmdType::CmdInsert | CmdType::CmdUpdate | CmdType::CmdDelete | CmdType::CmdMerge => {
                self.modification(query)
            }
            CmdType::CmdUtility | CmdType::CmdNothing | CmdType::CmdUnknown => {
                format!("{:?}", query.utility)
            }
        });
        self.scopes.pop();
        text
    }

    fn cte(&mut self, cte: &'a CommonTableExpr) -> String {
        let columns: Vec<&str> = cte.ctecolnames.iter().map(|name| name.as_str()).collect();
        let query = self.query(&cte.ctequery, false);
        let mut text = format!(
            "WITH {}({}) {:?} AS ({query}) ",
            quote_identifier(&cte.ctename),
            columns.join(", "),
            cte.ctematerialized
        );
        if let Some(search) = &cte.search_clause {
            let (columns, column) = (&search.search_col_list, &search.search_seq_column);
            text.push_str(&format!("SEARCH {} {columns:?} {column} ", search.search_breadth_first));
        }
        if let Some(cycle) = &cte.cycle_clause {
            let (columns, mark) = (&cycle.cycle_col_list, &cycle.cycle_mark_column);
            text.push_str(&format!("CYCLE {columns:?} {mark} {} ", cycle.cycle_path_column));
        }
        text
    }

    fn select(&mut self, query: &'a Query, named: bool) -> String {
        let mut text = match &query.set_operations {
            Some(operation) => self.set_operation(
                &operation.op,
                operation.all,
                &operation.larg,
                &operation.rarg,
                query,
            ),
            None => self.plain_select(query, named),
        };
        text.push_str(&self.sort_clause(&query.sort_clause, &query.target_list, " ORDER BY "));
        text.push_str(&self.option(&query.limit_offset, " OFFSET "));
        text.push_str(&self.option(&query.limit_count, " LIMIT "));
        if query.limit_option == LimitOption::LimitOptionWithTies {
            text.push_str(" WITH TIES");
        }
        for mark in query.row_marks.iter().filter(|mark| !mark.pushed_down) {
            text.push_str(&format!(
                " FOR {:?} {:?} OF {}",
                mark.strength, mark.wait_policy, mark.rti
            ));
        }
        text
    }

    fn plain_select(&mut self, query: &'a Query, named: bool) -> String {
        let mut text = "SELECT ".to_string();
        if query.has_distinct_on {
            let on = self.sort_clause(&query.distinct_clause, &query.target_list, "");
            text.push_str(&format!("DISTINCT ON ({on}) "));
        } else if !query.distinct_clause.is_empty() {
            text.push_str("DISTINCT ");
        }
        text.push_str(&self.targets(&query.target_list, named));
        text.push_str(&self.sources_and_filter(query));
        if !query.grouping_sets.is_empty() {
            let sets: Vec<String> =
                query.grouping_sets.iter().map(|set| self.grouping_set(set, query)).collect();
            text.push_str(&format!(" GROUP BY {}", sets.join(", ")));
        } else if !query.group_clause.is_empty() {
            let mut keys: Vec<String> = query
                .group_clause
                .iter()
                .map(|clause| self.sorted_expr(clause, &query.target_list))
                .collect();
            keys.sort(); // GROUP BY a, b means GROUP BY b, a
            text.push_str(&format!(" GROUP BY {}", keys.join(", ")));
        }
        text.push_str(&self.option(&query.having_qual, " HAVING "));
        text
    }

    fn sources_and_filter(&mut self, query: &'a Query) -> String {
        let mut text = String::new();
        let from: Vec<String> =
            query.jointree.fromlist.iter().map(|node| self.join_tree(node, query)).collect();
        if !from.is_empty() {
            text.push_str(&format!(" FROM {}", from.join(", ")));
        }
        text.push_str(&self.option(&query.jointree.quals, " WHERE "));
        text
    }

    fn targets(&mut self, targets: &'a [TargetEntry], named: bool) -> String {
        let parts: Vec<String> = targets
            .iter()
            .filter(|target| !target.resjunk)
            .map(|target| {
                let expr = self.expr(&target.expr);
                match &target.resname {
                    Some(name) if named => format!("{expr} AS {}", quote_identifier(name)),
                    _ => expr, // the names are compared as the view's columns
                }
            })
            .collect();
        parts.join(", ")
    }

    fn join_tree(&mut self, node: &'a JoinTreeNode, query: &'a Query) -> String {
        match node {
            JoinTreeNode::RangeTblRef(index) => self.range_table_entry(*index, query),
            JoinTreeNode::Join(join) => {
                let (left, right) =
                    (self.join_tree(&join.larg, query), self.join_tree(&join.rarg, query));
                let word = match join.jointype {
                    JoinType::JoinInner => "JOIN",
                    JoinType::JoinLeft => "LEFT JOIN",
                    JoinType::JoinFull => "FULL JOIN",
                    JoinType::JoinRight => "RIGHT JOIN",
                    JoinType::JoinSemi
                    | JoinType::JoinAnti
                    | JoinType::JoinRightSemi
                    | JoinType::JoinRightAnti
                    | JoinType::JoinUniqueOuter
                    | JoinType::JoinUniqueInner => "PLANNED JOIN",
                };
                let quals = self.option(&join.quals, " ON ");
                format!("({left} {word} {right}{quals})")
            }
        }
    }

    fn range_table_entry(&mut self, index: u32, query: &'a Query) -> String {
        let Some(rte) = query.rtable.get((index as usize).wrapping_sub(1)) else {
            return "?".into();
        };
        let lateral = if rte.lateral { "LATERAL " } else { "" };
        let text = match &rte.kind {
            RteKind::Relation { relid, tablesample, .. } => {
                let only = if rte.inh { "" } else { "ONLY " };
                let name = self.names.relation(*relid);
                let sample = tablesample.as_ref().map_or_else(String::new, |sample| {
                    let args = self.list(&sample.args);
                    let repeat = self.option(&sample.repeatable, " REPEATABLE ");
                    let method = self.names.function_name(sample.tsmhandler);
                    format!(" TABLESAMPLE {method}({args}){repeat}")
                });
                format!("{only}{name}{sample}")
            }
            RteKind::Subquery { query, .. } => {
                let renamed = rte.alias.as_ref().filter(|alias| !alias.colnames.is_empty());
                match renamed {
                    Some(_) => format!("({}) AS {:?}", self.query(query, false), rte.eref.colnames),
                    None => format!("({})", self.query(query, true)),
                }
            }
            RteKind::Function { functions, ordinality } => {
                let parts: Vec<String> =
                    functions.iter().map(|function| self.range_function(function)).collect();
                let with = if *ordinality { " WITH ORDINALITY" } else { "" };
                format!("{}{with} AS {:?}", parts.join(", "), rte.eref.colnames)
            }
            RteKind::TableFunc(function) => self.table_func(function),
            RteKind::Values { lists, .. } => {
                let rows: Vec<String> =
                    lists.iter().map(|row| format!("({})", self.list(row))).collect();
                format!("VALUES {} AS {:?}", rows.join(", "), rte.eref.colnames)
            }
            RteKind::Cte { name, .. } | RteKind::NamedTuplestore { name, .. } => {
                quote_identifier(name).into_owned()
            }
            RteKind::Join(_) | RteKind::Result | RteKind::Group { .. } => String::new(),
        };
        format!("{lateral}{text}")
    }

    fn range_function(&mut self, function: &'a RangeTblFunction) -> String {
        let call = self.expr(&function.funcexpr);
        if function.funccolnames.is_empty() {
            return call;
        }
        let types: Vec<String> =
            function.columns.types.iter().map(|oid| self.names.plain_type(*oid)).collect();
        format!("{call} AS ({:?} {})", function.funccolnames, types.join(", "))
    }

    fn table_func(&mut self, function: &'a TableFunc) -> String {
        let document = self.expr(&function.docexpr);
        let row = self.option(&function.rowexpr, " ROW ");
        let passing = self.list(&function.passingvalexprs);
        let mut columns = Vec::new();
        for (at, name) in function.colnames.iter().enumerate() {
            let mut part = |exprs: &'a [Option<Expr>]| {
                exprs.get(at).map_or_else(String::new, |expr| self.option(expr, " "))
            };
            let (path, default) = (part(&function.colexprs), part(&function.coldefexprs));
            let value = part(&function.colvalexprs);
            let kind = function.columns.types.get(at).map(|oid| self.names.plain_type(*oid));
            columns.push(format!("{name} {}{path}{default}{value}", kind.unwrap_or_default()));
        }
        format!(
            "{:?}({document}{row} PASSING {passing} COLUMNS {})",
            function.functype,
            columns.join(", ")
        )
    }

    fn set_operation(
        &mut self,
        op: &SetOperation,
        all: bool,
        left: &'a SetOpNode,
        right: &'a SetOpNode,
        query: &'a Query,
    ) -> String {
        let (left, right) = (self.set_branch(left, query), self.set_branch(right, query));
        let word = match op {
            SetOperation::SetopUnion => "UNION",
            SetOperation::SetopIntersect => "INTERSECT",
            SetOperation::SetopExcept => "EXCEPT",
            SetOperation::SetopNone => "",
        };
        format!("({left} {word}{} {right})", if all { " ALL" } else { "" })
    }

    fn set_branch(&mut self, node: &'a SetOpNode, query: &'a Query) -> String {
        match node {
            SetOpNode::RangeTblRef(index) => {
                let rte = query.rtable.get((*index as usize).wrapping_sub(1));
                match rte.map(|rte| &rte.kind) {
                    Some(RteKind::Subquery { query, .. }) => self.query(query, false),
                    _ => "?".to_string(), // branches are subqueries
                }
            }
            SetOpNode::Op(operation) => self.set_operation(
                &operation.op,
                operation.all,
                &operation.larg,
                &operation.rarg,
                query,
            ),
        }
    }

    /// Sort keys with their directions.
    pub(super) fn sort_clause(
        &mut self,
        clauses: &'a [SortGroupClause],
        targets: &'a [TargetEntry],
        before: &str,
    ) -> String {
        if clauses.is_empty() {
            return String::new();
        }
        let keys: Vec<String> = clauses
            .iter()
            .map(|clause| {
                let expr = self.sorted_expr(clause, targets);
                let operator = self.names.operator(clause.sortop);
                let nulls = if clause.nulls_first { " NULLS FIRST" } else { "" };
                let direction = match operator.as_str() {
                    "<" | "?" => String::new(),
                    ">" => " DESC".to_string(),
                    other => format!(" USING {other}"),
                };
                format!("{expr}{direction}{nulls}")
            })
            .collect();
        format!("{before}{}", keys.join(", "))
    }

    fn sorted_expr(&mut self, clause: &SortGroupClause, targets: &'a [TargetEntry]) -> String {
        let target =
            targets.iter().find(|target| target.ressortgroupref == clause.tle_sort_group_ref);
        target.map_or_else(|| "?".to_string(), |target| self.expr(&target.expr))
    }

    fn grouping_set(&mut self, set: &GroupingSet, query: &'a Query) -> String {
        let keys: Vec<String> = set
            .refs
            .iter()
            .map(|reference| {
                let target =
                    query.target_list.iter().find(|target| target.ressortgroupref == *reference);
                target.map_or_else(|| "?".to_string(), |target| self.expr(&target.expr))
            })
            .collect();
        let inner: Vec<String> =
            set.content.iter().map(|inner| self.grouping_set(inner, query)).collect();
        format!("{:?}({}{})", set.kind, keys.join(", "), inner.join(", "))
    }

    /// What stands in OVER (…) of the window with this number.
    pub(super) fn window_of(&mut self, winref: u32) -> String {
        let Some(query) = self.scopes.last().and_then(|scope| scope.query) else {
            return "?".into();
        };
        let Some(window) = query.window_clause.iter().find(|window| window.winref == winref) else {
            return "?".to_string();
        };
        let partition =
            self.sort_clause(&window.partition_clause, &query.target_list, "PARTITION BY ");
        let order = self.sort_clause(&window.order_clause, &query.target_list, " ORDER BY ");
        let start = self.option(&window.start_offset, " FROM ");
        let end = self.option(&window.end_offset, " TO ");
        format!("{partition}{order} FRAME {}{start}{end}", window.frame_options)
    }

    fn modification(&mut self, query: &'a Query) -> String {
        let target = (query.result_relation as usize).wrapping_sub(1);
        let target = query.rtable.get(target).map(|rte| match &rte.kind {
            RteKind::Relation { relid, .. } => self.names.relation(*relid),
            _ => "?".to_string(), // only relations are written to
        });
        let mut text = format!("{:?} {}", query.command_type, target.unwrap_or_default());
        for entry in &query.target_list {
            let name = entry.resname.as_ref().map_or("", |name| name.as_str());
            text.push_str(&format!(" {name} = {},", self.expr(&entry.expr)));
        }
        text.push_str(&self.sources_and_filter(query));
        text.push_str(&self.option(&query.merge_join_condition, " ON "));
        for action in &query.merge_action_list {
            let qual = self.option(&action.qual, " AND ");
            let targets = self.targets(&action.target_list, true);
            text.push_str(&format!(
                " WHEN {:?}{qual} {:?} {targets}",
                action.match_kind, action.command_type
            ));
        }
        if let Some(conflict) = &query.on_conflict {
            let elements: Vec<String> =
                conflict.arbiter_elems.iter().map(|element| self.expr(&element.expr)).collect();
            let set = self.targets(&conflict.on_conflict_set, true);
            let (arbiter, only) = (
                self.option(&conflict.arbiter_where, " WHERE "),
                self.option(&conflict.on_conflict_where, " WHERE "),
            );
            text.push_str(&format!(
                " ON CONFLICT ({}){arbiter} {:?} {set}{only}",
                elements.join(", "),
                conflict.action
            ));
        }
        if !query.returning_list.is_empty() {
            text.push_str(&format!(" RETURNING {}", self.targets(&query.returning_list, true)));
        }
        text
    }
}
