//! The jsonpath type: its text read, checked, printed, and whether a path gives the same at all times (PostgreSQL:
//! utils/adt/jsonpath.c, jsonpath_scan.l, jsonpath_gram.y).

mod gram;
mod print;
mod scan;

use crate::catalog::Catalog;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::Expr;
use crate::pg::name::Name;
use crate::pg::oid::fixed;
use crate::pg::sqlstate as state;
use crate::pg::version::Version;

/// A path: what it starts with, and what is reached from there.
#[derive(Debug, Clone, PartialEq)]
struct Path {
    head: Item,
    next: Vec<Item>,
}

/// PostgreSQL: JsonPathItemType.
#[derive(Debug, Clone, PartialEq)]
enum Item {
    Null,
    Bool(bool),
    String(String),
    Numeric(String),
    Variable(String),
    Root,
    Current,
    Last,
    Key(String),
    AnyKey,
    AnyArray,
    IndexArray(Vec<(Path, Option<Path>)>),
    /// `.**{first to last}`; None is `last`.
    Any(Option<u32>, Option<u32>),
    /// A method without arguments, by its name.
    Method(&'static str),
    Decimal(Vec<String>),
    /// A method about dates and times, with its precision or template.
    Datetime(&'static str, Option<Box<Item>>),
    Filter(Box<Path>),
    Exists(Box<Path>),
    Not(Box<Path>),
    IsUnknown(Box<Path>),
    /// `+` or `-` before an expression.
    Unary(char, Box<Path>),
    Binary(Operator, Box<Path>, Box<Path>),
    LikeRegex(Box<Path>, String, String),
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    StartsWith,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

impl Operator {
    fn is_comparison(self) -> bool {
        use Operator::*;
        matches!(self, Equal | NotEqual | Less | Greater | LessOrEqual | GreaterOrEqual)
    }
}

/// How deep a path may nest before it is believed unread.
const MAX_DEPTH: u32 = 500;

/// Reads a path; None when it nests too deep to be read here.
fn read(text: &str, version: Version) -> PgResult<Option<(bool, Path)>> {
    let mut parser = gram::Parser::new(text, version)?;
    let Some((strict, path)) = parser.path(text)? else { return Ok(None) };
    check_path(&path, 0, false)?;
    Ok(Some((strict, path)))
}

/// The path as jsonpath prints it; None when it is not read here (PostgreSQL: jsonpath_in, jsonpath_out).
pub fn jsonpath_in(text: &str, version: Version) -> PgResult<Option<String>> {
    Ok(read(text, version)?.map(|(strict, path)| {
        let mut out = String::from(if strict { "strict " } else { "" });
        print::print_path(&path, false, true, &mut out);
        out
    }))
}

/// Where `@` and `last` may stand (PostgreSQL: flattenJsonPathParseItem).
fn check_path(path: &Path, nesting: u32, in_subscript: bool) -> PgResult<()> {
    for item in std::iter::once(&path.head).chain(&path.next) {
        match item {
            Item::Current if nesting == 0 => {
                let message = "@ is not allowed in root expressions";
                return Err(PgError::new(state::SYNTAX_ERROR, message).into());
            }
            Item::Last if !in_subscript => {
                let message = "LAST is allowed only in array subscripts";
                return Err(PgError::new(state::SYNTAX_ERROR, message).into());
            }
            Item::Filter(arg) => check_path(arg, nesting + 1, in_subscript)?,
            Item::Exists(arg)
            | Item::Not(arg)
            | Item::IsUnknown(arg)
            | Item::Unary(_, arg)
            | Item::LikeRegex(arg, ..) => check_path(arg, nesting, in_subscript)?,
            Item::Binary(_, left, right) => {
                check_path(left, nesting, in_subscript)?;
                check_path(right, nesting, in_subscript)?;
            }
            Item::IndexArray(subscripts) => {
                for (from, to) in subscripts {
                    check_path(from, nesting, true)?;
                    if let Some(to) = to {
                        check_path(to, nesting, true)?;
                    }
                }
            }
            _ => {} // nothing stands inside
        }
    }
    Ok(())
}

/// What is known of a value's being a date or a time (PostgreSQL: JsonPathDatatypeStatus).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    NonDateTime,
    UnknownDateTime,
    Zoned,
    NonZoned,
}

/// PostgreSQL: JsonPathMutableContext.
struct MutableContext<'a> {
    names: &'a [Name],
    values: &'a [Expr],
    current: Status,
    lax: bool,
    mutable: bool,
}

/// Whether what the path gives depends on the time zone (PostgreSQL: jspIsMutable).
pub fn is_mutable(text: &str, catalog: &Catalog, names: &[Name], values: &[Expr]) -> bool {
    let Ok(Some((strict, path))) = read(text, catalog.version()) else { return true };
    let mut context = MutableContext {
        names,
        values,
        current: Status::NonDateTime,
        lax: !strict,
        mutable: false,
    };
    context.walk(&path);
    context.mutable
}

impl MutableContext<'_> {
    /// PostgreSQL: jspIsMutableWalker.
    fn walk(&mut self, path: &Path) -> Status {
        let mut status = Status::NonDateTime;
        for item in std::iter::once(&path.head).chain(&path.next) {
            if self.mutable {
                break;
            }
            status = self.step(item, status);
        }
        status
    }

