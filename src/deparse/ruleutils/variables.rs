//! Column references, fields of rows, parameters.

use super::context::Context;
use crate::catalog::{PgClass, lsyscache};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::*;
use crate::parser::funcapi::get_expr_result_tupdesc;
use crate::pg::name::Name;
use crate::pg::oid::fixed;

impl<'a> Context<'a> {
    /// Prints the reference and returns the column's name (PostgreSQL: get_variable).
    pub(super) fn variable(&mut self, var: &Var, levels_up: u32, top_level: bool) -> Option<Name> {
        let levels = var.varlevelsup + levels_up;
        let namespace = self.namespace(levels);
        let found = namespace.as_ref().and_then(|n| n.entry(var.varno).map(|rte| (n, rte)));
        let Some((namespace, rte)) = found else {
            self.put("???");
            return None;
        };
        if var.syntax.varnosyn != 0 {
            let VarSyntax { varnosyn: varno, varattnosyn: varattno } = var.syntax;
            let syntax = VarSyntax::default();
            return self.variable(
                &Var { varno, varattno, syntax, ..var.clone() },
                levels_up,
                top_level,
            );
        }
        if let (RteKind::Join(join), None) = (&rte.kind, &rte.alias) {
            let index = usize::try_from(var.varattno).ok().and_then(|a| a.checked_sub(1));
            if let Some(Expr::Var(alias)) = index.and_then(|i| join.joinaliasvars.get(i)) {
                return self.variable(alias, levels, top_level);
            }
        }
        let refname = match var.varreturningtype {
            VarReturningType::Default => namespace.name_of(var.varno).cloned(),
            VarReturningType::Old => namespace.ret_old_alias.clone(),
            VarReturningType::New => namespace.ret_new_alias.clone(),
        };
        let attname = match var.varattno {
            0 => None,
            attno if attno > 0 => {
                let columns = namespace.columns_of(var.varno);
                let name = columns.and_then(|c| c.colnames.get(attno as usize - 1)).cloned();
                Some(name.flatten().unwrap_or(Name::fixed("?dropped?column?")))
            }
            attno => {
                Some(lsyscache::system_attribute(attno).map_or(Name::fixed("???"), |a| a.attname))
            }
        };
        let mut need_prefix = self.varprefix
            || attname.is_none()
            || var.varreturningtype != VarReturningType::Default;
        if let (true, false, false, Some(name)) =
            (self.var_in_order_by, self.in_group_by, need_prefix, &attname)
        {
            need_prefix = self.is_other_output_column(name, var);
        }
        if let (Some(refname), true) = (&refname, need_prefix) {
            self.put_identifier(refname);
            self.put(".");
        }
        match &attname {
            Some(name) => self.put_identifier(name),
            None => {
                self.put("*");
                if top_level {
                    let text = self.deparse.type_with_typmod(var.vartype, var.vartypmod);
                    self.put("::");
                    self.put(&text);
                }
            }
        }
        attname
    }

    /// Whether an output column of that name is something else than the Var.
    fn is_other_output_column(&self, name: &Name, var: &Var) -> bool {
        let shown = self.target_list.iter().filter(|target| !target.resjunk);
        for (column, target) in shown.enumerate() {
            let described = self.result_desc.and_then(|names| names.get(column));
            if described.or(target.resname.as_ref()) != Some(name) {
                continue;
            }
            let same = matches!(&target.expr, Expr::Var(other)
                if (other.varno, other.varattno, other.varlevelsup)
                    == (var.varno, var.varattno, var.varlevelsup));
            if !same {
                return true;
            }
        }
        false
    }

