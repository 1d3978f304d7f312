//! Statements that leave, return, raise and run SQL (PostgreSQL: pl_gram.y, stmt_exit to stmt_commit).

use super::*;

impl Parser<'_> {
    /// PostgreSQL: stmt_exit.
    pub(super) fn exit_statement(
        &mut self,
        continues: bool,
        start: Token,
    ) -> Parsed<StatementKind> {
        self.at += 1;
        let place = self.peek();
        let label = if self.peek_is("when") || self.is_symbol(place, ";") {
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
        let Some(compiled) = &self.compiled else {
            return Ok(StatementKind::Exit { continues, label, when });
        };
        let fault = match &label {
            Some(name) => match compiled.scopes.label(name) {
                None => Some((
                    format!(
                        "there is no label \"{name}\" attached to any block or loop enclosing this statement"
                    ),
                    place,
                )),
                Some(LevelKind::Loop) => None,
                Some(_) if !continues => None,
                Some(_) => {
                    Some((format!("block label \"{name}\" cannot be used in CONTINUE"), place))
                }
            },
            None if compiled.scopes.in_loop() => None,
            None if continues => {
                Some(("CONTINUE cannot be used outside a loop".to_string(), start))
            }
            None => {
                let what = "EXIT cannot be used outside a loop, unless it has a label";
                Some((what.to_string(), start))
            }
        };
        match fault {
            Some((what, token)) => Err(BodyError::new(what, token.start)),
            None => Ok(StatementKind::Exit { continues, label, when }),
        }
    }

    /// PostgreSQL: make_return_stmt, make_return_next_stmt and make_return_query_stmt.
    pub(super) fn return_statement(&mut self, start: Token) -> Parsed<StatementKind> {
        self.at += 1;
        let mismatch = |what: &str, token: Token| {
            Err(BodyError::new(what, token.start).state(sqlstate::DATATYPE_MISMATCH))
        };
        let returns_rows = self.compiled.is_none() || self.routine(|routine| routine.returns_set);
        let has_outputs = self.routine(|routine| routine.has_outputs);
        if self.take("next") {
            if !returns_rows {
                return mismatch("cannot use RETURN NEXT in a non-SETOF function", start);
            }
            let token = self.peek();
            if has_outputs && !self.is_symbol(token, ";") {
                let what = "RETURN NEXT cannot have a parameter in function with OUT parameters";
                return mismatch(what, token);
            }
            if (has_outputs || self.compiled.is_none()) && self.take_symbol(";") {
                return Ok(StatementKind::ReturnNext { value: None });
            }
            let value = Some(self.expression_until_semicolon()?);
            return Ok(StatementKind::ReturnNext { value });
        }
        if self.take("query") {
            if !returns_rows {
                return mismatch("cannot use RETURN QUERY in a non-SETOF function", start);
            }
            if self.take("execute") {
                let source = self.dynamic()?;
                self.expect_symbol(";")?;
                return Ok(StatementKind::ReturnQuery(source));
            }
            let sql = self.statement_until_semicolon()?;
            let query = self.checked(sql, ParseMode::Default)?;
            return Ok(StatementKind::ReturnQuery(Source::Query(query)));
        }
        let token = self.peek();
        let is_bare = self.is_symbol(token, ";");
        let takes_none = if self.routine(|routine| routine.returns_set) {
            Some("RETURN cannot have a parameter in function returning set")
        } else if self.routine(|routine| routine.is_procedure && routine.returns_void) {
            if !is_bare {
                let what = "RETURN cannot have a parameter in a procedure";
                return Err(BodyError::new(what, token.start));
            }
            Some("")
        } else if self.routine(|routine| routine.returns_void) {
            Some("RETURN cannot have a parameter in function returning void")
        } else if has_outputs {
            Some("RETURN cannot have a parameter in function with OUT parameters")
        } else {
            None
        };
        if let Some(what) = takes_none
            && !is_bare
        {
            let hint = match self.routine(|routine| routine.returns_set) {
                true => Some("Use RETURN NEXT or RETURN QUERY."),
                false => None,
            };
            return mismatch(what, token).map_err(|error: BodyError| BodyError { hint, ..error });
        }
        if (takes_none.is_some() || self.compiled.is_none()) && self.take_symbol(";") {
            return Ok(StatementKind::Return { value: None });
        }
        Ok(StatementKind::Return { value: Some(self.expression_until_semicolon()?) })
    }

    pub(super) fn raise_statement(&mut self) -> Parsed<StatementKind> {
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
            raise.format = Some(self.string_value(token));
            if !self.is_symbol(self.peek(), ",") && !ends(self, self.peek()) {
                return Err(self.unexpected());
            }
            while self.take_symbol(",") {
                let parameter = self.sql_until(", or ; or USING", &|parser, token| {
                    ends(parser, token) || parser.is_symbol(token, ",")
                })?;
                raise.parameters.push(self.checked(parameter, ParseMode::PlpgsqlExpr)?);
            }
        } else if !self.peek_is("using") {
            raise.condition = Some(self.condition()?);
            if !ends(self, self.peek()) {
                return Err(self.unexpected());
            }
        }
        if self.take("using") {
            self.raise_options(&mut raise)?;
        }
        self.expect_symbol(";")?;
        if let Some(format) = &raise.format {
            check_raise_parameters(format, raise.parameters.len())?;
        }
        Ok(StatementKind::Raise(raise))
    }

    /// PostgreSQL: read_raise_options.
    pub(super) fn raise_options(&mut self, raise: &mut Raise) -> Parsed<()> {
        let known = [
            "errcode",
            "message",
            "detail",
            "hint",
            "column",
            "constraint",
            "datatype",
            "table",
            "schema",
        ];
        loop {
            let token = self.peek();
            if !self.peek_any(&known) {
                return Err(self.complain("unrecognized RAISE statement option", token));
            }
            let option = self.name_of(token);
            self.at += 1;
            if !self.take_symbol("=") && !self.take_symbol(":=") {
                return Err(self.complain("syntax error, expected \"=\"", self.peek()));
            }
            let value = self.sql_until(", or ;", &|parser, token| {
                parser.is_symbol(token, ";") || parser.is_symbol(token, ",")
            })?;
            raise.options.push((option, self.checked(value, ParseMode::PlpgsqlExpr)?));
            if !self.take_symbol(",") {
                return Ok(());
            }
        }
    }

    pub(super) fn assert_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let condition = self.sql_until(", or ;", &|parser, token| {
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

    pub(super) fn execute_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let ends = |parser: &Self, token: Token| {
            parser.is_symbol(token, ";") || parser.is(token, "into") || parser.is(token, "using")
        };
        let command = self.sql_until("INTO or USING or ;", &ends)?;
        let command = self.checked(command, ParseMode::PlpgsqlExpr)?;
        let (mut into, mut using) = (None, Vec::new());
        loop {
            if self.peek_is("into") && into.is_none() {
                self.at += 1;
                let (target, after) = self.into_target(self.at, self.tokens.len())?;
                self.at = after;
                into = Some(target);
            } else if self.peek_is("using") && using.is_empty() {
                self.at += 1;
                using = self.list(", or ; or INTO", &ends)?;
            } else {
                self.expect_symbol(";")?;
                return Ok(StatementKind::Execute { command, into, using });
            }
        }
    }

    pub(super) fn diagnostics_statement(&mut self) -> Parsed<StatementKind> {
        let start = self.peek();
        self.at += 1;
        let stacked = self.take("stacked");
        self.take("current");
        self.expect("diagnostics")?;
        let mut items = Vec::new();
        loop {
            let (from, token) = (self.at, self.peek());
            let (names, after) = self.dotted_at(from);
            let Some(symbol) = self.symbol_at(from) else { return Err(self.not_a_variable(from)) };
            if let Some(symbol) = symbol {
                if symbol.kind == TypeKind::Row {
                    let what = format!("\"{}\" is not a scalar variable", names.join("."));
                    return Err(BodyError::new(what, token.start));
                }
                self.check_assignable(&symbol, from)?;
            }
            self.at = after;
            let text = self.body[token.start..self.tokens[after.max(1) - 1].end].to_string();
            if !self.take_symbol("=") && !self.take_symbol(":=") {
                return Err(self.unexpected());
            }
            let item = self.peek();
            let name = self.text(item).to_ascii_lowercase();
            if !DIAGNOSTICS.iter().any(|(known, _)| *known == name) {
                return Err(self.complain("unrecognized GET DIAGNOSTICS item", item));
            }
            self.at += 1;
            items.push((Sql { text, offset: token.start }, name));
            if !self.take_symbol(",") {
                break;
            }
        }
        self.expect_symbol(";")?;
        for (_, item) in &items {
            let (_, of) = DIAGNOSTICS.iter().find(|(known, _)| known == item).unwrap_or(&("", 'b'));
            let kind = if stacked { 's' } else { 'c' };
            if *of != kind && *of != 'b' {
                let which = if stacked { "STACKED" } else { "CURRENT" };
                let what = format!(
                    "diagnostics item {} is not allowed in GET {which} DIAGNOSTICS",
                    item.to_ascii_uppercase()
                );
                return Err(BodyError::new(what, start.start));
            }
        }
        Ok(StatementKind::GetDiagnostics { stacked, items })
    }

    pub(super) fn open_statement(&mut self) -> Parsed<StatementKind> {
        self.at += 1;
        let (cursor, symbol) = self.cursor_variable()?;
        let bound = symbol.as_ref().and_then(|symbol| symbol.cursor.clone());
        if let Some(bound) = bound {
            let arguments = self.cursor_arguments(&cursor, Some(&bound))?;
            self.expect_symbol(";")?;
            return Ok(StatementKind::Open { cursor, arguments, source: None });
        }
        if symbol.is_none() && !self.peek_any(&["no", "scroll", "for"]) {
            let arguments = self.parenthesised()?;
            self.expect_symbol(";")?;
            return Ok(StatementKind::Open { cursor, arguments, source: None });
        }
        self.take("no");
        self.take("scroll");
        if !self.take("for") {
            return Err(self.complain("syntax error, expected \"FOR\"", self.peek()));
        }
        if self.take("execute") {
            let source = Some(self.dynamic()?);
            self.expect_symbol(";")?;
            return Ok(StatementKind::Open { cursor, arguments: None, source });
        }
        let sql = self.statement_until_semicolon()?;
        let source = Some(Source::Query(self.checked(sql, ParseMode::Default)?));
        Ok(StatementKind::Open { cursor, arguments: None, source })
    }

    /// FETCH and MOVE (PostgreSQL: read_fetch_direction).
    pub(super) fn fetch_statement(&mut self) -> Parsed<StatementKind> {
        let start = self.peek();
        let moves = self.peek_is("move");
        self.at += 1;
        let (direction, many) = self.direction()?;
        let (cursor, _) = self.cursor_variable()?;
        if moves {
            self.expect_symbol(";")?;
            return Ok(StatementKind::Move { cursor, direction });
        }
        self.expect("into")?;
        let (into, after) = self.into_target(self.at, self.tokens.len())?;
        self.at = after;
        self.expect_symbol(";")?;
        if many {
            let error = BodyError::new("FETCH statement cannot return multiple rows", start.start);
            return Err(error.state(sqlstate::FEATURE_NOT_SUPPORTED));
        }
        Ok(StatementKind::Fetch { cursor, direction, targets: into.targets })
    }

    /// Where FETCH goes, and whether to several rows.
    pub(super) fn direction(&mut self) -> Parsed<(Direction, bool)> {
        let plain = |direction: Direction| (direction, false);
        let found = if self.take("next") {
            plain(Direction::Relative(None))
        } else if self.take("prior") {
            plain(Direction::Backward(None))
        } else if self.take("first") {
            plain(Direction::First)
        } else if self.take("last") {
            plain(Direction::Last)
        } else if self.take("absolute") {
            plain(Direction::Absolute(self.count()?))
        } else if self.take("relative") {
            plain(Direction::Relative(Some(self.count()?)))
        } else if self.take("all") {
            (Direction::All, true)
        } else if self.peek_any(&["forward", "backward"]) {
            let back = self.peek_is("backward");
            self.at += 1;
            let count = if self.peek_any(&["from", "in"]) {
                None
            } else if self.take("all") {
                self.at += 1;
                return Ok((if back { Direction::First } else { Direction::All }, true));
            } else {
                Some(self.count()?)
            };
            let many = count.is_some();
            (if back { Direction::Backward(count) } else { Direction::Relative(count) }, many)
        } else if self.peek_any(&["from", "in"]) {
            plain(Direction::Relative(None))
        } else if matches!(self.peek().kind, Kind::Word | Kind::QuotedWord) {
            return Ok(plain(Direction::Relative(None)));
        } else {
            (Direction::Relative(Some(self.count()?)), true)
        };
        if !self.take("from") {
            self.take("in");
        }
        Ok(found)
    }

    pub(super) fn count(&mut self) -> Parsed<Sql> {
        let sql = self.sql_until("FROM or IN", &|parser, token| {
            parser.is(token, "from") || parser.is(token, "in")
        })?;
        self.checked(sql, ParseMode::PlpgsqlExpr)
    }

    /// A SQL command, with its INTO taken out (PostgreSQL: make_execsql_stmt).
    pub(super) fn sql_statement(&mut self, first: &str) -> Parsed<StatementKind> {
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
        let mut index = start;
        while index < end {
            let token = self.tokens[index];
            let follows_insert = index > start
                && (self.is(self.tokens[index - 1], "insert")
                    || self.is(self.tokens[index - 1], "merge"));
            if takes_into && self.is(token, "into") && !follows_insert {
                if into.is_some() {
                    return Err(self.complain("INTO specified more than once", token));
                }
                let (targets, after) = self.into_target(index + 1, end)?;
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
    pub(super) fn command_end(&self, first: &str) -> Parsed<usize> {
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

    /// INTO's variables from a token on, and the index of the token after them (PostgreSQL: read_into_target).
    pub(super) fn into_target(&self, from: usize, end: usize) -> Parsed<(IntoTarget, usize)> {
        let at = |index: usize| self.tokens[index.min(self.tokens.len() - 1)];
        let mut index = from;
        let strict = self.is(at(index), "strict");
        index += usize::from(strict);
        let mut targets = Vec::new();
        loop {
            let start = at(index);
            let first = index;
            let (_, mut after) = self.dotted_at(index);
            while after < end && self.is_symbol(at(after), "[") {
                while after < end && !self.is_symbol(at(after), "]") {
                    after += 1;
                }
                after += 1;
            }
            let more = self.is_symbol(at(after), ",");
            if self.compiled.is_some() || after == index {
                self.check_target(first, targets.is_empty() && !more, targets.is_empty())?;
            }
            if after == index {
                return Err(self.unexpected_at(start));
            }
            let text = self.body[start.start..at(after - 1).end].to_string();
            targets.push(Sql { text, offset: start.start });
            if !more {
                return Ok((IntoTarget { strict, targets }, after));
            }
            index = after + 1;
        }
    }
}
