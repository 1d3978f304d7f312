//! The PL/pgSQL grammar by recursive descent (PostgreSQL: pl_gram.y). Pieces of SQL are cut out with their places and
//! checked with PostgreSQL's own grammar, as check_sql_expr does.

mod commands;
mod control;

use super::ast::*;
use super::scope::{LevelKind, Scopes, Symbol, TypeKind, Types};
use crate::findings::{PgError, Stop};
use crate::nodes::tokens::{Kind, Token, continued, tokens};
use crate::nodes::{self, ParseMode};
use crate::pg::sqlstate::{self, SqlState};

/// A body that PL/pgSQL refuses: PostgreSQL's message and the byte in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyError {
    pub sqlstate: SqlState,
    pub message: String,
    pub hint: Option<&'static str>,
    pub offset: usize,
    /// Whether PostgreSQL says where.
    pub placed: bool,
    /// False where PostgreSQL's own words for the fault are not known for certain.
    pub certain: bool,
}

impl BodyError {
    fn new(message: impl Into<String>, offset: usize) -> BodyError {
        let message = message.into();
        let sqlstate = sqlstate::SYNTAX_ERROR;
        BodyError { sqlstate, message, hint: None, offset, placed: true, certain: true }
    }

    fn state(self, sqlstate: SqlState) -> BodyError {
        BodyError { sqlstate, ..self }
    }

    fn unplaced(self) -> BodyError {
        BodyError { placed: false, ..self }
    }

    /// PostgreSQL's error, its place counted in the body.
    pub fn to_error(&self) -> PgError {
        let mut error = PgError::new(self.sqlstate, self.message.clone());
        error.hint = self.hint.map(str::to_string);
        if self.placed { error.at(i32::try_from(self.offset).unwrap_or(-1)) } else { error }
    }
}

/// What the function is whose body is compiled (PostgreSQL: PLpgSQL_function).
#[derive(Debug, Clone, Default)]
pub struct Routine {
    pub name: String,
    /// The parameters: name (empty without one) and the kind of the type.
    pub parameters: Vec<(String, Option<TypeKind>)>,
    pub returns_set: bool,
    pub returns_void: bool,
    pub has_outputs: bool,
    pub is_procedure: bool,
    pub is_trigger: bool,
    pub is_event_trigger: bool,
}

type Parsed<T> = Result<T, BodyError>;

/// Words that are no names (PostgreSQL: pl_reserved_kwlist.h).
const RESERVED: [&str; 24] = [
    "all", "begin", "by", "case", "declare", "else", "end", "execute", "for", "foreach", "from",
    "if", "in", "into", "loop", "not", "null", "or", "strict", "then", "to", "using", "when",
    "while",
];

/// How deep blocks and statements may nest.
const DEPTH: usize = 500;

struct Parser<'a> {
    body: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// What names stand for, where the body is compiled and not only read.
    compiled: Option<Compiled<'a>>,
}

/// What compiling needs beside the text.
struct Compiled<'a> {
    scopes: Scopes,
    types: &'a mut dyn Types,
    routine: &'a Routine,
}

/// Reads a body that was compiled before.
pub fn parse(body: &str) -> Parsed<Block> {
    run(body, None)
}

/// Reads a body as CREATE FUNCTION and DO do: names must be variables of the right kind (PostgreSQL: do_compile).
pub fn compile(body: &str, routine: &Routine, types: &mut dyn Types) -> Parsed<Block> {
    let mut scopes = Scopes::default();
    scopes.push(Some(&routine.name), LevelKind::Block);
    for (index, (name, kind)) in routine.parameters.iter().enumerate() {
        let symbol = Symbol::new(kind.unwrap_or(TypeKind::Unknown));
        scopes.add(&format!("${}", index + 1), symbol.clone());
        if !name.is_empty() {
            scopes.add(name, symbol);
        }
    }
    let scalar = Symbol::new(TypeKind::Scalar { collatable: false });
    scopes.add("found", scalar.clone());
    if routine.is_trigger {
        for name in ["new", "old"] {
            scopes.add(name, Symbol::new(TypeKind::Row));
        }
        for name in [
            "tg_name",
            "tg_when",
            "tg_level",
            "tg_op",
            "tg_relid",
            "tg_relname",
            "tg_table_name",
            "tg_table_schema",
            "tg_nargs",
            "tg_argv",
        ] {
            scopes.add(name, scalar.clone());
        }
    }
    if routine.is_event_trigger {
        scopes.add("tg_event", scalar.clone());
        scopes.add("tg_tag", scalar);
    }
    run(body, Some(Compiled { scopes, types, routine }))
}

