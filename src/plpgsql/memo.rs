//! What was parsed before on this thread: a history runs the same bodies, and the same pieces of SQL in them, again and
//! again (PostgreSQL keeps them as plpgsql_HashTable and SPI plans).

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::ast::Block;
use super::parse::{self, BodyError};
use crate::nodes::{self, ParseMode, RawParseError, RawStmt};

/// So many texts of a kind are kept; then all are let go.
const KEPT: usize = 4_096;

/// Longer texts are parsed each time.
const LENGTH: usize = 1 << 16;

type Memo<T> = RefCell<HashMap<Box<str>, Rc<T>>>;

thread_local! {
    static BODIES: Memo<Block> = RefCell::default();
    static COMMANDS: Memo<Vec<RawStmt>> = RefCell::default();
}

fn kept<T, E>(
    memo: &Memo<T>,
    text: &str,
    make: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Rc<T>, E> {
    if let Some(found) = memo.borrow().get(text) {
        return Ok(Rc::clone(found));
    }
    let made = Rc::new(make(text)?);
    if text.len() <= LENGTH {
        let mut memo = memo.borrow_mut();
        if memo.len() >= KEPT {
            memo.clear();
        }
        memo.insert(text.into(), Rc::clone(&made));
    }
    Ok(made)
}

/// A body that was compiled before.
pub fn body(text: &str) -> Result<Rc<Block>, BodyError> {
    BODIES.with(|memo| kept(memo, text, parse::parse))
}

/// The statements of a piece of SQL.
pub fn commands(text: &str) -> Result<Rc<Vec<RawStmt>>, RawParseError> {
    let parse = |text: &str| nodes::parse(text, ParseMode::Default, true);
    COMMANDS.with(|memo| kept(memo, text, parse))
}
