//! Functions' arguments, results and SQL bodies (PostgreSQL: pg_get_function_arguments, pg_get_function_sqlbody).

use std::rc::Rc;

use super::context::{Context, Deparse};
use super::names::Namespace;
use super::query::flatten_group_exprs;
use crate::catalog::{PgAggregate, PgProc};
use crate::nodes::primnodes::Query;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::Oid;

impl Deparse<'_> {
    /// Types, modes and names of all arguments (PostgreSQL: get_func_arg_info).
    fn all_arguments<'p>(&self, proc: &'p PgProc) -> Vec<(Oid, u8, &'p str)> {
        let types = proc.proallargtypes.as_ref().unwrap_or(&proc.proargtypes);
        let mode = |i: usize| proc.proargmodes.as_ref().and_then(|m| m.get(i)).copied();
        let name = |i: usize| proc.proargnames.as_ref().and_then(|n| n.get(i));
        let argument = |(i, typid): (usize, &Oid)| {
            (*typid, mode(i).unwrap_or(b'i'), name(i).map_or("", |name| name.as_str()))
        };
        types.iter().enumerate().map(argument).collect()
    }

    /// PostgreSQL: print_function_arguments. Returns how many were printed.
    fn arguments(&self, proc: &PgProc, table: bool, defaults: bool) -> (String, usize) {
        let all = self.all_arguments(proc);
        let without_default = proc.proargtypes.len().saturating_sub(proc.proargdefaults.len());
        let order_by_at = self
            .catalog
            .get::<PgAggregate>(proc.oid)
            .filter(|row| row.aggkind != b'n')
            .and_then(|row| usize::try_from(row.aggnumdirectargs).ok());
        let mut text = String::new();
        let mut printed = 0;
        let mut inputs = 0;
        let mut i = 0;
        let mut again = true;
        while let Some((typid, mode, name)) = all.get(i).copied() {
            i += 1;
            let procedure = proc.prokind == b'p' && self.catalog.version().major() >= 14;
            let (word, input) = match mode {
                b'o' => ("OUT ", false),
                b'b' => ("INOUT ", true),
                b'v' => ("VARIADIC ", true),
                b't' => ("", false),
                _ if procedure => ("IN ", true), // 'i'
                _ => ("", true),                 // 'i'
            };
            inputs += usize::from(input);
            if table != (mode == b't') {
                continue;
            }
            if order_by_at == Some(printed) {
                text.push_str(if printed > 0 { " ORDER BY " } else { "ORDER BY " });
            } else if printed > 0 {
                text.push_str(", ");
            }
            text.push_str(word);
            if !name.is_empty() {
                text.push_str(&quote_identifier(name));
                text.push(' ');
            }
            text.push_str(&self.type_name(typid));
            if defaults
                && input
                && inputs > without_default
                && let Some(expr) = proc.proargdefaults.get(inputs - without_default - 1)
            {
                text.push_str(" DEFAULT ");
                text.push_str(&self.expression(expr, Oid::INVALID, false));
            }
            printed += 1;
            if order_by_at == Some(printed) && i == all.len() && again {
                i -= 1;
                again = false;
            }
        }
        (text, printed)
    }

    /// PostgreSQL: pg_get_function_arguments.
    pub fn function_arguments(&self, proc: &PgProc) -> String {
        self.arguments(proc, false, true).0
    }

    /// PostgreSQL: pg_get_function_identity_arguments.
    pub fn function_identity_arguments(&self, proc: &PgProc) -> String {
        self.arguments(proc, false, false).0
    }

    /// None for a procedure (PostgreSQL: pg_get_function_result).
    pub fn function_result(&self, proc: &PgProc) -> Option<String> {
        if proc.prokind == b'p' {
            return None;
        }
        if proc.proretset {
            let (columns, count) = self.arguments(proc, true, false);
            if count > 0 {
                return Some(format!("TABLE({columns})"));
            }
        }
        let set = if proc.proretset { "SETOF " } else { "" };
        Some(format!("{set}{}", self.type_name(proc.prorettype)))
    }

    /// PostgreSQL: pg_get_function_sqlbody.
    pub fn function_sqlbody(&self, proc: &PgProc) -> Option<String> {
        let mut queries: Vec<Query> = proc.prosqlbody.as_ref()?.as_ref().clone();
        queries.iter_mut().for_each(flatten_group_exprs);
        let inputs = self
            .all_arguments(proc)
            .iter()
            .filter(|(_, mode, _)| !matches!(mode, b'o' | b't'))
            .map(|(_, _, name)| Name::new(name))
            .collect();
        let namespace =
            Namespace { function: Some((proc.proname.clone(), inputs)), ..Namespace::default() };
        let namespace = Rc::new(namespace);
        let mut context = Context::new(self, proc.prosqlbody_atomic);
        context.namespaces.push(namespace);
        if !proc.prosqlbody_atomic {
            if let Some(query) = queries.first() {
                context.query_def(query, None, false, 0, false);
            }
            return Some(context.buf);
        }
        context.put("BEGIN ATOMIC\n");
        for query in &queries {
            context.query_def(query, None, false, 1, false);
            context.put(";\n");
        }
        context.put("END");
        Some(context.buf)
    }
}
