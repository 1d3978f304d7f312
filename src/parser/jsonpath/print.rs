//! A jsonpath as text (PostgreSQL: printJsonPathItem, utils/adt/jsonpath.c).

use super::{Item, Operator, Path};
use crate::parser::literals::escape_json;

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Or => "||",
        Operator::And => "&&",
        Operator::Equal => "==",
        Operator::NotEqual => "!=",
        Operator::Less => "<",
        Operator::Greater => ">",
        Operator::LessOrEqual => "<=",
        Operator::GreaterOrEqual => ">=",
        Operator::StartsWith => "starts with",
        Operator::Add => "+",
        Operator::Sub => "-",
        Operator::Mul => "*",
        Operator::Div => "/",
        Operator::Mod => "%",
    }
}

/// PostgreSQL: operationPriority.
fn priority(item: &Item) -> u8 {
    match item {
        Item::Binary(Operator::Or, ..) => 0,
        Item::Binary(Operator::And, ..) => 1,
        Item::Binary(Operator::Add | Operator::Sub, ..) => 3,
        Item::Binary(Operator::Mul | Operator::Div | Operator::Mod, ..) => 4,
        Item::Binary(..) => 2,
        Item::Unary(..) => 5,
        _ => 6, // what is no operation
    }
}

/// Prints the path; `in_key` when it stands behind another, `brackets` when an operation is to be enclosed.
pub(super) fn print_path(path: &Path, in_key: bool, brackets: bool, out: &mut String) {
    let has_next = !path.next.is_empty();
    match &path.head {
        Item::Numeric(number) if has_next => {
            out.push('(');
            out.push_str(number);
            out.push(')');
        }
        head => print_item(head, in_key, brackets, out), // everything else stands alone
    }
    for item in &path.next {
        print_item(item, true, true, out);
    }
}

fn operand(path: &Path, of: &Item, out: &mut String) {
    print_path(path, false, priority(&path.head) <= priority(of), out);
}

fn print_item(item: &Item, in_key: bool, brackets: bool, out: &mut String) {
    let dot = if in_key { "." } else { "" };
    let bracket = |out: &mut String, text: char| {
        if brackets {
            out.push(text);
        }
    };
    match item {
        Item::Null => out.push_str("null"),
        Item::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Item::String(text) => escape_json(text, out),
        Item::Numeric(number) => out.push_str(number),
        Item::Variable(name) => {
            out.push('$');
            escape_json(name, out);
        }
        Item::Root => out.push('$'),
        Item::Current => out.push('@'),
        Item::Last => out.push_str("last"),
        Item::Key(key) => {
            out.push_str(dot);
            escape_json(key, out);
        }
        Item::AnyKey => {
            out.push_str(dot);
            out.push('*');
        }
        Item::AnyArray => out.push_str("[*]"),
        Item::IndexArray(subscripts) => {
            out.push('[');
            for (i, (from, to)) in subscripts.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                print_path(from, false, false, out);
                if let Some(to) = to {
                    out.push_str(" to ");
                    print_path(to, false, false, out);
                }
            }
            out.push(']');
        }
        Item::Any(first, last) => {
            out.push_str(dot);
            out.push_str(&match (first, last) {
                (Some(0), None) => "**".to_string(),
                (None, None) => "**{last}".to_string(),
                (Some(first), Some(last)) if first == last => format!("**{{{first}}}"),
                (None, Some(last)) => format!("**{{last to {last}}}"),
                (Some(first), None) => format!("**{{{first} to last}}"),
                (Some(first), Some(last)) => format!("**{{{first} to {last}}}"),
            });
        }
        Item::Method(name) => out.push_str(&format!(".{name}()")),
        Item::Decimal(arguments) => out.push_str(&format!(".decimal({})", arguments.join(","))),
        Item::Datetime(name, argument) => {
            out.push_str(&format!(".{name}("));
            if let Some(argument) = argument {
                print_item(argument, false, false, out);
            }
            out.push(')');
        }
        Item::Filter(arg) => enclosed("?(", arg, ")", out),
        Item::Exists(arg) => enclosed("exists (", arg, ")", out),
        Item::Not(arg) => enclosed("!(", arg, ")", out),
        Item::IsUnknown(arg) => enclosed("(", arg, ") is unknown", out),
        Item::Unary(sign, arg) => {
            bracket(out, '(');
            out.push(*sign);
            operand(arg, item, out);
            bracket(out, ')');
        }
        Item::Binary(operator, left, right) => {
            bracket(out, '(');
            operand(left, item, out);
            out.push_str(&format!(" {} ", symbol(*operator)));
            operand(right, item, out);
            bracket(out, ')');
        }
        Item::LikeRegex(arg, pattern, flags) => {
            bracket(out, '(');
            operand(arg, item, out);
            out.push_str(" like_regex ");
            escape_json(pattern, out);
            if !flags.is_empty() {
                let shown: String = "ismxq".chars().filter(|f| flags.contains(*f)).collect();
                out.push_str(&format!(" flag \"{shown}\""));
            }
            bracket(out, ')');
        }
    }
}

fn enclosed(before: &str, arg: &Path, after: &str, out: &mut String) {
    out.push_str(before);
    print_path(arg, false, false, out);
    out.push_str(after);
}
