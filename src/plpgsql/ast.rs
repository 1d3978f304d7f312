//! The tree of a PL/pgSQL body (PostgreSQL: PLpgSQL_stmt and its kin, pl/plpgsql/src/plpgsql.h). Places are byte offsets
//! in the body.

/// A piece of SQL in the body: an expression or a statement, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql {
    pub text: String,
    /// Where the text starts in the body.
    pub offset: usize,
}

/// A block with its own names and handlers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub label: Option<String>,
    pub declarations: Vec<Declaration>,
    pub body: Vec<Statement>,
    pub handlers: Vec<Handler>,
    pub offset: usize,
    /// Where its END stands.
    pub end: usize,
}

/// A name that a block declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    pub name: String,
    pub offset: usize,
    pub kind: DeclarationKind,
}

/// What a declared name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclarationKind {
    Variable { type_name: Sql, constant: bool, not_null: bool, default: Option<Sql> },
    Alias { of: String },
    Cursor { arguments: Option<Sql>, query: Sql },
}

/// `WHEN condition OR condition THEN statements`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    pub conditions: Vec<Condition>,
    pub body: Vec<Statement>,
}

/// What a handler or a RAISE names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// `others`, or a condition's name.
    Name(String),
    SqlState(String),
}

/// A statement and where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub offset: usize,
    pub kind: StatementKind,
}

/// Where INTO puts a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntoTarget {
    pub strict: bool,
    pub targets: Vec<Sql>,
}

/// The source of a loop or a cursor: a query as written, or a string that is made when it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Query(Sql),
    Dynamic { command: Sql, using: Vec<Sql> },
}

/// Where FETCH and MOVE go; without a count by one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    Relative(Option<Sql>),
    Backward(Option<Sql>),
    Absolute(Sql),
    First,
    Last,
    All,
}

/// PostgreSQL: PLpgSQL_stmt_type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementKind {
    Block(Block),
    Assign {
        target: Sql,
        value: Sql,
    },
    If {
        arms: Vec<(Sql, Vec<Statement>)>,
        otherwise: Vec<Statement>,
    },
    Case {
        subject: Option<Sql>,
        arms: Vec<(Sql, Vec<Statement>)>,
        otherwise: Option<Vec<Statement>>,
    },
    Loop {
        label: Option<String>,
        body: Vec<Statement>,
    },
    While {
        label: Option<String>,
        condition: Sql,
        body: Vec<Statement>,
    },
    ForInteger {
        label: Option<String>,
        variable: String,
        reverse: bool,
        lower: Sql,
        upper: Sql,
        step: Option<Sql>,
        body: Vec<Statement>,
    },
    ForQuery {
        label: Option<String>,
        targets: Vec<Sql>,
        source: Source,
        body: Vec<Statement>,
    },
    ForCursor {
        label: Option<String>,
        target: Sql,
        cursor: String,
        arguments: Option<Sql>,
        body: Vec<Statement>,
    },
    Foreach {
        label: Option<String>,
        targets: Vec<Sql>,
        slice: usize,
        array: Sql,
        body: Vec<Statement>,
    },
    /// EXIT, or with `continues` CONTINUE.
    Exit {
        continues: bool,
        label: Option<String>,
        when: Option<Sql>,
    },
    Return {
        value: Option<Sql>,
    },
    ReturnNext {
        value: Option<Sql>,
    },
    ReturnQuery(Source),
    Raise(Raise),
    Assert {
        condition: Sql,
        message: Option<Sql>,
    },
    /// A SQL command as written.
    Sql {
        command: Sql,
        into: Option<IntoTarget>,
    },
    Execute {
        command: Sql,
        into: Option<IntoTarget>,
        using: Vec<Sql>,
    },
    Perform(Sql),
    Call {
        command: Sql,
    },
    GetDiagnostics {
        stacked: bool,
        items: Vec<(Sql, String)>,
    },
    Open {
        cursor: String,
        arguments: Option<Sql>,
        source: Option<Source>,
    },
    Fetch {
        cursor: String,
        direction: Direction,
        targets: Vec<Sql>,
    },
    Move {
        cursor: String,
        direction: Direction,
    },
    Close {
        cursor: String,
    },
    Commit,
    Rollback,
    Null,
}

impl Statement {
    /// The lists of statements directly below this one.
    pub fn bodies(&self) -> Vec<&[Statement]> {
        match &self.kind {
            StatementKind::Block(block) => std::iter::once(block.body.as_slice())
                .chain(block.handlers.iter().map(|handler| handler.body.as_slice()))
                .collect(),
            StatementKind::If { arms, otherwise } => arms
                .iter()
                .map(|(_, body)| body.as_slice())
                .chain(std::iter::once(otherwise.as_slice()))
                .collect(),
            StatementKind::Case { arms, otherwise, .. } => {
                arms.iter().map(|(_, body)| body.as_slice()).chain(otherwise.as_deref()).collect()
            }
            StatementKind::Loop { body, .. }
            | StatementKind::While { body, .. }
            | StatementKind::ForInteger { body, .. }
            | StatementKind::ForQuery { body, .. }
            | StatementKind::ForCursor { body, .. }
            | StatementKind::Foreach { body, .. } => vec![body],
            _ => Vec::new(), // every other statement has none below it
        }
    }
}

/// RAISE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// `exception`, `warning`, `notice`, `info`, `log`, `debug`.
    pub level: String,
    pub condition: Option<Condition>,
    pub format: Option<String>,
    pub parameters: Vec<Sql>,
    /// USING's options, the name in lower case.
    pub options: Vec<(String, Sql)>,
    /// A bare RAISE: the handled error again.
    pub again: bool,
}