/// PostgreSQL: plpgsql_yyparse.
fn run<'a>(body: &'a str, compiled: Option<Compiled<'a>>) -> Parsed<Block> {
    let tokens = tokens(body).map_err(|offset| {
        let what = match body.as_bytes().get(offset) {
            Some(b'"') => "unterminated quoted identifier",
            Some(b'/') => "unterminated /* comment",
            Some(b'$') => "unterminated dollar-quoted string",
            _ => "unterminated quoted string",
        };
        let near = &body[offset..];
        BodyError::new(format!("{what} at or near \"{near}\""), offset)
    })?;
    let mut parser = Parser { body, tokens, at: 0, depth: 0, compiled };
    while parser.take_symbol("#") {
        parser.option()?;
    }
    let label = parser.label()?;
    let block = parser.block(label)?;
    parser.take_symbol(";");
    if parser.peek().kind != Kind::End {
        return Err(parser.unexpected());
    }
    Ok(block)
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token {
        self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn peek_at(&self, ahead: usize) -> Token {
        self.tokens[(self.at + ahead).min(self.tokens.len() - 1)]
    }

    fn text(&self, token: Token) -> &'a str {
        &self.body[token.start..token.end]
    }

    /// Whether a token is this word without quotes.
    fn is(&self, token: Token, word: &str) -> bool {
        token.kind == Kind::Word && self.text(token).eq_ignore_ascii_case(word)
    }

    fn peek_is(&self, word: &str) -> bool {
        self.is(self.peek(), word)
    }

    fn peek_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.peek_is(word))
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek_is(word);
        if found {
            self.at += 1;
        }
        found
    }

    fn is_symbol(&self, token: Token, symbol: &str) -> bool {
        token.kind == Kind::Symbol && self.text(token) == symbol
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(self.peek(), symbol);
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.take(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn expect_symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> BodyError {
        self.unexpected_at(self.peek())
    }

    fn unexpected_at(&self, token: Token) -> BodyError {
        let message = match token.kind {
            Kind::End => "syntax error at end of input".to_string(),
            _ => format!("syntax error at or near \"{}\"", self.text(token)),
        };
        BodyError::new(message, token.start)
    }

    fn said(&self, message: impl Into<String>, token: Token) -> BodyError {
        BodyError { certain: false, ..BodyError::new(message, token.start) }
    }

    /// PostgreSQL: plpgsql_yyerror with words of its own.
    fn complain(&self, what: &str, token: Token) -> BodyError {
        match token.kind {
            Kind::End => BodyError::new(format!("{what} at end of input"), token.start),
            _ => {
                let near = self.text(token);
                BodyError::new(format!("{what} at or near \"{near}\""), token.start)
            }
        }
    }

    /// A compiler option (PostgreSQL: comp_option).
    fn option(&mut self) -> Parsed<()> {
        let known: &[&str] = match self.text(self.peek()).to_ascii_lowercase().as_str() {
            "variable_conflict" => &["error", "use_variable", "use_column"],
            "print_strict_params" => &["on", "off"],
            "option" => &["dump"],
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        if !self.peek_any(known) {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(())
    }

    // What names stand for.

    fn push_level(&mut self, label: Option<&str>, kind: LevelKind) {
        if let Some(compiled) = &mut self.compiled {
            compiled.scopes.push(label, kind);
        }
    }

    fn pop_level(&mut self) {
        if let Some(compiled) = &mut self.compiled {
            compiled.scopes.pop();
        }
    }

    fn add_name(&mut self, name: &str, symbol: Symbol) {
        if let Some(compiled) = &mut self.compiled {
            compiled.scopes.add(name, symbol);
        }
    }

    /// The dotted name at the present token, and the index of the token after it.
    fn dotted_at(&self, from: usize) -> (Vec<String>, usize) {
        let (mut names, mut at) = (Vec::new(), from);
        loop {
            let token = self.tokens[at.min(self.tokens.len() - 1)];
            match token.kind {
                Kind::Word | Kind::QuotedWord => names.push(self.name_of(token)),
                Kind::Parameter => names.push(self.text(token).to_string()),
                _ => return (names, at), // no name
            }
            at += 1;
            let dot = self.tokens[at.min(self.tokens.len() - 1)];
            if !self.is_symbol(dot, ".") || names.len() == 3 {
                return (names, at);
            }
            at += 1;
        }
    }

    /// What stands at a token: Some(None) where names are not known, None where there is no variable.
    fn symbol_at(&self, from: usize) -> Option<Option<Symbol>> {
        let Some(compiled) = &self.compiled else { return Some(None) };
        let (names, _) = self.dotted_at(from);
        if names.is_empty() || (names.len() == 1 && self.is_reserved(self.tokens[from])) {
            return None;
        }
        compiled.scopes.lookup(&names).map(Some)
    }

    fn is_reserved(&self, token: Token) -> bool {
        token.kind == Kind::Word
            && RESERVED.iter().any(|word| self.text(token).eq_ignore_ascii_case(word))
    }

    /// PostgreSQL: current_token_is_not_variable.
    fn not_a_variable(&self, from: usize) -> BodyError {
        let token = self.tokens[from.min(self.tokens.len() - 1)];
        let (names, _) = self.dotted_at(from);
        if names.is_empty() || self.is_reserved(token) {
            return self.unexpected_at(token);
        }
        BodyError::new(format!("\"{}\" is not a known variable", names.join(".")), token.start)
    }

    /// PostgreSQL: check_assignable.
    fn check_assignable(&self, symbol: &Symbol, from: usize) -> Parsed<()> {
        if !symbol.constant {
            return Ok(());
        }
        let (names, _) = self.dotted_at(from);
        let message = format!("variable \"{}\" is declared CONSTANT", names.join("."));
        let error = BodyError::new(message, self.tokens[from].start);
        Err(error.state(sqlstate::ERROR_IN_ASSIGNMENT))
    }

    /// A token that must be a target of INTO: the first of several, or a later one.
    fn check_target(&self, from: usize, is_only: bool, is_first: bool) -> Parsed<()> {
        let Some(symbol) = self.symbol_at(from) else { return Err(self.not_a_variable(from)) };
        let Some(symbol) = symbol else { return Ok(()) };
        self.check_assignable(&symbol, from)?;
        if symbol.kind == TypeKind::Row && !is_only {
            let (names, after) = self.dotted_at(from);
            if is_first {
                let comma = self.tokens[after.min(self.tokens.len() - 1)];
                let message = "record variable cannot be part of multiple-item INTO list";
                return Err(BodyError::new(message, comma.start));
            }
            let message = format!("\"{}\" is not a scalar variable", names.join("."));
            return Err(BodyError::new(message, self.tokens[from].start));
        }
        Ok(())
    }

    /// A routine's property, false where it is not known.
    fn routine(&self, property: impl Fn(&Routine) -> bool) -> bool {
        self.compiled.as_ref().is_some_and(|compiled| property(compiled.routine))
    }

    /// A name: a word in lower case, or what stands in the quotes.
    fn name_of(&self, token: Token) -> String {
        let text = self.text(token);
        match token.kind {
            Kind::QuotedWord => text[1..text.len() - 1].replace("\"\"", "\""),
            _ => text.to_lowercase(),
        }
    }

    fn name(&mut self) -> Parsed<String> {
        let token = self.peek();
        if !matches!(token.kind, Kind::Word | Kind::QuotedWord) || self.is_reserved(token) {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(self.name_of(token))
    }

    /// The SQL from the present token up to (not with) the first of the given stops at depth 0, which PostgreSQL calls
    /// `expected` (PostgreSQL: read_sql_construct).
    fn sql_until(&mut self, expected: &str, stops: &dyn Fn(&Self, Token) -> bool) -> Parsed<Sql> {
        let start = self.peek().start;
        let mut end = start;
        let mut depth = 0_usize;
        loop {
            let token = self.peek();
            if depth == 0 && token.kind != Kind::End && stops(self, token) {
                break;
            }
            let is_end = token.kind == Kind::End || self.is_symbol(token, ";");
            match self.text(token) {
                _ if is_end && depth != 0 => {
                    return Err(self.complain("mismatched parentheses", token));
                }
                _ if token.kind == Kind::End => return Err(self.unexpected_at(token)),
                _ if is_end => {
                    let message = format!("missing \"{expected}\" at end of SQL expression");
                    return Err(BodyError::new(message, token.start));
                }
                "(" | "[" if token.kind == Kind::Symbol => depth += 1,
                ")" | "]" if token.kind == Kind::Symbol => {
                    let Some(less) = depth.checked_sub(1) else {
                        return Err(self.complain("mismatched parentheses", token));
                    };
                    depth = less;
                }
                _ => {} // any other token is part of the SQL
            }
            end = token.end;
            self.at += 1;
        }
        if start == self.peek().start {
            return Err(self.complain("missing expression", self.peek()));
        }
        Ok(Sql { text: self.body[start..end].to_string(), offset: start })
    }

    /// The SQL up to the semicolon, which is passed over; there may be none, as SELECT needs no columns.
    fn maybe_empty(&mut self) -> Parsed<Sql> {
        let token = self.peek();
        if self.take_symbol(";") {
            return Ok(Sql { text: String::new(), offset: token.start });
        }
        let sql = self.sql_until(";", &|parser, token| parser.is_symbol(token, ";"))?;
        self.at += 1;
        Ok(sql)
    }

    fn expression_until_word(&mut self, word: &str) -> Parsed<Sql> {
        let sql =
            self.sql_until(&word.to_ascii_uppercase(), &|parser, token| parser.is(token, word))?;
        self.at += 1;
        self.checked(sql, ParseMode::PlpgsqlExpr)
    }

    fn expression_until_semicolon(&mut self) -> Parsed<Sql> {
        let sql = self.sql_until(";", &|parser, token| parser.is_symbol(token, ";"))?;
        self.at += 1;
        self.checked(sql, ParseMode::PlpgsqlExpr)
    }

    /// PostgreSQL: check_sql_expr.
    fn checked(&self, sql: Sql, mode: ParseMode) -> Parsed<Sql> {
        match nodes::parse(&sql.text, mode, true) {
            Ok(_) => Ok(sql),
            Err(error) => {
                let characters =
                    error.position.map_or(0, |position| position.saturating_sub(1) as usize);
                let inside =
                    sql.text.char_indices().nth(characters).map_or(sql.text.len(), |(at, _)| at);
                Err(BodyError::new(error.message, sql.offset + inside))
            }
        }
    }

    fn label(&mut self) -> Parsed<Option<String>> {
        if !self.take_symbol("<<") {
            return Ok(None);
        }
        let name = self.name()?;
        self.expect_symbol(">>")?;
        Ok(Some(name))
    }

    fn block(&mut self, label: Option<String>) -> Parsed<Block> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.said("statements are nested too deeply", self.peek()));
        }
        let offset = self.peek().start;
        self.push_level(label.as_deref(), LevelKind::Block);
        let mut declarations = Vec::new();
        if self.take("declare") {
            while !self.peek_is("begin") {
                if self.take("declare") {
                    continue;
                }
                declarations.push(self.declaration()?);
            }
        }
        self.expect("begin")?;
        let body = self.statements()?;
        let mut handlers = Vec::new();
        if self.take("exception") {
            self.push_level(None, LevelKind::Other);
            for name in ["sqlstate", "sqlerrm"] {
                let mut symbol = Symbol::new(TypeKind::Scalar { collatable: true });
                symbol.constant = true;
                self.add_name(name, symbol);
            }
            while self.take("when") {
                handlers.push(self.handler()?);
            }
            if handlers.is_empty() {
                return Err(self.unexpected());
            }
            self.pop_level();
        }
        let end = self.peek().start;
        self.expect("end")?;
        self.pop_level();
        self.end_label(label.as_deref())?;
        self.depth -= 1;
        Ok(Block { label, declarations, body, handlers, offset, end })
    }

    /// A label after END, which must be the one at the start (PostgreSQL: check_labels).
    fn end_label(&mut self, label: Option<&str>) -> Parsed<()> {
        let token = self.peek();
        if !matches!(token.kind, Kind::Word | Kind::QuotedWord) || self.is_reserved(token) {
            return Ok(());
        }
        let end = self.name()?;
        let message = match label {
            Some(label) if label == end => return Ok(()),
            Some(label) => {
                format!("end label \"{end}\" differs from block's label \"{label}\"")
            }
            None => format!("end label \"{end}\" specified for unlabeled block"),
        };
        Err(BodyError::new(message, token.start))
    }

    fn handler(&mut self) -> Parsed<Handler> {
        let mut conditions = Vec::new();
        loop {
            conditions.push(self.condition()?);
            if !self.take("or") {
                break;
            }
        }
        self.expect("then")?;
        Ok(Handler { conditions, body: self.statements()? })
    }

    fn condition(&mut self) -> Parsed<Condition> {
        if self.take("sqlstate") {
            let token = self.peek();
            if token.kind != Kind::String {
                return Err(self.unexpected());
            }
            self.at += 1;
            let state = self.string_value(token);
            if SqlState::new(&state).is_none() {
                return Err(self.complain("invalid SQLSTATE code", token));
            }
            return Ok(Condition::SqlState(state));
        }
        let token = self.peek();
        let name = self.name()?;
        if name != "others" && !sqlstate::CONDITIONS.iter().any(|(known, _)| *known == name) {
            let message = format!("unrecognized exception condition \"{name}\"");
            let error = BodyError::new(message, token.start).unplaced();
            return Err(error.state(sqlstate::UNDEFINED_OBJECT));
        }
        Ok(Condition::Name(name))
    }

    fn string_value(&self, token: Token) -> String {
        string_value(self.text(token))
    }

    fn declaration(&mut self) -> Parsed<Declaration> {
        let token = self.peek();
        let name = self.name()?;
        let offset = token.start;
        let here = self.compiled.as_ref().is_some_and(|compiled| compiled.scopes.has_here(&name));
        if here {
            return Err(self.complain("duplicate declaration", token));
        }
        if self.take("alias") {
            return self.alias(name, offset);
        }
        if (self.peek_is("no") && self.is(self.peek_at(1), "scroll")) || self.peek_is("scroll") {
            self.take("no");
            self.take("scroll");
            if !self.peek_is("cursor") {
                return Err(self.unexpected());
            }
        }
        if self.take("cursor") {
            return self.cursor_declaration(name, offset);
        }
        let constant = self.take("constant");
        let type_name = self.type_name()?;
        let kind = self.kind_of(&type_name)?;
        let collate = self.peek();
        if self.take("collate") {
            self.at += 1;
            while self.take_symbol(".") {
                self.at += 1;
            }
            if kind == (TypeKind::Scalar { collatable: false })
                && let Some(compiled) = &mut self.compiled
            {
                let type_text = compiled.types.format(&type_name.text);
                let message = format!("collations are not supported by type {type_text}");
                let error = BodyError::new(message, collate.start);
                return Err(error.state(sqlstate::DATATYPE_MISMATCH));
            }
        }
        let not = self.peek();
        let not_null = self.take("not");
        if not_null {
            self.expect("null")?;
        }
        let default = if self.take_symbol(";") {
            None
        } else if self.take_symbol(":=") || self.take_symbol("=") || self.take("default") {
            Some(self.expression_until_semicolon()?)
        } else {
            return Err(self.unexpected());
        };
        if not_null && default.is_none() {
            let message = format!(
                "variable \"{name}\" must have a default value, since it's declared NOT NULL"
            );
            let error = BodyError::new(message, not.start);
            return Err(error.state(sqlstate::NULL_VALUE_NOT_ALLOWED));
        }
        self.add_name(&name, Symbol { kind, constant, cursor: None });
        let kind = DeclarationKind::Variable { type_name, constant, not_null, default };
        Ok(Declaration { name, offset, kind })
    }

    fn alias(&mut self, name: String, offset: usize) -> Parsed<Declaration> {
        self.expect("for")?;
        let (from, token) = (self.at, self.peek());
        let (names, after) = self.dotted_at(from);
        if names.is_empty() || self.is_reserved(token) {
            return Err(self.unexpected());
        }
        let Some(symbol) = self.symbol_at(from) else {
            let message = format!("variable \"{}\" does not exist", names.join("."));
            let error = BodyError::new(message, token.start);
            return Err(error.state(sqlstate::UNDEFINED_OBJECT));
        };
        self.at = after;
        self.expect_symbol(";")?;
        if let Some(symbol) = symbol {
            self.add_name(&name, symbol);
        }
        let of = names.last().cloned().unwrap_or_default();
        Ok(Declaration { name, offset, kind: DeclarationKind::Alias { of } })
    }

    fn cursor_declaration(&mut self, name: String, offset: usize) -> Parsed<Declaration> {
        let arguments = self.parenthesised()?;
        if !self.take("for") {
            self.expect("is")?;
        }
        let query = self.statement_until_semicolon()?;
        let query = self.checked(query, ParseMode::Default)?;
        let named = arguments.as_ref().map(|arguments| {
            arguments
                .text
                .split(',')
                .map(|piece| piece.split_whitespace().next().unwrap_or("").to_lowercase())
                .collect()
        });
        let mut symbol = Symbol::new(TypeKind::Refcursor);
        symbol.cursor = Some(named.unwrap_or_default());
        self.add_name(&name, symbol);
        Ok(Declaration { name, offset, kind: DeclarationKind::Cursor { arguments, query } })
    }

    /// A SQL statement up to the semicolon, which is passed over (PostgreSQL: read_sql_stmt).
    fn statement_until_semicolon(&mut self) -> Parsed<Sql> {
        let token = self.peek();
        let sql = self.sql_until(";", &|parser, token| parser.is_symbol(token, ";"));
        let sql = sql.map_err(|error| match error.message.strip_prefix("missing expression") {
            Some(rest) => BodyError::new(format!("missing SQL statement{rest}"), token.start),
            None => error,
        })?;
        self.at += 1;
        Ok(sql)
    }

    /// A type as written, up to what may follow it (PostgreSQL: read_datatype).
    fn type_name(&mut self) -> Parsed<Sql> {
        let start = self.peek().start;
        let (mut end, mut depth) = (start, 0_usize);
        loop {
            let token = self.peek();
            let text = self.text(token);
            let stops = token.kind == Kind::Symbol && matches!(text, ";" | ":=" | "=" | ",")
                || ["default", "not", "collate"].iter().any(|word| self.is(token, word));
            if depth == 0 && (stops || (token.kind == Kind::Symbol && text == ")")) {
                break;
            }
            if token.kind == Kind::End || (token.kind == Kind::Symbol && text == ";") {
                let what = if depth != 0 {
                    "mismatched parentheses"
                } else {
                    "incomplete data type declaration"
                };
                return Err(self.complain(what, token));
            }
            depth += usize::from(token.kind == Kind::Symbol && text == "(");
            depth -= usize::from(token.kind == Kind::Symbol && text == ")" && depth > 0);
            end = token.end;
            self.at += 1;
        }
        if start == self.peek().start {
            return Err(self.complain("missing data type declaration", self.peek()));
        }
        let sql = Sql { text: self.body[start..end].to_string(), offset: start };
        if !sql.text.contains('%') {
            self.checked(sql.clone(), ParseMode::TypeName)?;
        }
        Ok(sql)
    }

    /// The kind of a declared type (PostgreSQL: parse_datatype, plpgsql_parse_wordtype and its sisters).
    fn kind_of(&mut self, type_name: &Sql) -> Parsed<TypeKind> {
        let refers = type_name.text.contains('%');
        let lower = type_name.text.to_ascii_lowercase();
        if refers && lower.ends_with("%type") {
            let base: Vec<String> = lower
                .trim_end_matches("%type")
                .split('.')
                .map(|name| name.trim().to_string())
                .collect();
            let known = self.compiled.as_ref().and_then(|compiled| compiled.scopes.lookup(&base));
            if let Some(symbol) = known {
                return Ok(symbol.kind);
            }
        }
        let Some(compiled) = &mut self.compiled else { return Ok(TypeKind::Unknown) };
        match compiled.types.kind(&type_name.text) {
            Ok(kind) => Ok(kind),
            Err(Stop::Unknown(_)) => Ok(TypeKind::Unknown),
            Err(Stop::Error(error)) => {
                let fault = BodyError::new(error.message.clone(), type_name.offset);
                let fault = fault.state(error.sqlstate);
                Err(if refers { fault.unplaced() } else { fault })
            }
        }
    }

    /// What stands in parentheses here, if they do.
    fn parenthesised(&mut self) -> Parsed<Option<Sql>> {
        if !self.take_symbol("(") {
            return Ok(None);
        }
        let sql = self.sql_until(")", &|parser, token| parser.is_symbol(token, ")"))?;
        self.at += 1;
        Ok(Some(sql))
    }
}

/// The value of a string token: plain, E'' or dollar-quoted.
pub(super) fn string_value(text: &str) -> String {
    if let Some(rest) = text.strip_prefix('$') {
        let tag = rest.find('$').map_or(0, |end| end + 2);
        return text[tag..text.len().saturating_sub(tag).max(tag)].to_string();
    }
    let escapes = text.starts_with(['e', 'E']);
    let mut out = String::new();
    let mut at = text.find('\'').map_or(text.len(), |quote| quote + 1);
    while let Some(c) = text[at..].chars().next() {
        at += c.len_utf8();
        if c == '\\' && escapes {
            let Some(escaped) = text[at..].chars().next() else { break };
            at += escaped.len_utf8();
            out.push(match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            });
        } else if c != '\'' {
            out.push(c);
        } else if text[at..].starts_with('\'') {
            out.push(c);
            at += 1;
        } else {
            let Some(next) = continued(text.as_bytes(), at) else { break };
            at = next + 1;
        }
    }
    out
}

