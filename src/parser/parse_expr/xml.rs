//! XML expressions (PostgreSQL: transformXmlExpr, transformXmlSerialize, parser/parse_expr.c).

use super::{recurse, recurse_required};
use crate::findings::{PgResult, unknown};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_specific_type, coerce_to_target_type};
use crate::parser::parse_node::ParseState;
use crate::parser::parse_target::figure_colname;
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::name::Name;
use crate::pg::oid::fixed;
use crate::pg::sqlstate as state;

/// PostgreSQL: map_sql_identifier_to_xml_name (utils/adt/xml.c).
fn map_sql_identifier_to_xml_name(ident: &str, fully_escaped: bool) -> Name {
    let mut out = String::with_capacity(ident.len());
    let mut chars = ident.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        let valid = if first {
            c.is_alphabetic() || c == '_'
        } else {
            c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
        };
        if c == ':' && (first || fully_escaped) {
            out.push_str("_x003A_");
        } else if c == '_' && chars.peek() == Some(&'x') {
            out.push_str("_x005F_");
        } else if valid || c == ':' {
            out.push(c);
        } else {
            out.push_str(&format!("_x{:04X}_", u32::from(c)));
        }
        first = false;
    }
    Name::new(&out)
}

/// PostgreSQL: transformXmlExpr.
pub(super) fn transform_xml_expr(pstate: &mut ParseState, x: &tree::XmlExpr) -> PgResult<Expr> {
    let mut named_args = Vec::with_capacity(x.named_args.len());
    let mut arg_names: Vec<Name> = Vec::with_capacity(x.named_args.len());
    for node in &x.named_args {
        let Node::ResTarget(target) = node else { continue };
        let Some(value) = &target.val else { return unknown("an XML value that is not there") };
        let expr = recurse(pstate, value)?;
        let name = match (&target.name, value) {
            (Some(name), _) => map_sql_identifier_to_xml_name(name, false),
            (None, Node::ColumnRef(_)) => {
                map_sql_identifier_to_xml_name(&figure_colname(value, Some(&expr)), true)
            }
            (None, _) => {
                let what = if x.op == XmlExprOp::IsXmlelement { "attribute" } else { "element" };
                let message = format!("unnamed XML {what} value must be a column reference");
                return error_at(state::SYNTAX_ERROR, message, target.location.0);
            }
        };
        if x.op == XmlExprOp::IsXmlelement && arg_names.contains(&name) {
            let message = format!("XML attribute name \"{name}\" appears more than once");
            return error_at(state::SYNTAX_ERROR, message, target.location.0);
        }
        named_args.push(expr);
        arg_names.push(name);
    }
    let mut args = Vec::with_capacity(x.args.len());
    for (i, node) in x.args.iter().enumerate() {
        let expr = recurse(pstate, node)?;
        let wanted = match (x.op, i) {
            (XmlExprOp::IsXmlconcat, _) => Some((fixed::XMLOID, "XMLCONCAT")),
            (XmlExprOp::IsXmlelement | XmlExprOp::IsXmlserialize, _) => None,
            (XmlExprOp::IsXmlforest, _) => Some((fixed::XMLOID, "XMLFOREST")),
            (XmlExprOp::IsXmlparse, 0) => Some((fixed::TEXTOID, "XMLPARSE")),
            (XmlExprOp::IsXmlparse, _) => Some((fixed::BOOLOID, "XMLPARSE")),
            (XmlExprOp::IsXmlpi, _) => Some((fixed::TEXTOID, "XMLPI")),
            (XmlExprOp::IsXmlroot, 0) => Some((fixed::XMLOID, "XMLROOT")),
            (XmlExprOp::IsXmlroot, 1) => Some((fixed::TEXTOID, "XMLROOT")),
            (XmlExprOp::IsXmlroot, _) => Some((fixed::INT4OID, "XMLROOT")),
            (XmlExprOp::IsDocument, _) => Some((fixed::XMLOID, "IS DOCUMENT")),
        };
        args.push(match wanted {
            Some((typid, construct)) => coerce_to_specific_type(pstate, expr, typid, construct)?,
            None => expr,
        });
    }
    Ok(Expr::XmlExpr(Box::new(XmlExpr {
        op: x.op,
        name: x.name.as_deref().map(|name| map_sql_identifier_to_xml_name(name, false)),
        named_args,
        arg_names,
        args,
        xmloption: x.xmloption,
        indent: x.indent,
        type_id: fixed::XMLOID,
        typmod: -1,
        location: x.location,
    })))
}

/// PostgreSQL: transformXmlSerialize.
pub(super) fn transform_xml_serialize(
    pstate: &mut ParseState,
    x: &tree::XmlSerialize,
) -> PgResult<Expr> {
    let expr = recurse_required(pstate, &x.expr)?;
    let arg = coerce_to_specific_type(pstate, expr, fixed::XMLOID, "XMLSERIALIZE")?;
    let Some(type_name) = &x.type_name else { return unknown("XMLSERIALIZE without a type") };
    let (type_id, typmod) = typename_type_id_and_mod(&pstate.shared, type_name)?;
    let serialized = Expr::XmlExpr(Box::new(XmlExpr {
        op: XmlExprOp::IsXmlserialize,
        name: None,
        named_args: Vec::new(),
        arg_names: Vec::new(),
        args: vec![arg],
        xmloption: x.xmloption,
        indent: x.indent,
        type_id,
        typmod,
        location: x.location,
    }));
    let result = coerce_to_target_type(
        pstate,
        serialized,
        fixed::TEXTOID,
        type_id,
        typmod,
        CoercionContext::CoercionImplicit,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    match result {
        Some(result) => Ok(result),
        None => {
            let typname = pstate.shared.format_type(type_id);
            let message = format!("cannot cast XMLSERIALIZE result to {typname}");
            error_at(state::CANNOT_COERCE, message, x.location.0)
        }
    }
}
