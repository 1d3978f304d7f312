//! Small questions to raw nodes, named after PostgreSQL's macros (PostgreSQL: strVal, intVal, makefuncs.c).

use super::tree::{CoercionForm, ColumnRef, FuncCall, Node, TypeName};
use super::{ParseLoc, Str};

impl Node {
    /// The text of a String, Float or BitString; empty for other nodes (PostgreSQL: strVal).
    pub fn str_val(&self) -> &str {
        match self {
            Node::String(s) | Node::Float(s) | Node::BitString(s) => s,
            _ => "", // no other node has text of its own
        }
    }

    /// The value of an Integer (PostgreSQL: intVal).
    pub fn int_val(&self) -> Option<i32> {
        match self {
            Node::Integer(value) => Some(*value),
            _ => None, // no other node is an integer
        }
    }

    /// The members of a List; none for other nodes.
    pub fn list(&self) -> &[Node] {
        match self {
            Node::List(nodes) => nodes,
            _ => &[], // no other node has members
        }
    }
}

/// A String node (PostgreSQL: makeString).
pub fn make_string(text: &str) -> Node {
    Node::String(Str::new(text))
}

/// The type of that name in pg_catalog (PostgreSQL: SystemTypeName).
pub fn system_type_name(name: &str, location: i32) -> TypeName {
    TypeName {
        names: vec![make_string("pg_catalog"), make_string(name)],
        setof: false,
        pct_type: false,
        typmods: Vec::new(),
        typemod: -1,
        array_bounds: Vec::new(),
        location: ParseLoc(location),
    }
}

/// A reference to a column by its bare name (PostgreSQL: makeColumnRef).
pub fn make_column_ref(name: &str, location: i32) -> ColumnRef {
    ColumnRef { fields: vec![make_string(name)], location: ParseLoc(location) }
}

/// A call as it is written by hand (PostgreSQL: makeFuncCall).
pub fn make_func_call(funcname: Vec<Node>, args: Vec<Node>, location: ParseLoc) -> FuncCall {
    FuncCall {
        funcname,
        args,
        agg_order: Vec::new(),
        agg_filter: None,
        over: None,
        agg_within_group: false,
        agg_star: false,
        agg_distinct: false,
        func_variadic: false,
        funcformat: CoercionForm::CoerceExplicitCall,
        location,
    }
}
