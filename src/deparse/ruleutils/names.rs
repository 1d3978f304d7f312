//! Names that are unique in a printed query: of its range table entries and of their columns (PostgreSQL:
//! set_deparse_for_query and what it calls).

use std::collections::HashMap;

use crate::catalog::{Catalog, PgClass, PgProc};
use crate::nodes::primnodes::*;
use crate::pg::name::{NAME_MAX_BYTES, Name, clip};

/// PostgreSQL: deparse_namespace.
#[derive(Default)]
pub(super) struct Namespace<'a> {
    pub(super) rtable: &'a [RangeTblEntry],
    pub(super) rtable_names: Vec<Option<Name>>,
    pub(super) columns: Vec<Columns>,
    pub(super) ctes: &'a [CommonTableExpr],
    pub(super) ret_old_alias: Option<Name>,
    pub(super) ret_new_alias: Option<Name>,
    /// Of a function whose SQL body is printed.
    pub(super) function: Option<(Name, Vec<Name>)>,
    pub(super) unique_using: bool,
    pub(super) using_names: Vec<Name>,
}

/// The names of an entry's columns (PostgreSQL: deparse_columns).
#[derive(Default, Clone)]
pub(super) struct Columns {
    /// By column number; None for a dropped one.
    pub(super) colnames: Vec<Option<Name>>,
    pub(super) new_colnames: Vec<Name>,
    is_new_col: Vec<bool>,
    pub(super) print_aliases: bool,
    pub(super) using_names: Vec<Name>,
    parent_using: Vec<Name>,
    leftrti: usize,
    rightrti: usize,
    leftattnos: Vec<i32>,
    rightattnos: Vec<i32>,
}

impl Columns {
    fn expand_to(&mut self, count: usize) {
        if self.colnames.len() < count {
            self.colnames.resize(count, None);
        }
    }

    /// Names a child's column from above, unless it is a system column.
    fn push_down(&mut self, attno: i32, name: &Name) {
        let Some(index) = usize::try_from(attno).ok().and_then(|a| a.checked_sub(1)) else {
            return;
        };
        self.expand_to(index + 1);
        if let Some(slot) = self.colnames.get_mut(index) {
            *slot = Some(name.clone());
        }
    }
}

/// `name_1`, cut so that the digits fit.
fn with_number(name: &str, number: u32) -> Name {
    let suffix = format!("_{number}");
    Name::new(&format!("{}{suffix}", clip(name, NAME_MAX_BYTES - suffix.len())))
}

impl<'a> Namespace<'a> {
    /// For expressions over given entries (PostgreSQL: set_simple_column_names).
    pub(super) fn simple(catalog: &Catalog, rtable: &'a [RangeTblEntry]) -> Namespace<'a> {
        let mut namespace = Namespace { rtable, ..Namespace::default() };
        namespace.set_rtable_names(catalog, &[]);
        namespace.columns = vec![Columns::default(); rtable.len()];
        for index in 0..rtable.len() {
            namespace.set_relation_column_names(catalog, index);
        }
        namespace
    }

    /// PostgreSQL: set_deparse_for_query.
    pub(super) fn for_query(
        catalog: &Catalog,
        query: &'a Query,
        parents: &[std::rc::Rc<Namespace<'a>>],
    ) -> Namespace<'a> {
        let mut namespace = Namespace {
            rtable: &query.rtable,
            ctes: &query.cte_list,
            ret_old_alias: query.returning_old_alias.clone().or(Some(Name::fixed("old"))),
            ret_new_alias: query.returning_new_alias.clone().or(Some(Name::fixed("new"))),
            ..Namespace::default()
        };
        namespace.set_rtable_names(catalog, parents);
        namespace.columns = vec![Columns::default(); query.rtable.len()];
        let from = &query.jointree.fromlist;
        namespace.unique_using = from.iter().any(|node| namespace.has_dangerous_join_using(node));
        for node in from {
            namespace.set_using_names(node, &[]);
        }
        for (index, rte) in query.rtable.iter().enumerate() {
            match &rte.kind {
                RteKind::Join(_) => namespace.set_join_column_names(index),
                RteKind::Relation { .. }
                | RteKind::Subquery { .. }
                | RteKind::Function { .. }
                | RteKind::TableFunc(_)
                | RteKind::Values { .. }
                | RteKind::Cte { .. }
                | RteKind::NamedTuplestore { .. }
                | RteKind::Result
                | RteKind::Group { .. } => namespace.set_relation_column_names(catalog, index),
            }
        }
        namespace
    }

    pub(super) fn entry(&self, varno: u32) -> Option<&'a RangeTblEntry> {
        self.rtable.get((varno as usize).checked_sub(1)?)
    }

