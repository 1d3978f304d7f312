//! A walker over the raw nodes that queries are made of (PostgreSQL: raw_expression_tree_walker, nodes/nodeFuncs.c).

use super::tree::*;

/// A raw node that a walker meets; what WITH holds is left to the visitor.
#[derive(Debug, Clone, Copy)]
pub enum RawRef<'n> {
    Node(&'n Node),
    Select(&'n SelectStmt),
    RangeVar(&'n RangeVar),
}

type Visit<'v> = &'v mut dyn FnMut(RawRef<'_>) -> bool;

fn list(nodes: &[Node], f: Visit) -> bool {
    nodes.iter().any(|node| visit(node, f))
}

fn opt(node: &Option<Node>, f: Visit) -> bool {
    node.as_ref().is_some_and(|node| visit(node, f))
}

/// Hands a node to the visitor in its most telling form.
pub fn visit(node: &Node, f: Visit) -> bool {
    match node {
        Node::SelectStmt(select) => f(RawRef::Select(select)),
        Node::RangeVar(relation) => f(RawRef::RangeVar(relation)),
        Node::List(nodes) => list(nodes, f),
        other => f(RawRef::Node(other)),
    }
}

/// Calls `f` on what stands directly below a SELECT, but not on its WITH.
pub fn walk_select(select: &SelectStmt, f: Visit) -> bool {
    list(&select.distinct_clause, f)
        || select
            .into_clause
            .as_ref()
            .is_some_and(|into| into.rel.as_ref().is_some_and(|rel| f(RawRef::RangeVar(rel))))
        || list(&select.target_list, f)
        || list(&select.from_clause, f)
        || opt(&select.where_clause, f)
        || list(&select.group_clause, f)
        || opt(&select.having_clause, f)
        || list(&select.window_clause, f)
        || list(&select.values_lists, f)
        || list(&select.sort_clause, f)
        || opt(&select.limit_offset, f)
        || opt(&select.limit_count, f)
        || list(&select.locking_clause, f)
        || select.larg.as_ref().is_some_and(|s| f(RawRef::Select(s)))
        || select.rarg.as_ref().is_some_and(|s| f(RawRef::Select(s)))
}

fn json_value(value: &Option<Box<JsonValueExpr>>, f: Visit) -> bool {
    value.as_ref().is_some_and(|v| opt(&v.raw_expr, f))
}

fn behavior(behavior: &Option<Box<JsonBehavior>>, f: Visit) -> bool {
    behavior.as_ref().is_some_and(|b| opt(&b.expr, f))
}

fn window(def: &WindowDef, f: Visit) -> bool {
    list(&def.partition_clause, f)
        || list(&def.order_clause, f)
        || opt(&def.start_offset, f)
        || opt(&def.end_offset, f)
}

fn json_agg(agg: &Option<Box<JsonAggConstructor>>, f: Visit) -> bool {
    agg.as_ref().is_some_and(|a| {
        opt(&a.agg_filter, f)
            || list(&a.agg_order, f)
            || a.over.as_ref().is_some_and(|over| window(over, f))
    })
}

fn relation(relation: &Option<Box<RangeVar>>, f: Visit) -> bool {
    relation.as_ref().is_some_and(|rel| f(RawRef::RangeVar(rel)))
}

fn returning(clause: &Option<Box<ReturningClause>>, f: Visit) -> bool {
    clause.as_ref().is_some_and(|c| list(&c.exprs, f))
}

/// Calls `f` on what stands directly below a node, but not on a WITH clause; stops when `f` says true.
pub fn walk_children(node: &Node, f: Visit) -> bool {
    match node {
        Node::List(nodes) => list(nodes, f),
        Node::SelectStmt(n) => walk_select(n, f),
        Node::InsertStmt(n) => {
            relation(&n.relation, f)
                || list(&n.cols, f)
                || opt(&n.select_stmt, f)
                || n.on_conflict_clause.as_ref().is_some_and(|c| {
                    c.infer
                        .as_ref()
                        .is_some_and(|i| list(&i.index_elems, f) || opt(&i.where_clause, f))
                        || list(&c.target_list, f)
                        || opt(&c.where_clause, f)
                })
                || returning(&n.returning_clause, f)
        }
        Node::DeleteStmt(n) => {
            relation(&n.relation, f)
                || list(&n.using_clause, f)
                || opt(&n.where_clause, f)
                || returning(&n.returning_clause, f)
        }
        Node::UpdateStmt(n) => {
            relation(&n.relation, f)
                || list(&n.target_list, f)
                || opt(&n.where_clause, f)
                || list(&n.from_clause, f)
                || returning(&n.returning_clause, f)
        }
        Node::MergeStmt(n) => {
            relation(&n.relation, f)
                || opt(&n.source_relation, f)
                || opt(&n.join_condition, f)
                || list(&n.merge_when_clauses, f)
                || returning(&n.returning_clause, f)
        }
        Node::MergeWhenClause(n) => {
            opt(&n.condition, f) || list(&n.target_list, f) || list(&n.values, f)
        }
        Node::JoinExpr(n) => opt(&n.larg, f) || opt(&n.rarg, f) || opt(&n.quals, f),
        Node::RangeSubselect(n) => opt(&n.subquery, f),
        Node::RangeFunction(n) => list(&n.functions, f),
        Node::RangeTableSample(n) => {
            opt(&n.relation, f) || list(&n.args, f) || opt(&n.repeatable, f)
        }
        Node::RangeTableFunc(n) => {
            opt(&n.docexpr, f)
                || opt(&n.rowexpr, f)
                || list(&n.namespaces, f)
                || list(&n.columns, f)
        }
        Node::RangeTableFuncCol(n) => opt(&n.colexpr, f) || opt(&n.coldefexpr, f),
        Node::SubLink(n) => opt(&n.testexpr, f) || opt(&n.subselect, f),
        Node::ResTarget(n) => list(&n.indirection, f) || opt(&n.val, f),
        Node::MultiAssignRef(n) => opt(&n.source, f),
        Node::AExpr(n) => opt(&n.lexpr, f) || opt(&n.rexpr, f),
        Node::BoolExpr(n) => list(&n.args, f),
        Node::FuncCall(n) => {
            list(&n.args, f)
                || list(&n.agg_order, f)
                || opt(&n.agg_filter, f)
                || n.over.as_ref().is_some_and(|over| window(over, f))
        }
        Node::NamedArgExpr(n) => opt(&n.arg, f),
        Node::AIndices(n) => opt(&n.lidx, f) || opt(&n.uidx, f),
        Node::AIndirection(n) => opt(&n.arg, f) || list(&n.indirection, f),
        Node::AArrayExpr(n) => list(&n.elements, f),
        Node::TypeCast(n) => opt(&n.arg, f),
        Node::CollateClause(n) => opt(&n.arg, f),
        Node::SortBy(n) => opt(&n.node, f),
        Node::WindowDef(n) => window(n, f),
        Node::CaseExpr(n) => opt(&n.arg, f) || list(&n.args, f) || opt(&n.defresult, f),
        Node::CaseWhen(n) => opt(&n.expr, f) || opt(&n.result, f),
        Node::RowExpr(n) => list(&n.args, f),
        Node::CoalesceExpr(n) => list(&n.args, f),
        Node::MinMaxExpr(n) => list(&n.args, f),
        Node::GroupingFunc(n) => list(&n.args, f),
        Node::GroupingSet(n) => list(&n.content, f),
        Node::NullTest(n) => opt(&n.arg, f),
        Node::BooleanTest(n) => opt(&n.arg, f),
        Node::XmlExpr(n) => list(&n.named_args, f) || list(&n.args, f),
        Node::XmlSerialize(n) => opt(&n.expr, f),
        Node::JsonValueExpr(n) => opt(&n.raw_expr, f),
        Node::JsonIsPredicate(n) => opt(&n.expr, f),
        Node::JsonKeyValue(n) => opt(&n.key, f) || json_value(&n.value, f),
        Node::JsonObjectConstructor(n) => list(&n.exprs, f),
        Node::JsonArrayConstructor(n) => list(&n.exprs, f),
        Node::JsonArrayQueryConstructor(n) => opt(&n.query, f),
        Node::JsonParseExpr(n) => json_value(&n.expr, f),
        Node::JsonScalarExpr(n) => opt(&n.expr, f),
        Node::JsonSerializeExpr(n) => json_value(&n.expr, f),
        Node::JsonObjectAgg(n) => {
            json_agg(&n.constructor, f)
                || n.arg.as_ref().is_some_and(|a| opt(&a.key, f) || json_value(&a.value, f))
        }
        Node::JsonArrayAgg(n) => json_agg(&n.constructor, f) || json_value(&n.arg, f),
        Node::JsonArgument(n) => json_value(&n.val, f),
        Node::JsonFuncExpr(n) => {
            json_value(&n.context_item, f)
                || opt(&n.pathspec, f)
                || list(&n.passing, f)
                || behavior(&n.on_empty, f)
                || behavior(&n.on_error, f)
        }
        Node::JsonTable(n) => {
            json_value(&n.context_item, f) || list(&n.passing, f) || list(&n.columns, f)
        }
        Node::JsonTableColumn(n) => {
            behavior(&n.on_empty, f) || behavior(&n.on_error, f) || list(&n.columns, f)
        }
        Node::IndexElem(n) => opt(&n.expr, f),
        Node::LockingClause(n) => list(&n.locked_rels, f),
        _ => false, // no other node holds a query or an expression
    }
}
