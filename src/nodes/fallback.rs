//! The second opinion on a statement that PostgreSQL's grammar refuses: whose SQL it is, by a parser of many dialects.

use sqlparser::ast::Statement;
use sqlparser::dialect::{
    BigQueryDialect, ClickHouseDialect, Dialect, DuckDbDialect, MsSqlDialect, MySqlDialect,
    OracleDialect, PostgreSqlDialect, SQLiteDialect, SnowflakeDialect,
};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

/// What the second parser makes of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// Another vendor's SQL.
    Vendor(&'static str),
    /// Well-formed as PostgreSQL's own, to a parser that is less strict or knows newer syntax.
    Lenient,
}

/// The longest statement that is looked at, in bytes.
const BYTE_LIMIT: usize = 200_000;

/// The most tokens; the parser's recursion is bounded by its own limit and by 64 MB of stack.
const TOKEN_LIMIT: usize = 20_000;

/// How deep the parser may recurse.
const RECURSION_LIMIT: usize = 60;

/// Asks the second parser; None when it does not understand the statement either, or it is too large to ask.
pub fn second_opinion(sql: &str) -> Option<Opinion> {
    if sql.len() > BYTE_LIMIT {
        return None;
    }
    if accepts(&PostgreSqlDialect {}, sql) {
        return Some(Opinion::Lenient);
    }
    let vendors: [(&'static str, &dyn Dialect); 8] = [
        ("MySQL", &MySqlDialect {}),
        ("SQL Server", &MsSqlDialect {}),
        ("SQLite", &SQLiteDialect {}),
        ("Oracle", &OracleDialect {}),
        ("Snowflake", &SnowflakeDialect {}),
        ("BigQuery", &BigQueryDialect {}),
        ("ClickHouse", &ClickHouseDialect {}),
        ("DuckDB", &DuckDbDialect {}),
    ];
    vendors
        .iter()
        .find(|(_, dialect)| accepts(*dialect, sql))
        .map(|(name, _)| Opinion::Vendor(name))
}

/// Whether the dialect reads the text as exactly one statement.
fn accepts(dialect: &dyn Dialect, sql: &str) -> bool {
    let Ok(tokens) = Tokenizer::new(dialect, sql).tokenize_with_location() else { return false };
    if tokens.len() > TOKEN_LIMIT || starts_strangely(&tokens.first().map(|token| &token.token)) {
        return false;
    }
    let parser = Parser::new(dialect)
        .with_recursion_limit(RECURSION_LIMIT)
        .with_tokens_with_locations(tokens);
    let parsed: Result<Vec<Statement>, _> = { parser }.parse_statements();
    parsed.is_ok_and(|statements| statements.len() == 1)
}

/// Whether the first token is no word: some dialects read anything as an expression then.
fn starts_strangely(token: &Option<&Token>) -> bool {
    !matches!(token, Some(Token::Word(_) | Token::LParen | Token::Whitespace(_)))
}

#[cfg(test)]
mod tests {
    use super::{Opinion, second_opinion};

    #[test]
    fn other_vendors_are_told_by_their_syntax() {
        let opinion = |sql| second_opinion(sql);
        assert_eq!(
            opinion("CREATE TABLE `t` (`id` int AUTO_INCREMENT) ENGINE=InnoDB"),
            Some(Opinion::Vendor("MySQL"))
        );
        assert_eq!(
            opinion("SELECT TOP 5 [name] FROM [dbo].[users]"),
            Some(Opinion::Vendor("SQL Server"))
        );
        assert_eq!(opinion("this is no SQL at all, is it"), None);
    }
}
