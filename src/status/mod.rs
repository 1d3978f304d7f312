//! Which migrations of a folder a database has seen: told from what its catalog shows, and held against what the
//! migration tool itself recorded there.
//!
//! `evidence` runs the folder and keeps what each migration changed; `judge` looks for those changes in a dump;
//! `ledger` reads the rows of the tool's own table; `claims` compares the two.

mod checksum;
pub mod claims;
pub mod evidence;
pub mod judge;
pub mod ledger;

use crate::diff::{Difference, Key};
use crate::nodes::RawStmt;
use crate::nodes::tree::{AlterTableType, Node};
use crate::source::Span;
use crate::source::order::Tool;
use evidence::{Change, What};

/// What a dump shows of one migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Applied,
    NotApplied,
    /// Some of its changes are there, some are not.
    Partly,
    /// Whether it ran makes no difference: a later migration, by its index, changed all of it again.
    Superseded(usize),
    /// The catalog cannot tell, and why.
    Unclear(&'static str),
}

impl Verdict {
    /// As it is printed.
    pub fn as_str(&self) -> &'static str {
        match self {
            Verdict::Applied => "applied",
            Verdict::NotApplied => "not applied",
            Verdict::Partly => "partly applied",
            Verdict::Superseded(_) => "superseded",
            Verdict::Unclear(_) => "can't be told",
        }
    }
}

/// What pg_dump may leave out of a dump (--no-owner, --no-privileges, --no-comments), and what a dump has of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shows {
    pub owners: bool,
    pub privileges: bool,
    pub comments: bool,
}

impl Shows {
    /// Takes in a statement of the dump.
    pub fn see(&mut self, raw: &RawStmt) {
        match &raw.stmt {
            Node::GrantStmt(_) | Node::AlterDefaultPrivilegesStmt(_) => self.privileges = true,
            Node::AlterOwnerStmt(_) => self.owners = true,
            Node::CommentStmt(_) => self.comments = true,
            Node::AlterTableStmt(alter) => {
                self.owners |= alter.cmds.iter().any(|command| {
                    matches!(command, Node::AlterTableCmd(command) if command.subtype == AlterTableType::AtChangeOwner)
                });
            }
            _ => {} // every dump has the rest
        }
    }

    fn shows(self, change: &Change) -> bool {
        let fact = match &change.what {
            What::Altered { after, .. } => after.name,
            What::Added(_) | What::Removed => "",
        };
        match fact {
            "owner" => self.owners,
            "privileges" | "columns' privileges" => self.privileges,
            "comment" | "columns' comments" => self.comments,
            _ => self.privileges || !is_default_privileges(&change.key),
        }
    }

    /// Whether the difference is about what dumps may leave out: it is evidence, and no drift.
    fn hides(difference: &Difference) -> bool {
        matches!(difference.fact, Some("owner" | "privileges" | "columns' privileges"))
            || difference.owner.kind == "default privileges"
    }
}

fn is_default_privileges(key: &Key) -> bool {
    key.owner.kind == "default privileges"
}

/// A change of a migration that is not in the dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// As `index "orders_idx" of table public.orders`.
    pub what: String,
    pub span: Option<Span>,
}

/// One migration in one dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub verdict: Verdict,
    /// How many of its changes the dump has.
    pub present: usize,
    /// Which of its changes the dump lacks, by index.
    pub absent: Vec<usize>,
    pub lacking: Vec<Lacking>,
}

/// What the tool's own table cannot protect from.
pub fn weakness(tool: Tool) -> &'static str {
    match tool {
        Tool::Prisma => {
            "`prisma db push` and SQL run by hand change the schema without a row in _prisma_migrations"
        }
        Tool::Supabase => {
            "changes made in the dashboard or by hand leave no row; versions are recorded without a checksum"
        }
        Tool::Drizzle => {
            "`drizzle-kit push` records nothing; a migration older than the newest recorded one is never run"
        }
        Tool::Flyway => {
            "checksums guard files that ran, not the database: SQL run by hand is not seen; a failed migration without a transaction stays half done"
        }
        Tool::Liquibase => {
            "checksums guard changesets, not the database: SQL run by hand is not seen"
        }
        Tool::GolangMigrate | Tool::Tern => {
            "only the newest version is recorded: one that was skipped, edited or run twice is not seen"
        }
        Tool::Goose | Tool::Dbmate | Tool::SqlMigrate | Tool::Diesel => {
            "versions are recorded without a checksum: a file edited after it ran is not seen, nor is SQL run by hand"
        }
        Tool::NodePgMigrate | Tool::Sqlx | Tool::Refinery | Tool::Atlas | Tool::Sqitch => {
            "it guards its own files, not the database: SQL run by hand is not seen"
        }
        Tool::GraphileMigrate => {
            "current.sql is run again and again and recorded only when it is committed"
        }
        Tool::Structure | Tool::Numbered | Tool::Plain => {
            "nothing is recorded: which files ran can only be told from the schema"
        }
    }
}
