//! The grammar of a jsonpath (PostgreSQL: utils/adt/jsonpath_gram.y).

use super::scan::{Scanner, Token};
use super::{Item, MAX_DEPTH, Operator, Path};
use crate::findings::{PgError, PgResult, Stop};
use crate::parser::literals::numeric_in;
use crate::pg::sqlstate as state;
use crate::pg::version::Version;

/// What a place takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Expression,
    Predicate,
    Either,
}

/// What was read.
enum Read {
    Expression(Path),
    Predicate(Path),
}

pub(super) struct Parser<'t> {
    scanner: Scanner<'t>,
    token: Token,
    depth: u32,
    too_deep: bool,
}

impl From<Item> for Path {
    fn from(head: Item) -> Path {
        Path { head, next: Vec::new() }
    }
}

const METHODS: &[&str] = &[
    "abs", "size", "type", "floor", "double", "ceiling", "keyvalue", "bigint", "boolean", "date",
    "integer", "number", "string",
];

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, version: Version) -> PgResult<Parser<'t>> {
        let mut scanner = Scanner::new(text, version);
        let token = scanner.next()?;
        Ok(Parser { scanner, token, depth: 0, too_deep: false })
    }

    /// The whole: whether it is strict, and the path; None when it nests too deep.
    pub(super) fn path(&mut self, text: &str) -> PgResult<Option<(bool, Path)>> {
        if self.token == Token::End {
            let message = format!("invalid input syntax for type jsonpath: \"{text}\"");
            return Err(PgError::new(state::INVALID_TEXT_REPRESENTATION, message).into());
        }
        let strict = self.is_keyword("strict");
        if strict || self.is_keyword("lax") {
            self.advance()?;
        }
        let result = self.disjunction(Wanted::Either).and_then(|read| {
            if self.token == Token::End { Ok(read) } else { Err(self.unexpected()) }
        });
        match result {
            _ if self.too_deep => Ok(None),
            Ok(Read::Expression(path) | Read::Predicate(path)) => Ok(Some((strict, path))),
            Err(stop) => Err(stop),
        }
    }

    fn unexpected(&self) -> Stop {
        self.scanner.error("syntax error")
    }

    fn advance(&mut self) -> PgResult<Token> {
        let next = self.scanner.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is_special(&self, wanted: char) -> bool {
        self.token == Token::Special(wanted)
    }

    fn is_keyword(&self, wanted: &str) -> bool {
        matches!(&self.token, Token::Keyword(word, _) if *word == wanted)
    }

    fn expect(&mut self, wanted: char) -> PgResult<()> {
        if !self.is_special(wanted) {
            return Err(self.unexpected());
        }
        self.advance().map(drop)
    }

    fn expression(&mut self) -> PgResult<Path> {
        match self.disjunction(Wanted::Expression)? {
            Read::Expression(path) => Ok(path),
            Read::Predicate(_) => Err(self.unexpected()),
        }
    }

    fn predicate(&mut self) -> PgResult<Path> {
        match self.disjunction(Wanted::Predicate)? {
            Read::Predicate(path) => Ok(path),
            Read::Expression(_) => Err(self.unexpected()),
        }
    }

    fn disjunction(&mut self, wanted: Wanted) -> PgResult<Read> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
            return Err(self.unexpected());
        }
        let mut left = self.conjunction(wanted)?;
        while let Read::Predicate(path) = left {
            if self.token != Token::Or {
                left = Read::Predicate(path);
                break;
            }
            self.advance()?;
            let Read::Predicate(right) = self.conjunction(Wanted::Predicate)? else {
                return Err(self.unexpected());
            };
            left = Read::Predicate(binary(Operator::Or, path, right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self, wanted: Wanted) -> PgResult<Read> {
        let mut left = self.unit(wanted)?;
        while let Read::Predicate(path) = left {
            if self.token != Token::And {
                left = Read::Predicate(path);
                break;
            }
            self.advance()?;
            let Read::Predicate(right) = self.unit(Wanted::Predicate)? else {
                return Err(self.unexpected());
            };
            left = Read::Predicate(binary(Operator::And, path, right));
        }
        Ok(left)
    }

    /// A predicate without AND and OR, or an expression.
    fn unit(&mut self, wanted: Wanted) -> PgResult<Read> {
        if wanted != Wanted::Expression {
            if self.token == Token::Not {
                self.advance()?;
                let arg = if self.is_keyword("exists") {
                    self.exists()?
                } else {
                    self.expect('(')?;
                    let arg = self.predicate()?;
                    self.expect(')')?;
                    arg
                };
                return Ok(Read::Predicate(Item::Not(Box::new(arg)).into()));
            }
            if self.is_keyword("exists") {
                return self.exists().map(Read::Predicate);
            }
        }
        let left = match self.sum()? {
            Read::Predicate(path) if wanted != Wanted::Expression => {
                return Ok(Read::Predicate(path));
            }
            Read::Predicate(_) => return Err(self.unexpected()),
            Read::Expression(path) => path,
        };
        if wanted == Wanted::Expression {
            return Ok(Read::Expression(left));
        }
        let operator = match &self.token {
            Token::Equal => Some(Operator::Equal),
            Token::NotEqual => Some(Operator::NotEqual),
            Token::Less => Some(Operator::Less),
            Token::Greater => Some(Operator::Greater),
            Token::LessEqual => Some(Operator::LessOrEqual),
            Token::GreaterEqual => Some(Operator::GreaterOrEqual),
            _ => None, // no comparison
        };
        if let Some(operator) = operator {
            self.advance()?;
            let right = self.expression()?;
            return Ok(Read::Predicate(binary(operator, left, right)));
        }
        if self.is_keyword("starts") {
            return self.starts_with(left).map(Read::Predicate);
        }
        if self.is_keyword("like_regex") {
            return self.like_regex(left).map(Read::Predicate);
        }
        match wanted {
            Wanted::Predicate => Err(self.unexpected()),
            Wanted::Either | Wanted::Expression => Ok(Read::Expression(left)),
        }
    }

    fn exists(&mut self) -> PgResult<Path> {
        self.advance()?;
        self.expect('(')?;
        let arg = self.expression()?;
        self.expect(')')?;
        Ok(Item::Exists(Box::new(arg)).into())
    }

    fn starts_with(&mut self, left: Path) -> PgResult<Path> {
        self.advance()?;
        if !self.is_keyword("with") {
            return Err(self.unexpected());
        }
        self.advance()?;
        if !matches!(self.token, Token::String(_) | Token::Variable(_)) {
            return Err(self.unexpected());
        }
        let initial = match self.advance()? {
            Token::Variable(name) => Item::Variable(name),
            Token::String(text) => Item::String(text),
            _ => Item::Null, // looked at above
        };
        Ok(binary(Operator::StartsWith, left, initial.into()))
    }

    fn string(&mut self) -> PgResult<String> {
        match &self.token {
            Token::String(text) => {
                let text = text.clone();
                self.advance()?;
                Ok(text)
            }
            _ => Err(self.unexpected()), // another token
        }
    }

    /// PostgreSQL: makeItemLikeRegex, jspConvertRegexFlags.
    fn like_regex(&mut self, left: Path) -> PgResult<Path> {
        self.advance()?;
        let pattern = self.string()?;
        let mut flags = String::new();
        if self.is_keyword("flag") {
            self.advance()?;
            flags = self.string()?;
        }
        if let Some(flag) = flags.chars().find(|flag| !"ismxq".contains(*flag)) {
            return Err(PgError::new(
                state::SYNTAX_ERROR,
                "invalid input syntax for type jsonpath",
            )
            .detail(format!("Unrecognized flag character \"{flag}\" in LIKE_REGEX predicate."))
            .into());
        }
        if flags.contains('x') && !flags.contains('q') {
            let message = "XQuery \"x\" flag (expanded regular expressions) is not implemented";
            return Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into());
        }
        Ok(Item::LikeRegex(Box::new(left), pattern, flags).into())
    }

    fn sum(&mut self) -> PgResult<Read> {
        let mut left = self.product()?;
        loop {
            let operator = match &self.token {
                Token::Special('+') => Operator::Add,
                Token::Special('-') => Operator::Sub,
                _ => return Ok(left), // no sum
            };
            let Read::Expression(path) = left else { return Ok(left) };
            self.advance()?;
            let Read::Expression(right) = self.product()? else { return Err(self.unexpected()) };
            left = Read::Expression(binary(operator, path, right));
        }
    }

    fn product(&mut self) -> PgResult<Read> {
        let mut left = self.signed()?;
        loop {
            let operator = match &self.token {
                Token::Special('*') => Operator::Mul,
                Token::Special('/') => Operator::Div,
                Token::Special('%') => Operator::Mod,
                _ => return Ok(left), // no product
            };
            let Read::Expression(path) = left else { return Ok(left) };
            self.advance()?;
            let Read::Expression(right) = self.signed()? else { return Err(self.unexpected()) };
            left = Read::Expression(binary(operator, path, right));
        }
    }

    fn signed(&mut self) -> PgResult<Read> {
        let sign = match &self.token {
            Token::Special(sign @ ('+' | '-')) => *sign,
            _ => return self.accessor_expression(), // no sign
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
            return Err(self.unexpected());
        }
        self.advance()?;
        let Read::Expression(arg) = self.signed()? else { return Err(self.unexpected()) };
        self.depth -= 1;
        Ok(Read::Expression(match (sign, &arg.head) {
            ('+', Item::Numeric(_)) if arg.next.is_empty() => arg,
            ('-', Item::Numeric(number)) if arg.next.is_empty() => {
                let negated = match number.strip_prefix('-') {
                    Some(positive) => positive.to_string(),
                    None if number.chars().all(|c| matches!(c, '0' | '.')) => number.clone(),
                    None => format!("-{number}"),
                };
                Item::Numeric(negated).into()
            }
            _ => Item::Unary(sign, Box::new(arg)).into(), // of anything else it is done later
        }))
    }

    fn begins_accessor(&self) -> bool {
        matches!(self.token, Token::Special('.' | '[' | '?'))
    }

    fn accessor_expression(&mut self) -> PgResult<Read> {
        if self.is_special('(') {
            self.advance()?;
            let inner = self.disjunction(Wanted::Either)?;
            self.expect(')')?;
            return match inner {
                Read::Expression(path) | Read::Predicate(path) if self.begins_accessor() => {
                    self.accessors(path).map(Read::Expression)
                }
                Read::Predicate(path) if self.is_keyword("is") => {
                    self.advance()?;
                    if !self.is_keyword("unknown") {
                        return Err(self.unexpected());
                    }
                    self.advance()?;
                    Ok(Read::Predicate(Item::IsUnknown(Box::new(path)).into()))
                }
                other => Ok(other), // a parenthesis says nothing more
            };
        }
        let head = match &self.token {
            Token::Special('$') => Item::Root,
            Token::Special('@') => Item::Current,
            Token::Keyword("last", _) => Item::Last,
            Token::Keyword("null", _) => Item::Null,
            Token::Keyword("true", _) => Item::Bool(true),
            Token::Keyword("false", _) => Item::Bool(false),
            Token::String(text) => Item::String(text.clone()),
            Token::Variable(name) => Item::Variable(name.clone()),
            Token::Int(text) | Token::Numeric(text) => Item::Numeric(numeric_in(text, -1)?),
            _ => return Err(self.unexpected()), // nothing else begins a path
        };
        self.advance()?;
        self.accessors(head.into()).map(Read::Expression)
    }

    fn accessors(&mut self, path: Path) -> PgResult<Path> {
        let mut path = path;
        while self.begins_accessor() {
            let item = match self.advance()? {
                Token::Special('[') => self.subscripts()?,
                Token::Special('?') => {
                    self.expect('(')?;
                    let filter = self.predicate()?;
                    self.expect(')')?;
                    Item::Filter(Box::new(filter))
                }
                _ => self.member()?, // the dot
            };
            path.next.push(item);
        }
        Ok(path)
    }

    fn subscripts(&mut self) -> PgResult<Item> {
        if self.is_special('*') {
            self.advance()?;
            self.expect(']')?;
            return Ok(Item::AnyArray);
        }
        let mut list = Vec::new();
        loop {
            let from = self.expression()?;
            let to = if self.is_keyword("to") {
                self.advance()?;
                Some(self.expression()?)
            } else {
                None
            };
            list.push((from, to));
            if !self.is_special(',') {
                break;
            }
            self.advance()?;
        }
        self.expect(']')?;
        Ok(Item::IndexArray(list))
    }

    /// What follows a dot: a key, a method, or any level.
    fn member(&mut self) -> PgResult<Item> {
        match &self.token {
            Token::Special('*') => {
                self.advance()?;
                Ok(Item::AnyKey)
            }
            Token::AnyPath => {
                self.advance()?;
                self.any_levels()
            }
            Token::Ident(name) | Token::String(name) => {
                let key = Item::Key(name.clone());
                self.advance()?;
                Ok(key)
            }
            Token::Keyword(word, written) => {
                let (word, key) = (*word, Item::Key(written.clone()));
                self.advance()?;
                if !self.is_special('(') {
                    return Ok(key);
                }
                self.method(word, key)
            }
            _ => Err(self.unexpected()), // nothing else follows a dot
        }
    }

    fn method(&mut self, word: &'static str, key: Item) -> PgResult<Item> {
        let item = match word {
            "decimal" => {
                self.advance()?;
                Item::Decimal(self.precision_and_scale()?)
            }
            "datetime" => {
                self.advance()?;
                let template = match &self.token {
                    Token::String(_) => Some(Box::new(Item::String(self.string()?))),
                    _ => None, // no template
                };
                Item::Datetime(word, template)
            }
            "time" | "time_tz" | "timestamp" | "timestamp_tz" => {
                self.advance()?;
                let precision = match &self.token {
                    Token::Int(text) => {
                        let text = numeric_in(text, -1)?;
                        self.advance()?;
                        Some(Box::new(Item::Numeric(text)))
                    }
                    _ => None, // no precision
                };
                Item::Datetime(word, precision)
            }
            method if METHODS.contains(&method) => {
                self.advance()?;
                Item::Method(word)
            }
            _ => return Ok(key), // a key, and a parenthesis that is too much
        };
        self.expect(')')?;
        Ok(item)
    }

    fn precision_and_scale(&mut self) -> PgResult<Vec<String>> {
        let mut list = Vec::new();
        if self.is_special(')') {
            return Ok(list);
        }
        loop {
            let negative = self.is_special('-');
            if negative || self.is_special('+') {
                self.advance()?;
            }
            let Token::Int(text) = &self.token else { return Err(self.unexpected()) };
            let text = numeric_in(text, -1)?;
            list.push(if negative { format!("-{text}") } else { text });
            self.advance()?;
            if !self.is_special(',') {
                break;
            }
            self.advance()?;
        }
        if self.is_special(')') && list.len() > 2 {
            return Err(PgError::new(
                state::SYNTAX_ERROR,
                "invalid input syntax for type jsonpath",
            )
            .detail(".decimal() can only have an optional precision[,scale].")
            .into());
        }
        Ok(list)
    }

    fn any_levels(&mut self) -> PgResult<Item> {
        if !self.is_special('{') {
            return Ok(Item::Any(Some(0), None));
        }
        self.advance()?;
        let first = self.level()?;
        let last = if self.is_keyword("to") {
            self.advance()?;
            self.level()?
        } else {
            first
        };
        self.expect('}')?;
        Ok(Item::Any(first, last))
    }

    fn level(&mut self) -> PgResult<Option<u32>> {
        let level = match &self.token {
            Token::Keyword("last", _) => None,
            Token::Int(text) => {
                Some(u32::try_from(crate::parser::literals::int4_in(text)?).unwrap_or(0))
            }
            _ => return Err(self.unexpected()), // nothing else is a level
        };
        self.advance()?;
        Ok(level)
    }
}

fn binary(operator: Operator, left: Path, right: Path) -> Path {
    Item::Binary(operator, Box::new(left), Box::new(right)).into()
}
