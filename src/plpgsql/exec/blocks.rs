//! Blocks: declarations, and handlers of errors (PostgreSQL: exec_stmt_block).

use super::raise::{condition_state, handles};
use super::{Flow, Machine, undecided};
use crate::executor::Value;
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::ast::{Block, Condition, Declaration, DeclarationKind, Source};
use crate::plpgsql::variables::{Scope, Variable};

impl Machine<'_> {
    pub(super) fn block(&mut self, block: &Block) -> PgResult<Flow> {
        let depth = self.variables.scopes.len();
        self.variables.scopes.push(Scope { label: block.label.clone(), ..Scope::default() });
        let result = self.block_in_scope(block);
        self.variables.scopes.truncate(depth);
        let here = |flow: &Flow| match flow {
            Flow::Exit(Some(label)) => Some(label) == block.label.as_ref(),
            _ => false, // an EXIT without a label leaves a loop
        };
        match result? {
            Flow::Split(mut held) => {
                held.variables.scopes.truncate(depth);
                self.rejoin(Flow::Split(held), here)
            }
            flow if here(&flow) => Ok(Flow::Next),
            flow => Ok(flow),
        }
    }

    fn block_in_scope(&mut self, block: &Block) -> PgResult<Flow> {
        for declaration in &block.declarations {
            self.declare(declaration)?;
        }
        if block.handlers.is_empty() {
            return self.statements(&block.body);
        }
        // Conditions are looked up when the function is compiled.
        for handler in &block.handlers {
            for condition in &handler.conditions {
                if !matches!(condition, Condition::Name(name) if name == "others") {
                    condition_state(condition)?;
                }
            }
        }
        let mark = self.host.mark();
        self.subtransactions += 1;
        let outcome = self.statements(&block.body);
        self.subtransactions -= 1;
        match outcome {
            Err(Stop::Error(error)) => {
                let Some(handler) =
                    block.handlers.iter().find(|handler| handles(handler, error.sqlstate))
                else {
                    return Err(Stop::Error(error));
                };
                self.host.rollback_to(mark);
                let message = match error.is_partly_told {
                    true => Variable::new(fixed::TEXTOID, Value::Unknown),
                    false => Variable::text(&error.message),
                };
                self.variables.declare("sqlerrm", message);
                self.variables.declare("sqlstate", Variable::text(error.sqlstate.as_str()));
                self.handled.push(*error);
                let flow = self.statements(&handler.body);
                self.handled.pop();
                flow
            }
            // A later error of the ways that go on would take back what the other has done.
            Ok(Flow::Split(held)) if !matches!(held.flow, Flow::Exit(_) | Flow::Return(_)) => {
                Err(undecided(&held.reason))
            }
            other => other, // it ended, or it is unknown
        }
    }

    fn declare(&mut self, declaration: &Declaration) -> PgResult<()> {
        let variable = match &declaration.kind {
            DeclarationKind::Variable { type_name, default, not_null, .. } => {
                let declared = self.host.declared_type(&type_name.text, &self.variables)?;
                let mut variable = Variable::new(declared.type_id, Value::Null);
                variable.typmod = declared.typmod;
                variable.fields = declared.fields;
                variable.not_null = *not_null;
                if !declared.type_id.is_valid() {
                    variable.value = Value::Unknown;
                }
                match default {
                    Some(expr) => {
                        let value = self.value(expr)?;
                        self.variables.declare(&declaration.name, variable);
                        return self.set_variable(&declaration.name, value);
                    }
                    None => {
                        // A domain may refuse NULL.
                        let null = crate::plpgsql::variables::Typed::new(Value::Null, Oid::INVALID);
                        self.variables.declare(&declaration.name, variable);
                        return self.set_variable(&declaration.name, null);
                    }
                }
            }
            DeclarationKind::Alias { of } => {
                if let Some((place, _)) = self.variables.find(&[of]) {
                    let scope = self.variables.innermost();
                    scope.aliases.insert(declaration.name.clone(), place);
                    return Ok(());
                }
                Variable::unknown()
            }
            DeclarationKind::Cursor { arguments, query } => {
                let mut all = Vec::new();
                for (_, piece) in arguments.iter().flat_map(|list| super::sql::members(&list.text))
                {
                    let (name, type_name) =
                        piece.split_once(char::is_whitespace).unwrap_or((&piece, ""));
                    let declared = self.host.declared_type(type_name, &self.variables)?;
                    all.push((name.to_lowercase(), declared.type_id));
                }
                Variable::cursor(Source::Query(query.clone()), all)
            }
        };
        self.variables.declare(&declaration.name, variable);
        Ok(())
    }

    /// A value that the variable's type and NOT NULL allow.
    pub(super) fn check_not_null(
        &self,
        name: &str,
        variable: &Variable,
        value: &Value,
    ) -> PgResult<()> {
        if variable.not_null && value.is_null() {
            let message =
                format!("null value cannot be assigned to variable \"{name}\" declared NOT NULL");
            return Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, message).into());
        }
        Ok(())
    }
}
