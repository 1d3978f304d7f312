//! The PL/pgSQL grammar by recursive descent (PostgreSQL: pl_gram.y). Pieces of SQL are cut out with their places and
//! checked with PostgreSQL's own grammar, as check_sql_expr does.

use super::ast::*;
use crate::nodes::tokens::{Kind, Token, tokens};
use crate::nodes::{self, ParseMode};

/// A body that PL/pgSQL refuses: PostgreSQL's message and the byte in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyError {
    pub message: String,
    pub offset: usize,
    /// False where PostgreSQL's own words for the fault are not known for certain.
    pub certain: bool,
}

type Parsed<T> = Result<T, BodyError>;

/// How deep blocks and statements may nest.
const DEPTH: usize = 500;

struct Parser<'a> {
    body: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

/// Parses a body (PostgreSQL: plpgsql_yyparse).
pub fn parse(body: &str) -> Parsed<Block> {
    let tokens = tokens(body).map_err(|offset| {
        let what = match body.as_bytes().get(offset) {
            Some(b'"') => "unterminated quoted identifier",
            Some(b'/') => "unterminated /* comment",
            Some(b'$') => "unterminated dollar-quoted string",
            _ => "unterminated quoted string",
        };
        let near = &body[offset..];
        BodyError { message: format!("{what} at or near \"{near}\""), offset, certain: true }
    })?;
    let mut parser = Parser { body, tokens, at: 0, depth: 0 };
    while parser.take_symbol("#") {
        // Compiler options: #variable_conflict, #option dump, #print_strict_params.
        parser.at += 1;
        parser.at += 1;
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
        BodyError { message, offset: token.start, certain: true }
    }

    fn said(&self, message: impl Into<String>, token: Token) -> BodyError {
        BodyError { message: message.into(), offset: token.start, certain: false }
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
        if !matches!(token.kind, Kind::Word | Kind::QuotedWord) {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(self.name_of(token))
    }

    /// The SQL from the present token up to (not with) the first of the given stops at depth 0.
    fn sql_until(&mut self, stops: &dyn Fn(&Self, Token) -> bool) -> Parsed<Sql> {
        let start = self.peek().start;
        let mut end = start;
        let mut depth = 0_usize;
        let mut cases = 0_usize;
        loop {
            let token = self.peek();
            if token.kind == Kind::End {
                return Err(self.unexpected());
            }
            if depth == 0 && cases == 0 && stops(self, token) {
                break;
            }
            match self.text(token) {
                "(" | "[" if token.kind == Kind::Symbol => depth += 1,
                ")" | "]" if token.kind == Kind::Symbol => {
                    if depth == 0 {
                        return Err(self.said("mismatched parentheses", token));
                    }
                    depth -= 1;
                }
                ";" if token.kind == Kind::Symbol
                    // Only in a BEGIN ATOMIC body or a rule may a semicolon stand inside.
                    && depth == 0 =>
                {
                    return Err(self.unexpected());
                }
                text if token.kind == Kind::Word && text.eq_ignore_ascii_case("case") => cases += 1,
                text if cases > 0
                    && token.kind == Kind::Word
                    && text.eq_ignore_ascii_case("end") =>
                {
                    cases -= 1
                }
                _ => {} // any other token is part of the SQL
            }
            end = token.end;
            self.at += 1;
        }
        Ok(Sql { text: self.body[start..end].to_string(), offset: start })
    }

    fn expression_until_word(&mut self, word: &str) -> Parsed<Sql> {
        let sql = self.sql_until(&|parser, token| parser.is(token, word))?;
        self.at += 1;
        self.checked(sql, ParseMode::PlpgsqlExpr)
    }

    fn expression_until_semicolon(&mut self) -> Parsed<Sql> {
        let sql = self.sql_until(&|parser, token| parser.is_symbol(token, ";"))?;
        self.at += 1;
        self.checked(sql, ParseMode::PlpgsqlExpr)
    }

    /// PostgreSQL: check_sql_expr.
    fn checked(&self, sql: Sql, mode: ParseMode) -> Parsed<Sql> {
        if sql.text.is_empty() {
            return Err(BodyError {
                message: "missing expression".to_string(),
                offset: sql.offset,
                certain: false,
            });
        }
        match nodes::parse(&sql.text, mode, true) {
            Ok(_) => Ok(sql),
            Err(error) => {
                let characters =
                    error.position.map_or(0, |position| position.saturating_sub(1) as usize);
                let inside =
                    sql.text.char_indices().nth(characters).map_or(sql.text.len(), |(at, _)| at);
                Err(BodyError {
                    message: error.message,
                    offset: sql.offset + inside,
                    certain: true,
                })
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
            while self.take("when") {
                handlers.push(self.handler()?);
            }
            if handlers.is_empty() {
                return Err(self.unexpected());
            }
        }
        let end = self.peek().start;
        self.expect("end")?;
        self.end_label();
        self.depth -= 1;
        Ok(Block { label, declarations, body, handlers, offset, end })
    }

    fn end_label(&mut self) {
        if matches!(self.peek().kind, Kind::Word | Kind::QuotedWord) {
            self.at += 1;
        }
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
            return Ok(Condition::SqlState(self.string_value(token)));
        }
        Ok(Condition::Name(self.name()?))
    }

    fn string_value(&self, token: Token) -> String {
        string_value(self.text(token))
    }

    fn declaration(&mut self) -> Parsed<Declaration> {
        let token = self.peek();
        let name = self.name()?;
        let offset = token.start;
        if self.take("alias") {
            self.expect("for")?;
            let of = self.peek();
            self.at += 1;
            let of = if of.kind == Kind::Parameter {
                self.text(of).to_string()
            } else {
                self.name_of(of)
            };
            self.expect_symbol(";")?;
            return Ok(Declaration { name, offset, kind: DeclarationKind::Alias { of } });
        }
        let scroll =
            (self.peek_is("no") && self.is(self.peek_at(1), "scroll")) || self.peek_is("scroll");
        if scroll {
            self.take("no");
            self.take("scroll");
        }
        if self.peek_is("cursor") {
            self.at += 1;
            let arguments = self.parenthesised()?;
            if !self.take("for") {
                self.expect("is")?;
            }
            let query = self.sql_until(&|parser, token| parser.is_symbol(token, ";"))?;
            self.at += 1;
            let query = self.checked(query, ParseMode::Default)?;
            return Ok(Declaration {
                name,
                offset,
                kind: DeclarationKind::Cursor { arguments, query },
            });
        }
        let constant = self.take("constant");
        let type_name = self.sql_until(&|parser, token| {
            parser.is_symbol(token, ";")
                || parser.is_symbol(token, ":=")
                || parser.is_symbol(token, "=")
                || parser.is(token, "default")
                || parser.is(token, "not")
                || parser.is(token, "collate")
        })?;
        if type_name.text.is_empty() {
            return Err(self.said("missing data type declaration", self.peek()));
        }
        if self.take("collate") {
            self.at += 1;
            while self.take_symbol(".") {
                self.at += 1;
            }
        }
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
        let kind = DeclarationKind::Variable { type_name, constant, not_null, default };
        Ok(Declaration { name, offset, kind })
    }

    /// What stands in parentheses here, if they do.
    fn parenthesised(&mut self) -> Parsed<Option<Sql>> {
        if !self.take_symbol("(") {
            return Ok(None);
        }
        let sql = self.sql_until(&|parser, token| parser.is_symbol(token, ")"))?;
        self.at += 1;
        Ok(Some(sql))
    }

    fn statements(&mut self) -> Parsed<Vec<Statement>> {
        let mut statements = Vec::new();
        while !self.peek_any(&["end", "elsif", "elseif", "else", "when", "exception"]) {
            if self.peek().kind == Kind::End {
                return Err(self.unexpected());
            }
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn statement(&mut self) -> Parsed<Statement> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.said("statements are nested too deeply", self.peek()));
        }
        let offset = self.peek().start;
        let kind = self.statement_kind()?;
        self.depth -= 1;
        Ok(Statement { offset, kind })
    }

    fn statement_kind(&mut self) -> Parsed<StatementKind> {
        let label = self.label()?;
        let token = self.peek();
        let assigns = self.is_assignment();
        let word = if token.kind == Kind::Word && !assigns {
            self.text(token).to_lowercase()
        } else {
            String::new()
        };
        match word.as_str() {
            "declare" | "begin" => {
                let block = self.block(label)?;
                self.expect_symbol(";")?;
                Ok(StatementKind::Block(block))
            }
            "if" => self.if_statement(),
            "case" => self.case_statement(),
            "loop" => {
                self.at += 1;
                Ok(StatementKind::Loop { label, body: self.loop_body()? })
            }
            "while" => {
                self.at += 1;
                let condition = self.expression_until_word("loop")?;
                Ok(StatementKind::While { label, condition, body: self.loop_body()? })
            }
            "for" => self.for_statement(label),
            "foreach" => self.foreach_statement(label),
            "exit" | "continue" => self.exit_statement(word == "continue"),
            "return" => self.return_statement(),
            "raise" => self.raise_statement(),
            "assert" => self.assert_statement(),
            "execute" => self.execute_statement(),
            "perform" => {
                self.at += 1;
                let sql = self.sql_until(&|parser, token| parser.is_symbol(token, ";"))?;
                self.at += 1;
                // PERFORM stands for SELECT: it is checked in its place.
                self.check_perform(&sql)?;
                Ok(StatementKind::Perform(sql))
            }
            "get"
                if self.is(self.peek_at(1), "diagnostics")
                    || self.is(self.peek_at(1), "stacked")
                    || self.is(self.peek_at(1), "current") =>
            {
                self.diagnostics_statement()
            }
            "open" => self.open_statement(),
            "fetch" | "move" => self.fetch_statement(),
            "close" => {
                self.at += 1;
                let cursor = self.name()?;
                self.expect_symbol(";")?;
                Ok(StatementKind::Cursor { cursor })
            }
            "commit" | "rollback" => {
                let _ = self.sql_until(&|parser, token| parser.is_symbol(token, ";"))?;
                self.at += 1;
                Ok(if word == "commit" { StatementKind::Commit } else { StatementKind::Rollback })
            }
            "null" if self.is_symbol(self.peek_at(1), ";") => {
                self.at += 2;
                Ok(StatementKind::Null)
            }
            _ if assigns => self.assignment(),
            _ => self.sql_statement(&word), // any other word starts a SQL command
        }
    }

    /// Whether `name := …`, `name.field := …` or `name[i] := …` starts here.
    fn is_assignment(&self) -> bool {
        if !matches!(self.peek().kind, Kind::Word | Kind::QuotedWord | Kind::Parameter) {
            return false;
        }
        let mut ahead = 1;
        loop {
            let token = self.peek_at(ahead);
            if self.is_symbol(token, ":=") || self.is_symbol(token, "=") {
                return true;
            }
            if self.is_symbol(token, ".") {
                ahead += 2;
            } else if self.is_symbol(token, "[") {
                let mut depth = 0_usize;
                loop {
                    let token = self.peek_at(ahead);
                    if token.kind == Kind::End {
                        return false;
                    }
                    depth += usize::from(self.is_symbol(token, "["));
                    depth -= usize::from(self.is_symbol(token, "]"));
                    ahead += 1;
                    if depth == 0 {
                        break;
                    }
                }
            } else {
                return false;
            }
        }
    }

    fn assignment(&mut self) -> Parsed<StatementKind> {
        let target = self.sql_until(&|parser, token| {
            parser.is_symbol(token, ":=") || parser.is_symbol(token, "=")
        })?;
        self.at += 1;
        let value = self.expression_until_semicolon()?;
        Ok(StatementKind::Assign { target, value })
    }

    fn check_perform(&self, sql: &Sql) -> Parsed<()> {
        match nodes::parse(&format!("SELECT {}", sql.text), ParseMode::Default, true) {
            Ok(_) => Ok(()),
            Err(error) => {
                let characters =
                    error.position.map_or(0, |position| (position as usize).saturating_sub(8));
                let inside =
                    sql.text.char_indices().nth(characters).map_or(sql.text.len(), |(at, _)| at);
                Err(BodyError {
                    message: error.message,
                    offset: sql.offset + inside,
                    certain: true,
                })
            }
        }
    }

    fn if_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        let condition = self.expression_until_word("then")?;
        arms.push((condition, self.statements()?));
        loop {
            if self.take("elsif") || self.take("elseif") {
                let condition = self.expression_until_word("then")?;
                arms.push((condition, self.statements()?));
            } else if self.take("else") {
                otherwise = self.statements()?;
            } else {
                self.expect("end")?;
                self.expect("if")?;
                self.expect_symbol(";")?;
                return Ok(StatementKind::If { arms, otherwise });
            }
        }
    }

    fn case_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let subject = if self.peek_is("when") {
            None
        } else {
            Some(self.sql_until(&|parser, token| parser.is(token, "when"))?)
        };
        let mut arms = Vec::new();
        while self.take("when") {
            let condition = self.sql_until(&|parser, token| parser.is(token, "then"))?;
            self.at += 1;
            arms.push((condition, self.statements()?));
        }
        let otherwise = if self.take("else") { Some(self.statements()?) } else { None };
        self.expect("end")?;
        self.expect("case")?;
        self.expect_symbol(";")?;
        Ok(StatementKind::Case { subject, arms, otherwise })
    }

    fn loop_body(&mut self) -> Parsed<Vec<Statement>> {
        let body = self.statements()?;
        self.expect("end")?;
        self.expect("loop")?;
        self.end_label();
        self.expect_symbol(";")?;
        Ok(body)
    }

    fn for_statement(&mut self, label: Option<String>) -> Parsed<StatementKind> {
        self.at += 1;
        let mut targets = Vec::new();
        loop {
            targets.push(self.sql_until(&|parser, token| {
                parser.is(token, "in") || parser.is_symbol(token, ",")
            })?);
            if !self.take_symbol(",") {
                break;
            }
        }
        self.expect("in")?;
        let first = self.peek();
        if self.is(first, "execute") {
            self.at += 1;
            let source = self.dynamic(&|parser, token| parser.is(token, "loop"))?;
            self.expect("loop")?;
            return Ok(StatementKind::ForQuery { label, targets, source, body: self.loop_body()? });
        }
        let reverse = self.take("reverse");
        let start = self.at;
        let sql = self.sql_until(&|parser, token| {
            parser.is(token, "loop") || parser.is_symbol(token, "..")
        })?;
        if self.take_symbol("..") {
            let lower = self.checked(sql, ParseMode::PlpgsqlExpr)?;
            let upper = self
                .sql_until(&|parser, token| parser.is(token, "loop") || parser.is(token, "by"))?;
            let upper = self.checked(upper, ParseMode::PlpgsqlExpr)?;
            let step = if self.take("by") {
                let step = self.sql_until(&|parser, token| parser.is(token, "loop"))?;
                Some(self.checked(step, ParseMode::PlpgsqlExpr)?)
            } else {
                None
            };
            self.expect("loop")?;
            let variable =
                targets.first().map_or(String::new(), |target| target.text.to_lowercase());
            let body = self.loop_body()?;
            return Ok(StatementKind::ForInteger {
                label,
                variable,
                reverse,
                lower,
                upper,
                step,
                body,
            });
        }
        let is_cursor = self.at == start + 1 || self.is_symbol(self.tokens[start + 1], "(");
        let starts_query = [
            "select", "with", "values", "table", "insert", "update", "delete", "merge", "show",
            "explain", "fetch",
        ];
        let query =
            starts_query.iter().any(|word| self.is(first, word)) || self.is_symbol(first, "(");
        self.expect("loop")?;
        if is_cursor && !query {
            let cursor = self.name_of(first);
            let arguments = sql.text.find('(').map(|at| Sql {
                text: sql.text[at + 1..sql.text.len() - 1].to_string(),
                offset: sql.offset + at + 1,
            });
            let target = targets.remove(0);
            return Ok(StatementKind::ForCursor {
                label,
                target,
                cursor,
                arguments,
                body: self.loop_body()?,
            });
        }
        let query = self.checked(sql, ParseMode::Default)?;
        Ok(StatementKind::ForQuery {
            label,
            targets,
            source: Source::Query(query),
            body: self.loop_body()?,
        })
    }

    /// The command string of EXECUTE and its USING, up to a stop.
    fn dynamic(&mut self, stop: &dyn Fn(&Self, Token) -> bool) -> Parsed<Source> {
        let command =
            self.sql_until(&|parser, token| stop(parser, token) || parser.is(token, "using"))?;
        let command = self.checked(command, ParseMode::PlpgsqlExpr)?;
        let using = if self.take("using") { self.list(stop)? } else { Vec::new() };
        Ok(Source::Dynamic { command, using })
    }

    /// Expressions with commas between them.
    fn list(&mut self, stop: &dyn Fn(&Self, Token) -> bool) -> Parsed<Vec<Sql>> {
        let mut items = Vec::new();
        loop {
            let item = self
                .sql_until(&|parser, token| stop(parser, token) || parser.is_symbol(token, ","))?;
            items.push(self.checked(item, ParseMode::PlpgsqlExpr)?);
            if !self.take_symbol(",") {
                return Ok(items);
            }
        }
    }

    fn foreach_statement(&mut self, label: Option<String>) -> Parsed<StatementKind> {
        self.at += 1;
        let mut targets = Vec::new();
        loop {
            targets.push(self.sql_until(&|parser, token| {
                parser.is(token, "in") || parser.is(token, "slice") || parser.is_symbol(token, ",")
            })?);
            if !self.take_symbol(",") {
                break;
            }
        }
        let mut slice = 0;
        if self.take("slice") {
            slice = self.text(self.peek()).parse().unwrap_or(0);
            self.at += 1;
        }
        self.expect("in")?;
        self.expect("array")?;
        let array = self.expression_until_word("loop")?;
        Ok(StatementKind::Foreach { label, targets, slice, array, body: self.loop_body()? })
    }

    fn exit_statement(&mut self, continues: bool) -> Parsed<StatementKind> {
        self.at += 1;
        let label = if self.peek_is("when") || self.is_symbol(self.peek(), ";") {
            None
        } else {
            Some(self.name()?)
        };
        let when = if self.take("when") {
            Some(self.expression_until_semicolon()?)
        } else {
            self.expect_symbol(";")?;
            None
        };
        Ok(StatementKind::Exit { continues, label, when })
    }

    fn return_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        if self.take_symbol(";") {
            return Ok(StatementKind::Return { value: None });
        }
        if self.peek_is("next") {
            self.at += 1;
            if self.take_symbol(";") {
                return Ok(StatementKind::ReturnNext { value: None });
            }
            return Ok(StatementKind::ReturnNext {
                value: Some(self.expression_until_semicolon()?),
            });
        }
        if self.peek_is("query") {
            self.at += 1;
            let source = if self.take("execute") {
                self.dynamic(&|parser, token| parser.is_symbol(token, ";"))?
            } else {
                let sql = self.sql_until(&|parser, token| parser.is_symbol(token, ";"))?;
                Source::Query(self.checked(sql, ParseMode::Default)?)
            };
            self.expect_symbol(";")?;
            return Ok(StatementKind::ReturnQuery(source));
        }
        Ok(StatementKind::Return { value: Some(self.expression_until_semicolon()?) })
    }

    fn raise_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let mut raise = Raise {
            level: "exception".to_string(),
            condition: None,
            format: None,
            parameters: Vec::new(),
            options: Vec::new(),
            again: false,
        };
        if self.take_symbol(";") {
            raise.again = true;
            return Ok(StatementKind::Raise(raise));
        }
        if self.peek_any(&["exception", "warning", "notice", "info", "log", "debug"]) {
            raise.level = self.name()?;
        }
        let ends =
            |parser: &Self, token: Token| parser.is_symbol(token, ";") || parser.is(token, "using");
        if self.peek().kind == Kind::String {
            let token = self.peek();
            self.at += 1;
            let format = self.string_value(token);
            while self.take_symbol(",") {
                let parameter = self.sql_until(&|parser, token| {
                    ends(parser, token) || parser.is_symbol(token, ",")
                })?;
                raise.parameters.push(self.checked(parameter, ParseMode::PlpgsqlExpr)?);
            }
            check_raise_parameters(&format, raise.parameters.len(), token.start)?;
            raise.format = Some(format);
        } else if !self.peek_is("using") && !self.is_symbol(self.peek(), ";") {
            raise.condition = Some(self.condition()?);
        }
        if self.take("using") {
            loop {
                let option = self.name()?;
                if !self.take_symbol("=") {
                    self.expect_symbol(":=")?;
                }
                let value = self.sql_until(&|parser, token| {
                    parser.is_symbol(token, ";") || parser.is_symbol(token, ",")
                })?;
                raise.options.push((option, self.checked(value, ParseMode::PlpgsqlExpr)?));
                if !self.take_symbol(",") {
                    break;
                }
            }
        }
        self.expect_symbol(";")?;
        Ok(StatementKind::Raise(raise))
    }

    fn assert_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let condition = self.sql_until(&|parser, token| {
            parser.is_symbol(token, ";") || parser.is_symbol(token, ",")
        })?;
        let condition = self.checked(condition, ParseMode::PlpgsqlExpr)?;
        let message = if self.take_symbol(",") {
            Some(self.expression_until_semicolon()?)
        } else {
            self.expect_symbol(";")?;
            None
        };
        Ok(StatementKind::Assert { condition, message })
    }

    fn execute_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let ends = |parser: &Self, token: Token| {
            parser.is_symbol(token, ";") || parser.is(token, "into") || parser.is(token, "using")
        };
        let command = self.sql_until(&ends)?;
        let command = self.checked(command, ParseMode::PlpgsqlExpr)?;
        let (mut into, mut using) = (None, Vec::new());
        loop {
            if self.take("into") {
                into = Some(self.into_targets(&ends)?);
            } else if self.take("using") {
                using = self.list(&ends)?;
            } else {
                self.expect_symbol(";")?;
                return Ok(StatementKind::Execute { command, into, using });
            }
        }
    }

    fn into_targets(&mut self, ends: &dyn Fn(&Self, Token) -> bool) -> Parsed<IntoTarget> {
        let strict = self.take("strict");
        let mut targets = Vec::new();
        loop {
            targets.push(
                self.sql_until(&|parser, token| {
                    ends(parser, token) || parser.is_symbol(token, ",")
                })?,
            );
            if !self.take_symbol(",") {
                return Ok(IntoTarget { strict, targets });
            }
        }
    }

    fn diagnostics_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let stacked = self.take("stacked");
        self.take("current");
        self.expect("diagnostics")?;
        let mut items = Vec::new();
        loop {
            let target = self.sql_until(&|parser, token| {
                parser.is_symbol(token, "=") || parser.is_symbol(token, ":=")
            })?;
            self.at += 1;
            items.push((target, self.name()?));
            if !self.take_symbol(",") {
                break;
            }
        }
        self.expect_symbol(";")?;
        Ok(StatementKind::GetDiagnostics { stacked, items })
    }

    fn open_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let cursor = self.name()?;
        let arguments = self.parenthesised()?;
        self.take("no");
        self.take("scroll");
        let source = if self.take("for") {
            if self.take("execute") {
                Some(self.dynamic(&|parser, token| parser.is_symbol(token, ";"))?)
            } else {
                let sql = self.sql_until(&|parser, token| parser.is_symbol(token, ";"))?;
                Some(Source::Query(self.checked(sql, ParseMode::Default)?))
            }
        } else {
            None
        };
        self.expect_symbol(";")?;
        Ok(StatementKind::Open { cursor, arguments, source })
    }

    fn fetch_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let mut cursor = String::new();
        while !self.peek_is("into") && !self.is_symbol(self.peek(), ";") {
            if self.peek().kind == Kind::End {
                return Err(self.unexpected());
            }
            cursor = self.name_of(self.peek());
            self.at += 1;
        }
        if self.take("into") {
            let targets = self.into_targets(&|parser, token| parser.is_symbol(token, ";"))?.targets;
            self.expect_symbol(";")?;
            return Ok(StatementKind::Fetch { cursor, targets });
        }
        self.expect_symbol(";")?;
        Ok(StatementKind::Cursor { cursor })
    }

    /// A SQL command, with its INTO taken out (PostgreSQL: make_execsql_stmt).
    fn sql_statement(&mut self, first: &str) -> Parsed<StatementKind> {
        let start = self.at;
        if !matches!(self.peek().kind, Kind::Word | Kind::QuotedWord)
            && !self.is_symbol(self.peek(), "(")
        {
            return Err(self.unexpected());
        }
        let offset = self.peek().start;
        let end = self.command_end(first)?;
        let mut into = None;
        let mut cut: Option<(usize, usize)> = None;
        let takes_into = !matches!(
            first,
            "create" | "import" | "grant" | "do" | "copy" | "alter" | "comment" | "security"
        );
        let mut depth = 0_usize;
        let mut index = start;
        while index < end {
            let token = self.tokens[index];
            depth += usize::from(self.is_symbol(token, "("));
            depth = depth.saturating_sub(usize::from(self.is_symbol(token, ")")));
            let follows_insert = index > start
                && (self.is(self.tokens[index - 1], "insert")
                    || self.is(self.tokens[index - 1], "merge"));
            if takes_into
                && depth == 0
                && self.is(token, "into")
                && !follows_insert
                && into.is_none()
            {
                let (targets, after) = self.variables(index + 1, end);
                into = Some(targets);
                cut = Some((token.start, self.tokens[after - 1].end));
                index = after;
            } else {
                index += 1;
            }
        }
        let text_end = self.tokens[end - 1].end.max(offset);
        let mut text = self.body[offset..text_end].to_string();
        if let Some((from, to)) = cut {
            // Blanks instead, so that places in the rest stay true.
            text.replace_range(from - offset..to - offset, &" ".repeat(to - from));
        }
        self.at = end + 1;
        let command = self.checked(Sql { text, offset }, ParseMode::Default)?;
        if first == "call" {
            return Ok(StatementKind::Call { command });
        }
        Ok(StatementKind::Sql { command, into })
    }

    /// The index of the semicolon that ends a command; those of a BEGIN ATOMIC body don't.
    fn command_end(&self, first: &str) -> Parsed<usize> {
        let (mut index, mut depth, mut atomic) = (self.at, 0_usize, 0_usize);
        loop {
            let token = self.tokens[index.min(self.tokens.len() - 1)];
            if token.kind == Kind::End {
                return Err(self.unexpected_at(token));
            }
            depth += usize::from(self.is_symbol(token, "("));
            depth = depth.saturating_sub(usize::from(self.is_symbol(token, ")")));
            if first == "create" && self.is(token, "atomic") {
                atomic = 1;
            } else if atomic > 0 && self.is(token, "case") {
                atomic += 1;
            } else if atomic > 0 && self.is(token, "end") {
                atomic -= 1;
            }
            if depth == 0 && atomic == 0 && self.is_symbol(token, ";") {
                return Ok(index);
            }
            index += 1;
        }
    }

    /// INTO's variables from a token on, and the index of the token after them.
    fn variables(&self, from: usize, end: usize) -> (IntoTarget, usize) {
        let mut index = from;
        let strict = self.is(self.tokens[index], "strict");
        index += usize::from(strict);
        let mut targets = Vec::new();
        while index < end {
            let start = self.tokens[index].start;
            index += 1;
            while index + 1 < end && self.is_symbol(self.tokens[index], ".") {
                index += 2;
            }
            while index < end && self.is_symbol(self.tokens[index], "[") {
                while index < end && !self.is_symbol(self.tokens[index], "]") {
                    index += 1;
                }
                index += 1;
            }
            let stop = self.tokens[index - 1].end;
            targets.push(Sql { text: self.body[start..stop].to_string(), offset: start });
            if index < end && self.is_symbol(self.tokens[index], ",") {
                index += 1;
            } else {
                break;
            }
        }
        (IntoTarget { strict, targets }, index)
    }
}

/// The value of a string token: plain, E'' or dollar-quoted.
pub(super) fn string_value(text: &str) -> String {
    if let Some(rest) = text.strip_prefix('$') {
        let tag = rest.find('$').map_or(0, |end| end + 2);
        return text[tag..text.len().saturating_sub(tag).max(tag)].to_string();
    }
    let escapes = text.starts_with(['e', 'E']);
    let inside = text.find('\'').map_or("", |at| &text[at + 1..text.len() - 1]);
    let plain = inside.replace("''", "'");
    if !escapes {
        return plain;
    }
    let mut out = String::new();
    let mut chars = plain.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => {}
            },
            (c, false) => out.push(c),
        }
    }
    out
}

/// PostgreSQL: check_raise_parameters.
fn check_raise_parameters(format: &str, given: usize, offset: usize) -> Parsed<()> {
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
    Err(BodyError { message: which.to_string(), offset, certain: true })
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
