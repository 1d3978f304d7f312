//! Literals of text search: which are read and which are refused (PostgreSQL: tsvectorin, tsqueryin and
//! utils/adt/tsvector_parser.c).

use super::is_space;
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::sqlstate as state;

/// PostgreSQL: MAXENTRYPOS.
const MAX_DISTANCE: u64 = 1 << 14;

fn syntax(message: String) -> Stop {
    PgError::new(state::SYNTAX_ERROR, message).into()
}

/// A position in a text of text search.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// A tsquery's operators end a word.
    query: bool,
}

enum State {
    WaitWord,
    EndWord,
    EndQuoted,
    AfterQuote,
    Positions,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn bad(&self) -> Stop {
        let what = if self.query { "tsquery" } else { "tsvector" };
        syntax(format!("syntax error in {what}: \"{}\"", self.text))
    }

    /// The character after a backslash.
    fn escaped(&mut self) -> PgResult<()> {
        self.bump();
        if self.peek().is_none() {
            return Err(syntax(format!("there is no escaped character: \"{}\"", self.text)));
        }
        self.bump();
        Ok(())
    }

    /// Reads one word; false at the end (PostgreSQL: gettoken_tsvector).
    fn word(&mut self) -> PgResult<bool> {
        let mut state = State::WaitWord;
        let mut empty = true;
        loop {
            let next = self.peek();
            match state {
                State::WaitWord => match next {
                    None => return Ok(false),
                    Some('\'') => {
                        self.bump();
                        state = State::EndQuoted;
                    }
                    Some('\\') => {
                        self.escaped()?;
                        (empty, state) = (false, State::EndWord);
                    }
                    Some(c) if self.query && is_operator(c) => return Err(self.bad()),
                    Some(c) => {
                        self.bump();
                        if !is_space(c) {
                            (empty, state) = (false, State::EndWord);
                        }
                    }
                },
                State::EndWord => match next {
                    Some('\\') => self.escaped()?,
                    Some(':') if self.query => return Ok(true),
                    Some(':') => {
                        self.bump();
                        state = State::Positions;
                    }
                    None => return Ok(true),
                    Some(c) if is_space(c) || self.query && is_operator(c) => return Ok(true),
                    Some(_) => self.bump(),
                },
                State::EndQuoted => match next {
                    None => return Err(self.bad()),
                    Some('\'') => {
                        self.bump();
                        state = State::AfterQuote;
                    }
                    Some('\\') => {
                        self.escaped()?;
                        empty = false;
                    }
                    Some(_) => {
                        self.bump();
                        empty = false;
                    }
                },
                State::AfterQuote => match next {
                    Some('\'') => {
                        self.bump();
                        (empty, state) = (false, State::EndQuoted);
                    }
                    _ if empty => return Err(self.bad()),
                    Some(':') if !self.query => {
                        self.bump();
                        state = State::Positions;
                    }
                    _ => return Ok(true), // a blank, an operator, the next word
                },
                State::Positions => return self.positions().map(|()| true),
            }
        }
    }

    /// `1A,2` behind a lexeme's colon.
    fn positions(&mut self) -> PgResult<()> {
        loop {
            let start = self.at;
            while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.bump();
            }
            let digits = &self.text[start..self.at];
            if digits.is_empty() {
                return Err(self.bad());
            }
            if digits.bytes().all(|digit| digit == b'0') {
                let message = format!("wrong position info in tsvector: \"{}\"", self.text);
                return Err(syntax(message));
            }
            let mut weighted = false;
            loop {
                match self.peek() {
                    Some(',') => {
                        self.bump();
                        break;
                    }
                    Some('a'..='d' | 'A'..='D' | '*') if !weighted => {
                        self.bump();
                        weighted = true;
                    }
                    None => return Ok(()),
                    Some(c) if is_space(c) => return Ok(()),
                    Some(c) if c.is_ascii_digit() => self.bump(),
                    Some(_) => return Err(self.bad()),
                }
            }
        }
    }

    /// `<->` and `<2>`; false where none stands (PostgreSQL: parse_phrase_operator).
    fn phrase(&mut self) -> PgResult<bool> {
        let Some(rest) = self.text[self.at..].strip_prefix('<') else { return Ok(false) };
        let Some((inner, _)) = rest.split_once('>') else { return Ok(false) };
        let digits = inner.trim_start_matches(is_space);
        if inner != "-" {
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Ok(false);
            }
            if digits.parse().is_ok_and(|distance: u64| distance > MAX_DISTANCE) || digits.len() > 9
            {
                let message = "distance in phrase operator must be an integer value between zero \
                               and 16384 inclusive";
                return Err(PgError::new(state::INVALID_PARAMETER_VALUE, message).into());
            }
        }
        self.at += inner.len() + 2;
        Ok(true)
    }
}

fn is_operator(c: char) -> bool {
    matches!(c, '!' | '&' | '|' | '(' | ')' | '<')
}

/// PostgreSQL: tsvectorin.
pub fn check_tsvector(text: &str) -> PgResult<()> {
    let mut parser = Parser { text, at: 0, query: false };
    while parser.word()? {}
    Ok(())
}

/// PostgreSQL: parse_tsquery with gettoken_query_standard (utils/adt/tsquery.c).
pub fn check_tsquery(text: &str) -> PgResult<()> {
    let mut parser = Parser { text, at: 0, query: true };
    let (mut first, mut open) = (true, 0_usize);
    loop {
        // An operand.
        match parser.peek() {
            Some('!') => parser.bump(),
            Some('(') => {
                parser.bump();
                open += 1;
            }
            Some(':') => return Err(parser.bad()),
            Some(c) if is_space(c) => {
                parser.bump();
                continue;
            }
            _ if parser.word()? => {
                modifiers(&mut parser);
                if !operator(&mut parser, &mut open)? {
                    return Ok(());
                }
            }
            _ if first => return Ok(()), // nothing at all
            _ => return Err(syntax(format!("no operand in tsquery: \"{text}\""))),
        }
        first = false;
    }
}

/// `:*AB` behind a word (PostgreSQL: get_modifiers).
fn modifiers(parser: &mut Parser) {
    if parser.peek() == Some(':') {
        parser.bump();
        while matches!(parser.peek(), Some('a'..='d' | 'A'..='D' | '*')) {
            parser.bump();
        }
    }
}

/// What stands between operands, closing parentheses before it; false at the end.
fn operator(parser: &mut Parser, open: &mut usize) -> PgResult<bool> {
    loop {
        match parser.peek() {
            Some('&' | '|') => {
                parser.bump();
                return Ok(true);
            }
            Some('<') if parser.phrase()? => return Ok(true),
            Some(')') if *open > 0 => {
                parser.bump();
                *open -= 1;
            }
            None if *open == 0 => return Ok(false),
            Some(c) if is_space(c) => parser.bump(),
            _ => return Err(parser.bad()), // a word without an operator, an open parenthesis
        }
    }
}