    fn step(&mut self, item: &Item, status: Status) -> Status {
        match item {
            Item::Current => self.current,
            Item::Filter(arg) => {
                let before = std::mem::replace(&mut self.current, status);
                self.walk(arg);
                self.current = before;
                status
            }
            Item::Variable(name) => self.variable(name),
            Item::Binary(operator, left, right) => {
                let (left, right) = (self.walk(left), self.walk(right));
                let dates = left != Status::NonDateTime && right != Status::NonDateTime;
                let differ = left == Status::UnknownDateTime
                    || right == Status::UnknownDateTime
                    || left != right;
                self.mutable |= operator.is_comparison() && dates && differ;
                status
            }
            Item::Not(arg)
            | Item::IsUnknown(arg)
            | Item::Exists(arg)
            | Item::Unary(_, arg)
            | Item::LikeRegex(arg, ..) => {
                self.walk(arg);
                status
            }
            Item::IndexArray(subscripts) => {
                for (from, to) in subscripts {
                    self.walk(from);
                    if let Some(to) = to {
                        self.walk(to);
                    }
                }
                if self.lax { status } else { Status::NonDateTime }
            }
            Item::AnyArray => {
                if self.lax {
                    status
                } else {
                    Status::NonDateTime
                }
            }
            Item::Any(first, _) if *first == Some(0) => status,
            Item::Datetime("datetime", template) => match template.as_deref() {
                Some(Item::String(template)) if has_time_zone(template) => Status::Zoned,
                Some(Item::String(_)) => Status::NonZoned,
                Some(_) | None => Status::UnknownDateTime,
            },
            Item::Datetime(..) | Item::Method("date") => {
                self.mutable = true;
                Status::NonZoned
            }
            Item::Any(..) | Item::Key(_) | Item::AnyKey | Item::Method(_) | Item::Decimal(_) => {
                Status::NonDateTime
            }
            Item::Root
            | Item::Last
            | Item::Null
            | Item::Bool(_)
            | Item::String(_)
            | Item::Numeric(_) => status,
        }
    }

    fn variable(&self, name: &str) -> Status {
        let found = self.names.iter().zip(self.values).find(|(known, _)| known.as_str() == name);
        match found.map(|(_, value)| expr_type(value)) {
            Some(fixed::DATEOID | fixed::TIMEOID | fixed::TIMESTAMPOID) => Status::NonZoned,
            Some(fixed::TIMETZOID | fixed::TIMESTAMPTZOID) => Status::Zoned,
            Some(_) | None => Status::NonDateTime,
        }
    }
}

/// Whether a template of dates has a time zone's fields (PostgreSQL: datetime_format_has_tz).
fn has_time_zone(template: &str) -> bool {
    let unquoted: String = template.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let upper = unquoted.to_ascii_uppercase();
    upper.contains("TZ") || upper.contains("OF")
}