    /// PostgreSQL: get_name_for_var_field.
    pub(super) fn field_name(&mut self, expr: &Expr, field: i16, levels_up: u32) -> Name {
        let index = usize::try_from(field - 1).unwrap_or(0);
        if let Expr::RowExpr(row) = expr
            && let Some(name) = row.colnames.get(index).filter(|name| !name.is_empty())
        {
            return name.clone();
        }
        let fallback = || Name::new(&format!("f{field}"));
        let typid = expr_type(expr);
        if typid != fixed::RECORDOID {
            let base = lsyscache::get_base_type(self.catalog(), typid);
            let relid = lsyscache::get_typ_typrelid(self.catalog(), base);
            if let Some(class) = self.catalog().get::<PgClass>(relid) {
                return class.attribute(field).map_or_else(fallback, |a| a.attname.clone());
            }
        }
        match expr {
            Expr::Var(var) => self.record_var_field(var, field, levels_up).unwrap_or_else(fallback),
            // A call's result may be described by its OUT arguments.
            _ => get_expr_result_tupdesc(self.catalog(), expr)
                .and_then(|desc| desc.get(index).map(|a| a.name.clone()))
                .unwrap_or_else(fallback),
        }
    }

    fn record_var_field(&mut self, var: &Var, field: i16, levels_up: u32) -> Option<Name> {
        let levels = var.varlevelsup + levels_up;
        let namespace = self.namespace(levels)?;
        let rte = namespace.entry(var.varno)?;
        let column = usize::try_from(var.varattno).ok()?;
        if column == 0 {
            let columns = namespace.columns_of(var.varno)?;
            return columns.colnames.get(usize::try_from(field).ok()?.checked_sub(1)?)?.clone();
        }
        let in_query = |context: &mut Context<'a>, query: &'a Query, up: u32| {
            let target =
                query.target_list.iter().find(|t| t.resno == var.varattno && !t.resjunk)?;
            let keep = context.namespaces.len().checked_sub(up as usize)?;
            let saved = context.namespaces.split_off(keep);
            let inner =
                super::names::Namespace::for_query(context.catalog(), query, &context.namespaces);
            context.namespaces.push(std::rc::Rc::new(inner));
            let name = context.field_name(&target.expr, field, 0);
            context.namespaces.pop();
            context.namespaces.extend(saved);
            Some(name)
        };
        match &rte.kind {
            RteKind::Subquery { query, .. } => in_query(self, query, levels),
            RteKind::Cte { name, levels_up, .. } => {
                let holder = self.namespace(levels + levels_up)?;
                let cte = holder.ctes.iter().find(|cte| cte.ctename == *name)?;
                in_query(self, &cte.ctequery, levels + levels_up)
            }
            RteKind::Join(join) => {
                let alias = join.joinaliasvars.get(column - 1)?;
                Some(self.field_name(alias, field, levels))
            }
            RteKind::Function { functions, .. } => {
                let call = &functions.first()?.funcexpr;
                let described = get_expr_result_tupdesc(self.catalog(), call)?;
                described.get(usize::try_from(field).ok()?.checked_sub(1)?).map(|a| a.name.clone())
            }
            // No other kind of entry has columns of type record whose fields are known.
            RteKind::Relation { .. }
            | RteKind::TableFunc(_)
            | RteKind::Values { .. }
            | RteKind::NamedTuplestore { .. }
            | RteKind::Result
            | RteKind::Group { .. } => None,
        }
    }

    /// PostgreSQL: get_parameter.
    pub(super) fn parameter(&mut self, param: &Param) {
        let function = self.namespaces.first().and_then(|n| n.function.clone());
        if let (ParamKind::Extern, Some((funcname, names))) = (param.kind, function) {
            let index = usize::try_from(param.id).ok().and_then(|id| id.checked_sub(1));
            if let Some(name) = index.and_then(|i| names.get(i)).filter(|name| !name.is_empty()) {
                if self.namespaces.iter().any(|n| !n.rtable_names.is_empty()) {
                    self.put_identifier(&funcname);
                    self.put(".");
                }
                self.put_identifier(name);
                return;
            }
        }
        let text = format!("${}", param.id);
        self.put(&text);
    }
}
