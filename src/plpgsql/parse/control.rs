//! Statements that steer: assignments, conditions and loops (PostgreSQL: pl_gram.y, stmt_assign to stmt_foreach_a).

use super::*;

impl Parser<'_> {
    pub(super) fn statements(&mut self) -> Parsed<Vec<Statement>> {
        let mut statements = Vec::new();
        while !self.peek_any(&["end", "elsif", "elseif", "else", "when", "exception"]) {
            if self.peek().kind == Kind::End {
                return Err(self.unexpected());
            }
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    pub(super) fn statement(&mut self) -> Parsed<Statement> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.said("statements are nested too deeply", self.peek()));
        }
        let offset = self.peek().start;
        let kind = self.statement_kind()?;
        self.depth -= 1;
        Ok(Statement { offset, kind })
    }

    pub(super) fn statement_kind(&mut self) -> Parsed<StatementKind> {
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
                self.push_level(label.as_deref(), LevelKind::Loop);
                let body = self.loop_body(label.as_deref())?;
                Ok(StatementKind::Loop { label, body })
            }
            "while" => {
                self.at += 1;
                let condition = self.expression_until_word("loop")?;
                self.push_level(label.as_deref(), LevelKind::Loop);
                let body = self.loop_body(label.as_deref())?;
                Ok(StatementKind::While { label, condition, body })
            }
            "for" => self.for_statement(label),
            "foreach" => self.foreach_statement(label),
            "exit" | "continue" => self.exit_statement(word == "continue", token),
            "return" => self.return_statement(token),
            "raise" => self.raise_statement(),
            "assert" => self.assert_statement(),
            "execute" => self.execute_statement(),
            "perform" => {
                self.at += 1;
                let sql = self.maybe_empty()?;
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
                let (cursor, _) = self.cursor_variable()?;
                self.expect_symbol(";")?;
                Ok(StatementKind::Close { cursor })
            }
            "commit" | "rollback" => {
                self.at += 1;
                // opt_transaction_chain: AND [NO] CHAIN.
                if self.peek_any(&["and"]) {
                    self.at += 1;
                    self.at += usize::from(self.peek_any(&["no"]));
                    if !self.peek_any(&["chain"]) {
                        return Err(self.unexpected());
                    }
                    self.at += 1;
                }
                self.expect_symbol(";")?;
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
    pub(super) fn is_assignment(&self) -> bool {
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

    pub(super) fn assignment(&mut self) -> Parsed<StatementKind> {
        let Some(symbol) = self.symbol_at(self.at) else {
            return Err(self.not_a_variable(self.at));
        };
        if let Some(symbol) = symbol {
            self.check_assignable(&symbol, self.at)?;
        }
        let target = self.sql_until(":=", &|parser, token| {
            parser.is_symbol(token, ":=") || parser.is_symbol(token, "=")
        })?;
        self.at += 1;
        let value = self.maybe_empty()?;
        let value = self.checked(value, ParseMode::PlpgsqlExpr)?;
        Ok(StatementKind::Assign { target, value })
    }

    pub(super) fn check_perform(&self, sql: &Sql) -> Parsed<()> {
        match nodes::parse(&format!("SELECT {}", sql.text), ParseMode::Default, true) {
            Ok(_) => Ok(()),
            Err(error) => {
                let characters =
                    error.position.map_or(0, |position| (position as usize).saturating_sub(8));
                let inside =
                    sql.text.char_indices().nth(characters).map_or(sql.text.len(), |(at, _)| at);
                Err(BodyError::new(error.message, sql.offset + inside))
            }
        }
    }

    pub(super) fn if_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        let condition = self.expression_until_word("then")?;
        arms.push((condition, self.statements()?));
        loop {
            if self.take("elsif") || self.take("elseif") {
                let condition = self.expression_until_word("then")?;
                arms.push((condition, self.statements()?));
            } else {
                if self.take("else") {
                    otherwise = self.statements()?;
                }
                self.expect("end")?;
                self.expect("if")?;
                self.expect_symbol(";")?;
                return Ok(StatementKind::If { arms, otherwise });
            }
        }
    }

    pub(super) fn case_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let subject = if self.peek_is("when") {
            None
        } else {
            Some(self.sql_until("WHEN", &|parser, token| parser.is(token, "when"))?)
        };
        let mut arms = Vec::new();
        while self.take("when") {
            let condition = self.sql_until("THEN", &|parser, token| parser.is(token, "then"))?;
            self.at += 1;
            arms.push((condition, self.statements()?));
        }
        let otherwise = if self.take("else") { Some(self.statements()?) } else { None };
        self.expect("end")?;
        self.expect("case")?;
        self.expect_symbol(";")?;
        Ok(StatementKind::Case { subject, arms, otherwise })
    }

    /// The statements of a loop, whose level is in force, to its end.
    pub(super) fn loop_body(&mut self, label: Option<&str>) -> Parsed<Vec<Statement>> {
        let body = self.statements()?;
        self.expect("end")?;
        self.expect("loop")?;
        self.end_label(label)?;
        self.pop_level();
        self.expect_symbol(";")?;
        Ok(body)
    }

    /// The variables of a loop (PostgreSQL: for_variable), and whether rows can go there.
    pub(super) fn for_variables(&mut self) -> Parsed<(Vec<Sql>, bool)> {
        let first = self.at;
        let mut targets = Vec::new();
        let holds_rows = self.symbol_at(first).is_some();
        loop {
            let from = self.at;
            let token = self.peek();
            let (names, after) = self.dotted_at(from);
            if names.is_empty() || (names.len() == 1 && self.is_reserved(token)) {
                return Err(self.unexpected());
            }
            let end = self.tokens[after - 1].end;
            self.at = after;
            let more = self.is_symbol(self.peek(), ",");
            if from != first || more {
                if self.symbol_at(from).is_none() {
                    return Err(self.not_a_variable(from));
                }
                self.check_target(from, false, from == first)?;
            }
            targets
                .push(Sql { text: self.body[token.start..end].to_string(), offset: token.start });
            if !self.take_symbol(",") {
                return Ok((targets, holds_rows));
            }
        }
    }

    pub(super) fn for_statement(&mut self, label: Option<String>) -> Parsed<StatementKind> {
        self.at += 1;
        let variable = self.peek();
        let (mut targets, holds_rows) = self.for_variables()?;
        self.push_level(label.as_deref(), LevelKind::Loop);
        self.expect("in")?;
        let first = self.peek();
        let no_rows = || {
            let what = "loop variable of loop over rows must be a record variable or list of scalar variables";
            BodyError::new(what, variable.start)
        };
        if self.take("execute") {
            let command = self.sql_until("LOOP or USING", &|parser, token| {
                parser.is(token, "loop") || parser.is(token, "using")
            })?;
            let command = self.checked(command, ParseMode::PlpgsqlExpr)?;
            if !holds_rows {
                return Err(no_rows());
            }
            let mut using = Vec::new();
            if self.take("using") {
                using = self.list(", or LOOP", &|parser, token| parser.is(token, "loop"))?;
            }
            self.expect("loop")?;
            let body = self.loop_body(label.as_deref())?;
            let source = Source::Dynamic { command, using };
            return Ok(StatementKind::ForQuery { label, targets, source, body });
        }
        if let Some(symbol) = self.loop_cursor() {
            return self.for_cursor(label, targets.remove(0), symbol);
        }
        let reverse = self.take("reverse");
        let sql = self.sql_until("LOOP", &|parser, token| {
            parser.is(token, "loop") || parser.is_symbol(token, "..")
        })?;
        if self.take_symbol("..") {
            let lower = self.checked(sql, ParseMode::PlpgsqlExpr)?;
            let upper = self.sql_until("LOOP", &|parser, token| {
                parser.is(token, "loop") || parser.is(token, "by")
            })?;
            let upper = self.checked(upper, ParseMode::PlpgsqlExpr)?;
            let step = if self.take("by") {
                let step = self.sql_until("LOOP", &|parser, token| parser.is(token, "loop"))?;
                Some(self.checked(step, ParseMode::PlpgsqlExpr)?)
            } else {
                None
            };
            self.expect("loop")?;
            if targets.len() > 1 {
                let what = "integer FOR loop must have only one target variable";
                return Err(BodyError::new(what, variable.start));
            }
            let variable = self.name_of(variable);
            self.add_name(&variable, Symbol::new(TypeKind::Scalar { collatable: false }));
            let body = self.loop_body(label.as_deref())?;
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
        if reverse {
            return Err(BodyError::new("cannot specify REVERSE in query FOR loop", first.start));
        }
        let query = self.checked(sql, ParseMode::Default)?;
        if !holds_rows {
            return Err(no_rows());
        }
        self.expect("loop")?;
        let body = self.loop_body(label.as_deref())?;
        Ok(StatementKind::ForQuery { label, targets, source: Source::Query(query), body })
    }

    /// The cursor that a loop is over; what it stands for, where that is known.
    pub(super) fn loop_cursor(&self) -> Option<Option<Symbol>> {
        let token = self.peek();
        if !matches!(token.kind, Kind::Word | Kind::QuotedWord) {
            return None;
        }
        if self.compiled.is_some() {
            return match self.symbol_at(self.at) {
                Some(Some(symbol)) if symbol.kind == TypeKind::Refcursor => Some(Some(symbol)),
                _ => None, // no cursor
            };
        }
        // Without names: a lone word, or one with arguments, that starts no query.
        let starts_query = [
            "select", "with", "values", "table", "insert", "update", "delete", "merge", "show",
            "explain", "fetch", "reverse",
        ];
        let lone = self.is(self.peek_at(1), "loop") || self.is_symbol(self.peek_at(1), "(");
        (lone && !starts_query.iter().any(|word| self.is(token, word)) && !self.call_then_range())
            .then_some(None)
    }

    /// Whether `f(…)` here is the lower bound of a range and no cursor with arguments.
    pub(super) fn call_then_range(&self) -> bool {
        let mut at = self.at;
        loop {
            let token = self.tokens[at.min(self.tokens.len() - 1)];
            if token.kind == Kind::End || self.is(token, "loop") {
                return false;
            }
            if self.is_symbol(token, "..") {
                return true;
            }
            at += 1;
        }
    }

    pub(super) fn for_cursor(
        &mut self,
        label: Option<String>,
        target: Sql,
        symbol: Option<Symbol>,
    ) -> Parsed<StatementKind> {
        let token = self.peek();
        let cursor = self.name_of(token);
        self.at += 1;
        let bound = match symbol {
            Some(symbol) => match symbol.cursor {
                Some(arguments) => Some(arguments),
                None => {
                    let what = "cursor FOR loop must use a bound cursor variable";
                    return Err(BodyError::new(what, token.start));
                }
            },
            None => None,
        };
        let arguments = self.cursor_arguments(&cursor, bound.as_deref())?;
        self.expect("loop")?;
        let name = target.text.to_lowercase();
        self.add_name(&name, Symbol::new(TypeKind::Row));
        let body = self.loop_body(label.as_deref())?;
        Ok(StatementKind::ForCursor { label, target, cursor, arguments, body })
    }

    /// A cursor's arguments (PostgreSQL: read_cursor_args).
    pub(super) fn cursor_arguments(
        &mut self,
        cursor: &str,
        bound: Option<&[String]>,
    ) -> Parsed<Option<Sql>> {
        let open = self.peek();
        let has = self.is_symbol(open, "(");
        let Some(wanted) = bound else { return self.parenthesised() };
        let refused = |what: String, token: Token| Err(BodyError::new(what, token.start));
        match (wanted.is_empty(), has) {
            (true, true) => return refused(format!("cursor \"{cursor}\" has no arguments"), open),
            (true, false) => return Ok(None),
            (false, false) => return refused(format!("cursor \"{cursor}\" has arguments"), open),
            (false, true) => self.at += 1,
        }
        let start = self.peek().start;
        let mut given = Vec::new();
        loop {
            let token = self.peek();
            let named =
                self.is_symbol(self.peek_at(1), ":=") || self.is_symbol(self.peek_at(1), "=>");
            let mut place = given.len();
            if named && matches!(token.kind, Kind::Word | Kind::QuotedWord) {
                let name = self.name_of(token);
                let Some(found) = wanted.iter().position(|argument| *argument == name) else {
                    let what = format!("cursor \"{cursor}\" has no argument named \"{name}\"");
                    return refused(what, token);
                };
                place = found;
                self.at += 2;
            }
            if given.contains(&place) {
                let name = wanted.get(place).map_or("", String::as_str);
                let what = format!(
                    "value for parameter \"{name}\" of cursor \"{cursor}\" is specified more than once"
                );
                return refused(what, token);
            }
            given.push(place);
            let value = self.sql_until(",\" or \")", &|parser, token| {
                parser.is_symbol(token, ",") || parser.is_symbol(token, ")")
            })?;
            self.checked(value, ParseMode::PlpgsqlExpr)?;
            let end = self.peek();
            let last = given.len() == wanted.len();
            if self.is_symbol(end, ")") {
                if !last {
                    return refused(format!("not enough arguments for cursor \"{cursor}\""), end);
                }
                self.at += 1;
                let text = self.body[start..end.start].trim_end().to_string();
                return Ok(Some(Sql { text, offset: start }));
            }
            if last {
                return refused(format!("too many arguments for cursor \"{cursor}\""), end);
            }
            self.at += 1;
        }
    }

    /// A cursor's variable: its name and what it stands for (PostgreSQL: cursor_variable).
    pub(super) fn cursor_variable(&mut self) -> Parsed<(String, Option<Symbol>)> {
        let (from, token) = (self.at, self.peek());
        let Some(symbol) = self.symbol_at(from) else { return Err(self.not_a_variable(from)) };
        let (names, after) = self.dotted_at(from);
        let Some(name) = names.last().cloned() else { return Err(self.unexpected()) };
        if let Some(symbol) = &symbol {
            let what = match symbol.kind {
                TypeKind::Row => "cursor variable must be a simple variable".to_string(),
                TypeKind::Scalar { .. } => {
                    format!("variable \"{name}\" must be of type cursor or refcursor")
                }
                TypeKind::Refcursor | TypeKind::Unknown => String::new(),
            };
            if !what.is_empty() {
                let error = BodyError::new(what, token.start);
                return Err(error.state(sqlstate::DATATYPE_MISMATCH));
            }
        }
        self.at = after;
        Ok((name, symbol))
    }

    /// The command string of EXECUTE and its USING, up to the semicolon.
    pub(super) fn dynamic(&mut self) -> Parsed<Source> {
        let ends = |parser: &Self, token: Token| parser.is_symbol(token, ";");
        let command = self.sql_until("USING or ;", &|parser, token| {
            ends(parser, token) || parser.is(token, "using")
        })?;
        let command = self.checked(command, ParseMode::PlpgsqlExpr)?;
        let using = if self.take("using") { self.list(", or ;", &ends)? } else { Vec::new() };
        Ok(Source::Dynamic { command, using })
    }

    /// Expressions with commas between them.
    pub(super) fn list(
        &mut self,
        expected: &str,
        stop: &dyn Fn(&Self, Token) -> bool,
    ) -> Parsed<Vec<Sql>> {
        let mut items = Vec::new();
        loop {
            let item = self.sql_until(expected, &|parser, token| {
                stop(parser, token) || parser.is_symbol(token, ",")
            })?;
            items.push(self.checked(item, ParseMode::PlpgsqlExpr)?);
            if !self.take_symbol(",") {
                return Ok(items);
            }
        }
    }

    pub(super) fn foreach_statement(&mut self, label: Option<String>) -> Parsed<StatementKind> {
        self.at += 1;
        let variable = self.peek();
        let (targets, known) = self.for_variables()?;
        self.push_level(label.as_deref(), LevelKind::Loop);
        let mut slice = 0;
        if self.take("slice") {
            slice = self.text(self.peek()).parse().unwrap_or(0);
            self.at += 1;
        }
        self.expect("in")?;
        self.expect("array")?;
        let array = self.expression_until_word("loop")?;
        let body = self.loop_body(label.as_deref())?;
        if !known {
            let what = "loop variable of FOREACH must be a known variable or list of variables";
            return Err(BodyError::new(what, variable.start));
        }
        Ok(StatementKind::Foreach { label, targets, slice, array, body })
    }
}
