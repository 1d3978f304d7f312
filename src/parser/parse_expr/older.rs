//! Words that older versions read as names of functions and columns.

use crate::nodes::accessors::{make_column_ref, make_func_call, make_string};
use crate::nodes::tree::{CoercionForm, JsonExprOp, JsonValueExpr, Node};
use crate::nodes::{ParseLoc, Str};

/// What the grammar of an older version makes of the node; None where it makes the same. What no call can spell is
/// refused by `nodes::grammar` before.
pub(super) fn reading(major: u32, node: &Node) -> Option<Node> {
    let call = |since: u32, name: &str, args: Vec<Node>, location: ParseLoc| {
        (major < since).then(|| function(vec![make_string(name)], args, location))
    };
    let value = |value: &Option<Box<JsonValueExpr>>| -> Vec<Node> {
        value.as_ref().and_then(|value| value.raw_expr.clone()).into_iter().collect()
    };
    match node {
        Node::JsonObjectConstructor(json) if json.exprs.is_empty() => {
            call(16, "json_object", Vec::new(), json.location)
        }
        Node::JsonArrayConstructor(json) => {
            let args = json.exprs.iter().map(|expr| match expr {
                Node::JsonValueExpr(value) => value.raw_expr.clone().unwrap_or(Node::AStar),
                other => other.clone(), // the grammar gives value expressions alone
            });
            call(16, "json_array", args.collect(), json.location)
        }
        Node::JsonArrayAgg(json) => {
            let location = json
                .constructor
                .as_ref()
                .map_or(ParseLoc::NONE, |constructor| constructor.location);
            call(16, "json_arrayagg", value(&json.arg), location)
        }
        Node::JsonParseExpr(json) => call(17, "json", value(&json.expr), json.location),
        Node::JsonScalarExpr(json) => {
            call(17, "json_scalar", json.expr.iter().cloned().collect(), json.location)
        }
        Node::JsonSerializeExpr(json) => {
            call(17, "json_serialize", value(&json.expr), json.location)
        }
        Node::JsonFuncExpr(json) => {
            let name = match json.op {
                JsonExprOp::JsonExistsOp => "json_exists",
                JsonExprOp::JsonQueryOp => "json_query",
                JsonExprOp::JsonValueOp => "json_value",
                JsonExprOp::JsonTableOp => return None,
            };
            let mut args = value(&json.context_item);
            args.extend(json.pathspec.clone());
            call(17, name, args, json.location)
        }
        Node::MergeSupportFunc(merge) => call(17, "merge_action", Vec::new(), merge.location),
        Node::FuncCall(func) if func.funcformat == CoercionForm::CoerceSqlSyntax => {
            let name = func.funcname.last().map_or("", Node::str_val);
            match name {
                "system_user" if major < 16 => {
                    Some(Node::ColumnRef(Box::new(make_column_ref(name, func.location.0))))
                }
                "extract" if major < 14 => {
                    let names =
                        vec![make_string("pg_catalog"), Node::String(Str::new("date_part"))];
                    Some(function(names, func.args.clone(), func.location))
                }
                _ => None, // the other functions with a syntax of their own are as old as 13
            }
        }
        _ => None, // no other expression was read otherwise
    }
}

fn function(funcname: Vec<Node>, args: Vec<Node>, location: ParseLoc) -> Node {
    Node::FuncCall(Box::new(make_func_call(funcname, args, location)))
}
