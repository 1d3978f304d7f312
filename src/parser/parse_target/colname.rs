//! The name that an output column gets when the query gives none.

use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{
    AExprKind, JsonExprOp, MinMaxOp, Node, SQLValueFunctionOp, SubLinkType, XmlExprOp,
};
use crate::pg::name::Name;

/// The column's name; the analysed expression tells what a subquery's column is called (PostgreSQL: FigureColname).
pub fn figure_colname(node: &Node, analysed: Option<&Expr>) -> Name {
    figure(node, analysed).1.unwrap_or(Name::fixed("?column?"))
}

/// The name for an index column on an expression, None when nothing suggests one (PostgreSQL: FigureIndexColname).
pub fn figure_index_colname(node: &Node) -> Option<Name> {
    figure(node, None).1
}

fn strong(name: &'static str) -> (u8, Option<Name>) {
    (2, Some(Name::fixed(name)))
}

/// How good the name is (0 none, 1 weak, 2 good), and the name (PostgreSQL: FigureColnameInternal).
fn figure(node: &Node, analysed: Option<&Expr>) -> (u8, Option<Name>) {
    let none = (0, None);
    let last_name = |nodes: &[Node]| {
        nodes.iter().rev().find_map(|n| match n {
            Node::String(name) => Some(Name::from(name)),
            _ => None, // a star or a subscript names nothing
        })
    };
    let inner = |node: &Option<Node>| node.as_ref().map_or((0, None), |n| figure(n, analysed));
    match node {
        Node::ColumnRef(n) => match last_name(&n.fields) {
            Some(name) => (2, Some(name)),
            None => none,
        },
        Node::AIndirection(n) => match last_name(&n.indirection) {
            Some(name) => (2, Some(name)),
            None => inner(&n.arg),
        },
        Node::FuncCall(n) => (2, last_name(&n.funcname)),
        Node::AExpr(n) if n.kind == AExprKind::AexprNullif => strong("nullif"),
        Node::TypeCast(n) => {
            let found = inner(&n.arg);
            match n.type_name.as_ref().and_then(|t| last_name(&t.names)) {
                Some(name) if found.0 <= 1 => (1, Some(name)),
                _ => found, // the argument has a good name
            }
        }
        Node::CollateClause(n) => inner(&n.arg),
        Node::GroupingFunc(_) => strong("grouping"),
        Node::MergeSupportFunc(_) => strong("merge_action"),
        Node::SubLink(n) => match n.sub_link_type {
            SubLinkType::ExistsSublink => strong("exists"),
            SubLinkType::ArraySublink => strong("array"),
            SubLinkType::ExprSublink => {
                match analysed.and_then(|expr| sub_link_colname(expr, n.location.0)) {
                    Some(name) => (2, Some(name)),
                    None => none,
                }
            }
            SubLinkType::AllSublink
            | SubLinkType::AnySublink
            | SubLinkType::RowcompareSublink
            | SubLinkType::MultiexprSublink
            | SubLinkType::CteSublink => none,
        },
        Node::CaseExpr(n) => {
            let found = inner(&n.defresult);
            if found.0 <= 1 { (1, Some(Name::fixed("case"))) } else { found }
        }
        Node::AArrayExpr(_) => strong("array"),
        Node::RowExpr(_) => strong("row"),
        Node::CoalesceExpr(_) => strong("coalesce"),
        Node::MinMaxExpr(n) => match n.op {
            MinMaxOp::IsGreatest => strong("greatest"),
            MinMaxOp::IsLeast => strong("least"),
        },
        Node::SQLValueFunction(n) => strong(sql_value_function_name(n.op)),
        Node::XmlExpr(n) => match n.op {
            XmlExprOp::IsXmlconcat => strong("xmlconcat"),
            XmlExprOp::IsXmlelement => strong("xmlelement"),
            XmlExprOp::IsXmlforest => strong("xmlforest"),
            XmlExprOp::IsXmlparse => strong("xmlparse"),
            XmlExprOp::IsXmlpi => strong("xmlpi"),
            XmlExprOp::IsXmlroot => strong("xmlroot"),
            XmlExprOp::IsXmlserialize => strong("xmlserialize"),
            XmlExprOp::IsDocument => none,
        },
        Node::XmlSerialize(_) => strong("xmlserialize"),
        Node::JsonParseExpr(_) => strong("json"),
        Node::JsonScalarExpr(_) => strong("json_scalar"),
        Node::JsonSerializeExpr(_) => strong("json_serialize"),
        Node::JsonObjectConstructor(_) => strong("json_object"),
        Node::JsonArrayConstructor(_) | Node::JsonArrayQueryConstructor(_) => strong("json_array"),
        Node::JsonObjectAgg(_) => strong("json_objectagg"),
        Node::JsonArrayAgg(_) => strong("json_arrayagg"),
        Node::JsonFuncExpr(n) => match n.op {
            JsonExprOp::JsonExistsOp => strong("json_exists"),
            JsonExprOp::JsonQueryOp => strong("json_query"),
            JsonExprOp::JsonValueOp => strong("json_value"),
            JsonExprOp::JsonTableOp => none,
        },
        _ => none, // operators and the rest have no name
    }
}

fn sql_value_function_name(op: SQLValueFunctionOp) -> &'static str {
    match op {
        SQLValueFunctionOp::SvfopCurrentDate => "current_date",
        SQLValueFunctionOp::SvfopCurrentTime | SQLValueFunctionOp::SvfopCurrentTimeN => {
            "current_time"
        }
        SQLValueFunctionOp::SvfopCurrentTimestamp | SQLValueFunctionOp::SvfopCurrentTimestampN => {
            "current_timestamp"
        }
        SQLValueFunctionOp::SvfopLocaltime | SQLValueFunctionOp::SvfopLocaltimeN => "localtime",
        SQLValueFunctionOp::SvfopLocaltimestamp | SQLValueFunctionOp::SvfopLocaltimestampN => {
            "localtimestamp"
        }
        SQLValueFunctionOp::SvfopCurrentRole => "current_role",
        SQLValueFunctionOp::SvfopCurrentUser => "current_user",
        SQLValueFunctionOp::SvfopUser => "user",
        SQLValueFunctionOp::SvfopSessionUser => "session_user",
        SQLValueFunctionOp::SvfopCurrentCatalog => "current_catalog",
        SQLValueFunctionOp::SvfopCurrentSchema => "current_schema",
    }
}

/// What the only column of the subquery at that place is called.
fn sub_link_colname(expr: &Expr, location: i32) -> Option<Name> {
    let mut name = None;
    walk_expr(expr, &mut |e| {
        if let Expr::SubLink(link) = e
            && link.location.0 == location
            && link.sub_link_type == SubLinkType::ExprSublink
        {
            name = link.subselect.target_list.first().and_then(|te| te.resname.clone());
            return true;
        }
        false
    });
    name
}
