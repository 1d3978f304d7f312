//! What the open transaction was begun as: READ ONLY or not, its isolation level, whether a query has run in it
//! (PostgreSQL: XactReadOnly, XactIsoLevel, xact.c; check_transaction_read_only and its kin, commands/variable.c).

use super::SessionState;
use super::settings::parse_bool;
use crate::findings::{PgError, PgResult};
use crate::pg::sqlstate;

/// A transaction's own settings; each new transaction takes the session's defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Characteristics {
    pub read_only: bool,
    /// The isolation level as SHOW prints it; empty for the default, READ COMMITTED.
    isolation: String,
    /// Whether a snapshot was taken (PostgreSQL: FirstSnapshotSet).
    pub has_snapshot: bool,
    /// Whether a savepoint is open.
    pub in_subtransaction: bool,
}

impl Characteristics {
    /// Those of a new transaction (PostgreSQL: StartTransaction).
    pub fn of_session(state: &SessionState) -> Characteristics {
        let isolation = state.get("default_transaction_isolation");
        Characteristics {
            read_only: state.flag("default_transaction_read_only", false),
            isolation: isolation.map(|level| level.to_ascii_lowercase()).unwrap_or_default(),
            has_snapshot: false,
            in_subtransaction: false,
        }
    }

    /// Those that COMMIT AND CHAIN hands on.
    pub fn chained(&self) -> Characteristics {
        Characteristics { has_snapshot: false, in_subtransaction: false, ..self.clone() }
    }

    fn isolation(&self) -> &str {
        if self.isolation.is_empty() { "read committed" } else { &self.isolation }
    }

    /// Sets transaction_read_only, transaction_isolation or transaction_deferrable.
    pub fn assign(&mut self, name: &str, value: &str) -> PgResult<()> {
        match name {
            "transaction_read_only" => self.assign_read_only(parse_bool(value).unwrap_or(false)),
            "transaction_isolation" => self.assign_isolation(value.to_ascii_lowercase()),
            "transaction_deferrable" => self.check_early("SET TRANSACTION [NOT] DEFERRABLE", true),
            _ => Ok(()), // the caller asks of no other
        }
    }

    fn assign_read_only(&mut self, read_only: bool) -> PgResult<()> {
        if self.read_only && !read_only {
            let message = if self.in_subtransaction {
                "cannot set transaction read-write mode inside a read-only transaction"
            } else {
                "transaction read-write mode must be set before any query"
            };
            if self.in_subtransaction || self.has_snapshot {
                return Err(PgError::new(sqlstate::ACTIVE_SQL_TRANSACTION, message).into());
            }
        }
        self.read_only = read_only;
        Ok(())
    }

    fn assign_isolation(&mut self, level: String) -> PgResult<()> {
        if level != self.isolation() {
            self.check_early("SET TRANSACTION ISOLATION LEVEL", false)?;
            self.isolation = level;
        }
        Ok(())
    }

    /// Refuses what only the top level may do, before any query.
    fn check_early(&self, what: &str, deferrable: bool) -> PgResult<()> {
        let message = match (self.in_subtransaction, self.has_snapshot) {
            (true, _) if deferrable => {
                format!("{what} cannot be called within a subtransaction")
            }
            (_, true) => format!("{what} must be called before any query"),
            (true, false) => format!("{what} must not be called in a subtransaction"),
            (false, false) => return Ok(()),
        };
        Err(PgError::new(sqlstate::ACTIVE_SQL_TRANSACTION, message).into())
    }

    /// PostgreSQL: ImportSnapshot (utils/time/snapmgr.c); no other session exports one.
    pub fn import_snapshot(&self, id: &str, major: u32) -> PgResult<()> {
        if self.has_snapshot || self.in_subtransaction {
            let what = "SET TRANSACTION SNAPSHOT must be called before any query";
            return Err(PgError::new(sqlstate::ACTIVE_SQL_TRANSACTION, what).into());
        }
        if !matches!(self.isolation(), "repeatable read" | "serializable") {
            let message = "a snapshot-importing transaction must have isolation level \
                           SERIALIZABLE or REPEATABLE READ";
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
        }
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        Err(if is_id && major >= 17 {
            let message = format!("snapshot \"{id}\" does not exist");
            PgError::new(sqlstate::UNDEFINED_OBJECT, message)
        } else {
            let message = format!("invalid snapshot identifier: \"{id}\"");
            PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message)
        }
        .into())
    }

    /// PostgreSQL: PreventCommandIfReadOnly (tcop/utility.c).
    pub fn prevent_if_read_only(&self, command: &str) -> PgResult<()> {
        if !self.read_only {
            return Ok(());
        }
        let message = format!("cannot execute {command} in a read-only transaction");
        Err(PgError::new(sqlstate::READ_ONLY_SQL_TRANSACTION, message).into())
    }
}
