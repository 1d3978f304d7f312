//! The rows that INSERT … SELECT gives: a value that cannot be told leaves the others and their number known.

use std::rc::Rc;

use super::expr::Evaluator;
use super::query::{Binding, Frame};
use crate::findings::PgResult;
use crate::nodes::primnodes::{CmdType, JoinTreeNode, Query, RteKind};

/// The one plain SELECT that an INSERT takes its rows from, and its number in the range table.
fn source(query: &Query) -> Option<(u32, &Query)> {
    let [JoinTreeNode::RangeTblRef(index)] = query.jointree.fromlist.as_slice() else {
        return None;
    };
    let entry = query.rtable.get(usize::try_from(*index).ok()?.checked_sub(1)?)?;
    let RteKind::Subquery { query: select, .. } = &entry.kind else { return None };
    let plain = select.command_type == CmdType::CmdSelect
        && select.cte_list.is_empty()
        && select.set_operations.is_none()
        && !select.has_aggs
        && !select.has_target_srfs
        && !select.has_window_funcs
        && select.group_clause.is_empty()
        && select.having_qual.is_none()
        && select.distinct_clause.is_empty()
        && select.sort_clause.is_empty()
        && select.limit_count.is_none()
        && select.limit_offset.is_none()
        && select.row_marks.is_empty();
    (plain && query.command_type == CmdType::CmdInsert).then_some((*index, select))
}

impl<'a> Evaluator<'a> {
    /// What FROM of a change of rows gives.
    pub(super) fn changed_from(&mut self, query: &'a Query) -> PgResult<Vec<Binding>> {
        let Some((index, select)) = source(query) else { return self.from(query) };
        self.frames.push(Frame::new(select));
        let rows = self.told_rows(select);
        self.frames.pop();
        let binding = |row| {
            let mut binding: Binding = vec![None; query.rtable.len() + 1];
            binding[index as usize] = Some(Rc::new(row));
            binding
        };
        Ok(rows?.into_iter().map(binding).collect())
    }

    fn told_rows(&mut self, select: &'a Query) -> PgResult<Vec<Vec<crate::catalog::value::Value>>> {
        let mut rows = Vec::new();
        for binding in self.from(select)? {
            self.frame().binding = binding;
            let values = select.target_list.iter().map(|target| self.told(&target.expr));
            rows.push(values.collect::<PgResult<Vec<_>>>()?);
        }
        Ok(rows)
    }
}