    pub(super) fn columns_of(&self, varno: u32) -> Option<&Columns> {
        self.columns.get((varno as usize).checked_sub(1)?)
    }

    pub(super) fn name_of(&self, varno: u32) -> Option<&Name> {
        self.rtable_names.get((varno as usize).checked_sub(1)?)?.as_ref()
    }

    /// PostgreSQL: set_rtable_names.
    fn set_rtable_names(&mut self, catalog: &Catalog, parents: &[std::rc::Rc<Namespace<'a>>]) {
        let mut counters: HashMap<Name, u32> = HashMap::new();
        for name in parents.iter().flat_map(|p| p.rtable_names.iter()).flatten() {
            counters.insert(name.clone(), 0);
        }
        for rte in self.rtable {
            let name = match (&rte.alias, &rte.kind) {
                (Some(alias), _) => Some(alias.aliasname.clone()),
                (None, RteKind::Relation { relid, .. }) => {
                    catalog.get::<PgClass>(*relid).map(|class| class.relname.clone())
                }
                (None, RteKind::Join(_)) => None,
                (None, _) => Some(rte.eref.aliasname.clone()), // every other kind has a name of its own
            };
            let name = name.map(|name| {
                let Some(counter) = counters.get(&name).copied() else {
                    counters.insert(name.clone(), 0);
                    return name;
                };
                let mut counter = counter;
                loop {
                    counter += 1;
                    let modified = with_number(&name, counter);
                    if !counters.contains_key(&modified) {
                        counters.insert(name, counter);
                        counters.insert(modified.clone(), 0);
                        return modified;
                    }
                }
            });
            self.rtable_names.push(name);
        }
    }

    /// Whether a merged column of an unnamed join is more than a reference (PostgreSQL: has_dangerous_join_using).
    fn has_dangerous_join_using(&self, node: &JoinTreeNode) -> bool {
        let JoinTreeNode::Join(join) = node else { return false };
        if join.alias.is_none()
            && !join.using_clause.is_empty()
            && let Some(RteKind::Join(rte)) = self.entry(join.rtindex).map(|rte| &rte.kind)
        {
            let merged = rte.joinaliasvars.iter().take(rte.joinmergedcols);
            if merged.into_iter().any(|e| !matches!(e, Expr::Var(_))) {
                return true;
            }
        }
        self.has_dangerous_join_using(&join.larg) || self.has_dangerous_join_using(&join.rarg)
    }

    /// PostgreSQL: set_using_names.
    fn set_using_names(&mut self, node: &JoinTreeNode, parent_using: &[Name]) {
        let JoinTreeNode::Join(join) = node else { return };
        let Some(rte) = self.entry(join.rtindex) else { return };
        let RteKind::Join(join_rte) = &rte.kind else { return };
        let index = join.rtindex as usize - 1;
        self.identify_join_columns(join, join_rte, index);
        let Some(mut info) = self.columns.get(index).cloned() else { return };
        let (left, right) = (info.leftrti, info.rightrti);
        if rte.alias.is_none() {
            for (i, name) in info.colnames.iter().enumerate() {
                if let Some(name) = name {
                    self.push_to(left, &info.leftattnos, i, name);
                    self.push_to(right, &info.rightattnos, i, name);
                }
            }
        }
        let mut parent_using = parent_using.to_vec();
        if !join.using_clause.is_empty() {
            info.expand_to(join.using_clause.len());
            for (i, using) in join.using_clause.iter().enumerate() {
                let name = match info.colnames.get(i).cloned().flatten() {
                    Some(name) => name,
                    None => {
                        let alias = rte.alias.as_ref().and_then(|alias| alias.colnames.get(i));
                        let name = self.unique_column_name(alias.unwrap_or(using), &info);
                        if self.unique_using {
                            self.using_names.push(name.clone());
                        }
                        if let Some(slot) = info.colnames.get_mut(i) {
                            *slot = Some(name.clone());
                        }
                        name
                    }
                };
                info.using_names.push(name.clone());
                parent_using.push(name.clone());
                self.push_to(left, &info.leftattnos, i, &name);
                self.push_to(right, &info.rightattnos, i, &name);
            }
        }
        for child in [left, right] {
            if let Some(columns) = child.checked_sub(1).and_then(|c| self.columns.get_mut(c)) {
                columns.parent_using = parent_using.clone();
            }
        }
        if let Some(slot) = self.columns.get_mut(index) {
            *slot = info;
        }
        self.set_using_names(&join.larg, &parent_using);
        self.set_using_names(&join.rarg, &parent_using);
    }

    fn push_to(&mut self, rti: usize, attnos: &[i32], column: usize, name: &Name) {
        let Some(columns) = rti.checked_sub(1).and_then(|i| self.columns.get_mut(i)) else {
            return;
        };
        if let Some(attno) = attnos.get(column) {
            columns.push_down(*attno, name);
        }
    }

    /// PostgreSQL: identify_join_columns.
    fn identify_join_columns(&mut self, join: &JoinExpr, rte: &JoinRte, index: usize) {
        let rti = |node: &JoinTreeNode| match node {
            JoinTreeNode::RangeTblRef(rti) => *rti as usize,
            JoinTreeNode::Join(join) => join.rtindex as usize,
        };
        let count = rte.joinaliasvars.len();
        let mut leftattnos = vec![0; count];
        let mut rightattnos = vec![0; count];
        let mut next = 0;
        for attno in &rte.joinleftcols {
            if let Some(slot) = leftattnos.get_mut(next) {
                *slot = *attno;
            }
            next += 1;
        }
        for (i, attno) in rte.joinrightcols.iter().enumerate() {
            let place = if i < rte.joinmergedcols {
                i
            } else {
                next += 1;
                next - 1
            };
            if let Some(slot) = rightattnos.get_mut(place) {
                *slot = *attno;
            }
        }
        if let Some(info) = self.columns.get_mut(index) {
            info.leftrti = rti(&join.larg);
            info.rightrti = rti(&join.rarg);
            info.leftattnos = leftattnos;
            info.rightattnos = rightattnos;
        }
    }

    /// The entry's present column names, None for dropped ones.
    fn real_column_names(&self, catalog: &Catalog, rte: &RangeTblEntry) -> Vec<Option<Name>> {
        match &rte.kind {
            RteKind::Relation { relid, .. } => match catalog.get::<PgClass>(*relid) {
                Some(class) => class
                    .attributes
                    .iter()
                    .map(|a| (!a.attisdropped).then(|| a.attname.clone()))
                    .collect(),
                None => rte.eref.colnames.iter().cloned().map(Some).collect(),
            },
            RteKind::Function { functions, ordinality } => {
                function_columns(catalog, rte, functions, *ordinality)
            }
            // The other kinds keep the names that parse analysis gave them.
            _ => rte
                .eref
                .colnames
                .iter()
                .map(|name| (!name.is_empty()).then(|| name.clone()))
                .collect(),
        }
    }

    /// PostgreSQL: set_relation_column_names.
    fn set_relation_column_names(&mut self, catalog: &Catalog, index: usize) {
        let Some(rte) = self.rtable.get(index) else { return };
        let real = self.real_column_names(catalog, rte);
        let Some(mut info) = self.columns.get(index).cloned() else { return };
        info.expand_to(real.len());
        let old_count = rte.eref.colnames.len();
        let mut changed_any = false;
        let mut has_anonymous = false;
        for (i, real_name) in real.iter().enumerate() {
            let Some(real_name) = real_name else { continue };
            let name = match info.colnames.get(i).cloned().flatten() {
                Some(name) => name,
                None => {
                    let alias = rte.alias.as_ref().and_then(|alias| alias.colnames.get(i));
                    let name = self.unique_column_name(alias.unwrap_or(real_name), &info);
                    if let Some(slot) = info.colnames.get_mut(i) {
                        *slot = Some(name.clone());
                    }
                    name
                }
            };
            changed_any |= name != *real_name;
            has_anonymous |= real_name == "?column?";
            info.new_colnames.push(name);
            info.is_new_col.push(i >= old_count);
        }
        info.print_aliases = match &rte.kind {
            RteKind::Relation { .. } => changed_any,
            RteKind::Function { .. } => true,
            RteKind::TableFunc(_) => false,
            // The other kinds show what the user wrote or what had to change.
            _ => {
                rte.alias.as_ref().is_some_and(|alias| !alias.colnames.is_empty())
                    || changed_any
                    || has_anonymous
            }
        };
        if let Some(slot) = self.columns.get_mut(index) {
            *slot = info;
        }
    }

    /// PostgreSQL: set_join_column_names.
    fn set_join_column_names(&mut self, index: usize) {
        let Some(rte) = self.rtable.get(index) else { return };
        let Some(mut info) = self.columns.get(index).cloned() else { return };
        let child = |rti: usize| {
            rti.checked_sub(1).and_then(|i| self.columns.get(i)).cloned().unwrap_or_default()
        };
        let (left, right) = (child(info.leftrti), child(info.rightrti));
        let count = rte.eref.colnames.len();
        info.expand_to(count);
        info.leftattnos.resize(info.colnames.len(), 0);
        info.rightattnos.resize(info.colnames.len(), 0);
        let named = rte.alias.is_some();
        let mut changed_any = false;
        let child_name = |columns: &Columns, attno: i32| {
            let index = usize::try_from(attno).ok()?.checked_sub(1)?;
            columns.colnames.get(index).cloned().flatten()
        };
        for i in info.using_names.len()..count {
            let real = if info.leftattnos[i] > 0 {
                child_name(&left, info.leftattnos[i])
            } else if info.rightattnos[i] > 0 {
                child_name(&right, info.rightattnos[i])
            } else {
                rte.eref.colnames.get(i).cloned()
            };
            let (Some(real), true) = (&real, named) else {
                info.colnames[i] = real;
                continue;
            };
            let name = match info.colnames[i].clone() {
                Some(name) => name,
                None => {
                    let alias = rte.alias.as_ref().and_then(|alias| alias.colnames.get(i));
                    self.unique_column_name(alias.unwrap_or(real), &info)
                }
            };
            changed_any |= name != *real;
            info.colnames[i] = Some(name);
        }
        let mut merged = (Vec::new(), Vec::new());
        let mut i = 0;
        while i < count && info.leftattnos[i] != 0 && info.rightattnos[i] != 0 {
            if let Some(name) = info.colnames[i].clone() {
                info.new_colnames.push(name);
                info.is_new_col.push(false);
            }
            merged.0.push(info.leftattnos[i]);
            merged.1.push(info.rightattnos[i]);
            i += 1;
        }
        for (columns, merged) in [(&left, &merged.0), (&right, &merged.1)] {
            let mut ic = 0;
            for (name, is_new) in columns.new_colnames.iter().zip(&columns.is_new_col) {
                let new_name = if *is_new {
                    if named { self.unique_column_name(name, &info) } else { name.clone() }
                } else {
                    while columns.colnames.get(ic).is_some_and(Option::is_none) {
                        ic += 1;
                    }
                    ic += 1;
                    if merged.iter().any(|attno| usize::try_from(*attno) == Ok(ic)) {
                        continue;
                    }
                    while info.colnames.get(i).is_some_and(Option::is_none) {
                        i += 1;
                    }
                    i += 1;
                    match info.colnames.get(i - 1).cloned().flatten() {
                        Some(name) => name,
                        None => continue,
                    }
                };
                if *is_new {
                    changed_any |= named && new_name != *name;
                }
                info.new_colnames.push(new_name);
                info.is_new_col.push(*is_new);
            }
        }
        info.print_aliases = named && changed_any;
        if let Some(slot) = self.columns.get_mut(index) {
            *slot = info;
        }
    }

    /// PostgreSQL: make_colname_unique.
    fn unique_column_name(&self, name: &Name, info: &Columns) -> Name {
        let taken = |name: &Name| {
            info.colnames.iter().flatten().any(|other| other == name)
                || info.new_colnames.contains(name)
                || info.parent_using.contains(name)
                || self.using_names.contains(name)
        };
        if !taken(name) {
            return name.clone();
        }
        (1..).map(|number| with_number(name, number)).find(|name| !taken(name)).unwrap_or_default()
    }
}

/// The columns of functions in FROM as they are now (PostgreSQL: expandRTE with dropped columns).
fn function_columns(
    catalog: &Catalog,
    rte: &RangeTblEntry,
    functions: &[RangeTblFunction],
    ordinality: bool,
) -> Vec<Option<Name>> {
    let mut names: Vec<Option<Name>> = Vec::new();
    let mut at = 0;
    for function in functions {
        let composite = composite_columns(catalog, function);
        match composite {
            Some(columns) => names.extend(columns),
            None => {
                let old = rte.eref.colnames.get(at..at + function.funccolcount);
                names.extend(old.unwrap_or_default().iter().cloned().map(Some));
            }
        }
        at += function.funccolcount;
    }
    if ordinality {
        names.push(rte.eref.colnames.last().cloned());
    }
    names
}

fn composite_columns(catalog: &Catalog, function: &RangeTblFunction) -> Option<Vec<Option<Name>>> {
    if !function.funccolnames.is_empty() {
        return None;
    }
    let typid = crate::nodes::node_funcs::expr_type(&function.funcexpr);
    let has_out_arguments = match &function.funcexpr {
        Expr::FuncExpr(call) => catalog
            .get::<PgProc>(call.funcid)
            .and_then(|proc| proc.proargmodes.as_ref())
            .is_some_and(|modes| modes.iter().any(|mode| matches!(mode, b'o' | b'b' | b't'))),
        _ => false, // only calls have OUT arguments
    };
    if has_out_arguments {
        return None;
    }
    let relid = crate::catalog::lsyscache::get_typ_typrelid(catalog, typid);
    let class = catalog.get::<PgClass>(relid)?;
    Some(class.attributes.iter().map(|a| (!a.attisdropped).then(|| a.attname.clone())).collect())
}