/// The items of GET DIAGNOSTICS: of both kinds, of the current or of the stacked diagnostics.
const DIAGNOSTICS: [(&str, char); 13] = [
    ("row_count", 'c'),
    ("pg_routine_oid", 'c'),
    ("pg_context", 'b'),
    ("pg_exception_context", 's'),
    ("pg_exception_detail", 's'),
    ("pg_exception_hint", 's'),
    ("returned_sqlstate", 's'),
    ("column_name", 's'),
    ("constraint_name", 's'),
    ("pg_datatype_name", 's'),
    ("message_text", 's'),
    ("table_name", 's'),
    ("schema_name", 's'),
];

/// PostgreSQL: check_raise_parameters.
fn check_raise_parameters(format: &str, given: usize) -> Parsed<()> {
    let mut wanted = 0;
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '%' {
            if chars.peek() == Some(&'%') {
                chars.next();
            } else {
                wanted += 1;
            }
        }
    }
    let which = if wanted < given {
        "too many parameters specified for RAISE"
    } else if wanted > given {
        "too few parameters specified for RAISE"
    } else {
        return Ok(());
    };
    Err(BodyError::new(which, 0).unplaced())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Vec<StatementKind> {
        let block = parse(text).unwrap_or_else(|error| panic!("{error:?}"));
        block.body.into_iter().map(|statement| statement.kind).collect()
    }

    fn refused(text: &str) -> (String, usize) {
        let error = parse(text).expect_err("it is refused");
        (error.message, error.offset)
    }

    #[test]
    fn into_is_taken_out_of_a_command_and_places_stay() {
        let text = "begin select a, b into strict x, r.y from t where c = 1; end";
        let [StatementKind::Sql { command, into: Some(into) }] = &body(text)[..] else {
            panic!("one command")
        };
        assert!(into.strict);
        assert_eq!(
            into.targets.iter().map(|target| target.text.as_str()).collect::<Vec<_>>(),
            ["x", "r.y"]
        );
        assert_eq!(command.text.len(), text.find(';').unwrap_or(0) - 6);
        assert!(command.text.ends_with("from t where c = 1"));
    }

    #[test]
    fn insert_into_keeps_its_own_into() {
        let kinds = body("begin insert into t values (1) returning id into x; end");
        let [StatementKind::Sql { command, into: Some(into) }] = &kinds[..] else {
            panic!("one command")
        };
        assert!(command.text.starts_with("insert into t values (1) returning id"));
        assert_eq!(into.targets[0].text, "x");
    }

    #[test]
    fn loops_are_told_apart() {
        let kinds = body(
            "begin for i in reverse 10..1 by 2 loop null; end loop; for r in select 1 loop end loop; \
             for r in execute 'select 1' using 2 loop end loop; foreach e in array a loop end loop; \
             while true loop exit when x; end loop; end",
        );
        assert!(matches!(
            &kinds[0],
            StatementKind::ForInteger { reverse: true, step: Some(_), .. }
        ));
        assert!(matches!(&kinds[1], StatementKind::ForQuery { source: Source::Query(_), .. }));
        assert!(matches!(
            &kinds[2],
            StatementKind::ForQuery { source: Source::Dynamic { .. }, .. }
        ));
        assert!(matches!(&kinds[3], StatementKind::Foreach { .. }));
        assert!(matches!(&kinds[4], StatementKind::While { .. }));
    }

    #[test]
    fn faults_have_postgresqls_words_and_places() {
        assert_eq!(refused("begin x := 1 end"), ("syntax error at end of input".to_string(), 16));
        assert_eq!(refused("begin perform 1 +; end").0, "syntax error at end of input");
        assert_eq!(
            refused("begin if a then else end; end"),
            ("syntax error at or near \";\"".to_string(), 24)
        );
        assert_eq!(
            refused("begin raise notice '% %', 1; end").0,
            "too few parameters specified for RAISE"
        );
        assert_eq!(
            refused("begin select 'a; end").0,
            "unterminated quoted string at or near \"'a; end\""
        );
    }

    #[test]
    fn handlers_and_labels() {
        let block = parse(
            "<<outer>> declare x int not null := 1; begin null; exception when unique_violation or sqlstate '23503' then null; when others then raise; end outer;",
        );
        let block = block.unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(block.label.as_deref(), Some("outer"));
        assert_eq!(block.handlers.len(), 2);
        assert_eq!(block.handlers[0].conditions.len(), 2);
        assert!(matches!(
            &block.declarations[0].kind,
            DeclarationKind::Variable { not_null: true, default: Some(_), .. }
        ));
    }
}
